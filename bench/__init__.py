"""Measures the course against stock Voilà and stock nbgrader on the same notebook; run it with `make bench`."""
