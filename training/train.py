"""Trains the models of `kg/models/<lang>/` from gold files and prints cross-validated scores.

    python training/train.py en GOLD.jsonl... [--folds 5] [--predict OUT.jsonl]

Each stage of the pipeline is trained on articles that the stages before it annotated with models which had
not seen them (cross-fitting), so that it learns from the errors it will meet. `--predict` writes the
facts of every article as found by models not trained on its story, for `score.py`; confidences are calibrated
the same way. Same gold, same weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from calibrate import curves, verdicts
from examples import STAGES, Stage
from fit import Example, fit
from gold import Json, article, fold, read
from spacy.tokens import Doc

from kg import calibration, jsonlines
from kg.calibration import calibrated
from kg.extract.assemble import facts
from kg.model import Model
from kg.pipeline import base, prepared
from kg.resources import curves_file


@dataclass
class Corpus:
    """Gold articles with their docs, which the stages annotate one after the other."""

    gold: list[Json]
    docs: list[Doc]
    folds: int
    fold_of: list[int] = field(init=False)
    models: list[dict[str, Model]] = field(init=False)

    def __post_init__(self) -> None:
        self.fold_of = [fold(g, self.folds) for g in self.gold]
        self.models = [{} for _ in range(self.folds)]

    def run(self, step: Callable[[Doc], Doc]) -> None:
        """Apply a component without a model."""
        for doc in self.docs:
            step(doc)

    def train(self, stage: Stage, lang: str, target: Path) -> None:
        """Save the stage's model of all articles; annotate each with one that has not seen its fold."""
        examples = [list(stage.examples(d, g, lang)) for d, g in zip(self.docs, self.gold, strict=True)]
        for k in range(self.folds):
            others = [e for es, f in zip(examples, self.fold_of, strict=True) if f != k for e in es]
            self.models[k][stage.name] = fit(others, c=stage.c, least=stage.least)
        self._apply(stage, lang)
        every: list[Example] = [e for es in examples for e in es]
        model = fit(every, c=stage.c, least=stage.least)
        model.save(target / f"{stage.name}.json.gz")
        print(f"{stage.name}: {len(every)} examples, {len(model.index)} features")

    def _apply(self, stage: Stage, lang: str) -> None:
        if stage.component is not None:
            components = [stage.component(models, lang) for models in self.models]
            for doc, f in zip(self.docs, self.fold_of, strict=True):
                components[f](doc)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lang")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--predict", type=Path)
    parser.add_argument("--models", type=Path, default=Path(__file__).parent.parent / "kg" / "models")
    args = parser.parse_args()
    target = args.models / args.lang
    target.mkdir(parents=True, exist_ok=True)
    gold = read(args.gold)
    nlp = base(args.lang)
    articles = [article(g) for g in gold]
    docs = list(nlp.pipe([prepared(nlp, a) for a in articles]))
    corpus = Corpus(gold, docs, args.folds)
    for stage in STAGES:
        if isinstance(stage, Stage):
            corpus.train(stage, args.lang, target)
        else:
            corpus.run(nlp.create_pipe(stage))
    found = [facts(d, a) for d, a in zip(docs, articles, strict=True)]
    said = [verdicts(g, jsonlines.to_json(f)) for g, f in zip(gold, found, strict=True)]
    calibration.save(curves(chain(*said)), target / curves_file(args.lang).name)
    if args.predict:
        unseen = [
            curves(v for vs, f in zip(said, corpus.fold_of, strict=True) if f != k for v in vs)
            for k in range(args.folds)
        ]
        pairs = zip(found, corpus.fold_of, strict=True)
        with args.predict.open("w", encoding="utf-8") as file:
            jsonlines.write((calibrated(f, unseen[k]) for f, k in pairs), file)


if __name__ == "__main__":
    main()
