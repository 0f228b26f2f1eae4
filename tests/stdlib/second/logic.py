"""Second solvers for logic, written from the wording alone."""

from __future__ import annotations

from itertools import product

Clauses = list[list[int]]


def _hold(clauses: Clauses, values: tuple[bool, ...]) -> bool:
    return all(any(values[abs(k) - 1] == (k > 0) for k in c) for c in clauses)


def count_models(clauses: Clauses) -> int:
    return sum(_hold(clauses, v) for v in product((False, True), repeat=5))


def satisfying_assignment(clauses: Clauses) -> list[bool]:
    for values in product((False, True), repeat=6):
        if _hold(clauses, values):
            return list(values)
    return []


def unit_propagation(clauses: Clauses) -> list[int]:
    forced: set[int] = set()
    while True:
        new = {
            k
            for clause in clauses
            for k in clause
            if all(-other in forced for other in clause if other != k)
        }
        if new <= forced:
            return sorted(forced)
        forced |= new


def algebraic_normal_form(table: list[int]) -> list[int]:
    return [
        sum(table[j] for j in range(len(table)) if j & ~i == 0) % 2
        for i in range(len(table))
    ]


def prime_implicants(minterms: list[int]) -> list[str]:
    inputs = {format(m, "04b") for m in minterms}

    def implicant(pattern: str) -> bool:
        choices = [("01" if c == "-" else c) for c in pattern]
        return all("".join(word) in inputs for word in product(*choices))

    found = {p for p in map("".join, product("-01", repeat=4)) if implicant(p)}
    return sorted(
        p
        for p in found
        if not any(p[:i] + "-" + p[i + 1 :] in found for i in range(4) if p[i] != "-")
    )


def clause_truth_table(clauses: Clauses) -> str:
    return "".join(
        str(int(_hold(clauses, v))) for v in product((False, True), repeat=3)
    )


def knights_and_knaves(claims: list[int]) -> list[bool]:
    for knights in product((False, True), repeat=7):
        if all(
            knight == (knights[abs(k) - 1] == (k > 0))
            for knight, k in zip(knights, claims, strict=True)
        ):
            return list(knights)
    return []


def circuit_outputs(inputs: list[int], gates: list[tuple[str, int, int]]) -> list[int]:
    line = list(inputs)
    for operation, i, j in gates:
        x, y = line[-i], line[-j]
        bit = {"and": x & y, "or": x | y, "xor": x ^ y, "nand": 1 - (x & y)}[operation]
        line.append(bit)
    return line[len(inputs) :]


def forward_chaining(facts: list[int], rules: list[tuple[int, int, int]]) -> list[int]:
    true = set(facts)
    for _ in range(12):
        true |= {c for a, b, c in rules if a in true and b in true}
    return sorted(true)


def parity_equations(system: list[list[int]]) -> list[int]:
    for bits in product((0, 1), repeat=len(system[0]) - 1):
        if all(
            sum(a & x for a, x in zip(row[:-1], bits, strict=True)) % 2 == row[-1]
            for row in system
        ):
            return list(bits)
    return []


def threshold_gate_count(weights: list[int], threshold: int) -> int:
    return sum(
        sum(w for w, bit in zip(weights, bits, strict=True) if bit) >= threshold
        for bits in product((0, 1), repeat=len(weights))
    )


def variable_influences(table: str) -> list[int]:
    value = {format(i, "04b"): c for i, c in enumerate(table)}
    return [
        sum(value[x] != value[x[:v] + "1" + x[v + 1 :]] for x in value if x[v] == "0")
        for v in range(4)
    ]


def clauses_entail(clauses: Clauses, goal: int) -> bool:
    return all(
        _hold([[goal]], v)
        for v in product((False, True), repeat=5)
        if _hold(clauses, v)
    )
