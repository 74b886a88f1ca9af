"""Where Today leads, and words that several of its parts share."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.i18n import ngettext, show
from planner.services.prompts import Act, Prompt


def leads_to(prompt: Prompt) -> tuple[str, str]:
    """The place that a step or a warning leads to, and what to show there."""
    return {
        Act.PAY: ("bills", f"pay:{prompt.target}"),
        Act.RECORD: ("bills", "new-bill"),
        Act.COMPARE: ("compare", prompt.target),
        Act.LATE: ("late", prompt.target),
        Act.CHECK: ("bills", f"check:{prompt.target}"),
        Act.CASE: ("procedures", prompt.target),
        Act.CYCLE: ("bills", f"account:{prompt.target}"),
        Act.BILL: ("bills", f"bill:{prompt.target}"),
        Act.CASH: ("cash", prompt.target),
        Act.PAYOFF: ("payoff", f"todo:{prompt.target}"),
    }[prompt.act]


def late_note(count: int, least: str) -> str:
    """What brings some late payments up to date."""
    text = ngettext(
        "{count} payment; {amount} brings it up to date",
        "{count} payments; {amount} brings them up to date",
        count,
    )
    return text.format(count=count, amount=least)


def listed(figures: Mapping[str, Derived[Money]]) -> str:
    """One amount per currency, side by side; empty if there is none."""
    return " · ".join(show(figure) for figure in figures.values() if figure.value)
