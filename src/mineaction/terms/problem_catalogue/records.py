"""Files of records, tables, mappings and outlines: what can be wrong, and how to mend it."""

from __future__ import annotations

RECORDS: dict[str, tuple[str, str]] = {
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
    "table_content_wrong": (
        "The file is named as {expected} and holds {value}.",
        "Give it the extension of what it holds; where nobody can tell, it is damaged: export it again.",
    ),
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
    "mapping_outline_unread": (
        "The column '{value}' holds outlines, and is not read as one.",
        "Call it wkt in the file: no mapping names it, and without it the areas would be in no total.",
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
    "outline_not_of_kind": (
        "The row has an outline, and a record of {value} has none.",
        "Take the outline out; tell ground as hazardous_area, land_release or another kind with an outline.",
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
    "personal_field_not_yet_supported": (
        "'{value}' would hold {holds}: that cannot be sealed yet, and nothing of the file was recorded or kept.",
        "Tell accidents as place, day and counts. Take the column out of the file, or import with --without-personal: such cells are then "
        "left out, and only the file's digest is kept.",
    ),
    "personal_cells_left_out": (
        "The row has something in columns about people ({columns}): those cells were left out and are kept nowhere.",
        "Nothing to do; keep the file yourself if it is needed, where it is safe.",
    ),
    "export_nothing_of_tier": (
        "Nothing of the kind {kind} may be told at {value}: its lowest tier is {lowest}.",
        "Choose {lowest} for those who may have it, or tell it as sums.",
    ),
    "export_never_a_layer": (
        "Records of the kind {value} are never a layer of a map.",
        "Write a .csv, or tell them as sums by area.",
    ),
    "export_outline_sealed": (
        "The outlines of the kind {kind} may not be told at {value}, so there is no layer of them.",
        "Write a .csv, which then has no outlines, or choose {lowest} for those who may have them.",
    ),
    "export_file_unknown": ("'{value}' is not the extension of a file that is written here.", "Use one of: {known}."),
    "file_kept_as_hash": (
        "Of the file '{value}' nothing but its digest is kept: it has columns about people.",
        "Ask whoever imported it for the file; its digest shows whether it is the same.",
    ),
    "accident_people_added": (
        "A correction of {value} moves nobody: {was} people became {now}, more killed without fewer injured.",
        "Where somebody died later, lower injured_count by as many in a new correction; where more people were found, say so in its note.",
    ),
    "accident_counts_differ": (
        "Records of one accident that stand disagree on {value}: {figures}.",
        "Find out which is right, and let it name the other's id under supersedes; until then totals say at least and at most.",
    ),
}
