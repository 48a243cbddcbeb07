"""Bands: stretches of time that a higher room draws on a chart."""

from datetime import date

from sqlalchemy.orm import Session

from qiplatform.measures.actions.versions import count_change, hold
from qiplatform.measures.models import Band, Measure


def show_band(
    db: Session,
    *,
    measure_id: str,
    key: str,
    starts_on: date,
    ends_on: date | None,
    label: str,
    detail: str = "",
    href: str = "",
) -> Band:
    """Draw a stretch of time on a chart, in place of what was drawn under the same key.

    The calling room has checked who may; it audits its own change, of which this is a part.
    """
    measure = db.get_one(Measure, measure_id)
    hold(db, measure)
    values = (starts_on, ends_on, label[:40], detail[:300], href)
    band = db.get(Band, (measure_id, key))
    if band is not None and (band.starts_on, band.ends_on, band.label, band.detail, band.href) == values:
        return band
    if band is None:
        band = Band(measure_id=measure_id, key=key)
        db.add(band)
    band.starts_on, band.ends_on, band.label, band.detail, band.href = values
    db.flush()
    count_change(db, measure)
    return band


def hide_band(db: Session, *, measure_id: str, key: str) -> None:
    """Take a stretch of time off a chart; one that is not there is off already."""
    band = db.get(Band, (measure_id, key))
    if band is not None:
        measure = db.get_one(Measure, measure_id)
        hold(db, measure)
        db.delete(band)
        db.flush()
        count_change(db, measure)
