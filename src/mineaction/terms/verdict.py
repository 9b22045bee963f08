"""The answers a policy can give about an act. Nothing here says what a state or a person ought to do."""

from __future__ import annotations

NOT_ADDRESSED = "not_addressed"
PROHIBITED = "prohibited"
PERMITTED = "permitted"
OBLIGED = "obliged"
CONFLICT = "conflict"
UNDETERMINED = "undetermined"
NOT_IN_FORCE = "not_in_force"
NOT_BOUND = "not_bound"

# What the clauses of one version can say about one fully known act; the position is the byte in a compiled table.
CELL_VERDICTS = (NOT_ADDRESSED, PROHIBITED, PERMITTED, OBLIGED, CONFLICT, UNDETERMINED)

# What a finding can say.
VERDICTS = (*CELL_VERDICTS, NOT_IN_FORCE, NOT_BOUND)

DISCLAIMER = (
    "Not legal advice. No prohibition found means: none in the encoded instruments that bind; "
    "customary law and instruments not held here are not assessed."
)
