"""The trainer's desk: what waits to be read, readings, release, and the way into nbgrader's gradebook."""
