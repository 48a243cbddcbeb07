"""What is done: measures defined, numbers put, decisions made, bands shown, signals noted."""

from qiplatform.measures.actions.bands import hide_band, show_band
from qiplatform.measures.actions.decisions import (
    annotate,
    answer_step,
    decide,
    exclude,
    fix_baseline,
    say_why,
    say_why_at,
    start_phase,
    take_back,
)
from qiplatform.measures.actions.definitions import change, define
from qiplatform.measures.actions.points import IfDifferent, PutOutcome, check_pasted, put_pasted, put_points
from qiplatform.measures.actions.signals import note_new_signals

__all__ = [
    "IfDifferent",
    "PutOutcome",
    "annotate",
    "answer_step",
    "change",
    "check_pasted",
    "decide",
    "define",
    "exclude",
    "fix_baseline",
    "hide_band",
    "note_new_signals",
    "put_pasted",
    "put_points",
    "say_why",
    "say_why_at",
    "show_band",
    "start_phase",
    "take_back",
]
