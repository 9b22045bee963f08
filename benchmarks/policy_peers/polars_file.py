"""Polars: a table file through when/then into another, streamed. `python -m benchmarks.policy_peers.polars_file IN OUT FORM`.

The verdict with facts that may be missing, worked out by hand: what every completion gives, else undetermined. The clauses are given
where the verdict is certain.
"""

from __future__ import annotations

import sys

import polars as pl

from benchmarks.policy_peers.files import WORDS
from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER

POLICY = "us_apl_policy.2022"
KOREA_BEFORE = "us_apl_policy.2020"
SPOKEN_OF = (*MAKE, *TRANSFER, "use", "destroy")


def fact(name: str, *words: str) -> pl.Expr:
    """Whether the fact is known and one of the words; never null."""
    found = pl.col(name) == words[0] if len(words) == 1 else pl.col(name).is_in(words)
    return found.fill_null(value=False)


def unknown(name: str) -> pl.Expr:
    return pl.col(name).is_null()


ANSWERS: list[tuple[str, str]] = []


def answer(verdict: str, clauses: str = "") -> pl.Expr:
    """A verdict and its clauses as one number, which is made into two columns at the end."""
    if (verdict, clauses) not in ANSWERS:
        ANSWERS.append((verdict, clauses))
    return pl.lit(ANSWERS.index((verdict, clauses)), pl.UInt8)


OPEN, SILENT = answer("undetermined"), answer("not_addressed")


def policy() -> pl.Expr:
    """The policy on days of its own."""
    both = fact("item", "anti_personnel_mine") & fact("initiation", "both")
    meant = fact("item", "victim_activated_improvised_device") | (fact("item", "anti_personnel_mine") & fact("initiation", "victim"))
    outside = fact("item", "anti_vehicle_mine", "booby_trap", "cluster_munition", "other") | (
        fact("item", "anti_personnel_mine") & fact("initiation", "command")
    )
    reserve = fact("purpose", "defence") & fact("context", "korean_peninsula")
    silent = (fact("act", "sell") & fact("counterparty", "none")) | (fact("act", "destroy") & reserve)
    assisted = pl.when(fact("context", "korean_peninsula") | outside).then(SILENT).otherwise(OPEN)
    lasting = fact("persistence", "persistent")
    used = (
        pl.when(fact("place", "elsewhere"))
        .then(answer("prohibited", f"{POLICY}.3"))
        .when(fact("place", "korean_peninsula") & lasting)
        .then(answer("prohibited", f"{KOREA_BEFORE}.use_persistent"))
        .when(fact("place", "korean_peninsula") & ~unknown("persistence"))
        .then(answer("permitted", f"{KOREA_BEFORE}.use"))
        .when(unknown("place") & lasting)
        .then(answer("prohibited", f"{POLICY}.3;{KOREA_BEFORE}.use_persistent"))
        .otherwise(OPEN)
    )
    moved = (
        pl.when((fact("act", "sell") & unknown("counterparty")) | unknown("purpose"))
        .then(OPEN)
        .when(fact("purpose", "destruction"))
        .then(answer("permitted", f"{POLICY}.2.destruction"))
        .when(fact("purpose", *EXCEPTED))
        .then(answer("permitted", f"{POLICY}.2.activities"))
        .otherwise(answer("prohibited", f"{POLICY}.2"))
    )
    may_be_reserve = (unknown("purpose") | fact("purpose", "defence")) & (unknown("context") | fact("context", "korean_peninsula"))
    destroyed = pl.when(may_be_reserve).then(OPEN).otherwise(answer("obliged", f"{POLICY}.5"))
    return (
        pl.when(fact("act", *ASSIST))
        .then(assisted)
        .when(~fact("act", *SPOKEN_OF) | outside | silent)
        .then(SILENT)
        .when(both | ~meant)
        .then(OPEN)
        .when(fact("act", *MAKE))
        .then(answer("prohibited", f"{POLICY}.1"))
        .when(fact("act", *TRANSFER))
        .then(moved)
        .when(fact("act", "use"))
        .then(used)
        .otherwise(destroyed)
    )


def answered(records: pl.LazyFrame) -> pl.LazyFrame:
    """The table with the two columns that are added."""
    found = (
        pl.when((pl.col("on") < "2022-06-21") | (pl.col("on") >= "2025-12-02"))
        .then(answer("not_in_force"))
        .when(unknown("actor"))
        .then(OPEN)
        .when(~fact("actor", "USA"))
        .then(answer("not_bound"))
        .otherwise(policy())
    )
    columns = {}
    for name, texts in zip(("verdict", "clauses"), zip(*ANSWERS, strict=True), strict=True):
        kind = pl.Enum(list(dict.fromkeys(texts)))
        columns[name] = pl.col("found").replace_strict(range(len(texts)), texts, return_dtype=kind)
    return records.with_columns(found=found).with_columns(**columns).drop("found")


def main(given: str, out: str, form: str) -> None:
    """`text` compares words, `enum` makes numbers of them first."""
    records = pl.scan_parquet(given)
    if form == "enum":
        records = records.with_columns(pl.col(name).cast(pl.Enum(list(dict.fromkeys(words)))) for name, words in WORDS.items())
    answered(records).sink_parquet(out, compression="snappy")


if __name__ == "__main__":
    main(*sys.argv[1:])
