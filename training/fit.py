"""Fits a `kg.model.Model`: multinomial logistic regression with an L2 penalty, same data same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from kg.model import BIAS, VECTOR, Model

OWN = 0.5  # what an invented example weighs beside a published one
Example = tuple[Sequence[str], str]  # features, label


def fit(
    examples: Sequence[Example],
    published: Sequence[bool] | None = None,
    vectors: NDArray[np.float32] | None = None,
    *,
    c: float = 0.3,
    least: int = 2,
) -> Model:
    """A model of the examples, for text such as those that are `published`; all are, unless it says.

    Features seen in fewer than `least` examples are left out; `c` is the inverse penalty. Where the examples
    are of two kinds, every feature has a weight that both share and one of the published kind alone (feature
    augmentation; Daumé 2007), and examples of the other kind weigh `OWN`. The model holds the sum. `vectors`
    (examples × dimensions) stand beside the features.
    """
    counts = Counter(f for features, _ in examples for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= least)
    index = {f: i for i, f in enumerate(names)}
    rows, columns = [], []
    for i, (features, _) in enumerate(examples):
        known = sorted({index[f] for f in features if f in index})
        rows += [i] * len(known)
        columns += known
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(names)))
    if vectors is not None:
        matrix = hstack([matrix, csr_matrix(vectors)]).tocsr()
        names += [f"{VECTOR}{n}" for n in range(vectors.shape[1])]
    labels = sorted({label for _, label in examples})
    target = [label for _, label in examples]
    kinds = np.ones(len(examples)) if published is None else np.array(published, dtype=float)
    if not kinds.all():
        own = kinds[:, None]
        matrix = hstack([matrix, matrix.multiply(own), own]).tocsr()
    weights = np.where(kinds > 0, 1.0, OWN)
    regression = LogisticRegression(C=c, max_iter=300, tol=1e-4).fit(matrix, target, weights)
    slopes, bias = regression.coef_, regression.intercept_
    if not kinds.all():
        n = len(names)
        slopes, bias = slopes[:, :n] + slopes[:, n : 2 * n], bias + slopes[:, -1]
    if len(labels) == 2:  # scikit-learn gives one row for two labels
        slopes, bias = np.vstack([-slopes / 2, slopes / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    table = np.vstack([slopes.T, bias]).astype(np.float32)
    kept = [i for i, name in enumerate(names) if name.startswith(VECTOR) or np.abs(table[i]).max() >= 0.01]
    return Model(
        tuple(labels),
        {**{names[i]: n for n, i in enumerate(kept)}, BIAS: len(kept)},
        np.vstack([table[kept], table[-1:]]),
    )
