"""An extra payment towards a plan, tried out: what it changes if it gets shorter, and if it gets lower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.plans.extra_payment import USE_WORDS, ExtraOutcome, ExtraUse
from planner.errors import PlannerError
from planner.gui.asking import Answering, Why
from planner.gui.beginning import Begins
from planner.gui.fields import AmountField, ChoiceField, DateField
from planner.gui.labels import amber_label, quiet_label, text_label
from planner.gui.layouts import Columns
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_
from planner.services.settling import ExtraTried, plans_to_settle, try_extra

_FIELD = 12  # how narrow a field may be, in heights of a line


@dataclass(frozen=True, slots=True)
class _Measure:
    """One line of the comparison.

    Attributes:
        name: What it is, a msgid.
        before: As it is; None where that has none.
        shorter, lower: After the payment, by what it is used for.
    """

    name: str
    before: Derived[Any] | None
    shorter: Derived[Any]
    lower: Derived[Any]


def _plain(figure: Derived[Any] | None) -> Any:  # noqa: ANN401 - an amount, a range or a date
    return figure.value if figure is not None else None


_COLUMNS: tuple[Column[_Measure], ...] = (
    Column("", lambda line: _(line.name)),
    Column(N_("As it is"), lambda line: _plain(line.before), is_number=True, made=lambda line: line.before),
    Column(N_("Shorter"), lambda line: line.shorter.value, is_number=True, made=lambda line: line.shorter),
    Column(N_("Lower"), lambda line: line.lower.value, is_number=True, made=lambda line: line.lower),
)


class ExtraView(Answering, Begins, QWidget):
    """What an extra payment towards a plan would change; nothing is recorded.

    Attributes:
        plan, amount, on: Towards which plan, how much, and when.
        table: As it is, beside both ways to use it.
        problem: Why there is no answer; hidden where there is one.
        tried: The result that is shown; None without one.
    """

    def __init__(self, session: Session, plan_id: str = "") -> None:
        """Start with a plan.

        Args:
            session: The open file.
            plan_id: The plan; empty for the first one.
        """
        super().__init__()
        self.session = session
        self.tried: ExtraTried | None = None
        self._intro, self._words, self._notes = quiet_label(), quiet_label(), text_label()
        self.problem = amber_label()
        self.plan = ChoiceField()
        self.amount = AmountField("")
        self.on = DateField(session.today)
        self.on.set_day(session.today)
        fields = Columns(_FIELD, 3)
        for field in (self.plan, self.amount, self.on):
            fields.addWidget(field)
            field.changed.connect(self._try)
        self._fields = QWidget()
        self._fields.setLayout(fields)
        self.table = Table(TableModel(_COLUMNS))
        self.table.setSortingEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (self._intro, self._fields, self.problem, self.table, self._words, self._notes):
            column.addWidget(widget)
        column.addStretch(1)
        self.setFocusProxy(self.amount.input)
        self.refresh()
        self.plan.set_key(plan_id)
        self._try()

    @property
    def plan_id(self) -> str:
        """The plan that is chosen; empty if there is none."""
        return self.plan.value() or ""

    def refresh(self) -> None:
        """Set every text and every value."""
        self._intro.setText(
            _("What an extra payment would change. Nothing is recorded, and no lender hears of it.")
        )
        plans = plans_to_settle(self.session.store, self.session.today)
        self.plan.say(_("Towards which plan"))
        self.plan.set_choices((plan.id, plan.name) for plan in plans)
        self._fields.setVisible(bool(plans))
        self.amount.say(_("Extra payment"))
        self.amount.echo()
        self.on.say(_("When"))
        self.on.echo()
        self.table.setAccessibleName(_("The plan before and after the extra payment"))
        self._words.setText("\n".join(explain(USE_WORDS[use]) for use in ExtraUse))
        self._try()

    def _try(self) -> None:
        """Work it out anew; what cannot be is said without a complaint about what is still empty."""
        plan_id = self.plan.value()
        if plan_id is None:
            self._show(None, _("No recorded plan has an instalment that falls due later."))
            return
        self.amount.set_currency(self.session.store.plans.get(plan_id).principal.currency)
        amount, day = self.amount.money(), self.on.day()
        if amount is None or day is None:
            self._show(None, "")
            return
        try:
            tried = try_extra(self.session.store, plan_id, amount, day, self.session.today)
        except PlannerError as error:
            self._show(None, i18n.explain(error))
        else:
            self._show(tried, "")

    def _show(self, tried: ExtraTried | None, problem: str) -> None:
        self.tried = tried
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        for widget in (self.table, self._words, self._notes):
            widget.setVisible(tried is not None)
        if tried is None:
            return
        self.table.values_model.set_values(_lines(tried))
        self.table.fit_height()
        notes = tried.ways[ExtraUse.SHORTER].notes
        self._notes.setText("\n".join(explain(note) for note in notes))

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return self.table.answer() if at is None and self.tried is not None else None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()


def _lines(tried: ExtraTried) -> list[_Measure]:
    """The plan as it is beside both ways to use the payment."""
    shorter, lower = tried.ways[ExtraUse.SHORTER], tried.ways[ExtraUse.LOWER]

    def line(
        name: str,
        after: Callable[[ExtraOutcome], Derived[Any]],
        before: Callable[[ExtraOutcome], Derived[Any]] | None = None,
    ) -> _Measure:
        return _Measure(name, before(shorter) if before is not None else None, after(shorter), after(lower))

    found = [
        line(N_("Saves"), lambda way: way.saved),
        line(N_("Highest payment"), lambda way: way.month_after, lambda way: way.month_before),
        line(N_("Last payment"), lambda way: way.last_after, lambda way: way.last_before),
        line(N_("Fees and interest to come"), lambda way: way.cost_after, lambda way: way.cost_before),
    ]
    if shorter.indemnity.value.high:
        found.append(line(N_("The lender may ask"), lambda way: way.indemnity))
    return found
