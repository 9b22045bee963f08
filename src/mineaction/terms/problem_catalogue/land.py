"""Land, administrative areas and the work around land release: what can be wrong, and how to mend it."""

from __future__ import annotations

LAND: dict[str, tuple[str, str]] = {
    "land_polygon_missing": (
        "{value} has no polygon: it is counted beside the account and takes part in no area that is computed.",
        "Give the polygon; until then only the figure that was reported is known.",
    ),
    "land_polygon_broken": (
        "The polygon of {value} cannot be used: {reason}. It is treated as missing; nothing is repaired unseen.",
        "Correct the vertex named here in the source, and send the record again.",
    ),
    "land_position_impossible": (
        "The polygon of {value} leaves the world: longitudes run from -180 to 180, latitudes from -90 to 90. It is treated as missing.",
        "Give longitude before latitude, in degrees on WGS84; cut a polygon that crosses the 180th meridian in two.",
    ),
    "land_record_repeated": ("{value} stands there more than once with the same content; it is counted once.", "Remove the repeated row."),
    "land_id_twice": (
        "{value} is the name of {count} records with different content; the ground of each is counted, no ground twice.",
        "Rename one of them, or mark the one that replaces the other.",
    ),
    "land_change_without_hazard": (
        "The change of {value} on {day} fits no hazardous area that was identified by then; it is left out.",
        "Correct the name, the organisation or the day.",
    ),
    "land_reversal_without_release": (
        "The reversal on {day} takes back {value}, which is no release told by that day, or was taken back before; it is left out.",
        "Correct the release it names, or the day.",
    ),
    "parent_mismatch": (
        "{value} names {parent} as its hazardous area, and lies on none of its ground; it is credited to {derived}.",
        "Correct the name or the polygon: the polygon decides.",
    ),
    "parent_unknown": (
        "{value} names {parent} as its hazardous area, and no area has that name.",
        "Correct the name, or send the hazardous area.",
    ),
    "reported_area_differs": (
        "{value} reports {reported} m2; its polygon has {computed} m2.",
        "Check which of the two is meant: they are shown side by side and never mixed.",
    ),
    "admin_code_unknown": (
        "The code '{value}' is not that of one administrative area here.",
        "Correct the code. Candidates: {candidates}.",
    ),
    "admin_name_unknown": (
        "'{value}' is the name of no administrative area here.",
        "Give the code of the area that is meant; nothing is guessed. Candidates: {candidates}.",
    ),
    "admin_name_ambiguous": (
        "'{value}' is the name of several administrative areas.",
        "Give the code of the one that is meant: {candidates}.",
    ),
    "admin_name_differs": (
        "The area with the code {given} is called {known}, not '{value}'.",
        "Correct the one that is wrong; the code is what counts here.",
    ),
    "admin_outline_missing": (
        "{value} has no outline: no ground is counted to it.",
        "Import it with its outline, and name the id of this fact under supersedes.",
    ),
    "admin_outline_broken": (
        "The outline of {value} cannot be compared with others: {reason}. Nothing is repaired unseen.",
        "Correct the outline in the source, and import it again.",
    ),
    "admin_day_vague": (
        "The day {value} is told in part: the area is counted as if it were {first}.",
        "Tell the day on which the boundary changed.",
    ),
    "admin_code_twice": (
        "The code {value} stands for {count} areas at one time: {names}.",
        "Close the older one with valid_to, or correct one by naming it under supersedes.",
    ),
    "admin_parent_unknown": (
        "There is no area '{value}' of level {level} on that day.",
        "Correct parent_code, or import the area it names.",
    ),
    "admin_parent_missing": ("{value} names no parent, and level {level} has areas.", "Fill in parent_code."),
    "admin_areas_overlap": (
        "It overlaps {value}, of the same level, by {area_m2} m2: that ground is counted to both.",
        "Correct one of the two outlines in the source.",
    ),
    "admin_area_outside_parent": (
        "{area_m2} m2 of it lie outside of its parent {value}.",
        "Correct the outline or parent_code in the source.",
    ),
    "admin_parent_not_covered": (
        "{area_m2} m2 of {value} belong to none of its areas: what lies there is missing in a sum over them.",
        "Correct the outlines in the source, or import the area that is missing.",
    ),
    "record_link_unknown": (
        "The record names '{value}', and no such record is told; it tells of no hazardous area.",
        "Correct the id, or send the record it names.",
    ),
    "record_link_ambiguous": (
        "'{value}' is the id of several records of different organisations; it is not known which is meant.",
        "Write organisation/id.",
    ),
    "record_day_unknown": (
        "The day of the record is not known, so that it has no place in the history ({value}).",
        "Give the day, be it a month or a year.",
    ),
    "transition_not_allowed": (
        "'{name}' ({value}, {day}) does not follow from the status {status}; it is not made.",
        "Correct the day, or send the records in between. Contamination found again after closing is a new area with rediscovered_from.",
    ),
    "transition_without_evidence": (
        "'{name}' ({value}, {day}) is not made, and the status stays {status}. Missing: {missing}.",
        "Send the records that show it, or fill in the fields named.",
    ),
    "transition_shown_in_part": (
        "'{name}' ({value}, {day}) is made, since ground told to be hazardous is kept so. Missing: {missing}.",
        "Send the records that show it, or fill in the fields named.",
    ),
    "transition_back": (
        "A confirmed area does not become a suspected one again ({value}, {day}); it is not made.",
        "Cancel the part without contamination, or take the confirmation back by a correction.",
    ),
    "date_order_wrong": (
        "'{name}' ({value}) is told for {day}, before the area was identified ({other}); it is not made.",
        "Correct one of the two days; a country may allow some days by the rule date_tolerance_days.",
    ),
    "status_disagrees": (
        "The list says '{value}', what was reported gives '{status}'.",
        "Both are shown. Send the records that are missing, or correct the list.",
    ),
    "closed_without_release": (
        "The list says '{value}', and no release of the area is told: how it was released, and how many square metres, cannot be said.",
        "Send the releases with class, date and polygon; until then the area stays as it was reported.",
    ),
    "found_after_closing": (
        "The area is {status} since {day}, and {value} tells of ordnance or a failed inspection there afterwards: people may be at risk.",
        "Send a new hazardous area with rediscovered_from, or correct the day or the place of the record.",
    ),
    "ground_change_left_out": (
        "The change '{change}' of {value} on {day} is left out, and its ground stays hazardous. Missing: {missing}.",
        "Send what is missing: two approvals, a reason, the successors; or take releases on the area back first.",
    ),
    "succession_differs": (
        "What replaces {value} holds {gained} m2 beyond its ground and leaves {lost} m2 of it out; the account adjusts by them.",
        "Say why in the column reason of the change superseded, or correct an outline.",
    ),
    "successors_overlap": (
        "The areas that replace {value} share {shared} m2 of ground; it is counted once.",
        "Correct their outlines, if each piece is to lie in one of them.",
    ),
    "succession_without_outline": (
        "An outline around the split or merger of {value} is missing or broken: whether the ground is the same cannot be said.",
        "Send the outline.",
    ),
    "succession_not_opened": (
        "{value} names it as its successor, and it does not say that it replaces {value}: its ground counts as newly identified.",
        "Fill in the column replaces of the new area.",
    ),
    "succession_not_closed": (
        "It says that it replaces {value}, which was not superseded: both stand.",
        "Send the change superseded of the old area, with its successors.",
    ),
    "country_rule_unusable": (
        "'{value}' is not a value of the rule {rule}; the rule is left out.",
        "Write {expected}, and correct the fact by its id.",
    ),
    "country_rule_contradicts": (
        "The rule {rule} says {value} from the same day ({day}); the stricter holds.",
        "Correct one of the two facts, or give it another first day.",
    ),
    "approval_without_record": (
        "{by} decided on {value}, and no such record is told.",
        "Correct kind, organisation and id of the decision, or send the record.",
    ),
    "release_of_single_items": (
        "{value} is a task for single items (EOD spot): no land was searched, so no hazardous area is reduced.",
        "Nothing, if that is meant; the items and the task are told beside. Otherwise correct the column ground.",
    ),
    "release_rejected": (
        "{value} was rejected by the authority: it does not count, and its ground stays hazardous.",
        "Mend what was found and send a new record; a later approval lets it count again.",
    ),
    "release_unapproved": (
        "{value} is not approved, and its country asks for approval on that day: it does not count.",
        "Send the decision (kind approval) of the authority or its delegate.",
    ),
    "release_approver_unknown": (
        "{value} is approved by somebody whom no rule names as authority or delegate on that day: it does not count.",
        "Send the rule (country_rule authority or delegate), or the decision of the one who may decide.",
    ),
    "release_not_accredited": (
        "{value} lies outside every known accreditation of its operator for {method} on its day: it does not count.",
        "Send the accreditation, or correct date, operator or method.",
    ),
    "release_outside_accreditation": (
        "{value} was done outside the accreditation of its operator ({method}, {day}); it counts, since no rule says otherwise.",
        "Check date, operator, method and certificate.",
    ),
    "work_outside_accreditation": (
        "{value} lies outside every known accreditation of the operator on {day}.",
        "Check operator, method and day, or send the accreditation. Whether releases count is the country's rule accreditation_required.",
    ),
    "release_class_unusual": (
        "The release is told as {value} by {method}, which usually gives {usual}; it counts as told.",
        "Correct class or method, if one of them is wrong.",
    ),
    "lanes_counted_as_reduced": (
        "{value} tells of lanes searched to full depth in a technical survey; they count as reduced, since no rule says otherwise.",
        "If the country lets them count as cleared, send the rule lanes_count_as.",
    ),
    "packaged_data_broken": ("The packaged data do not match their manifest: {value}.", "Install the package again."),
    "land_change_twice": (
        "The change of {value} on {day} is told {count} times with different content; all are followed, in the order of their content.",
        "Correct one by the other under supersedes, or take one back.",
    ),
    "replaced_area_unknown": (
        "{value} takes over ground of {replaced}, and no area has that name; what it holds is counted as an adjustment.",
        "Correct the name, or send the area it replaces.",
    ),
    "cumulative_without_task": (
        "{value} is drawn over all ground so far, and names neither task nor area; it is taken as drawn, what was told before is rework.",
        "Give its task or its hazardous area.",
    ),
    "release_not_for_mines": (
        "{value} was told as battle area or of cluster munitions, and lies on an area that may hold mines; that ground stays hazardous.",
        "Give the contamination of the area, or say what the release searched for.",
    ),
    "near_without_within": (
        "A position and a distance belong together; only '{value}' was given.",
        "Give both: --near 69.2,34.5 --within 500.",
    ),
    "distance_impossible": ("'{value}' is no distance that can be asked for.", "Give metres from 0 to {most}."),
    "admin_areas_none": (
        "No administrative areas of level {level} were told that exist on {day}, so nothing can be shown by {value}.",
        "Import them with 'mineaction import FILE --kind admin_area'.",
    ),
    "basis_not_by_place": (
        "What was reported cannot be split by {by}: a figure has no outline.",
        "Ask with --basis computed, or by another word.",
    ),
}

# What is told beside: the record, the release or the step counts all the same.
LAND_WARNINGS = (
    "work_outside_accreditation",
    "release_outside_accreditation",
    "release_class_unusual",
    "lanes_counted_as_reduced",
    "transition_shown_in_part",
)
