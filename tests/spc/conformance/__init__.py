"""Recorded runs of four tools on real data, replayed through the engine: `python -m tests.spc.conformance`."""
