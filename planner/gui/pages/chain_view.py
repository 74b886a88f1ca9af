"""The chain of a plan: what it came from and became, what all of it costs, and one more plan tried out."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.domain.plans.eligibility import Verdict
from planner.domain.plans.lineage import Link
from planner.domain.plans.resplit import REINSTALMENT_MEANING, REINSTALMENT_WORDS, Reinstalment
from planner.domain.rate import Per, Rate
from planner.domain.recorded import made_principal
from planner.errors import PlannerError
from planner.gui.arrange import clear
from planner.gui.fields import CountField, PercentField
from planner.gui.labels import Figure, amber_label, heading_label, quiet_label, text_label
from planner.gui.layouts import Columns
from planner.gui.pages.ruling_lines import say_eligibility
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.gui.wrapping import Disclosure
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.lineage import Chain, chain_of, what_if

_FIELD = 12  # how narrow a field may be, in heights of a line
_MOST_ROWS = 120

_COLUMNS: tuple[Column[Link], ...] = (
    Column(N_("Plan"), lambda link: link.plan.name, is_wide=True),
    Column(N_("Amount"), lambda link: link.plan.principal, made=lambda link: made_principal(link.plan)),
    Column(N_("Instalments"), lambda link: len(link.plan.rows)),
    Column(N_("Highest payment"), lambda link: link.month.value, made=lambda link: link.month),
    Column(N_("Fees and interest"), lambda link: link.cost.value, made=lambda link: link.cost),
    Column(N_("Until"), lambda link: link.last_on.value, made=lambda link: link.last_on),
)


class ChainView(QWidget):
    """The chain of a recorded plan, whether it may grow, and what one more plan would change.

    Attributes:
        table: Its plans, each after the one it was made of.
        cost: What all of it costs.
        count, fee: The instalments of one more plan, and its fee a month.
        outcome: What that would change, in words; a calm warning with the numbers.
        chain: The result that is shown.
        plan_id: The plan that it began with.
    """

    def __init__(self, session: Session, plan_id: str) -> None:
        """Show the chain of a plan.

        Args:
            session: The open file.
            plan_id: A plan of the chain.
        """
        super().__init__()
        self.session = session
        self.plan_id = plan_id
        self.cost = Figure()
        self._began = quiet_label()
        self.table = Table(TableModel(_COLUMNS))
        self.table.setSortingEnabled(False)
        self._steps = QVBoxLayout()
        self._again_heading = heading_label()
        self._about = quiet_label()
        self._rulings = QVBoxLayout()
        self._rulings.setSpacing(GRID)
        self.meanings: dict[Reinstalment, Disclosure] = {}
        self._try_heading = heading_label()
        self.count, self.fee = CountField(1, _MOST_ROWS), PercentField()
        fields = Columns(_FIELD, 2)
        for field in (self.count, self.fee):
            fields.addWidget(field)
            field.changed.connect(self._try)
        self._fields = QWidget()
        self._fields.setLayout(fields)
        self.outcome, self.problem = text_label(), amber_label()
        self.chain = self._read()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.cost)
        column.addWidget(self._began)
        column.addWidget(self.table)
        column.addLayout(self._steps)
        column.addWidget(self._again_heading)
        column.addWidget(self._about)
        column.addLayout(self._rulings)
        for widget in (self._try_heading, self._fields, self.outcome, self.problem):
            column.addWidget(widget)
        column.addStretch(1)
        self.refresh()

    def _read(self) -> Chain:
        return chain_of(self.session.store, self.plan_id, self.session.today)

    def refresh(self) -> None:
        """Set every text and every value."""
        self.chain = chain = self._read()
        found = chain.lineage
        parts = Phrase(
            "{past} due by today, {later} still to come, until {last}",
            past=found.cost_by_now,
            later=found.cost_to_come,
            last=found.last_on,
        )
        label = (
            _("Fees and interest of the whole chain")
            if found.links[1:]
            else _("Fees and interest of the plan")
        )
        self.cost.show_made(label, found.cost, parts)
        self._began.setText(
            _("It began with: {what}").format(what=explain(chain.began)) if chain.began is not None else ""
        )
        self._began.setVisible(chain.began is not None)
        self.table.setAccessibleName(_("The plans of the chain"))
        self.table.values_model.set_values(found.links)
        self.table.fit_height()
        self._say_steps(chain)
        self._again_heading.setText(_("Into instalments again?"))
        self._about.setText(_("The same words are used for three things. Each has a rule of its own."))
        self._say_rulings(chain)
        self._try_heading.setText(_("What would one more plan change?"))
        self.count.say(_("New instalments"), _("For what is left of the plan"))
        self.fee.say(_("Fee a month"), _("As the app shows it, on what is put into the new plan"))
        self._try()

    def _say_steps(self, chain: Chain) -> None:
        clear(self._steps)
        for step in chain.steps:
            label = text_label()
            label.say(step.words)
            self._steps.addWidget(label)

    def _say_rulings(self, chain: Chain) -> None:
        opened = {meaning for meaning, part in self.meanings.items() if part.is_open}
        clear(self._rulings)
        self.meanings = {}
        for meaning, eligibility in chain.allowed.items():
            part = Disclosure()
            about = text_label()
            about.setText(explain(REINSTALMENT_MEANING[meaning]))
            say_eligibility(part, REINSTALMENT_WORDS[meaning], eligibility, about)
            part.set_open(is_open=meaning in opened)
            self._rulings.addWidget(part)
            self.meanings[meaning] = part

    def _try(self) -> None:
        """Work out what one more plan would change, once both fields can be read."""
        has_rest = self.chain.allowed[Reinstalment.AFTER_END].verdict is not Verdict.ALLOWED
        for widget in (self._try_heading, self._fields):
            widget.setVisible(has_rest)
        self.outcome.say(None)
        self.problem.setText("")
        if has_rest and not self.count.is_empty and not self.fee.is_empty:
            self._work_out()
        self.outcome.setVisible(bool(self.outcome.text()))
        self.problem.setVisible(bool(self.problem.text()))

    def _work_out(self) -> None:
        try:
            monthly = Rate(self.fee.value(), Per.MONTH)
            found = what_if(self.session.store, self.plan_id, self.count.value(), monthly, self.session.today)
        except PlannerError as error:
            self.problem.setText(i18n.explain(error))
        else:
            self.outcome.say(found.warning)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
