"""The place Compare: one amount, every way to settle it, side by side."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from planner.charts.compare import compare_chart, describe_compare
from planner.compat import override
from planner.domain.law.cap_flags import Flag
from planner.domain.offers.compared import Offer, OfferKind, Outcome, SortBy
from planner.domain.offers.figures import made_total
from planner.domain.offers.outcome import outcome
from planner.errors import PlannerError
from planner.gui.asking import Why, ask, why_named
from planner.gui.fields import ChoiceField
from planner.gui.icons import icon
from planner.gui.labels import amber_label, quiet_label, text_label
from planner.gui.layouts import Columns, Flow
from planner.gui.page import Page
from planner.gui.pages.compare_ask import TYPED, AskBar
from planner.gui.pages.compare_forms import AppRatesForm, OwnOfferForm
from planner.gui.pages.compare_table import OutcomeTable, has_card
from planner.gui.pages.compare_why import DifferenceView
from planner.gui.pages.cost_card_view import CostCardView
from planner.gui.pages.minimum_card import MinimumCard
from planner.gui.pages.two_views import TwoViews
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, explain, show, source_words
from planner.phrases import N_, Phrase
from planner.services.catalogue import product, products
from planner.services.compare import Comparison, card_of, comparison, in_full
from planner.services.legal_lines import noted_words

# What leads here to see the promotions, of what is due where ":" and its id follow; any other target is the
# id of a due.
PROMOTIONS = "promotions"

SORT_WORDS = {
    SortBy.TOTAL: N_("What it costs in all"),
    SortBy.RATE: N_("The true rate"),
    SortBy.BIGGEST_MONTH: N_("The biggest month"),
    SortBy.LAST: N_("When it is over"),
}
_CARD_KEY = "Alt+Return"
_FIELD = 13  # how narrow a field may be, in heights of a line


class ComparePage(Page):
    """Ask about an amount, and see each way to settle it in a table or a chart.

    Attributes:
        ask: What is to be settled.
        sort_by, beside: What to sort by, and whose ways stand beside.
        own: The offers that the user added; they live as long as the window.
        table, views: The result as a table, and the tabs around it.
        minimum: What paying only the minimum comes to.
        comparison: The result that is shown; None as long as nothing is asked.
    """

    shows = frozenset(
        {"accounts", "account_terms", "bills", "bill_lines", "plans", "plan_rows", "purchases", "refunds"}
        | {"payments", "charges", "adjustments", "published"}
        | {"agreements", "agreement_dues"}
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
        self.card_button = QPushButton()
        self.change_button, self.remove_button = QPushButton(), QPushButton()
        self.empty, self.empty_button = text_label(), QPushButton()
        self.late_note, self.free_note = amber_label(), WrappedLink()
        self.unit, self.notes = quiet_label(), text_label()
        self.table = OutcomeTable()
        self.views = TwoViews(self.table)
        self.minimum = MinimumCard()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.add_button.setIcon(icon("plus"))
        self.why_button.setIcon(icon("circle-help"))
        self.report_button.setIcon(icon("file-text"))
        self.card_button.setIcon(icon("list-checks"))
        self.remove_button.setIcon(icon("trash-2"))
        self.empty_button.setProperty("role", "primary")
        choices = Columns(_FIELD)
        choices.addWidget(self.sort_by)
        choices.addWidget(self.beside)
        self._choices = QWidget()
        self._choices.setLayout(choices)
        self._buttons = _row(
            self.add_button, self.rates_button, self.card_button, self.why_button, self.report_button
        )
        self._own_buttons = _row(self.change_button, self.remove_button)
        self._start = _row(self.empty_button)
        for widget in (self._intro, self.ask, self.empty, self._start, self.late_note, self.free_note):
            self.body.addWidget(widget)
        for widget in (self._choices, self._buttons, self.unit, self.views, self.notes):
            self.body.addWidget(widget)
        self.body.addWidget(self._own_buttons)
        self.body.addWidget(self.minimum)
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
        self.card_button.clicked.connect(self._open_card)
        self.table.card_wanted.connect(self._open_card)
        self.minimum.opened.connect(self.pane.open)
        card = QShortcut(QKeySequence(_CARD_KEY), self.table)
        card.setContext(Qt.ShortcutContext.WidgetShortcut)
        card.activated.connect(self._open_card)
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
        self.card_button.setText(_("Cost card…"))
        key = QKeySequence(_CARD_KEY).toString(QKeySequence.SequenceFormat.NativeText)
        tip = _("Every cost of the selected way, as lenders must show it. In the table: {key}")
        self.card_button.setToolTip(tip.format(key=key))
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
        wish, _colon, due = target.partition(":")
        if wish == PROMOTIONS:
            self._wants_promotions = True
            target = due
        if target:
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
            own = [offer for offer in self.own if _is_in(offer, currency)]
            by = SortBy(self.sort_by.value() or SortBy.TOTAL)
            found = comparison(question, own, self.session.today, by, beside)
            self.comparison = in_full(self.session.store, found)
            self.session.results["comparison"] = self.comparison
        self.empty.setText(
            problem or _("Choose a bill or type an amount, and see what each way to settle it comes to.")
        )
        shown = self.comparison
        self.empty.setVisible(shown is None)
        self._start.setVisible(shown is None and self.ask.what.value() == TYPED)
        for widget in (self.unit, self.views, self._choices, self._buttons):
            widget.setVisible(shown is not None)
        for widget in (self.late_note, self.free_note, self.notes, self._own_buttons):
            widget.hide()
        self.minimum.show_outlook(shown.minimum if shown is not None else None)
        if shown is not None:
            self._show(shown)

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
        self._follow_card(found)

    def _follow_card(self, found: Comparison) -> None:
        """Keep a cost card that is open true to what is compared now."""
        view = self.pane.content
        if not isinstance(view, CostCardView):
            return
        same = (way for way in found.outcomes if way.offer.id == view.card.offer.id)
        way = next(same, None)
        card = card_of(found, way) if way is not None else None
        if way is None or card is None:
            self.pane.close_content()
        else:
            view.show_card(card, found.flags_of(way))

    def _say_selected(self, *_changes: Any) -> None:
        lines = [
            _("{way}: {note}").format(way=explain(result.offer.label), note=explain(note))
            for result in self.table.selected_outcomes()
            for note in (result.not_comparable, *result.notes)
            if note is not None
        ]
        lines += [
            _("{way}: {note}").format(way=explain(result.offer.label), note=_noted_flag(flag))
            for result, flag in self._said_flags()
        ]
        self.notes.tell("\n".join(lines), *self._noted())
        self.notes.setVisible(bool(lines))
        self._own_buttons.setVisible(self._selected_own() is not None)
        chosen = self.table.selected_outcomes()
        self.card_button.setEnabled(any(map(has_card, chosen or self.table.outcomes.values)))

    def _noted(self) -> list[Phrase]:
        """The notes on what is selected, whose figures can be asked."""
        notes = [note for result in self.table.selected_outcomes() for note in result.notes]
        return notes + [noted_words(flag) for _result, flag in self._said_flags()]

    def _said_flags(self) -> list[tuple[Outcome, Flag]]:
        """Where what is selected stands to the legal lines, as far as that is worth a word."""
        if self.comparison is None:
            return []
        return [
            (result, flag)
            for result in self.table.selected_outcomes()
            for flag in self.comparison.flags_of(result)
            if flag.is_said
        ]

    def _selected_own(self) -> Offer | None:
        chosen = (result.offer for result in self.table.selected_outcomes())
        return next((offer for offer in chosen if offer.is_own), None)

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

    def _open_card(self) -> None:
        """Show the cost card of what is selected, or of the first way that has one."""
        found = self.comparison
        if found is None:
            return
        ways = filter(has_card, self.table.selected_outcomes() or self.table.outcomes.values)
        cards = ((way, card_of(found, way)) for way in ways)
        way, card = next(((way, card) for way, card in cards if card is not None), (None, None))
        if way is None or card is None:
            return
        view = CostCardView(self.session, card, found.flags_of(way))
        view.report_wanted.connect(lambda: self._report_card(view))
        self.pane.open(view, view.heading)

    def _report_card(self, view: CostCardView) -> None:
        self.session.results["cost_card"] = view.shown
        self.wanted.emit("reports", "cost_card")

    def _edit_offer(self, known: Offer | None) -> None:
        if self.comparison is None:
            return
        question, today = self.comparison.question, self.session.today
        form = OwnOfferForm(
            self.session,
            question.amount,
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


def _is_in(offer: Offer, currency: str) -> bool:
    """Whether every amount of an offer is in a currency."""
    fees = (fee for fee in (offer.total_fee, offer.opening_fee) if fee is not None)
    return all(fee.currency == currency for fee in fees)


def _noted_flag(flag: Flag) -> str:
    """Where a rate stands to a legal line, with who says so."""
    words = explain(noted_words(flag))
    return _("{words} Source: {source}").format(words=words, source=source_words(flag.source))


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
