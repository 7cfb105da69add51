"""Prints precision, recall and F1 of each kind of fact against gold files, with 95 % intervals.

    python training/evaluate.py GOLD.jsonl... [--predicted FACTS.jsonl] [--json]

Without `--predicted` the articles of the gold files are read by the pipeline as it is. That flatters it on
articles it was trained on: for those, give the cross-validated facts that `training/train.py --predict`
writes. The rules are those of `score.py`; KG-F1 is the mean F1 of the rows with a star.

The intervals are percentiles of the F1 of 2000 samples of as many articles, drawn with replacement (Efron &
Tibshirani 1993, ch. 13) with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from calibrate import Verdict, calibration_error, verdicts
from gold import Json, article, read
from numpy.typing import NDArray
from score import HEADLINE, Rows, score

from kg.jsonlines import to_json
from kg.pipeline import extract

SAMPLES = 2000
THRESHOLDS = (0.0, 0.3, 0.5, 0.7, 0.9)
SEED = 20
KG_F1 = "KG-F1"


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of fact: its figures, the interval of its F1, and how many facts are in gold and found."""

    name: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    found: int


def evaluate(articles: Sequence[Rows]) -> list[Row]:
    """The figures over articles, each given by its counts; headline rows first, KG-F1 last."""
    extra = sorted({name for rows in articles for name in rows} - set(HEADLINE))
    names = [*HEADLINE, *extra]
    counts = np.array([[rows.get(name, (0, 0, 0)) for name in names] for rows in articles], dtype=np.int64)
    drawn = np.random.default_rng(SEED).integers(0, len(articles), (SAMPLES, len(articles)))
    times = np.apply_along_axis(np.bincount, 1, drawn, minlength=len(articles))
    samples = np.tensordot(times, counts, axes=1)
    total = counts.sum(axis=0)
    f1, sampled = _f1(total[None])[0], _f1(samples)
    out = []
    for i, name in enumerate(names):
        right, gold, found = map(int, total[i])
        if gold or found:
            low, high = np.percentile(sampled[:, i], [2.5, 97.5])
            precision, recall = right / max(found, 1), right / max(gold, 1)
            out.append(Row(name, precision, recall, float(f1[i]), float(low), float(high), gold, found))
    low, high = np.percentile(_headline(samples), [2.5, 97.5])
    whole = float(_headline(total[None])[0])
    return [*out, Row(KG_F1, whole, whole, whole, float(low), float(high), 0, 0)]


def _f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of counts (… × rows × right, gold, found); 0 where there is nothing."""
    facts = counts[..., 1] + counts[..., 2]
    return 2 * counts[..., 0] / np.maximum(facts, 1)


def _headline(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The mean F1 of the headline rows that have something in gold, per sample."""
    heads = counts[:, : len(HEADLINE)]
    given = heads[..., 1] > 0
    mean: NDArray[np.float64] = (_f1(heads) * given).sum(axis=1) / np.maximum(given.sum(axis=1), 1)
    return mean


def table(rows: Sequence[Row]) -> str:
    """The figures as lines of text."""
    lines = [f"  {'fact':22} {'P':>6} {'R':>6} {'F1':>6}  {'95 %':^13} {'gold':>6} {'found':>6}"]
    for r in rows:
        if r.name == KG_F1:
            lines.append(f"  {r.name:22} {'':6} {'':6} {r.f1:6.3f}  {r.low:.3f}–{r.high:.3f}")
        else:
            star = "*" if r.name in HEADLINE else " "
            lines.append(
                f"{star} {r.name:22} {r.precision:6.3f} {r.recall:6.3f} {r.f1:6.3f}"
                f"  {r.low:.3f}–{r.high:.3f} {r.gold:6} {r.found:6}"
            )
    return "\n".join(lines)


def confidences(articles: Sequence[Sequence[Verdict]]) -> str:
    """What confidences are worth: the expected calibration error, and precision and recall by threshold."""
    said = [v for verdicts in articles for v in verdicts]
    every = sum(r for _, _, r in said)
    lines = [f"  confidence: expected calibration error {calibration_error(said):.3f} over {len(said)} facts"]
    for least in THRESHOLDS:
        kept = [r for _, c, r in said if c >= least]
        if kept:
            share, precision = sum(kept) / max(every, 1), sum(kept) / len(kept)
            lines.append(
                f"    from {least:.1f}: {precision:.3f} are right, {share:.3f} of all right ones kept"
            )
    return "\n".join(lines)


def _predicted(gold: Sequence[Json], path: Path | None) -> dict[str, Json]:
    if path is None:
        return {f.article.id: to_json(f) for f in extract(map(article, gold))}
    return {f["article"]["id"]: f for f in read([path])}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--predicted", type=Path, metavar="FACTS", help="facts found, instead of reading")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    gold = read(args.gold)
    if not gold:
        parser.error("the gold files hold no article")
    found = _predicted(gold, args.predicted)
    rows = evaluate([score(g, found.get(g["article"]["id"], {})) for g in gold])
    if args.json:
        print(json.dumps({"articles": len(gold), "rows": [asdict(r) for r in rows]}, indent=1))
    else:
        print(f"{len(gold)} articles, {len(found.keys() & {g['article']['id'] for g in gold})} of them read")
        print(table(rows))
        print(confidences([verdicts(g, found[i]) for g in gold if (i := g["article"]["id"]) in found]))


if __name__ == "__main__":
    main()
