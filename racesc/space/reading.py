"""From an expression's tree to a composite of the space, where it is one."""

from __future__ import annotations

from collections.abc import Sequence

from racesc import syntax as tree
from racesc.format import format_type
from racesc.literals import value_of
from racesc.space.steps import Steps
from racesc.space.terms import Term, in_order


class Reader:
    """Reads expressions over the steps of a scope."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self._pieces: dict[str, int] = {}
        for index, piece in enumerate(steps.pieces):
            self._pieces.setdefault(piece.base.name, index)
            self._pieces[piece.name] = index
        self._places = {
            (place.piece, place.way): number
            for number, place in enumerate(steps.places)
        }

    def read(self, expression: tree.Expression) -> Term | None:
        """The composite that an expression writes; None where it is none that the
        space could have."""
        steps = _flat(expression)
        if steps is None:
            return None
        if len(steps) == 1:
            found = self._heads(steps[0], ())
            return found[0] if found else None
        head, *rest = steps
        return self._chain(head, rest)

    # ── chains ────────────────────────────────────────────────────────────────

    def _chain(
        self, head: tree.Expression, rest: Sequence[tree.Expression]
    ) -> Term | None:
        """A chain; a polymorphic head without a type has the first that fits."""
        for term in self._heads(head, rest):
            steps = self._steps(self._state(term), rest)
            if steps is not None:
                return ("q", (term, *steps))
        return None

    def _heads(
        self, expression: tree.Expression, rest: Sequence[tree.Expression]
    ) -> list[Term]:
        """What a head can be, in the order of the default types."""
        if isinstance(expression, tree.Use):
            return [("b", number) for number in self._sources(expression)]
        if not isinstance(expression, tree.Operation) or expression.fed is not None:
            return []
        if expression.operator == "PARALLEL":
            return self._parallel(expression, bool(rest))
        inner = self._inner(expression)
        count = _distractors(expression)
        if inner is None or count is None:
            return []
        for term in self._heads(inner[0], inner[1:]):
            steps = self._steps(self._state(term), inner[1:])
            if steps is not None:
                return [_ordered((term, *steps), count)]
        return []

    def _parallel(self, expression: tree.Operation, sequence: bool) -> list[Term]:
        if expression.options or len(expression.parts) < 2:
            return []
        parts = [self.read(part) for part in expression.parts]
        known = tuple(part for part in parts if part is not None and part[0] != "p")
        if len(known) < len(parts):
            return []
        term: Term = ("p", known)
        return [term if sequence else in_order(term)]

    def _inner(self, expression: tree.Operation) -> list[tree.Expression] | None:
        """The steps inside a SORT or SELECT."""
        if expression.operator not in ("SORT", "SELECT"):
            return None
        found: list[tree.Expression] = []
        for part in expression.parts:
            steps = _flat(part)
            if steps is None:
                return None
            found += steps
        return found if len(found) >= 2 else None

    def _sources(self, use: tree.Use) -> list[int]:
        piece = self._pieces.get(use.name)
        if piece is None or use.policy is not None or use.arguments:
            return []
        kinds = ", ".join(map(format_type, use.type_arguments))
        name = self.steps.pieces[piece].name
        wanted = f"{name}[{kinds}]"
        return [
            number
            for number, source in enumerate(self.steps.sources)
            if source.piece == piece and (not kinds or source.text == wanted)
        ]

    # ── steps ─────────────────────────────────────────────────────────────────

    def _steps(
        self, state: int, expressions: Sequence[tree.Expression]
    ) -> tuple[Term, ...] | None:
        found: list[Term] = []
        for expression in expressions:
            step = self._step(state, expression)
            if step is None:
                return None
            term, state = step
            found.append(term)
        return tuple(found)

    def _step(self, state: int, expression: tree.Expression) -> tuple[Term, int] | None:
        if isinstance(expression, tree.Use):
            place = self._place(state, expression)
            for number, there, _ in self.steps.takes(state):
                if number == place:
                    return ("u", number), there
            return None
        if not isinstance(expression, tree.Operation) or expression.fed is not None:
            return None
        inner, count = self._inner(expression), _distractors(expression)
        if inner is None or count is None:
            return None
        steps = self._steps(state, inner)
        if steps is None:
            return None
        return _ordered(steps, count), self.steps.order_state(len(steps), count)

    def _place(self, state: int, use: tree.Use) -> int | None:
        """The place that a use means where a value in this state comes in."""
        piece = self._pieces.get(use.name)
        if piece is None or use.policy is not None or use.type_arguments:
            return None
        names = [p.name for p in self.steps.pieces[piece].base.parameters]
        way = 0
        if use.arguments:
            if len(use.arguments) != 1:
                return None
            argument = use.arguments[0]
            if not isinstance(argument.value, tree.Hole):
                return None
            name = names[0] if argument.name is None and names else argument.name
            if name not in names:
                return None
            way = 1 + names.index(name)
        place = self._places.get((piece, way))
        if way == 1 and all(p != place for p, _, _ in self.steps.takes(state)):
            return self._places.get((piece, 0))  # the plain form says the same
        return place

    def _state(self, term: Term) -> int:
        """The state behind a head."""
        if term[0] == "b":
            return self.steps.source_states[term[1]]
        if term[0] == "p":
            return self.steps.tuple_state([self._whole(part) for part in term[1]])
        return self.steps.order_state(len(term[1]), term[2] if term[0] == "t" else 0)

    def _whole(self, term: Term) -> int:
        if term[0] != "q":
            return self._state(term)
        state = self._state(term[1][0])
        for step in term[1][1:]:
            if step[0] == "u":
                state = next(t for p, t, _ in self.steps.takes(state) if p == step[1])
            else:
                state = self._state(step)
        return state


def _flat(expression: tree.Expression) -> list[tree.Expression] | None:
    """The steps of chains in chains; None where an option or a block is among them."""
    if isinstance(expression, tree.Block):
        return None
    inside: Sequence[tree.Expression]
    if isinstance(expression, tree.Chain):
        inside = expression.steps
    elif isinstance(expression, tree.Operation) and (
        expression.operator == "SEQUENTIAL"
    ):
        if expression.options or expression.fed is not None:
            return None
        inside = expression.parts
    else:
        return [expression]
    found: list[tree.Expression] = []
    for part in inside:
        steps = _flat(part)
        if steps is None:
            return None
        found += steps
    return found or None


def _distractors(expression: tree.Operation) -> int | None:
    """How many distractors an operation asks for: 0 for SORT; None where its options
    are others."""
    if expression.operator == "SORT":
        return None if expression.options else 0
    if not expression.options:
        return 1
    (option, *more) = expression.options
    if more or option.name != "distractors" or isinstance(option.value, tree.Name):
        return None
    count = value_of(option.value)
    return count if isinstance(count, int) and 1 <= count <= 3 else None


def _ordered(steps: tuple[Term, ...], distractors: int) -> Term:
    return ("t", steps, distractors) if distractors else ("s", steps)
