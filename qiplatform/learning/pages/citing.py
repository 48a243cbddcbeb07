"""How a published version is cited: as text, for reference managers, and for machines that read pages."""

import json
from typing import Any

from qiplatform.learning.queries import PublishedReport

licence = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("JSON-LD", "json"))
"""What a citation can be taken away as, with the ending of its address."""
KINDS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/ld+json",
}
_TEAM = "The project team"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def byline(report: PublishedReport) -> str:
    """Return the authors who agreed to be named, or the team."""
    return ", ".join(report.content["authors"]) or _TEAM


def address_of(report: PublishedReport, base: str) -> str:
    """Return the permanent address of a version: what stands there never changes."""
    return f"{base}/published/{report.report_id}/v/{report.number}"


def as_text(report: PublishedReport, base: str) -> str:
    """Return the citation as a sentence."""
    on, place = report.published_at, report.content["organisation"]
    return (
        f"{byline(report)}{', ' + place if place else ''}. {report.title}. qiplatform, version {report.number}, "
        f"{on.day} {on:%B %Y}. {address_of(report, base)}"
    )


def as_bibtex(report: PublishedReport, base: str) -> str:
    """Return the citation for BibTeX."""
    on = report.published_at
    fields = {
        # Names in braces are taken whole: nobody's is cut into first and last by a guess.
        "author": " and ".join(f"{{{_tex(one)}}}" for one in _authors(report)),
        "title": f"{{{_tex(report.title)}}}",
        "year": f"{on:%Y}",
        "month": f"{on:%m}",
        "organization": _tex(report.content["organisation"]),
        "howpublished": "qiplatform",
        "version": str(report.number),
        "url": address_of(report, base),
        "note": f"Version {report.number}, {licence[0]}",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{qiplatform-{report.report_id}-v{report.number},", *lines, "}", ""])


def as_ris(report: PublishedReport, base: str) -> str:
    """Return the citation as RIS, a tag a line."""
    on, content = report.published_at, report.content
    tags = [
        ("TY", "RPRT"),
        *(("AU", one) for one in _authors(report)),
        ("TI", report.title),
        ("PY", f"{on:%Y}"),
        ("DA", f"{on:%Y/%m/%d}"),
        ("PB", "qiplatform"),
        ("C1", content["organisation"]),
        ("ET", f"Version {report.number}"),
        ("AB", content["sections"].get("summary", "")),
        *(("KW", topic) for topic in content["topics"]),
        ("UR", address_of(report, base)),
        ("ID", f"{report.report_id}-v{report.number}"),
    ]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in tags if text.strip()]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_json_ld(report: PublishedReport, base: str) -> dict[str, Any]:
    """Return the citation as schema.org says it."""
    content, address = report.content, address_of(report, base)
    place = content["organisation"]
    kind = "Person" if content["authors"] else "Organization"
    said = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": address,
        "url": address,
        "identifier": f"{report.report_id}/v/{report.number}",
        "isVersionOf": f"{base}/published/{report.report_id}",
        "version": str(report.number),
        "headline": report.title,
        "name": report.title,
        "abstract": content["sections"].get("summary") or content["sections"].get("problem", ""),
        "author": [{"@type": kind, "name": one} for one in _authors(report)],
        "sourceOrganization": {"@type": "Organization", "name": place} if place else None,
        "datePublished": report.published_at.date().isoformat(),
        "license": licence[1],
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        "keywords": content["topics"],
        "publisher": {"@type": "Organization", "name": "qiplatform", "url": base},
        "isBasedOn": f"{base}/published/{content['credit']['report_id']}" if content["credit"] else None,
        "associatedMedia": {
            "@type": "DataDownload",
            "contentUrl": f"{address}/data.csv",
            "encodingFormat": "text/csv",
        }
        if report.series
        else None,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def cited(report: PublishedReport, base: str, ending: str) -> str:
    """Return the citation in one of the formats, by its ending."""
    match ending:
        case "bib":
            return as_bibtex(report, base)
        case "ris":
            return as_ris(report, base)
        case _:
            return json.dumps(as_json_ld(report, base), indent=1, ensure_ascii=False)


def _authors(report: PublishedReport) -> list[str]:
    return list(report.content["authors"]) or [
        f"{_TEAM}, {report.content['organisation']}" if report.content["organisation"] else _TEAM
    ]


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in " ".join(text.split()))
