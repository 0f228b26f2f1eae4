"""Solvers for propositional logic, truth tables and deduction."""

from __future__ import annotations

from itertools import product
from typing import Any

Clauses = list[list[int]]
Gate = tuple[str, int, int]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _clause(rng: Any, variables: int, size: int) -> list[int]:
    """A clause over different variables."""
    chosen = rng.sample(range(1, variables + 1), size)
    return [rng.choice([-1, 1]) * variable for variable in chosen]


def _true_sets(clauses: Clauses, variables: int) -> list[int]:
    """For every assignment (variable k is bit k) that satisfies the clauses, itself."""
    every = [bits << 1 for bits in range(1 << variables)]
    for clause in clauses:
        ones = sum(1 << item for item in set(clause) if item > 0)
        zeros = sum(1 << -item for item in set(clause) if item < 0)
        every = [bits for bits in every if bits & ones or ~bits & zeros]
    return every


def count_models(clauses: Clauses) -> int:
    """The number of satisfying assignments of a set of clauses."""
    return len(_true_sets(clauses, 5))


def draw_clauses(rng: Any, level: int, **given: Any) -> Clauses:
    """A few clauses over five variables that often leave many models."""
    count = rng.randint(1 + level // 3, 3 + level // 2)
    return [_clause(rng, 5, rng.choice([2, 2, 3, 3, 4])) for _ in range(count)]


def satisfying_assignment(clauses: Clauses) -> list[bool]:
    """The first assignment that satisfies all clauses, or nothing."""
    models = _true_sets(clauses, 6)
    return [bool(models[0] >> k & 1) for k in range(1, 7)] if models else []


def is_satisfying(answer: list[bool], clauses: Clauses) -> bool:
    """Whether all clauses hold, or nothing is right."""
    if len(answer) != 6:
        return answer == [] and not _true_sets(clauses, 6)
    return all(any(answer[abs(k) - 1] == (k > 0) for k in c) for c in clauses)


def draw_satisfiable(rng: Any, level: int, **given: Any) -> Clauses:
    """Clauses that a hidden assignment satisfies."""
    hidden = [rng.choice([-1, 1]) for _ in range(6)]
    clauses: Clauses = []
    for _ in range(min(20, 2 * level + 4)):
        clause = _clause(rng, 6, rng.choice([2, 2, 3]))
        if not any(hidden[abs(k) - 1] * k > 0 for k in clause):
            i = rng.randrange(len(clause))
            clause[i] = -clause[i]
        clauses.append(clause)
    return clauses


def unit_propagation(clauses: Clauses) -> list[int]:
    """What unit propagation forces."""
    forced: set[int] = set()
    size = -1
    while size < len(forced):
        size = len(forced)
        for clause in clauses:
            for item in clause:
                if all(k == item or -k in forced for k in clause):
                    forced.add(item)
    return sorted(forced)


def draw_propagation(rng: Any, level: int, **given: Any) -> Clauses:
    """Clauses that a chain of forced numbers runs through."""
    top = min(9, level + 3)
    order = [rng.choice([-1, 1]) * k for k in rng.sample(range(1, top + 1), top)]
    reach = rng.randint(2, top)
    clauses = [[order[0]]]
    for i in range(1, reach):
        back = rng.sample(order[:i], min(i, rng.randint(1, 2)))
        clause = [-k for k in back] + [order[i]]
        rng.shuffle(clause)
        clauses.append(clause)
    while len(clauses) < min(14, reach + 1 + level // 2):
        clauses.append(_clause(rng, top, rng.randint(2, 3)))
    rng.shuffle(clauses)
    return clauses


def algebraic_normal_form(table: list[int]) -> list[int]:
    """The algebraic normal form of a truth table."""
    return [
        sum(item for j, item in enumerate(table[: i + 1]) if i & j == j) % 2
        for i in range(len(table))
    ]


def prime_implicants(minterms: list[int]) -> list[str]:
    """The prime implicants of a function of four variables."""
    true = {f"{number:04b}" for number in minterms}
    cubes: set[str] = set(true)
    primes: list[str] = []
    while cubes:
        wider: set[str] = set()
        covered: set[str] = set()
        for cube in cubes:
            for i in range(4):
                if cube[i] == "0":
                    other = cube[:i] + "1" + cube[i + 1 :]
                    if other in cubes:
                        wider.add(cube[:i] + "-" + cube[i + 1 :])
                        covered.update((cube, other))
        primes.extend(cubes - covered)
        cubes = wider
    return sorted(primes)


def draw_minterms(rng: Any, level: int, **given: Any) -> list[int]:
    """About half of all inputs, fewer at low levels."""
    count = rng.randint(min(level, 5) + 1, min(level, 7) + 3)
    return sorted(rng.sample(range(16), count))


def clause_truth_table(clauses: Clauses) -> str:
    """The truth table of a set of clauses."""
    return "".join(
        str(int(all(any(row[abs(k) - 1] == (k > 0) for k in c) for c in clauses)))
        for row in product([False, True], repeat=3)
    )


def draw_small_clauses(rng: Any, level: int, **given: Any) -> Clauses:
    """Mostly clauses over two or three of three variables."""
    count = rng.randint(1 + level // 6, 2 + level // 4)
    return [_clause(rng, 3, rng.choice([1, 2, 2, 3, 3])) for _ in range(count)]


def knights_and_knaves(claims: list[int]) -> list[bool]:
    """The first consistent solution, knaves first, or nothing."""
    for bits in product([False, True], repeat=7):
        if is_consistent(list(bits), claims):
            return list(bits)
    return []


def is_consistent(answer: list[bool], claims: list[int]) -> bool:
    """Whether exactly the knights' claims are true, or nothing is right."""
    if len(answer) != 7:
        return answer == [] and knights_and_knaves(claims) == []
    return all(
        said == (answer[abs(k) - 1] == (k > 0))
        for said, k in zip(answer, claims, strict=True)
    )


def draw_claims(rng: Any, level: int, **given: Any) -> list[int]:
    """Claims that fit a hidden solution, more about others than not."""
    if rng.random() < 0.1:
        return [rng.choice([-1, 1]) * rng.randint(1, 7) for _ in range(7)]
    kinds = [rng.choice([-1, 1]) for _ in range(7)]
    claims = []
    for i in range(7):
        other = rng.choice([j for j in range(7) if j != i])
        claims.append(kinds[i] * kinds[other] * (other + 1))
    return claims


def circuit_outputs(inputs: list[int], gates: list[Gate]) -> list[int]:
    """The outputs of the gates of a circuit."""
    line = list(inputs)
    for operation, i, j in gates:
        a, b = line[-i], line[-j]
        if operation == "and":
            line.append(a & b)
        elif operation == "or":
            line.append(a | b)
        elif operation == "xor":
            line.append(a ^ b)
        else:
            line.append(1 - (a & b))
    return line[len(inputs) :]


def draw_circuit(rng: Any, level: int, **given: Any) -> Any:
    """Inputs and gates that mostly combine two different bits."""
    if "inputs" in given:
        inputs = given["inputs"]
    else:
        need = max([max(i, j) for _, i, j in given.get("gates", [])], default=1)
        size = max(need, rng.randint(min(level + 1, 4), min(level + 2, 6)))
        inputs = [rng.randint(0, 1) for _ in range(size)]
    gates = []
    for _ in range(rng.randint(min(level + 2, 12), min(level + 4, 16))):
        i, j = rng.randint(1, len(inputs)), rng.randint(1, len(inputs))
        if i == j:
            j = i % len(inputs) + 1
        gates.append((rng.choice(["and", "or", "xor", "nand"]), i, j))
    return _left(given, inputs=inputs, gates=gates)


def forward_chaining(facts: list[int], rules: list[tuple[int, int, int]]) -> list[int]:
    """Everything that follows from facts by rules."""
    true = set(facts)
    size = -1
    while size < len(true):
        size = len(true)
        true.update(c for a, b, c in rules if a in true and b in true)
    return sorted(true)


def draw_rules(rng: Any, level: int, **given: Any) -> Any:
    """Facts and rules of which several, but not all, apply."""
    facts = given.get("facts")
    if facts is None:
        facts = rng.sample(range(1, 13), 2 + level // 5)
    known = sorted(set(facts)) or [rng.randint(1, 12)]
    rules = []
    for _ in range(rng.randint(level, level + 2)):
        c = rng.randint(1, 12)
        rules.append((rng.choice(known), rng.choice(known), c))
        known.append(c)
    for _ in range(level):
        a, b, c = (rng.randint(1, 12) for _ in range(3))
        rules.append((a, b, c))
    rng.shuffle(rules)
    return _left(given, facts=facts, rules=rules)


def parity_equations(system: list[list[int]]) -> list[int]:
    """The solution whose free unknowns are 0, or nothing."""
    rows = [list(row) for row in system]
    unknowns = len(rows[0]) - 1
    pivots: list[int] = []
    for column in range(unknowns):
        place = len(pivots)
        at = next((i for i in range(place, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[place], rows[at] = rows[at], rows[place]
        for i, row in enumerate(rows):
            if i != place and row[column]:
                rows[i] = [x ^ y for x, y in zip(row, rows[place], strict=True)]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return []
    solution = [0] * unknowns
    for row, column in zip(rows, pivots, strict=False):
        solution[column] = row[-1]
    return solution


def solves_system(answer: list[int], system: list[list[int]]) -> bool:
    """Whether all equations hold, or nothing is right."""
    if len(answer) != len(system[0]) - 1:
        return answer == [] and parity_equations(system) == []
    return all(
        sum(x for x, used in zip(answer, row, strict=False) if used) % 2 == row[-1]
        for row in system
    )


def draw_system(rng: Any, level: int, **given: Any) -> list[list[int]]:
    """Equations that mostly fit hidden bits."""
    unknowns = rng.randint(min(level + 1, 6), min(level + 2, 7))
    hidden = [rng.randint(0, 1) for _ in range(unknowns)]
    system = []
    for _ in range(rng.randint(min(unknowns - 1, 5), min(unknowns, 6))):
        row = [rng.randint(0, 1) for _ in range(unknowns)]
        row.append(sum(x & y for x, y in zip(row, hidden, strict=True)) % 2)
        system.append(row)
    if rng.random() < 0.1:
        system[0][-1] ^= 1
    return system


def threshold_gate_count(weights: list[int], threshold: int) -> int:
    """The number of inputs that make a threshold gate fire."""
    ways = {0: 1}
    for weight in weights:
        more = dict(ways)
        for total, count in ways.items():
            more[total + weight] = more.get(total + weight, 0) + count
        ways = more
    return sum(count for total, count in ways.items() if total >= threshold)


def draw_threshold(rng: Any, level: int, **given: Any) -> Any:
    """Weights and a threshold near the middle of their sums."""
    weights = given.get("weights")
    if weights is None:
        size = rng.randint(min(level + 1, 8), min(level + 2, 9))
        most = min(30, 3 * level + 6)
        weights = [rng.randint(-most, most) for _ in range(size)]
    middle = sum(weights) // 2
    threshold = max(-100, min(100, middle + rng.randint(-10, 10)))
    return _left(given, weights=weights, threshold=threshold)


def variable_influences(table: str) -> list[int]:
    """How often each variable of a truth table matters."""
    return [
        sum(table[i] != table[i ^ bit] for i in range(16) if not i & bit)
        for bit in (8, 4, 2, 1)
    ]


def clauses_entail(clauses: Clauses, goal: int) -> bool:
    """Whether a literal follows from clauses."""
    return not _true_sets([*clauses, [-goal]], 5)


def draw_entailment(rng: Any, level: int, **given: Any) -> Any:
    """Clauses that have models and a goal that is often a consequence."""
    clauses = given.get("clauses")
    if clauses is None:
        hidden = [rng.choice([-1, 1]) for _ in range(5)]
        clauses = []
        for _ in range(rng.randint(min(level + 1, 6), min(level + 3, 9))):
            clause = _clause(rng, 5, 2)
            if not any(hidden[abs(k) - 1] * k > 0 for k in clause):
                clause[0] = -clause[0]
            clauses.append(clause)
    goals = [k for k in range(-5, 6) if k]
    if "goal" not in given and rng.random() < 0.6:
        goals = [k for k in goals if clauses_entail(clauses, k)] or goals
    return _left(given, clauses=clauses, goal=rng.choice(goals))
