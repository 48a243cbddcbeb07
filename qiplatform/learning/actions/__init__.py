"""What is done: reports written, sent, checked, published, corrected, withdrawn; readers answered; ideas taken up."""

from qiplatform.learning.actions.adoption import adopt
from qiplatform.learning.actions.answering import answer, ask, report_concern, settle, show_answer
from qiplatform.learning.actions.checking import approve, give_back, submit
from qiplatform.learning.actions.noting import show_note, take_note_back, write_note
from qiplatform.learning.actions.standing import correct, keep, withdraw
from qiplatform.learning.actions.writing import Words, begin, change, describe, leave_out, sign

__all__ = [
    "Words",
    "adopt",
    "answer",
    "approve",
    "ask",
    "begin",
    "change",
    "correct",
    "describe",
    "give_back",
    "keep",
    "leave_out",
    "report_concern",
    "settle",
    "show_answer",
    "show_note",
    "sign",
    "submit",
    "take_note_back",
    "withdraw",
    "write_note",
]
