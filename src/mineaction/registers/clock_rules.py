"""Which periods does each treaty count from its entry into force for a state, and by which article?

Holds the APMBC and the CCM. The CCW protocols set no such dates. What happened to a deadline is a fact and stands in the data: events are
held under the APMBC alone, so that the clocks of the CCM are the treaty's own count and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

ARTICLE_4_TREATY = "APMBC"  # whose stockpile period is a fact that its clauses ask for
ARTICLE_4_YEARS = 4  # APMBC Art. 4
INITIAL_REPORT_DAYS = 180  # APMBC Art. 7(1), CCM Art. 7(1)
ANNUAL_REPORT_MONTH, ANNUAL_REPORT_DAY = 4, 30  # APMBC Art. 7(2), CCM Art. 7(2)


@dataclass(frozen=True, slots=True)
class Period:
    """Years that an article gives a state from entry into force for it. `remark` goes with the date that is counted so."""

    article: str
    cited: str
    years: int
    remark: str


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What one treaty counts. Its reports are due under Article 7, the first in days, then on a day of each year."""

    treaty: str
    periods: tuple[Period, ...]
    are_events_held: bool

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article with a clock."""
        return (*(one.article for one in self.periods), "7")


_NO_EVENTS = "extensions and completion are not known: no events under this convention are held"

CLOCK_RULES = {
    "APMBC": ClockRules(
        "APMBC",
        (
            Period("4", "APMBC Art. 4", ARTICLE_4_YEARS, "binds only a state with stocks"),
            Period("5", "APMBC Art. 5(1)", 10, "binds only a state with mined areas"),
        ),
        are_events_held=True,
    ),
    "CCM": ClockRules(
        "CCM",
        (
            Period("3", "CCM Art. 3(2)", 8, f"binds only a state with stocks; {_NO_EVENTS}"),
            Period(
                "4",
                "CCM Art. 4(1)(a)",
                10,
                "binds only a state with areas contaminated at entry into force; remnants of later hostilities have ten years of their own "
                f"(Art. 4(1)(b)), counted from a day that is not held; {_NO_EVENTS}",
            ),
        ),
        are_events_held=False,
    ),
}
CLOCKS_ENCODED = tuple(CLOCK_RULES)
