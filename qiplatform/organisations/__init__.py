"""Organisations, who belongs to them, and the one table of who may do what."""
