"""What is kept between requests because it costs time to make: by what it shows, so that a new number makes a new entry."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The entries asked for last, at most so many; several threads may ask at once.

    >>> two = Kept[str, int](2)
    >>> for name, number in (("a", 1), ("b", 2), ("c", 3)):
    ...     two.keep(name, number)
    >>> two.find("a"), two.find("c"), len(two)
    (None, 3, 2)
    """

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def find(self, key: K) -> V | None:
        """Return what is kept under a key, if it still is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: K, entry: V) -> None:
        """Keep an entry and let go of the one longest unused."""
        with self._lock:
            self._kept[key] = entry
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        """Count the entries."""
        with self._lock:
            return len(self._kept)
