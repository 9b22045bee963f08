"""OpenFisca-Core: variables over arrays of records, facts as Enum, the verdict as a formula."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.simulation_builder import SimulationBuilder

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "OpenFisca-Core"
DAY = "2024-01-01"  # a day every variable is asked for; the day of the record is a fact among the others


def variable(name: str, entity: Any, **given: Any) -> Any:
    """A variable of the system, declared without a class statement so that many can be made in a loop."""
    return type(name, (variables.Variable,), {"entity": entity, "definition_period": periods.DateUnit.DAY, "label": name, **given})


def setup(records: Records) -> tuple[Any, dict[str, Any]]:
    """The system: one input variable a fact, one formula for the verdict."""
    logging.disable(logging.WARNING)
    activity = entities.build_entity(key="activity", plural="activities", label="activity", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([activity])
    enums = {name: Enum(name, {word: word for word in words}) for name, words in records.words.items()}
    for name, enum in enums.items():
        first = next(iter(enum))
        system.add_variable(variable(name, activity, value_type=Enum, possible_values=enum, default_value=first))
    system.add_variable(variable("day", activity, value_type=int, default_value=0))
    system.add_variable(variable("verdict", activity, value_type=int, formula=formula(records, enums)))
    return system, enums


def formula(records: Records, enums: dict[str, Any]) -> Any:
    """The policy over arrays."""
    code = {word: number for number, word in enumerate(records.verdicts)}

    def verdict(asked: Any, period: Any, parameters: Any = None) -> Any:
        def among(name: str, *words: str) -> Any:
            given = asked(name, period)
            return np.logical_or.reduce([given == enums[name][word] for word in words])

        day = asked("day", period)
        either_way = among("item", "anti_personnel_mine") & among("initiation", "both")
        meant = among("item", "victim_activated_improvised_device") | (
            among("item", "anti_personnel_mine") & among("initiation", "victim", "both")
        )
        silent = (among("act", "sell") & among("counterparty", "none")) | (
            among("act", "destroy") & among("purpose", "defence") & among("context", "korean_peninsula")
        )
        moved = np.where(among("purpose", *EXCEPTED), code["permitted"], code["prohibited"])
        permitted_use = among("place", "korean_peninsula") & among("persistence", "self_destructing_and_deactivating")
        used = np.where(permitted_use, code["permitted"], code["prohibited"])
        assisted = np.where(among("context", "other") & among("underlying", "prohibited"), code["prohibited"], code["not_addressed"])
        return np.select(
            [
                (day < records.first) | (day >= records.end),
                among("act", *ASSIST),
                ~among("act", *MAKE, *TRANSFER, "use", "destroy") | ~meant | silent,
                either_way,
                among("act", *MAKE),
                among("act", *TRANSFER),
                among("act", "use"),
            ],
            [code["not_in_force"], assisted, code["not_addressed"], code["undetermined"], code["prohibited"], moved, used],
            code["obliged"],
        )

    return verdict


def prepared(engine: tuple[Any, dict[str, Any]], records: Records) -> Records:
    """The columns of codes are what its own arrays of Enum hold."""
    return records


def verdicts(engine: tuple[Any, dict[str, Any]], given: Records) -> Column:
    system, enums = engine
    simulation = SimulationBuilder().build_default_simulation(system, len(given))
    for name, enum in enums.items():
        simulation.set_input(name, DAY, EnumArray(given.columns[name], enum))
    simulation.set_input("day", DAY, given.day)
    found: Column = simulation.calculate("verdict", DAY).astype(np.uint8)
    return found


def when_place_is_missing() -> dict[str, str]:
    """A variable of the kind Enum cannot be declared without a default."""
    logging.disable(logging.WARNING)
    activity = entities.build_entity(key="activity", plural="activities", label="activity", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([activity])
    places = Enum("places", {"elsewhere": "elsewhere", "korea": "korea"})
    system.add_variable(variable("place", activity, value_type=Enum, possible_values=places, default_value=places.elsewhere))

    def formula(asked: Any, period: Any, parameters: Any = None) -> Any:
        return asked("place", period) != places.korea

    system.add_variable(variable("prohibited", activity, value_type=bool, formula=formula))
    simulation = SimulationBuilder().build_default_simulation(system, 1)
    is_prohibited = bool(simulation.calculate("prohibited", DAY)[0])
    return {"place != korea, the declared default being elsewhere": "prohibited" if is_prohibited else "permitted"}
