"""Thousands of series at once: the same answers as `analyse`, series by series, without a loop over series."""

from spc.many.analyse_many import analyse_many
from spc.many.batch import Batch

__all__ = ["Batch", "analyse_many"]
