"""The place Payoff: the best way through all debts, the orders over time, and the plan that is followed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from planner.compat import override
from planner.domain.adopted.progress import Answer
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Order, Scenario
from planner.gui.fields import ChoiceField
from planner.gui.labels import LinkButton, quiet_label
from planner.gui.page import Page
from planner.gui.pages.payoff_parts.answer import AnswerForm, Said
from planner.gui.pages.payoff_parts.beside import end_answers, follow
from planner.gui.pages.payoff_parts.best import BestSection
from planner.gui.pages.payoff_parts.followed import FollowedSection
from planner.gui.pages.payoff_parts.keeping_focus import begin_at, keeping_focus
from planner.gui.pages.payoff_parts.limits import LimitsForm, lenders_of
from planner.gui.pages.payoff_parts.nothing import say_nothing_to_plan
from planner.gui.pages.payoff_parts.over_time import OverTimeSection
from planner.gui.pages.payoff_parts.parts import Empty, Lines, column_of, row_of
from planner.gui.pages.payoff_parts.scenarios import ScenariosSection
from planner.gui.pages.payoff_parts.what_if import WhatIfForm
from planner.gui.recording.terms import TermsView
from planner.gui.session import EVERYTHING, Session
from planner.gui.wrapping import Tabs
from planner.i18n import _, currency_name
from planner.look import GRID
from planner.phrases import N_
from planner.services.adopting import followed, give_up
from planner.services.payoff import currencies, payoff_question
from planner.services.payoff_orders import own_order, put_own_order
from planner.services.plan_progress import progress_of

BEST, OVER_TIME, FOLLOWED, WHAT_IF = range(4)
# What leads here to see one tab; any other target is a currency.
_TARGETS = {"best": BEST, "over-time": OVER_TIME, "followed": FOLLOWED, "what-if": WHAT_IF}


class PayoffPage(Page):
    """All debts of one currency at once.

    Attributes:
        currency: Whose debts; shown where there are several.
        change_button: Leads to what is assumed.
        tabs: Best plan, over time, the plan that is followed, what if.
        best, over_time, followed, scenarios: What they show.
        empty: What is said where nothing is owed.
        question: What is asked; None where nothing is owed.
    """

    shows = frozenset(
        {"accounts", "account_terms", "contacts", "bills", "bill_lines", "plans", "plan_rows", "purchases"}
        | {"refunds", "payments", "charges", "adjustments", "published", "own_offers", "help_sheets"}
        | {"agreements", "agreement_dues"}
        | {"cash_accounts", "cash_balances", "cash_flows", "cash_occurrences", "cash_rules"}
        | {"adopted_plans", "planned_payments", "plan_todos", "scenarios", "scenario_lumps"}
    )

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.question: PayoffQuestion | None = None
        self._scenarios: dict[str, Scenario] = {}
        self._is_outdated = self._is_first = True
        self._told: set[int] = set()
        self._needed = ""  # what the button leads to where nothing can be planned
        self._ranked: tuple[str, ...] = ()
        self._intro, self.currency = quiet_label(), ChoiceField()
        self._assumed, self.change_button = Lines(), LinkButton()
        self.empty = Empty()
        self.tabs = Tabs()
        self.best, self.over_time = BestSection(session), OverTimeSection(session)
        self.followed, self.scenarios = FollowedSection(), ScenariosSection(session)
        sections: tuple[QWidget, ...] = (self.best, self.over_time, self.followed, self.scenarios)
        self._sections = dict(enumerate(sections))
        self._build()
        self._connect()

    def _build(self) -> None:
        self._choice = row_of(self.currency)
        assumed = QWidget()
        lines = column_of(assumed, 0)
        lines.addWidget(self._assumed)
        lines.addWidget(row_of(self.change_button))
        self._sheet = QWidget()
        column = column_of(self._sheet, 2 * GRID)
        # Each move of a widget styles anew all that is in it: so what holds the others goes in first.
        for widget in (self._intro, self.empty, self._sheet):
            self.body.addWidget(widget)
        for widget in (self._choice, assumed, self.tabs, *self._sections.values()):
            column.addWidget(widget)
        for _section in self._sections:
            self.tabs.addTab("")
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.currency.changed.connect(self._on_currency)
        self.change_button.clicked.connect(self._change_assumed)
        self.tabs.currentChanged.connect(self._on_tab)
        self.empty.button.clicked.connect(lambda: self.wanted.emit("bills", self._needed))
        best, over_time, followed = self.best, self.over_time, self.followed
        best.wanted.connect(self._lead)
        best.opened.connect(self.pane.open)
        best.closed.connect(self.pane.close_content)
        best.adopted.connect(partial(self._go, FOLLOWED))
        best.limits_wanted.connect(self._change_limits)
        best.what_if_wanted.connect(self._change_assumed)
        best.over_time_wanted.connect(partial(self._go, OVER_TIME))
        over_time.wanted.connect(self._lead)
        over_time.order_chosen.connect(self._choose_order)
        over_time.extra_typed.connect(lambda extra: self._assume(replace(self.scenario, extra=extra)))
        over_time.ranked.connect(self._rank)
        over_time.what_if_wanted.connect(lambda: self._change_assumed(with_more=True))
        over_time.adopted.connect(partial(self._go, FOLLOWED))
        followed.replan_wanted.connect(self._replan)
        followed.best_wanted.connect(partial(self._go, BEST))
        followed.give_up_wanted.connect(self._give_up)
        followed.said.connect(self._answer)
        self.scenarios.used.connect(self._assume)
        self.scenarios.change_wanted.connect(self._change_assumed)

    # --- drawing ---

    @property
    def scenario(self) -> Scenario:
        """What is assumed for the currency that is shown."""
        code = self.currency.value() or ""
        return self._scenarios.setdefault(code, Scenario(code))

    @override
    def refresh(self) -> None:
        self.title.setText(_("Payoff"))
        self._intro.setText(_("All debts at once: what costs least while the cash holds."))
        self.currency.say(_("Currency"))
        self.change_button.setText(_("Change…"))
        self.change_button.setAccessibleName(_("Change what is assumed"))
        self.tabs.setTabText(BEST, _("Best plan"))
        self.tabs.setTabText(OVER_TIME, _("Over time"))
        self.tabs.setTabText(FOLLOWED, _("The plan I follow"))
        self.tabs.setTabText(WHAT_IF, _("What if"))
        self.tabs.setAccessibleName(_("Parts of the place Payoff"))
        if self._is_outdated:
            self._is_outdated = False
            self._ask()
        self._draw()

    def _ask(self) -> None:
        """Read the record anew; what the sections show follows when they are shown."""
        store, today = self.session.store, self.session.today
        codes = currencies(store, today)
        self.currency.set_choices((code, currency_name(code)) for code in codes)
        self._choice.setVisible(len(codes) > 1)
        code = self.currency.value() or ""
        self.question = payoff_question(store, today, code, self.scenario) if codes else None
        if self._is_first and self.question is not None:
            # Who follows a plan comes to see what is next.
            self._is_first = False
            self.tabs.setCurrentIndex(FOLLOWED if self.question.adopted is not None else BEST)
        self._forget()

    def _forget(self) -> None:
        """What the sections show, or are looking for, is of another question."""
        self._told.clear()
        end_answers(self.pane)
        self.best.forget()
        self.scenarios.forget()

    def _draw(self) -> None:
        question = self.question
        self.empty.setVisible(question is None)
        self._sheet.setVisible(question is not None)
        if question is None:
            self._needed = say_nothing_to_plan(self.empty, self.session)
            return
        self._assumed.say("", (), question.assumptions)
        follow(self.pane, question)
        self._show_tab()

    def _show_tab(self) -> None:
        """Show the section of the chosen tab, and tell it what is asked if it does not know yet."""
        chosen = self.tabs.currentIndex()
        for number, section in self._sections.items():
            section.setVisible(number == chosen)
        question = self.question
        if question is None:
            return
        is_new = chosen not in self._told
        self._told.add(chosen)
        if chosen == FOLLOWED:
            plan = followed(self.session.store, question.currency)
            progress = progress_of(self.session.store, self.session.today, plan) if plan is not None else None
            self.followed.show_progress(progress)
        elif chosen == BEST:
            self.best.show_question(question, is_new=is_new)
        elif chosen == OVER_TIME:
            self.over_time.show_question(question, is_new=is_new)
        else:
            self.scenarios.show_question(question, is_new=is_new)

    @override
    def _on_changed(self, tables: frozenset[str]) -> None:
        ranked = own_order(self.session.store) if self.session.has_store else ()
        if tables == EVERYTHING or tables & self.shows or ranked != self._ranked:
            self._is_outdated = self._is_stale = True
        self._ranked = ranked
        with keeping_focus(self, lambda: self.tabs if self.question is not None else self.empty.button):
            super()._on_changed(tables)
            self._refresh_if_shown()

    def _on_tab(self) -> None:
        self._show_tab()
        self.pane.end_explanations()

    def _on_currency(self) -> None:
        if self.pane.leave():
            self._reask()
        elif self.question is not None:  # the form says what would be lost
            self.currency.set_key(self.question.currency)

    def _reask(self) -> None:
        self._ask()
        self._draw()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        begin_at(self.tabs, self._assumed)

    @override
    def reveal(self, target: str) -> None:
        self._refresh_if_shown()
        if target in _TARGETS:
            self.tabs.setCurrentIndex(_TARGETS[target])
        elif target:
            self.currency.set_key(target)
            self._reask()

    # --- what is assumed ---

    def _assume(self, scenario: Scenario) -> None:
        """Work everything out under other assumptions."""
        self._remember(scenario)
        self._forget()
        self._draw()

    def _remember(self, scenario: Scenario) -> None:
        self._scenarios[scenario.currency] = scenario
        self.question = self.question and self.question.under(scenario)

    def _change_assumed(self, *, with_more: bool = False) -> None:
        if self.question is None:
            return
        form = WhatIfForm(self.session, self.question)
        form.tried.connect(self._assume)
        form.saved.connect(lambda: self.tabs.setCurrentIndex(WHAT_IF))
        if self.pane.open(form, _("What if")) and with_more:
            form.open_more()

    def _change_limits(self) -> None:
        if self.question is None:
            return
        form = LimitsForm(self.session, self.scenario, lenders_of(self.question))
        form.made.connect(self._assume)
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, _("Limits"))

    def _choose_order(self, order: Order) -> None:
        """Remember it; the result holds all orders already."""
        self._remember(replace(self.scenario, order=order))

    def _rank(self, ids: list[str]) -> None:
        self.session.do_quietly(N_("Change your own order of debts"), put_own_order, ids)

    # --- acts ---

    def _lead(self, kind: str, target: str) -> None:
        """Lead to where something missing is entered: terms open here, all else in its place."""
        if kind == "terms":
            self.pane.open(TermsView(self.session, target), self.session.store.accounts.get(target).name)
        else:
            self.wanted.emit(kind, target)

    def _go(self, tab: int) -> None:
        self.tabs.setCurrentIndex(tab)
        self.tabs.setFocus()

    def _replan(self) -> None:
        self._told.discard(BEST)
        self._go(BEST)

    def _give_up(self) -> None:
        progress = self.followed.progress
        if progress is not None:
            self.session.do(N_("Give up the plan"), give_up, progress.plan.id, self.session.today)

    def _answer(self, answer: Answer, said: Said) -> None:
        progress = self.followed.progress
        if progress is not None:
            form = AnswerForm(self.session, progress.plan, answer.todo, answer.words, said)
            form.saved.connect(self._close_answer)
            heading = _("To do for the plan") if answer.todo.is_debit else _("What the lender said")
            self.pane.open(form, heading)

    def _close_answer(self) -> None:
        with keeping_focus(self, lambda: self.tabs):  # what opened it was drawn anew
            self.pane.close_content()
