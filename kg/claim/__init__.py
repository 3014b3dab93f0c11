"""Who says it, on whose word, how firmly, and which words decided that."""

from kg.claim.assemble import claims
from kg.claim.bystander import without_bystanders
from kg.claim.link import linked
from kg.claim.statement import statements

__all__ = ["claims", "linked", "statements", "without_bystanders"]
