"""How well the claims of the passages are found, by half and group.

    python tests/score_claims.py [--write docs/evaluation.md]

prints the table; with --write it replaces the section 「Claims」 of that page.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from kg.model import Claim, Document, Entity, Reading
from kg.pipeline import read

HERE = Path(__file__).parent
HALVES = ("tuned", "held")
FIELDS = ("span", "speaker", "source", "attribution", "modality", "negated")
Table = dict[str, Counter[str]]  # a group's fields: how many rows have them right; `rows`, `all`, `surplus`
_HEADING = "## Claims"


def passages(half: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a half by passage."""
    with (HERE / "claims" / f"{half}.tsv").open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in table:
            found[row["passage"].replace("\\n", "\n")].append(row)
    return found


def score(half: str) -> Table:
    """Read every passage of a half as an article and compare row by row; a passage without statements is one row, right if none is found."""
    wanted = passages(half)
    documents = [Document(f"{n}.txt", text) for n, text in enumerate(wanted)]
    table: Table = defaultdict(Counter)
    for reading, (text, rows) in zip(read(documents), wanted.items(), strict=True):
        _compare(reading, text, rows, table[rows[0]["group"]])
    return dict(table)


def _compare(reading: Reading, text: str, rows: list[dict[str, str]], counts: Counter[str]) -> None:
    left = [c for c in reading.claims if c.property is None]
    for row in rows:
        counts["rows"] += 1
        if row["span"] == "-":
            counts.update(["all", *FIELDS] if not left else [])
            continue
        claim = _nearest(left, row["span"].replace("\\n", "\n"), text)
        right = _right(claim, row, text) if claim is not None else {}
        if claim is not None:
            left.remove(claim)
        counts.update([field for field in FIELDS if right.get(field)])
        counts["all"] += all(right.get(field, False) for field in FIELDS)
    counts["surplus"] += len(left)


def _nearest(claims: list[Claim], words: str, text: str) -> Claim | None:
    """The claim that shares most with the words, if it shares half of the longer."""
    begin = text.find(words)
    end = begin + len(words)
    shares = [(min(end, c.end) - max(begin, c.begin)) / max(end - begin, c.end - c.begin) for c in claims]
    best = max(range(len(claims)), key=lambda i: shares[i], default=None)
    return claims[best] if best is not None and shares[best] > 0.3 else None


def _right(claim: Claim, row: dict[str, str], text: str) -> dict[str, bool]:
    return {
        "span": claim.text.rstrip("。") == row["span"].replace("\\n", "\n").rstrip("。"),
        "speaker": _is(claim.speaker, row["speaker"]),
        "source": _is(claim.source, row["source"]),
        "attribution": claim.attribution == row["attribution"],
        "modality": claim.modality == row["modality"],
        "negated": claim.negated == (row["negated"] == "true"),
    }


def _is(entity: Entity | None, name: str) -> bool:
    if entity is None or name == "-":
        return entity is None and name == "-"
    return name in (entity.name, *entity.aliases, *(m.text for m in entity.mentions))


def total(table: Table) -> Counter[str]:
    """The sum of all groups."""
    return sum(table.values(), Counter())


def section(tables: dict[str, Table]) -> str:
    """The section of the page: one row a group, shares of rows with everything right, then each field over all groups."""
    lines = [_HEADING, "", *_INTRODUCTION, "", "| group | tuned | held |", "| --- | --- | --- |"]
    lines += [f"| {group} | {_share(tables['tuned'][group])} | {_share(tables['held'][group])} |" for group in tables["tuned"]]
    sums = {half: total(table) for half, table in tables.items()}
    lines += [f"| **all** | {_share(sums['tuned'])} | {_share(sums['held'])} |", "", "| field | tuned | held |", "| --- | --- | --- |"]
    lines += [f"| {field} | {_share(sums['tuned'], field)} | {_share(sums['held'], field)} |" for field in FIELDS]
    surplus = (str(sums[half]["surplus"]) for half in HALVES)
    return "\n".join([*lines, f"| statements beside the rows | {' | '.join(surplus)} |", ""])


_INTRODUCTION = (
    "Passages written for one construction each (`tests/claims`), read by the whole program: names, coreference and all. A row counts where span,",
    "speaker, source, attribution, modality and negation are all right. The rules never saw the held half. `python tests/score_claims.py` counts again.",
)


def _share(counts: Counter[str], field: str = "all") -> str:
    return f"{counts[field]}/{counts['rows']} ({counts[field] / counts['rows']:.2f})" if counts["rows"] else "-"


def replaced(page: str, new: str, heading: str = _HEADING) -> str:
    """The page with its section of that heading replaced, or with the section at its end."""
    pattern = re.compile(rf"^{re.escape(heading)}\n.*?(?=^## |\Z)", re.M | re.S)
    if pattern.search(page):
        return pattern.sub(lambda _: new.rstrip() + "\n\n", page).rstrip() + "\n"
    return (page.rstrip() + "\n\n" if page.strip() else "") + new.rstrip() + "\n"


def main(arguments: Iterable[str] | None = None) -> None:
    """Score both halves and write or print the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    page: Path | None = parser.parse_args(arguments if arguments is None else list(arguments)).write
    text = section({half: score(half) for half in HALVES})
    if page is None:
        print(text)
        return
    page.parent.mkdir(exist_ok=True)
    page.write_text(replaced(page.read_text(encoding="utf-8") if page.exists() else "# Evaluation\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()
