"""Every limit and tolerance of the system, each with its reason. Code refers to these names and repeats no number."""

from __future__ import annotations

import datetime as dt

# A public statement is a few pages; ten times the largest law text held (80 kB) leaves room and keeps a check within seconds.
STATEMENT_BYTES_MAX = 1_000_000

# The longest sentence of the packaged laws has some 1,500 characters; a longer run without a full stop is cut at white space, so that
# patterns run on short texts only and a check stays within seconds.
SENTENCE_CHARACTERS_MAX = 3_000

# No instrument held is older than 1800, and a clock counted from a day (ten years, renewed) must not leave the calendar, which ends with
# the year 9999.
DAY_FIRST, DAY_LAST = dt.date(1800, 1, 1), dt.date(2999, 12, 31)

# A policy file is a few hundred clauses; YAML is parsed in memory, so a larger file is a mistake or an attack.
POLICY_FILE_BYTES_MAX = 1_000_000

# The longest packaged version has some 35 clauses. Clauses that defeat one another are followed by calls within calls, which Python ends
# at a thousand; a quarter of that leaves room.
POLICY_CLAUSES_MAX = 250

# Values within values in a policy file: clauses, clause, readings, override, condition, not, values. More is no policy.
POLICY_FILE_DEPTH_MAX = 12

# Nearest words offered for a word that is not in a list: more are noise on a terminal.
NEAREST_WORDS_MAX = 5

# Cells of one version's table, one byte for the verdict and two for the clause set: at most 4 MB, what a processor's cache holds.
TABLE_CELLS_MAX = 1_300_000

# Natural Earth 1:10m is drawn for maps, not for borders: its own documentation gives no accuracy, and 1:10m map practice
# (0.5 mm on paper) is 5 km. Within this distance of the border of a scope the place is unknown and the candidates are listed.
BOUNDARY_ACCURACY_M = 5_000

# One nautical mile is 1,852 m. The territorial sea reaches at most 12 of them from the coast (UNCLOS Article 3).
TERRITORIAL_SEA_M = 12 * 1_852

# Islands too small for the 1:10m map have a territorial sea too. The remotest one of either Korea that the map leaves out, and a base
# point of the Republic of Korea's territorial sea, is Gyeongnyeolbi-do, 55 km off the mainland.
UNDRAWN_ISLAND_M = 55_000

# A statement of the largest size asks some thousands of questions about rules, most of them the same; a question of a few hundred bytes and
# its answer are small, so that this many stay within some tens of megabytes.
LAW_ANSWERS_KEPT = 4_096

# Fewer words left over beside a claim are joining words ("and", "the statement said"), not an assertion that somebody left unchecked.
REST_OF_SENTENCE_WORDS_MIN = 4

# Words between "will" and its act: "will, under the new policy announced today, no longer use" has seven. An act further off belongs to
# other words.
MODAL_TO_ACT_WORDS_MAX = 8

# Beside a count of parties the latest acts are named, as what changed it last; more lines would bury the answer, and `mineaction status`
# lists every act.
LATEST_ACTS_SHOWN = 6

# Beside a group its latest members are named: Finland and Sweden joined NATO within a year of each other.
LATEST_MEMBERS_SHOWN = 2

# Rows of a table read, screened and written at once: what most writers of Parquet put into one group. A million rows of twenty columns are
# about a hundred megabytes.
TABLE_ROWS_AT_ONCE = 1 << 20

# Rows looked at to find a column of days that nobody mapped: days stand in the first rows or are few.
DAY_ROWS_SEEN = 1_000

# Bytes of a CSV file read at once: some hundred thousand rows.
TABLE_BYTES_AT_ONCE = 1 << 24

# Rows worked on at once within a batch: their numbers, eight bytes each, stay in a processor's cache from one look-up to the next.
ROWS_IN_CACHE = 1 << 15

# A header line has names of columns; a megabyte of them is no table.
CSV_HEADER_BYTES_MAX = 1_000_000

# Characters of a value, as given, that the sentence about it repeats: enough to find it again, a few lines on a terminal. A cell may hold a
# megabyte by a slip; the problem carries it whole under `value`.
VALUE_SHOWN_CHARACTERS_MAX = 300

# Characters of anything else in such a sentence: the longest list of words to choose from, every fact of an act, has some 600.
DETAIL_SHOWN_CHARACTERS_MAX = 2_000

# Characters of what a library or another program says of an error: its first sentence or two, which name the cause.
REASON_SHOWN_CHARACTERS_MAX = 200

# Characters of an outline, and of the name of a coordinate system, that were not understood: enough to find them again in the file.
OUTLINE_SHOWN_CHARACTERS_MAX = 60
CRS_SHOWN_CHARACTERS_MAX = 80

