"""OAI-PMH 2.0, what may be asked: verbs, arguments and resumption tokens, as the protocol says (openarchives.org, 2002-06-14, section 3)."""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from qiplatform.learning.models import ReportResult
from qiplatform.learning.rules.feeds import Place, read_place

TOKEN_LASTS = timedelta(hours=24)
PREFIX = "oai_dc"
SET = "result"
"""Sets are how the work ended: a closed list, so that a tombstone can stay in its set and say nothing else."""
_ALLOWED: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "Identify": (frozenset(), frozenset()),
        "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
        "ListSets": (frozenset(), frozenset({"resumptionToken"})),
        "ListIdentifiers": (
            frozenset({"metadataPrefix"}),
            frozenset({"from", "until", "set", "resumptionToken"}),
        ),
        "ListRecords": (
            frozenset({"metadataPrefix"}),
            frozenset({"from", "until", "set", "resumptionToken"}),
        ),
        "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    }
)
"""Each verb: what must be given, and what may."""
_WORD = r"[A-Za-z0-9\-_.!~*'()]+"
_SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "metadataPrefix": _WORD,
        "set": f"{_WORD}(:{_WORD})*",
        "identifier": r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s\x00-\x1f\x7f-\uffff\"<>\\^`{|}]{1,200}",
        "from": r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?",
        "until": r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?",
        "resumptionToken": r"[A-Za-z0-9_.\-]{1,1000}",
    }
)
_SECOND = timedelta(seconds=1)
_LAST_INSTANT = timedelta(microseconds=1)


class Code(StrEnum):
    """What can be wrong, in the protocol's own words."""

    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION_TOKEN = "badResumptionToken"  # noqa: S105 - the name of a fault
    BAD_VERB = "badVerb"
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_RECORDS_MATCH = "noRecordsMatch"


