"""Pure functions from a question and a response to points and feedback."""
