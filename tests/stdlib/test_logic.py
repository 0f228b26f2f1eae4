"""Logic: solvers against sympy or against brute force over assignments."""

from __future__ import annotations

import itertools
import random

import pytest
from solvers import solvers
from sympy import symbols
from sympy.logic.boolalg import ANFform

logic = solvers("logic")
RNG = random.Random(3)
Clauses = list[list[int]]


def drawn(cols: int, rows: int, sizes: list[int]) -> Clauses:
    """Rows of small and large numbers of either sign, and of zeros."""
    return [
        [RNG.choice([-1, 1]) * RNG.choice(sizes) for _ in range(cols)]
        for _ in range(RNG.randint(1, rows))
    ]


SPARSE = [0, 0, 0, 0, 1, 2, 10**12]


def models(some: Clauses) -> list[tuple[int, ...]]:
    def holds(row: tuple[int, ...]) -> bool:
        return all(
            any((x > 0 and v) or (x < 0 and not v) for x, v in zip(c, row, strict=True))
            for c in some
        )

    return [row for row in itertools.product([0, 1], repeat=len(some[0])) if holds(row)]


def test_clauses() -> None:
    for _ in range(250):
        cols = RNG.randint(1, 6)
        some = drawn(cols, RNG.choice([2, 9]), SPARSE)
        right = models(some)
        assert logic.count_models(some) == len(right)
        goals = [RNG.randint(-cols - 1, cols + 1) for _ in range(RNG.randint(0, 9))]
        follows = [
            int(
                k != 0
                and abs(k) <= cols
                and all(row[abs(k) - 1] == (k > 0) for row in right)
            )
            for k in goals
        ]
        assert logic.clauses_entail(some, goals) == follows
        table = dict.fromkeys(itertools.product([0, 1], repeat=cols), "0")
        table.update(dict.fromkeys(right, "1"))
        assert logic.clause_truth_table(some) == "".join(table.values())
    assert logic.count_models([[0] * 12]) == 0
    assert logic.count_models([[1] * 12]) == 4095


def test_satisfying() -> None:
    for _ in range(200):
        cols = RNG.randint(1, 5)
        some = drawn(cols, 12, SPARSE)
        right = [list(row) for row in models(some)]
        answer = logic.satisfying_assignment(some)
        assert answer in right if right else answer == [-1] * cols
        for row in itertools.product([-1, 0, 1], repeat=cols):
            good = list(row) in right or (not right and set(row) == {-1})
            assert logic.is_satisfying(list(row), some) == good


def test_propagation() -> None:
    for _ in range(300):
        rows = drawn(RNG.randint(1, 9), 12, SPARSE + [0, 0, 0])
        some = [[j if x > 0 else -j for j, x in enumerate(r, 1) if x] for r in rows]
        forced: list[int] = []
        changed = True
        while changed:
            changed = False
            for clause in some:
                for k in clause:
                    others = set(clause) - {k}
                    if k not in forced and all(-other in forced for other in others):
                        forced.append(k)
                        changed = True
        assert logic.unit_propagation(rows) == sorted(forced)
    assert logic.unit_propagation([[1], [-1]]) == [-1, 1]
    assert logic.unit_propagation([[0, 0], [0, -7], [1, 7]]) == [-2, 1]


def test_normal_form() -> None:
    x = symbols("a b c d e")
    for _ in range(200):
        n = RNG.randint(1, 4)
        table = [RNG.randint(0, 1) for _ in range(2**n)]
        got = logic.algebraic_normal_form(table)
        form = ANFform(list(x[:n]), table)
        for row, want in zip(itertools.product([0, 1], repeat=n), table, strict=True):
            number = int("".join(map(str, row)), 2)
            value = sum(got[i] for i in range(2**n) if i & number == i) % 2
            assert (
                value == want == int(bool(form.subs(dict(zip(x, row, strict=False)))))
            )
        cut = table[: RNG.randint(0, len(table))]
        assert logic.algebraic_normal_form(cut) == got[: len(cut)]
        wide = [item + 2 * RNG.randint(-(10**12), 10**12) for item in table]
        assert logic.algebraic_normal_form(wide) == got


def test_primes() -> None:
    for _ in range(200):
        true = sorted(RNG.sample(range(16), RNG.randint(0, 16)))
        cubes = []
        for cube in itertools.product("-01", repeat=4):
            inside = [
                n
                for n in range(16)
                if all(c in ("-", d) for c, d in zip(cube, f"{n:04b}", strict=True))
            ]
            if set(inside) <= set(true):
                cubes.append(("".join(cube), set(inside)))
        primes = [c for c, s in cubes if not any(s < other for _, other in cubes)]
        assert logic.prime_implicants(true) == sorted(primes)
        other = [n for n in (-16, -1, 16, 10**12) if RNG.random() < 0.5]
        mixed = true + true[::2] + other
        RNG.shuffle(mixed)
        assert logic.prime_implicants(mixed) == sorted(primes)


def test_knights() -> None:
    for _ in range(250):
        n = RNG.randint(0, 6)
        claims = [RNG.randint(-n - 1, n + 1) for _ in range(n)]
        if RNG.random() < 0.5:
            claims = logic.draw_claims(RNG, 1)
        n = len(claims)
        right = []
        for row in itertools.product([0, 1], repeat=n):
            true = {k if kind else -k for k, kind in enumerate(row, 1)}
            if [int(k in true) for k in claims] == list(row):
                right.append(list(row))
        for row in itertools.product([0, 1], repeat=n):
            assert logic.is_consistent(list(row), claims) == (list(row) in right)
        answer = logic.knights_and_knaves(claims)
        assert answer == (right[0] if right else [-1] * n)
        if n:
            assert logic.is_consistent([-1] * n, claims) == (not right)
            assert not logic.is_consistent([-1] * (n - 1) + [0], claims) or n == 1
    for _ in range(200):
        claims = [RNG.randint(-101, 101) for _ in range(100)]
        answer = logic.knights_and_knaves(claims)
        assert logic.is_consistent(answer, claims)
    assert logic.knights_and_knaves([2, 3, 1, -4]) == [-1] * 4


def test_circuit() -> None:
    table = {"and": "0001", "or": "0111", "xor": "0110", "nand": "1110"}
    for _ in range(250):
        inputs = [RNG.choice([0, 1, -5, 10**12]) for _ in range(RNG.randint(1, 100))]
        gates = logic.draw_circuit(RNG, RNG.randint(1, 10), inputs=inputs)
        bits = "".join(str(int(number != 0)) for number in inputs)
        for name, i, j in gates:
            bits += table[name][2 * int(bits[len(bits) - i]) + int(bits[len(bits) - j])]
        assert logic.circuit_outputs(inputs, gates) == [
            int(c) for c in bits[len(inputs) :]
        ]


def test_chaining() -> None:
    for _ in range(250):
        facts, rules = logic.draw_rules(RNG, RNG.randint(1, 10))
        if RNG.random() < 0.5:
            facts = [RNG.randint(-20, 20) for _ in range(RNG.randint(0, 40))]
        true = set(facts)
        for _ in rules:
            for a, b, c in rules:
                if {a, b} <= true:
                    true.add(c)
        assert logic.forward_chaining(facts, rules) == sorted(true)


def test_parity() -> None:
    for _ in range(250):
        cols = RNG.randint(1, 6)
        pool = RNG.choice([[0, 1], [-3, -2, 0, 1, 10**12, 10**12 + 1]])
        system = [
            [RNG.choice(pool) for _ in range(cols)] for _ in range(RNG.randint(1, 5))
        ]
        right = [
            list(x)
            for x in itertools.product([0, 1], repeat=cols - 1)
            if all((sum(map(int.__mul__, x, r)) - r[-1]) % 2 == 0 for r in system)
        ]
        answer = logic.parity_equations(system)
        assert answer in right if right else answer == [-1] * (cols - 1)
        if cols == 1:
            continue
        for x in itertools.product([-1, 0, 1], repeat=cols - 1):
            good = list(x) in right or (not right and set(x) == {-1})
            assert logic.solves_system(list(x), system) == good


def test_counts() -> None:
    for _ in range(200):
        weights, threshold = logic.draw_threshold(RNG, RNG.randint(1, 6))
        if RNG.random() < 0.3:
            weights = [RNG.randint(-(10**9), 10**9) for _ in range(RNG.randint(0, 8))]
            threshold = RNG.randint(-(10**9), 10**9)
        n = sum(
            sum(w for w, b in zip(weights, bits, strict=True) if b) >= threshold
            for bits in itertools.product([0, 1], repeat=len(weights))
        )
        assert logic.threshold_gate_count(weights, threshold) == n
        table = "".join(RNG.choice("01") for _ in range(16))
        value = {
            row: table[i] for i, row in enumerate(itertools.product([0, 1], repeat=4))
        }
        want = [
            sum(
                value[row] != value[(*row[:v], 1, *row[v + 1 :])]
                for row in value
                if row[v] == 0
            )
            for v in range(4)
        ]
        assert logic.variable_influences(table) == want
        other = table.replace("0", RNG.choice("0aé")) + RNG.choice(["", "111"])
        assert logic.variable_influences(other) == want
        cut = table.rstrip("0")
        assert logic.variable_influences(cut) == want


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        clauses = logic.draw_satisfiable(RNG, level)
        assert not logic.is_satisfying([-1] * len(clauses[0]), clauses)
        assert len(logic.draw_entailment(RNG, level, clauses=[[0]])) >= 4
