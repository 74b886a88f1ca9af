"""The best plan: its result, its proof, the choices, the calendar, and how it compares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.optimum.options.listed import DebtOptions
from planner.domain.payoff.beside import Compared
from planner.domain.payoff.best import BestPlan
from planner.gui.asking import ask
from planner.gui.icons import icon
from planner.gui.labels import LinkButton, heading_label, quiet_label, strong_label
from planner.gui.pages.payoff_parts.ask_twice import AskTwice
from planner.gui.pages.payoff_parts.calendar import CalendarView
from planner.gui.pages.payoff_parts.choices import ChoicesTable, Chosen
from planner.gui.pages.payoff_parts.parts import Lines, column_of, primary_button, row_of
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_

_BREATH_MS = 5  # between the parts of an answer, so that input comes first


class ResultView(QWidget):
    """A plan that holds.

    Attributes:
        plan: What is shown; None as long as nothing is.
        choices: What to choose for each debt.
        compared: The plan beside the orders and other ways to choose.
        calendar: What to pay to whom when.
        note: What came of saving or printing.
        why_button: Asks how the figures of its head were made.
        twice: Asks once more before a plan is followed that rests on what is only assumed.
        adopt_button, limits_button, report_button, save_button, print_button: What can be done with it.

    Signals:
        debt_wanted: All ways of a debt are to be shown, a ``Chosen``.
    """

    debt_wanted = Signal(object)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.plan: BestPlan | None = None
        self.words, self.proof = strong_label(), quiet_label()
        self.why_button, self.twice = LinkButton(), AskTwice()
        self.changes, self.reasons, self.margins = Lines(), Lines(), Lines()
        self.full, self.note = Lines(), quiet_label()
        self._choices_heading, self._choices_hint = heading_label(), quiet_label()
        self.choices = ChoicesTable()
        self._compared_heading = heading_label()
        self.compared = Table(TableModel(_COMPARED))
        self.calendar = CalendarView()
        self.adopt_button, self.limits_button = primary_button(), QPushButton()
        self.report_button, self.save_button = QPushButton(), QPushButton()
        self.print_button, self.ways_button = QPushButton(), QPushButton()
        for button, name in (
            (self.limits_button, "sliders-horizontal"),
            (self.report_button, "file-text"),
            (self.save_button, "save"),
            (self.print_button, "printer"),
            (self.ways_button, "scale"),
        ):
            button.setIcon(icon(name))
        for widget in (self.note, self.calendar, self.compared, self._compared_heading):
            widget.hide()
        self._build()
        self.choices.chosen.connect(self.debt_wanted)
        self.ways_button.clicked.connect(self._want_debt)
        self.why_button.clicked.connect(lambda: ask(self.words))

    def _build(self) -> None:
        self.compared.setSortingEnabled(False)
        column = column_of(self, 2 * GRID)
        head = QWidget()
        top = column_of(head, GRID // 2)
        for widget in (self.words, self.proof, row_of(self.why_button)):
            top.addWidget(widget)
        files = row_of(self.report_button, self.save_button, self.print_button)
        for widget in (head, self.changes, row_of(self.adopt_button, self.limits_button), self.twice):
            column.addWidget(widget)
        for widget in (self._choices_heading, self._choices_hint, self.choices, row_of(self.ways_button)):
            column.addWidget(widget)
        for widget in (self.reasons, self.margins, self.calendar, files):
            column.addWidget(widget)
        for widget in (self._compared_heading, self.compared, self.full, self.note):
            column.addWidget(widget)

    def show_plan(self, plan: BestPlan) -> None:
        """Show another plan, or the same in another language."""
        self.plan = plan
        self._say_texts(plan)
        names = {account.id: account.name for account in plan.question.accounts.values()}
        self.choices.show_choices([_chosen(plan, debt, names) for debt in plan.question.debts])
        # The rest stands further down: drawn apart, no single moment takes long.
        QTimer.singleShot(_BREATH_MS, self, self._show_calendar)

    def _show_calendar(self) -> None:
        plan = self.plan
        if plan is None:
            return
        names = {account.id: account.name for account in plan.question.accounts.values()}
        self.calendar.show_months(plan.months, plan.cash, names)
        self.calendar.show()
        QTimer.singleShot(_BREATH_MS, self, self._show_compared)

    def _show_compared(self) -> None:
        plan = self.plan
        if plan is None:
            return
        self.compared.values_model.set_values(plan.compared)
        self.compared.fit_height()
        self.compared.setVisible(bool(plan.compared))
        self._compared_heading.setVisible(bool(plan.compared))

    def _say_texts(self, plan: BestPlan) -> None:
        words = plan.words  # worked out anew each time
        self.words.tell("\n".join(map(explain, words)), words)
        self.proof.say(plan.proof)
        self.why_button.setText(_("Why?"))
        self.why_button.setAccessibleName(_("Why? {name}").format(name=_("Best plan")))
        self.twice.refresh()
        changes = plan.changes.words if plan.changes is not None else ()
        self.changes.say(_("Since the plan that you follow was adopted"), changes)
        self.adopt_button.setText(_("Adopt this plan"))
        self.limits_button.setText(_("Limits…"))
        self._choices_heading.setText(_("What to choose for each debt"))
        hint = _("Return or a double click shows every other way of a debt. All amounts in {currency}.")
        self._choices_hint.setText(hint.format(currency=plan.question.currency))
        self.ways_button.setText(_("Every way of this debt…"))
        self.reasons.say(_("Why this plan"), plan.reasons)
        self.margins.say(_("How firm it is"), plan.margins)
        self.report_button.setText(_("Put into the report"))
        self.save_button.setText(_("Save as a table…"))
        self.print_button.setText(_("Print…"))
        self._compared_heading.setText(_("Beside other ways to choose"))
        self.compared.setAccessibleName(_("Beside other ways to choose"))
        self.full.say(_("What can simply be paid in full"), (each.words for each in plan.full))

    def set_current(self, *, is_current: bool) -> None:
        """Offer to adopt the plan or take it away, unless another one is looked for."""
        if not is_current:
            self.twice.end()
        for button in (self.adopt_button, self.report_button, self.save_button, self.print_button):
            button.setEnabled(is_current)

    def tell(self, text: str) -> None:
        """Say what came of saving; nothing hides it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _want_debt(self) -> None:
        chosen = self.choices.current() or next(iter(self.choices.values_model.values), None)
        if chosen is not None:
            self.debt_wanted.emit(chosen)


def _chosen(plan: BestPlan, debt: DebtOptions, names: Mapping[str, str]) -> Chosen:
    """What a plan chose for a debt."""
    decision = debt.decision
    listed = debt.of(plan.chosen[decision.id])
    name = names.get(decision.account_id, decision.lender)
    return Chosen(debt, listed, name, partial(plan.why_not, decision.id))


def _value(figure: Derived[Money] | None) -> Money | None:
    return figure.value if figure is not None else None


_COMPARED: tuple[Column[Compared], ...] = (
    Column(N_("Way to choose"), lambda each: explain(each.name)),
    Column(N_("Costs"), lambda each: _value(each.cost), made=lambda each: each.cost, is_number=True),
    Column(
        N_("More than the best"), lambda each: _value(each.more), made=lambda each: each.more, is_number=True
    ),
    Column(N_("Last payment"), lambda each: each.ends_on),
    Column(
        N_("Whether it holds"), lambda each: explain(each.words), made=lambda each: each.words, is_wide=True
    ),
)
