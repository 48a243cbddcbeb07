"""What is allowed of measures, and what a record says: pure, given everything."""

from qiplatform.measures.rules.record import Record, analyse, in_percent, laid_out, takes_two, target

__all__ = ["Record", "analyse", "in_percent", "laid_out", "takes_two", "target"]
