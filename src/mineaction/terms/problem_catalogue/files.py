"""Files of whatever format, and what they hold of places, days and areas: what can be wrong, and how to mend it."""

from __future__ import annotations

FILES: dict[str, tuple[str, str]] = {
    "outline_numbers_wrong": (
        "The position '{value}' has too few or too many numbers.",
        "Give longitude and latitude, and a height at most.",
    ),
    "coordinates_projected": (
        "'{value}' are metres of a projection, no degrees.",
        "State the coordinate system they are in, for example --crs EPSG:32638; whoever drew the file knows it.",
    ),
    "crs_missing": (
        "The file does not say in which coordinate system it is (a shapefile says it in its .prj file).",
        "Add the .prj file, or state the system with --crs EPSG:NNNN; it is never guessed.",
    ),
    "crs_unknown": ("'{value}' is not a coordinate system that is known here.", "Give a code such as EPSG:4326 or EPSG:32638."),
    "crs_unusable": ("'{value}' is not a system of positions on the earth's surface.", "Save the file in EPSG:4326 and import it again."),
    "crs_contradicts": (
        "The file says that it is in {crs}, and {value} was stated.",
        "Leave --crs out, or correct the file: one of the two is wrong.",
    ),
    "crs_position_impossible": (
        "The position '{value}' does not exist in {crs}.",
        "Check the system and the order of the numbers: east comes before north.",
    ),
    "crs_area_exceeded": (
        "'{value}' lies outside the area {crs} is made for.",
        "Check that the file is in the system it names: a wrong zone or swapped axes look so.",
    ),
    "datum_shift_uncertain": (
        "Positions in {value} were turned into WGS 84 with an accuracy of {accuracy} ({operation}).",
        "Compare one position with a place you know; give coordinates in WGS 84 if you have them.",
    ),
    "heights_left_out": (
        "Heights and measures, such as {value}, are no part of an outline and were left out.",
        "Nothing needs to be done; the file is kept as given.",
    ),
    "positions_repeated": (
        "The position {value} stands twice in a row.",
        "Take one of the two out; the outline is the same.",
    ),
    "position_numbers_left_out": (
        "The numbers '{value}' behind latitude, longitude, altitude and accuracy were left out.",
        "Look whether they belong to the next position.",
    ),
    "position_not_decimal": (
        "'{value}' is no coordinate in decimal degrees.",
        "Write degrees with a decimal point, 33.2125 for 33 degrees 12 minutes 45 seconds; south and west are negative.",
    ),
    "position_zero": (
        "The position is {value}, in the sea off Africa, as programs write where none is known.",
        "Leave the position empty where none is known.",
    ),
    "traverse_north_missing": (
        "Bearings are given, and not from which north they are counted.",
        "Write true, or magnetic with the declination on the day of the survey in degrees east of true north (magnetic -1.5), in the "
        "column north; it is never guessed: 10 degrees move a corner 100 m away by 17 m.",
    ),
    "traverse_north_grid": (
        "Bearings from {value} north are not read: grid north differs from true north by another angle at every place of every grid.",
        "Add the grid convergence of the place (east of true north is positive) to each bearing and write true, or give the corners as "
        "positions in a column wkt.",
    ),
    "traverse_north_unknown": (
        "'{value}' does not say from which north bearings are counted.",
        "Write true, or magnetic with the declination in degrees east of true north, for example magnetic -1.5 (west is negative).",
    ),
    "traverse_start_broken": (
        "'{value}' is no start of a traverse.",
        "Begin with longitude and latitude of the start in decimal degrees, then a semicolon: 3.0 1.0; 90 100; ...",
    ),
    "traverse_leg_broken": (
        "'{value}' is no bearing and distance.",
        "Write two numbers with a decimal point and nothing else, degrees and metres: 90 50.5; semicolons stand between legs.",
    ),
    "traverse_bearing_impossible": ("The bearing {value} is not between 0 and 360 degrees.", "Write degrees clockwise from north."),
    "traverse_distance_negative": ("The distance {value} is below zero.", "Write the metres, and the bearing of the way that was gone."),
    "traverse_legs_few": (
        "The traverse has {value} legs, and fewer than three enclose nothing.",
        "Write every leg, the last one leading back to the start.",
    ),
    "traverse_open": (
        "The last leg ends {value} from the start; at most {limit} m are taken for a traverse of {length} m.",
        "Look for a leg that is missing or wrongly written; the last leg leads back to the start.",
    ),
    "traverse_closed": (
        "The last leg ends {value} from the start, of a traverse of {length} m; the outline was closed at the start.",
        "Compare it with the survey; nothing needs to be done if the survey closes so.",
    ),
    "traverse_not_of_kind": (
        "A record of {value} has no place in which the bearings are kept as they were given.",
        "Give its outline in a column wkt.",
    ),
    "layer_not_chosen": ("The file holds {value} layers, sheets or files of records: {layers}.", "Choose one with --layer NAME."),
    "layer_unknown": ("The file has no layer, sheet or file of records '{value}'.", "It has {layers}."),
    "shapefile_part_missing": (
        "The shapefile has no {value} beside its .shp.",
        "Give all its files (.shp, .shx, .dbf, .prj) in one folder, or packed in one zip.",
    ),
    "shapefile_counts_differ": (
        "The .shp holds {value} shapes, the .dbf {rows} rows: nobody can say which belong together.",
        "Export the shapefile again.",
    ),
    "encoding_unsaid": (
        "The .dbf holds letters beyond A to Z and does not say in which encoding.",
        "Add a .cpg file beside it with the name of the encoding, for example UTF-8 or 1256.",
    ),
    "encoding_wrong": (
        "The letters of the file are not in the encoding it names.",
        "Write the right name into its .cpg file, for example 1256, or export it as UTF-8.",
    ),
    "geometry_damaged": (
        "The record has a shape that cannot be read.",
        "Export the file again, or draw the shape anew; if there is none, leave it empty.",
    ),
    "geodatabases_several": ("The archive holds {value} file geodatabases.", "Give one of them."),
    "gdal_broken": ("The file cannot be read: {reason}.", "Export it again; part of it may be missing or damaged."),
    "kml_broken": ("The file is XML and no KML: it begins with {value}.", "Export it as KML."),
    "kml_link": ("The file links to another ({value}); nothing is fetched.", "Save the places themselves into the file, without links."),
    "xlsx_broken": ("The file cannot be read as a workbook: {reason}.", "Save it again as XLSX, without a password."),
    "xml_broken": ("The file is not well-formed XML: {reason}.", "Export it again; part of it may be missing."),
    "xml_document_type": (
        "The file has a document type, which may define or fetch other content.",
        "Remove the line <!DOCTYPE ...> and what stands in it.",
    ),
    "column_without_name": (
        "These columns have cells and no name: {value}.",
        "Name them, or empty them. The names of the columns stand in the first row that is not empty.",
    ),
    "cells_merged": (
        "The cells {value} are merged over the row: what stands in them may be meant for every row.",
        "Split them and fill in every cell.",
    ),
    "cell_is_error": ("The cell shows the error {value}.", "Correct its formula, or write the value."),
    "date_from_year_number": (
        "{value} is what a spreadsheet shows of the number {year}, formatted as a date.",
        "Format the cell as text and write {year}, if the year is meant.",
    ),
    "date_first_of_year": (
        "{value} of {rows} records have the first of January here.",
        "If only the year is known, write the year alone: programs make 1 January of it.",
    ),
    "date_order_unsaid": (
        "'{value}' does not say which number is the day and which the month.",
        "State it for the file with --dates day-first or --dates month-first, or write YYYY-MM-DD.",
    ),
    "date_with_time": ("'{value}' has a time of day.", "Write the day alone, YYYY-MM-DD, as it was where it happened."),
    "date_is_number": (
        "'{value}' is the number a spreadsheet keeps a date as.",
        "Format the column as text or as YYYY-MM-DD before saving.",
    ),
    "area_number_ambiguous": (
        "'{value}' may be read in two ways.",
        "Write the number without marks between thousands and with a decimal point.",
    ),
    "area_unit_differs": (
        "A {unit} has another size in another country ('{value}').",
        "Write square metres, and the text as it was under reported_area_given.",
    ),
    "area_unit_unknown": ("'{unit}' is no unit of area that is known here ('{value}').", "Write square metres, or ha, km2, acres."),
    "id_with_blanks": (
        "The id '{value}' has blanks before or behind it; they do not count.",
        "Take them out, so that other programs find the same id.",
    ),
    "id_written_otherwise": (
        "The id '{value}' is written '{other}' in another row; they are one id.",
        "Write it in one way, or give one of the two another id.",
    ),
    "link_dangling": (
        "The record is linked with '{value}', and no record of that id is in the store or in the file.",
        "Import the file that holds it, or correct the id; the link is kept.",
    ),
    "archive_broken": ("The archive cannot be unpacked: {reason}.", "Pack it again as a plain zip."),
    "archive_too_many_files": ("The archive has {value}; at most {limit} files are unpacked.", "Pack only the files of one data set."),
    "archive_too_large": ("The archive unfolds to {value} bytes, more than the {limit} that are unpacked.", "Split the data set."),
    "archive_nested": ("The archive holds another archive ('{value}').", "Unpack it and give the inner file."),
    "archive_leads_out": ("The name '{value}' in the archive leads out of it.", "Pack it again with plain names of files."),
    "archive_encrypted": ("The file '{value}' in the archive is encrypted.", "Pack it again without a password."),
    "archive_without_records": (
        "The archive holds no file of records that is read here.",
        "Pack a shapefile with its parts, or a .gdb folder; give other files as they are.",
    ),
    "file_too_demanding": (
        "Reading the file took more memory or time than is given to a file ({limit} s).",
        "Split it; if it is small, it is damaged or made to do harm.",
    ),
    "file_not_parsed": ("The reader of the file broke off: {reason}.", "Export the file again; it is damaged or unusual."),
    "dates_unknown": ("'{value}' is no order of dates.", "Write day-first or month-first."),
}

# What is told and stops nothing: the record is taken as it is.
FILE_WARNINGS = (
    "crs_area_exceeded",
    "datum_shift_uncertain",
    "heights_left_out",
    "positions_repeated",
    "position_numbers_left_out",
    "position_zero",
    "traverse_closed",
    "date_first_of_year",
    "id_with_blanks",
    "id_written_otherwise",
    "link_dangling",
)
