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


def clauses(top: int, most: int) -> Clauses:
    return [
        [RNG.choice([-1, 1]) * RNG.randint(1, top) for _ in range(RNG.randint(1, 3))]
        for _ in range(RNG.randint(0, most))
    ]


def models(some: Clauses, top: int) -> list[tuple[bool, ...]]:
    def holds(row: tuple[bool, ...]) -> bool:
        true = {k if value else -k for k, value in enumerate(row, 1)}
        return all(true & set(clause) for clause in some)

    return [row for row in itertools.product([False, True], repeat=top) if holds(row)]


def test_clauses() -> None:
    for _ in range(250):
        some = clauses(5, 9)
        right = models(some, 5)
        assert logic.count_models(some) == len(right)
        goal = RNG.choice([-1, 1]) * RNG.randint(1, 5)
        follows = all(row[abs(goal) - 1] == (goal > 0) for row in right)
        assert logic.clauses_entail(some, goal) == follows
        small = clauses(3, 4)
        table = {row: "0" for row in itertools.product([False, True], repeat=3)}
        table.update(dict.fromkeys(models(small, 3), "1"))
        assert logic.clause_truth_table(small) == "".join(table.values())


def test_satisfying() -> None:
    for _ in range(200):
        some = clauses(6, 14) + [[1, -2]]
        right = [list(row) for row in models(some, 6)]
        answer = logic.satisfying_assignment(some)
        assert answer in right if right else answer == []
        for row in itertools.product([False, True], repeat=6):
            assert logic.is_satisfying(list(row), some) == (list(row) in right)
        assert logic.is_satisfying([], some) == (not right)
        assert not logic.is_satisfying([True], some)


def test_propagation() -> None:
    for _ in range(300):
        some = clauses(9, 12)
        forced: list[int] = []
        changed = True
        while changed:
            changed = False
            for clause in some:
                open_items = {k for k in clause if -k not in forced}
                force = open_items if len(open_items) == 1 else set()
                if not open_items:
                    force = set(clause)
                for k in sorted(set(clause)):
                    others = set(clause) - {k}
                    if k in force or all(-o in forced for o in others):
                        if k not in forced:
                            forced.append(k)
                            changed = True
        assert logic.unit_propagation(some) == sorted(forced)
    assert logic.unit_propagation([[1], [-1]]) == [-1, 1]
    assert logic.unit_propagation([[1, 1]]) == [1]


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
        cut = table[: RNG.randint(1, len(table))]
        assert logic.algebraic_normal_form(cut) == got[: len(cut)]


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


def test_knights() -> None:
    for _ in range(200):
        claims = [RNG.choice([-1, 1]) * RNG.randint(1, 7) for _ in range(7)]
        if RNG.random() < 0.5:
            claims = logic.draw_claims(RNG, 5)
        right = []
        for row in itertools.product([False, True], repeat=7):
            said = [row[k - 1] if k > 0 else not row[-k - 1] for k in claims]
            if said == list(row):
                right.append(list(row))
        for row in itertools.product([False, True], repeat=7):
            assert logic.is_consistent(list(row), claims) == (list(row) in right)
        answer = logic.knights_and_knaves(claims)
        assert answer in right if right else answer == []
        assert logic.is_consistent([], claims) == (not right)


def test_circuit() -> None:
    table = {"and": "0001", "or": "0111", "xor": "0110", "nand": "1110"}
    for _ in range(250):
        inputs, gates = logic.draw_circuit(RNG, RNG.randint(1, 10))
        bits = "".join(map(str, inputs))
        for name, i, j in gates:
            bits += table[name][2 * int(bits[len(bits) - i]) + int(bits[len(bits) - j])]
        assert logic.circuit_outputs(inputs, gates) == [
            int(c) for c in bits[len(inputs) :]
        ]


def test_chaining() -> None:
    for _ in range(250):
        facts, rules = logic.draw_rules(RNG, RNG.randint(1, 10))
        true = set(facts)
        for _ in range(12):
            for a, b, c in rules:
                if {a, b} <= true:
                    true.add(c)
        assert logic.forward_chaining(facts, rules) == sorted(true)


def test_parity() -> None:
    for _ in range(250):
        cols = RNG.randint(2, 6)
        system = [
            [RNG.randint(0, 1) for _ in range(cols)] for _ in range(RNG.randint(1, 5))
        ]
        right = [
            list(x)
            for x in itertools.product([0, 1], repeat=cols - 1)
            if all((sum(map(int.__mul__, x, r)) - r[-1]) % 2 == 0 for r in system)
        ]
        answer = logic.parity_equations(system)
        assert answer in right if right else answer == []
        for x in itertools.product([0, 1], repeat=cols - 1):
            assert logic.solves_system(list(x), system) == (list(x) in right)
        assert logic.solves_system([], system) == (not right)


def test_counts() -> None:
    for _ in range(200):
        weights, threshold = logic.draw_threshold(RNG, RNG.randint(1, 6))
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


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        assert logic.is_satisfying([], logic.draw_satisfiable(RNG, level)) is False
        assert len(logic.draw_clauses(RNG, level)) <= 12
        assert len(logic.draw_propagation(RNG, level)) <= 14
        assert len(logic.draw_small_clauses(RNG, level)) <= 6
        assert logic.draw_entailment(RNG, level, goal=3) != []
