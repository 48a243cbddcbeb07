"""One measure across teams: each team's own chart, side by side on the same axes; never ranked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from qiplatform import charts
from qiplatform.measures.pages import many
from qiplatform.measures.pages.many import Choice, Small
from qiplatform.measures.queries import Defined, SamePlace, SeenMeasure
from qiplatform.measures.rules import Record
from qiplatform.measures.rules.sites import LAST, funnel_chart

MOST_TEAMS = 24
"""As many charts as fit a page."""
MOST_SITES = 300
ORDERS = (
    ("name", "Team, A to Z"),
    ("mine", "This team first, then A to Z"),
    ("defined", "In the order in which they were defined"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for in the address; what makes no sense is the usual."""

    funnel: bool = False
    chosen: bool = False
    """Whether teams were chosen; all there are, if not."""
    teams: frozenset[str] = field(default_factory=frozenset)
    order: str = "name"
    last: int = LAST[-1]


@dataclass(frozen=True, slots=True)
class Place:
    """A team with the same measure, under a name of its own."""

    measure_id: str
    name: str
    mine: bool
    """Whether it is the one whose page this is."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The form: which teams, in which order, how many periods."""

    action: str
    teams: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    orders: tuple[tuple[str, str], ...]
    order: str
    lasts: tuple[tuple[str, str], ...]
    last: str
    open: bool


@dataclass(frozen=True, slots=True)
class Team:
    """One team's chart."""

    chart: Small
    mine: bool


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything on the page."""

    title: str
    under: str
    measure: str
    href: str
    project: str
    project_href: str
    views: tuple[Choice, ...]
    choosing: Choosing
    alone: bool
    """Whether no other team counts the same, as far as the reader may see."""
    teams: tuple[Team, ...]
    left_out: str
    variations: tuple[str, ...]
    assurances: tuple[tuple[str, str], ...]


def asked(*, view: str, chosen: str, teams: Sequence[str], order: str, last: str) -> Asked:
    """Read an address."""
    return Asked(
        funnel=view == "funnel",
        chosen=bool(chosen),
        teams=frozenset(teams),
        order=order if order in dict(ORDERS) else ORDERS[0][0],
        last=int(last) if last in {str(one) for one in LAST} else LAST[-1],
    )


def places(seen: SeenMeasure, alike: Sequence[SamePlace]) -> tuple[Place, ...]:
    """Name every team that counts the same, A to Z: by its project, and by its organisation where there are several."""
    several = len({one.organisation for one in alike}) > 1
    names = [
        f"{one.project}, {one.organisation}" if several and one.organisation else one.project for one in alike
    ]
    times = Counter(names)
    numbered: Counter[str] = Counter()
    found = []
    for one, name in zip(alike, names, strict=True):
        numbered[name] += 1
        said = f"{name} ({numbered[name]})" if times[name] > 1 else name
        found.append(Place(one.measure_id, said, one.measure_id == seen.measure.id))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.measure_id)))


def shown(found: Sequence[Place], wanted: Asked) -> tuple[Place, ...]:
    """Return the teams to show, in order, the page's own always among them."""
    there = [one for one in found if one.mine or not wanted.chosen or one.measure_id in wanted.teams]
    if wanted.order == "defined":
        there.sort(key=lambda one: one.measure_id)
    if wanted.order == "mine" and not wanted.funnel:
        there.sort(key=lambda one: not one.mine)
    most = MOST_SITES if wanted.funnel else MOST_TEAMS
    kept = there[:most]
    if not any(one.mine for one in kept):
        kept = [*kept[: most - 1], *(one for one in there if one.mine)]
    return tuple(kept)


def compare(
    seen: SeenMeasure,
    found: Sequence[Place],
    defined: Sequence[Defined],
    records: Mapping[str, Record],
    wanted: Asked,
) -> ComparePage:
    """Return the page of charts side by side."""
    one = seen.measure
    measures = {each.measure.id: each.measure for each in defined}
    order = [place for place in shown(found, wanted) if place.measure_id in measures]
    titles = {place.measure_id: f"{one.name}, {place.name}" for place in order}
    own = [many.read(records[id_], title=title) for id_, title in titles.items()]
    scale = charts.scale(each.facet for each in own if each.facet)
    # Twice, because each must be read before it is known what all have to fit into.
    charted = {id_: many.read(records[id_], title=title, y_range=scale) for id_, title in titles.items()}
    frame = charts.frame(each.facet for each in charted.values() if each.facet)
    teams = []
    for place in order:
        each = charted[place.measure_id]
        drawing = charts.drawn(each.facet, frame) if each.facet else None
        teams.append(Team(many.small(measures[place.measure_id], each, drawing, name=place.name), place.mine))
    variations, assurances = many.icons(each.chart for each in teams)
    href = f"/measures/{one.id}"
    return ComparePage(
        title=f"{one.name}: teams side by side",
        under=f"{len(teams)} teams, each beside its own past" if len(teams) > 1 else "One team so far",
        measure=one.name,
        href=href,
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        views=views(href, found, wanted, has_funnel=funnel_chart(one.chart) is not None),
        choosing=choosing(href, found, order, wanted),
        alone=len(found) <= 1,
        teams=tuple(teams),
        left_out=left_out(found, order, wanted),
        variations=variations,
        assurances=assurances,
    )


def left_out(found: Sequence[Place], order: Sequence[Place], wanted: Asked) -> str:
    """Say that more were asked for than are shown; empty where all are."""
    asked_for = sum(one.mine or not wanted.chosen or one.measure_id in wanted.teams for one in found)
    if asked_for <= len(order):
        return ""
    return f"{len(order)} of {asked_for} teams are shown, as many as fit a page. Choose others below."


def views(href: str, found: Sequence[Place], wanted: Asked, *, has_funnel: bool) -> tuple[Choice, ...]:
    """Return the two ways to compare; the funnel is offered only for cases out of how many."""
    teams = [("team", one.measure_id) for one in found if one.measure_id in wanted.teams]
    chosen = [("chosen", "1"), *teams] if wanted.chosen else []
    side = urlencode(chosen)
    across = urlencode([("view", "funnel"), *chosen])
    both: list[Choice] = [
        ("Each team over time", f"{href}/compare?{side}" if side else f"{href}/compare", not wanted.funnel)
    ]
    if has_funnel or wanted.funnel:
        both.append(("All sites in a funnel", f"{href}/compare?{across}", wanted.funnel))
    return tuple(both)


def choosing(href: str, found: Sequence[Place], order: Sequence[Place], wanted: Asked) -> Choosing:
    """Return the form; the page's own team is always shown and not among the boxes."""
    return Choosing(
        action=f"{href}/compare",
        teams=tuple((one.measure_id, one.name) for one in found if not one.mine),
        chosen=tuple(one.measure_id for one in order if not one.mine),
        orders=ORDERS,
        order=wanted.order,
        lasts=tuple((str(one), f"The last {one} periods") for one in LAST),
        last=str(wanted.last),
        open=wanted.chosen and len(order) <= 1,
    )
