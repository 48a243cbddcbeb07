"""The library of ready operational definitions: written by us, to be taken as they are or changed."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from qiplatform.measures.models import Counts, Direction, Frequency, MeasureType
from qiplatform.measures.rules.choosing import Answers, Differs, Shape, shape_of
from qiplatform.measures.rules.definitions import Definition
from qiplatform.measures.rules.words_alike import weight, words_of

_FOLDER = Path(__file__).resolve().parent
SETTINGS = (
    "Emergency care", "Ambulance", "Flow and waits", "Discharge", "Wards", "Falls", "Pressure ulcers", "Infection",
    "Medicines", "Theatre", "Outpatients", "Patient-reported outcomes", "Primary care", "Community", "Care homes",
    "Mental health", "Maternity", "Staff", "Patient experience", "Equality", "Cost and carbon",
)  # fmt: skip
"""Where a definition is at home, in the order they are offered."""
_IN_THE_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A definition that a team can take as it is."""

    key: str
    name: str
    type: MeasureType
    setting: str
    counts: Counts
    what: str
    """What is counted, in one sentence."""
    operational_definition: str
    numerator_words: str = ""
    denominator_words: str = ""
    exclusion_words: str
    unit: str = ""
    """Empty for shares, which are in percent."""
    direction: Direction
    frequency: Frequency
    chart: str
    sampling: str
    source: str
    """Where the numbers usually come from."""
    origin: str
    """Where the definition comes from, in general terms."""
    balancing: str
    """The key of a measure that would show harm done elsewhere; empty where none suggests itself."""
    minutes_a_month: int
    """A usual figure."""
    words: frozenset[str] = field(init=False, repr=False, compare=False)
    """What it is found by."""

    def __post_init__(self) -> None:
        """Gather the words it is found by."""
        said = f"{self.name} . {self.what} . {self.setting} . {self.operational_definition}"
        object.__setattr__(self, "words", words_of(said))

    @property
    def answers(self) -> Answers:
        """What it says of its numbers; lower numbers differ unless a count is over the same stretch each time."""
        shape = shape_of(self.chart)
        differs = Differs.MUCH if shape in {Shape.PROPORTION, Shape.RATE} else None
        return Answers(shape, self.frequency, differs)

    def definition(self) -> Definition:
        """Return it as a team's own."""
        names = ("name", "type", "counts", "operational_definition", "numerator_words", "denominator_words")
        more = ("exclusion_words", "unit", "direction", "frequency", "chart", "sampling", "source")
        return Definition(
            **{name: getattr(self, name) for name in (*names, *more)}, minutes_a_month=self.minutes_a_month
        )


@cache
def library() -> tuple[Ready, ...]:
    """Return every definition, by setting and name."""
    found = [_ready(row) for path in sorted(_FOLDER.glob("*.toml")) for row in _rows(path)]
    return tuple(sorted(found, key=lambda one: (SETTINGS.index(one.setting), one.name)))


def find(key: str) -> Ready | None:
    """Return the definition of this key, or None."""
    return next((one for one in library() if one.key == key), None)


def search(words: str = "", of_type: MeasureType | None = None, setting: str = "") -> tuple[Ready, ...]:
    """Return the definitions in which every word occurs, those that have it in their name first.

    >>> search("bed sores")[0].setting
    'Pressure ulcers'
    """
    asked = words_of(words)
    found = [
        one
        for one in library()
        if (of_type is None or one.type is of_type)
        and (not setting or one.setting == setting)
        and all(_holds(one.words, word) for word in asked)
    ]
    return tuple(sorted(found, key=lambda one: -_rank(one, asked)))


def _rank(one: Ready, asked: frozenset[str]) -> float:
    return _IN_THE_NAME * weight(asked & words_of(one.name)) + weight(asked & words_of(one.setting))


def _holds(words: frozenset[str], asked: str) -> bool:
    return asked in words or any(word.startswith(asked) for word in words)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open("rb") as file:
        yield from tomllib.load(file)["definition"]


def _ready(row: dict[str, object]) -> Ready:
    closed = {"type": MeasureType, "counts": Counts, "direction": Direction, "frequency": Frequency}
    return Ready(**{name: closed[name](value) if name in closed else value for name, value in row.items()})  # type: ignore[arg-type]
