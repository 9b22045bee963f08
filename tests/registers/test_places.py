"""Which scope a place belongs to: real towns on both sides of the border, the sea, the seams of the map, words and bad positions."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mineaction.ledger.packaged import PACKAGED_DATA, packaged_book
from mineaction.registers.boundaries import Boundaries, distances_m, load_boundaries
from mineaction.registers.places import ELSEWHERE, KOREAN_PENINSULA, SCOPES, Place, locate, read_position
from mineaction.terms.limits import BOUNDARY_ACCURACY_M, TERRITORIAL_SEA_M, UNDRAWN_ISLAND_M
from mineaction.terms.problem import ProblemError
from mineaction.terms.vocabulary import FIELDS

METRES_A_DEGREE = 111_195


@cache
def boundaries() -> Boundaries:
    return load_boundaries(packaged_book().places())


def no_boundaries() -> Boundaries:
    raise AssertionError("the map is read for a position only")


def at(longitude: float, latitude: float) -> Place:
    return locate((longitude, latitude), packaged_book().facts("country"), boundaries)


def word(text: str) -> Place:
    return locate(text, packaged_book().facts("country"), no_boundaries)


def great_circle_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    (west, south), (east, north) = ([math.radians(degrees) for degrees in pair] for pair in (one, other))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))


def test_scopes_are_the_words_of_the_vocabulary() -> None:
    assert set(FIELDS["place"].values) == set(FIELDS["from_place"].values) == set(SCOPES)


@pytest.mark.parametrize(
    ("town", "longitude", "latitude", "scope", "iso3"),
    [
        ("Seoul", 126.978, 37.566, KOREAN_PENINSULA, "KOR"),
        ("Pyongyang", 125.754, 39.030, KOREAN_PENINSULA, "PRK"),
        ("Busan", 129.075, 35.180, KOREAN_PENINSULA, "KOR"),
        ("Incheon", 126.705, 37.456, KOREAN_PENINSULA, "KOR"),
        ("Kaesong", 126.554, 37.971, KOREAN_PENINSULA, "PRK"),
        ("Rason", 130.300, 42.250, KOREAN_PENINSULA, "PRK"),
        ("Jeju", 126.530, 33.450, KOREAN_PENINSULA, "KOR"),
        ("Ulleungdo", 130.870, 37.500, KOREAN_PENINSULA, "KOR"),
        ("Yeonpyeongdo", 125.700, 37.660, KOREAN_PENINSULA, "KOR"),
        ("Hunchun", 130.366, 42.863, ELSEWHERE, "CHN"),
        ("Vladivostok", 131.885, 43.115, ELSEWHERE, "RUS"),
        ("Tokyo", 139.690, 35.690, ELSEWHERE, "JPN"),
        ("Tsushima", 129.290, 34.200, ELSEWHERE, "JPN"),
        ("Kyiv", 30.520, 50.450, ELSEWHERE, "UKR"),
        ("Odesa", 30.720, 46.480, ELSEWHERE, "UKR"),
        ("Phnom Penh", 104.917, 11.560, ELSEWHERE, "KHM"),
        ("Luanda", 13.260, -8.870, ELSEWHERE, "AGO"),
        ("inner Lesotho, an enclave", 28.250, -29.600, ELSEWHERE, "LSO"),
        ("South Africa around Lesotho", 26.230, -29.110, ELSEWHERE, "ZAF"),
        ("Pristina", 21.160, 42.660, ELSEWHERE, "XKX"),
        ("South Pole", 10.000, -90.000, ELSEWHERE, "ATA"),
        ("Chukotka beyond the antimeridian", -175.000, 66.500, ELSEWHERE, "RUS"),
        ("Chukotka on the antimeridian", 180.000, 67.500, ELSEWHERE, "RUS"),
        ("Chukotka on the antimeridian, told from the west", -180.000, 67.500, ELSEWHERE, "RUS"),
        ("Viti Levu, Fiji", 178.000, -17.800, ELSEWHERE, "FJI"),
        ("Taveuni, Fiji, on the antimeridian", 180.000, -16.800, ELSEWHERE, "FJI"),
        ("Taveuni, Fiji, beyond it", -179.900, -16.700, ELSEWHERE, "FJI"),
    ],
)
def test_a_town_has_its_scope_and_its_country(town: str, longitude: float, latitude: float, scope: str, iso3: str) -> None:
    place = at(longitude, latitude)
    assert (place.scope, place.iso3) == (scope, iso3), town
    assert place.is_certain and place.name and place.source.startswith("Natural Earth 4.1.0")
    assert not (place.candidates or place.countries or place.problems)


@pytest.mark.parametrize(
    ("town", "longitude", "latitude", "countries"),
    [
        ("Dandong", 124.383, 40.130, ("CHN", "PRK")),
        ("Sinuiju, across the Yalu", 124.400, 40.100, ("PRK", "CHN")),
        ("Khasan, by the Tumen", 130.650, 42.430, ("RUS", "PRK")),
        ("Liancourt Rocks, which Japan claims", 131.8645, 37.2425, ("KOR", "JPN")),
        ("Baengnyeongdo, off the drawn coast", 124.710, 37.950, ("KOR",)),
        ("Gyeongnyeolbi-do, which the map leaves out", 125.550, 36.617, ()),
    ],
)
def test_a_place_too_near_the_border_of_the_scope_is_unknown_and_lists_both(
    town: str, longitude: float, latitude: float, countries: tuple[str, ...]
) -> None:
    place = at(longitude, latitude)
    assert place.scope is None and not place.is_certain, town
    assert place.candidates == SCOPES
    assert (place.iso3, place.countries) == (None, countries)
    assert place.note and not place.problems


def test_the_line_between_the_koreas_is_no_border_of_the_scope() -> None:
    panmunjom = at(126.677, 37.956)
    assert panmunjom.scope == KOREAN_PENINSULA
    assert panmunjom.iso3 is None
    assert set(panmunjom.countries) == {"KOR", "PRK"}


def test_membership_goes_by_state_and_the_answer_says_so() -> None:
    for place in (at(126.53, 33.45), at(126.978, 37.566), word("KOR"), word("Democratic People's Republic of Korea")):
        assert "all their islands" in place.note


@pytest.mark.parametrize(
    ("where", "longitude", "latitude", "countries"),
    [
        ("Vatican City, which the map shrinks to a line", 12.453, 41.903, {"VAT", "ITA"}),
        ("San Marino", 12.457, 43.940, {"SMR", "ITA"}),
        ("Maseru", 27.480, -29.310, {"LSO", "ZAF"}),
        ("Crimea", 34.100, 44.950, {"UKR", "RUS"}),
        ("Laayoune", -13.200, 27.150, {"ESH", "MAR"}),
        ("the Golan Heights", 35.750, 33.000, {"SYR", "ISR"}),
        ("Kunashir", 145.900, 44.100, {"RUS", "JPN"}),
        ("Hargeisa, an area without a code", 44.060, 9.560, {"Somaliland"}),
        ("Northern Cyprus", 33.320, 35.330, {"N. Cyprus"}),
        ("Kherson, on the river as drawn", 32.620, 46.640, {"UKR"}),
    ],
)
def test_a_country_that_is_not_certain_is_unknown_while_the_scope_stays(
    where: str, longitude: float, latitude: float, countries: set[str]
) -> None:
    place = at(longitude, latitude)
    assert (place.scope, place.iso3) == (ELSEWHERE, None), where
    assert set(place.countries) == countries


@pytest.mark.parametrize(("where", "longitude", "latitude"), [("null island", 0, 0), ("North Pole", 0, 90), ("Pacific", -180, 5)])
def test_open_sea_is_elsewhere_and_in_no_country(where: str, longitude: float, latitude: float) -> None:
    place = at(longitude, latitude)
    assert (place.scope, place.iso3, place.name, place.countries) == (ELSEWHERE, None, "", ()), where
    assert "draws no land" in place.note


def test_the_sea_off_korea_is_unknown_as_far_as_an_undrawn_island_and_its_waters_may_reach() -> None:
    reach_m = BOUNDARY_ACCURACY_M + UNDRAWN_ISLAND_M + TERRITORIAL_SEA_M
    koreas = [area for area in boundaries().areas if area.iso_numeric in ("408", "410")]
    answers = []
    # Eastward from Gangneung, where nothing is drawn before Japan.
    for tenth in range(1_284, 1_345):
        position = (tenth / 10, 38.6)
        ((_, distance), *_) = distances_m(boundaries(), koreas, position, 1_000_000)
        expected = None if 0 < distance <= reach_m else ELSEWHERE
        assert at(*position).scope == expected, position
        answers.append(expected)
    assert None in answers and ELSEWHERE in answers


def test_both_sides_of_a_border_of_the_scope_are_unknown_up_to_the_accuracy_and_certain_beyond() -> None:
    china = [area for area in boundaries().areas if area.iso_numeric == "156"]
    north_korea = [area for area in boundaries().areas if area.iso_numeric == "408"]
    seen = set()
    # Southward across the Yalu from Manchuria to Kanggye, 1.1 km a step.
    for step in range(80):
        position = (126.6, 41.4 + step / 100)
        ((_, to_china),) = distances_m(boundaries(), china, position, 200_000)
        ((_, to_korea),) = distances_m(boundaries(), north_korea, position, 200_000)
        nearer = ELSEWHERE if to_china < to_korea else KOREAN_PENINSULA
        expected = nearer if max(to_china, to_korea) > BOUNDARY_ACCURACY_M else None
        assert at(*position).scope == expected, position
        seen.add((expected, to_china < to_korea))
    assert seen == {(None, True), (None, False), (ELSEWHERE, True), (KOREAN_PENINSULA, False)}


@pytest.mark.parametrize(
    ("text", "scope", "iso3", "countries"),
    [
        ("KOR", KOREAN_PENINSULA, "KOR", ()),
        ("kp", KOREAN_PENINSULA, "PRK", ()),
        ("North Korea", KOREAN_PENINSULA, "PRK", ()),
        ("Republic of Korea", KOREAN_PENINSULA, "KOR", ()),
        ("korean_peninsula", KOREAN_PENINSULA, None, ("KOR", "PRK")),
        ("the Korean Peninsula", KOREAN_PENINSULA, None, ("KOR", "PRK")),
        ("Korea", KOREAN_PENINSULA, None, ("KOR", "PRK")),
        ("UKR", ELSEWHERE, "UKR", ()),
        ("Côte d'Ivoire", ELSEWHERE, "CIV", ()),
        ("Kosovo", ELSEWHERE, "XKX", ()),
        ("elsewhere", ELSEWHERE, None, ()),
        ("outside_korean_peninsula", ELSEWHERE, None, ()),
        ("Outside of the Korean Peninsula", ELSEWHERE, None, ()),
    ],
)
def test_a_code_a_name_or_the_scope_itself_is_a_place_without_the_map(
    text: str, scope: str, iso3: str | None, countries: tuple[str, ...]
) -> None:
    place = word(text)
    assert (place.given, place.scope, place.iso3, place.countries, place.problems) == (text, scope, iso3, countries, ())


@pytest.mark.parametrize("text", ["Seoul", "XYZ", "Congo", "", "Atlantis", "Korea, Upper"])
def test_a_word_that_is_no_state_is_unknown_with_a_problem_and_never_elsewhere(text: str) -> None:
    place = word(text)
    assert (place.scope, place.iso3, place.candidates) == (None, None, SCOPES)
    (wrong,) = place.problems
    assert (wrong.code, wrong.place, wrong.value) == ("unknown_state", "place", text)


def test_a_state_of_which_membership_is_not_said_is_unknown() -> None:
    countries = tuple(
        replace(row, fact=replace(row.fact, payload={**row.fact.payload, "on_korean_peninsula": ""})) if row["iso3"] == "KOR" else row
        for row in packaged_book().facts("country")
    )
    for told in ("KOR", (127.5, 36.5)):
        place = locate(told, countries, boundaries)
        assert (place.scope, place.iso3, place.candidates) == (None, "KOR", SCOPES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("200,100", "impossible_position"),
        ("181,0", "impossible_position"),
        ("0,-90.5", "position_swapped"),
        ("37.5,127.0", "position_swapped"),
        ("nan,37.5", "impossible_position"),
        ("127,inf", "impossible_position"),
        ("-inf,nan", "impossible_position"),
    ],
)
def test_numbers_that_are_no_position_are_unknown_with_a_problem(text: str, code: str) -> None:
    place = word(text)
    assert (place.given, place.scope, place.candidates) == (text, None, SCOPES)
    (wrong,) = place.problems
    assert (wrong.code, wrong.value) == (code, text)


@pytest.mark.parametrize("text", ["", "127", "127,37,5", "127;37.5", "east,north", "1_27,37.5"])
def test_text_that_is_not_two_numbers_is_no_position(text: str) -> None:
    position, (wrong,) = read_position(text)
    assert position is None
    assert (wrong.code, wrong.place) == ("impossible_position", "at")


def test_a_latitude_given_first_is_offered_the_other_way_round() -> None:
    (wrong,) = word("37.5665,126.978").problems
    assert "126.978,37.5665" in wrong.remedy


def test_a_position_as_text_and_as_numbers_is_the_same_place() -> None:
    text = "126.978, 37.566"
    assert locate(text, packaged_book().facts("country"), boundaries) == replace(at(126.978, 37.566), given=text)


@given(st.sampled_from([(126.978, 37.566), (126.55, 33.4), (127.2, 40.9), (130.1, 42.4)]), st.floats(0, 2 * math.pi))
def test_on_the_way_out_of_the_scope_lies_an_unknown_stretch_and_never_a_flip_within_a_metre(
    inside: tuple[float, float], bearing: float
) -> None:
    # 15 degrees of latitude are more than the peninsula is long.
    outside = (inside[0] + 15 * math.sin(bearing) / math.cos(math.radians(inside[1])), inside[1] + 15 * math.cos(bearing))
    assert (at(*inside).scope, at(*outside).scope) == (KOREAN_PENINSULA, ELSEWHERE)
    while great_circle_m(inside, outside) >= 1:
        middle = ((inside[0] + outside[0]) / 2, (inside[1] + outside[1]) / 2)
        scope = at(*middle).scope
        if scope is None:
            return
        inside, outside = (middle, outside) if scope == KOREAN_PENINSULA else (inside, middle)
    pytest.fail(f"the scope flips between {inside} and {outside}")


@given(st.floats(123, 132), st.floats(32, 44), st.floats(0, 2 * math.pi), st.floats(0, 1))
def test_two_places_less_than_a_metre_apart_are_never_certain_of_different_scopes(
    longitude: float, latitude: float, bearing: float, metres: float
) -> None:
    north = latitude + metres * math.cos(bearing) / METRES_A_DEGREE
    east = longitude + metres * math.sin(bearing) / (METRES_A_DEGREE * math.cos(math.radians(latitude)))
    assert len({at(longitude, latitude).scope, at(east, north).scope} - {None}) < 2


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_position_on_earth_is_never_a_problem_and_an_unknown_scope_always_lists_candidates(longitude: float, latitude: float) -> None:
    place = at(longitude, latitude)
    assert not place.problems
    assert place.is_certain == (place.candidates == ())
    assert place.iso3 is None or not place.countries


@given(st.floats(-180, 180), st.floats(-66, 66), st.floats(0, 2 * math.pi), st.floats(100, 100_000))
def test_distances_agree_with_great_circles_within_one_per_cent(longitude: float, latitude: float, bearing: float, metres: float) -> None:
    east = longitude + metres * math.sin(bearing) / (METRES_A_DEGREE * math.cos(math.radians(latitude)))
    north = latitude + metres * math.cos(bearing) / METRES_A_DEGREE
    assume(abs(north) <= 66)
    point = one_point_map(east, north)
    ((_, distance),) = distances_m(point, point.areas, (longitude, latitude), 200_000)
    # The grid of the drawn point is a millionth of a degree, a tenth of a metre.
    assert distance == pytest.approx(great_circle_m((longitude, latitude), (east, north)), rel=0.01, abs=0.2)


def one_point_map(longitude: float, latitude: float) -> Boundaries:
    x, y = round(longitude * 1_000_000), round(latitude * 1_000_000)
    area = {"name": "point", "polygons": [{"box": [x, y, x, y], "rings": [f"{x} {y}"]}]}
    drawn = {"origin": [0, 0], "step": [1e-6, 1e-6], "turn": 360_000_000, "simplified_m": 0, "areas": [area], "disputed": []}
    return load_boundaries(gzip.compress(json.dumps(drawn).encode()))


@pytest.mark.parametrize("raw", [b"", b"{}", gzip.compress(b"{}"), gzip.compress(b"[1"), gzip.compress(b'{"areas":[{"name":"x"}]}')])
def test_a_damaged_map_is_a_problem_with_a_remedy(raw: bytes) -> None:
    with pytest.raises(ProblemError) as raised:
        load_boundaries(raw)
    assert raised.value.problems[0].code == "packaged_data_broken"


def test_one_changed_byte_of_the_map_is_noticed() -> None:
    raw = bytearray(packaged_book().places())
    raw[len(raw) // 2] ^= 1
    with pytest.raises(ProblemError):
        load_boundaries(bytes(raw))


def test_the_page_beside_the_map_names_its_digest_and_every_disputed_area_has_known_states() -> None:
    raw = packaged_book().places()
    with open(os.path.join(PACKAGED_DATA, "places", "README.md"), encoding="utf-8") as page:
        assert hashlib.sha256(raw).hexdigest() in re.findall(r"[0-9a-f]{64}", page.read())
    codes = {row["iso3"] for row in packaged_book().facts("country")}
    assert boundaries().disputed
    for area in boundaries().disputed:
        assert len(area.states) > 1 and set(area.states) <= codes, area.name


def test_every_numbered_area_of_the_map_is_in_the_list_of_countries() -> None:
    numbers: set[str] = {row["iso_numeric"] for row in packaged_book().facts("country")}
    assert {area.iso_numeric for area in boundaries().areas if area.iso_numeric} <= numbers
