"""Checks of records: outlines, figures, copies, places, ground told twice. What can be wrong, and how to mend it (docs/CHECKS.md)."""

from __future__ import annotations

CHECKS: dict[str, tuple[str, str]] = {
    # One outline: these keep the row out.
    "outline_crosses_itself": (
        "The outline crosses or touches itself at {value}.",
        "Correct the vertices there in the source; --propose-repairs FILE shows what a repair would make of it.",
    ),
    "outline_line_twice": (
        "The outline runs along the line {value} more than once: a spike without width, or its beginning repeated at the end.",
        "Take the repeated vertices out; --propose-repairs FILE shows what a repair would make of it.",
    ),
    "outline_parts_overlap": (
        "The polygons of the record overlap each other, or share a line, at {value}.",
        "Draw the ground once; --propose-repairs FILE shows what a repair would make of it.",
    ),
    "outline_rings_misplaced": (
        "The rings of the outline do not fit together: {reason}, at {value}.",
        "Correct holes and islands in the source; --propose-repairs FILE shows what a repair would make of it.",
    ),
    "outline_too_demanding": (
        "Within {limit} s it could not be told whether the outline crosses itself.",
        "Draw it with fewer vertices, or split it; if it is small, it was made to do harm.",
    ),
    # One outline: these are told.
    "outline_vertices_far_apart": (
        "From {value} to the next vertex it is {metres} m, more than {limit} m.",
        "Look whether a digit of one of the two is wrong, or a vertex is missing.",
    ),
    "outline_spike": (
        "At {value} the outline turns back at {degrees} degrees: a spike of {metres} m.",
        "Look whether the vertex is right.",
    ),
    "outline_many_vertices": (
        "The outline has {value} vertices, more than {limit}: nobody surveyed so many, and comparing it takes long.",
        "Ask whether it was traced by a program, and send the surveyed one.",
    ),
    # Figures.
    "area_is_square_degrees": (
        "The reported {value} is the area of the outline in square degrees; it has {computed} m2.",
        "Have the area computed on the ellipsoid, not in degrees (a layer in EPSG:4326 gives square degrees).",
    ),
    "area_is_mercator": (
        "The reported {value} m2 is the area on a Mercator map, {factor} times the {computed} m2 of the outline at this latitude.",
        "Have the area computed on the ellipsoid or in an equal-area projection, not in EPSG:3857 or 3395.",
    ),
    "area_is_hectares": (
        "The reported {value} seems to be hectares: times 10,000 it is the {computed} m2 of the outline.",
        "Write the unit behind the number, or square metres.",
    ),
    "area_is_dunums": (
        "The reported {value} seems to be dunums of 1,000 m2: times 1,000 it is the {computed} m2 of the outline.",
        "Write square metres, and the text as it was under reported_area_given.",
    ),
    "area_is_square_kilometres": (
        "The reported {value} seems to be square kilometres: times 1,000,000 it is the {computed} m2 of the outline.",
        "Write the unit behind the number, or square metres.",
    ),
    "depth_unlikely": (
        "A depth of {value} m is more than {limit} m; a number so large is mostly centimetres.",
        "Write metres: 0.13 for 13 cm.",
    ),
    # Copies.
    "outline_repeated": (
        "The outline is that of {other}, vertex by vertex.",
        "If both tell of the same ground, keep one record, or let the newer one name the other's id under supersedes.",
    ),
    "outline_nearly_repeated": (
        "The outline is that of {other} within {limit} degrees.",
        "If both tell of the same ground, keep one record, or let the newer one name the other's id under supersedes.",
    ),
    "outline_drawn_again": (
        "The outline has {percent} % of its ground and of the ground of {other} in common: one thing drawn twice, as on two map sheets.",
        "If both tell of the same ground, keep one record; the land account counts the ground once in any case.",
    ),
    "copies_not_compared": (
        "From this record on {value} outlines were not compared with others for copies: too many lie upon each other.",
        "Import the records of the place where they lie in files of their own; look at 'mineaction overlaps'.",
    ),
    "id_with_several_contents": (
        "{count} records with different content stand under the id '{value}'.",
        "Give each its own id, or let the newer one name the other's id under supersedes.",
    ),
    "id_marked_as_copy": (
        "The id '{value}' looks like one that was renamed because it stood twice; {original}.",
        "Find out whether it is another record: if so give it an id of its own, if not take it out.",
    ),
    "position_shared": (
        "{count} records lie at the very same position {value}: mostly the middle of a village or district.",
        "Give the true positions, or say in location_accuracy_m how far off they may be.",
    ),
    # Places.
    "outside_country": (
        "None of it lies within the outlines of the country that the store holds ({value}).",
        "Check the coordinates and their system; if they are right, check the outline of the country.",
    ),
    "partly_outside_country": (
        "{area_m2} m2 of it lie outside of the outlines of the country that the store holds.",
        "Check the coordinates near the border; an outline of a country is drawn coarsely.",
    ),
    "axes_swapped_likely": (
        "{value} lies outside of the country, and inside with longitude and latitude swapped.",
        "Longitude comes first: correct the order, if that is meant.",
    ),
    "sign_lost_likely": (
        "{value} lies outside of the country, and inside as {other}: a sign was lost.",
        "West and south are negative: correct the sign, if that is meant.",
    ),
    "outside_named_area": (
        "None of it lies in {value}, which the record names as its administrative area.",
        "Correct place_code and place_name, or the coordinates.",
    ),
    # Between records.
    "hazards_overlap": (
        "It has {area_m2} m2 of ground in common with {other}.",
        "If both tell of the same ground, correct one; the land account counts it once in any case.",
    ),
    "releases_overlap": (
        "It has {area_m2} m2 of ground in common with {other}.",
        "If ground was done again, say so (is_rework = yes); the land account counts it once in any case.",
    ),
    "released_still_suspected": (
        "{area_m2} m2 of it were released before by {other}.",
        "If contamination was found there again, fill in rediscovered_from; if not, one of the two is wrong.",
    ),
    "release_order_unknown": (
        "{area_m2} m2 of it were released by {other}, and the days known do not say which came first.",
        "Give the days.",
    ),
    # Repairs of outlines.
    "repair_too_demanding": (
        "Within {limit} s no repair of the outline was found.",
        "Draw it anew in the source.",
    ),
    "repair_file_wrong": (
        "It is no file of proposed repairs: {reason}.",
        "Give the file that 'mineaction import ... --propose-repairs FILE' wrote, without the proposals you do not want.",
    ),
    "repair_without_reason": (
        "A repair is accepted by a person, for a reason: {value} is missing.",
        "Name both: --accept --as NAME --reason TEXT.",
    ),
    "repair_redrawn": (
        "The outline is not the one that was proposed.",
        "Import a newly drawn outline as a record of its own; only proposals are accepted here.",
    ),
}

# What is told and stops nothing: the record is taken as it is.
CHECK_WARNINGS = (
    "outline_vertices_far_apart",
    "outline_spike",
    "outline_many_vertices",
    "reported_area_differs",
    "area_is_square_degrees",
    "area_is_mercator",
    "area_is_hectares",
    "area_is_dunums",
    "area_is_square_kilometres",
    "depth_unlikely",
    "outline_repeated",
    "outline_nearly_repeated",
    "outline_drawn_again",
    "copies_not_compared",
    "id_with_several_contents",
    "id_marked_as_copy",
    "position_shared",
    "outside_country",
    "partly_outside_country",
    "axes_swapped_likely",
    "sign_lost_likely",
    "outside_named_area",
    "admin_code_unknown",
    "admin_name_unknown",
    "admin_name_ambiguous",
    "admin_name_differs",
    "hazards_overlap",
    "releases_overlap",
    "released_still_suspected",
    "release_order_unknown",
)
