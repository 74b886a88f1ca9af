"""The places of the program: their names, numbers, icons, and how each page is made on its first visit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from planner.phrases import N_

if TYPE_CHECKING:
    from planner.gui.page import Page
    from planner.gui.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes:
        name: Its key in code.
        title: What it is called; a msgid.
        number: Its own number, Ctrl+number, whether or not the places before it exist yet; 0 for none.
        icon: Its icon.
        module: The module of its page.
        page: The class of its page.
    """

    name: str
    title: str
    number: int
    icon: str
    module: str
    page: str

    def build(self, session: Session) -> Page:
        """Make its page. The module is imported here, so that a start loads one page only."""
        page: Page = getattr(import_module(f"planner.gui.pages.{self.module}"), self.page)(session)
        return page


PLACES = (
    Place("today", N_("Today"), 1, "sun", "today", "TodayPage"),
    Place("bills", N_("Accounts & bills"), 2, "receipt", "bills", "BillsPage"),
    Place("compare", N_("Compare"), 3, "scale", "compare", "ComparePage"),
    Place("payoff", N_("Payoff"), 4, "route", "payoff", "PayoffPage"),
    Place("late", N_("Late cost"), 5, "hourglass", "overdue", "LatePage"),
    Place("cash", N_("Cash"), 6, "wallet", "cash", "CashPage"),
    Place("procedures", N_("Procedures"), 7, "list-checks", "procedures", "ProceduresPage"),
    Place("reports", N_("Reports"), 8, "file-text", "reports", "ReportsPage"),
)
FOOT = (Place("settings", N_("Settings"), 0, "settings", "settings", "SettingsPage"),)
ALL = (*PLACES, *FOOT)


def place_of(name: str) -> Place | None:
    """The place of that name, if there is one."""
    return next((place for place in ALL if place.name == name), None)
