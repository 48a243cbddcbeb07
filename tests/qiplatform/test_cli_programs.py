"""The command line as programs of their own: quick to help, the server starts, answers and stops."""

import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import httpx2


def _program(*typed: str) -> list[str]:
    return [sys.executable, "-m", "qiplatform", *typed]


def _processor_seconds() -> float:
    """Return what ended child processes took of the processor: other than the clock, it knows nothing of busy machines."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_is_there_at_once_and_lists_every_command() -> None:
    before = _processor_seconds()
    shown = subprocess.run(_program("--help"), capture_output=True, text=True, check=True).stdout
    assert _processor_seconds() - before < 1.0
    for command in ("serve", "demo", "migrate", "worker", "user", "token", "check"):
        assert re.search(rf"^ +{command} ", shown, re.MULTILINE), command


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from qiplatform.cli import parser; parser().format_help(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"sqlalchemy", "fastapi", "celery", "numpy", "bokeh"} & set(loaded.split())


def test_serve_makes_the_database_answers_and_stops(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QIP_")}
    environment = kept | {"QIP_DATA_DIR": str(tmp_path)}
    command = _program("serve", "--port", "0")
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            _is_well(line, environment)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(15) in {0, 130, -signal.SIGINT}


def _is_well(line: str, environment: dict[str, str]) -> None:
    found = re.match(r"qiplatform is open at (http://127\.0\.0\.1:(\d+)) ", line)
    assert found, line
    address, port = found.groups()
    ready = httpx2.get(f"{address}/readyz").json()
    assert ready == {"ready": True, "faults": {"database": "", "migrations": "", "broker": ""}}
    assert httpx2.get(f"{address}/sign-in").status_code == 200
    other = _program("serve", "--port", port)
    refused = subprocess.run(other, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert f"Cannot listen on 127.0.0.1 port {port}" in refused.stderr
    assert "Traceback" not in refused.stderr
