"""Background work, thin: a job's row is taken from the outbox and one action of its room is done."""
