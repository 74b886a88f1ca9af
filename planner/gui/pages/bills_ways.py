"""What else may be done with a bill than pay it: into instalments, or a month later; and who says so."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.plans.eligibility import Verdict
from planner.gui.labels import WrappedLabel, quiet_label, text_label
from planner.gui.pages.ruling_lines import say_eligibility
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure
from planner.i18n import _
from planner.look import GRID
from planner.phrases import Phrase
from planner.services.account_view import BillRow
from planner.services.lineage import bill_deferral, bill_limit

_SPLIT, _LATER = Phrase("Into instalments"), Phrase("A month later")


class BillWays(QWidget):
    """Whether a bill may be put into instalments or put off, with what that comes to.

    Attributes:
        split: Whether, and how much of it may be put into instalments.
        later: Whether it may be put off, until when, and what that costs.
    """

    def __init__(self, session: Session) -> None:
        """Show nothing yet."""
        super().__init__()
        self._session = session
        self.split, self.later = Disclosure(), Disclosure()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.split)
        column.addWidget(self.later)
        self.hide()

    def show_bill(self, row: BillRow | None) -> None:
        """Show what holds for a bill; nothing for one that is settled."""
        is_open = row is not None and bool(row.open)
        self.setVisible(is_open)
        if row is None or not is_open:
            return
        store, today = self._session.store, self._session.today
        limit = bill_limit(store, row.id, today)
        about = []
        if limit.most.value.high:
            most = text_label()
            most.say(Phrase("The most that may be put into instalments: {amount}", amount=limit.most))
            about.append(most)
        say_eligibility(self.split, _SPLIT, limit.eligibility, *about)
        found = bill_deferral(store, row.id, today)
        self.later.setVisible(found is not None)
        if found is None:
            return
        if found.eligibility.verdict is Verdict.FORBIDDEN:
            say_eligibility(self.later, _LATER, found.eligibility)
            return
        new_due = text_label()
        new_due.say(Phrase("It would be due on {date} instead.", date=found.until))
        cost: WrappedLabel
        if found.cost is not None:
            cost = text_label()
            cost.say(Phrase("What that costs: {amount}", amount=found.cost))
        else:
            cost = quiet_label()
            cost.setText(_("Nobody publishes what that costs: look in the app."))
        say_eligibility(self.later, _LATER, found.eligibility, new_due, cost)
