"""All debts over time: three orders side by side, against paying only the minimums."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.charts.paid_off import describe_progress, progress_chart
from planner.charts.payoff import payoff_chart
from planner.charts.payoff_words import course_words, describe_payoff
from planner.domain.over_time.course import Course
from planner.domain.over_time.course_months import course_months
from planner.domain.over_time.followed import Unfollowed
from planner.domain.over_time.orders import ORDER_HINTS
from planner.domain.over_time.over_time import OverTime, OverTimeQuestion, over_time_of
from planner.domain.payoff.order_cash import cash_by, holds_words
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Order
from planner.gui.asking import why
from planner.gui.labels import LinkButton, amber_label, heading_label, quiet_label, text_label
from planner.gui.layouts import Columns
from planner.gui.pages.payoff_parts.files import SaveRow
from planner.gui.pages.payoff_parts.follow_order import CashByOrder, FollowOrder
from planner.gui.pages.payoff_parts.order_tables import BASELINE, DEBTS, MONTHS, order_columns
from planner.gui.pages.payoff_parts.own_order import OwnOrder
from planner.gui.pages.payoff_parts.parts import (
    Lines,
    Links,
    column_of,
    holding,
    raise_it,
)
from planner.gui.pages.payoff_parts.reach import reach_of_extra
from planner.gui.pages.two_views import TwoViews
from planner.gui.session import Session
from planner.gui.slider_field import SlidingAmount
from planner.gui.tables import Table, TableModel
from planner.gui.tasks import Latest
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import Phrase
from planner.reports.sheet import Sheet
from planner.services.payoff_orders import over_time_question

_FIELD = 18  # how narrow a field may be, in heights of a line
_PAUSE_MS = 250
_MOST_ROWS = 16


class OverTimeSection(QWidget):
    """The orders, what each comes to, and one of them month by month.

    Attributes:
        over: What is shown; None as long as nothing is.
        extra: What is paid each month beyond all minimums.
        orders: Minimum only and the three orders.
        own: The user's own order; shown while that is chosen.
        debts, debt_views: The chosen order debt by debt, beside how far each debt is paid.
        months, views: The chosen order month by month, beside its chart.
        follow: Whether the cash holds under the chosen order, and what follows it as a plan.
        save: Takes the orders away as a table.

    Signals:
        order_chosen: Another ``Order`` is chosen.
        extra_typed: Another amount is paid each month; None for none said.
        ranked: The ids of the debts in the user's own order.
        what_if_wanted: Money that comes once and new purchases are to be entered.
        adopted: The order is followed as a plan now.
        wanted: What is missing is to be entered: a kind and an id.
    """

    order_chosen = Signal(object)
    extra_typed = Signal(object)
    ranked = Signal(object)
    what_if_wanted = Signal()
    adopted = Signal()
    wanted = Signal(str, str)

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self.over: OverTime | None = None
        self._question: PayoffQuestion | None = None
        self._lines: CashByOrder = {}
        self._order = Order.AVALANCHE
        self._intro, self._nothing, self._assumed = quiet_label(), text_label(), Lines()
        self.extra = SlidingAmount("CNY")
        self.extra.is_required = True  # its label says no "optional": here is no form to fill in
        self.more_button = LinkButton()
        self._orders_heading, self._hint = heading_label(), text_label()
        self.orders = Table(TableModel(order_columns(lambda course: self._lines.get(course.order))))
        self.orders.setSortingEnabled(False)
        self.never = amber_label()
        self.own = OwnOrder()
        self._debts_heading = heading_label()
        self.debts = Table(TableModel(DEBTS))
        self.debts.setSortingEnabled(False)
        self.debt_views = TwoViews(self.debts)
        self._months_heading = heading_label()
        self.months = Table(TableModel(MONTHS))
        self.months.setSortingEnabled(False)
        self.views = TwoViews(self.months, is_chart_first=True)
        self.follow = FollowOrder(session)
        self.gaps = Links()
        self.save = SaveRow(lambda: _("Orders of paying"), self._sheets)
        self._latest = Latest(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()
        self._connect()
        self._nothing.hide()
        self._orders_part.hide()

    def _build(self) -> None:
        fields = Columns(_FIELD, 2)
        fields.addWidget(self.extra)
        fields.addWidget(self.more_button)
        self._orders_part = QWidget()
        part = column_of(self._orders_part, 2 * GRID)
        parts: tuple[QWidget, ...] = (self._orders_heading, self.orders, self._hint, self.never, self.follow)
        parts += (self.own, self._debts_heading, self.debt_views, self._months_heading, self.views, self.save)
        for widget in parts:
            part.addWidget(widget)
        column = column_of(self, 2 * GRID)
        whole: tuple[QWidget, ...] = (self._intro, holding(fields), self._nothing, self._orders_part)
        for widget in (*whole, self.gaps, self._assumed):
            column.addWidget(widget)

    def _sheets(self) -> list[Sheet]:
        from planner.reports.sheets import orders_sheet  # noqa: PLC0415 - nobody needs it before they save

        if self.over is None:
            return []
        courses = (self.over.baseline, *self.over.orders.values())
        told = (
            (course_words(each), each.cost, each.cleared_on, holds_words(self._lines.get(each.order)))
            for each in courses
        )
        return [orders_sheet(told, self.over.scenario.currency)]

    def _connect(self) -> None:
        self.extra.changed.connect(self._pause.start)
        self._pause.timeout.connect(lambda: self.extra_typed.emit(self.extra.money()))
        self.orders.selected.connect(self._on_order)
        self.own.ranked.connect(self.ranked)
        self.more_button.clicked.connect(self.what_if_wanted)
        self.follow.adopted.connect(self.adopted)
        self._latest.ready.connect(self._on_worked_out)
        self._latest.failed.connect(raise_it)
        self.gaps.wanted.connect(self.wanted)

    # --- drawing ---

    @property
    def course(self) -> Course | None:
        """The order that is chosen, or paying only the minimums."""
        course: Course | None = self.orders.current()
        return course

    def show_question(self, question: PayoffQuestion, *, is_new: bool) -> None:
        """Work the orders out, or say them in another language.

        Args:
            question: What is asked.
            is_new: Whether it has to be worked out.
        """
        self._order = question.scenario.order
        if not self.extra.edit.hasFocus():
            self.extra.set_money(question.scenario.extra)
        self.extra.set_currency(question.currency)
        reach_of_extra(self.extra, question)
        self._say_texts(question.currency)
        if is_new:
            self._nothing.setText(_("Working it out…"))
            self._nothing.setVisible(self.over is None)
            self._question = question
            self.follow.set_current(is_current=False)
            store, today = self._session.store, self._session.today
            self._latest.ask(_worked_out, over_time_question(store, today, question.scenario), question)
        elif self.over is not None:
            self._show(self.over)

    def _on_worked_out(self, found: tuple[OverTime, CashByOrder]) -> None:
        over, self._lines = found
        self.follow.set_current(is_current=True)
        self._show(over)

    def _show(self, over: OverTime) -> None:
        self.over = over
        self._nothing.setText(_("No debt can be followed yet: something about each of them is missing."))
        self._nothing.setVisible(not over.debts)
        self._orders_part.setVisible(bool(over.debts))
        self._assumed.say(_("What is taken for granted"), (), over.assumed)
        self.orders.values_model.set_values([over.baseline, *(over.orders[each] for each in Order)])
        self.orders.fit_height()
        blocked = self.orders.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.orders.select(lambda course: course.order is self._order)
        self.orders.blockSignals(blocked)
        words = describe_progress(over)
        title = _("How far each debt is paid")
        make = partial(progress_chart, over)
        self.debt_views.chart.draw(make, " ".join(map(explain, words)), title, partial(why, title, words))
        self.gaps.say(
            _("Left out, because something is missing"),
            (
                (left.words, "terms" if left.missing[0].term is not None else "bills", _target(left))
                for left in over.unfollowed
            ),
        )
        self._show_course()

    def _say_texts(self, currency: str) -> None:
        self._intro.setText(
            _("Each debt gets its minimum first; what is left over goes to one debt after the other.")
        )
        self.extra.say(
            _("Extra each month"), _("Beyond all minimums; what a debt no longer needs goes to the next.")
        )
        self.more_button.setText(_("Money that comes once, new purchases…"))
        heading = _("Three orders, and only the minimums, in {currency}")
        self._orders_heading.setText(heading.format(currency=currency))
        self.orders.setAccessibleName(_("The orders side by side"))
        self._debts_heading.setText(_("Debt by debt"))
        self.debts.setAccessibleName(_("The debts in this order"))
        self._months_heading.setText(_("Month by month"))
        self.months.setAccessibleName(_("What is owed month by month"))
        self.follow.refresh()
        self.save.refresh()
        self.views.refresh()
        self.debt_views.refresh()

    def _on_order(self, course: Course | None) -> None:
        if course is None:
            return
        if course.order is not None:
            self._order = course.order
            self.order_chosen.emit(course.order)
        self._show_course()

    def _show_course(self) -> None:
        over, course = self.over, self.course
        if over is None or course is None:
            return
        hint = ORDER_HINTS[course.order] if course.order is not None else _ONLY_MINIMUM
        self._hint.say(hint)
        never = [debt.never for debt in course.debts if debt.never is not None]
        self.never.tell("\n".join(map(explain, never)), never)
        self.never.setVisible(bool(never))
        if self._question is not None:
            self.follow.show_course(self._question, course, self._lines.get(course.order))
        self.own.setVisible(course.order is Order.OWN)
        self.own.show_debts([(debt.followed.debt.id, debt.label) for debt in course.ranked])
        self.debts.values_model.set_values(course.ranked)
        self.debts.fit_height(_MOST_ROWS)
        self.months.values_model.set_values(course_months(course))
        self.months.setColumnHidden(BASELINE, course.baseline is None)
        self.months.fit_height(_MOST_ROWS)
        words = describe_payoff(over, course)
        title = _("What is owed: {order}").format(order=explain(course_words(course)))
        make = partial(payoff_chart, over, course)
        self.views.chart.draw(make, " ".join(map(explain, words)), title, partial(why, title, words))


def _worked_out(asked: OverTimeQuestion, question: PayoffQuestion) -> tuple[OverTime, CashByOrder]:
    """The orders, and the cash under each of them; in another thread."""
    over = over_time_of(asked)
    courses = (over.baseline, *over.orders.values())
    return over, {course.order: cash_by(question, course) for course in courses}


_ONLY_MINIMUM = Phrase("Each debt gets only what is asked for at least, and nothing more.")


def _target(left: Unfollowed) -> str:
    """Where what is missing is entered: the terms of the account, or its cycle."""
    return left.account_id if left.missing[0].term is not None else f"account:{left.account_id}"
