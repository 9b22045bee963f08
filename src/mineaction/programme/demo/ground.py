"""Where does the invented country lie, and on which ground do its sites stand? An island in the open sea, where nobody takes it for real.

A site is cut into cells, like a cake: sectors around a middle, each of them in rings. Hazardous areas and releases are made of whole cells,
so that what is true of a site can be said cell by cell, without any overlay of polygons. The outermost ring lies beyond the site's edge.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

COUNTRY = "Halvona (invented)"
# A code that ISO 3166 leaves to its users, and never gives to a country.
ISO3 = "XHV"
MIDDLE = (3.15, 1.10)  # Gulf of Guinea, far from land
_REACH = (0.165, 0.115)  # degrees to east and to north
_METRES_PER_DEGREE = 111_000
_DECIMALS = 6  # about ten centimetres, as lists write positions
PROVINCES = ("Northreach", "Westlode", "Southmere", "Eastholm")
DISTRICTS = (
    "Brackwater", "Cinderby", "Dunmallow", "Ellonstead", "Farrowick", "Gullhaven", "Hollinpool", "Ivermoor", "Kestrel Sound",
    "Lantern Bay", "Marrowfield", "Nettlecombe",
)  # fmt: skip
_SYLLABLES = ("bel", "dra", "fen", "gor", "hal", "kel", "lum", "mir", "nor", "pel", "quil", "ros", "sel", "tor", "vel", "wyn")
# Where each ring ends, as a share of the way from the middle to the edge.
_RINGS = (0.4, 0.72, 1.0, 1.22)
BEYOND = len(_RINGS) - 1

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AdminArea:
    """The country, a province or a district."""

    level: int
    code: str
    name: str
    parent: str
    outline: Any


@dataclass(frozen=True, slots=True)
class Site:
    """A place with cells, its name and the district of its middle."""

    number: int
    name: str
    district: AdminArea
    middle: tuple[float, float]
    corners: Any  # position of each ring and sector; ring 0 is the middle itself

    @property
    def sectors(self) -> int:
        return int(self.corners.shape[1])

    def cells(self, rings: Iterable[int] = range(BEYOND), sectors: Iterable[int] | None = None) -> frozenset[Cell]:
        """The cells of these rings and sectors; without a word those of the whole site."""
        own = range(self.sectors) if sectors is None else sectors
        return frozenset((sector % self.sectors, ring) for ring in rings for sector in own)


def shape(site: Site, cells: Iterable[Cell]) -> Any:
    """The outline of cells. Neighbours share their corners to the last digit, so that nothing is left between them."""
    joined = shapely.coverage_union_all([_cell(site, one) for one in sorted(cells)])
    return shapely.reverse(shapely.normalize(joined))


def _cell(site: Site, cell: Cell) -> Any:
    sector, ring = cell
    after = (sector + 1) % site.sectors
    inner = [site.corners[ring, sector], site.corners[ring, after]] if ring else [site.corners[0, 0]]
    return shapely.Polygon([*inner, site.corners[ring + 1, after], site.corners[ring + 1, sector]])


def admin_areas(chance: random.Random) -> list[AdminArea]:
    """The country, its provinces and their districts; each level covers the one above it."""
    angles = [2 * math.pi * at / 48 for at in range(48)]
    waves = [(number, chance.uniform(0, 6.28), chance.uniform(0.02, 0.07)) for number in (2, 3, 5, 7, 11)]
    edge = []
    for angle in angles:
        far = 1 + sum(height * math.cos(number * angle + turn) for number, turn, height in waves)
        edge.append((MIDDLE[0] + _REACH[0] * far * math.cos(angle), MIDDLE[1] + _REACH[1] * far * math.sin(angle)))
    island = shapely.Polygon(edge)
    seeds = []
    for at in range(len(DISTRICTS)):
        angle = 2 * math.pi * (at + chance.uniform(-0.25, 0.25)) / len(DISTRICTS) + math.pi / 4
        away = (0.34, 0.7, 0.55)[at % 3] + chance.uniform(-0.06, 0.06)
        seeds.append((MIDDLE[0] + _REACH[0] * away * math.cos(angle), MIDDLE[1] + _REACH[1] * away * math.sin(angle)))
    regions = list(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=island).geoms)
    found = []
    for at, seed in enumerate(seeds):
        (region,) = [one for one in regions if one.contains(shapely.Point(seed))]
        cut = shapely.transform(shapely.intersection(region, island), lambda points: np.round(points, _DECIMALS))
        province = at // 3
        name = f"{DISTRICTS[at]} (invented)"
        found.append(AdminArea(2, f"XH{province + 1:02}{at % 3 + 1:02}", name, f"XH{province + 1:02}", _tidy(cut)))
    provinces = [
        AdminArea(1, f"XH{at + 1:02}", f"{name} (invented)", "XH", _joined(found[3 * at : 3 * at + 3])) for at, name in enumerate(PROVINCES)
    ]
    return [AdminArea(0, "XH", COUNTRY, "", _joined(found)), *provinces, *found]


def sites(chance: random.Random, areas: list[AdminArea], count: int) -> Iterator[Site]:
    """Sites in clusters on the island, none of which touches another."""
    country, districts = areas[0].outline, [one for one in areas if one.level == 2]
    shapely.prepare(country)
    # Every district has some, and a few places have many.
    clusters = [*(_somewhere(chance, one.outline) for one in districts), *(_somewhere(chance, country) for _ in range(count // 40))]
    taken: list[tuple[float, float, float]] = []
    while len(taken) < count:
        radius = min(420.0, max(60.0, chance.lognormvariate(math.log(190), 0.5)))
        around = clusters[len(taken)] if len(taken) < len(districts) else chance.choice(clusters)
        away = 0.016 if chance.random() < 0.8 else 0.05
        middle = (chance.gauss(around[0], away), chance.gauss(around[1], away))
        reach = radius * 1.7 / _METRES_PER_DEGREE
        if not country.contains(shapely.Point(middle).buffer(reach)):
            continue
        if any(math.dist(middle, one[:2]) < reach + one[2] for one in taken):
            continue
        taken.append((*middle, reach))
        (district,) = [one for one in districts if one.outline.contains(shapely.Point(middle))][:1] or districts[:1]
        yield Site(len(taken), _name(chance), district, middle, _corners(chance, middle, radius))


def _corners(chance: random.Random, middle: tuple[float, float], radius: float) -> Any:
    sectors = chance.randint(7, 12)
    long, turn = chance.uniform(0.0, 0.35), chance.uniform(0, 3.14)
    corners = np.empty((len(_RINGS) + 1, sectors, 2))
    for sector in range(sectors):
        angle = 2 * math.pi * (sector + chance.uniform(-0.22, 0.22)) / sectors
        away = radius * (1 + long * math.cos(2 * (angle - turn))) * chance.uniform(0.85, 1.15) / _METRES_PER_DEGREE
        for ring, share in enumerate((0.0, *_RINGS)):
            corners[ring, sector] = (middle[0] + share * away * math.cos(angle), middle[1] + share * away * math.sin(angle))
    return np.round(corners, _DECIMALS)


def _somewhere(chance: random.Random, country: Any) -> tuple[float, float]:
    while True:
        at = (MIDDLE[0] + _REACH[0] * chance.uniform(-0.9, 0.9), MIDDLE[1] + _REACH[1] * chance.uniform(-0.9, 0.9))
        if country.contains(shapely.Point(at)):
            return at


def _name(chance: random.Random) -> str:
    return f"{''.join(chance.sample(_SYLLABLES, chance.randint(2, 3))).capitalize()} (invented)"


def _joined(areas: list[AdminArea]) -> Any:
    return _tidy(shapely.coverage_union_all([one.outline for one in areas]))


def _tidy(outline: Any) -> Any:
    return shapely.reverse(shapely.normalize(outline))
