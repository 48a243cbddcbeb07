"""Two other Python packages beside the engine, rule for rule: part of `python -m benchmarks.spc_speed`.

clinical-qikit has a function that computes only (`compute`), which stands beside `analyse`, and one that makes the whole
result (`qic`), which stands beside `analyse` with its verdict. shewhart has only the latter (`imr`). The rules are the same
on both sides: Western Electric or Anhøj.
"""

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

import spc

Values: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peer:
    """One way to chart a series elsewhere: what it is called, how, and by which profile the engine does the same."""

    name: str
    chart: Callable[[Values], object]
    profile: str
    whole: bool

    def ours(self, series: spc.Series) -> object:
        """Chart a series by the same rules here, with the verdict where theirs makes the whole result."""
        result = spc.analyse(series, "xmr", self.profile, "increase", target=60.0)
        return result.verdict if self.whole else result


def installed(beside: str | None) -> tuple[Peer, ...]:
    """Return what can be imported, and say in a line what cannot."""
    if beside:
        sys.path.append(beside)
    return tuple(_qikit()) + tuple(_shewhart())


def _qikit() -> Iterator[Peer]:
    """Yield the ways of clinical-qikit."""
    name, made = _found("clinical-qikit", "qikit"), _imported("qikit.spc.compute")
    if made is None:
        return
    whole: Any = importlib.import_module("qikit")
    for method, profile in (("weco", "qcc_western_electric"), ("anhoej", "anhoej")):
        yield Peer(f"{name} compute", partial(_computed, made.compute, method), profile, whole=False)
        yield Peer(f"{name} qic", partial(_charted, whole.qic, method), profile, whole=True)


def _computed(compute: Callable[..., object], method: str, value: Values) -> object:
    return compute("i", value, method=method)


def _charted(qic: Callable[..., object], method: str, value: Values) -> object:
    return qic(y=value, chart="i", method=method)


def _shewhart() -> Iterator[Peer]:
    """Yield the way of shewhart."""
    name, made = _found("shewhart", "shewhart"), _imported("shewhart")
    if made is not None:
        chart = partial(made.imr, rules="western_electric")
        yield Peer(f"{name} imr", chart, "qcc_western_electric", whole=True)


def _found(package: str, name: str) -> str:
    """Return the package's name with its version; say in a line if it is not there."""
    if _imported(name) is None:
        print(f"{package} is not installed: not measured.")
        return package
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def _imported(name: str) -> Any:
    """Return a module, or None if it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
