"""Small networks that learned from annotated articles what rules do not reach: names, courses of action, relations between any two things."""

from kg.learned.names import names
from kg.learned.read import read

__all__ = ["names", "read"]
