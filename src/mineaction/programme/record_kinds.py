"""Which kind of record is meant? Its definition, or what is wrong with the name; kinds about people are refused."""

from __future__ import annotations

from mineaction.sources.personal_columns import refuse_people
from mineaction.terms.kinds import RECORDED_KINDS, Kind
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.vocabulary import nearest


def kind_named(name: str) -> Kind:
    """The kind of this name."""
    if name not in RECORDED_KINDS:
        refuse_people(name)
        words = ", ".join(nearest(name, RECORDED_KINDS))
        raise ProblemError([problem("unknown_code", "kind", name, field="kind of record", nearest=words)])
    return RECORDED_KINDS[name]
