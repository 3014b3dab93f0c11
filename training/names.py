"""Train the recognizer: training/names.py OUT.npz --ner FOLDER --wac REPOSITORY [--folds K [--only N]].

FOLDER holds stockmark.train.jsonl and gsd.{train,dev}.jsonl; REPOSITORY is a bare clone of ku-nlp/WikipediaAnnotatedCorpus;
the news is that of passages/, written for this.
With --folds the figures of a cross-validation over Stockmark are printed; each fold leaves its weights beside OUT.
Five folds with all three corpora, 60 iterations, without the news, mean: F1 .784 (Organization .773, Person .864, Place .791, Product .609); each, and two folds with the news, in docs/evaluation.md.
Same input, same libraries: same bytes. Needs python-crfsuite and scikit-learn besides the program's own libraries.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite
import spacy
from names_corpora import Sample, read_jsonl, read_knp
from names_invent import Inventor
from passages import read as read_passages
from passages import samples
from sklearn.cluster import MiniBatchKMeans
from spacy.language import Language

from kg.mention.features import Clusters, featurize
from kg.mention.recognizer import chunks
from kg.mention.tagger import TYPES, Tagger, clusterer
from kg.mention.units import units_of

SENTENCES = Path(__file__).with_name("names_sentences.txt")
COPIES = 20  # of each sentence pattern, each with other names
NEWS_COPIES = 4  # of each sentence of the passages, each with other names
CLUSTERS = (64, 512, 2048)
PARAMETERS = {"c1": 0.1, "c2": 0.01, "feature.minfreq": 2}
UNUSED = ["tok2vec", "parser", "attribute_ruler", "ner", "morphologizer", "compound_splitter", "bunsetu_recognizer"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A CRF: its labels, the weight of a feature for a label, and of a label after another."""

    labels: list[str]
    states: Mapping[tuple[str, str], float]
    moves: Mapping[tuple[str, str], float]


def main() -> None:
    args = _arguments()
    nlp = spacy.load("ja_ginza", exclude=UNUSED)
    table = cluster_table(nlp)
    stockmark = read_jsonl(args.ner / "stockmark.train.jsonl", "stockmark")
    others = read_jsonl(args.ner / "gsd.train.jsonl", "gsd") + read_jsonl(args.ner / "gsd.dev.jsonl", "gsd")
    if args.wac:
        others += read_knp(args.wac, "wac")
    news = list(samples(read_passages(), nlp))
    inventor = Inventor(7, wide=True)
    news += [inventor.replace(sample) for sample in news for _ in range(NEWS_COPIES)]
    if args.folds:
        folds = range(args.folds) if args.only is None else [args.only]
        total: Counter[tuple[str, str]] = Counter()
        for fold in folds:
            held = stockmark[fold :: args.folds]
            rest = [sample for i, sample in enumerate(stockmark) if i % args.folds != fold]
            model = args.out.with_suffix(f".{fold}.npz")
            train(rest, news, others, nlp, table, args.iterations, model)
            total += (counts := measure(held, nlp, model))
            print(fold, figures(counts), flush=True)
        print("all", figures(total))
        return
    train(stockmark, news, others, nlp, table, args.iterations, args.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--ner", type=Path, required=True)
    parser.add_argument("--wac", type=Path)
    parser.add_argument("--iterations", type=int, default=60)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--only", type=int)
    return parser.parse_args()


def cluster_table(nlp: Language) -> np.ndarray:
    """Return the clusters of ja_ginza's word vectors: a row a vector, a column a number of clusters. Seeded, one thread."""
    vectors = nlp.vocab.vectors.data
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    columns = [MiniBatchKMeans(count, random_state=0, batch_size=2048, n_init=1, max_iter=30).fit_predict(vectors) for count in CLUSTERS]
    return np.stack(columns, 1).astype("int16")


def train(
    own: Sequence[Sample], news: Sequence[Sample], others: Sequence[Sample], nlp: Language, table: np.ndarray, iterations: int, out: Path
) -> None:
    """Write the mean of two CRFs, one that saw the news and one that did not: the first alone takes plain talk for names."""
    clusters = clusterer(nlp.vocab, table)
    plain, wide = (out.with_suffix(f".{name}.npz") for name in ("plain", "wide"))
    export(fit(own, others, nlp, clusters, iterations, Inventor(1)), plain, table)
    export(fit([*own, *news], others, nlp, clusters, iterations, Inventor(1, wide=True)), wide, table)
    export(mean(load(plain), load(wide)), out, table)


def fit(own: Sequence[Sample], others: Sequence[Sample], nlp: Language, clusters: Clusters, iterations: int, inventor: Inventor) -> Weights:
    """Fit a CRF to the corpora as they are, and once more with invented names."""
    invented = [inventor.replace(sample) for sample in (*own, *others) if sample.names]
    invented += [inventor.fill(pattern) for pattern in SENTENCES.read_text(encoding="utf-8").splitlines() for _ in range(COPIES)]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False, params={"max_iterations": iterations, **PARAMETERS})
    for sample in (*own, *others, *invented):
        append(trainer, sample, nlp, clusters)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "crf")
        trainer.train(path)
        model = pycrfsuite.Tagger()
        model.open(path)
        info = model.info()
        return Weights(sorted(info.labels), dict(info.state_features), dict(info.transitions))


