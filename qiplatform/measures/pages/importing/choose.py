"""Step 1: the file."""

from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.pages.importing.place import Place, few, place
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import takes_two
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """Step 1: the file, or what is pasted."""

    at: Place
    pasted: str
    wanted: str
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Bring numbers in"
    step: str = "Step 1 of 3. Nothing is kept before you have seen how it was read."


def choose(seen: SeenMeasure, sent: Sent | None = None, refusal: Refusal | None = None) -> ChoosePage:
    """Return the first step; what was pasted is kept when it was refused."""
    return ChoosePage(
        at=place(seen),
        pasted=sent.get("pasted") if sent else "",
        wanted="period, numerator and denominator" if takes_two(seen.measure.chart) else "period and value",
        mistakes=few(refusal.mistakes) if refusal else (),
        words=refusal.words if refusal else "",
    )
