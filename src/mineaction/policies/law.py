"""All instruments held, as one value: read back from the compiled law, or made from validated files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from mineaction.policies.clause import Instrument, Variant, Version
from mineaction.policies.policy_version import version_from
from mineaction.policies.variants import variant

Raw = dict[str, Any]


@dataclass(slots=True)
class Law:
    """Instruments by id. Variants are expanded when first asked for and kept."""

    instruments: dict[str, Instrument]
    _variants: dict[tuple[str, str], Variant] = field(default_factory=dict)

    def version(self, version_id: str) -> Version:
        """The version with this id (`apmbc@1999-03-01`); a KeyError is a programmer's error."""
        return next(one for one in self.instruments[version_id.split("@", maxsplit=1)[0]].versions if one.id == version_id)

    def variant(self, version_id: str, reading: str = "") -> Variant:
        """The version under a reading, expanded once; no reading is the default one."""
        key = version_id, reading
        if key not in self._variants:
            self._variants[key] = variant(self.version(version_id), reading, self.version)
        return self._variants[key]

    def version_ids(self) -> list[str]:
        return [version.id for instrument in self.instruments.values() for version in instrument.versions]


def law_from(raw: Raw) -> Law:
    """The law from its compiled form: `{"instruments": [{..., "versions": [...]}]}`."""
    return Law({one["instrument"]: instrument_from(one, [version_from(two) for two in one["versions"]]) for one in raw["instruments"]})


def instrument_from(raw: Raw, versions: list[Version]) -> Instrument:
    """An instrument from its header and its versions, oldest first."""
    binds = cast(Raw, raw["binds"])
    return Instrument(
        id=raw["instrument"],
        kind=raw["instrument_kind"],
        title=raw["title"],
        existed_from=raw["existed_from"],
        encoded_from=raw["encoded_from"],
        binds_parties_to=binds.get("parties_to", ""),
        binds_actors=tuple(binds.get("actors", ())),
        known_until=raw.get("known_until", ""),
        versions=tuple(sorted(versions, key=lambda one: one.in_force_from)),
        binds_actor_kinds=tuple(binds.get("actor_kinds", ("state",))),
        binds_counterparties=tuple(binds.get("counterparties", ())),
    )
