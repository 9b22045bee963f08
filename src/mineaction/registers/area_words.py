"""What is told of each hazardous area by which figures are added up: its contamination, the kind of ground, is it under control?

Words are as told; `not_told` is one of them and stands for none of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mineaction.registers.hazard_records import several
from mineaction.registers.land_rows import Hazard
from mineaction.terms.fact import Fact
from mineaction.terms.kinds.land import DEVICE_CATEGORIES

NOT_TOLD = "not_told"
# Kinds of ground of which it is told that there are no mines.
WITHOUT_MINES = ("cluster_munition_area", "battle_area", "eod_spot")
# What a search of a battle area looks for; every other category may be a mine, or works like one.
_NO_MINES = frozenset({"cluster_munition", "uxo", "axo"})


def contamination_of(told: Mapping[str, str]) -> str:
    """The categories told of an area, each once, in the order of their list: `ap_mine;uxo`."""
    given = several(told.get("contamination", ""))
    return ";".join(one for one in DEVICE_CATEGORIES if one in given) or NOT_TOLD


def ground_of(told: Mapping[str, str]) -> str:
    """Mined area, cluster munition area or battle area; where nothing is told of its contamination, nothing is said of its kind."""
    given = set(contamination_of(told).split(";"))
    if given == {NOT_TOLD}:
        return NOT_TOLD
    if given - _NO_MINES:
        return "mined_area"
    return "cluster_munition_area" if "cluster_munition" in given else "battle_area"


def control_of(told: Mapping[str, str]) -> str:
    """`no` where it is told that the state has jurisdiction over the ground and no control of it."""
    return told.get("control", NOT_TOLD)


def words_of_areas(rows: Sequence[Hazard], facts: Mapping[str, Fact], by: str) -> tuple[list[str], Any]:
    """The words there are, in order, and for each area the position of its own."""
    word_of = {"contamination": contamination_of, "ground": ground_of, "control": control_of}[by]
    own = [word_of(facts[row.digest].payload) for row in rows]
    return coded(own)


def coded(own: Sequence[str]) -> tuple[list[str], Any]:
    """The words there are, in order and what is not told last, and the position of each one's own."""
    words = sorted(set(own), key=lambda word: (word == NOT_TOLD, word))
    code = {word: number for number, word in enumerate(words)}
    return words, np.fromiter((code[one] for one in own), dtype=np.int64, count=len(own))
