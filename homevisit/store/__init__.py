"""The only SQL of the course: functions that take a connection and return frozen values."""
