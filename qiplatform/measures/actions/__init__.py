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
from qiplatform.measures.actions.importing import keep_file, look, put_file
from qiplatform.measures.actions.points import IfDifferent, PutOutcome, put_points
from qiplatform.measures.actions.signals import note_new_signals

__all__ = [
    "IfDifferent",
    "PutOutcome",
    "annotate",
    "answer_step",
    "change",
    "decide",
    "define",
    "exclude",
    "fix_baseline",
    "hide_band",
    "keep_file",
    "look",
    "note_new_signals",
    "put_file",
    "put_points",
    "say_why",
    "say_why_at",
    "show_band",
    "start_phase",
    "take_back",
]
