"""What a text means, as numbers: a small model that comes with a package and is asked nothing over the network.

The package's own way of loading looks in a wrong folder when there is no network; its two files are read directly. Importing
the package would also set up logging and open a door to the network, so only its folder is asked for.
"""

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 256
_PACKAGE = "wordllama"
_LONGEST = 6000
Vector = NDArray[np.float32]


class Model:
    """A table with a vector for each piece of a word; a text is the mean of its pieces."""

    def __init__(self, folder: Path) -> None:
        """Read the two files of the package (16 MB)."""
        # The tokenizer's own threads do not survive the fork of a worker, and one text needs none.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from safetensors.numpy import load_file  # noqa: PLC0415 - loaded when meaning is first asked for
        from tokenizers import Tokenizer  # noqa: PLC0415

        self._table = load_file(folder / "weights" / "l2_supercat_256.safetensors")["embedding.weight"]
        self._pieces = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))

    def vectors(self, texts: Sequence[str]) -> Vector:
        """Return one vector of length 1 for each text, shape (texts, 256); zeros for an empty text."""
        found = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            ids = self._pieces.encode(text[:_LONGEST], add_special_tokens=False).ids
            if ids:
                found[row] = unit(self._table[ids].astype(np.float32).mean(axis=0))
        return found


@cache
def model() -> Model | None:
    """Return the model, or nothing where its package is not installed: then words alone are searched."""
    spec = find_spec(_PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    try:
        return Model(Path(places[0])) if places else None
    except (ImportError, OSError):
        return None


def has_model() -> bool:
    """Whether texts can be compared by meaning here."""
    return model() is not None


def document_vector(texts: Sequence[str]) -> Vector | None:
    """Return what a document means, shape (256,), of length 1: the mean of all its pieces; none without the model.

    A title of its own weight was tried and found worse (docs/decisions/0024).
    """
    found = model()
    if found is None:
        return None
    vector: Vector = found.vectors(["\n".join(text for text in texts if text)])[0]
    return vector


def query_vector(text: str) -> Vector | None:
    """Return what a search means, shape (256,), of length 1; none without the model or for no words."""
    found = model()
    if found is None or not text.strip():
        return None
    vector: Vector = found.vectors([text])[0]
    return vector if vector.any() else None


def packed(vector: Vector | None) -> bytes | None:
    """Return a vector as it is kept: two bytes a number.

    >>> len(packed(np.zeros(256, np.float32)) or b"")
    512
    """
    return None if vector is None else vector.astype("<f2").tobytes()


def unpacked(kept: Sequence[bytes | None]) -> Vector:
    """Return kept vectors as one table, shape (rows, 256); zeros where none was kept, which is like nothing."""
    empty = bytes(2 * DIMENSIONS)
    whole = b"".join(one if one and len(one) == len(empty) else empty for one in kept)
    return np.frombuffer(whole, "<f2").reshape(-1, DIMENSIONS).astype(np.float32)


def unit(vector: Vector) -> Vector:
    """Return a vector of length 1 in the same direction; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector
