"""What can be wrong with something a user gave, and how to mend it.

A problem is a value: a stable code, the place, what is wrong, the value as given, how to fix it.
Parsers return problems beside their result. At the edge of the programme a question that cannot be answered
raises `ProblemError`, which carries them; the doors print them and exit with 3. Nothing else is raised for user errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mineaction.terms.limits import DETAIL_SHOWN_CHARACTERS_MAX, VALUE_SHOWN_CHARACTERS_MAX

# code -> (what is wrong, how to fix it). `{value}` and the named details are filled in by `problem()`.
CATALOGUE: dict[str, tuple[str, str]] = {
    "unknown_word": ("'{value}' is not a value of {field}.", "{nearest}."),
    "unknown_code": ("'{value}' is not a known {field}.", "Use one of: {nearest}."),
    "unknown_state": (
        "'{value}' is not a state or area in the packaged list of countries.",
        "Give an ISO 3166 code such as POL or a name such as Poland. {nearest}.",
    ),
    "impossible_date": ("'{value}' is not a date of the calendar.", "Write the day as YYYY-MM-DD, for example 2022-06-21{or_else}."),
    "date_out_of_range": ("{value} is outside the days that are counted ({first} to {last}).", "Give a day between the two."),
    "period_reversed": ("The first day asked about ({value}) is after the last ({last}).", "Swap the two, or leave one out."),
    "date_before_instrument": (
        "{value} is before {instrument} existed ({first_day}).",
        "Ask about {first_day} or a later day.",
    ),
    "impossible_position": ("'{value}' is not a position.", "Give longitude, latitude in degrees, for example --at 127.0,37.5."),
    "position_swapped": (
        "'{value}' is not a position: its latitude is beyond 90 degrees.",
        "Longitude comes first: {swapped}, if that is meant.",
    ),
    "file_missing": ("The file '{value}' cannot be opened: {reason}.", "Check the name, and that you may read it."),
    "file_too_large": ("The file holds {value} bytes; at most {limit} are read.", "Split it, or check only the part with the claims."),
    "file_not_text": ("The file is not text (it has NUL or control bytes at byte {value}).", "Save it as plain text or Markdown, UTF-8."),
    "file_not_utf8": ("The file is not UTF-8: byte {value} does not decode.", "Save it as UTF-8 and try again."),
    "file_empty": ("The file holds no text.", "Give a file with at least one sentence."),
    "front_matter_broken": ("The front matter is not YAML: {reason}.", "Mend the lines between the two '---', or remove them."),
    "yaml_broken": ("The file is not YAML: {reason}.", "Mend the line named here; indent with spaces."),
    "yaml_alias": (
        "Line {value} uses a YAML anchor, alias, tag or merge key, which a policy file may not.",
        "Write the value out where it is used.",
    ),
    "yaml_key_twice": ("The key '{value}' stands twice in one place.", "Keep one of the two: nothing given may be lost."),
    "yaml_too_deep": ("Values stand more than {limit} deep within each other.", "Write the policy as 'mineaction new-policy' shows."),
    "yaml_key_unknown": ("'{value}' is not a key here.", "Use one of: {nearest}."),
    "yaml_key_missing": ("The key '{value}' is missing.", "Add it; 'mineaction new-policy' prints a commented example."),
    "yaml_value_wrong": ("'{value}' does not fit {field}.", "{expected}"),
    "clause_id_duplicate": ("The clause id '{value}' is used twice.", "Give each clause its own citation."),
    "clause_id_unknown": ("'{value}' is not a clause id.", "Nearest: {nearest}."),
    "clause_goes_on_twice": (
        "The clause '{value}' goes on in two ways, and they differ in more than where each holds (reading {reading}).",
        "Let it go on once: under continues, or by one continues_where.",
    ),
    "clause_continued": (
        "'{value}' goes on here from {version}; it is no clause of this version.",
        "Leave out {by}, which lets it go on, or ask about {version}.",
    ),
    "policy_not_in_force": (
        "No version of {value} that is held is in force on {day}.",
        "Ask about another day, or name a version: {versions}.",
    ),
    "state_not_named": ("It does not follow from {value} which state is meant ({binds}).", "Name the state with --state."),
    "nothing_changed": ("Nothing is left out and nothing is put in.", "Give --without CLAUSE_ID, --with FILE, or both."),
    "clause_cycle": ("The clauses {value} defeat or suspend each other in a circle.", "Remove one of these edges."),
    "clause_never_holds": (
        "The condition of '{value}' contradicts the scope: it holds for no act.",
        "Change it, or write scope: none.",
    ),
    "version_cycle": ("The versions {value} continue each other in a circle.", "Continue an earlier version only."),
    "policy_too_large": (
        "The policy has {value} {what}; at most {limit} are handled.",
        "Split it into instruments, or leave out fields that do not matter.",
    ),
    "instrument_taken": ("'{value}' is an instrument held already.", "Give your own instrument another name."),
    "quote_not_found": (
        "The words '{value}' are not in {file}.",
        "Quote the source as it stands, or use kind: paraphrase with a citation.",
    ),
    "text_missing": ("The source text '{value}' is not packaged.", "Use a file named in data/texts/manifest.csv, or kind: paraphrase."),
    "text_kind_wrong": ("The text of '{value}' is marked {kind}, its source file is {needed}.", "Write kind: {needed}."),
    "instrument_unknown": ("'{value}' is not an instrument held here.", "Use one of: {nearest}."),
    "reading_unknown": ("'{value}' is not a reading of {instrument}.", "Use one of: {nearest}."),
    "group_unknown": ("'{value}' is not a group held here.", "Use one of: {nearest}."),
    "clocks_not_encoded": ("The deadlines of {value} are not encoded.", "Ask about one of: {encoded}."),
    "underlying_too_deep": ("Assisting an act of assistance is decided one level deep only.", "Give the act that is assisted in the end."),
    "underlying_without_assist": (
        "Facts about an underlying act were given, but the act is '{value}'.",
        "Use --act assist, encourage or induce, or leave --underlying out.",
    ),
    "references_differ": (
        "The clauses refer to more than one instrument ({value}).",
        "Refer to one instrument in a version; put the other rule into a version of another instrument.",
    ),
    "facts_contradict": ("'{value}' contradicts '{other}', which says {field} = {said}.", "Give one of the two."),
    "other_side_missing": (
        "To {value} is to give to somebody, and 'none' says that nobody is on the other side.",
        "Name the other side or leave it out; mines that only move across a border are asked as an export.",
    ),
    "other_side_is_actor": (
        "'{value}' is given as the actor and as the other side.",
        "Name another state; with nobody on the other side write none: mines that only move across a border are asked as an export.",
    ),
    "place_given_twice": ("Both a place and a position were given.", "Give --place or --at, not both."),
    "fact_field_missing": ("The field '{value}' is empty.", "Fill it in, or leave the row out."),
    "fact_field_wrong": ("'{value}' does not fit the field {field} ({expected}).", "Correct the cell."),
    "fact_column_unknown": ("The column '{value}' is not a field of {kind}.", "Remove it, or add the field to its kind in terms/kinds."),
    "fact_column_missing": ("The column '{value}' of {kind} is missing.", "Add the column."),
    "fact_duplicate": ("The row repeats row {value}.", "Remove one of the two."),
    "fact_subject_duplicate": ("The subject '{value}' stands in two rows.", "One row per subject; a correction replaces the row."),
    "fact_dates_reversed": ("The period ends before it begins ({value}).", "Swap or correct the dates."),
    "claim_quote_not_found": (
        "The words '{value}' of the declared claim are not in the statement.",
        "Copy the words as they stand in the statement.",
    ),
    "output_not_written": ("'{value}' cannot be written: {reason}.", "Choose another place for the file."),
    "fact_row_broken": ("The row has {value} cells, the header {expected}.", "Quote a cell that holds a comma, a quote or a new line."),
    "fact_set_missing": ("Nothing says how far the facts of the kind '{value}' reach.", "Add a row for the kind to facts/sets.csv."),
    "text_not_in_manifest": ("The file '{value}' is not in the manifest of texts.", "Add its row to texts/manifest.csv, or remove it."),
    "text_changed": ("The text '{value}' is not as it was fetched: its SHA-256 is {found}.", "Restore the file; a text is never edited."),
    "table_format_unknown": ("'{value}' is not the extension of a table that is read or written here.", "Use one of: {known}."),
    "table_content_wrong": ("The file is named as {expected} and holds {value}.", "Give it the extension of what it holds."),
    "table_content_unknown": (
        "The file is named as {value} and holds no table of a kind that is read here ({kinds}).",
        "Write or copy it again; it may be damaged, or of another kind.",
    ),
    "table_empty": ("The file is empty: it has no header.", "Give a table with the names of its columns in the first line."),
    "table_broken": ("The file cannot be read as a table: {reason}.", "Write or copy it again; part of it may be missing."),
    "table_column_twice": ("The column '{value}' stands twice.", "Rename one of the two."),
    "table_column_taken": ("The column '{value}' is there already, and screening adds one of that name.", "Rename it, or remove it."),
    "table_column_missing": ("The table has no column '{value}'.", "Correct the mapping. Nearest: {nearest}."),
    "table_column_unlike": (
        "The column '{value}' holds more than {limit} different texts that are no values of {field}.",
        "Map another column to {field}.",
    ),
    "table_not_text": (
        "The file is no CSV in UTF-8: byte {value} belongs to no text of that kind. UTF-16 and spreadsheets have such bytes.",
        "Save it as CSV UTF-8; spreadsheet programs offer that under 'Save as'.",
    ),
    "table_type_not_csv": (
        "The column '{value}' holds {kind}, which a CSV has no place for.",
        "Write the rows as Parquet (.parquet) or Arrow (.arrow), or remove the column.",
    ),
    "table_type_wrong": ("A column of the type {value} has no words.", "Map a column of text, numbers or dates."),
    "table_types_mixed": ("The column '{value}' holds values of several types ({kinds}).", "Turn them into text, or into one type."),
    "csv_quote_open": ("A quotation mark in the file is never closed: rows behind it cannot be told apart.", "Close it, or double it."),
    "mapping_empty": (
        "No column bears the name of a fact ({value}).",
        "Write a mapping: 'mineaction screen FILE --write-mapping MAPPING.yaml' begins one. Names of facts: {names}.",
    ),
    "mapping_values_merged": (
        "'{value}' and '{other}' both become {word}.",
        "If that is meant, write them under several: {{{word}: [{other}, {value}]}}.",
    ),
    "mapping_missing": ("There is no mapping '{value}'.", "Name a YAML file, or one of: {known}."),
    "mapping_kind_other": ("The mapping is of {value}, and {kind} was asked for.", "Leave --kind out, or choose another mapping."),
    "kind_missing": ("No kind of record was named.", "Name one with --kind, or a mapping with --mapping."),
    "mapping_column_unspoken": (
        "The mapping does not speak of the column '{value}'.",
        "Map it to a field, or list it under extras: it is kept beside then, and nothing is left out silently.",
    ),
    "mapping_word_missing": (
        "The mapping does not say what '{value}' means for {field} ({count} rows); nothing was recorded.",
        "Write it under values, or under unknown, in a copy of the mapping. Words of the field: {nearest}.",
    ),
    "row_of_another_kind": (
        "The row says '{value}': it is no {kind} (those are {words}).",
        "Import the file again with the mapping for such rows.",
    ),
    "xml_outline_unclear": (
        "The record has positions that could be several outlines, or none ({value}).",
        "Give its outline as GeoJSON or as CSV with a column wkt, or leave the positions out.",
    ),
    "xml_broken": ("The file is no XML: {reason}.", "Export it again; XML that is cut off or edited by hand cannot be read."),
    "xml_document_type": (
        "The XML has a document type, which is refused: it can make a small file into an endless one.",
        "Remove the lines from <!DOCTYPE to its end.",
    ),
    "xml_too_deep": ("Elements stand more than {limit} deep within each other.", "Export it again: no report is so deep."),
    "xml_not_maxml": ("The XML begins with '{value}', not with {root}.", "Give a maXML file; other XML is not read as records."),
    "day_column_not_mapped": (
        "The column '{value}' looks like days, and no column is read as the day of the row.",
        "Name it 'on', or write 'on: {value}' under fields in a mapping; or give the day of every row with --on, which may be unknown.",
    ),
    "day_given_twice": ("The day {value} was given, and the table has a column for the day.", "Leave one of the two out."),
    "data_kind_unknown": (
        "{value} is not a table that is read here.",
        "Give the name of a file, a pandas or Polars DataFrame, or an Arrow table; call collect() on a lazy one, and "
        "pyarrow.Table.from_pylist on a list of rows.",
    ),
    "output_missing": ("No file was named for the rows.", "Name one, for example screened.parquet."),
    "output_is_input": ("'{value}' is {other}.", "Choose another file: nothing that was given is written over."),
    "records_missing": ("'{value}' is about a file of records, and none was named.", "Name one (--file RECORDS), or leave this out."),
    "output_of_object": ("'{value}' was named as a file for rows that did not come from one.", "Write the table of the answer yourself."),
    "outline_broken": ("'{value}' is no outline that is read here.", "Write POLYGON ((lon lat, lon lat, ...)) or MULTIPOLYGON."),
    "outline_kind_wrong": ("A {value} has no area.", "Give a polygon, or leave the outline empty where none is known."),
    "outline_swapped": (
        "The latitude of '{value}' is beyond 90 degrees: the axes seem swapped.",
        "Longitude comes first: {swapped}, if that is meant.",
    ),
    "outline_off_the_earth": (
        "'{value}' is not a longitude and a latitude in degrees.",
        "Give WGS 84 longitude (-180 to 180) and latitude (-90 to 90).",
    ),
    "outline_ring_open": (
        "The ring begins at {value} and ends at {last}.",
        "Repeat the first position at the end, if the ring closes there.",
    ),
    "outline_without_area": ("The ring encloses no area ({value}).", "Give at least three different corners."),
    "outline_three_numbers": ("The position '{value}' has not two numbers.", "Export without heights: longitude and latitude alone."),
    "outline_not_of_kind": (
        "The row has an outline, and a record of {value} has none.",
        "Take the outline out; tell ground as hazardous_area, land_release or another kind with an outline.",
    ),
    "coordinates_not_wgs84": (
        "The coordinates are in {value}, not in WGS 84 longitude and latitude.",
        "Save the file in EPSG:4326 and import it again.",
    ),
    "geojson_broken": ("The file is no GeoJSON of features: {reason}.", "Export a FeatureCollection as RFC 7946 describes it."),
    "record_file_unknown": ("'{value}' is not the extension of a file of records that is read here.", "Use one of: {known}."),
    "record_column_unknown": (
        "'{value}' is not a field of {kind}; nothing is left out silently.",
        "Rename it to what it is ({nearest}), or take the column out of the file.",
    ),
    "record_key_twice": ("The name '{value}' stands twice.", "Keep one of the two: nothing given may be lost."),
    "record_value_nested": ("The value of {value} is a list or an object.", "Write one text or number."),
    "date_in_future": ("{value} lies after today ({today}).", "Correct the date: what is told has happened."),
    "supersedes_unknown": (
        "No fact of {kind} with the id '{value}' is in the store.",
        "Copy the id of the fact that is corrected from 'mineaction history SUBJECT'.",
    ),
    "fact_told_before": (
        "The same record was told before, in batch {value}, and corrects something else now.",
        "Say in the note why it is told again; it is a record of its own then.",
    ),
    "store_missing": ("There is no store '{value}'.", "Make one with 'mineaction init {value}', or name another with --store."),
    "store_exists": ("'{value}' is there already.", "Choose another name: nothing is written over."),
    "store_not_ours": ("'{value}' is not a store of this program: {reason}.", "Give a file that 'mineaction init' made."),
    "store_busy": ("Another program is writing to '{value}'.", "Try again when it has ended; nothing was recorded."),
    "store_damaged": ("'{value}' cannot be read as a database: {reason}.", "Restore the last backup with 'mineaction restore'."),
    "store_refused": ("'{value}' could not be written: {reason}.", "Free space or mend the permission; nothing was recorded."),
    "batch_unknown": ("There is no batch '{value}'.", "Give a number from 1 to {last}, or the whole id of a batch."),
    "batch_reversed": (
        "Batch {value} was reversed by batch {by}.",
        "To let it stand again: mineaction reverse {by}.",
    ),
    "ledger_database_broken": ("SQLite finds the file damaged: {value}.", "Restore the last backup with 'mineaction restore'."),
    "ledger_schema_altered": (
        "'{value}' of the store is not as this program made it.",
        "Restore the last backup; ask who changed the store.",
    ),
    "ledger_fact_altered": ("The fact does not match its id any more ({value}).", "Restore the last backup; ask who changed the store."),
    "ledger_fact_missing": ("Batch {value} tells of a fact that is gone.", "Restore the last backup; ask who changed the store."),
    "ledger_fact_added": ("The fact stands in no batch: nobody told it ({value}).", "Restore the last backup; ask who changed the store."),
    "ledger_file_altered": ("The file kept with batch {value} is not the one that was imported.", "Restore the last backup."),
    "ledger_batch_altered": ("Batch {value} does not match its id any more.", "Restore the last backup; ask who changed the store."),
    "ledger_root_altered": (
        "The facts of batch {value} are not those its root was made of.",
        "Restore the last backup; ask who changed the store.",
    ),
    "ledger_chain_broken": ("The chain breaks at batch {value}.", "Restore the last backup; ask who changed the store."),
    "ledger_layer_altered": (
        "The layer {value} is not the copy of the facts that it should be.",
        "Import again, or run 'mineaction import' of any file: the layer is made anew. The facts are not touched by this.",
    ),
    "key_file_open": ("Others may read the key file '{value}' (mode {mode}).", "Run chmod 600 on it, or make a new key: it may be known."),
    "key_broken": ("'{value}' holds no Ed25519 key.", "Give a PEM file as 'mineaction checkpoint --key' makes it."),
    "checkpoint_broken": ("'{value}' is no checkpoint: {reason}.", "Give the file that 'mineaction checkpoint' wrote."),
    "checkpoint_signature_wrong": (
        "The checkpoint was not signed with this key, or was changed since.",
        "Compare the public key with the one you were given, and the checkpoint with your own copy.",
    ),
    "checkpoint_of_another_store": ("The checkpoint is one of another store ({value}).", "Give the checkpoint of this store."),
    "checkpoint_not_reached": (
        "The checkpoint covers {value} batches, the store holds {held}: the end was cut off.",
        "Restore a backup that is not older than the checkpoint.",
    ),
    "checkpoint_differs": (
        "Up to batch {value} the store is not what was signed: its history was made anew.",
        "Keep this file as evidence; restore a backup that matches the checkpoint.",
    ),
    "public_key_missing": ("A checkpoint was given without the key to check it.", "Name the public key with --public-key."),
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
    "release_class_unusual": (
        "The release is told as {value} by {method}, which usually gives {usual}; it counts as told.",
        "Correct class or method, if one of them is wrong.",
    ),
    "lanes_counted_as_reduced": (
        "{value} tells of lanes searched to full depth in a technical survey; they count as reduced, since no rule says otherwise.",
        "If the country lets them count as cleared, send the rule lanes_count_as.",
    ),
    "packaged_data_broken": ("The packaged data do not match their manifest: {value}.", "Install the package again."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was given. `place` names file, row, field or option, the most exact one known."""

    code: str
    place: str
    value: str
    message: str
    remedy: str

    def as_dict(self) -> dict[str, str]:
        """The five keys, as every `--json` answer prints them."""
        return {"code": self.code, "place": self.place, "value": self.value, "message": self.message, "remedy": self.remedy}

    def __str__(self) -> str:
        return f"{_shown(self.place, DETAIL_SHOWN_CHARACTERS_MAX)}: {self.message} {self.remedy} [{self.code}]"


class ProblemError(Exception):
    """A question that cannot be answered as put. `problems` is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        assert self.problems, "a ProblemError carries at least one problem"
        super().__init__("; ".join(str(one) for one in self.problems))


def problem(code: str, place: str, value: object = "", **details: object) -> Problem:
    """A problem of the catalogue, its sentences filled in. A code outside the catalogue is a programmer's error.

    `value` is kept whole; the sentences repeat only the beginning of what is very long.
    """
    message, remedy = CATALOGUE[code]
    words = {name: _shown(str(detail), DETAIL_SHOWN_CHARACTERS_MAX) for name, detail in details.items()}
    words["value"] = _shown(str(value), VALUE_SHOWN_CHARACTERS_MAX)
    return Problem(code, place, str(value), message.format(**words), remedy.format(**words))


def _shown(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text):,} characters)"
