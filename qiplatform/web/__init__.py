"""What every room needs to speak HTTP and HTML."""
