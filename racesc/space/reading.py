"""From an expression's tree to a composite of the space, where it is one."""

from __future__ import annotations

from collections.abc import Sequence

from racesc import syntax as tree
from racesc.format import format_type
from racesc.literals import value_of
from racesc.runtime.types import Type
from racesc.space.further import Form, alone, forms
from racesc.space.steps import Steps
from racesc.space.terms import FURTHER, LETTERS, Term, in_order, written


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
        form = _form(expression)
        if form is not None:
            return self._further_heads(form, expression.parts)
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

    def _further_heads(
        self, form: Form, parts: Sequence[tree.Expression]
    ) -> list[Term]:
        """A MAP or the like that draws its value."""
        further = self.steps.further
        if any(isinstance(part, tree.Use) and part.arguments for part in parts[:1]):
            return []  # nothing comes in, so `_` receives nothing
        if alone(form):
            (part,) = parts
            place = self._part(form, None, part)
            start = None if place is None else further.start(form, place)
            starts: list[tuple[Type | None, tuple[int, ...]]] = [(start, ())]
        else:
            starts = [(type_, (i,)) for i, type_ in enumerate(further.drawn)]
        for start, drawn in starts:
            if start is None:
                continue
            number = self.steps.feeder.number(start)
            places = self._parts(form, number, parts)
            if places is None or further.behind(form, number, places) is None:
                continue
            if not drawn or further.settled(form, places) == drawn[0]:
                return [_further(form, places, drawn)]
        return []

    def _parts(
        self, form: Form, number: int, parts: Sequence[tree.Expression]
    ) -> list[int] | None:
        """The places of the parts of a form that a value comes in to."""
        places = [self._part(form, number, part) for part in parts]
        known = [place for place in places if place is not None]
        return known if len(known) == len(places) else None

    def _part(
        self, form: Form, number: int | None, part: tree.Expression
    ) -> int | None:
        inside = _flat(part)
        if inside is None or len(inside) != 1 or not isinstance(inside[0], tree.Use):
            return None
        if form[0] == "FOLD" and inside[0].arguments:
            return None  # a pair goes to two parameters
        taken = []
        if number is not None:
            taken = [place for place, _, _ in self.steps.further.parts(form, number)]
        return self._place(taken, inside[0])

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
            takes = self.steps.takes(state)
            place = self._place([one for one, _, _ in takes], expression)
            for number, there, _ in takes:
                if number == place:
                    return ("u", number), there
            return None
        if not isinstance(expression, tree.Operation) or expression.fed is not None:
            return None
        form = _form(expression)
        if form is not None:
            number = self.steps.number(state)
            places = self._parts(form, number, expression.parts)
            if places is None:
                return None
            behind = self.steps.further.behind(form, number, places)
            return None if behind is None else (_further(form, places), behind)
        inner, count = self._inner(expression), _distractors(expression)
        if inner is None or count is None:
            return None
        steps = self._steps(state, inner)
        if steps is None:
            return None
        return _ordered(steps, count), self.steps.order_state(len(steps), count)

    def _place(self, taken: Sequence[int], use: tree.Use) -> int | None:
        """The place that a use means where these places take what comes in."""
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
        if way == 1 and place not in taken:
            return self._places.get((piece, 0))  # the plain form says the same
        return place

    def _state(self, term: Term) -> int:
        """The state behind a head."""
        if term[0] == "b":
            return self.steps.source_states[term[1]]
        if term[0] == "p":
            return self.steps.tuple_state([self._whole(part) for part in term[1]])
        if term[0] in FURTHER:
            return self._behind(self._drawn(term), term)
        return self.steps.order_state(len(term[1]), term[2] if term[0] == "t" else 0)

    def _whole(self, term: Term) -> int:
        if term[0] != "q":
            return self._state(term)
        state = self._state(term[1][0])
        for step in term[1][1:]:
            if step[0] == "u":
                state = next(t for p, t, _ in self.steps.takes(state) if p == step[1])
            elif step[0] in FURTHER:
                state = self._behind(self.steps.number(state), step)
            else:
                state = self._state(step)
        return state

    def _drawn(self, term: Term) -> int:
        """What a MAP or the like draws: a type's number."""
        form, places, drawn = written(term)
        start = self.steps.further.draws(form, places, *drawn)
        return self.steps.feeder.number(start)

    def _behind(self, number: int, term: Term) -> int:
        form, places, _ = written(term)
        found = self.steps.further.behind(form, number, places)
        assert found is not None
        return found


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


def _form(expression: tree.Operation) -> Form | None:
    """The form of a MAP or the like as it is counted; None for anything else."""
    name, options = expression.operator, expression.options
    times = 0
    if name == "ITERATE":
        if len(options) != 1 or options[0].name != "times":
            return None
        value = options[0].value
        count = None if isinstance(value, tree.Name) else value_of(value)
        if not isinstance(count, int):
            return None
        times = count
    elif options:
        return None
    known = forms((name,), len(expression.parts))
    return (name, times) if (name, times) in known else None


def _further(form: Form, places: Sequence[int], drawn: tuple[int, ...] = ()) -> Term:
    parts = tuple(("u", place) for place in places)
    return (LETTERS[form[0]], parts, *((form[1],) if form[1] else drawn))


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
