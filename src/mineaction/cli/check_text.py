"""How the answers of checks look on a terminal: the scorecard, pairs of records, proposed repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mineaction.cli.law_text import counted, wrapped

Answer = dict[str, Any]
_SHOWN = 10
_CODE_WIDTH = 28
_PEOPLE_AT_RISK = "found_after_closing"
_RELATIONS = {
    "released_still_suspected": "identified after the release of its ground",
    "release_order_unknown": "area or release first: not known",
    "hazards_overlap": "two hazardous areas",
    "releases_overlap": "two releases",
}
_EXPECTED = {
    "found_again": "said to be found again",
    "split_or_merge": "of splits and mergers",
    "cumulative": "drawn anew over the whole task",
    "rework": "said to be done again",
    "taken_back": "with a release that was taken back",
}


def show_quality(told: Answer) -> str:
    """What is found, how often, and where to begin."""
    stand = f"{counted(told['records'], 'record')} that {_verb(told['records'], 'stands', 'stand')} in {told['store']}"
    lines = wrapped(f"{stand}: {counted(told['finding_count'], 'finding')}.")
    for one in told["kinds"]:
        lines += wrapped(f"{one['kind']}: {counted(one['records'], 'record')}, {one['without_outline']} without an outline.", "  ")
    at_risk = [one for one in told["problems"] if one["code"] == _PEOPLE_AT_RISK]
    for problem in at_risk[:_SHOWN]:
        lines += ["", *wrapped(f"{problem['message']} {problem['remedy']} [{problem['code']}]", f"{problem['place']}: ")]
    if len(at_risk) > _SHOWN:
        lines += ["", *wrapped(f"... and {len(at_risk) - _SHOWN} more of them, in the answer with --json")]
    if told["checks"]:
        wide = max(_CODE_WIDTH, *(len(one["code"]) for one in told["checks"]))
        lines += ["", f"{'check':<{wide}} {'':<8} {'records':>8} {'share':>7}"]
        lines += [f"{one['code']:<{wide}} {one['severity']:<8} {one['records']:>8} {one['share']:>7.1%}" for one in told["checks"]]
    if told["worst"]:
        lines += ["", *wrapped("To begin with:")]
    for one in told["worst"][:_SHOWN]:
        where = "; ".join(f"batch {at['batch']}, {at['file']}, {at['place']}" for at in one["told"][:1])
        codes = ", ".join(f"{code} ({count} times)" if count > 1 else code for code, count in Counter(one["codes"]).items())
        lines += wrapped(f"{codes}; {where}", f"  {one['record']}: ")
    if told["checks"]:
        lines += ["", *wrapped("Every finding with what to do about it: --json. What each check means: docs/CHECKS.md.")]
    return "\n".join(lines)


def show_overlaps(told: Answer) -> str:
    """The pairs, the largest of each relation first."""
    pairs = f"{counted(told['count'], 'pair')} of records in {told['store']} {_verb(told['count'], 'has', 'have')}"
    lines = wrapped(f"{pairs} {told['min_m2']:g} m2 or more in common.")
    for one in told["pairs"][:_SHOWN]:
        lines += ["", *wrapped(f"{one['area_m2']:,.2f} m2, {_RELATIONS[one['relation']]} [{one['relation']}]")]
        lines += [line for name in ("first", "second") for line in _record(one[name])]
    if told["count"] > _SHOWN:
        lines += ["", *wrapped(f"... and {told['count'] - _SHOWN} more, in the answer with --json")]
    expected = ", ".join(f"{count} {_EXPECTED[name]}" for name, count in told["expected"].items() if count)
    if expected:
        lines += ["", *wrapped(f"Not listed, since they have to overlap: {expected}.")]
    if told["without_outline"]:
        count = told["without_outline"]
        lines += wrapped(f"{counted(count, 'record')} without an outline: nothing is known of {_verb(count, 'it', 'them')} here.")
    if told["broken"]:
        lines += wrapped(f"Not compared, since their outlines are broken: {', '.join(told['broken'][:_SHOWN])}.")
    return "\n".join(lines)


def _verb(count: int, of_one: str, of_several: str) -> str:
    return of_one if count == 1 else of_several


def _record(one: Answer) -> Iterator[str]:
    share = f"{one['share']:.1%} of {one['area_m2']:,.2f} m2"
    yield from wrapped(f"{one['kind']} {one['organisation']}/{one['local_id']}, {one['type']}, {one['day']}: {share}", "  ")
    for at in one["told"]:
        yield from wrapped(f"batch {at['batch']} by {at['principal']}, {at['file']}, {at['place']}", "    told in ")


def show_repair(told: Answer) -> str:
    """The proposals with their square metres; what was recorded, and how."""
    count = len(told["proposals"])
    if told["already_recorded"]:
        head = f"They were accepted before, as batch {told['batch']}; nothing was added."
    elif told["accepted"]:
        head = f"{told['facts']} recorded as batch {told['batch']} in {told['store']}." if told["batch"] else "Nothing was recorded."
    else:
        head = "Nothing was recorded. Look at them in a map program, take out those you do not want, then: --accept --as NAME --reason TEXT"
    lines = wrapped(f"{counted(count, 'proposed repair')} of {told['kind']} in {told['file']}. {head}")
    for one in told["proposals"][:_SHOWN]:
        figures = (
            f"as drawn {one['before_m2']:,.2f} m2, repaired {one['after_m2']:,.2f} m2, of it doubtful {one['doubtful_m2']:,.2f} m2; "
            f"polygons {one['polygons_before']} before, {one['polygons_after']} after; {one['vertices_left_out']} vertices left out"
        )
        lines += wrapped(figures, f"{one['organisation']}/{one['local_id']} ({one['from_place'] or one['place']}): ")
        if not told["accepted"]:
            lines += [*wrapped(one["before"], "  before: "), *wrapped(one["after"], "  after:  ")]
    if count > _SHOWN:
        lines += wrapped(f"... and {count - _SHOWN} more, in the answer with --json")
    for one in told["problems"][:_SHOWN]:
        lines += wrapped(f"{one['message']} {one['remedy']} [{one['code']}]", f"{one['place']}: ")
    return "\n".join(lines)
