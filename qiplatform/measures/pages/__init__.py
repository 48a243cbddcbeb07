"""What is shown of measures."""
