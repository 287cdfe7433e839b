"""What teaches and what doesn't: figures about the questions of a lesson, never about one person."""
