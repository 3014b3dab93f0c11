"""kg: who says what about whom, and how firmly, read from Japanese articles."""

__version__ = "0.1.0"