class OaiFault(Exception):
    """A request the protocol answers with an error element."""

    def __init__(self, code: Code, words: str) -> None:
        """Keep the code and a sentence."""
        super().__init__(words)
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a list that comes in parts has got to."""

    after: Place
    given: int
    """How many records were given so far."""
    total: int
    """How many the whole list had when it was begun."""


@dataclass(frozen=True, slots=True)
class OaiRequest:
    """A request that follows the protocol."""

    verb: str
    given: Mapping[str, str]
    """The arguments as sent, which the answer repeats."""
    asked: Mapping[str, str]
    """The arguments the list was begun with: those of a resumption token are inside it."""
    since: datetime | None = None
    until: datetime | None = None
    result: ReportResult | None = None
    progress: Progress | None = None


def read_request(given: Sequence[tuple[str, str]], *, secret: str, at: datetime) -> OaiRequest:
    """Return a request as it was meant, or raise the fault the protocol names."""
    arguments = _once(given)
    verb = arguments.pop("verb", "")
    if verb not in _ALLOWED:
        raise OaiFault(Code.BAD_VERB, "Ask with one verb: " + ", ".join(_ALLOWED) + ".")
    _check_names(verb, arguments)
    for name, value in arguments.items():
        if name != "resumptionToken" and not re.fullmatch(_SHAPES[name], value):
            raise OaiFault(Code.BAD_ARGUMENT, f"{name} cannot be read.")
    if "resumptionToken" in arguments:
        return _resumed(verb, arguments["resumptionToken"], secret=secret, at=at)
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise OaiFault(Code.CANNOT_DISSEMINATE_FORMAT, f"Only {PREFIX} is given here.")
    since, until = _span(arguments.get("from", ""), arguments.get("until", ""))
    return OaiRequest(verb, arguments, arguments, since, until, _set(arguments.get("set", "")))


def make_token(request: OaiRequest, progress: Progress, *, secret: str, at: datetime) -> str:
    """Return what a harvester sends back to go on: the whole request, signed, so that nothing is kept here."""
    held = {
        "verb": request.verb,
        "asked": dict(request.asked),
        "after": str(progress.after),
        "count": [progress.given, progress.total],
        "until": int((at + TOKEN_LASTS).timestamp()),
    }
    body = base64.urlsafe_b64encode(json.dumps(held, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{body}.{_signature(body, secret)}"


def set_spec(result: str) -> str:
    """Return the set a report is in.

    >>> set_spec("improved")
    'result:improved'
    """
    return f"{SET}:{result}"


def _once(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    names = [name for name, _ in given]
    if names.count("verb") > 1:
        raise OaiFault(Code.BAD_VERB, "Ask with one verb; there were several.")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise OaiFault(Code.BAD_ARGUMENT, f"{_shown(repeated[0])} is given more than once.")
    return dict(given)


def _check_names(verb: str, arguments: Mapping[str, str]) -> None:
    needed, optional = _ALLOWED[verb]
    unknown = sorted(set(arguments) - needed - optional)
    if unknown:
        raise OaiFault(Code.BAD_ARGUMENT, f"{verb} does not take {_shown(unknown[0])}.")
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise OaiFault(Code.BAD_ARGUMENT, "A resumptionToken stands alone.")
        return
    missing = sorted(needed - set(arguments))
    if missing:
        raise OaiFault(Code.BAD_ARGUMENT, f"{verb} needs {missing[0]}.")


def _shown(name: str) -> str:
    return name if re.fullmatch(_WORD, name) and len(name) < 40 else "an argument with that name"  # noqa: PLR2004 - a word, not a text


def _span(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    if since and until and len(since) != len(until):
        raise OaiFault(Code.BAD_ARGUMENT, "from and until have different granularities.")
    begins, ends = (_instant(since) if since else None), (_instant(until) if until else None)
    if begins and ends and begins > ends:
        raise OaiFault(Code.BAD_ARGUMENT, "from is later than until.")
    if ends is not None:
        # The last instant of the second or the day that was named.
        width = timedelta(days=1) if len(until) == len("2026-03-03") else _SECOND
        ends = ends + (width - _LAST_INSTANT)
    return begins, ends


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError as error:
        raise OaiFault(Code.BAD_ARGUMENT, "There is no such day or time.") from error
    if found.year > 9990:  # noqa: PLR2004 - the end of a day must still be an instant
        raise OaiFault(Code.BAD_ARGUMENT, "There is no such day or time.")
    return found


def _set(spec: str) -> ReportResult | None:
    if not spec:
        return None
    name, _, result = spec.partition(":")
    if name != SET or result not in set(ReportResult):
        raise OaiFault(Code.NO_RECORDS_MATCH, "There is no such set.")
    return ReportResult(result)


def _resumed(verb: str, token: str, *, secret: str, at: datetime) -> OaiRequest:
    body, _, signature = token.partition(".")
    if not hmac.compare_digest(_signature(body, secret).encode(), signature.encode("utf-8", "replace")):
        raise OaiFault(Code.BAD_RESUMPTION_TOKEN, "This is no token of ours. Begin the list again.")
    try:
        held = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError) as error:  # signed by us and still unreadable: another version's
        raise OaiFault(Code.BAD_RESUMPTION_TOKEN, "This token is too old. Begin the list again.") from error
    if held["verb"] != verb:
        raise OaiFault(Code.BAD_RESUMPTION_TOKEN, "This token is of another verb.")
    if at.timestamp() > held["until"]:
        raise OaiFault(Code.BAD_RESUMPTION_TOKEN, "This token has expired. Begin the list again.")
    asked: dict[str, str] = held["asked"]
    since, until = _span(asked.get("from", ""), asked.get("until", ""))
    progress = Progress(read_place(held["after"]), *held["count"])
    result = _set(asked.get("set", ""))
    return OaiRequest(verb, {"resumptionToken": token}, asked, since, until, result, progress)


def _signature(body: str, secret: str) -> str:
    return hmac.new(
        secret.encode(), b"oai-pmh:" + body.encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()[:40]
