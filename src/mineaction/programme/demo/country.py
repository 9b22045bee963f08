"""The whole invented country from one seed: its administrative areas, its institutions, its story, its mistakes, and what is true of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from mineaction.programme.demo.ground import COUNTRY, ISO3, AdminArea, Site, admin_areas, shape, sites
from mineaction.programme.demo.mistakes import mistakes
from mineaction.programme.demo.records import AUTHORITY, DONOR, FIRST_YEAR, LAST_YEAR, OPERATORS, Record, written
from mineaction.programme.demo.special import special_cases
from mineaction.programme.demo.story import ACCREDITED_TO, Story, ordinary_site
from mineaction.programme.demo.truth import Truth, cell_measure, truth
from mineaction.registers.geodesic_area import areas_m2

_BEGIN = dt.date(FIRST_YEAR, 1, 1)
# Every special case and every mistake once for so many sites.
_SITES_PER_ROUND = 150
_ACCREDITATION_ENDS = dt.date(2035, 12, 31)


@dataclass(frozen=True, slots=True)
class Country:
    """Everything told of it, and the truth."""

    areas: list[AdminArea]
    records: list[Record]
    truth: Truth


def country(seed: int, site_count: int) -> Country:
    """The country of this seed."""
    chance = random.Random(f"{COUNTRY} {seed}")
    areas = admin_areas(chance)
    all_sites = list(sites(chance, areas, site_count))
    story = Story(chance, f"Invented: mineaction demo, seed {seed}")
    _institutions(story, areas)
    left: Iterator[Site] = iter(all_sites)
    rounds = max(1, site_count // _SITES_PER_ROUND)
    special_cases(story, left, rounds)
    mistakes(story, left, rounds)
    for site in left:
        ordinary_site(story, site)
    _accidents(story, all_sites)
    _in_other_columns(story)
    by_number = {one.number: one for one in all_sites}
    measure = cell_measure(areas_m2, lambda number, cell: shape(by_number[number], [cell]))
    return Country(areas, story.records, truth(story.events, measure))


def _institutions(story: Story, areas: list[AdminArea]) -> None:
    for area in areas:
        fields = {"level": str(area.level), "code": area.code, "name": area.name, "iso3": ISO3, "parent_code": area.parent}
        story.tell("admin_area", _BEGIN, fields, outline=area.outline)
    for name, what in ((AUTHORITY, "authority"), (DONOR, "donor"), *((one, "operator") for one in OPERATORS)):
        story.tell("organisation", _BEGIN, {"organisation": name, "official_name": name, "type": what})
    rule = {"rule": "authority", "value": AUTHORITY, "from": written(_BEGIN), "reference": "invented national standard 1"}
    story.tell("country_rule", _BEGIN, rule)
    for name in OPERATORS:
        until = ACCREDITED_TO.get(name, _ACCREDITATION_ENDS)
        fields = {"local_id": story.new_id("CE"), "organisation": name, "type": "operational", "scope": "NTS;TS;CLEARANCE;BAC;EOD"}
        days = {"state": "granted", "issued_on": written(_BEGIN), "expires_on": written(until), "issued_by": AUTHORITY}
        story.tell("accreditation", _BEGIN, fields | days)


def _accidents(story: Story, all_sites: list[Site]) -> None:
    """Place, day and counts; fewer every year."""
    chance = story.chance
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for _ in range(round(len(all_sites) / 40 * max(0.1, 1 - (year - FIRST_YEAR) / 20) * chance.uniform(0.6, 1.4))):
            site, day = chance.choice(all_sites), story.day_of(year, year)
            is_demining = chance.random() < 0.1
            fields = {
                "local_id": story.new_id("AC-A"),
                "organisation": AUTHORITY,
                "happened_on": written(day),
                "day_accuracy": chance.choice(("exact", "exact", "approximate")),
                "longitude": f"{site.middle[0]:.4f}",
                "latitude": f"{site.middle[1]:.4f}",
                "place_name": site.district.name,
                "place_code": site.district.code,
                "accident_type": "demining" if is_demining else chance.choice(("mine", "mine", "uxo_axo", "unknown")),
                "is_demining": "yes" if is_demining else "no",
                "killed_count": str(int(chance.random() < 0.3)),
                "injured_count": str(chance.randint(0, 2)),
            }
            story.tell("accident", day, fields)


# Areas of these years come out of a database with columns of its own.
_YEARS_OF_NG = (2009, 2012)


def _in_other_columns(story: Story) -> None:
    """Some confirmed areas arrive in the columns of an IMSMA NG database (docs/MAPPINGS.md)."""
    corrected = {id(one.corrects) for one in story.records if one.corrects}
    for one in story.records:
        is_plain = one.kind == "hazardous_area" and one.fields["type"] == "CHA" and not (one.codes or one.told_later or one.form)
        is_kept = set(one.fields) & {"rediscovered_from", "longitude", "status", "note"} or one.outline is None or id(one) in corrected
        if is_plain and not is_kept and _YEARS_OF_NG[0] <= one.arrives.year <= _YEARS_OF_NG[1]:
            told = one.fields
            one.form = "ng_columns"
            one.fields = {
                "cha_id": told["local_id"],
                "org_internal_id": f"x-{told['local_id'][-4:]}",
                "cha_identification_date": told["identified_on"],
                "reporting_org_name": told["organisation"],
                "survey_method": "Technical Survey",
                "areasize": told["reported_area_m2"],
                "village_name": told["name"],
                "district_name": told["place_name"],
                "additional_information": story.source,
                "status": "Ongoing",
                "startdate": told["identified_on"],
            }
