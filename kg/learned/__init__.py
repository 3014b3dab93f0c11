"""A small network that learned from annotated articles what rules do not reach: courses of action, and relations between any two things."""

from kg.learned.read import read

__all__ = ["read"]
