"""Step changes suggested with evidence: where, how large, how sure. A person decides."""

from spc.advice.step_changes.suggest import StepChange, suggest_step_changes

__all__ = ["StepChange", "suggest_step_changes"]
