"""Solvers for propositional logic, truth tables and deduction."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

Clauses = list[list[int]]
Matrix = list[list[int]]
Gate = tuple[str, int, int]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _clause(rng: Any, variables: int, size: int) -> list[int]:
    """A clause over different variables."""
    chosen = rng.sample(range(1, variables + 1), size)
    return [rng.choice([-1, 1]) * variable for variable in chosen]


def _literals(clauses: Matrix) -> Clauses:
    """Each clause as its literals: j or -j for a number in column j."""
    return [[j if x > 0 else -j for j, x in enumerate(row, 1) if x] for row in clauses]


def _rows(clauses: Clauses, variables: int) -> Matrix:
    """Clauses of literals as rows with a column for each variable."""
    columns = range(1, variables + 1)
    return [[(j in clause) - (-j in clause) for j in columns] for clause in clauses]


def _true_in(literal: int, variables: int) -> int:
    """The assignments in which a literal is true, as a set of bits: assignment number b
    gives the variables the binary digits of b, the first variable the highest one."""
    half = 1 << variables - abs(literal)
    bits = ((1 << half) - 1) << (half if literal > 0 else 0)
    for size in range(variables - abs(literal) + 1, variables):
        bits |= bits << (1 << size)
    return bits


def _models(clauses: Matrix) -> int:
    """The assignments that satisfy all clauses, as a set of bits."""
    variables = len(clauses[0])
    every = (1 << (1 << variables)) - 1
    for clause in _literals(clauses):
        some = 0
        for literal in clause:
            some |= _true_in(literal, variables)
        every &= some
    return every


def count_models(clauses: Matrix) -> int:
    """The number of satisfying assignments of a set of clauses."""
    return _models(clauses).bit_count()


def draw_clauses(rng: Any, level: int, **given: Any) -> Matrix:
    """A few clauses that often leave many models."""
    variables = 4 + level // 4
    count = rng.randint(1 + level // 3, 3 + level // 2)
    sizes = [rng.choice([2, 2, 3, 3, 4]) for _ in range(count)]
    return _rows([_clause(rng, variables, size) for size in sizes], variables)


def satisfying_assignment(clauses: Matrix) -> list[int]:
    """The first assignment that satisfies all clauses, or -1 for each variable."""
    models = _models(clauses)
    variables = len(clauses[0])
    if not models:
        return [-1] * variables
    first = (models & -models).bit_length() - 1
    return [first >> place & 1 for place in range(variables - 1, -1, -1)]


def is_satisfying(answer: list[int], clauses: Matrix) -> bool:
    """Whether all clauses hold, or rightly none can."""
    if -1 in answer:
        return set(answer) == {-1} and not _models(clauses)
    true = {j if value else -j for j, value in enumerate(answer, 1)}
    return all(not true.isdisjoint(clause) for clause in _literals(clauses))


def draw_satisfiable(rng: Any, level: int, **given: Any) -> Matrix:
    """Clauses that a hidden assignment satisfies."""
    variables = 4 + level // 3
    hidden = [rng.choice([-1, 1]) for _ in range(variables)]
    clauses: Clauses = []
    for _ in range(2 * level + 4):
        clause = _clause(rng, variables, rng.choice([2, 2, 3]))
        if not any(hidden[abs(k) - 1] * k > 0 for k in clause):
            i = rng.randrange(len(clause))
            clause[i] = -clause[i]
        clauses.append(clause)
    return _rows(clauses, variables)


def unit_propagation(clauses: Matrix) -> list[int]:
    """What unit propagation forces."""
    forced: set[int] = set()
    size = -1
    literals = _literals(clauses)
    while size < len(forced):
        size = len(forced)
        for clause in literals:
            for item in clause:
                if all(k == item or -k in forced for k in clause):
                    forced.add(item)
    return sorted(forced)


def draw_propagation(rng: Any, level: int, **given: Any) -> Matrix:
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
    return _rows(clauses, top)


def algebraic_normal_form(table: list[int]) -> list[int]:
    """The algebraic normal form of a truth table."""
    return [
        sum(item for j, item in enumerate(table[: i + 1]) if i & j == j) % 2
        for i in range(len(table))
    ]


def prime_implicants(minterms: list[int]) -> list[str]:
    """The prime implicants of a function of four variables."""
    true = {f"{number:04b}" for number in minterms if 0 <= number <= 15}
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


def clause_truth_table(clauses: Matrix) -> str:
    """The truth table of a set of clauses."""
    size = 1 << len(clauses[0])
    return f"{_models(clauses):0{size}b}"[::-1]


def draw_small_clauses(rng: Any, level: int, **given: Any) -> Matrix:
    """Mostly clauses over two or three of three or four variables."""
    variables = 3 + level // 8
    count = rng.randint(1 + level // 6, 2 + level // 4)
    sizes = [rng.choice([1, 2, 2, 3, 3]) for _ in range(count)]
    return _rows([_clause(rng, variables, size) for size in sizes], variables)


def _spread(
    links: list[list[tuple[int, int]]], start: int, kind: int
) -> dict[int, int] | None:
    """The kinds that follow when one person has a kind, or None if they clash."""
    kinds = {start: kind}
    waiting = [start]
    while waiting:
        person = waiting.pop()
        for other, differs in links[person]:
            follows = kinds[person] ^ differs
            if other not in kinds:
                kinds[other] = follows
                waiting.append(other)
            elif kinds[other] != follows:
                return None
    return kinds


def knights_and_knaves(claims: list[int]) -> list[int]:
    """The first consistent solution, knaves first, or -1 for each person."""
    # Person 0 stands for those who do not exist: a knave, as a claim about them is a lie.
    links: list[list[tuple[int, int]]] = [[] for _ in range(len(claims) + 1)]
    for person, claim in enumerate(claims, 1):
        exists = abs(claim) <= len(claims)
        other = abs(claim) if exists else 0
        differs = int(exists and claim < 0)
        links[person].append((other, differs))
        links[other].append((person, differs))
    kinds: dict[int, int] = {}
    for person in range(len(links)):
        if person in kinds:
            continue
        found = _spread(links, person, 0)
        if found is None:
            return [-1] * len(claims)
        kinds.update(found)
    return [kinds[person] for person in range(1, len(links))]


def is_consistent(answer: list[int], claims: list[int]) -> bool:
    """Whether exactly the knights' claims are true, or rightly there is no solution."""
    if -1 in answer:
        return set(answer) == {-1} and -1 in knights_and_knaves(claims)
    return all(
        kind == (0 < abs(k) <= len(answer) and answer[abs(k) - 1] == (k > 0))
        for kind, k in zip(answer, claims, strict=True)
    )


