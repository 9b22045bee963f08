"""The two tables of the packaged book that are not facts of the world: how far each set reaches, and where each text came from."""

from __future__ import annotations

from mineaction.terms.kinds.definition import KNOWN_FROM_BASES, LIST_STATUSES, Field

# How far each set of facts reaches: not facts of the world but of this collection. A set is a kind, or one key of a kind such as a treaty.
FACT_SET_FIELDS = (
    Field("kind", required=True, label="Kind of fact"),
    Field("key", label="Part of the kind"),
    Field("complete_until", "day", label="Nothing later is known"),
    Field("list_status", "code", True, LIST_STATUSES, label="Are all of them here"),
    Field("basis", "code", codes=KNOWN_FROM_BASES, label="Ground of the day"),
    Field("source", required=True, label="Source"),
    Field("note", required=True, label="Why"),
)

# The packaged texts of law and policy, and where each came from.
TEXT_FIELDS = (
    Field("file", required=True, pattern=r"(sources|statements)/[a-z0-9_-]+(\.[a-z]+)", label="File"),
    Field("title", required=True),
    Field("issuer", required=True),
    Field("date", "moment"),
    Field("language", required=True, pattern="[a-z]{2}"),
    Field("address"),
    Field("retrieved_via", required=True),
    Field("complete", required=True),
    Field("sha256", required=True, pattern="[0-9a-f]{64}"),
    Field("rights", required=True),
    Field("note"),
    Field("byte_copy", "code", True, ("yes", "no")),
)
