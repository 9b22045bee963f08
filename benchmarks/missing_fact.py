"""What an engine answers about a fact that nobody gave: "use is prohibited unless the place is Korea", asked without a place.

The verdict depends on the place, so the only right answer is that it cannot be determined. Each engine is asked in the spellings that a
user would write; where two of them part, the spelling decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.peers import NotRunError, told
from benchmarks.table import Row
from mineaction.policies.clause import Clause, Variant
from mineaction.policies.unknowns import answer

# group, file of the engine, what it is called
ASKED = (
    ("bench-engines", "cedar", "Cedar"),
    ("bench-engines", "rego", "Rego (OPA) by regorus"),
    ("bench-engines", "zen_table", "ZEN"),
    ("bench-engines", "cel_expression", "CEL"),
    ("bench-engines", "clingo_program", "clingo"),
    ("bench-openfisca", "openfisca", "OpenFisca-Core"),
    ("bench-arrays", "polars_when", "Polars when/then"),
    ("bench-arrays", "duckdb_case", "DuckDB CASE"),
    ("bench-arrays", "plain_python", "plain Python"),
)


def rows() -> Iterator[Row]:
    """Ours, then one row for each spelling."""
    rule = Clause("use", "", "forbid", (), when=({"act": frozenset({"use"}), "place": frozenset({"elsewhere"})},))
    ours = answer(Variant("example", "only", (rule,), (), ("act", "place")), {"act": "use"})
    named = "; ".join(", ".join(names) for names in ours.missing)
    yield Row("mineaction", ours.verdict, "", None, f"would be settled by: {named}; possible: {', '.join(ours.possible)}")
    for group, engine, called in ASKED:
        try:
            heard = told(group, "missing", engine)
        except NotRunError as why:
            yield Row(called, f"not run: {why}", "", None, "")
            continue
        for spelling, said in heard["answers"].items():
            yield Row(called, said, "", None, f"{spelling}; {heard['version']}")
