"""The figures of a graph against hand annotation: micro-averages over the articles of a gold folder.

entity       F1 of (type, entity): a gold row and a node match when their types are equal and they share a name. A predicted Place
             counts only where it is gold or a claim uses it.
named        the same without Strategy on either side.
name         the same as entity without the type.
relation     F1 of (subject, predicate, object), names compared without type, symmetric predicates in either direction.
relation+    the same, where modality and negation must be right too.
attribution  F1 over the characters of attributed statements: gold and graph give a character to the same speaker.
quote span   the same without the speaker.
certainty    share of the rightly attributed characters whose modality and negation are right as well; where they are fewer than
             half of the gold's characters, the share of that half.
source       the same for kg:attribution and kg:accordingTo.
all          the mean of entity, relation, relation+, attribution (F1) and certainty.

Names are compared after NFKC, case folding and the removal of spaces. Of a node's names those count that occur in the article; of the
gold names among them more than half, and of all at least a third, must belong to the gold row. Where claims overlap the longest
counts, of equals the one without rdf:predicate. What is missing, doubled or malformed matches nothing and is counted as a fault.
"""

from kg.evaluation.figures import FIGURES, Count, Errors, Figures
from kg.evaluation.score import evaluate

__all__ = ["FIGURES", "Count", "Errors", "Figures", "evaluate"]
