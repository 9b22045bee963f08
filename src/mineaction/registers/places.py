"""Which scope does a place belong to, the Korean Peninsula or elsewhere? ("outside of the Korean Peninsula", statements of 2022-06-21.)

A scope is a citable group of states, the same on every day (`country` facts). A place is given as the scope itself, a code, a name, or a
position (longitude, latitude). Readings kept here and nowhere else:

- The statements do not draw the peninsula, so membership goes by state: both Koreas with all their islands. The line between the two is
  inside the scope: near it the country is unknown, the scope is not.
- Within BOUNDARY_ACCURACY_M of land on the other side of a scope's border the scope is unknown; both candidates are listed.
- Where the map draws no land, the scope is unknown as far as an island too small for the map and its territorial sea may reach
  (UNCLOS Articles 3 and 121), and `elsewhere` beyond. Wider claims to closed or economic waters are not assessed.
- Land that two states claim is given to neither; if they are of different scopes the scope is unknown.

Refuses to default: what is not certain is None, with `candidates`, or with `problems` when the words themselves mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mineaction.registers.boundaries import Area, Boundaries, distances_m
from mineaction.registers.countries import folded_name, resolve_state
from mineaction.terms.fact import RecordedFact
from mineaction.terms.limits import BOUNDARY_ACCURACY_M, TERRITORIAL_SEA_M, UNDRAWN_ISLAND_M
from mineaction.terms.problem import Problem, problem

KOREAN_PENINSULA, ELSEWHERE = "korean_peninsula", "elsewhere"
SCOPES = (KOREAN_PENINSULA, ELSEWHERE)
MAP_SOURCE = "Natural Earth 4.1.0, 1:10m admin-0 countries (public domain), reduced as data/places/README.md says"

# The column of `country` that says whether a state belongs to the scope.
_MEMBERSHIP = "on_korean_peninsula"
_SCOPE_WORDS = {
    KOREAN_PENINSULA: ("korean peninsula", "on the korean peninsula", "korea"),
    ELSEWHERE: ("elsewhere", "outside korean peninsula", "outside the korean peninsula", "outside of the korean peninsula"),
}
# How far from the drawn land of a member the sea may hold land or waters of its own.
_WATERS_M = BOUNDARY_ACCURACY_M + UNDRAWN_ISLAND_M + TERRITORIAL_SEA_M


@dataclass(frozen=True, slots=True)
class Place:
    """What is certain about a place, and what it may be where it is not.

    `scope` None: the place may be in any of the scopes in `candidates`. `iso3` None: in any of `countries` (codes, or names of areas
    without one), or in no country. `problems` are given only when the words or numbers are not a place at all.
    """

    given: str
    scope: str | None
    iso3: str | None
    name: str
    candidates: tuple[str, ...]
    countries: tuple[str, ...]
    note: str
    source: str
    problems: tuple[Problem, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.scope is not None


@dataclass(frozen=True, slots=True)
class _Land:
    """Land near a position: what is drawn, its row in the list of countries if it has one, and how far it is (0: around the position)."""

    area: Area
    row: RecordedFact | None
    distance_m: float

    @property
    def called(self) -> str:
        return self.row["iso3"] if self.row else self.area.name


def locate(
    given: str | tuple[float, float], countries: Sequence[RecordedFact], boundaries: Callable[[], Boundaries], option: str = "place"
) -> Place:
    """The place meant by a word or a position; `boundaries` is called only for a position, `option` is where problems say they are."""
    if isinstance(given, str) and not _looks_like_position(given):
        return locate_name(given, countries, option)
    position, problems = read_position(given, option) if isinstance(given, str) else checked_position(*given, option=option)
    written = given if isinstance(given, str) else _written(given)
    if position is None:
        return _nowhere(written, problems)
    return replace(locate_position(position, countries, boundaries()), given=written)


def locate_name(text: str, countries: Sequence[RecordedFact], option: str = "place") -> Place:
    """The place of a scope name, an ISO code or the name of a state; a town is not in the list."""
    word = folded_name(text.replace("_", " "))
    for scope, words in _SCOPE_WORDS.items():
        if word in words:
            return _scope_itself(text, scope, countries)
    state = resolve_state(text, countries, option)
    if isinstance(state, Problem):
        return _nowhere(text, [state])
    row = next(row for row in countries if row["iso3"] == state)
    member_of = _scopes(row)
    certain = member_of[0] if len(member_of) == 1 else None
    return Place(text, certain, state, row["name"], () if certain else member_of, (), _note_of_members(certain), row.fact.source)


def locate_position(position: tuple[float, float], countries: Sequence[RecordedFact], boundaries: Boundaries) -> Place:
    """The place of a valid (longitude, latitude)."""
    # A line of the reduced map may stand further off than Natural Earth's own, except near the two Koreas.
    near_m = BOUNDARY_ACCURACY_M + boundaries.simplified_m
    lands = _lands(position, countries, boundaries, near_m)
    disputed = distances_m(boundaries, boundaries.disputed, position, near_m)
    is_at_sea = not any(land.distance_m == 0 for land in lands)
    scopes = {ELSEWHERE} if is_at_sea else set()
    for land in lands:
        # At sea every land found counts: members within reach of their waters, others add nothing new.
        if is_at_sea or land.distance_m <= BOUNDARY_ACCURACY_M:
            scopes.update(_scopes(land.row))
    by_code = {row["iso3"]: row for row in countries}
    claimants = [state for area, _ in disputed for state in area.states]
    scopes.update(one for state in claimants for one in _scopes(by_code.get(state)))
    scope = scopes.pop() if len(scopes) == 1 else None
    close = [land for land in lands if land.distance_m <= near_m]
    row = close[0].row if len(close) == 1 and not is_at_sea and not disputed else None
    return Place(
        given=_written(position),
        scope=scope,
        iso3=row["iso3"] if row else None,
        name=row["name"] if row else _name_on_map(close, disputed, is_at_sea),
        candidates=() if scope else SCOPES,
        countries=() if row else tuple(dict.fromkeys([*claimants, *(land.called for land in close)])),
        note=" ".join(_notes(scope, is_at_sea, lands, near_m, disputed)),
        source="; ".join((MAP_SOURCE, *_sources(land.row for land in lands))),
    )


def read_position(text: str, option: str = "at") -> tuple[tuple[float, float] | None, list[Problem]]:
    """Longitude and latitude of `127.0,37.5`; anything else is a problem at `option`."""
    try:
        longitude, latitude = (float(part) for part in text.split(",") if "_" not in part)
    except ValueError:
        return None, [problem("impossible_position", option, text)]
    return checked_position(longitude, latitude, option, text)


def checked_position(
    longitude: float, latitude: float, option: str = "at", given: str = ""
) -> tuple[tuple[float, float] | None, list[Problem]]:
    """The pair itself when it is on Earth. A latitude beyond 90 degrees that would do as a longitude was probably given first."""
    text = given or _written((longitude, latitude))
    if abs(longitude) <= 180 and abs(latitude) <= 90:
        return (longitude, latitude), []
    if abs(longitude) <= 90 and abs(latitude) <= 180:
        return None, [problem("position_swapped", option, text, swapped=_written((latitude, longitude)))]
    return None, [problem("impossible_position", option, text)]


def _lands(position: tuple[float, float], countries: Sequence[RecordedFact], boundaries: Boundaries, near_m: float) -> list[_Land]:
    """Members of the scope as far as their waters may reach, every other country within `near_m`; nearest first."""
    rows = {folded_name(row["name"]): row for row in countries} | {row["iso_numeric"]: row for row in countries}
    row_of = {id(area): rows.get(area.iso_numeric or folded_name(area.name)) for area in boundaries.areas}
    members = [area for area in boundaries.areas if _scopes(row_of[id(area)]) != (ELSEWHERE,)]
    others = [area for area in boundaries.areas if _scopes(row_of[id(area)]) == (ELSEWHERE,)]
    found = distances_m(boundaries, members, position, _WATERS_M) + distances_m(boundaries, others, position, near_m)
    return sorted((_Land(area, row_of[id(area)], distance) for area, distance in found), key=lambda land: land.distance_m)


def _scopes(row: RecordedFact | None) -> tuple[str, ...]:
    """The scopes a state may belong to; land drawn under a name without a code is no member of any."""
    if row is None or row[_MEMBERSHIP] == "0":
        return (ELSEWHERE,)
    return (KOREAN_PENINSULA,) if row[_MEMBERSHIP] == "1" else SCOPES


def _scope_itself(text: str, scope: str, countries: Sequence[RecordedFact]) -> Place:
    members = [row for row in countries if _scopes(row) == (KOREAN_PENINSULA,)] if scope == KOREAN_PENINSULA else []
    name = scope.replace("_", " ").title()
    return Place(text, scope, None, name, (), tuple(row["iso3"] for row in members), "Given as a scope.", "; ".join(_sources(members)))


def _nowhere(given: str, problems: Iterable[Problem]) -> Place:
    return Place(given, None, None, "", SCOPES, (), "", "", tuple(problems))


def _name_on_map(close: Sequence[_Land], disputed: Sequence[tuple[Area, float]], is_at_sea: bool) -> str:
    """The disputed area the position lies in, or the one country near it; no name otherwise."""
    inside = [area.name for area, distance in disputed if distance == 0]
    alone = [land.area.name for land in close] if len(close) == 1 and not is_at_sea and not disputed else []
    return next(iter([*inside, *alone]), "")


def _note_of_members(scope: str | None) -> str:
    if scope == KOREAN_PENINSULA:
        return "By state: both Koreas with all their islands; the statements do not draw the peninsula."
    return "" if scope else "The data do not say whether this state is on the Korean Peninsula."


def _notes(
    scope: str | None, is_at_sea: bool, lands: Sequence[_Land], near_m: float, disputed: Sequence[tuple[Area, float]]
) -> Iterable[str]:
    """One sentence for each thing that is uncertain, and for the reading by state."""
    if is_at_sea:
        yield "The map draws no land here."
    if is_at_sea and scope is None:
        yield f"Islands too small for it, and territorial sea, may lie within {_WATERS_M / 1000:.0f} km of the Koreas' drawn land."
    elif scope is None and not disputed:
        yield f"Within {BOUNDARY_ACCURACY_M / 1000:.0f} km of a border of the scope: the map is not exact enough to tell the side."
    elif scope == KOREAN_PENINSULA:
        yield _note_of_members(scope)
    for area, _ in disputed:
        yield f"{area.name}: claimed by {' and '.join(area.states)}; given to neither."
    close = [land.called for land in lands if land.distance_m <= near_m]
    if is_at_sea or len(close) > 1:
        yield f"Land drawn within {near_m / 1000:.0f} km: {', '.join(close) or 'none'}."


def _sources(rows: Iterable[RecordedFact | None]) -> list[str]:
    return list(dict.fromkeys(row.fact.source for row in rows if row))


def _looks_like_position(text: str) -> bool:
    """Two numbers with a comma between, `nan` and `inf` among them: no name of a state reads so."""
    try:
        return len([float(part) for part in text.split(",")]) == 2
    except ValueError:
        return False


def _written(position: tuple[float, float]) -> str:
    # Ten digits tell apart positions a millimetre from each other.
    return ",".join(f"{degrees:.10g}" for degrees in position)
