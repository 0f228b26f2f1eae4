"""Well-typed composites do not go wrong: random ones over the whole standard library.

`semantics.md` section 5. At length by `make soundness`; here at least 20,000 pairs of a
composite and a seed. Every run checks, inside the emitted code, that each value fed
lies in its domain and each result in its codomain; a breach raises ContractError.
"""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType

import pytest
from composites import STANDARD, Grower, compiled, imported

COMPOSITES = 500
SEEDS = 41
HOSTILE = ("", "junk", "<answer></answer>", "<answer>", "<think>[1]", "0" * 500)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModuleType, list[str]]:
    modules = [path.stem for path in sorted(STANDARD.glob("*.races"))]
    expressions = Grower(modules, random.Random(20261122)).many(COMPOSITES)
    result = compiled(expressions, modules)
    assert not result.diagnostics, result.diagnostics[:3]
    return imported(result, tmp_path_factory.mktemp("grown")), expressions


def test_all_operators_and_sizes_occur(grown: tuple[ModuleType, list[str]]) -> None:
    text = "\n".join(grown[1])
    for operator in ("SORT", "SELECT", "PARALLEL", "MAP", "FANOUT", "ITERATE"):
        assert text.count(operator) >= 10, operator
    assert sum(1 for expression in grown[1] if expression.count(">>") >= 4) >= 20


def test_composites_never_fail(grown: tuple[ModuleType, list[str]]) -> None:
    package, expressions = grown
    pairs = 0
    for index, expression in enumerate(expressions):
        environment = package.load(f"c{index}")
        for seed in range(SEEDS):
            problem = environment.generate(seed, seed % 10 + 1)
            pairs += 1
            if seed % 8:
                continue
            verdict = environment.grade(problem, environment.gold(problem))
            assert verdict.correct and verdict.reward == 1, (expression, seed)
            for reply in HOSTILE:
                assert environment.grade(problem, reply).reward == 0, (expression, seed)
    assert pairs >= 20_000


def test_the_grower_writes_what_the_compiler_accepts() -> None:
    grower = Grower(["numbers", "lists"], random.Random(3))
    texts = grower.many(10)
    assert not compiled(texts, ["numbers", "lists"]).diagnostics
    assert compiled([texts[0] + " >> no_such_thing"], ["numbers", "lists"]).diagnostics


def test_standard_library_is_where_it_should_be() -> None:
    assert Path(STANDARD / "numbers.races").is_file()
