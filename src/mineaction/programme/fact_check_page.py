"""The page of checked statements as a file: one self-contained HTML document, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from mineaction.programme.fact_check import text_of
from mineaction.programme.files import write_text
from mineaction.programme.today import today
from mineaction.reports.fact_check_page import page
from mineaction.terms.problem import ProblemError, problem


def write_page(checks: Mapping[str, Mapping[str, Any]], out: str, country: Mapping[str, Any] | None = None) -> None:
    """Write the page of these checks, by the path or name each was asked by, to the file `out`; `country` is shown beside them."""
    if overwritten := [path for path in checks if os.path.exists(path) and os.path.exists(out) and os.path.samefile(path, out)]:
        raise ProblemError([problem("output_not_written", out, out, reason=f"it is the statement {overwritten[0]} itself")])
    texts = {str(check["file"]): text_of(path) for path, check in checks.items()}
    write_text(out, page(list(checks.values()), texts=texts, made_on=today().isoformat(), country=country))
