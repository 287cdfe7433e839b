"""Programs for the people who make the course, not for those who use it."""
