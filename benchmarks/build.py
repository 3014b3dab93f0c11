"""Time the whole of `kg build` against stock ja_ginza's `nlp.pipe` on the same texts: one thread, loading apart, one run.

    python benchmarks/build.py [--characters 24000] [--rounds 3]

Each measurement is a process of its own, the two in turn; the best of the rounds counts. The build is everything from
the files to graph.ttl and graph.html, SHACL check included. The texts are those of benchmarks/articles, repeated as editions
(`第2版`) until they have the characters: an article met twice would be read once.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
# Of everything something: patterns are compiled where they are first needed, which is loading.
SMALL = """試験社、新製品「テスタ」を来春発売へ
試験社（東京都港区）は5月1日、傘下の実験社が開発したアプリ「テスタ」を来春に発売すると発表した。山田太郎社長は会見で「計画は順調だ。値上げは検討していない」と述べた。
関係者によると、同社は海外への進出も視野に入れているという。試験新聞は、競合の米Test Labsが提携を打診したと報じた。
SNSでは「早く使いたい」「高すぎる」といった声が相次いだ。専門家は見直しが必要だと指摘する。広報担当者はコメントしなかった。
試験社は東都工房（大阪市）を買収した。同社は部品を手がける。この会社の新モデルは好調で、社長の交代もうわさされる。会社側は否定しており、両社の幹部は統合に向けた協議を認めた。
市場では値上げは織り込み済みとの見方が出ている。社員からは不満の声が上がり、計画が遅れたとの不満が運転手から出た。山田氏は「彼らの声も聞く」と答えた。市教育委員会の担当者は計画が妥当だと説明した。調教師は計画が妥当だとの見方を示した。"""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


def main() -> None:
    """Print both times, characters a second, memory, and the ratio."""
    options = _parser().parse_args()
    if options.measure:
        print(json.dumps(MEASURES[options.measure](options.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        count = _write_texts(Path(folder), options.characters)
        found = [{name: _measured(name, folder) for name in MEASURES} for _ in range(options.rounds)]
    best = {name: min((each[name] for each in found), key=lambda figures: figures["seconds"]) for name in MEASURES}
    print(f"{count:,} characters, one thread, best of {options.rounds}, loading apart")
    for name, figures in best.items():
        speed = count / figures["seconds"]
        print(
            f"{name:6} {figures['seconds']:7.2f} s  {speed:7,.0f} characters/s  {figures['megabytes']:6,.0f} MB  (loading {figures['loading']:.1f} s)"
        )
    print(f"ratio  {best['stock']['seconds'] / best['build']['seconds']:.2f}")


def stock(folder: str) -> dict[str, float]:
    """Time ja_ginza as it ships, over the lines of the texts."""
    import spacy

    start = time.perf_counter()
    nlp = spacy.load("ja_ginza")
    list(nlp.pipe(["試験の文だ。"]))
    loaded = time.perf_counter()
    lines = [line for path in sorted(Path(folder).glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for _ in nlp.pipe(lines, batch_size=32):
        pass
    return _figures(start, loaded)


def build(folder: str) -> dict[str, float]:
    """Time `kg build` by way of its own command, with a small article before it that loads what there is to load."""
    from kg import cli

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        small = Path(out, "small.txt")
        small.write_text(SMALL, encoding="utf-8")
        cli.main(["build", str(small), "--out", out, "-q"])
        loaded = time.perf_counter()
        if cli.main(["build", folder, "--out", out, "-q"]):
            raise SystemExit("the build failed")
        return _figures(start, loaded)


MEASURES: dict[str, Callable[[str], dict[str, float]]] = {"stock": stock, "build": build}


def _figures(start: float, loaded: float) -> dict[str, float]:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {
        "loading": loaded - start,
        "seconds": time.perf_counter() - loaded,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
    }


def _measured(name: str, folder: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", name, "--folder", folder]
    output = subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, check=True, text=True).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def _write_texts(folder: Path, characters: int) -> int:
    count = edition = 0
    while count < characters:
        edition += 1
        for path in sorted(ARTICLES.glob("*.txt")):
            title, _, body = path.read_text(encoding="utf-8").partition("\n")
            text = f"{title}(第{edition}版)\n{body}"
            (folder / f"{path.stem}-{edition:03}.txt").write_text(text, encoding="utf-8")
            count += len(text)
    return count


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=24_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
