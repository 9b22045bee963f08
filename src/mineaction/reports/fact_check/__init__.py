"""Is what a public statement says so, on its own date and on any other day, and where do two statements of one act differ?"""

from mineaction.reports.fact_check.differences import compare_statements
from mineaction.reports.fact_check.evidence import Evidence
from mineaction.reports.fact_check.fact_check import check_statement

__all__ = ["Evidence", "check_statement", "compare_statements"]
