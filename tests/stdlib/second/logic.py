"""Second solvers for logic, written from the wording alone."""

from __future__ import annotations

from itertools import product

Clauses = list[list[int]]


def _values(clauses: Clauses) -> list[tuple[int, ...]]:
    """The truth values for which all clauses hold, counted up."""
    return [
        values
        for values in product((0, 1), repeat=len(clauses[0]))
        if all(
            any(x != 0 and (x > 0) == bool(v) for x, v in zip(row, values, strict=True))
            for row in clauses
        )
    ]


def count_models(clauses: Clauses) -> int:
    return len(_values(clauses))


def satisfying_assignment(clauses: Clauses) -> list[int]:
    for values in _values(clauses):
        return list(values)
    return [-1] * len(clauses[0])


def unit_propagation(clauses: Clauses) -> list[int]:
    rows = [
        {j if x > 0 else -j for j, x in enumerate(row, 1) if x != 0} for row in clauses
    ]
    forced: set[int] = set()
    while True:
        new = {
            k
            for literals in rows
            for k in literals
            if all(-other in forced for other in literals - {k})
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
    inputs = {format(m, "04b") for m in minterms if m in range(16)}

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
    true = set(_values(clauses))
    rows = product((0, 1), repeat=len(clauses[0]))
    return "".join("1" if row in true else "0" for row in rows)


def knights_and_knaves(claims: list[int]) -> list[int]:
    persons = len(claims)
    for knights in product((0, 1), repeat=persons):
        right = True
        for knight, k in zip(knights, claims, strict=True):
            claim_true = 1 <= abs(k) <= persons and knights[abs(k) - 1] == (k > 0)
            right = right and bool(knight) == claim_true
        if right:
            return list(knights)
    return [-1] * persons


def circuit_outputs(inputs: list[int], gates: list[tuple[str, int, int]]) -> list[int]:
    line = [0 if number == 0 else 1 for number in inputs]
    for operation, i, j in gates:
        x, y = line[-i], line[-j]
        bit = {"and": x & y, "or": x | y, "xor": x ^ y, "nand": 1 - (x & y)}[operation]
        line.append(bit)
    return line[len(inputs) :]


def forward_chaining(facts: list[int], rules: list[tuple[int, int, int]]) -> list[int]:
    true = set(facts)
    for _ in range(len(rules)):
        true |= {c for a, b, c in rules if a in true and b in true}
    return sorted(true)


def parity_equations(system: list[list[int]]) -> list[int]:
    for bits in product((0, 1), repeat=len(system[0]) - 1):
        if all(
            sum(a % 2 * x for a, x in zip(row[:-1], bits, strict=True)) % 2
            == row[-1] % 2
            for row in system
        ):
            return list(bits)
    return [-1] * (len(system[0]) - 1)


def threshold_gate_count(weights: list[int], threshold: int) -> int:
    return sum(
        sum(w for w, bit in zip(weights, bits, strict=True) if bit) >= threshold
        for bits in product((0, 1), repeat=len(weights))
    )


def variable_influences(table: str) -> list[int]:
    ones = [c == "1" for c in table[:16]]
    ones += [False] * (16 - len(ones))
    value = {format(i, "04b"): one for i, one in enumerate(ones)}
    return [
        sum(value[x] != value[x[:v] + "1" + x[v + 1 :]] for x in value if x[v] == "0")
        for v in range(4)
    ]


def clauses_entail(clauses: Clauses, goals: list[int]) -> list[int]:
    values = _values(clauses)
    answer = []
    for k in goals:
        named = k != 0 and abs(k) <= len(clauses[0])
        answer.append(int(named and all(v[abs(k) - 1] == (k > 0) for v in values)))
    return answer
