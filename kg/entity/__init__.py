"""Entities: the things that an article names, whatever it calls them, and the words that stand for them."""

from kg.entity.build import entities
from kg.entity.explain import explain
from kg.entity.firstperson import with_first_person

__all__ = ["entities", "explain", "with_first_person"]
