"""A project's diary: the audit trail in words, newest first, what belongs together in one line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qiplatform.projects.rules import AimParts
from qiplatform.store.audit import AuditEvent

_AIM = set(AimParts.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the diary."""

    at: datetime
    who: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing the diary speaks of."""

    name: str
    href: str


Words = Callable[[AuditEvent, Mapping[str, str], Subject], str]


def _always(words: str) -> Words:
    return lambda _event, _names, subject: words.format(subject.name)


def _person(words: str) -> Words:
    return lambda event, names, _subject: words.format(names.get(str(event.details.get("user")), "somebody"))


def _changed(event: AuditEvent, _names: Mapping[str, str], _subject: Subject) -> str:
    parts = set(event.details.get("parts", ()))
    return "changed the aim" if parts and parts <= _AIM else "changed what the project says of itself"


def _moved(event: AuditEvent, _names: Mapping[str, str], _subject: Subject) -> str:
    return f"moved the project to “{event.details.get('to', '')}”"


def _put(event: AuditEvent, _names: Mapping[str, str], subject: Subject) -> str:
    added, changed = int(event.details.get("added", 0)), int(event.details.get("changed", 0))
    said = [f"added {added} {'number' if added == 1 else 'numbers'}"] if added else []
    said += [f"changed {changed}"] if changed else []
    return f"{' and '.join(said) or 'looked at the numbers'} of {subject.name}"


WORDS: Mapping[str, Words] = {
    "projects.register": _always("registered the project"),
    "projects.change": _changed,
    "projects.move": _moved,
    "projects.add_member": _person("brought {} into the team"),
    "projects.remove_member": _person("took {} out of the team"),
    "projects.set_drivers": _always("changed the driver diagram"),
    "measures.define": _always("defined the measure {}"),
    "measures.change": _always("changed the definition of {}"),
    "measures.put_points": _put,
    "measures.phase": _always("decided that the limits of {} begin anew"),
    "measures.exclusion": _always("left a period of {} out of the limits"),
    "measures.annotation": _always("wrote a note on {}"),
    "measures.baseline": _always("fixed the baseline of {}"),
    "measures.take_back": _always("took a decision about {} back"),
    "cycles.plan": _always("planned {}"),
    "cycles.change_plan": _always("changed the plan of {}"),
    "cycles.start": _always("started {}"),
    "cycles.do": _always("wrote what happened in {}"),
    "cycles.study": _always("studied {}"),
    "cycles.act": _always("decided after {}"),
}
"""What each kind of event says. What is not here is not the diary's to tell."""


def diary(
    events: Iterable[AuditEvent], names: Mapping[str, str], subjects: Mapping[str, Subject]
) -> tuple[Entry, ...]:
    """Return the lines; the same person doing the same to the same thing on one day is one line."""
    found: list[Entry] = []
    before: tuple[str, str, str | None, date] | None = None
    for event in events:
        words, subject = WORDS.get(event.action), subjects.get(event.subject_id)
        together = (event.action, event.subject_id, event.by_id, event.at.date())
        if words is None or subject is None or together == before:
            continue
        before = together
        who = names.get(event.by_id or "", "The platform")
        found.append(Entry(event.at, who, words(event, names, subject), subject.href))
    return tuple(found)
