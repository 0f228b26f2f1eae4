"""`racesc count`, `enumerate`, `show` and `rank` at the command line."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from racesc.cli import main
from racesc.terminal import bar

RACES = """
env halve(n: Int in 0..1000) -> Int in 0..500 { describe "Halve {{ n }}." }
env next(n: Int in 0..1000) -> Int in 1..1001 { describe "Add 1 to {{ n }}." }
env both(a: Int in 0..1001, b: Int in 0..9) -> Int in 0..1010 {
  describe "Add {{ a }} and {{ b }}."
}
env quarter = halve >> halve
"""
PYTHON = """
def halve(n):
    return n // 2
def next(n):
    return n + 1
def both(a, b):
    return a + b
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "sums.py").write_text(PYTHON)
    file = tmp_path / "sums.races"
    file.write_text(RACES)
    return str(file)


@pytest.fixture
def run(capsys: Any) -> Any:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_all_four_speak_of_the_same_space(path: str, run: Any) -> None:
    total = json.loads(run("count", path, "--size", "1..3", "--json")[1])["total"]
    stream = rows(run("enumerate", path, "--size", "1..3")[1])
    assert [row["rank"] for row in stream] == list(range(total))
    assert len({row["id"] for row in stream}) == total
    for row in stream[:: total // 7]:
        place = str(row["rank"])
        shown = run("show", path, "--size", "1..3", "--rank", place, "--json")[1]
        found = run("rank", path, "--size", "1..3", row["expression"], "--json")[1]
        assert json.loads(shown) == json.loads(found) == row


def test_what_is_enumerated_is_legal_as_printed(path: str, run: Any) -> None:
    chosen = rows(run("enumerate", path, "--size", "1..4", "--sample", "40")[1])
    lines = [f"env e{n} = {row['expression']}\n" for n, row in enumerate(chosen)]
    file = Path(path)
    file.write_text(RACES + "".join(lines))
    code, out, err = run("envs", path, "--json")
    assert code == 0, err
    signatures = {row["name"]: row["signature"] for row in json.loads(out)}
    for n, row in enumerate(chosen):
        assert signatures[f"e{n}"] == row["signature"]
    assert run("compile", path, "-o", str(file.parent / "out"))[0] == 0


def test_parts_of_a_stream_make_the_whole(path: str, run: Any) -> None:
    def part(*more: str) -> list[str]:
        out: str = run("enumerate", path, "--size", "2", *more)[1]
        return out.splitlines()

    whole = part()
    assert part("--limit", "3") + part("--offset", "3") == whole
    assert sum((part("--shard", f"{n}/3") for n in (1, 2, 3)), []) == whole
    mixed = part("--sample", "1000", "--seed", "4")
    assert sorted(mixed) == sorted(whole) and mixed != whole
    assert part("--sample", "5", "--seed", "4") == mixed[:5]
    assert part("--sample", "1000", "--seed", "5") != mixed
    assert (
        part("--sample", "9", "--seed", "4", "--shard", "2/3", "--limit", "2")
        == (mixed[3:5])
    )


def test_selections(path: str, run: Any) -> None:
    options = ["--size", "2..3", "--depth", "1", "--using", "sequential,SORT"]
    stream = rows(run("enumerate", path, *options, "--goal", "Int in 0..600")[1])
    assert stream and all(row["depth"] == 1 for row in stream)
    assert all(row["signature"].split("-> ")[1].startswith("Int") for row in stream)
    document = json.loads(run("count", path, *options, "--by", "size", "--json")[1])
    assert set(document) == {"total", "by_size"}


def test_a_goal_may_be_what_the_file_declares_or_uses(path: str, run: Any) -> None:
    file = Path(path)
    (file.parent / "small.races").write_text("type Few[a] = List[a] len 1..3\n")
    file.write_text(
        "use small\ntype Low = Int in 0..600\nnewtype Mark = Int in 0..9\n"
        + RACES
        + 'env mark(n: Int in 0..1000) -> Mark { describe "Mark {{ n }}." }\n'
        + 'env marks(n: Int in 0..9) -> Few[Mark] { describe "Give {{ n }}." }\n'
    )
    with file.with_suffix(".py").open("a") as solvers:
        solvers.write("def mark(n):\n    return n % 10\n")
        solvers.write("def marks(n):\n    return [n]\n")

    def count(goal: str, *more: str) -> int:
        code, out, err = run("count", path, "--goal", goal, *more, "--json")
        assert code == 0, err
        return int(json.loads(out)["total"])

    assert count("Low") == count("Int in 0..600") > 0
    assert count("Mark") > 0
    assert count("Low | Mark") == count("Low") + count("Mark")
    assert count("Few[Mark]", "--size", "1") == 1
    assert count("small.Few[Int]", "--using", "SORT") > 0
    for goal, code, word in (
        ("Marc", "unknown-type", "a similar name is in scope: `Mark`"),
        ("Few[Int", "syntax-error", "<goal>:1"),
        ("Few", "wrong-arity", "<goal>:1"),
    ):
        status, _, err = run("count", path, "--goal", goal)
        assert status == 1 and code in err and word in err, err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["count", "--size", "3..2"], 2, "write 2..3"),
        (["count", "--size", "0..2"], 2, "1..12"),
        (["count", "--size", "13"], 2, "1..12"),
        (["count", "--depth", "3..1"], 2, "write 1..3"),
        (["count", "--depth", "x"], 2, "a number or a range"),
        (["count", "--using", "LOOP"], 2, "not `LOOP`"),
        (["count", "--by", "weight"], 2, "not `weight`"),
        (["count", "--goal", "Intt"], 1, "unknown-type"),
        (["count", "--goal", "(Int, Bool)"], 2, "PARALLEL"),
        (["enumerate", "--shard", "0/3"], 2, "`1/4`"),
        (["enumerate", "--shard", "4/3"], 2, "`1/4`"),
        (["enumerate", "--limit", "-1"], 2, "from 0 on"),
        (["enumerate", "--sample", "-1"], 2, "from 0 on"),
        (["show", "--rank", "1000000000"], 1, "counted from 0"),
        (["show", "--rank", "-1"], 1, "counted from 0"),
        (["rank", "halve >>"], 1, "syntax-error"),
        (["rank", "halve >> nothing"], 1, "unknown-name"),
        (["rank", "next >> next"], 1, "refinement-violation"),
        (["rank", "halve"], 1, "`--size 1`"),
        (["rank", "halve >> next", "--depth", "2"], 1, "`--depth 1`"),
        (["rank", "halve >> next", "--using", "SORT"], 1, "`--using SEQUENTIAL`"),
        (["rank", "halve >> next", "--goal", "Bool"], 1, "`--goal` asks"),
        (["rank", "both(b: 3)"], 1, "leaves it out"),
    ],
)
def test_mistakes(
    path: str, run: Any, arguments: list[str], code: int, words: str
) -> None:
    command, *rest = arguments
    found, out, err = run(command, path, *rest)
    assert (found, out) == (code, "")
    assert words in err and "Traceback" not in err


