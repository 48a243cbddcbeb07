"""How the ranking by words and the ranking by meaning become one: reciprocal rank fusion.

Source: Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
methods", SIGIR 2009, page 758: a document's score is the sum of 1 / (k + its rank) over the rankings it stands in.
"""

import numpy as np
from numpy.typing import NDArray

STEADY = 10.0
"""The k of the formula: how little the first places of a ranking outdo the later ones. The paper takes 60, for runs of a
thousand documents; lists of ours are short. Chosen on the tuning half of the relevance set (benchmarks/relevance.py)."""
WORDS = 1.0
MEANING = 0.7
"""What each ranking weighs, chosen as above."""

Rows = NDArray[np.int64]


def fused(words: Rows, meaning: Rows) -> Rows:
    """Return the documents of both rankings (each best first, no document twice in one), best first.

    Equal scores keep the order of the words, then of meaning.

    >>> fused(np.array([7, 8]), np.array([9, 7])).tolist()
    [7, 8, 9]
    """
    both = np.concatenate([words, meaning]).astype(np.int64)
    ranks = np.concatenate([np.arange(1, len(words) + 1), np.arange(1, len(meaning) + 1)])
    weights = np.concatenate([np.full(len(words), WORDS), np.full(len(meaning), MEANING)])
    rows, first, inverse = np.unique(both, return_index=True, return_inverse=True)
    scores = np.bincount(inverse, weights / (STEADY + ranks), minlength=len(rows))
    return rows[np.lexsort((first, -scores))]
