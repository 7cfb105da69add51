"""Exact betweenness by NetworKit, if it is installed (the extra `fast`): the same, only sooner."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array


def betweenness(lengths: csr_array) -> NDArray[np.float64] | None:
    """For each node, the shares of shortest ways through it, over ordered pairs; None without NetworKit."""
    try:
        import networkit
    except ImportError:
        return None
    upper = lengths.tocoo()
    once = upper.row < upper.col
    graph = networkit.GraphFromCoo(
        (upper.data[once], (upper.row[once], upper.col[once])), n=lengths.shape[0], weighted=True
    )
    scores = networkit.centrality.Betweenness(graph, normalized=False).run().scores()
    return np.asarray(scores, dtype=np.float64)
