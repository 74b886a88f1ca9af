"""Following an order of debts as a plan: whether the cash holds, and asking twice where it does not."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.domain.adopted.plan import Method
from planner.domain.cash.forecast import Forecast
from planner.domain.over_time.course import Course
from planner.domain.payoff.order_cash import cash_by, cash_words, first_short
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.resting import NOT_KEPT, by_record, rests_on
from planner.domain.payoff.scenario import Order
from planner.domain.payoff.unsaid_minimum import late_by_record
from planner.gui.labels import amber_label, quiet_label
from planner.gui.pages.payoff_parts.ask_twice import AskTwice
from planner.gui.pages.payoff_parts.parts import column_of, primary_button, row_of
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.phrases import N_, Phrase
from planner.services.adopting import adopt_payments
from planner.services.payoff_orders import parts_of

# The cash if each order is followed, and if only the minimums are paid; None where it is unknown.
CashByOrder = Mapping[Order | None, Forecast | None]

_METHODS = {
    Order.SNOWBALL: Method.SNOWBALL,
    Order.AVALANCHE: Method.AVALANCHE,
    Order.OWN: Method.OWN_ORDER,
}


class FollowOrder(QWidget):
    """Whether the cash holds under the chosen order, and the button that follows it.

    Attributes:
        holds, short: That it holds, or the first day that is short; one of them.
        unsaid: The bills that it pays too little of by the record, because their minimum is not recorded.
        button: Follows the order.
        twice: Asks once more where it does not hold, or rests on what is only assumed.

    Signals:
        adopted: The order is followed as a plan now.
    """

    adopted = Signal()

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self._shown: tuple[PayoffQuestion, Course, Forecast | None] | None = None
        self._is_current = True
        self.holds, self.short, self.unsaid = quiet_label(), amber_label(), amber_label()
        self.button, self.twice = primary_button(), AskTwice()
        column = column_of(self)
        for widget in (self.holds, self.short, self.unsaid, row_of(self.button), self.twice):
            column.addWidget(widget)
        self.button.clicked.connect(self._follow)
        self.twice.agreed.connect(self._adopt)

    def refresh(self) -> None:
        """Set every text that is not about the order."""
        self.button.setText(_("Follow this order"))
        self.twice.refresh()

    def show_course(self, question: PayoffQuestion, course: Course, line: Forecast | None) -> None:
        """Show another order, or the same in another language.

        Args:
            question: What is asked.
            course: The order.
            line: The cash if it is followed; None where it is unknown.
        """
        is_another = self._shown is None or self._shown[1] is not course
        self._shown = question, course, line
        if is_another:
            self.twice.end()
        self._say_button()
        is_short = first_short(line) is not None
        words = cash_words(line) if line is not None else _UNKNOWN
        self.short.say(words if is_short else None)
        self.holds.say(None if is_short else words)
        self.short.setVisible(is_short)
        self.holds.setVisible(not is_short)
        unsaid = late_by_record(course, self._session.today)
        self.unsaid.tell("\n".join(map(explain, unsaid)), unsaid)
        self.unsaid.setVisible(bool(unsaid))

    def set_current(self, *, is_current: bool) -> None:
        """Offer to follow the order, or take that away while another answer is worked out."""
        self._is_current = is_current
        self._say_button()
        if not is_current:
            self.twice.end()

    def _say_button(self) -> None:
        course = self._shown[1] if self._shown is not None else None
        can_follow = course is not None and course.order is not None and course.cleared_on is not None
        self.button.setEnabled(self._is_current and can_follow)

    def _follow(self) -> None:
        doubts = self._doubts()
        if doubts:
            self.twice.ask(doubts, self.button)
        else:
            self._adopt()

    def _doubts(self) -> tuple[Phrase, ...]:
        """What is to be known before the order is followed; empty if nothing is."""
        if self._shown is None:
            return ()
        question, course, line = self._shown
        unsaid = late_by_record(course, self._session.today)
        short = (cash_words(line),) if line is not None and first_short(line) is not None else ()
        scenario = question.scenario
        if scenario.is_recorded:
            return (*short, *unsaid)
        plain = cash_by(question.under(scenario.as_recorded), course)
        kept = (NOT_KEPT,) if question.trial is not None else ()
        recorded = (by_record(first_short(plain)),) if plain is not None else ()
        return (*rests_on(question), *kept, *(short or recorded), *unsaid)

    def _adopt(self) -> None:
        """Follow the chosen order as a plan."""
        if self._shown is None:
            return
        question, course, _line = self._shown
        if course.order is None:
            return
        followed = self._session.do(
            N_("Follow an order of debts"),
            adopt_payments,
            self._session.today,
            question.currency,
            parts_of(course),
            method=_METHODS[course.order],
        )
        if followed is not None:
            self.adopted.emit()


_UNKNOWN = Phrase("Whether the cash holds is not known: what is on your accounts is not recorded.")
