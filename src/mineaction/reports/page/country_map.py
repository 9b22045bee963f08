"""How is a country with its hazardous areas drawn? One SVG in the page: provinces, what is left of each area, what was released.

No tiles, no network, no script. Each state of an area has a mark of its own beside its colour, and every area says what it is to whoever
points at it. Only for a country that is invented: where uncleared ground lies in a real one is sealed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mineaction.reports.page.markup import Markup, element

_WIDTH, _MARGIN = 1000.0, 12.0
# The outline of each mark around its middle, and what the state is called; in the order of the legend.
STATES: dict[str, tuple[str, str]] = {
    "suspected_open": ("M0-5.5 5 4-5 4Z", "suspected, open"),
    "confirmed_open": ("M-4-4H4V4H-4Z", "confirmed, open"),
    "in_progress": ("M0-5.5 5.5 0 0 5.5-5.5 0Z", "work in progress"),
    "suspended": ("M-4-4H-1V4H-4ZM1-4H4V4H1Z", "work suspended"),
    "closed": ("M-4 0A4 4 0 1 1 4 0 4 4 0 1 1-4 0Z", "closed"),
    "released": ("M-4 0A4 4 0 1 1 4 0 4 4 0 1 1-4 0ZM-1.6 0A1.6 1.6 0 1 0 1.6 0 1.6 1.6 0 1 0-1.6 0Z", "handed over"),
    "cancelled": ("M-4.5-3 -3-4.5 0-1.5 3-4.5 4.5-3 1.5 0 4.5 3 3 4.5 0 1.5-3 4.5-4.5 3-1.5 0Z", "cancelled after survey"),
    "unknown": ("M-5-1.2H5V1.2H-5Z", "not known"),
}
_SCALE_KM = 5
_KM_PER_DEGREE = 111.32
Rings = Sequence[Sequence[Sequence[float]]]


class _Sheet:
    """Where a position lies on the drawing."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.west, south, east, self.north = bounds
        self.narrow = math.cos(math.radians((south + self.north) / 2))
        self.unit = (_WIDTH - 2 * _MARGIN) / ((east - self.west) * self.narrow)
        self.height = (self.north - south) * self.unit + 2 * _MARGIN

    def at(self, position: Sequence[float]) -> tuple[float, float]:
        x = (position[0] - self.west) * self.narrow * self.unit + _MARGIN
        return round(x, 1), round((self.north - position[1]) * self.unit + _MARGIN, 1)

    def path(self, rings: Rings) -> str:
        return "".join("M" + " ".join(f"{x:g},{y:g}" for x, y in map(self.at, ring[:-1])) + "Z" for ring in rings)


def country_map(told: Mapping[str, Any], title: str) -> Markup:
    """The drawing with its legend."""
    sheet = _Sheet(told["bounds"])
    areas = sorted(told["areas"], key=lambda one: str(one["id"]))
    layers = [
        element("g", *(element("path", d=sheet.path(one["rings"])) for one in told["provinces"]), class_="map-provinces"),
        element("path", d="".join(sheet.path(rings) for rings in told["districts"]), class_="map-districts"),
        element("g", *(element("path", d=sheet.path(one["released"])) for one in areas if one["released"]), class_="map-released"),
        *(_left([one for one in areas if one["left"] and one["status"] == state], state, sheet) for state in STATES),
        element("g", *(_mark(one, sheet) for one in areas), class_="map-marks"),
        element("g", *(_label(one, sheet) for one in told["provinces"]), class_="map-names"),
        _scale(sheet),
    ]
    drawing = element(
        "svg", element("title", title, id="map-title"), *layers,
        viewBox=f"0 0 {_WIDTH:g} {sheet.height:.0f}", role="img", aria_labelledby="map-title",
    )  # fmt: skip
    return element("figure", drawing, element("figcaption", _legend(areas)), class_="map")


def _left(areas: Sequence[Mapping[str, Any]], state: str, sheet: _Sheet) -> Markup:
    return element("g", *(element("path", d=sheet.path(one["left"])) for one in areas), class_=f"map-left map-{state}")


def _mark(one: Mapping[str, Any], sheet: _Sheet) -> Markup:
    x, y = sheet.at(one["middle"])
    outline, words = STATES[one["status"]]
    says = element("title", f"{one['id']}: {words}, {one['left_m2']:,.0f} m² left")
    return element("g", element("path", says, d=outline, class_=f"map-mark map-{one['status']}"), transform=f"translate({x:g} {y:g})")


def _label(one: Mapping[str, Any], sheet: _Sheet) -> Markup:
    x, y = sheet.at(one["label"])
    return element("text", str(one["name"]), x=f"{x:g}", y=f"{y:g}")


def _scale(sheet: _Sheet) -> Markup:
    long = _SCALE_KM / _KM_PER_DEGREE * sheet.unit
    y = sheet.height - _MARGIN
    line = element("path", d=f"M{_MARGIN:g} {y - 6:.1f}v6h{long:.1f}v-6")
    return element("g", line, element("text", f"{_SCALE_KM} km", x=f"{_MARGIN + long + 8:.1f}", y=f"{y:.1f}"), class_="map-scale")


def _legend(areas: Sequence[Mapping[str, Any]]) -> Markup:
    counts = Counter(str(one["status"]) for one in areas)
    marks = [
        element(
            "li",
            element("svg", element("path", d=outline, class_=f"map-mark map-{state}"), viewBox="-6 -6 12 12", aria_hidden="true"),
            element("span", f"{words}: ", element("b", str(counts[state]))),
        )
        for state, (outline, words) in STATES.items()
        if counts[state]
    ]
    grounds = (("map-released", "released ground"), ("map-left map-confirmed_open", "ground that is left, in the colour of its area"))
    swatch = "M-5-5H5V5H-5Z"
    swatches = [
        element(
            "li", element("svg", element("path", d=swatch), viewBox="-6 -6 12 12", aria_hidden="true", class_=kind), element("span", words)
        )
        for kind, words in grounds
    ]
    return element("ul", *marks, *swatches, class_="map-legend")
