"""Questions of law, policies, statements and texts: what can be wrong, and how to mend it."""

from __future__ import annotations

LAW: dict[str, tuple[str, str]] = {
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
}
