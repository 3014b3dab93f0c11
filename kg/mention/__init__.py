"""Mentions: where a text names something, and of which class."""

from kg.mention.article import mentions
from kg.mention.classes import is_chain
from kg.mention.form import is_body
from kg.mention.judge import is_common
from kg.mention.recognizer import recognize, recognize_all

__all__ = ["is_body", "is_chain", "is_common", "mentions", "recognize", "recognize_all"]
