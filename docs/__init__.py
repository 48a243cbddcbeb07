"""What people read, and what writes it from the code."""
