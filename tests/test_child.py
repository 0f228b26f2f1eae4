"""The child process: what solvers do wrong comes back as a ChildFailure."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from racesc.audit.bench import Bench
from racesc.child import Child, ChildFailure

# A package with the public face of an emitted one, and solvers that misbehave.
PACKAGE = """
from .steps import numbers
from ._runtime.problem import Problem, Verdict

class Environment:
    def __init__(self, name):
        self.name = name
    def generate(self, seed=0, level=5, split="train"):
        return Problem({"env": self.name, "seed": seed, "level": level,
                        "answer": getattr(numbers, self.name)(seed)})
    def grade(self, problem, reply):
        return Verdict({"reward": float(reply == str(problem.data["answer"]))})
    def gold(self, problem):
        return str(problem.data["answer"])

def environments():
    return ["double", "halve"]

def load(name):
    return Environment(name)
"""

PROBLEM = """
class Problem:
    def __init__(self, data):
        self.data = data
    def to_dict(self):
        return self.data
    @classmethod
    def from_json(cls, data):
        return cls(data)

class Verdict(Problem):
    pass
"""

SOLVERS = """
import os
import sys

def double(n):
    return 2 * n

def raises(n):
    return n // 0

def endless(n):
    while True:
        n += 1

def deep(n):
    return deep(n + 1)

def talks(n):
    print("hello", n)
    return n

def complains(n):
    print("hello", n, file=sys.stderr)
    return n

def leaves(n):
    sys.exit(0)

def vanishes(n):
    os._exit(3)

def asks(n):
    return int(input("n? "))

def writes(n):
    os.write(1, b'{"value": 666}')
    return n

def hashed(n):
    return hash("a")

def wide(n):
    return sys.path

def huge(n):
    return [0] * (10**10)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    package = tmp_path / "numbers"  # a name that Python has too
    files = {
        "__init__.py": PACKAGE,
        "_runtime/__init__.py": "",
        "_runtime/problem.py": PROBLEM,
        "steps/__init__.py": "",
        "steps/numbers.py": SOLVERS,
    }
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package


@pytest.fixture
def child(folder: Path) -> Iterator[Child]:
    with Child(folder) as started:
        yield started


def generate(child: Child, env: str, seconds: float = 5.0) -> object:
    problem = child.ask(
        "generate", env=env, seed=21, level=3, split="train", seconds=seconds
    )
    return problem["answer"]


def failure(child: Child, env: str, seconds: float = 5.0) -> ChildFailure:
    with pytest.raises(ChildFailure) as caught:
        generate(child, env, seconds)
    return caught.value


def test_it_generates_and_grades(child: Child) -> None:
    assert generate(child, "double") == 42
    problem = {"answer": 42}
    assert child.ask("gold", env="double", problem=problem) == "42"
    verdict = child.ask("grade", env="double", problem=problem, reply="42")
    assert verdict == {"reward": 1.0}
    assert child.environments == ("double", "halve")


def test_several_problems_in_one_request(child: Child) -> None:
    problems = child.stream(
        "generate", env="double", seed=1, level=3, split="train", count=3
    )
    assert [problem["answer"] for problem in problems] == [2, 4, 6]


def test_a_solver_that_raises(child: Child) -> None:
    found = failure(child, "raises")
    assert (found.kind, found.error) == ("raised", "ZeroDivisionError")
    assert found.place is not None
    assert found.place.module == "numbers"
    assert found.place.function == "raises"
    assert SOLVERS.splitlines()[found.place.line - 1].strip() == "return n // 0"
    assert generate(child, "double") == 42  # and it goes on


def test_a_solver_that_loops_for_ever(child: Child) -> None:
    found = failure(child, "endless", seconds=0.3)
    assert (found.kind, found.seconds) == ("slow", 0.3)
    assert found.place is not None and found.place.function == "endless"
    assert generate(child, "double") == 42


def test_a_solver_that_recurses(child: Child) -> None:
    found = failure(child, "deep")
    assert found.kind == "recursed"
    assert found.place is not None and found.place.function == "deep"


@pytest.mark.parametrize("name", ["talks", "complains"])
def test_a_solver_that_prints(child: Child, name: str) -> None:
    found = failure(child, name)
    assert (found.kind, found.text) == ("printed", "hello 21\n")
    assert generate(child, "double") == 42


def test_a_solver_that_calls_sys_exit(child: Child) -> None:
    found = failure(child, "leaves")
    assert (found.kind, found.error) == ("exited", "SystemExit")
    assert found.place is not None and found.place.function == "leaves"


def test_a_solver_that_ends_the_process(child: Child) -> None:
    found = failure(child, "vanishes")
    assert (found.kind, found.text) == ("died", "with status 3")
    assert generate(child, "double") == 42


def test_a_solver_that_reads_standard_input(child: Child) -> None:
    found = failure(child, "asks")
    assert found.kind in ("raised", "printed")


def test_a_solver_cannot_write_into_the_pipe(child: Child) -> None:
    assert generate(child, "writes") == 21


def test_a_solver_that_takes_all_memory(child: Child) -> None:
    found = failure(child, "huge")
    assert found.kind == "memory"


def test_the_hash_seed_is_set(folder: Path) -> None:
    def seen(hash_seed: int) -> object:
        with Child(folder, hash_seed) as child:
            return generate(child, "hashed")

    assert seen(1) == seen(1)
    assert seen(1) != seen(2)


def test_neither_racesc_nor_the_current_folder_is_on_the_path(
    child: Child, tmp_path: Path
) -> None:
    path = generate(child, "wide")
    assert isinstance(path, list)
    assert "" not in path
    assert not [entry for entry in path if (Path(entry) / "racesc").exists()]


def test_a_package_that_fails_to_import(folder: Path) -> None:
    (folder / "steps" / "numbers.py").write_text("import this_is_nowhere\n")
    with Child(folder) as child:
        found = failure(child, "double")
    assert found.error == "ModuleNotFoundError"
    assert found.place is not None and found.place.line == 1


def test_a_stream_left_early_does_not_answer_the_next_request(child: Child) -> None:
    stream = child.stream(
        "generate", env="double", seed=0, level=3, split="train", count=1000
    )
    next(stream)
    stream.close()
    assert generate(child, "double") == 42


def test_closing_ends_an_endless_child(folder: Path) -> None:
    begun = time.monotonic()
    with Child(folder) as child:
        generate(child, "double")
        process = child._process
        assert process is not None
    assert process.poll() is not None
    assert time.monotonic() - begun < 20


def test_a_bench_that_is_left_asks_nothing_more(folder: Path) -> None:
    def ask(child: Child, env: str) -> object:
        for _ in range(50):
            try:
                return generate(child, env, seconds=20)
            except ChildFailure:
                pass  # asked again of a new child, as ``patient`` does
        raise AssertionError("the child was started again and again")

    with Bench(folder, 1) as bench:
        requests = ["double", "endless", "endless", "endless"]
        assert next(bench.run(ask, requests)) == ("double", 42)
    assert bench._children and all(child._process is None for child in bench._children)
    assert not any(thread.is_alive() for thread in bench._pool._threads)
