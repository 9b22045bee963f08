"""Polars: when/then over Enum columns, on every core."""

from __future__ import annotations

from typing import Any

import polars as pl

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "polars"


def setup(records: Records) -> pl.Expr:
    """The policy as one expression that gives the code of the verdict."""
    fact, when = pl.col, pl.when
    code = {word: pl.lit(number, pl.UInt8) for number, word in enumerate(records.verdicts)}
    either_way = (fact("item") == "anti_personnel_mine") & (fact("initiation") == "both")
    meant = (fact("item") == "victim_activated_improvised_device") | (
        (fact("item") == "anti_personnel_mine") & fact("initiation").is_in(["victim", "both"])
    )
    in_reserve = (fact("purpose") == "defence") & (fact("context") == "korean_peninsula")
    is_permitted_use = (fact("place") == "korean_peninsula") & (fact("persistence") == "self_destructing_and_deactivating")
    silent = ((fact("act") == "sell") & (fact("counterparty") == "none")) | ((fact("act") == "destroy") & in_reserve)
    assisted = (fact("context") == "other") & (fact("underlying") == "prohibited")
    found = (
        when(fact("act").is_in(MAKE))
        .then(code["prohibited"])
        .when(fact("act").is_in(TRANSFER))
        .then(when(fact("purpose").is_in(EXCEPTED)).then(code["permitted"]).otherwise(code["prohibited"]))
        .when(fact("act") == "use")
        .then(when(is_permitted_use).then(code["permitted"]).otherwise(code["prohibited"]))
        .otherwise(code["obliged"])
    )
    spoken_of = fact("act").is_in([*MAKE, *TRANSFER, "use", "destroy"])
    return (
        when((fact("day") < records.first) | (fact("day") >= records.end))
        .then(code["not_in_force"])
        .when(fact("act").is_in(ASSIST))
        .then(when(assisted).then(code["prohibited"]).otherwise(code["not_addressed"]))
        .when(~spoken_of | ~meant | silent)
        .then(code["not_addressed"])
        .when(either_way)
        .then(code["undetermined"])
        .otherwise(found)
        .alias("verdict")
    )


def prepared(engine: pl.Expr, records: Records) -> pl.LazyFrame:
    """A frame in memory, facts as Enum."""
    facts: dict[str, Any] = {name: pl.Series(records.columns[name]).cat.to(pl.Enum(words)) for name, words in records.words.items()}
    return pl.DataFrame({**facts, "day": records.day}).lazy()


def verdicts(engine: pl.Expr, given: pl.LazyFrame) -> Column:
    return given.select(engine).collect()["verdict"].to_numpy()


def when_place_is_missing() -> dict[str, str]:
    """A null in a column of text."""
    frame = pl.DataFrame({"place": [None]}, schema={"place": pl.String})
    equal = pl.when(pl.col("place") == "korea").then(pl.lit("permitted")).otherwise(pl.lit("prohibited"))
    unequal = pl.when(pl.col("place") != "korea").then(pl.lit("prohibited")).otherwise(pl.lit("permitted"))
    return {"when place == 'korea'": str(frame.select(equal).item()), "when place != 'korea'": str(frame.select(unequal).item())}
