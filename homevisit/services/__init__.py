"""What people do in the course: one function, one action, one transaction."""
