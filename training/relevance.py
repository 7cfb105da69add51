"""Trains `kg/models/<lang>/relevance.json.gz` from gold files and prints cross-validated figures.

    python training/relevance.py en GOLD.jsonl... [--folds 5]

An article is relevant if gold holds a protest event of it; the articles of our own in
`training/articles/<lang>/` are learned from as well. Gold files are mostly of protest news, so more examples
are made from them, all in the fold of their article's story:

- its opening (title and first paragraph) and each paragraph with a trigger of a protest event: relevant,
  since a short report must be found as well;
- a title-less article of what is left when every sentence goes that has such a trigger, or a word for those
  who protest: irrelevant. It holds the police, courts, ministers and unions of protest news, and no protest.

The short articles of our own wording in `relevant.<lang>.txt` and `irrelevant.<lang>.txt` (strikes of
missiles, rallies of shares) are added, one by one and several together. The fewer irrelevant examples count
as much as the relevant ones together. Same gold, same weights.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fit import Example, fit
from gold import Json, article, fold, invented, read
from sklearn.metrics import roc_auc_score

from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import Model
from kg.relevance import NAME, RELEVANT, THRESHOLD, Words, features, words

IRRELEVANT = "irrelevant"
OWN = {"relevant": RELEVANT, "irrelevant": IRRELEVANT}
WHOLE = 3  # how often a published article counts
TOGETHER = 5  # passages that make an article
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to learn from; `whole` if it is a whole article."""

    title: str
    body: str
    label: str
    fold: int
    whole: bool = False
    invented: bool = False

    def example(self, known: Words) -> Example:
        return features(self.title, self.body, known), self.label


def from_gold(gold: Json, folds: int, protesters: frozenset[str]) -> Iterator[Text]:
    """The article itself and the passages cut from it."""
    its, own = article(gold), fold(gold, folds)
    triggers = {t for v in gold["events"] if v["type"] in PROTEST_EVENTS for t in v["triggers"]}
    yield Text(its.title, its.text, RELEVANT if triggers else IRRELEVANT, own, whole=True)
    named = re.compile("|".join(rf"(?<!\w){re.escape(t)}(?!\w)" for t in sorted(triggers)) or r"(?!)", re.I)
    paragraphs = [p for p in its.text.split("\n") if p.strip()]
    if triggers:
        opening = paragraphs[0] if paragraphs else ""
        if named.search(f"{its.title} {opening}"):
            yield Text(its.title, opening, RELEVANT, own)
        yield from (Text("", p, RELEVANT, own) for p in paragraphs if named.search(p))
    rest = [
        s
        for s in SENTENCE.split(its.text)
        if not named.search(s) and not any(w in s.lower() for w in protesters)
    ]
    if triggers and len(rest) >= TOGETHER:
        yield Text("", "\n".join(rest), IRRELEVANT, own)


def from_passages(path: Path, label: str, folds: int) -> Iterator[Text]:
    """The passages of a file, one a line, and articles of several of them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    passages = [line for line in lines if line and not line.startswith("#")]
    for n, passage in enumerate(passages):
        yield Text("", passage, label, n % folds)
        among = passages[n % folds :: folds]  # of the same fold
        i = n // folds
        yield Text("", "\n".join((among + among)[i : i + TOGETHER]), label, n % folds)


def trained(texts: list[Text], known: Words) -> Model:
    """The model of some texts."""
    examples = [(t.example(known), not t.invented) for t in texts for _ in range(WHOLE if t.whole else 1)]
    others = [e for e in examples if e[0][1] == IRRELEVANT]
    times = max(1, round((len(examples) - len(others)) / len(others)))
    every = examples + others * (times - 1)
    return fit([e for e, _ in every], [p for _, p in every], c=0.05, least=4)


def scores(texts: list[Text], folds: int, known: Words) -> list[float]:
    """The probability of relevance of each text under a model that has not seen its fold."""
    models = [trained([t for t in texts if t.fold != k], known) for k in range(folds)]
    out = []
    for text in texts:
        model = models[text.fold]
        row = model.probabilities([text.example(known)[0]])[0]
        out.append(float(row[model.labels.index(RELEVANT)]))
    return out


def report(what: str, pairs: list[tuple[bool, float]]) -> str:
    """Area under the curve, precision and recall of true labels and scores."""
    truth, score = [t for t, _ in pairs], [s for _, s in pairs]
    found = [t for t, s in pairs if s >= THRESHOLD]
    precision, recall = sum(found) / max(len(found), 1), sum(found) / max(sum(truth), 1)
    return (
        f"{what}: {len(pairs)} ({sum(truth)} relevant)  AUC {roc_auc_score(truth, score):.3f}"
        f"  precision {precision:.3f}  recall {recall:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lang")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--models", type=Path, default=Path(__file__).parent.parent / "kg" / "models")
    args = parser.parse_args()
    known = words(args.lang)
    protesters = lexicon(args.lang, "groups").words("protesters", "nouns")
    published = read(args.gold)
    texts = [t for g in published for t in from_gold(g, args.folds, protesters)]
    first = len(texts)
    for g in invented(args.lang):
        own = from_gold(g, args.folds, protesters)
        texts += [replace(t, invented=True) for t in own if t.whole]
    for name, label in OWN.items():
        path = Path(__file__).parent / f"{name}.{args.lang}.txt"
        texts += from_passages(path, label, args.folds)
    scored = scores(texts, args.folds, known)
    judged = [(t, (t.label == RELEVANT, s)) for t, s in zip(texts, scored, strict=True)]
    print(report("published articles", [pair for t, pair in judged[:first] if t.whole]))
    print(report("invented articles", [pair for t, pair in judged[first:] if t.whole]))
    print(report("articles and passages", [pair for _, pair in judged]))
    target = args.models / args.lang
    target.mkdir(parents=True, exist_ok=True)
    model = trained(texts, known)
    model.save(target / f"{NAME}.json.gz")
    print(f"{NAME}: {len(texts)} examples, {len(model.index)} features")


if __name__ == "__main__":
    main()
