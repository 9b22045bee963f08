"""How many events that nobody told us of would turn an answer? One acceding or leaving state is one event.

Computed from the margin alone; whether such events are likely is not said. `about` and `almost` have no exact margin and are refused.
"""

from __future__ import annotations

from typing import Literal

Comparison = Literal["more_than", "at_least", "fewer_than", "at_most", "exact"]


def compares(count: int, comparison: Comparison, limit: int) -> bool:
    """Whether the count stands in that relation to the limit."""
    return {
        "more_than": count > limit,
        "at_least": count >= limit,
        "fewer_than": count < limit,
        "at_most": count <= limit,
        "exact": count == limit,
    }[comparison]


def events_to_flip_count(count: int, comparison: Comparison, limit: int) -> int:
    """The smallest number of unknown events that turns `count comparison limit`, true or false, into its opposite."""
    if comparison == "exact":
        return 1 if count == limit else abs(count - limit)
    # The last count on the upper side of the limit, and the first on the lower side.
    lowest_above = limit + 1 if comparison in ("more_than", "at_most") else limit
    return count - lowest_above + 1 if count >= lowest_above else lowest_above - count


def events_to_flip_all(outside: int) -> int:
    """The smallest number of unknown events that turns "all of the group are parties" into its opposite; `outside` are known not to be."""
    return outside or 1
