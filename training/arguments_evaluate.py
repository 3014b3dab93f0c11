"""Measure arguments on the test parts of the Wikipedia Annotated Corpus and KWDLC, gold predicates given.

    python -m training.arguments_evaluate --wikipedia FOLDER --kwdlc FOLDER [--cache FOLDER]

A filled case is right when it names any mention of the gold's coreference chain. Who is not in the text (著者, 不特定:人) is nobody.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from kg.argument.features import CASES, Counts
from kg.argument.ranker import BEFORE, THRESHOLDS, choose, load, reaches
from kg.forest import Forest
from training.arguments import Answer, Parsed, Place, asked, parsed, scenes

KINDS = ("verb", "adjective")
Tally = dict[tuple[str, str], Counter[str]]
Filled = dict[str, tuple[Place, str, float]]


def ranked(document: Parsed, counts: Counts, forests: dict[str, Forest], thresholds: dict[str, tuple[float, ...]]) -> list[tuple[Answer, Filled]]:
    """Return each gold predicate with what the ranker fills: place, reach by our own tree, score."""
    found = []
    for ask in asked(document, counts):
        scores = np.zeros((len(ask.near) + len(ask.before), len(CASES)), np.float32)
        for column, case in enumerate(CASES):
            scores[: len(ask.near), column] = forests[case].scores(ask.rows)
        if ask.before:
            scores[len(ask.near) :, 0] = forests[BEFORE].scores(ask.past)
        places, where = ask.near + ask.before, reaches(ask.rows) + [BEFORE] * len(ask.before)
        filled = {case: (places[i], where[i], score) for case, (i, score) in choose(scores, where, thresholds).items()}
        found.append((ask.answer, filled))
    return found


def ruled(document: Parsed, counts: Counts) -> list[tuple[Answer, Filled]]:
    """Return each gold predicate with what the rules alone fill."""
    staged = scenes(document, counts)
    found = []
    for answer in document.answers:
        slots = staged[answer.sentence].frames[answer.found.token].slots
        filled: Filled = {case: ((slots[case][0].sentence, slots[case][0].head), "direct", 1.0) for case in CASES if slots.get(case)}
        found.append((answer, filled))
    return found


def tally(pairs: Iterable[tuple[Answer, Filled]]) -> Tally:
    """Count right, made and wanted by (kind group, case, reach of the gold), `all` for every reach."""
    counts: Tally = defaultdict(Counter)
    for answer, filled in pairs:
        group = "verb+adjective" if answer.kind in KINDS else answer.kind
        for case in CASES:
            gold, made = answer.right.get(case), filled.get(case)
            right = bool(gold and made and made[0] in gold)
            for where in ("all", answer.reach.get(case) or (made[1] if made else "")):
                if where:
                    counts[group, f"{case} {where}"].update(right=right, made=bool(made), wanted=case in answer.reach)
                    counts[group, f"all {where}"].update(right=right, made=bool(made), wanted=case in answer.reach)
    return counts


def figures(counter: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision, recall = counter["right"] / max(1, counter["made"]), counter["right"] / max(1, counter["wanted"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def report(name: str, counts: Tally) -> list[str]:
    """Return a table's lines, one a kind of predicate and case."""
    lines = [
        f"| {name} | precision | recall | F1 | direct | in the sentence | before it | cases |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for group in ("verb+adjective", "copula", "event"):
        for case in ("all", *CASES):
            cells = [figures(counts[group, f"{case} {where}"])[2] for where in ("direct", "sentence", "before")]
            precision, recall, f1 = figures(counts[group, f"{case} all"])
            values = " | ".join(f"{100 * v:.1f}" for v in (precision, recall, f1, *cells))
            lines.append(f"| {group} {case} | {values} | {counts[group, f'{case} all']['wanted']} |")
    return lines


def omitted(pairs: Iterable[tuple[Parsed, Answer, Filled]], least: float, *, prominent: bool) -> tuple[int, int, int]:
    """Return right, made and wanted of subjects that do not stand on their verb, filled at a score of `least` or more.

    Subjects that are nobody of the text are left out; with `prominent` so is all but names, pronouns and topics.
    """
    right = made = wanted = 0
    for document, answer, filled in pairs:
        if answer.kind not in KINDS or "ga" in answer.outside or answer.reach.get("ga") == "direct":
            continue
        gold = [p for p in answer.right.get("ga", ()) if not prominent or stands_out(document, p)]
        wanted += bool(gold)
        ours = filled.get("ga")
        if ours and ours[1] != "direct" and ours[2] >= least and (not prominent or stands_out(document, ours[0])):
            made += 1
            right += ours[0] in answer.right.get("ga", ())
    return right, made, wanted


def stands_out(document: Parsed, place: Place) -> bool:
    """Tell whether a noun is a name, a pronoun or a topic."""
    tree, token = document.trees[place[0]], place[1]
    marker = tree.marker(token)
    return tree.pos[token] in ("PROPN", "PRON") or "固有名詞" in tree.tags[token] or marker.case in ("ha", "mo") or marker.topic


def main() -> None:
    """Print the tables, in Markdown."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--wikipedia", "--kwdlc"):
        options.add_argument(name, type=Path, required=True)
    options.add_argument("--cache", type=Path)
    given = options.parse_args()
    counts, forests = load()
    parts = {
        "Wikipedia": (given.wikipedia / "knp", given.wikipedia / "id" / "test.id"),
        "KWDLC": (given.kwdlc / "knp", given.kwdlc / "id" / "split_for_pas" / "test.id"),
    }
    for name, (folder, ids) in parts.items():
        documents = parsed(folder, ids, given.cache)
        found = [(d, *pair) for d in documents for pair in ranked(d, counts, forests, THRESHOLDS)]
        pairs = [(answer, filled) for _, answer, filled in found]
        print("\n".join(report(f"{name}, rules", tally(pair for d in documents for pair in ruled(d, counts)))))
        print("\n".join(report(f"{name}, ranker", tally(pairs))))
        print("| omitted subjects | threshold | precision | recall | made | wanted |\n| --- | --- | --- | --- | --- | --- |")
        for prominent in (False, True):
            for least in (0.3, 0.35, 0.4, 0.5, 0.6):
                right, made, wanted = omitted(found, least, prominent=prominent)
                kind = "names, pronouns, topics" if prominent else "all"
                print(f"| {kind} | {least} | {right / max(1, made):.2f} | {right / max(1, wanted):.2f} | {made} | {wanted} |")


if __name__ == "__main__":
    main()
