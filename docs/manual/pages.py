"""Every page and picture of the manual, by its name below the manual's folder."""

from functools import cache

import spc
from docs.manual import charts, disagreements, index, profiles, rules
from docs.manual.pictures import pictures


@cache
def pages() -> dict[str, str]:
    """Return name -> text for all there is."""
    return {
        "README.md": index.page(),
        **{f"charts/{name}.md": charts.page(chart) for name, chart in spc.CHARTS.items()},
        **{f"rules/{name}.md": rules.page(rule) for name, rule in spc.RULES.items()},
        **{f"profiles/{name}.md": profiles.page(profile) for name, profile in spc.PROFILES.items()},
        "disagreements.md": disagreements.page(),
        **pictures(),
    }
