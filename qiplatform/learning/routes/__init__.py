"""Where reports are written and checked, and where published learning is read."""

from qiplatform.learning.routes import adopters, feeds, oai, public, reports, saying, standing, writing

ROUTERS = (
    reports.router,
    writing.router,
    standing.router,
    public.router,
    saying.router,
    adopters.router,
    feeds.router,
    oai.router,
)
"""All pages of the room."""
