"""Assurance: what a finished analysis means. One verdict stands behind icon, sentence, table, alt text and API."""

from spc.assurance.result import VERSION, Result, analyse
from spc.assurance.verdict import Assurance, Verdict

__all__ = ["VERSION", "Assurance", "Result", "Verdict", "analyse"]
