"""What was learned from annotated articles, where rules do not reach: names, whose words a statement is, courses of action, relations."""

from kg.learned.names import names
from kg.learned.read import read
from kg.learned.voice import voices

__all__ = ["names", "read", "voices"]
