"""Trains the models of `kg/models/<lang>/` from gold files and prints cross-validated scores.

    python training/train.py en GOLD.jsonl... [--folds 5] [--predict OUT.jsonl]

`training/articles/<lang>/` holds more annotated articles, invented and of our own wording. Models learn from
both (see `fit`), scores and calibration come from the gold files alone.

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

import numpy as np
from calibrate import curves, verdicts
from examples import STAGES, Stage
from fit import Example, fit
from gold import Json, article, fold, invented, read
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg import calibration, jsonlines
from kg.calibration import calibrated
from kg.extract.assemble import facts
from kg.model import Model
from kg.pipeline import base, prepared
from kg.resources import curves_file


@dataclass
class Corpus:
    """Gold articles with their docs, which the stages annotate one after the other.

    `published` says which are published and not invented.
    """

    gold: list[Json]
    docs: list[Doc]
    folds: int
    published: list[bool]
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
        vectors = [stage.vectors(d) for d in self.docs] if stage.vectors else None
        for k in range(self.folds):
            self.models[k][stage.name] = self._fit(stage, examples, vectors, without=k)
        self._apply(stage, lang)
        model = self._fit(stage, examples, vectors)
        model.save(target / f"{stage.name}.json.gz")
        print(f"{stage.name}: {sum(map(len, examples))} examples, {len(model.index)} features")

    def _fit(
        self,
        stage: Stage,
        examples: list[list[Example]],
        vectors: list[NDArray[np.float32]] | None = None,
        without: int | None = None,
    ) -> Model:
        """A model of the examples, and their vectors, of all articles but those of one fold."""
        kept = [i for i, f in enumerate(self.fold_of) if f != without]
        return fit(
            [e for i in kept for e in examples[i]],
            [self.published[i] for i in kept for _ in examples[i]],
            np.concatenate([vectors[i] for i in kept]) if vectors else None,
            c=stage.c,
            least=stage.least,
        )

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
    own = invented(args.lang)
    nlp = base(args.lang)
    docs = list(nlp.pipe([prepared(nlp, article(g)) for g in (*gold, *own)]))
    published = [True] * len(gold) + [False] * len(own)
    corpus = Corpus([*gold, *own], docs, args.folds, published)
    for stage in STAGES:
        if isinstance(stage, Stage):
            corpus.train(stage, args.lang, target)
        else:
            corpus.run(nlp.create_pipe(stage))
    found = [facts(d, article(g)) for d, g in zip(docs, gold, strict=False)]  # our own stand behind
    said = [verdicts(g, jsonlines.to_json(f)) for g, f in zip(gold, found, strict=True)]
    calibration.save(curves(chain(*said)), target / curves_file(args.lang).name)
    if args.predict:
        unseen = [
            curves(v for vs, f in zip(said, corpus.fold_of, strict=False) if f != k for v in vs)
            for k in range(args.folds)
        ]
        pairs = zip(found, corpus.fold_of, strict=False)
        with args.predict.open("w", encoding="utf-8") as file:
            jsonlines.write((calibrated(f, unseen[k]) for f, k in pairs), file)


if __name__ == "__main__":
    main()
