"""A person at a browser: opens, types, clicks, looks; every page they see is checked for accessibility."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Response

CHROMIUM_FLAGS = [
    "--no-sandbox",  # the tests may run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AXE = Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@cache
def _axe_source() -> str:
    return _AXE.read_text()


class Visitor:
    """One person and their page."""

    def __init__(self, page: Page, *, scripts: bool, shots: Path) -> None:
        """Listen for faults from the start."""
        self.page = page
        self.scripts = scripts
        self.shots = shots
        self.faults: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._note_answer)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.type}: {message.text}")

    def _note_answer(self, answer: Response) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.url} answered {answer.status}")

    def open(self, path: str) -> "Visitor":
        """Open a page."""
        self.page.goto(path)
        return self

    def type(self, label: str, text: str) -> "Visitor":
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=True).first.fill(text)
        return self

    def choose(self, label: str, option: str) -> "Visitor":
        """Choose from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)
        return self

    def tick(self, label: str) -> "Visitor":
        """Choose a radio button or a box."""
        self.page.get_by_label(label).first.check()
        return self

    def press(self, button: str) -> "Visitor":
        """Press a button and wait for the page it leads to."""
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state()
        return self

    def follow(self, link: str) -> "Visitor":
        """Follow a link."""
        self.page.get_by_role("link", name=link).first.click()
        self.page.wait_for_load_state()
        return self

    def sees(self, text: str) -> Locator:
        """Return where a text stands; fails when it is not shown."""
        found = self.page.get_by_text(text).filter(visible=True).first
        found.wait_for(state="visible", timeout=10_000)
        return found

    def looks(self, name: str) -> "Visitor":
        """Look at the page wide and narrow: keep pictures, run axe on both (scripts on), nothing may stick out sideways."""
        for place, size in (("1280", DESK), ("390", PHONE)):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]  # the two literals above
            if self.scripts:
                assert self.violations() == [], (name, place, self.violations())
                wide = self.page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert wide <= 0, f"{name} at {place}: {wide} px stick out sideways"
            kind = "scripts" if self.scripts else "plain"
            self.page.screenshot(
                path=self.shots / f"{name}-{place}-{kind}.png", full_page=True, caret="initial"
            )
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]  # as above
        return self

    def violations(self) -> list[str]:
        """Return what axe finds on the page as it is."""
        self.page.evaluate(_axe_source())
        result: Any = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            _TAGS,
        )
        return [
            f"{one['id']}: {one['help']} at {json.dumps([node['target'] for node in one['nodes'][:4]])}"
            for one in result["violations"]
        ]
