"""Courses of action that somebody takes, weighs, drops or speaks of: noun phrases without a name that become kg:Strategy.

Sparingly: a phrase is one only as the object of a frame that pursues, abandons, suspends, supports or criticizes, and only
if its head names an action or a way of acting (`courses.tsv`). What merely affects or is affected must be known as one already.
"""

from kg.strategy.course import Course, Courses, Phrase, acted, aimed
from kg.strategy.noun import member_before

__all__ = ["Course", "Courses", "Phrase", "acted", "aimed", "member_before"]
