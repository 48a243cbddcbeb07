"""The two faults of the recorded tools that the engine does not share: found by rule, reported for every run they touch.

Nothing else may be reported as a known difference.
"""

from tests.spc.conformance.cases import Output, Run
from tests.spc.conformance.compare import Agreement

# The answer goes on where the tool stopped: the recorded run is an error.
CRASH = (
    "NHSRplotthedots stops with an error where one of seven points in a row is missing and the steps between the others"
    " all go one way; the engine finds no trend there and goes on"
)
# The answer shows the tool's flag, so that the rest of the run can be compared; the engine has none there.
FLAGGED_EMPTY = (
    "PowerBI-SPC flags a point without a value as low (no cases of no cases, or a moving range after the points that set"
    " the limits); the engine never flags what is not there"
)
FAULTS = (CRASH, FLAGGED_EMPTY)


def excused(run: Run, given: Output, found: Agreement) -> bool:
    """Whether a disagreement is the tool's crash: it stopped where the adapter says that it does."""
    return found.disagrees is not None and run.output["status"] == "error" and CRASH in given.get("known", ())


def told(run: Run, given: Output) -> list[str]:
    """Return the faults that show in one recorded run."""
    crashed = run.output["status"] == "error"
    return [reason for reason in given.get("known", ()) if (reason == CRASH) == crashed]
