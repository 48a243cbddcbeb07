"""Makes the same measure in several teams of one organisation, seen by its coach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qiplatform.accounts.models import User
from qiplatform.measures.models import Measure
from qiplatform.measures.rules import Definition
from qiplatform.organisations.models import Organisation
from tests.support.factories import Factory
from tests.support.measures import SHARE, Measures, pairs

Counts = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sites:
    """One measure a site, by the site's name."""

    organisation: Organisation
    coach: User
    lead: User
    measures: Mapping[str, Measure]

    def compare(self, name: str, query: str = "") -> str:
        """Return the address of a site's page."""
        return f"/measures/{self.measures[name].id}/compare{'?' if query else ''}{query}"


def sites(make: Factory, counts: Mapping[str, Counts], definition: Definition = SHARE) -> Sites:
    """Make them: for each name the numerators and denominators, month by month."""
    making = Measures(make.store)
    lead, coach = make.user("Lead of all"), make.user("Coach of all")
    place = make.organisation(coach=coach, member=lead)
    made = {}
    for name, months in counts.items():
        project = making.project(lead, name, organisation_id=place.id)
        made[name] = making.measure(lead, definition, project=project)
        if months:
            making.put(lead, made[name], pairs(months))
    return Sites(place, coach, lead, made)


def steady(top: int, bottom: int, months: int = 12) -> Counts:
    """Return the same counts every month, but for one more or less."""
    return [(str(top + month % 2), str(bottom)) for month in range(months)]
