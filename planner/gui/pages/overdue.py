"""The place Late cost: what each day of delay costs, as a band, and what may happen on the way."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from planner.charts.late import describe_late, late_chart
from planner.compat import override
from planner.domain.consequences.card import NO_CARDS
from planner.domain.derivation import Derived
from planner.domain.late_figures import made_posted, made_to_pay, made_unpaid
from planner.domain.money import Money
from planner.domain.overdue import LateCost, LateDay
from planner.domain.sourced import Span
from planner.domain.terms import TermClaim
from planner.errors import PlannerError
from planner.gui.asking import why
from planner.gui.consequences import ConsequenceCards, is_less
from planner.gui.fields import ChoiceField
from planner.gui.icons import icon
from planner.gui.labels import quiet_label, text_label
from planner.gui.layouts import Columns, Flow
from planner.gui.page import Page
from planner.gui.pages.late_counts import LateCountsView
from planner.gui.pages.late_figures import LateFigures
from planner.gui.pages.late_scenarios import ScenarioForm
from planner.gui.pages.late_ways import LateWaysView
from planner.gui.pages.overdue_ask import LateAsk
from planner.gui.pages.overdue_parts import CallHint, GapList, LateTermsForm, MilestoneList, SourceList
from planner.gui.pages.two_views import TwoViews
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import DateStyle, _, explain, show, show_date
from planner.look import GRID
from planner.phrases import N_
from planner.services.called import CALLED, asked_at_once
from planner.services.overdue import NOTHING_ELSE, Asked

_MOST_ROWS = 16
_DAYS, _WEEKS = "days", "weeks"


class LatePage(Page):
    """Choose what is late and until when; see what it costs, and what is not known.

    Attributes:
        ask: What is late, and until when.
        all_figures: What one more day costs, and the days of paying.
        figures: Paying today, on the chosen day, in 30 days.
        table, views: The cost by day, and the tabs around it.
        cost: The result that is shown; None as long as nothing is asked.
    """

    shows = frozenset(
        {"accounts", "account_terms", "contacts", "bills", "bill_lines", "plans", "plan_rows", "purchases"}
        | {"refunds", "payments", "charges", "adjustments", "published", "account_states", "settings"}
        | {"agreements", "agreement_dues"}
    )

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.cost: LateCost | None = None
        self._intro = quiet_label()
        self.ask = LateAsk(session)
        self.empty, self.empty_button = text_label(), QPushButton()
        self.all_figures = LateFigures()
        self.figures = self.all_figures.compared
        self.gaps, self.sources = GapList(), SourceList()
        self.cards, self.milestones, self.call = ConsequenceCards(session), MilestoneList(), CallHint()
        self.posted = text_label()
        self.terms_button, self.compare_button = QPushButton(), QPushButton()
        self.ways_button, self.report_button = QPushButton(), QPushButton()
        self.ways, self.counts = LateWaysView(), LateCountsView()
        self.step = ChoiceField()
        columns: tuple[Column[LateDay], ...] = (
            Column(N_("Paid on"), lambda day: day.day, lambda day: show_date(day, DateStyle.MEDIUM)),
            Column(N_("Low end"), lambda day: day.cost.low, made=self._made_cost),
            Column(N_("High end"), lambda day: day.cost.high, made=self._made_cost),
            Column(N_("To pay in all"), self._to_pay, made=self._made_to_pay),
        )
        self.model = TableModel(columns)
        self.table = Table(self.model)
        self.views = TwoViews(self._with_step())
        self._build()
        self._connect()

    def _with_step(self) -> QWidget:
        self.step.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        step = Flow()
        step.addWidget(self.step)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(step)
        column.addWidget(self.table)
        return whole

    def _build(self) -> None:
        self.empty_button.setProperty("role", "primary")
        self.terms_button.setIcon(icon("pencil"))
        self.compare_button.setIcon(icon("scale"))
        self.ways_button.setIcon(icon("list-checks"))
        self.report_button.setIcon(icon("file-text"))
        self._figures = _holding(self.all_figures)
        start, buttons = Flow(), Flow()
        start.addWidget(self.empty_button)
        for button in (self.terms_button, self.ways_button, self.compare_button, self.report_button):
            buttons.addWidget(button)
        self._start, self._buttons = _holding(start), _holding(buttons)
        for widget in (self._intro, self.ask, self.empty, self._start, self._figures, self.posted):
            self.body.addWidget(widget)
        self.body.addWidget(self.call)
        self.body.addWidget(self.gaps)
        for widget in (self._buttons, self.ways, self.views, self.counts, self.sources, self.cards):
            self.body.addWidget(widget)
        self.body.addWidget(self.milestones)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.ask.changed.connect(self._work_out)
        self.cards.procedure_wanted.connect(self._to_procedure)
        self.step.changed.connect(self._list_days)
        self.gaps.wanted.connect(self._edit_terms)
        self.terms_button.clicked.connect(partial(self._edit_terms, ""))
        self.ways_button.clicked.connect(self._edit_ways)
        self.compare_button.clicked.connect(self._to_compare)
        self.report_button.clicked.connect(self._report)
        self.empty_button.clicked.connect(self.ask.amount.edit.setFocus)

    # --- drawing ---

    @override
    def refresh(self) -> None:
        self.title.setText(_("Late cost"))
        self._intro.setText(
            _("An estimate of what paying late adds. Only what the lender posts is ever recorded.")
        )
        self.ask.refresh()
        self.empty_button.setText(_("Type an amount"))
        self.terms_button.setText(_("What I know of the terms…"))
        self.ways_button.setText(_("In parts, by agreement…"))
        self.compare_button.setText(_("Compare ways to settle it"))
        self.report_button.setText(_("Put into the report"))
        self.step.say(_("Show"))
        is_first = self.step.value() is None
        self.step.set_choices([(_WEEKS, _("Every week")), (_DAYS, _("Every day"))])
        if is_first:
            self.step.set_key(_WEEKS)
        self.views.refresh()
        self.table.setAccessibleName(_("Late cost by day of paying"))
        self._work_out()

    @override
    def reveal(self, target: str) -> None:
        self._refresh_if_shown()
        if target.startswith(CALLED):
            account_id = target.removeprefix(CALLED)
            self.ask.call_in(account_id, asked_at_once(self.session.store, account_id, self.session.today))
        elif target and not self.ask.choose(target):
            self.ask.choose_account(target)
        if not self._is_stale:  # else it is drawn as soon as it is shown
            self._work_out()

    def _work_out(self) -> None:
        """Work everything out again and show it."""
        self.cost, problem = None, ""
        try:
            self.cost = self.ask.cost()
        except PlannerError as error:
            problem = explain(error)
        self.empty.setText(
            problem or _("Type an amount and its due date to see what paying it late would cost.")
        )
        found = self.cost
        # Rows of another currency must be gone before anything is drawn again.
        self.model.set_values(())
        self.empty.setVisible(found is None)
        self._start.setVisible(found is None and self.ask.is_made_up)
        for widget in (self._figures, self.posted, self.gaps, self._buttons, self.views, self.sources):
            widget.setVisible(found is not None)
        # What no longer fits the chosen day can be changed.
        self._buttons.setVisible(found is not None or self.ask.asked != NOTHING_ELSE)
        self.milestones.setVisible(found is not None and not is_less(self.session))
        self.cards.show_cards(found.cards if found is not None else NO_CARDS)
        # A made-up amount has no past.
        is_kept = found is not None and not self.ask.is_made_up
        self.counts.show_account(self.session, self.ask.kept_account if is_kept else None)
        self.ways.show_cost(found if self.ask.asked != NOTHING_ELSE else None)
        self.compare_button.setVisible(not self.ask.is_made_up and len(self.ask.ticked) == 1)
        self.call.show_contact(self.ask.lender)
        if found is not None:
            self.session.results["late"] = found
            self._show(found)

    def _show(self, found: LateCost) -> None:
        self.all_figures.show_cost(found, self.session.today)
        self.posted.setVisible(bool(found.posted))
        if found.posted:
            text = _(
                "Penalties of {amount} are posted already: they are recorded, and not counted here again."
            )
            self.posted.tell(text.format(amount=show(found.posted)), made_posted(found))
        self.gaps.show_cost(found)
        self.sources.show_cost(found)
        on_cards = frozenset(card.id for card in found.cards.first)
        self.milestones.show_milestones(found.milestones, self.session.today, on_cards)
        self.views.setVisible(bool(found.days))
        self._list_days()
        words = " ".join(explain(phrase) for phrase in describe_late(found))
        title = _("Late cost of {amount}").format(amount=show(found.unpaid))
        told = partial(why, title, found.at, made_unpaid(found))
        self.views.chart.draw(partial(late_chart, found), words, title, told)

    def _list_days(self) -> None:
        if self.cost is not None:
            self.model.set_values(self.cost.days if self.step.value() == _DAYS else self.cost.weeks)
            self.table.fit_height(_MOST_ROWS)

    def _to_pay(self, day: LateDay) -> Span[Money] | None:
        return self.cost.to_pay(day.cost) if self.cost is not None else None

    def _made_cost(self, day: LateDay) -> Derived[Span[Money]] | None:
        """What it costs on a day of the table, and how that was made; worked out when somebody asks."""
        return self.cost.made(day.day) if self.cost is not None else None

    def _made_to_pay(self, day: LateDay) -> Derived[Span[Money]] | None:
        cost = self._made_cost(day)
        return made_to_pay(self.cost, cost) if self.cost is not None and cost is not None else None

    # --- acts ---

    def _edit_terms(self, missing: str, _checked: object = None) -> None:
        form = LateTermsForm(self.session, self.ask.known_terms, self.ask.kept_account, missing)
        form.made.connect(self._keep_claims)
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, _("What I know of the terms"))

    def _keep_claims(self, claims: tuple[TermClaim, ...]) -> None:
        self.ask.claims[self.ask.terms.value()] = claims
        self._work_out()

    def _edit_ways(self) -> None:
        until = self.ask.until.day() or self.session.today
        form = ScenarioForm(self.session, self.ask.currency_now, until, self.ask.asked, self.ask.try_out)
        form.made.connect(self._keep_ways)
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, _("In parts, by agreement"))

    def _keep_ways(self, asked: Asked) -> None:
        self.ask.asked = asked
        self._work_out()

    def _to_compare(self) -> None:
        if self.ask.ticked:
            self.wanted.emit("compare", self.ask.ticked[0])

    def _to_procedure(self, procedure_id: str) -> None:
        account = self.ask.kept_account
        self.wanted.emit("procedures", f"procedure:{procedure_id}/{account.id if account else ''}")

    def _report(self) -> None:
        if self.cost is not None:
            self.session.results["late"] = self.cost
            self.wanted.emit("reports", "late")


def _holding(layout: Columns | Flow) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget
