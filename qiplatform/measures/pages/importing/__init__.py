"""Bringing a file in, in three steps: the file, how it was read, every row. Nothing is saved before the last."""

from qiplatform.measures.pages.importing.check import check
from qiplatform.measures.pages.importing.choose import choose
from qiplatform.measures.pages.importing.read import read

__all__ = ["check", "choose", "read"]
