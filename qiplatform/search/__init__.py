"""The national index over what is public."""
