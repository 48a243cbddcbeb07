"""Stories walked from end to end, some in a real browser."""
