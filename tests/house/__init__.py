"""The repository tests itself: what everybody has agreed on is checked here, not remembered."""
