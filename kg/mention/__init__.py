"""Mentions: where a text names something, and of which class."""

from kg.mention.article import mentions
from kg.mention.recognizer import recognize

__all__ = ["mentions", "recognize"]
