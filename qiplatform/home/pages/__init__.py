"""What is shown: my work, the front page, a project as a whole, and the pages about the service itself."""
