"""Answers to OAI-PMH 2.0 requests, with unqualified Dublin Core (oai_dc)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qiplatform.learning.models import ReportResult
from qiplatform.learning.pages.feeds.told import (
    LANGUAGE,
    LICENCE_ADDRESS,
    Site,
    result_of,
    summary_of,
    title_of,
)
from qiplatform.learning.pages.feeds.xml import Element, add, document, instant, root
from qiplatform.learning.queries import OaiAnswer, Told
from qiplatform.learning.rules import (
    PREFIX,
    RESULT_WORDS,
    TOKEN_LASTS,
    Code,
    OaiFault,
    OaiRequest,
    make_token,
    set_spec,
)

OAI_TYPE = "text/xml; charset=utf-8"
_OAI = "http://www.openarchives.org/OAI/2.0/"
_OAI_DC = f"{_OAI}oai_dc/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{_OAI}OAI-PMH.xsd"
_DC_SCHEMA = f"{_OAI}oai_dc.xsd"
_UNSAID = {Code.BAD_VERB, Code.BAD_ARGUMENT}
"""After these faults the answer does not repeat what was sent: it was no request of the protocol."""


def oai(site: Site, request: OaiRequest, answer: OaiAnswer, *, secret: str, at: datetime) -> bytes:
    """Return the answer to a request."""
    top = _envelope(site, at, {"verb": request.verb, **request.given})
    body = add(top, request.verb)
    match request.verb:
        case "Identify":
            _identify(body, site, answer.earliest or at)
        case "ListMetadataFormats":
            made = add(body, "metadataFormat")
            add(made, "metadataPrefix", PREFIX)
            add(made, "schema", _DC_SCHEMA)
            add(made, "metadataNamespace", _OAI_DC)
        case "ListSets":
            for result in ReportResult:
                made = add(body, "set")
                add(made, "setSpec", set_spec(result.value))
                add(made, "setName", f"How the work ended: {RESULT_WORDS[result]}")
        case "ListIdentifiers":
            for told in answer.records:
                _header(body, site, told)
        case _:
            for told in answer.records:
                _record(body, site, told)
    _resumption(body, request, answer, secret=secret, at=at)
    return document(top)


def oai_fault(site: Site, given: Mapping[str, str], fault: OaiFault, *, at: datetime) -> bytes:
    """Return the answer to a request that asks for what is not there, or is none."""
    top = _envelope(site, at, {} if fault.code in _UNSAID else given)
    add(top, "error", fault.words, {"code": fault.code.value})
    return document(top)


def identifier(site: Site, report_id: str) -> str:
    """Return a record's permanent name."""
    return f"oai:{site.host}:{report_id}"


def _envelope(site: Site, at: datetime, given: Mapping[str, str]) -> Element:
    top = root("OAI-PMH", {"": _OAI, "xsi": _XSI}, **{"xsi:schemaLocation": f"{_OAI} {_SCHEMA}"})
    add(top, "responseDate", instant(at))
    add(top, "request", f"{site.base}/oai", given)
    return top


def _identify(body: Element, site: Site, earliest: datetime) -> None:
    for name, text in (
        ("repositoryName", site.name),
        ("baseURL", f"{site.base}/oai"),
        ("protocolVersion", "2.0"),
        ("adminEmail", site.email),
        ("earliestDatestamp", instant(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        add(body, name, text)


def _header(parent: Element, site: Site, told: Told) -> None:
    gone = {"status": "deleted"} if told.content is None else {}
    made = add(parent, "header", attributes=gone)
    add(made, "identifier", identifier(site, told.report_id))
    add(made, "datestamp", instant(told.at))
    if told.result:
        add(made, "setSpec", set_spec(told.result))


def _record(parent: Element, site: Site, told: Told) -> None:
    made = add(parent, "record")
    _header(made, site, told)
    if told.content is not None:
        _dublin_core(add(made, "metadata"), site, told, told.content)


def _dublin_core(parent: Element, site: Site, told: Told, content: Mapping[str, Any]) -> None:
    names = {"oai_dc": _OAI_DC, "dc": "http://purl.org/dc/elements/1.1/"}
    declared = {f"xmlns:{prefix}": uri for prefix, uri in names.items()}
    where = {"xsi:schemaLocation": f"{_OAI_DC} {_DC_SCHEMA}"}
    made = add(parent, "oai_dc:dc", attributes={**declared, **where})
    credit = content["credit"]
    for name, text in (
        ("title", title_of(content)),
        *(("creator", one) for one in content["authors"]),
        *(("subject", one) for one in content["topics"]),
        ("description", summary_of(content)),
        ("description", f"How the work ended: {result_of(content)}"),
        ("publisher", content["organisation"] or site.name),
        ("date", f"{told.at:%Y-%m-%d}"),
        ("type", "Text"),
        ("format", "text/html"),
        ("identifier", site.address(told.report_id)),
        ("identifier", site.version(told)),
        ("source", site.address(credit["report_id"]) if credit else ""),
        ("language", LANGUAGE),
        ("coverage", content["setting"]),
        ("rights", LICENCE_ADDRESS),
    ):
        if text:
            add(made, f"dc:{name}", text)


def _resumption(body: Element, request: OaiRequest, answer: OaiAnswer, *, secret: str, at: datetime) -> None:
    if answer.progress is None:
        return
    before = request.progress.given if request.progress else 0
    given = {"completeListSize": str(answer.progress.total), "cursor": str(before)}
    if answer.more:
        token = make_token(request, answer.progress, secret=secret, at=at)
        add(body, "resumptionToken", token, {"expirationDate": instant(at + TOKEN_LASTS), **given})
    else:
        add(body, "resumptionToken", "", given)  # an empty one says that this was the last part
