"""The SPC engine, tested."""
