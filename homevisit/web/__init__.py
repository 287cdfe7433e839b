"""The pages and the course API, on Voilà's application."""
