"""Composites of the toy environments, nested in many ways, by name."""

from __future__ import annotations

from dataclasses import replace

import toys as t
from toys import DIGIT, NUMBER

from racesc.operators.branch import Branch
from racesc.operators.fanout import Fanout
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.parallel import Parallel
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Source, Step
from racesc.runtime.base import Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Int


def chain(*nodes: Node, **more: object) -> Sequential:
    """A chain: each step takes the result before it at its first free parameter."""
    steps = [Step(nodes[0])]
    for place, node in enumerate(nodes[1:]):
        steps.append(Step(node, {node.ports[0].name: Source(place)}))
    return Sequential(tuple(steps), **more)  # type: ignore[arg-type]


to_digits, digit_sum = Brick(t.to_digits), Brick(t.digit_sum)
sort_digits = Brick(t.sort, DIGIT)
sort_numbers = Brick(t.sort, NUMBER)
second = Brick(t.kth_largest, DIGIT, fixed={"k": 2})

second_digit = chain(to_digits, sort_digits, second)
kth_digit = chain(to_digits, sort_digits, Brick(t.kth_largest, DIGIT))
pair_gcd = Sequential(
    (
        Step(Parallel((digit_sum, second_digit))),
        Step(Brick(t.gcd), {"a": Source(0, part=0), "b": Source(0, part=1)}),
    )
)
block = Sequential(
    (
        Step(Brick(t.digit_sum), {"n": Source(None, "n")}),
        Step(Brick(t.digit_product), {"n": Source(None, "n")}),
        Step(Brick(t.gcd), {"a": Source(0), "b": Source(1)}),
    ),
    parameters=(Parameter("n", Int(0, 99999)),),
    names=("s", "p", ""),
)
order = Sort((Brick(t.rotate, NUMBER), Brick(t.totals), sort_numbers))
pool = (
    Brick(t.reverse, NUMBER),
    Brick(t.scale),
    Brick(t.max_item, NUMBER),
    Brick(t.length, NUMBER),
)
choice = Select((Brick(t.rotate, NUMBER), Brick(t.totals)), 2, pool)
wide = {"a": Int(-9999, 9999)}
order_then = chain(
    to_digits,
    Sort((Brick(t.rotate, DIGIT), Brick(t.totals), Brick(t.sort, wide)), True),
    Brick(t.max_item, {"a": Int(1, 3)}),
)
quotient = Sequential(
    (
        Step(Brick(t.divide)),
        Step(Brick(t.add), {"a": Source(0, part=0), "b": Source(0, part=1)}),
    )
)
ascribed = Sequential(
    (
        Step(Brick(t.digit_sum), {"n": Source(None, "n")}),
        Step(Brick(t.double), {"n": Source(0)}),
    ),
    parameters=(Parameter("n", Int(0, 10**6)),),
    opaque=True,
)
free = Sequential(
    (
        Step(Brick(t.split_sum, policy="model")),
        Step(Brick(t.gcd), {"a": Source(0, part=0), "b": Source(0, part=1)}),
        Step(Brick(t.double), {"n": Source(1)}),
    )
)

choice_of_digits = Select(
    (Brick(t.rotate, DIGIT), Brick(t.totals)),
    1,
    (Brick(t.reverse, DIGIT), Brick(t.scale)),
    canonical=True,
)

COMPOSITES: dict[str, Node] = {
    "second_digit": second_digit,
    "both": Parallel((digit_sum, kth_digit)),
    "pair_gcd": pair_gcd,
    "block": block,
    "order": order,
    "choice": choice,
    "order_in_chain_in_parallel": Parallel((order_then, digit_sum)),
    "quotient": quotient,
    "ascribed_step": chain(Brick(t.length, DIGIT), ascribed, Brick(t.add)),
    "free": free,
    "canonical": Sequential(
        (
            Step(Brick(t.split_sum, policy="canonical")),
            Step(Brick(t.add), {"a": Source(0, part=0), "b": Source(0, part=1)}),
        )
    ),
    "map": chain(to_digits, Map(Brick(t.double)), Brick(t.max_item, NUMBER)),
    "map_chain": Map(chain(Brick(t.digit_sum), Brick(t.double))),
    "iterate": chain(Brick(t.halve), Iterate(Brick(t.halve), (2, 4))),
    "fanout": Sequential(
        (
            Step(Brick(t.digit_sum)),
            Step(Fanout((Brick(t.double), Brick(t.is_even))), {"n": Source(0)}),
        )
    ),
    "fanout_fed": Sequential(
        (
            Step(
                Fanout(
                    (Brick(t.digit_sum), chain(to_digits, Brick(t.length, DIGIT))),
                    Int(10, 10**6),
                )
            ),
            Step(Brick(t.gcd), {"a": Source(0, part=0), "b": Source(0, part=1)}),
        )
    ),
    "branch": Branch(Brick(t.is_even), Brick(t.double), Brick(t.add), Int(0, 10**6)),
    "fold": chain(to_digits, Fold(Brick(t.gcd), 0)),
    "fold_from_first": chain(to_digits, Fold(Brick(t.gcd))),
    "fold_drawn": Fold(Brick(t.gcd), length=(1, 4)),
    "order_with_order": Sort(
        (
            Brick(t.rotate, NUMBER),
            Sort((Brick(t.totals), Brick(t.scale)), True),
            Brick(t.totals),
        )
    ),
    "order_with_map": Sort(
        (Brick(t.rotate, NUMBER), Map(Brick(t.double)), sort_numbers)
    ),
    "order_of_chains": Sort(
        (Brick(t.halve), replace(ascribed, opaque=True), Brick(t.digit_product))
    ),
    "two_orders": Sort((to_digits, Brick(t.max_item, DIGIT))),
    "choice_in_map_in_parallel": Parallel(
        (chain(to_digits, choice_of_digits), Map(Brick(t.digit_sum)))
    ),
    "parallel_in_parallel": Parallel(
        (Parallel((digit_sum, Brick(t.is_even))), chain(to_digits, sort_digits))
    ),
    "block_in_chain": chain(Brick(t.length, DIGIT), block),
    "texts": chain(Brick(t.shout), Brick(t.shout)),
    "letters": Parallel((Brick(t.count_letter), Brick(t.shout))),
    "graphs": chain(Brick(t.complement), Brick(t.edges)),
    "grid": Brick(t.transpose),
    "fractions": Brick(t.mean),
    "sets": Brick(t.distinct_items),
    "label": Brick(t.heading),
    "predicates": Parallel((Brick(t.is_even), Brick(t.is_even))),
    "small_ports": Sort(
        (to_digits, Brick(t.scale), Brick(t.max_item, NUMBER), Brick(t.digit_sum))
    ),
    "pair_whole": chain(
        Brick(t.divide),
        Fanout(
            (
                Step(Brick(t.add), {"a": Source(0, part=0), "b": Source(0, part=1)}),
                Step(Brick(t.gcd), {"a": Source(0, part=0), "b": Source(0, part=1)}),
            )
        ),
    ),
}
