"""My work, a project as a whole, and what the service says of itself: reads all rooms, owns no table."""
