"""Train the ranker of arguments on the Wikipedia Annotated Corpus (CC BY-SA 4.0) and write its weights into `kg/argument/`.

    python -m training.arguments --wikipedia FOLDER [--cache FOLDER]

FOLDER is a checkout of ku-nlp/WikipediaAnnotatedCorpus. Two runs write the same bytes: one thread, fixed seed, sorted tables.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np

from kg.argument.features import CASES, Counts, Rows, Scene, heads_phrase, near, noun_key, scene, transitive
from kg.argument.find import Found, found_at
from kg.argument.frame import Frame, frames, settle
from kg.argument.past import past, past_rows
from kg.argument.ranker import BEFORE, WEIGHTS, write
from kg.argument.tree import Tree, columns
from kg.forest import Forest
from training.knp import GoldPredicate, GoldSentence, documents, predicates

FOLDS = 5
SEED = 20240501
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.07,
    "num_leaves": 95,
    "max_depth": 12,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.9,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "max_bin": 255,
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
TREES = 200
_RATE_WEIGHT = 8.0  # a word's rate counts as much as the mean of all words when it was seen so often
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold predicate on our parse: its frame, and the tokens that are right for each case."""

    sentence: int
    found: Found
    kind: str  # by the gold
    right: dict[str, frozenset[Place]]
    reach: dict[str, str]  # case: direct, sentence, before, by the gold's tree
    outside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document of the corpus: our trees, and the gold's answers on them."""

    name: str
    trees: tuple[Tree, ...]
    answers: tuple[Answer, ...]


def parsed(folder: Path, split: Path, cache: Path | None) -> list[Parsed]:
    """Return the documents of an id list, parsed as the program parses; parses are kept in `cache`, if given."""
    wanted = list(documents(folder, split))
    store = cache / f"{folder.parent.name}-{split.parent.name}-{split.stem}.pickle" if cache else None
    if store and store.exists():
        rows = pickle.loads(store.read_bytes())
    else:
        rows = _parse([s.text for _, sentences in wanted for s in sentences])
        if store:
            store.write_bytes(pickle.dumps(rows))
    at = iter(rows)
    return [_align(name, sentences, tuple(columns(*next(at)) for _ in sentences)) for name, sentences in wanted]


def _parse(texts: list[str]) -> list[tuple[str, list[tuple[str, str, str, str, str, int, int]]]]:
    from kg import parse

    found = parse._docs(parse.load(), map(parse._words(), texts))
    return [(doc.text, [(t.text, t.lemma_, t.tag_, t.pos_, t.dep_, t.head.i, t.idx) for t in doc]) for doc in found]


def _align(name: str, sentences: list[GoldSentence], trees: tuple[Tree, ...]) -> Parsed:
    tokens = [_tokens(s, t) for s, t in zip(sentences, trees, strict=True)]
    answers = []
    for gold in predicates(sentences):
        found = _predicate(sentences[gold.sentence], trees[gold.sentence], gold)
        right = {case: frozenset((s, t) for s, p in places for t in tokens[s].get(p, ())) for case, places in gold.fillers.items()}
        reach = {case: _reach(sentences, gold, places) for case, places in gold.fillers.items()}
        answers.append(Answer(gold.sentence, found, gold.kind, right, reach, gold.outside))
    return Parsed(name, trees, tuple(answers))


def _tokens(sentence: GoldSentence, tree: Tree) -> dict[int, list[int]]:
    """The nouns of our parse that head a phrase, by the base phrase in which they end."""
    found: dict[int, list[int]] = {}
    for token in range(len(tree)):
        if heads_phrase(tree, token):
            last = tree.end(token) - 1
            phrase = next((i for i, p in enumerate(sentence.phrases) if p.begin <= last < p.end), None)
            if phrase is not None:
                found.setdefault(phrase, []).append(token)
    return found


def _predicate(sentence: GoldSentence, tree: Tree, gold: GoldPredicate) -> Found:
    phrase = sentence.phrases[gold.phrase]
    inside = [t for t in range(len(tree)) if tree.starts[t] < phrase.end and tree.end(t) > phrase.begin]
    content = [t for t in inside if tree.deps[t] not in ("case", "mark", "aux", "fixed", "punct", "cop")] or inside
    return found_at(tree, content[-1], gold.kind)


def _reach(sentences: list[GoldSentence], gold: GoldPredicate, places: frozenset[Place]) -> str:
    phrases = sentences[gold.sentence].phrases
    here = [p for s, p in places if s == gold.sentence]
    if any(phrases[p].head == gold.phrase or phrases[gold.phrase].head == p for p in here):
        return "direct"
    return "sentence" if here else "before"


def count(documents: Iterable[Parsed]) -> Counts:
    """Return how often words were seen with which case, over documents."""
    totals: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in ("predicate", "particle", "noun", "pair")}
    for document in documents:
        for answer in document.answers:
            _tally(document, answer, totals)
        for tree in document.trees:
            for token in range(len(tree)):
                if heads_phrase(tree, token):
                    noun = noun_key(tree, token)
                    totals["noun"][noun]["all"] += 1
                    totals["noun"][f"*{noun[-1]}"]["all"] += 1
    return _shrunk(totals)