def draw_claims(rng: Any, level: int, **given: Any) -> list[int]:
    """Claims that fit a hidden solution, each about somebody else."""
    size = 6 + level // 3
    if rng.random() < 0.1:
        return [rng.choice([-1, 1]) * rng.randint(1, size) for _ in range(size)]
    kinds = [rng.choice([-1, 1]) for _ in range(size)]
    claims = []
    for i in range(size):
        other = rng.choice([j for j in range(size) if j != i])
        claims.append(kinds[i] * kinds[other] * (other + 1))
    return claims


def circuit_outputs(inputs: list[int], gates: list[Gate]) -> list[int]:
    """The outputs of the gates of a circuit."""
    line = [int(number != 0) for number in inputs]
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
    top = 10 + 2 * level
    facts = given.get("facts")
    if facts is None:
        facts = rng.sample(range(1, top + 1), 2 + level // 5)
    known = sorted({k for k in facts if 1 <= k <= top}) or [rng.randint(1, top)]
    rules = []
    for _ in range(rng.randint(level, level + 2)):
        c = rng.randint(1, top)
        rules.append((rng.choice(known), rng.choice(known), c))
        known.append(c)
    for _ in range(level):
        a, b, c = (rng.randint(1, top) for _ in range(3))
        rules.append((a, b, c))
    rng.shuffle(rules)
    return _left(given, facts=facts, rules=rules)


def parity_equations(system: list[list[int]]) -> list[int]:
    """The solution whose free unknowns are 0, or -1 for each unknown."""
    rows = [[number % 2 for number in row] for row in system]
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
        return [-1] * unknowns
    solution = [0] * unknowns
    for row, column in zip(rows, pivots, strict=False):
        solution[column] = row[-1]
    return solution


def solves_system(answer: list[int], system: list[list[int]]) -> bool:
    """Whether all equations hold, or rightly there is no solution."""
    if -1 in answer:
        return set(answer) == {-1} and -1 in parity_equations(system)
    if not answer:
        return True
    return all(
        (sum(x * number for x, number in zip(answer, row, strict=False)) - row[-1]) % 2
        == 0
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


def _subset_sums(weights: list[int]) -> list[int]:
    """The sums of all subsets."""
    sums = [0]
    for weight in weights:
        sums += [total + weight for total in sums]
    return sums


def threshold_gate_count(weights: list[int], threshold: int) -> int:
    """The number of inputs that make a threshold gate fire."""
    middle = len(weights) // 2
    first = sorted(_subset_sums(weights[:middle]))
    second = _subset_sums(weights[middle:])
    return sum(len(first) - bisect_left(first, threshold - total) for total in second)


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
    values = [character == "1" for character in table[:16].ljust(16)]
    return [
        sum(values[i] != values[i ^ bit] for i in range(16) if not i & bit)
        for bit in (8, 4, 2, 1)
    ]


def clauses_entail(clauses: Matrix, goals: list[int]) -> list[int]:
    """For each literal whether it follows from the clauses."""
    models = _models(clauses)
    variables = len(clauses[0])
    return [
        int(0 < abs(k) <= variables and not models & ~_true_in(k, variables))
        for k in goals
    ]


def draw_entailment(rng: Any, level: int, **given: Any) -> Any:
    """Clauses that have models and goals of which many are consequences."""
    variables = 4 + level // 4
    every = [k for k in range(-variables, variables + 1) if k]
    follow: list[int] = []
    for _ in range(10):
        clauses = given.get("clauses", _rows(_possible(rng, level), variables))
        right = clauses_entail(clauses, every)
        follow = [k for k, one in zip(every, right, strict=True) if one]
        if follow:
            break
    goals = [
        rng.choice(follow if follow and rng.random() < 0.4 else every)
        for _ in range(rng.randint(5 + level // 3, 6 + level // 3))
    ]
    return _left(given, clauses=clauses, goals=goals)


def _possible(rng: Any, level: int) -> Clauses:
    """Clauses of two literals that a hidden assignment satisfies."""
    variables = 4 + level // 4
    hidden = [rng.choice([-1, 1]) for _ in range(variables)]
    clauses = []
    for _ in range(rng.randint(min(level + 1, 6), min(level + 3, 9))):
        clause = _clause(rng, variables, 2)
        if not any(hidden[abs(k) - 1] * k > 0 for k in clause):
            clause[0] = -clause[0]
        clauses.append(clause)
    return clauses
