"""The form for an income or an expense, once or again and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner import i18n
from planner.compat import override
from planner.domain.cash.account import CashAccount
from planner.domain.cash.editing import Scope
from planner.domain.cash.flow import CashFlow, Category, Direction, Occurrence
from planner.domain.cash.occurrences import Time
from planner.domain.cash.recurrence import Unit
from planner.domain.cash.words import CATEGORY_WORDS
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.gui.fields import AmountField, ChoiceField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.recording.cash_when import WhenFields
from planner.gui.session import Session
from planner.i18n import DateStyle, _, explain, joined, show, show_date
from planner.phrases import N_
from planner.services.cash_flows import save_flow, say_occurrence
from planner.services.cash_view import FlowRow, next_times

_SCOPES = {
    Scope.ALL: N_("All of them"),
    Scope.LATER: N_("One time and all later ones"),
    Scope.THIS: N_("One time only"),
}
_SHOWN = 3
_CLEAR = 330  # days within which a weekday and a month are not taken for those of another year
_TITLES = {
    Direction.INCOME: (N_("Add an income"), N_("Change the income")),
    Direction.EXPENSE: (N_("Add an expense"), N_("Change the expense")),
}


class CashFlowForm(Form):
    """A new income or expense, or one that is to be changed: one time, that and all later ones, or all.

    Attributes:
        saved_id: The id of what was saved; empty before.
        scope, time: Which times are changed; only where it comes again and again.
        category, name, amount: What it is, and how much.
        account: Where it comes in or goes out; hidden where there is one cash account at most.
        when: When it comes.
        note: The user's own words.
    """

    def __init__(
        self, session: Session, direction: Direction = Direction.INCOME, row: FlowRow | None = None
    ) -> None:
        """Start empty, or with what is to be changed.

        Args:
            session: The open file.
            direction: Whether it comes in or goes out.
            row: What is to be changed, with its times; None for a new one.
        """
        super().__init__(session)
        self._row, self._known = row, row.flow if row is not None else None
        self._direction = self._known.direction if self._known is not None else direction
        self.saved_id = ""
        self._has_own_name, self._has_own_amount = self._known is not None, False
        self._accounts = self._usable_accounts()
        self.scope, self.time, self.category = ChoiceField(), ChoiceField(), ChoiceField()
        self.name, self.account, self.note = TextField(), ChoiceField(), NoteField()
        self.amount = AmountField(self._currency)
        self.when = WhenFields(session.today)
        # Before the form's own slot, so that its preview sees what these put in.
        self.category.changed.connect(self._preset_name)
        self.name.changed.connect(self._on_name)
        self.amount.changed.connect(self._on_amount)
        self.account.changed.connect(self._on_account)
        self.scope.changed.connect(self._on_scope)
        self.time.changed.connect(self._on_scope)
        self._has_more = False
        self.more_button.clicked.connect(self._on_more)
        self.add(self.scope, self.time, self.category, self.amount, *self.when.essential)
        self.add(self.name, self.account)
        self.more(*self.when.less_usual, self.note)
        if not self._is_recurring:
            self.setFocusProxy(self.category.input if self._known is None else self.amount.input)
        self.refresh()
        if self._known is not None:
            self._fill(self._known)
        if row is not None and row.next is not None:
            self.time.set_key(row.next.by_rule.isoformat())
        self.on_change()

    def _usable_accounts(self) -> list[CashAccount]:
        """Every cash account; of what is recorded already, those of its currency."""
        known = self._known
        accounts = self.session.store.cash_accounts.all()
        return [each for each in accounts if known is None or each.currency == known.amount.currency]

    def _fill(self, flow: CashFlow) -> None:
        self.category.set_key(flow.category)
        self.name.set_text(flow.name)
        self.account.set_key(flow.cash_account_id)
        self.amount.set_money(flow.amount)
        self.when.fill(flow.recurrence)
        self.note.set_text(flow.note)
        if flow.note:
            self.more_button.click()

    # --- texts

    @override
    def refresh(self) -> None:
        super().refresh()
        self.scope.say(_("What to change"))
        self.scope.set_choices((scope, _(words)) for scope, words in _SCOPES.items())
        self.time.say(_("Which time"))
        self.time.set_choices((time.by_rule.isoformat(), show(time.on)) for time in self._times)
        is_income = self._direction is Direction.INCOME
        self.category.say(_("What comes in") if is_income else _("What goes out"))
        self.category.set_choices(
            (kind, _(words)) for kind, words in CATEGORY_WORDS.items() if kind.direction is self._direction
        )
        self.name.say(_("What you call it"))
        self.amount.say(_("Amount"))
        self.account.say(_("Comes in on") if is_income else _("Goes out from"))
        self.account.set_choices(
            (each.id, _("{name} ({code})").format(name=each.name, code=each.currency))
            for each in self._accounts
        )
        self.note.say(_("Note"))
        self._say_when()
        self._preset_name()
        self.on_change()

    def _say_when(self) -> None:
        first = {Scope.THIS: _("Comes on"), Scope.LATER: _("From")}.get(self._scope, "")
        self.when.refresh(first)

    # --- what was chosen

    @property
    def _is_recurring(self) -> bool:
        return self._known is not None and self._known.recurrence.unit is not Unit.ONCE and bool(self._times)

    @property
    def _times(self) -> tuple[Time, ...]:
        return self._row.times if self._row is not None else ()

    @property
    def _scope(self) -> Scope:
        return Scope(self.scope.value()) if self._is_recurring else Scope.ALL

    @property
    def _time(self) -> Time | None:
        chosen = self.time.value()
        return next((time for time in self._times if time.by_rule.isoformat() == chosen), None)

    @property
    def _currency(self) -> str:
        chosen = self.account.value()
        account = next((each for each in self._accounts if each.id == chosen), None)
        if self._known is not None:
            return self._known.amount.currency
        if account is None:
            account = next(iter(self._accounts), None)
        usual = "EUR" if i18n.language() == "fr" else "CNY"
        return account.currency if account else self.session.store.settings.get("currency") or usual

    def _on_account(self) -> None:
        self.amount.set_currency(self._currency)

    def _on_amount(self) -> None:
        self._has_own_amount = True

    def _on_name(self) -> None:
        self._has_own_name = bool(self.name.text())

    def _preset_name(self) -> None:
        if not self._has_own_name:
            self.name.set_text(_(CATEGORY_WORDS[Category(self.category.value())]))

    def _on_more(self) -> None:
        self._has_more = True
        self.on_change()

    def _on_scope(self) -> None:
        """Begin with the chosen time, or with the whole again."""
        known, time = self._known, self._time
        if known is None or time is None:
            return
        rule = known.recurrence
        if self._scope is Scope.THIS:
            self.when.begin_on(time.on)
        else:
            self.when.fill(rule)
        if self._scope is Scope.LATER:
            self.when.begin_on(time.by_rule, rule.day or rule.first_on.day)
        if not self._has_own_amount:
            self.amount.set_money(time.amount if self._scope is Scope.THIS else known.amount)
        self._say_when()

    @override
    def on_change(self) -> None:
        is_whole = self._scope is not Scope.THIS
        self.scope.setVisible(self._is_recurring)
        self.time.setVisible(self._is_recurring and self._scope is not Scope.ALL)
        for field in (self.category, self.name):
            field.setVisible(is_whole)
        self.account.setVisible(is_whole and len(self._accounts) > 1)
        self.more_button.setVisible(is_whole and not self._has_more)
        self.note.setVisible(is_whole and self._has_more)
        self._say_when()
        self.when.follow(is_shown=is_whole, has_more=self._has_more)
        self._show_times()

    def _show_times(self) -> None:
        """Say on which days it comes next, if that can be read already."""
        try:
            flow = replace(self._blank(), recurrence=self.when.value())
        except PlannerError:
            self.show_preview("")
            return
        if self._scope is Scope.THIS:
            self.show_preview("")
            return
        times = next_times(self.session.store, flow, self.session.today, _SHOWN)
        doubts = dict.fromkeys(explain(time.doubt) for time in times if time.doubt is not None)
        if not times:
            words = _("It does not come again from today on.")
        elif self.when.is_once:
            words = _("It comes on {date}.").format(date=_day_words(times[0].on, self.session.today))
        else:
            days = joined(_day_words(time.on, self.session.today) for time in times)
            words = _("The next times: {days}").format(days=days)
        self.show_preview("\n".join((words, *doubts)))

    # --- saving

    def _blank(self) -> CashFlow:
        """What the fields are laid over, without the amount."""
        if self._known is not None:
            stored = self.session.store.cash_flows.find(self._known.id) or self._known
            return replace(stored, occurrences=()) if self._scope is Scope.LATER else stored
        category = Category(self.category.value())
        return CashFlow("", category, Money(0, self._currency), self.when.value())

    @override
    def submit(self) -> bool:
        add, change = _TITLES[self._direction]
        time = self._time
        if self._known is not None and self._scope is Scope.THIS and time is not None:
            said = self._said_of(time, self.when.first_on.value())
            saved = self.session.do(change, say_occurrence, self._known.id, said)
        else:
            by_rule = time.by_rule if time is not None and self._scope is Scope.LATER else None
            title = add if self._known is None else change
            saved = self.session.do(title, save_flow, self._flow(), self._scope, by_rule)
        if saved is None:
            return False
        self.saved_id = saved.id
        return True

    def _said_of(self, time: Time, on: date) -> Occurrence:
        amount = self.amount.value()
        return Occurrence(
            time.by_rule,
            time.state,
            on if on != time.planned_on else None,
            amount if amount != time.flow.amount else None,
        )

    def _flow(self) -> CashFlow:
        base = self._known
        if base is not None:
            base = self.session.store.cash_flows.find(base.id) or base
        chosen = str(self.account.value() or "")
        category, amount, recurrence = Category(self.category.value()), self.amount.value(), self.when.value()
        if base is None:
            return CashFlow(self.name.value(), category, amount, recurrence, chosen, note=self.note.value())
        return replace(
            base,
            name=self.name.value(),
            category=category,
            amount=amount,
            recurrence=recurrence,
            cash_account_id=chosen,
            note=self.note.value(),
        )


def _day_words(day: date, today: date) -> str:
    """A day with its weekday while the year is clear, else with its year."""
    return show_date(day, DateStyle.WEEKDAY if (day - today).days < _CLEAR else DateStyle.MEDIUM)
