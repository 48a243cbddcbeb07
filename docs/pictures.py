"""Takes the pictures of the manuals from the running demo: `python docs/pictures.py`, by `make pictures`."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from qiplatform.demo.people import LEAD, PASSWORD

PORT = 8102
ADDRESS = f"http://127.0.0.1:{PORT}"
IMAGES = Path(__file__).resolve().parent / "images"
WAIT = 60


def _serve(folder: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "QIP_DATA_DIR": folder, "QIP_PORT": str(PORT)}
    command = [sys.executable, "-m", "qiplatform"]
    subprocess.run([*command, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*command, "serve"], env=environment, stdout=subprocess.DEVNULL)
    for _ in range(WAIT * 10):
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.terminate()
    message = f"the demo did not answer within {WAIT} s"
    raise TimeoutError(message)


def _measure(page: Page) -> None:
    """Take the page of a measure as its team sees it: verdict, chart, bands."""
    page.goto(f"{ADDRESS}/sign-in")
    page.locator("input[name=email]").fill(LEAD.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.goto(f"{ADDRESS}/projects")
    page.locator("main a", has_text="Shorter waits").first.click()
    with page.expect_console_message(
        lambda message: "document idle" in message.text
    ):  # the chart has drawn itself
        page.locator("main a", has_text="Seen within four hours").first.click()
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / "measure.png")


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = _serve(folder)
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 960})
            _measure(page)
            browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
