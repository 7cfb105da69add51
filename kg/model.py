"""Log-linear models over named features: the learned part of extraction.

A model gives each candidate a probability per label: the softmax of the sum of the weights of
the candidate's features (multinomial logistic regression; McCullagh & Nelder 1989, ch. 5). It is
small, quick, and can be read: `Model.reasons` names the features that spoke for a label. Beside its named
features a candidate may have a vector of numbers, whose dimensions have weights as well.

Models are files `kg/models/<lang>/<name>.json.gz`, written by `training/train.py`:
`{"labels": [...], "temperature": t, "features": {name: [weight per label]}}`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import ResourceError
from kg.resources import model_file

BIAS = "bias"
VECTOR = "vector:"  # before the number of a dimension of the vector: the name of its weights
MOST = 1000  # candidates that are judged together


@dataclass(frozen=True)
class Model:
    """`weights[index[feature]]` is a row with one weight per label; unknown features weigh nothing.

    `temperature` divides the summed weights (Guo et al. 2017); those we train have 1, since `kg.calibration`
    says what their probabilities are worth.
    """

    labels: tuple[str, ...]
    index: dict[str, int]
    weights: NDArray[np.float32]
    temperature: float = 1.0

    def probabilities(
        self, candidates: Sequence[Iterable[str]], vectors: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """An array (candidates × labels) of probabilities; each row sums to one.

        `vectors` (candidates × dimensions) are theirs, for a model that was trained with such.
        """
        if len(candidates) > MOST:
            parts = [slice(i, i + MOST) for i in range(0, len(candidates), MOST)]
            return np.concatenate(
                [self.probabilities(candidates[p], None if vectors is None else vectors[p]) for p in parts]
            )
        scores = self._sums(candidates)
        if vectors is not None:
            scores += vectors @ self._of_vectors
        scores /= self.temperature
        scores -= scores.max(axis=1, keepdims=True, initial=-np.inf)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def _sums(self, candidates: Sequence[Iterable[str]]) -> NDArray[np.float32]:
        """The summed weights of each candidate: of its first features, its second features and so on."""
        find, bias = self.index.get, self.index[BIAS]
        rows: list[int] = []
        lengths: list[int] = []
        for features in candidates:
            known = [i for f in features if (i := find(f)) is not None]
            known.append(bias)
            rows += known
            lengths.append(len(known))
        longest = max(lengths, default=0)
        table = np.full((len(lengths), longest), len(self.index))
        table[np.arange(longest) < np.array(lengths, dtype=np.intp)[:, None]] = rows
        total: NDArray[np.float32] = np.add.reduce(self._padded[table.T], axis=0)
        return total

    @cached_property
    def _padded(self) -> NDArray[np.float32]:
        """The weights, and behind them a row of zeros."""
        return np.concatenate([self.weights, np.zeros((1, len(self.labels)), dtype=np.float32)])

    @cached_property
    def _of_vectors(self) -> NDArray[np.float32]:
        """The weights (dimensions × labels) of vectors."""
        return self.weights[vector_rows(self.index)]

    def reasons(self, features: Iterable[str], label: str, limit: int = 5) -> list[tuple[str, float]]:
        """The features that weigh most for a label, heaviest first."""
        column = self.labels.index(label)
        known = {f: float(self.weights[self.index[f], column]) for f in features if f in self.index}
        return sorted(known.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def save(self, path: Path) -> None:
        """Write the model; the same weights give the same bytes."""
        features = {f: [round(float(w), 3) for w in self.weights[i]] for f, i in sorted(self.index.items())}
        text = json.dumps(
            {"labels": self.labels, "temperature": round(self.temperature, 3), "features": features},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
            file.write(text.encode())


def vector_rows(index: dict[str, int]) -> list[int]:
    """Where the weights of vectors stand, by dimension; nowhere, if a model has none."""
    return [index[f"{VECTOR}{n}"] for n in range(sum(f.startswith(VECTOR) for f in index))]


@cache
def load(lang: str, name: str) -> Model:
    """The model `kg/models/<lang>/<name>.json.gz`.

    Raises:
        ResourceError: the file is missing or holds no model.
    """
    path = model_file(lang, name)
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        features: dict[str, list[float]] = data["features"]
        return Model(
            tuple(data["labels"]),
            {f: i for i, f in enumerate(features)},
            np.array(list(features.values()), dtype=np.float32),
            data["temperature"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"{path}: no model: {error}; run training/train.py") from error
