"""Exhaustion runs every chain: as many as the space counts, alike ones together."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_shrinking import library

from bench import exhaustion
from bench.exhaustion import LEVELS, Count, Exhaustion
from bench.live import Live
from racesc.space.selection import Selection
from racesc.space.space import Space


def counted(live: Live, size: int) -> Count:
    """All chains up to a size, in this process."""
    trees = Exhaustion(live, size)
    whole = Count()
    for head in range(len(trees.sources)):
        whole.add(trees.tree(head))
    whole.add(trees.last(list(whole.ends.items())))
    return whole


@pytest.mark.parametrize("size", [2, 3, 4])
def test_every_chain_of_the_space_is_run(tmp_path: Path, size: int) -> None:
    live, _ = library(tmp_path, "n - by..n - by")
    found = counted(live, size)
    assert not found.failures
    space = Space(
        live.environments(), Selection(operators=("SEQUENTIAL",), sizes=(2, size))
    )
    wanted = {place: 0 for place in range(2, size + 1)}
    for (place, _), count in space.counts().items():
        wanted[place] += count
    assert found.composites == wanted
    assert found.runs < found.stood or size == 2
    heads = len(Exhaustion(live, size).sources)
    assert found.stood == (heads + sum(wanted.values())) * len(LEVELS)


def test_a_promise_that_only_chains_of_three_break(tmp_path: Path) -> None:
    live, _ = library(tmp_path, "0 - 5..30")
    assert not counted(live, 2).failures
    failures = counted(live, 3).failures
    assert failures
    assert {text.split("\n")[0] for text in failures} == {"pick >> double >> lower"}


def test_shards_cover_every_last_step_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exhaustion, "PART", 1)
    live, _ = library(tmp_path, "n - by..n - by")
    chains = []
    for shard in ((1, 1), (1, 2), (2, 2)):
        assert exhaustion.exhausted(Exhaustion(live, 3), shard, 1) == 0
        printed = capsys.readouterr().out
        line = next(x for x in printed.split("\n") if "chains of 3" in x)
        chains.append(int(line.rpartition(" ")[2].replace(",", "")))
    assert chains[0] == chains[1] + chains[2]
