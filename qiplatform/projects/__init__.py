"""Improvement projects: aim, team, drivers and change ideas, lifecycle."""
