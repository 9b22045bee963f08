"""Which promises are there, which tests prove them, and how many rounds are run with every change and at night?

The tests take their rounds from here, and docs/PROMISES.md is written from here: `python -m tests.promises.page`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

# What was found last, by name of a figure.
FIGURES = Path(__file__).with_name("figures.json")
# Name of a figure -> rounds with every change, rounds at night (`--rounds=nightly`).
ROUNDS: dict[str, tuple[int, int]] = {
    "kills": (100, 2_000),
    "races": (500, 5_000),
    "damages": (500, 20_000),
    "full disks": (40, 1_000),
    "batches of each of 8 writers": (25, 250),
    "backups under load": (5, 100),
    "histories made anew": (200, 2_000),
    "histories known day by day": (100, 5_000),
    "stores told in another order": (60, 2_000),
    "histories balanced batch by batch": (60, 2_000),
    "histories on two engines": (40, 200),
    "figures worked out again": (40, 500),
}


class Promise(NamedTuple):
    """A sentence, the tests that prove it, the tests that show that these would go red, and the figures they run with."""

    number: int
    sentence: str
    tests: tuple[str, ...] = ()
    mutations: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    rest: str = ""


PROMISES = (
    Promise(
        1,
        "What we acknowledged is never lost",
        (
            "tests/promises/test_kills.py::test_what_was_acknowledged_is_there_after_any_kill_and_no_batch_is_half_there",
            "tests/promises/test_kills.py::test_every_connection_waits_for_the_disk",
            "tests/ledger/test_sqlite_store.py::test_a_process_killed_in_the_middle_leaves_the_last_whole_batch",
        ),
        (
            "tests/promises/test_kills.py::test_an_acknowledgement_before_the_commit_is_found",
            "tests/promises/test_kills.py::test_a_batch_without_a_transaction_is_found",
        ),
        ("kills",),
        "A kill leaves what was written with the system, so it does not show a missing wait for the disk: that is tested by the setting.",
    ),
    Promise(
        2,
        "Sending twice counts once",
        (
            "tests/promises/test_kills.py::test_what_was_acknowledged_is_there_after_any_kill_and_no_batch_is_half_there",
            "tests/promises/test_writers.py::test_the_same_batch_from_two_writers_at_once_is_one_batch",
        ),
        ("tests/promises/test_writers.py::test_a_batch_with_another_id_each_time_is_found_to_be_there_twice",),
        ("kills", "races"),
        "After every kill the same command is given again, and must find or record its batch once.",
    ),
    Promise(
        3,
        "A half-written disk is noticed or healed",
        (
            "tests/promises/test_damage.py::test_no_damage_changes_an_answer_unseen",
            "tests/promises/test_damage.py::test_a_disk_that_fills_up_at_any_write_loses_nothing",
            "tests/ledger/test_sqlite_store.py::test_any_flipped_bit_of_any_value_of_the_ledger_is_found",
        ),
        ("tests/promises/test_damage.py::test_a_store_that_compares_no_ids_is_found",),
        ("damages", "full disks"),
    ),
    Promise(
        4,
        "Many may write at once",
        ("tests/promises/test_writers.py::test_eight_writers_lose_nothing_and_make_one_chain",),
        ("tests/promises/test_writers.py::test_writers_that_read_before_they_lock_are_found",),
        ("batches of each of 8 writers",),
    ),
    Promise(
        5,
        "A backup restores to the same answers",
        ("tests/promises/test_writers.py::test_a_backup_under_load_restores_to_the_same_answers",),
        ("tests/promises/test_writers.py::test_a_copy_of_the_file_is_found_to_be_no_backup",),
        ("backups under load",),
    ),
    Promise(
        6,
        "Old data opens in new versions",
        (
            "tests/ledger/test_migrations.py::test_a_store_of_every_format_opens_verifies_and_answers_as_it_did",
            "tests/ledger/test_migrations.py::test_a_migration_is_whole_or_not_there",
            "tests/ledger/test_sqlite_store.py"
            "::test_a_layer_with_the_fields_of_an_older_version_is_whole_and_gets_todays_with_the_next_batch",
        ),
        ("tests/ledger/test_migrations.py::test_a_step_that_changes_what_was_told_is_found",),
        rest="One frozen store for each format: format 1 so far.",
    ),
    Promise(
        7,
        "Nobody edits or removes a fact",
        (
            "tests/promises/test_tampering.py::test_every_attempt_to_edit_or_remove_is_refused_or_found",
            "tests/ledger/test_sqlite_store.py::test_a_row_of_the_ledger_is_neither_changed_nor_removed_nor_replaced",
        ),
        ("tests/promises/test_tampering.py::test_a_trigger_that_is_missing_is_found",),
        rest="In a file. Whoever owns the file can remove the triggers, and `verify` says so.",
    ),
    Promise(
        8,
        "Tampering shows, even by the operator",
        (
            "tests/promises/test_tampering.py::test_the_chain_alone_finds_no_history_made_anew_and_the_checkpoint_finds_all",
            "tests/ledger/test_sqlite_store.py::test_what_was_changed_behind_the_triggers_is_found",
        ),
        ("tests/promises/test_tampering.py::test_a_checkpoint_that_is_not_compared_finds_nothing",),
        ("histories made anew",),
    ),
    Promise(
        9,
        "We can say what we knew on any day",
        (
            "tests/promises/test_knowledge.py::test_what_was_known_on_a_day_is_never_changed_by_what_is_recorded_later",
            "tests/promises/test_knowledge.py"
            "::test_to_take_a_batch_back_gives_the_answers_from_before_it_and_to_undo_that_gives_them_again",
            "tests/promises/test_knowledge.py"
            "::test_the_same_facts_late_in_another_order_in_other_batches_and_some_of_them_twice_give_the_same_answers",
            "tests/programme/test_land_area.py::test_revising_a_past_year_changes_only_answers_known_after_the_revision",
            "tests/registers/test_land_errors.py::test_19_what_arrives_late_is_seen_on_its_own_day_and_not_on_the_day_it_came",
        ),
        ("tests/promises/test_knowledge.py::test_a_store_that_forgets_when_a_batch_was_taken_back_is_found",),
        ("histories known day by day", "stores told in another order"),
        "For the land account, the facts that stand and the batches that count. Each history has late records, corrections, records told "
        "again and batches taken back. Within one version of the program: a version that counts otherwise answers otherwise.",
    ),
    Promise(
        10,
        "The same facts give the same answers anywhere",
        (
            "tests/promises/test_same_tables.py::test_a_file_and_a_server_give_the_same_tables",
            "tests/ledger/test_same_answers.py::test_a_file_and_a_server_give_the_same_answers",
            "tests/ledger/test_sqlite_store.py::TestTheStoreInOneFile::test_any_order_and_any_split_of_the_same_facts_gives_the_same_book",
            "tests/programme/test_land_area.py::test_neither_order_nor_batches_nor_a_second_import_change_an_answer",
            "tests/registers/test_land_parts.py::test_parts_of_any_size_give_the_figures_of_one_piece",
            "tests/registers/test_land_parts.py::test_parts_can_be_worked_on_by_processes",
        ),
        ("tests/promises/test_same_tables.py::test_an_engine_that_leaves_out_a_correction_is_found",),
        ("histories on two engines",),
        "For the store, the national table by every dimension and the status of every area: a file, a server, any order and any batches. "
        "Parts of random books give the figures of one piece; a pool of processes is tried with one book. What needs a server is run by "
        "`./test --all`.",
    ),
    Promise(
        11,
        "Every number leads to its sources",
        (
            "tests/promises/test_sources_of_figures.py"
            "::test_every_figure_is_worked_out_again_from_the_facts_it_lists_and_areas_make_up_the_national_table",
            "tests/promises/test_sources_of_figures.py::test_a_change_of_an_area_told_twice_counts_on_no_day_as_in_the_national_table",
        ),
        ("tests/promises/test_sources_of_figures.py::test_a_figure_from_which_one_of_its_facts_is_kept_is_found",),
        ("figures worked out again",),
        "For the national table and the areas behind it: a new store holds the facts that `why` lists for an area, and for those that "
        "share its ground, and nothing else. Answers about treaties, tasks and finds are not tried yet.",
    ),
    Promise(
        12,
        "Mines and square metres balance",
        (
            "tests/promises/test_knowledge.py::test_square_metres_balance_after_every_batch_and_no_more_is_released_than_was_hazardous",
            "tests/promises/test_knowledge.py"
            "::test_where_nothing_is_found_anew_what_is_released_is_the_ground_that_areas_and_releases_share",
            "tests/registers/test_land_invariants.py",
            "tests/programme/test_land_area.py::test_every_dimension_adds_up_to_one_balance",
        ),
        ("tests/promises/test_knowledge.py::test_an_account_that_counts_ground_twice_is_found",),
        ("histories balanced batch by batch",),
        "Square metres, after every batch of made-up histories; not yet for mines.",
    ),
    Promise(
        13,
        "Wrong files give a clear answer",
        (
            "tests/sources/test_bad_files.py::test_a_bad_file_is_told_by_its_codes",
            "tests/sources/test_bad_files.py::test_there_are_hundreds_of_bad_files_and_no_two_alike",
            "tests/sources/test_damaged_files.py::test_a_changed_file_is_read_or_told_to_be_wrong",
            "tests/programme/test_recording.py::test_rows_in_are_facts_and_rows_with_problems",
        ),
        rest="More than 250 bad files over all formats, each with the codes it is told by.",
    ),
    Promise(
        14,
        "Bombs stop early",
        (
            "tests/sources/test_bad_files.py::test_a_bad_file_is_told_by_its_codes",
            "tests/sources/test_limited.py::test_a_parser_that_takes_too_much_time_is_stopped",
            "tests/sources/test_limited.py::test_a_parser_that_takes_too_much_memory_is_stopped",
        ),
        ("tests/promises/test_bombs.py::test_without_the_limits_of_archives_a_bomb_is_unpacked",),
        rest="Archives that unfold without end, hold thousands of files or archives, lead out of their folder or lie about a size, and XML "
        "with a document type, are among the bad files. How fast they are refused is not tested.",
    ),
    Promise(
        15,
        "No geometry hangs us",
        (
            "tests/sources/test_outline_checks.py::test_a_star_of_two_hundred_corners_is_told_at_once",
            "tests/sources/test_outline_checks.py::test_an_outline_that_would_take_hours_is_ended_in_time_and_keeps_its_row_out",
            "tests/sources/test_outline_checks.py::test_a_spike_is_told",
            "tests/sources/test_outline_checks.py::test_nothing_is_repaired_what_is_taken_is_what_was_drawn",
            "tests/sources/test_limited.py::test_a_million_vertices_are_read",
            "tests/programme/test_quality.py::test_a_repair_is_proposed_and_recorded_only_once_a_person_accepts_it",
            "tests/programme/test_quality.py::test_a_star_that_takes_long_is_ended_in_time_and_the_others_are_proposed",
        ),
        rest="Numbers that are none or endless, swapped axes and wrong systems are among the bad files of 13. Ground across the "
        "antimeridian is not tried yet.",
    ),
    Promise(
        16,
        "Spreadsheets we give out are safe",
        (
            "tests/sources/test_safe_cells.py::test_a_formula_is_text_and_comes_back_as_it_was",
            "tests/sources/test_safe_cells.py::test_there_are_more_than_sixty_payloads_and_most_would_be_live",
            "tests/sources/test_safe_cells.py::test_no_text_is_live_or_altered",
            "tests/programme/test_failed_rows.py::test_formulas_come_back_from_the_failed_rows_as_they_were",
            "tests/programme/test_exporting.py::test_no_cell_is_a_formula_to_a_spreadsheet_program",
        ),
        rest="CSV, the one format of a spreadsheet that is given out.",
    ),
)
