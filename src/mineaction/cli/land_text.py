"""How answers about land look on a terminal: the table, the balance below it, then what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mineaction.cli.area_status_text import status_told, steps_told
from mineaction.cli.law_text import counted, wrapped
from mineaction.cli.terminal_cells import harmless, shown_width

Answer = dict[str, Any]
_PROBLEMS_SHOWN = 5
_PARTS_SHOWN = 10
_TERMS = ("opening", "identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")
# Words of which only what was released has one: ground that was identified is in the balance, and in no row.
_OF_RELEASES = ("class", "method", "operator")
_NO_ROWS = {True: "No rows: no release was told of this period.", False: "No rows: nothing was told of this period."}
# What stands beside the balance, in words; shown where it is not nothing.
_BESIDE = {
    "reported_m2": "as the releases reported it",
    "double_counted_m2": "in the accounts of two areas, counted once here",
    "rework_m2": "released before (rework)",
    "told_again_m2": "told again by cumulative reports",
    "outside_hazard_m2": "outside any hazardous area",
    "not_geo_m2": "reported without outline",
    "reclassified_m2": "from suspected to confirmed",
    "undecided_m2": "undecided: the days do not say which came first",
    "not_for_mines_m2": "on areas that may hold mines, for which the release did not search",
    "unapproved_m2": "of what was released, without approval",
    "undated_m2": "released, on a day not known to lie in the period",
    "not_under_control_m2": "of what remains, not under control",
}


def show_area(told: Answer) -> str:
    """The rows, the balance, and what stands beside it."""
    until = f"to {told['to']}" + (f", as known on {told['known_at']}" if told["known_at"] else "")
    basis = "computed from outlines" if told["basis"] == "computed" else "as reported"
    lines = wrapped(f"Land in {told['store']}, {'from ' + told['from'] if told['from'] else 'from the beginning'} {until}; {basis}, m2")
    lines += ["", *(_area_table(told) if told["rows"] else [_NO_ROWS[told["by"] in _OF_RELEASES]]), ""]
    lines += wrapped(", ".join(f"{name} {_m2(told['totals'][f'{name}_m2'])}" for name in _TERMS), "balance: ")
    lines += [
        line
        for name, words in _BESIDE.items()
        if told["beside"][name]
        for line in wrapped(f"{_m2(told['beside'][name])} {words}", "beside it: ")
    ]
    for one in told["set_aside"]:
        reason = one["reason"].removeprefix("release_").replace("_", " ")
        figures = f"{_m2(one['computed_m2'])} m2 drawn, {_m2(one['reported_m2'])} m2 reported"
        lines += wrapped(f"{counted(one['releases'], 'release')} set aside ({reason}): {figures}", "beside it: ")
    without = told["without_outline"]
    if without["areas"]:
        figure = "no figure is" if without["reported_m2"] is None else f"{_m2(without['reported_m2'])} m2"
        lines += wrapped(f"{counted(without['areas'], 'area')} without outline, in no total; {figure} reported of them", "beside it: ")
    if told["without_figure"] and any(told["without_figure"].values()):
        one = told["without_figure"]
        lines += wrapped(f"{counted(one['areas'], 'area')} and {counted(one['releases'], 'release')} report no figure", "beside it: ")
    lines += listed(told["problems"], told["problems_count"])
    return "\n".join(lines)


def show_areas(told: Answer) -> str:
    """One line an area: what it is, what is left, what was reported of it."""
    until = f"on {told['on']}" + (f", as known on {told['known_at']}" if told["known_at"] else "")
    lines = wrapped(f"{counted(told['count'], 'hazardous area')} in {told['store']} {until}{_around(told['near'])}; m2 of each on its own")
    rows = [
        [
            f"{one['organisation']}/{one['local_id']}",
            one["class"],
            (one["status"] or "").replace("_", " "),
            one["identified_on"],
            ", ".join(one["operators"]),
            "no outline" if one["remaining_m2"] is None else _m2(one["remaining_m2"]),
            "" if one["reported_m2"] is None else _m2(one["reported_m2"]),
            *([_m2(one["distance_m"])] if told["near"] else []),
        ]
        for one in told["areas"]
    ]
    if rows:
        head = ["area", "class", "status", "identified", "released by", "left", "reported", *(["metres away"] if told["near"] else [])]
        lines += ["", *columns(head, rows, words=5)]
    if told["status_findings"]:
        lines += ["", f"{counted(told['status_findings'], 'finding')} about status: mineaction quality"]
    if told["without_place"]:
        lines += ["", *wrapped(f"{counted(told['without_place'], 'area')} without outline or point: how far they are is not known.")]
    return "\n".join(lines)


def _around(near: Answer | None) -> str:
    return f" within {_m2(near['within_m'])} m of {near['longitude']}, {near['latitude']}" if near else ""


# Why a release took less than it touches, or nothing.
_BECAUSE = {
    "rework": "released before",
    "undecided": "the days do not say which came first",
    "not_for_mines": "the release did not search for mines, which the area may hold",
    "without_outline": "it has no outline",
    "told_again": "an earlier report told this ground",
}
_CLOSING = {
    "without_outline": "no computation tells whether it can close: it has no outline",
    "nothing_left": "it can close: nothing is left",
    "ground_left": "it cannot close: ground is left",
}


def show_why(told: Answer) -> str:
    """Each figure with the rows behind it."""
    until = f"on {told['on']}" + (f", as known on {told['known_at']}" if told["known_at"] else "")
    lines = wrapped(f"{told['subject']} {until}, m2")
    lines += status_told(told["status"])
    if not told["areas"]:
        lines += wrapped("Nothing of it stands on that day.")
    if len(told["areas"]) > 1:
        lines += wrapped(f"{len(told['areas'])} claims stand on it: each is followed on its own outline, ground they share counts once.")
    for one in told["areas"]:
        lines += ["", *_one_area(one, told["told"])]
    lines += steps_told(told["status"], told["told"])
    lines += listed(told["problems"], len(told["problems"]))
    return "\n".join(lines)


def _one_area(one: Answer, where: Answer) -> Iterator[str]:
    own, totals = one["own_account"], one["in_totals"]
    yield from wrapped(f"{one['class']} {one['organisation']}/{one['local_id']}, identified {one['identified_on']}")
    yield from _told(one["fact_id"], where, "  ")
    figures = ", ".join(f"{name} {_m2(own[f'{name}_m2'])}" for name in ("outline", "changed", "released", "remaining") if own[f"{name}_m2"])
    reported = "" if one["reported_m2"] is None else f"; reported {_m2(one['reported_m2'])}"
    yield from wrapped(f"{figures or 'nothing computed'}{reported}", "  on its own: ")
    shared = ", ".join(f"{name.removesuffix('_m2')} {_m2(m2)}" for name, m2 in totals.items() if m2)
    yield from wrapped(shared or "nothing", "  in the national table: ")
    for change in one["changes"]:
        yield from wrapped(f"{change['changed_on']} {change['change']} {change['class'] or ''} {change['reason']}", "  change: ")
        yield from _told(change["fact_id"], where, "    ")
    for release in one["releases"]:
        yield from _one_release(release, where)
    for pair in one["double_counted"]:
        yield from wrapped(
            f"{_m2(pair['m2'])} of {pair['release']}: counted once, with {pair['owner']}; also {pair['other']}", "  shared: "
        )
    for release in one["set_aside"]:
        yield from wrapped(f"{release['message']} [{release['reason']}]", "  set aside: ")
        yield from _told(release["fact_id"], where, "    ")
    if one["shares_ground_with"]:
        yield from wrapped(
            ", ".join(other["area"].removeprefix("hazard ") for other in one["shares_ground_with"]), "  shares ground with: "
        )
    for fact in one["rests_on"]:
        yield from wrapped(fact["subject"], "  rests on: ")
        yield from _told(fact["fact_id"], where, "    ")
    yield from wrapped(_CLOSING[one["closing"]["reason"]], "  closing: ")
    for part in one["closing"]["parts"][:_PARTS_SHOWN]:
        yield f"    {_m2(part['m2'])} at {part['longitude']:.6f}, {part['latitude']:.6f}"
    if len(one["closing"]["parts"]) > _PARTS_SHOWN:
        yield f"    ... and {len(one['closing']['parts']) - _PARTS_SHOWN} more, in the answer with --json"


def _one_release(release: Answer, where: Answer) -> Iterator[str]:
    took, less = f"took {_m2(release['took_m2'])}, of it {_m2(release['in_totals_m2'])} in the national table", ""
    if release["because"] and not release["not_taken_m2"]:
        took = f"took nothing: {_BECAUSE[release['because']]}"
    elif release["because"]:
        less = f"; {_m2(release['not_taken_m2'])} not: {_BECAUSE[release['because']]}"
    words = f"{release['released_on']} {release['class']} by {release['organisation']}/{release['local_id']}: {took}{less}"
    yield from wrapped(words, "  release: ")
    for back in release["taken_back"]:
        yield from wrapped(f"{back['on']}: {back['reason']}", "    taken back: ")
        yield from _told(back["fact_id"], where, "      ")
    yield from _told(release["fact_id"], where, "    ")


def _told(fact_id: str, where: Answer, gap: str) -> Iterator[str]:
    for one in where[fact_id]:
        yield from wrapped(f"batch {one['batch']}, {one['principal']}, {one['file']}, {one['place']}", f"{gap}told: ")
    yield f"{gap}id: {fact_id}"


def listed(problems: Sequence[Answer], count: int) -> Iterator[str]:
    """The first problems; the answer with --json has more."""
    if count:
        yield ""
        yield f"{counted(count, 'problem')}:"
    for one in problems[:_PROBLEMS_SHOWN]:
        yield from wrapped(f"{one['message']} {one['remedy']} [{one['code']}]", "  ")
    if count > _PROBLEMS_SHOWN:
        yield from wrapped(f"... and {count - _PROBLEMS_SHOWN} more, in the answer with --json")


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> Iterator[str]:
    """Rows below a head; the first `words` columns are words, on the left, the others figures, on the right."""
    cells = [[harmless(cell) for cell in row] for row in (head, *rows)]
    widths = [max(shown_width(row[at]) for row in cells) for at in range(len(head))]
    for row in cells:
        padded = [" " * (width - shown_width(cell)) for cell, width in zip(row, widths, strict=True)]
        line = [cell + gap if at < words else gap + cell for at, (cell, gap) in enumerate(zip(row, padded, strict=True))]
        yield "  ".join(line).rstrip()


def _area_table(told: Answer) -> Iterator[str]:
    names = [name for name in (*_TERMS[:4], "transferred", *_TERMS[4:]) if any(row.get(f"{name}_m2") for row in told["rows"])]
    head = [told["by"], *names, "released", "areas"]
    rows = [
        [_word(row, told["by"]), *(_m2(row[f"{name}_m2"]) for name in names), _m2(row["area_m2"]), str(row["areas"])]
        for row in told["rows"]
    ]
    yield from columns(head, rows)


def _word(row: Answer, by: str) -> str:
    return f"{row[by]} {row['name']}" if row.get("name") else str(row[by])


def _m2(figure: float) -> str:
    whole = f"{figure:,.2f}"
    return whole.removesuffix(".00") if whole != "-0.00" else "0"
