"""qcc's words for charts and options, put to the engine, and the engine's answer in its columns."""

from tests.spc.conformance.cases import Output, Run, UnsupportedRun


def replay(run: Run) -> Output:
    """Put one run to the engine."""
    raise UnsupportedRun(run.chart)
