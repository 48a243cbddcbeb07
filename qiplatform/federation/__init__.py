"""Published learning shared between installations: our own signed for others, theirs checked and kept for the search."""
