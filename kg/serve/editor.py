"""What the editor completes: the prefixes and terms of the ontology."""

from __future__ import annotations

import json

from rdflib import URIRef

from kg import terms
from kg.serve.answer import Answer


def words() -> Answer:
    """`{"prefixes": {prefix: namespace}, "terms": [{"name", "label", "kind"}]}`, sorted, as JSON."""
    classes = set(terms.protest.classes())
    known = [*sorted(classes), *terms.protest.properties()]
    listed = [_term(term, "class" if term in classes else "property") for term in known]
    body = json.dumps({"prefixes": terms.prefixes(), "terms": listed}, ensure_ascii=False)
    return Answer(body.encode(), "application/json; charset=utf-8")


def _term(term: URIRef, kind: str) -> dict[str, str]:
    name = f"{terms.protest.prefix}:{terms.local_name(term)}"
    return {"name": name, "label": terms.label(term), "kind": kind}
