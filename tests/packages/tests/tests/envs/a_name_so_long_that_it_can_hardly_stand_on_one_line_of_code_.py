"""The environment `a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all`.

    awkward.a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all

awkward.a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all
        -> Int in 0..9
    Write
    {a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.A_NAME_SO_LONG_THAT_IT_CAN_HARDLY_STAND_ON_ONE_L)

ENVIRONMENT = Environment(
    name="a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all",
    node=NODE,
    signature=(
        "(a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else: "
        "Int in 0..9) -> Int in "
        "0..a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else"
    ),
    expression="a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all",
    id="4f8968cb7ad3ef35",
)
