"""An interactive training course for people who visit families with young children."""

__version__ = "0.1.0"
