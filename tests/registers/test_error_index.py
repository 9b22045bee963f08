"""The 35 errors that are seen in practice, and the tests in which each is written down as a table: none without a test."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.house.guards import CHECKOUT

FILES = "registers/test_land_errors_of_files"
LAND = "registers/test_land_errors"
CHECKS = "registers/test_record_checks"
OUTLINES = "sources/test_outline_checks"
OVERLAPS = "registers/test_record_overlaps"
QUALITY = "programme/test_quality"

# Number -> what goes wrong, and the tests as file::name.
ERRORS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("Overlap between different records", (
        f"{OVERLAPS}::test_1_ground_of_two_different_records_is_found_with_its_square_metres",
        f"{OVERLAPS}::test_1_releases_of_two_operators_on_the_same_ground_are_found")),
    2: ("Area of a Web or World Mercator map", (
        f"{CHECKS}::test_2_an_area_of_a_mercator_map_is_told_with_its_factor",
        f"{CHECKS}::test_2_near_the_equator_a_mercator_area_is_no_more_than_a_difference")),
    3: ("Area in square degrees", (
        f"{CHECKS}::test_3_an_area_in_square_degrees_is_told_by_the_figure_as_it_was_written",)),
    4: ("buffer(0) drops a lobe of a bow-tie", (
        f"{QUALITY}::test_4_buffer_0_loses_a_lobe_of_a_bow_tie_and_a_proposed_repair_loses_none",)),
    5: ("Four competing columns of area", (
        f"{FILES}::test_5_of_four_columns_with_an_area_none_is_taken_without_being_named",)),
    6: ("Area as text", (
        f"{FILES}::test_6_an_area_written_as_text_is_read_where_it_means_one_thing_and_kept_as_it_was",
        f"{FILES}::test_6_an_area_written_as_text_that_means_two_things_keeps_its_row_out")),
    7: ("A join repeats an area for each of its task's statuses", (
        f"{CHECKS}::test_7_an_area_joined_with_each_status_of_its_task_is_told_as_one_id_with_several_contents",
        "programme/test_land_area::test_two_claims_on_one_area_are_both_there_and_their_ground_counts_once")),
    8: ("Duplicate polygons and points, repeated vertices, fewer than three", (
        f"{CHECKS}::test_8_the_same_outline_under_another_id_is_told_wherever_its_ring_begins",
        f"{OUTLINES}::test_8_fewer_than_three_corners_are_no_outline",
        f"{OUTLINES}::test_8_a_last_vertex_that_stands_twice_is_told_and_the_outline_is_taken",
        f"{OUTLINES}::test_8_a_beginning_repeated_at_the_end_is_told_by_the_line_that_stands_twice")),
    9: ("Self-intersection, vertex gaps, overlap within a record, nearly the same outline", (
        f"{OUTLINES}::test_an_outline_that_encloses_no_certain_ground_keeps_its_row_out_and_says_where",
        f"{OUTLINES}::test_9_vertices_more_than_5000_m_apart_are_told_with_the_longest_gap",
        f"{CHECKS}::test_9_an_outline_within_a_millionth_of_a_degree_is_nearly_the_same")),
    10: ("Ids that differ by a blank, or were renamed as copies", (
        f"{FILES}::test_10_an_id_with_a_blank_behind_it_is_the_same_id_and_is_told",
        f"{CHECKS}::test_10_an_id_that_was_renamed_as_a_copy_is_told")),
    11: ("Swapped axes, lost signs, degrees and minutes, wrong zone or datum", (
        f"{CHECKS}::test_11_swapped_axes_and_lost_signs_are_told_where_the_country_is_known",
        "sources/test_formats::test_another_system_is_turned_into_wgs84_and_kept_by_name",
        "sources/test_formats::test_a_table_in_metres_is_read_in_the_system_that_is_stated",
        "sources/test_bad_files::test_a_bad_file_is_told_by_its_codes")),
    12: ("Bearings from magnetic instead of true north", (
        "sources/test_traverse::test_12_a_rectangle_of_100_by_50_metres_covers_5000_square_metres",
        "sources/test_traverse::test_12_magnetic_and_true_north_differ_by_the_declination",
        "sources/test_traverse::test_12_a_north_that_is_missing_or_no_angle_is_never_guessed",
        "sources/test_traverse::test_12_a_small_closing_error_is_told_and_a_large_one_keeps_the_row_out")),
    13: ("Each report draws the whole task", (
        f"{LAND}::test_13_cumulative_reports_credit_only_what_is_new_in_each",)),
    14: ("One area reported by operator, authority and donor", (
        f"{LAND}::test_14_one_area_reported_by_operator_authority_and_donor_counts_once_for_whom_reported_first",)),
    15: ("Ground cleared again added to output", (
        f"{LAND}::test_15_ground_cleared_again_is_rework_and_no_output",)),
    16: ("Single items and battle area in the mined area", (
        f"{LAND}::test_16_a_task_for_single_items_is_no_land_and_battle_area_is_told_apart",)),
    17: ("A status read as cleared", (
        f"{LAND}::test_17_a_status_that_does_not_say_how_land_was_released_is_refused_and_never_read_as_cleared",)),
    18: ("Closed without any release", (
        f"{LAND}::test_18_an_area_that_a_list_calls_closed_without_any_release_stays_open_and_is_attributed_to_no_class",)),
    19: ("A report of the same or an earlier day changes nothing", (
        f"{LAND}::test_19_a_report_of_the_same_or_an_earlier_day_changes_the_status_all_the_same",
        f"{LAND}::test_19_what_arrives_late_is_seen_on_its_own_day_and_not_on_the_day_it_came")),
    20: ("Names of administrative areas that differ, codes that are missing", (
        f"{CHECKS}::test_20_a_record_outside_of_the_area_it_names_is_told_and_a_name_that_is_none_as_well",
        "registers/test_admin_areas::test_nothing_is_guessed_the_candidates_are_listed",
        "registers/test_admin_areas::test_a_code_or_a_name_is_found_whatever_its_capitals_accents_and_spaces")),
    21: ("Names and letters cut by a shapefile", (
        "sources/test_formats::test_a_name_cut_after_ten_letters_is_the_only_field_it_can_be",
        "sources/test_formats::test_letters_of_a_shapefile_are_read_in_its_encoding")),
    22: ("maXML that departs from its schema", (
        "sources/test_record_mapping::test_maxml_keeps_every_element_it_has_no_field_for",)),
    23: ("Areas known as a point, with an estimate", (
        f"{QUALITY}::test_23_an_area_known_as_a_point_keeps_its_estimate_and_is_counted_as_without_outline",)),
    24: ("One position for hundreds of records, a point outside of the country", (
        f"{CHECKS}::test_24_a_position_that_many_records_share_is_told_of_each_with_their_number",
        f"{CHECKS}::test_24_a_point_outside_of_the_country_is_told_and_ground_beyond_the_border_with_its_square_metres")),
    25: ("Exact duplicates of rows, commas within quotes", (
        f"{FILES}::test_25_a_row_told_twice_is_one_fact_and_a_comma_in_quotes_parts_nothing",)),
    26: ("Outlines of survey forms", (
        "sources/test_formats::test_the_outline_of_a_survey_form_has_latitude_first",
        "sources/test_bad_files::test_a_bad_file_is_told_by_its_codes")),
    27: ("The 180th meridian, winding of rings, rings that are not closed", (
        f"{FILES}::test_27_an_outline_across_the_180th_meridian_is_told_by_the_lines_that_would_go_around_the_earth",
        f"{FILES}::test_27_a_ring_that_is_not_closed_is_told_and_not_closed_by_guess",
        "terms/test_outline::test_where_a_ring_begins_and_which_way_it_runs_changes_nothing")),
    28: ("Holes filled by an export", (
        f"{CHECKS}::test_28_a_hole_that_an_export_filled_shows_in_the_reported_area",)),
    29: ("Hectares, dunums, square kilometres; centimetres", (
        f"{CHECKS}::test_29_hectares_dunums_and_square_kilometres_taken_for_square_metres_are_told",
        f"{CHECKS}::test_29_a_depth_in_centimetres_is_told")),
    30: ("A year turned into the first of January", (
        f"{FILES}::test_30_a_year_is_kept_as_a_year_and_a_first_of_january_is_asked_about",)),
    31: ("An outline edited after release", (
        f"{LAND}::test_31_an_outline_edited_after_release_changes_no_year_before_the_edit",)),
    32: ("Somebody who died later counted twice", (
        "registers/test_accidents::test_somebody_who_died_later_is_moved_and_not_added",
        "registers/test_accidents::test_claims_that_disagree_are_no_sum")),
    33: ("Areas of rings that run the wrong way", (
        f"{FILES}::test_33_rings_that_run_either_way_cover_the_same_ground_and_holes_are_no_phantom_area",)),
    34: ("One thing drawn on two map sheets", (
        f"{CHECKS}::test_34_one_thing_drawn_on_two_map_sheets_is_told_by_the_ground_they_have_in_common",
        f"{OVERLAPS}::test_34_a_feature_drawn_once_on_each_map_sheet_is_found_as_a_pair_of_two_sheets")),
    35: ("Outlines lost by an export", (
        f"{QUALITY}::test_35_records_whose_outline_an_export_lost_are_counted_and_kept",)),
}  # fmt: skip


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((CHECKOUT / "tests" / f"{file}.py").read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_every_one_of_the_35_errors_has_a_test() -> None:
    assert sorted(ERRORS) == list(range(1, 36))
    assert [number for number, (_, tests) in ERRORS.items() if not tests] == []


def test_every_test_that_is_named_is_there() -> None:
    named = [one.split("::") for _, tests in ERRORS.values() for one in tests]
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_every_test_that_bears_the_number_of_an_error_is_named() -> None:
    files = {one.split("::")[0] for _, tests in ERRORS.values() for one in tests}
    numbered = {f"{file}::{name}": int(found[1]) for file in files for name in names_in(file) if (found := re.match(r"test_(\d+)_", name))}
    assert {one for one, number in numbered.items() if one not in ERRORS[number][1]} == set()
