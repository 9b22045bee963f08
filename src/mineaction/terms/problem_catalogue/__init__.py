"""Every problem a user can cause: code -> (what is wrong, how to fix it), by the room it comes from.

`{value}` and the named details are filled in by `terms/problem.py`.
"""

from __future__ import annotations

from mineaction.terms.problem_catalogue.checks import CHECK_WARNINGS, CHECKS
from mineaction.terms.problem_catalogue.files import FILE_WARNINGS, FILES
from mineaction.terms.problem_catalogue.land import LAND, LAND_WARNINGS
from mineaction.terms.problem_catalogue.law import LAW
from mineaction.terms.problem_catalogue.ledger import LEDGER
from mineaction.terms.problem_catalogue.records import RECORDS

CATALOGUE = LAW | FILES | RECORDS | LEDGER | LAND | CHECKS
# What is told and stops nothing. Every other problem keeps its record, or its question, out.
WARNINGS = frozenset(FILE_WARNINGS + LAND_WARNINGS + CHECK_WARNINGS)