def _tally(document: Parsed, answer: Answer, totals: dict[str, dict[str, Counter[str]]]) -> None:
    tree, token, lemma = document.trees[answer.sentence], answer.found.token, answer.found.lemma
    relative = tree.deps[token] in ("acl", "amod") and tree.heads[token] > token
    for key in (lemma, f"*{lemma[-1:]}"):
        predicate = totals["predicate"][key]
        predicate["all"] += 1
        predicate["relative"] += relative
        predicate["filled"] += bool({"ga", "wo"} & answer.right.keys())
        for case, places in answer.right.items():
            predicate[case] += 1
            predicate["object"] += case == ("ga" if answer.found.passive else "wo")
            predicate[f"relative-{case}"] += relative and (answer.sentence, tree.heads[token]) in places
    for case, places in answer.right.items():
        nouns = {noun_key(document.trees[s], t) for s, t in places if s == answer.sentence}
        for noun in sorted(nouns):
            totals["noun"][noun][case] += 1
            totals["noun"][f"*{noun[-1]}"][case] += 1
            totals["pair"][f"{lemma} {noun}"][case] += 1
    for child in tree.children[token]:
        if tree.nominal(child):
            counter = totals["particle"][f"{lemma} {tree.marker(child).case}"]
            counter["all"] += 1
            counter.update(case for case, places in answer.right.items() if (answer.sentence, child) in places)


def _shrunk(totals: dict[str, dict[str, Counter[str]]]) -> Counts:
    tables: dict[str, dict[str, tuple[float, ...]]] = {}
    default: dict[str, tuple[float, ...]] = {}
    relative = tuple(f"relative-{case}" for case in CASES)
    for name, groups in (
        ("predicate", ((CASES, "all"), (("object",), "filled"), (relative, "relative"))),
        ("particle", ((CASES, "all"),)),
        ("noun", ((CASES, "all"),)),
    ):
        whole: Counter[str] = Counter()
        for counter in totals[name].values():
            whole.update(counter)
        logged = name != "particle"
        means = {key: whole[key] / max(1, whole[of]) for keys, of in groups for key in keys}
        default[name] = tuple(_short(means[key]) for keys, _ in groups for key in keys) + ((0.0,) if logged else ())
        tables[name] = {
            word: tuple(_short((c[key] + _weight(key) * means[key]) / (c[of] + _weight(key))) for keys, of in groups for key in keys)
            + ((_short(float(np.log1p(c["all"]))),) if logged else ())
            for word, c in sorted(totals[name].items())
            if c["all"] >= 2
        }
    pair = {word: tuple(float(min(3, c[case])) for case in CASES) for word, c in sorted(totals["pair"].items()) if sum(c.values()) >= 2}
    return Counts(tables["predicate"], tables["particle"], tables["noun"], pair, default)


def _weight(key: str) -> float:
    return 2.0 if key == "object" else _RATE_WEIGHT


def _short(value: float) -> float:
    return round(value, 2)


def scenes(document: Parsed, counts: Counts) -> list[Scene]:
    """Return a document's sentences as the program makes them ready for the ranker."""
    seen: dict[str, int] = {}
    made = []
    for i, tree in enumerate(document.trees):
        framed = frames(i, tree)
        for answer in document.answers:
            if answer.sentence == i and answer.found.token not in framed:
                framed |= {answer.found.token: Frame(i, tree, answer.found)}
        settle(framed, transitive(counts))
        made.append(scene(i, tree, framed, seen, counts))
    return made


@dataclass(frozen=True, slots=True)
class Ask:
    """A gold predicate with the places of its candidates, in its sentence and before it, and a row of numbers for each."""

    answer: Answer
    near: list[Place]
    rows: Rows
    before: list[Place]
    past: Rows


def asked(document: Parsed, counts: Counts) -> Iterator[Ask]:
    """Yield each gold predicate with its candidates."""
    staged = scenes(document, counts)
    known = [past(staged[: i + 1]) for i in range(len(staged))]
    for answer in document.answers:
        here, before = staged[answer.sentence], known[answer.sentence]
        frame = here.frames[answer.found.token]
        nouns, rows = near(frame, here, counts)
        places = [[(n.sentence, n.token) for n in group] for group in (nouns, before.nouns)]
        yield Ask(answer, places[0], rows, places[1], past_rows(frame, here, before, counts))


def train(documents: list[Parsed]) -> tuple[Counts, dict[str, lightgbm.Booster]]:
    """Return the counts of all documents, and a model for each case and one for what is before, trained on counts of the other folds."""
    folds = [count(d for i, d in enumerate(documents) if i % FOLDS != k) for k in range(FOLDS)]
    asks = [ask for i, document in enumerate(documents) for ask in asked(document, folds[i % FOLDS])]
    rows = np.concatenate([ask.rows for ask in asks])
    models = {case: _model(rows, [p in ask.answer.right.get(case, ()) for ask in asks for p in ask.near]) for case in CASES}
    rows = np.concatenate([ask.past for ask in asks if ask.before])
    models[BEFORE] = _model(rows, [p in ask.answer.right.get("ga", ()) for ask in asks for p in ask.before])
    return count(documents), models


def _model(rows: Rows, right: list[bool]) -> lightgbm.Booster:
    data = lightgbm.Dataset(rows, np.array(right, np.float32), free_raw_data=False)
    return lightgbm.train(PARAMETERS, data, num_boost_round=TREES)


def main() -> None:
    """Train and write the weights."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--wikipedia", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    options.add_argument("--out", type=Path, default=WEIGHTS)
    given = options.parse_args()
    documents = parsed(given.wikipedia / "knp", given.wikipedia / "id" / "train.id", given.cache)
    counts, models = train(documents)
    write(given.out, counts, {case: Forest.of(model) for case, model in models.items()})


if __name__ == "__main__":
    main()
