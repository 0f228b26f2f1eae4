"""The wording holds at the edges too: second solvers on what may only be fed.

Drawn problems (``test_second.py``) stay within a level; another environment may feed
whatever the domain allows: nothing, repeated items, negative and huge numbers, awkward
characters. There, too, the wording must determine the answer.
"""

from __future__ import annotations

import copy

import pytest
from test_second import DOMAINS, second_solvers

from bench.live import Live
from racesc.edges import edge_inputs
from racesc.runtime.base import Parameter
from racesc.trial.package import instances
from racesc.unify import instantiate

EDGES = 40

# Second solvers that count up, try everything or recurse: too slow or deep out there.
TRYING = {
    "assignment_cost",
    "best_booking_value",
    "binomial",
    "breadth_first_order",
    "bridge_crossing_time",
    "bubble_passes",
    "cheapest_route",
    "count_leap_years",
    "count_payments",
    "count_simple_paths",
    "count_true_bracketings",
    "count_walks",
    "cubic_root_bracket",
    "depth_first_order",
    "dice_sum_probability",
    "distances_from_node",
    "earliest_meeting",
    "fraction_digit",
    "knights_and_knaves",
    "mastermind_code",
    "pointer_graph",
    "pruefer_decode",
    "queens_through",
    "range_sum",
    "rectangles_union_area",
    "round_robin_finish",
    "shell_pass",
    "shortest_path_length",
    "spiral_number",
    "threshold_gate_count",
    "triangle_interior_points",
    "widest_path_width",
}


@pytest.mark.parametrize("domain", DOMAINS)
def test_second_solvers_agree_at_the_edges(domain: str) -> None:
    seconds = second_solvers(domain)
    wrong: list[str] = []
    for one in Live([domain]).environments():
        base = one.base
        if base is None or one.module != domain or one.name in TRYING:
            continue
        where = instances(base, most=1)[0]
        parameters = [
            Parameter(p.name, instantiate(p.type, where)) for p in base.parameters
        ]
        for inputs in edge_inputs(parameters, EDGES):
            first = base.solve(*copy.deepcopy(list(inputs.values())))
            second = getattr(seconds, one.name)(*copy.deepcopy(list(inputs.values())))
            agreed = second == first and type(second) is type(first)
            if one.relational and not agreed:
                agreed = base.verify(second, **inputs)
            if not agreed:
                wrong.append(f"{one.name}: {inputs} -> {first!r}, second {second!r}")
                break
    assert not wrong, "\n".join(wrong)
