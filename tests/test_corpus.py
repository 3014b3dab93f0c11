"""Many articles: the good ones become one graph, the bad ones are named."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from sample import READING

import kg
from kg import corpus, pipeline, turtle
from kg.corpus import Options, Skipped
from kg.model import Document, Reading
from kg.summary import counts, text

SENTENCE = "市は九日、新しい図書館の計画を公表した。\n"


@pytest.fixture
def plain_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read nothing off an article, and fail on one that says so: the model is not what is tested here."""

    def read(documents: Iterable[Document], **_: object) -> Iterator[Reading]:
        for document in documents:
            if "故障" in document.text:
                raise KeyError("故障")
            yield Reading(document, (), ())

    monkeypatch.setattr(pipeline, "read", read)


def _write(folder: Path, **texts: str) -> Path:
    for name, words in texts.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("plain_reading")
def test_the_bad_are_skipped_with_a_reason_and_the_good_are_built(tmp_path: Path) -> None:
    _write(tmp_path, a=SENTENCE, b="", c=SENTENCE * 2, d=SENTENCE)

    result = corpus.build([tmp_path, tmp_path / "none.txt"])

    assert result.articles == ("a.txt", "c.txt")
    assert [str(each).removeprefix(f"{tmp_path}/") for each in result.skipped] == [
        "none.txt: no such file or folder",
        "b.txt: empty",
        "d.txt: the same text as a.txt",
    ]


@pytest.mark.usefixtures("plain_reading")
def test_the_order_of_the_paths_changes_no_byte(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir(), other.mkdir()
    _write(one, b=SENTENCE, c=SENTENCE * 2)
    _write(other, a=SENTENCE * 3)

    assert turtle.dumps(corpus.build([one, other]).graph) == turtle.dumps(corpus.build([other, one]).graph)


@pytest.mark.usefixtures("plain_reading")
def test_a_failure_on_one_article_can_be_turned_into_a_skip(tmp_path: Path) -> None:
    _write(tmp_path, a="故障した。", b=SENTENCE)

    def guard(work: object, document: Document) -> Reading | Skipped:
        try:
            return corpus.plain(work, document)  # type: ignore[arg-type]
        except KeyError as error:
            return Skipped(document.source, repr(error))

    result = corpus.build([tmp_path], Options(guard=guard))

    assert (result.articles, [str(each) for each in result.skipped]) == (("b.txt",), ["a.txt: KeyError('故障')"])
    with pytest.raises(KeyError):
        corpus.build([tmp_path])


@pytest.mark.usefixtures("plain_reading")
def test_python_gets_a_graph_and_a_warning_for_what_was_left_out(tmp_path: Path) -> None:
    _write(tmp_path, a=SENTENCE, b="")

    with pytest.warns(UserWarning, match=r"^b\.txt: empty$"):
        graph = kg.build(tmp_path)

    assert isinstance(graph, Graph)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert turtle.dumps(kg.build([tmp_path / "a.txt"], with_text=True)) == turtle.dumps(graph)
        assert SENTENCE.strip() not in turtle.dumps(kg.build(str(tmp_path / "a.txt"), with_text=False))


def test_a_statement_and_its_propositions_count_once() -> None:
    graph = corpus.unite([READING], Options()).graph

    found = counts(graph)

    assert found["entities"] == {"Organization": 2, "Person": 1, "Model": 1, "Outlet": 1, "UnnamedSource": 1}
    assert found["relations"] == {"acquires": 1, "develops": 1, "partnersWith": 1}
    assert found["claims"] == {
        "DirectQuote": {"Fact": 1},
        "IndirectSpeech": {"Consideration": 1},
        "Narration": {"Fact": 2},
    }


def test_the_summary_of_a_build_for_a_terminal() -> None:
    figures = counts(corpus.unite([READING], Options()).graph)
    figures |= {"articles": 1, "skipped": [{"source": "a.txt", "reason": "empty"}], "triples": 1234, "violations": [], "seconds": 2.34}

    assert text(figures, "g") == (
        "1 article in 2.3 s, 1,234 triples in g\n"
        "entities   6: Organization 2, Person 1, Model 1, Outlet 1, UnnamedSource 1\n"
        "relations  3: acquires 1, develops 1, partnersWith 1\n"
        "claims     4: DirectQuote 1, IndirectSpeech 1, Narration 2\n"
        "                Fact  Consideration  all\n"
        "──────────────  ────  ─────────────  ───\n"
        "DirectQuote     1                    1\n"
        "IndirectSpeech        1              1\n"
        "Narration       2                    2\n"
        "skipped    1: a.txt\n"
        "violations none"
    )


def test_an_empty_graph_counts_nothing() -> None:
    assert counts(Graph()) == {"entities": {}, "relations": {}, "claims": {}}
