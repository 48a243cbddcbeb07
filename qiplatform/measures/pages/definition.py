"""The form in which a measure is defined, each choice with its reason."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

import spc
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.models import Counts, Direction, Frequency, MeasureType, Purpose
from qiplatform.measures.pages import words
from qiplatform.measures.pages.advice import NONE_YET, Advice
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, default_profile, in_percent, library
from qiplatform.measures.rules.choosing import Answers, answers_of
from qiplatform.measures.rules.definitions import CHART_REASONS, OWN_FIELDS, as_text, texts_of
from qiplatform.measures.rules.library import Ready
from qiplatform.measures.rules.numbers import to_percent
from qiplatform.projects.queries import Seen
from qiplatform.web.forms import Sent

Option = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class DefinitionPage:
    """The form with what was typed."""

    title: str
    library: str
    """The ready definitions; empty where a measure is changed."""
    taken: str
    """What is said of a ready definition that the form is filled with."""
    partner: tuple[str, str]
    """Name and form of a balancing measure that goes with it; two empty texts where there is none."""
    project: str
    project_href: str
    action: str
    button: str
    back: str
    values: Mapping[str, str]
    """Text of every field."""
    earlier: str
    """Targets before the latest, in words."""
    advice: Advice
    suggest: str
    """Where the answers so far are sent to for a suggestion."""
    sharpened: bool
    """Whether the usual numbers are shown open."""
    types: tuple[Option, ...]
    shapes: tuple[Option, ...]
    differs: tuple[tuple[str, str], ...]
    charts: tuple[Option, ...]
    directions: tuple[Option, ...]
    counts: tuple[Option, ...]
    frequencies: tuple[tuple[str, str], ...]
    profiles: tuple[tuple[str, str], ...]
    purposes: tuple[Option, ...]
    mistakes: tuple[Mistake, ...]
    words: str


_USUAL = ("usual_numerator", "usual_denominator")
_SUGGESTED = ("", "The suggested one", "Worked out from the answers above. You can choose another.")
_BLANK = {
    **dict.fromkeys((*OWN_FIELDS, "target", "target_from", "shape", "differs", *_USUAL), ""),
    "counts": Counts.PEOPLE.value,
    "frequency": Frequency.MONTHLY.value,
    "purpose": Purpose.IMPROVEMENT.value,
    "version": "1",
}


def new(
    seen: Seen,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
    *,
    ready: str = "",
    said: Advice | None = None,
) -> DefinitionPage:
    """Return the form: empty, filled with the ready definition of a key, or the refused one as it was typed."""
    href = f"/projects/{seen.project.id}"
    found = library.find(ready) if ready else None
    filled = {**texts_of(found.definition()), **_answers(found.answers)} if found else {}
    values = {**_BLANK, **filled, "once": secrets.token_urlsafe(12), **(sent.text if sent else {})}
    made = _page(
        "Define a measure", seen, f"{href}/measures/new", "Define this measure", href, values, "", refusal
    )
    partner = library.find(found.balancing) if found and found.balancing else None
    return replace(
        made,
        advice=said or NONE_YET,
        suggest=f"{href}/measures/suggest",
        library=f"{href}/measures/library",
        taken=_taken(found) if ready else "",
        partner=(partner.name, f"{href}/measures/new?from={partner.key}") if partner else ("", ""),
    )


def _taken(found: Ready | None) -> str:
    if found is None:
        return "The ready definition you followed is no longer in the library. The form is empty."
    return f"Filled from the library: {found.name}. {found.origin} Everything can be changed."


def _answers(answers: Answers) -> dict[str, str]:
    return {"shape": as_text(answers.shape), "differs": as_text(answers.differs)}


def edit(
    seen: SeenMeasure,
    record: Record,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
    *,
    said: Advice | None = None,
) -> DefinitionPage:
    """Return the form with the definition as it stands, or the refused one as it was typed."""
    one = seen.measure
    kept = {**texts_of(one), **_answers(answers_of(one))}
    if one.profile == default_profile(one.chart):
        kept["profile"] = ""
    latest = record.targets[-1] if record.targets else None
    if latest is not None:
        kept["target"] = to_percent(latest.value) if in_percent(one.chart) else latest.value
        kept["target_from"] = latest.from_on.isoformat() if latest.from_on else ""
    values = {**_BLANK, **kept, "version": str(one.version), "once": "", **(sent.text if sent else {})}
    earlier = words.targets_in_words(record) if len(record.targets) > 1 else ""
    href = f"/measures/{one.id}"
    made = _page(
        f"Change {one.name}", seen.project, f"{href}/edit", "Save changes", href, values, earlier, refusal
    )
    return replace(made, advice=said or NONE_YET, suggest=f"{href}/suggest")


def _page(  # noqa: PLR0917 - the parts in which the two forms differ, in the page's order
    title: str,
    seen: Seen,
    action: str,
    button: str,
    back: str,
    values: Mapping[str, str],
    earlier: str,
    refusal: Refusal | None,
) -> DefinitionPage:
    return DefinitionPage(
        title=title,
        advice=NONE_YET,
        suggest="",
        sharpened=any(values[name] for name in _USUAL),
        library="",
        taken="",
        partner=("", ""),
        project=seen.project.title,
        project_href=f"/projects/{seen.project.id}",
        action=action,
        button=button,
        back=back,
        values=values,
        earlier=earlier,
        types=tuple(
            (one.value, f"{words.TYPES[one]} measure", words.TYPE_REASONS[one]) for one in MeasureType
        ),
        shapes=tuple((one.value, said, words.SHAPE_REASONS[one]) for one, said in words.SHAPES.items()),
        differs=words.DIFFERS,
        charts=(_SUGGESTED, *((name, spc.CHARTS[name].title, why) for name, why in CHART_REASONS.items())),
        directions=tuple(
            (one.value, words.DIRECTIONS[one], words.DIRECTION_REASONS[one]) for one in Direction
        ),
        counts=tuple((one.value, words.COUNTS[one], words.COUNT_REASONS[one]) for one in Counts),
        frequencies=tuple((one.value, said) for one, said in words.FREQUENCIES.items()),
        profiles=words.profiles(),
        purposes=tuple((one.value, words.PURPOSES[one], words.PURPOSE_REASONS[one]) for one in Purpose),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )
