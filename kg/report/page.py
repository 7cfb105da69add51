"""The HTML of a report: the template with bundle, style and contents in their places.

The contents are data to the browser: JSON in a script element of a type that is not run, with every `<`
written as an escape so that no article can end that element. What may run or be loaded is only what stands in
the file: the policy in its head names the one script and the one style by their digests and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SLOT = re.compile(r"%\{(\w+)\}")
# `<` could end the element; the two line separators end a line of JavaScript, though not of JSON.
_ESCAPES = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def html(contents: Mapping[str, Any], *, title: str = "") -> str:
    """The page that shows some contents (`kg.report.contents`).

    >>> page = html({"articles": [["</script><script>alert(1)</script>"]], "version": "1"})
    >>> "alert" in page, "<script>alert" in page
    (True, False)
    """
    script, style = (_read(name) for name in ("page.js", "page.css"))
    heading = title or f"Protests in {_number(len(contents['articles']))}"
    slots = {
        "title": escape(heading),
        "version": escape(str(contents["version"])),
        "policy": f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'",
        "style": style,
        "script": script,
        "contents": embedded({**contents, "title": heading}),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _read("page.html"))


def embedded(data: Any) -> str:
    """Data as JSON that can stand in a script element whatever strings it holds.

    >>> embedded({"headline": "</script>"})
    '{"headline":"\\\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _ESCAPES.items():
        text = text.replace(character, escaped)
    return text


def _number(articles: int) -> str:
    return f"{articles:,} article" if articles == 1 else f"{articles:,} articles"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