# Problems told in an answer; the file of problems holds all of them.
PROBLEMS_SHOWN_MAX = 1_000

# Rows told in an answer that a change of the law judges otherwise: a page to look through; the file of these rows holds all.
CHANGED_ROWS_SHOWN_MAX = 100

# Different texts of one column that mean nothing in its field: behind so many stands a column that says something else.
COLUMN_PROBLEMS_MAX = 10_000

# Different texts of one column that are remembered: moments to the second may be as many as rows, and memory is finite.
WORDS_KEPT_MAX = 1_000_000

# Different texts of one column that a proposed mapping lists: nobody fills in more by hand.
MAPPING_WORDS_MAX = 300

# Bytes of a file of records that is imported: a national database of outlines is some tens of megabytes as text.
IMPORT_BYTES_MAX = 100_000_000

# Bytes an archive may hold once it is unpacked: five times the largest file of records, what maps of a country take.
INFLATED_BYTES_MAX = 500_000_000

# Files in an archive: a file geodatabase has some hundred, a workbook some tens.
ARCHIVE_FILES_MAX = 2_000

# Bytes of the list of an archive's files, read before the list itself: names and dates of the files above.
ARCHIVE_LIST_BYTES_MAX = 1_000_000

# How much smaller a file may be packed than it is: tables with wide empty columns reach a hundred, bombs reach a thousand. Small files
# are let off, since what they unfold to is small.
INFLATED_RATIO_MAX = 300
INFLATED_RATIO_FROM_BYTES = 1_000_000

# What the process that reads a file of a stranger may use: memory for the largest archive unpacked, as text and as rows; the largest
# clean file takes a tenth of the time.
PARSER_MEMORY_BYTES_MAX = 4 << 30
PARSER_SECONDS_MAX = 300

# Rows at the top of a sheet in which names of columns are looked for, and the characters that a text may have to be one: titles and notes
# stand above a header, and a longer text is a sentence.
NAME_ROWS_SEEN = 20
COLUMN_NAME_CHARACTERS_MAX = 60

# Elements within elements in an XML file: a map file has some ten.
XML_DEPTH_MAX = 200

# Degrees and minutes packed into one number stay below 18,000 (180 degrees); coordinates in metres of UTM and national grids are hundreds
# of thousands. From here on a number is told to be one of a projection.
PROJECTED_NUMBER_MIN = 20_000

# Accuracy of a change of datum up to which nothing is said: the worst satellite positions of hand-held receivers.
DATUM_SHIFT_ACCURACY_M = 10

# Degrees beyond the area a coordinate system is made for, where a neighbouring zone is still drawn in it by custom.
CRS_AREA_MARGIN_DEGREES = 3

# Decimals of a degree kept of a transformed position: a tenth of a millimetre, below any survey and above the noise of arithmetic.
TRANSFORMED_DECIMALS = 9

# By how much the last leg of a traverse may miss its start: our own choice, no standard's. A hundredth of its length is what a compass and
# a tape do in rough ground, a metre what the shortest ones may miss; beyond it a leg was written wrongly or left out.
TRAVERSE_CLOSING_SHARE_MAX = 0.01
TRAVERSE_CLOSING_M_MIN = 1.0

# From half a centimetre on it is told at all: below that it rounds to nothing, and no compass and tape are as good.
TRAVERSE_CLOSING_TOLD_M = 0.005

# Milliseconds a command waits for another that is writing: an import of the largest file takes less.
STORE_WAIT_MS = 60_000

# Seconds a server may take to answer a connection: beyond that it is down or the address is wrong.
SERVER_ANSWER_S = 10

# Memory for pages of an open store, in KiB: with SQLite's own 2 MB an import of 100,000 outlines writes and reads every page several times.
STORE_CACHE_KIB = 128 * 1024

# Metres between two vertices of an outline beyond which a digit is likely wrong: the threshold of the GICHD's geocheck.
VERTEX_GAP_M = 5_000

# A corner sharper than one degree, with both sides longer than five metres, is a spike: no ground is fenced so.
SPIKE_DEGREES = 1.0
SPIKE_SIDE_M = 5.0

# Vertices of an outline beyond which it is told: a whole country's border at 1:10m has fewer.
OUTLINE_VERTICES_USUAL_MAX = 100_000

# Vertices up to which an outline is asked at once whether it crosses itself: at worst, with every line beside every other, some tenths of a
# second. Larger ones are asked in a process of their own, which has so many seconds for each: a ring of a million vertices takes one.
OUTLINE_VERTICES_AT_ONCE_MAX = 5_000
OUTLINE_CHECK_SECONDS_MAX = 20

