"""Where reports are written and checked, and where published learning is read."""
