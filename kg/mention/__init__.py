"""Mentions: where a text names something, and of which class."""

from kg.mention.article import mentions
from kg.mention.recognizer import recognize, recognize_all

__all__ = ["mentions", "recognize", "recognize_all"]
