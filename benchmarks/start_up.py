"""How long until the command line and the server answer, and how much memory the server holds after use?

    python -m benchmarks.start_up

Aims: `qiplatform --help` under 1 s, the server's first answer under 3 s, under 250 MB after every page
of the demo was opened and charts drawn (Bokeh's documents included).
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PORT = 8192
RUNS = 5
_RUN = [sys.executable, "-m", "qiplatform"]


def _environment(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QIP_", "PYTHON"))}
    return kept | {"QIP_DATA_DIR": folder, "QIP_PORT": str(PORT)}


def _help_seconds(environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run([*_RUN, "--help"], check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


def _get(path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode(errors="replace")


def _serve(environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], float]:
    """Start the server and return it with the seconds until its first answer."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*_RUN, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while True:
        try:
            if _get("/healthz")[0] == 200:
                return process, time.perf_counter() - begun
        except OSError:
            if process.poll() is not None or time.perf_counter() - begun > 60:
                raise
            time.sleep(0.02)


def _megabytes(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else float("nan")


def _walk(limit: int = 60) -> int:
    """Open every public page that leads on from the search page, as a reader would; return how many."""
    waiting, seen = ["/", "/published", "/about", "/components"], set[str]()
    while waiting and len(seen) < limit:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        status, html = _get(path)
        if status == 200:
            waiting += [
                found.split("#")[0] for found in re.findall(r'(?:href|data-figure-url)="(/[^"]*)"', html)
            ]
    return len(seen)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder)
        subprocess.run([*_RUN, "migrate"], check=True, capture_output=True, env=environment)
        subprocess.run([*_RUN, "demo"], check=True, capture_output=True, env=environment)
        helps = [_help_seconds(environment) for _ in range(RUNS)]
        starts = []
        for _ in range(RUNS):
            process, seconds = _serve(environment)
            starts.append(seconds)
            idle = _megabytes(process)
            pages = _walk()
            used = _megabytes(process)
            process.terminate()
            process.wait(timeout=10)
        print(f"qiplatform --help      {statistics.median(helps):6.2f} s   (median of {RUNS}, aim < 1)")
        print(f"serve, first answer    {statistics.median(starts):6.2f} s   (median of {RUNS}, aim < 3)")
        print(f"memory, idle           {idle:6.0f} MB")
        print(f"memory, {pages:3d} pages    {used:6.0f} MB  (aim < 250)")


if __name__ == "__main__":
    main()