# Seconds for all the outlines of a file that take a process of their own: as many as its parser has.
OUTLINES_SECONDS_MAX = 300

# Degrees within which two vertices are the same: a tenth of a metre, the duplicate tolerance of the GICHD's geocheck.
SAME_VERTEX_DEGREES = 1e-6

# Share of the ground of both outlines in common from which they are one thing drawn twice, as along the edge of a map sheet.
DRAWN_AGAIN_SHARE = 0.9

# Outlines in the same box that are compared vertex by vertex with one outline, and records whose ground is compared with one record: more
# are copies of copies, and each of them is told already.
COPIES_COMPARED_MAX = 20

# Records asked at once for their neighbours: where a hundred thousand lie upon each other, the answer stays within a gigabyte.
COPIES_ASKED_AT_ONCE = 256

# Pairs of neighbours looked at for copies, some seconds: records of a country have a few each; beyond that they lie upon each other.
COPY_PAIRS_MAX = 20_000_000

# Vertices of two outlines together up to which their ground is overlaid at import: an overlay of larger ones may take minutes, and
# `mineaction overlaps` makes it when it is asked for.
OVERLAID_AT_IMPORT_VERTICES_MAX = 2_000

# Records at one position from which it is told: households and craters share one by chance, ten records do not.
POSITION_SHARED_RECORDS_MIN = 10

# How far a factor between a reported and a computed area may be off for its cause to be named: both Mercator projections and rounding to
# three digits lie within a hundredth.
AREA_FACTOR_TOLERANCE_SHARE = 0.01

# From here on (8 degrees from the equator) the factor of a Mercator map can be told from a difference of measuring.
MERCATOR_FACTOR_MIN = 1.02

# Metres of depth: the deepest searches, for aircraft bombs, end above it; 13 or 20 are the usual depths in centimetres.
CLEARANCE_DEPTH_M_MAX = 10

# Seconds for the repair of one outline: one of a hundred vertices takes milliseconds, a star of two hundred took ten seconds.
REPAIR_SECONDS_MAX = 5

# Memory of the process that checks or repairs outlines: an outline of a million vertices takes some hundred megabytes.
OUTLINE_MEMORY_BYTES_MAX = 2 << 30

# Records shown as those with most findings: a page to begin with.
WORST_RECORDS_SHOWN = 20

# Names in one question to a store: SQLite takes 32,766 of them, PostgreSQL 65,535.
NAMES_ASKED_AT_ONCE = 10_000

# Rows fetched at once from a server of a table that is read through: with their outlines some megabytes.
ROWS_FETCHED_AT_ONCE = 2_000

# Numerical noise of an overlay on one hazardous area: a square metre. Only the closing rule reads it; no figure leaves out slivers.
SLIVER_M2 = 1.0

# Slivers of a hazardous area together, from which it does not close: ten square metres of thin strips may hide ground nobody searched.
SLIVERS_TOGETHER_M2 = 10.0

# A reported area and the area of its polygon are flagged as different beyond the larger of the two: ten square metres is the rounding of a
# small field drawn by hand, one in a thousand the difference between usual ways of measuring a large one. It closes and corrects nothing.
REPORTED_AREA_TOLERANCE_M2 = 10.0
REPORTED_AREA_TOLERANCE_SHARE = 0.001

# By how many days a country may let reports stand in the wrong order: beyond a year it is another event, or a wrong year.
DATE_TOLERANCE_DAYS_MAX = 366

# How far the two sides of a balance of areas may differ: reports give square metres, and a hundredth of one is below anything drawn.
BALANCE_M2 = 0.01

# Coordinates are doubles, good to some tenths of a micrometre on the ground: what an overlay finds along a shared edge below a square
# millimetre is rounding, and becomes no credit.
AREA_NOISE_M2 = 1e-6

# Square metres that cuts of one piece along the borders of provinces may be off in sum: edges of a border a hundred kilometres long are
# rounded to some billionths of a metre. More than a square centimetre is ground that no area holds, and is listed as such.
BORDER_NOISE_M2 = 1e-4

# Hazardous areas of one part of a land account that is made part by part, with their releases: some hundred megabytes.
HAZARDS_AT_ONCE = 20_000

# Boxes of releases looked up at once while parts are made: some ten megabytes.
BOXES_AT_ONCE = 200_000

# Pairs of records whose ground is overlaid at once, so that memory stays flat.
OVERLAYS_AT_ONCE = 2_000

# Metres around a position in which hazardous areas are looked for: within them a flat map of the ellipsoid is exact to a thousandth.
NEAR_M_MAX = 100_000

# Land accounts kept in memory by a process that asks again: of all days, of the day before a period and of its end. Of a national store
# each is some hundred megabytes.
LAND_ACCOUNTS_KEPT = 3
