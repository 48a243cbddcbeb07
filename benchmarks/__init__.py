"""Measurements: each prints a ratio taken side by side in one run."""
