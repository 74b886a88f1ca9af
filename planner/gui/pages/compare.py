"""The place Compare: one amount, every way to settle it, side by side."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from planner.charts.compare import compare_chart, describe_compare
from planner.compat import override
from planner.domain.offer import Offer, OfferKind, SortBy
from planner.domain.outcome import outcome
from planner.domain.outcome_figures import made_total
from planner.errors import PlannerError
from planner.gui.asking import Why, ask, why_named
from planner.gui.fields import ChoiceField
from planner.gui.icons import icon
from planner.gui.labels import amber_label, quiet_label, text_label
from planner.gui.layouts import Columns, Flow
from planner.gui.page import Page
from planner.gui.pages.compare_ask import TYPED, AskBar
from planner.gui.pages.compare_forms import AppRatesForm, OwnOfferForm
from planner.gui.pages.compare_table import OutcomeTable
from planner.gui.pages.compare_why import DifferenceView
from planner.gui.pages.two_views import TwoViews
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, explain, show
from planner.phrases import N_, Phrase
from planner.services.catalogue import product, products
from planner.services.compare import Comparison, comparison

# What leads here to see the promotions; any other target is the id of a due.
PROMOTIONS = "promotions"

SORT_WORDS = {
    SortBy.TOTAL: N_("What it costs in all"),
    SortBy.RATE: N_("The true rate"),
    SortBy.BIGGEST_MONTH: N_("The biggest month"),
    SortBy.LAST: N_("When it is over"),
}
_FIELD = 13  # how narrow a field may be, in heights of a line


class ComparePage(Page):
    """Ask about an amount, and see each way to settle it in a table or a chart.

    Attributes:
        ask: What is to be settled.
        sort_by, beside: What to sort by, and whose ways stand beside.
        own: The offers that the user added; they live as long as the window.
        table, views: The result as a table, and the tabs around it.
        comparison: The result that is shown; None as long as nothing is asked.
    """

    shows = frozenset(
        {"accounts", "account_terms", "bills", "bill_lines", "plans", "plan_rows", "purchases", "refunds"}
        | {"payments", "charges", "adjustments", "published"}
    )

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.own: list[Offer] = []
        self.comparison: Comparison | None = None
        self._wants_promotions = False
        self._intro = quiet_label()
        self.ask = AskBar(session)
        self.sort_by, self.beside = ChoiceField(), ChoiceField()
        self.add_button, self.rates_button = QPushButton(), QPushButton()
        self.why_button, self.report_button = QPushButton(), QPushButton()
        self.change_button, self.remove_button = QPushButton(), QPushButton()
        self.empty, self.empty_button = text_label(), QPushButton()
        self.late_note, self.free_note = amber_label(), WrappedLink()
        self.unit, self.notes = quiet_label(), text_label()
        self.table = OutcomeTable()
        self.views = TwoViews(self.table)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.add_button.setIcon(icon("plus"))
        self.why_button.setIcon(icon("circle-help"))
        self.report_button.setIcon(icon("file-text"))
        self.remove_button.setIcon(icon("trash-2"))
        self.empty_button.setProperty("role", "primary")
        choices = Columns(_FIELD)
        choices.addWidget(self.sort_by)
        choices.addWidget(self.beside)
        self._choices = QWidget()
        self._choices.setLayout(choices)
        self._buttons = _row(self.add_button, self.rates_button, self.why_button, self.report_button)
        self._own_buttons = _row(self.change_button, self.remove_button)
        self._start = _row(self.empty_button)
        for widget in (self._intro, self.ask, self.empty, self._start, self.late_note, self.free_note):
            self.body.addWidget(widget)
        for widget in (self._choices, self._buttons, self.unit, self.views, self.notes):
            self.body.addWidget(widget)
        self.body.addWidget(self._own_buttons)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.ask.changed.connect(self._compare)
        self.sort_by.changed.connect(self._on_sorted)
        self.beside.changed.connect(self._compare)
        self.add_button.clicked.connect(lambda: self._edit_offer(None))
        self.rates_button.clicked.connect(self._edit_rates)
        self.why_button.clicked.connect(self._explain)
        self.report_button.clicked.connect(self._report)
        self.change_button.clicked.connect(lambda: self._edit_offer(self._selected_own()))
        self.remove_button.clicked.connect(self._remove_offers)
        self.empty_button.clicked.connect(self.ask.amount.edit.setFocus)
        self.free_note.clicked.connect(lambda: ask(self.free_note))
        self.table.selectionModel().selectionChanged.connect(self._say_selected)
        self.table.chosen.connect(self._explain)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.activated.connect(self._remove_offers)

    # --- drawing ---

    @override
    def refresh(self) -> None:
        self.title.setText(_("Compare"))
        self._intro.setText(
            _("One amount, and every way to settle it side by side. Nothing is ordered from here.")
        )
        self.ask.refresh()
        self.sort_by.say(_("Sort by"))
        self.sort_by.set_choices((by, _(words)) for by, words in SORT_WORDS.items())
        self.beside.say(_("Beside it, the ways of"))
        others = [(sheet.id, _(sheet.name)) for sheet in products(self.session.store) if sheet.terms.claims]
        self.beside.set_choices([("", _("Nobody else")), *others])
        self.add_button.setText(_("Add an offer…"))
        self.rates_button.setText(_("Rates my app shows…"))
        self.why_button.setText(_("Why do they differ?"))
        self.report_button.setText(_("Put into the report"))
        self.change_button.setText(_("Change this offer…"))
        self.remove_button.setText(_("Remove this offer"))
        self.empty_button.setText(_("Type an amount"))
        self.views.refresh()
        self.table.setAccessibleName(_("Ways to settle the amount"))
        self._compare()

    @override
    def reveal(self, target: str) -> None:
        self._refresh_if_shown()
        if target == PROMOTIONS:
            self._wants_promotions = True
        elif target:
            self.ask.choose(target)
        if not self._is_stale:  # else it is drawn as soon as it is shown
            self._compare()

    def _compare(self) -> None:
        """Work everything out again and show it."""
        self.comparison, problem = None, ""
        try:
            question = self.ask.question()
        except PlannerError as error:
            question, problem = None, explain(error)
        if question is not None:
            currency = question.amount.currency
            sheet = product(self.session.store, self.beside.value() or "")
            beside = sheet if sheet is not None and sheet.currency == currency else None
            own = [offer for offer in self.own if not offer.total_fee or offer.total_fee.currency == currency]
            by = SortBy(self.sort_by.value() or SortBy.TOTAL)
            self.comparison = comparison(question, own, self.session.today, by, beside)
            self.session.results["comparison"] = self.comparison
        self.empty.setText(
            problem or _("Choose a bill or type an amount, and see what each way to settle it comes to.")
        )
        found = self.comparison
        self.empty.setVisible(found is None)
        self._start.setVisible(found is None and self.ask.what.value() == TYPED)
        for widget in (self.unit, self.views, self._choices, self._buttons):
            widget.setVisible(found is not None)
        for widget in (self.late_note, self.free_note, self.notes, self._own_buttons):
            widget.hide()
        if found is not None:
            self._show(found)

    def _show(self, found: Comparison) -> None:
        amount = found.question.amount
        unit = _("{what}: {amount}. Amounts in {currency}; a range is what the sources span.")
        self.unit.tell(
            unit.format(what=explain(found.question.label), amount=show(amount), currency=amount.currency),
            self.ask.made_amount(found.question),
            heading=explain(found.question.label),
        )
        if found.question.is_late:
            self.late_note.setText(
                _(
                    "The due date has passed: each way leaves it late, and what being late costs until it is "
                    "paid comes on top. The place Late cost shows it."
                )
            )
            self.late_note.show()
        elif found.free_until is not None:
            text = _("Paid in full, it costs nothing until {date}. Why?")
            self.free_note.say(text.format(date=show(found.free_until.value)), found.free_until)
            self.free_note.show()
        self.table.show_comparison(found)
        words = " ".join(explain(phrase) for phrase in describe_compare(found))
        title = _("Ways to settle {amount}").format(amount=show(amount))
        self.views.chart.draw(partial(compare_chart, found), words, title, partial(_why_all, found))
        if self._wants_promotions:
            self._wants_promotions = False
            kinds = ((result.offer.id, result.offer.kind) for result in found.outcomes)
            self.table.select_offers({key for key, kind in kinds if kind is OfferKind.PROMOTION})
        self._say_selected()

    def _say_selected(self, *_changes: Any) -> None:
        lines = [
            _("{way}: {note}").format(way=explain(result.offer.label), note=explain(note))
            for result in self.table.selected_outcomes()
            for note in (result.not_comparable, *result.notes)
            if note is not None
        ]
        self.notes.tell("\n".join(lines), *self._noted())
        self.notes.setVisible(bool(lines))
        self._own_buttons.setVisible(self._selected_own() is not None)

    def _noted(self) -> list[Phrase]:
        """The notes on what is selected, whose figures can be asked."""
        return [note for result in self.table.selected_outcomes() for note in result.notes]

    def _selected_own(self) -> Offer | None:
        chosen = (result.offer for result in self.table.selected_outcomes())
        return next((offer for offer in chosen if offer.kind is OfferKind.OWN), None)

    # --- acts ---

    def _on_sorted(self) -> None:
        self.table.forget_sorting()
        self._compare()

    def _explain(self, *_chosen: Any) -> None:
        """Show the cash flows of what is selected, or of the first two ways that cost something."""
        if self.comparison is None:
            return
        outcomes = self.comparison.outcomes
        priced = [result for result in outcomes if result.advertised and result.advertised.high]
        shown = self.table.selected_outcomes() or priced[:2]
        view = DifferenceView(shown or outcomes[:1], self.comparison.question.amount)
        self.pane.open(view, _("Why do they differ?"))

    def _edit_offer(self, known: Offer | None) -> None:
        if self.comparison is None:
            return
        question, today = self.comparison.question, self.session.today
        form = OwnOfferForm(
            self.session,
            question.amount.currency,
            lambda offer: outcome(question, offer, today),
            known,
        )
        form.made.connect(self._keep_offer)
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, _("An offer of your own") if known is None else _("Change the offer"))

    def _keep_offer(self, offer: Offer) -> None:
        ids = [known.id for known in self.own]
        if offer.id in ids:
            self.own[ids.index(offer.id)] = offer
        else:
            self.own.append(offer)
        self._compare()
        self.table.select_offers({offer.id})

    def _remove_offers(self) -> None:
        gone = {result.offer.id for result in self.table.selected_outcomes()}
        self.own = [offer for offer in self.own if offer.id not in gone]
        self._compare()

    def _edit_rates(self) -> None:
        form = AppRatesForm(self.session, self.ask.known_terms, self.ask.kept_account, self.ask.kept_rates)
        form.made.connect(self._keep_rates)
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, _("The fee a month that my app shows"))

    def _keep_rates(self, rates: dict[int, Decimal]) -> None:
        self.ask.rates[self.ask.terms.value()] = rates
        self._compare()

    def _report(self) -> None:
        if self.comparison is not None:
            self.session.results["comparison"] = self.comparison
            self.wanted.emit("reports", "compare")


def _why_all(found: Comparison) -> Why | None:
    """Why the total of each way is what it is."""
    totals = [(explain(result.offer.label), made_total(result)) for result in found.outcomes]
    return why_named(_("Total"), [(name, total) for name, total in totals if total is not None])


def _row(*buttons: QPushButton) -> QWidget:
    flow = Flow()
    for button in buttons:
        flow.addWidget(button)
    row = QWidget()
    row.setLayout(flow)
    return row