def load(path: Path) -> Weights:
    """Return weights as they were exported."""
    with np.load(path, allow_pickle=False) as saved:
        labels = saved["labels"].tolist()
        attrs = saved["attrs"].tobytes().decode().split("\0")
        owners = np.repeat(np.arange(len(attrs)), np.diff(saved["row"])).tolist()
        cells = zip(owners, saved["col"].tolist(), saved["val"].astype("float64").tolist(), strict=True)
        states = {(attrs[row], labels[column]): value for row, column, value in cells}
        moves = {(a, b): float(saved["trans"][i, j]) for i, a in enumerate(labels) for j, b in enumerate(labels)}
    return Weights(labels, states, moves)


def mean(one: Weights, other: Weights) -> Weights:
    """Return the mean of the weights of two CRFs with the same labels; a feature that one does not know weighs nothing in it."""
    if one.labels != other.labels:
        raise ValueError(f"labels {one.labels} and {other.labels}")
    return Weights(one.labels, _mean(one.states, other.states), _mean(one.moves, other.moves))


def _mean(one: Mapping[tuple[str, str], float], other: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    found = {key: (one.get(key, 0.0) + other.get(key, 0.0)) / 2 for key in sorted({*one, *other})}
    return {key: value for key, value in found.items() if value}


def append(trainer: pycrfsuite.Trainer, sample: Sample, nlp: Language, clusters: Clusters) -> None:
    """Add a sentence, its names as BIOES labels of its units; a name that overlaps one before it is left out."""
    units, begins = units_of(nlp.make_doc(sample.text))
    labels = ["O"] * len(units)
    for begin, end, kind in sample.names:
        inside = [i for i, at in enumerate(begins) if at < end and at + len(units[i].surface) > begin]
        if not inside or any(labels[i] != "O" for i in inside):
            continue
        for i in inside:
            labels[i] = "I-" + kind
        labels[inside[0]] = "B-" + kind
        labels[inside[-1]] = ("E-" if len(inside) > 1 else "S-") + kind
    if units:
        trainer.append(pycrfsuite.ItemSequence(featurize(units, clusters, sample.corpus)), labels)


def export(weights: Weights, out: Path, table: np.ndarray) -> None:
    """Write weights as arrays: labels, features, the rows of their weights in sparse form, transitions, clusters."""
    labels = weights.labels
    attrs = sorted({name for name, _ in weights.states})
    at = {name: i for i, name in enumerate(attrs)}
    cells = sorted((at[name], labels.index(label), weight) for (name, label), weight in weights.states.items())
    moves = np.zeros((len(labels), len(labels)), "float32")
    for (before, after), weight in weights.moves.items():
        moves[labels.index(before), labels.index(after)] = weight
    np.savez_compressed(
        out,
        labels=np.array(labels),
        row=np.searchsorted([cell[0] for cell in cells], np.arange(len(attrs) + 1)).astype("int32"),
        col=np.array([cell[1] for cell in cells], "int8"),
        val=np.array([cell[2] for cell in cells], "float16"),
        trans=moves,
        clusters=table,
        attrs=np.frombuffer("\0".join(attrs).encode(), "uint8"),
    )


def measure(samples: Iterable[Sample], nlp: Language, model: Path) -> Counter[tuple[str, str]]:
    """Count gold, predicted and right names, exact in span and type, of each type and of all."""
    tagger, counts = Tagger(model, nlp.vocab), Counter[tuple[str, str]]()
    for sample in samples:
        units, begins = units_of(nlp.make_doc(sample.text))
        found = chunks(tagger.label([units])[0]) if units else ()
        predicted = {(begins[first], begins[last] + len(units[last].surface), kind) for first, last, kind in found}
        for name, names in (("gold", set(sample.names)), ("predicted", predicted), ("right", predicted & set(sample.names))):
            counts.update((name, kind) for _, _, kind in names)
            counts[name, "all"] += len(names)
    return counts


def figures(counts: Counter[tuple[str, str]]) -> str:
    """Return F1 of all and of each type."""
    parts = [f"{kind} {2 * counts['right', kind] / max(1, counts['gold', kind] + counts['predicted', kind]):.4f}" for kind in ("all", *TYPES)]
    return "  ".join(parts)


if __name__ == "__main__":
    main()