def test_the_whole_library_has_a_name(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("count", "stdlib_envs", "--size", "1", "--json")
    assert code == 0 and json.loads(out)["total"] > 100


# ── streams ───────────────────────────────────────────────────────────────────

ENUMERATE = [sys.executable, "-m", "racesc", "enumerate"]


def test_a_reader_that_has_seen_enough(path: str) -> None:
    with subprocess.Popen(
        [*ENUMERATE, path, "--size", "2..9"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert json.loads(process.stdout.readline())["rank"] == 0
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_ctrl_c_leaves_whole_lines(path: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*ENUMERATE, path, "--size", "2..9"]
    with out.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE)
        limit = time.monotonic() + 60
        while not out.stat().st_size and time.monotonic() < limit:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and said == b""
    text = out.read_text()
    assert text.endswith("\n")
    assert [row["rank"] for row in rows(text)] == list(range(text.count("\n")))


def test_progress_is_for_terminals(path: str) -> None:
    command = [*ENUMERATE, path, "--size", "2..4", "--limit", "3000"]
    quiet = subprocess.run(command, capture_output=True, check=True)
    assert quiet.stderr == b""
    ours, theirs = pty.openpty()  # without a size, as a bare one is
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:
                break
            if not chunk:
                break
            said += chunk
        assert process.wait(60) == 0
    os.close(ours)
    assert "counting …" in said.decode() and said.endswith(b"\x1b[2K")


def test_bars() -> None:
    assert bar(0, 10, 4) == "[----]"
    assert bar(5, 10, 4) == "[##--]"
    assert bar(20, 10, 4) == bar(0, 0, 4) == "[####]"


def test_a_long_table_is_cut_where_nobody_asked_for_it(run: Any) -> None:
    """`--by` and `--json` have every row."""
    code, out, _ = run("count", "lists", "--size", "3")
    assert code == 0
    said = out.splitlines()[-1]
    assert said.endswith("more, which `--by codomain` shows")
    whole = json.loads(run("count", "lists", "--size", "3", "--json")[1])
    listed = run("count", "lists", "--size", "3", "--by", "codomain")[1]
    names = [line.rsplit("  ", 1)[0].strip() for line in listed.splitlines()[3:]]
    assert names == list(whole["by_codomain"])
    assert len(names) == 20 + int(said.split()[1].replace(",", ""))
