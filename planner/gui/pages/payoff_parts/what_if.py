"""What if: other income, another reserve, more each month, a purchase; worked out again at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from planner.compat import override
from planner.domain.ids import new_id
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Lump, Scenario, Trial
from planner.errors import PlannerError
from planner.gui.arrange import scroll_to
from planner.gui.fields import RETURN_KEYS, AmountField, ChoiceField, DateField, TextField
from planner.gui.forms import Form
from planner.gui.labels import LinkButton, heading_label, quiet_label, text_label
from planner.gui.pages.payoff_parts.reach import a_month, reach_of_extra
from planner.gui.session import Session
from planner.gui.slider_field import SlidingAmount
from planner.i18n import _
from planner.phrases import N_
from planner.services.scenarios import save_scenario

_PAUSE_MS = 250  # between the last key or move and working it out
_LUMPS = 2
_NO_PURCHASE = ""


class HalfALumpError(PlannerError):
    """Money that comes once, with a date and no amount, or the other way round."""

    message = N_("Money that comes once needs its date and its amount.")


class WhatIfForm(Form):
    """What is assumed beside the record; every change is worked out at once, and only saving keeps it.

    Attributes:
        extra, income, reserve: What goes to the debts beyond all minimums, more or less income, the reserve.
        account, amount, on: A purchase that is thought of.
        lumps: The date and the amount of money that comes once.
        new_purchases: What is bought on credit anew each month.
        name: What to call it when it is saved.
        due_note: When the purchase would be due.

    Signals:
        tried: The assumptions as they stand, a ``Scenario``.
    """

    tried = Signal(object)

    def __init__(self, session: Session, question: PayoffQuestion) -> None:
        """Start with what is assumed now.

        Args:
            session: The open file.
            question: What is asked now.
        """
        super().__init__(session)
        self._question, self._said = question, question.scenario  # and what the fields say, once read
        currency = question.currency
        self._about, self._purchase_heading, self._keep_heading = (
            quiet_label(),
            heading_label(),
            heading_label(),
        )
        self.extra, self.income = SlidingAmount(currency), SlidingAmount(currency)
        self.reserve, self.amount = SlidingAmount(currency), SlidingAmount(currency)
        self.account, self.on = ChoiceField(), DateField(session.today, is_required=False)
        self.due_note = text_label()
        self.lumps = [
            (DateField(session.today, is_required=False), AmountField(currency, is_required=False))
            for _number in range(_LUMPS)
        ]
        self.new_purchases = AmountField(currency, is_required=False)
        self.name = TextField()
        self.reset_button = LinkButton()
        self.reset_button.clicked.connect(self.reset)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._try)
        self._build()
        self._set_ranges()
        self._fill(question.scenario)
        self.refresh()

    def _build(self) -> None:
        self.column.insertWidget(0, self._about)
        self.add(self.extra, self.income, self.reserve)
        self.column.insertWidget(self.column.count() - 2, self._purchase_heading)
        self.add(self.account, self.amount, self.on)
        self.column.insertWidget(self.column.count() - 2, self.due_note)
        self.more(*(field for lump in self.lumps for field in lump), self.new_purchases)
        self._end.removeWidget(self.more_button)
        for widget in (self.more_button, self.reset_button):
            self.column.insertWidget(self.column.count() - 2, widget)
        self.column.insertWidget(self.column.count() - 2, self._keep_heading)
        self.add(self.name)

    def _set_ranges(self) -> None:
        """Let the sliders reach as far as the amounts of the record suggest."""
        question = self._question
        span, floor = a_month(question), question.rules.floor
        zero = span.zero
        reach_of_extra(self.extra, question)
        self.income.set_range(-span, span, zero)
        self.reserve.set_range(zero, max(span, floor), floor)
        self.amount.set_range(zero, span, zero)

    def _fill(self, scenario: Scenario) -> None:
        for field, money in (
            (self.extra, scenario.extra),
            (self.income, scenario.income),
            (self.reserve, scenario.reserve),
            (self.new_purchases, scenario.new_purchases),
            (self.amount, scenario.trial.amount if scenario.trial is not None else None),
        ):
            field.set_money(money)
            field.set_currency(scenario.currency)
        self.on.set_day(scenario.trial.on if scenario.trial is not None else None)
        for (day, amount), lump in zip(self.lumps, (*scenario.lumps, None, None), strict=False):
            day.set_day(lump.on if lump is not None else None)
            amount.set_money(lump.amount if lump is not None else None)
            amount.set_currency(scenario.currency)
        if scenario.lumps or scenario.new_purchases is not None:
            self._reveal_more()
        self.name.set_text(scenario.name)
        self._say_accounts()
        self.account.set_key(scenario.trial.account_id if scenario.trial is not None else _NO_PURCHASE)

    def open_more(self) -> None:
        """Show the money that comes once and the new purchases, and begin there."""
        self._reveal_more()
        first, _amount = self.lumps[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)
        for field in (self.new_purchases, first):  # from the last one up, so that all of it is seen
            scroll_to(field)

    def _reveal_more(self) -> None:
        for widget in self._extra:
            widget.show()
        self.more_button.hide()

    def show_question(self, question: PayoffQuestion) -> None:
        """Follow what is asked now: when a purchase would be due, another reserve, what is assumed elsewhere.

        What is half typed stays, unless something else than what was typed here is assumed now.
        """
        self._question = question
        self._set_ranges()
        if question.scenario != self._said:
            self._said = question.scenario
            self._timer.stop()
            self._fill(question.scenario)
        self.refresh()

    def _say_accounts(self) -> None:
        names = [(account.id, account.name) for account in self._question.accounts.values()]
        self.account.set_choices([(_NO_PURCHASE, _("No purchase")), *names])

    @override
    def refresh(self) -> None:
        super().refresh()
        self._about.setText(
            _(
                "Every change is worked out at once. Nothing of it is recorded unless you save it as "
                "a what-if."
            )
        )
        self.extra.say(_("Extra each month"), _("Beyond all minimums, in the orders over time."))
        self.income.say(
            _("More or less income a month"), _("For less income, put a minus sign before the amount.")
        )
        self.reserve.say(_("Reserve"), _("Empty for the one that is recorded."))
        self._purchase_heading.setText(_("A purchase that you think of"))
        self.account.say(_("Bought with"))
        self._say_accounts()
        self.amount.say(_("Price"))
        self.on.say(_("Bought on"), _("Empty for today"))
        trial = self._question.trial
        self.due_note.say(trial.words if trial is not None else None)
        self.due_note.setVisible(trial is not None)
        for number, (day, amount) in enumerate(self.lumps, 1):
            day.say(_("Money that comes once, {number}: when").format(number=number))
            amount.say(_("Money that comes once, {number}: how much").format(number=number))
        self.new_purchases.say(
            _("Bought on credit each month"), _("On each account that can be used; empty for nothing.")
        )
        self.more_button.setText(_("Money that comes once, new purchases"))
        self.reset_button.setText(_("Back to what is recorded"))
        self._keep_heading.setText(_("Keep it to compare"))
        self.name.say(_("Name of this what-if"), _("For example “a hundred more a month”"))
        self.save_button.setText(_("Save this what-if"))
        self._show_purchase()

    def _show_purchase(self) -> None:
        has_purchase = bool(self.account.value())
        self.amount.setVisible(has_purchase)
        self.on.setVisible(has_purchase)
        self.due_note.setVisible(has_purchase and self._question.trial is not None)

    @override
    def on_change(self) -> None:
        self._show_purchase()
        self._timer.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS and not self.name.edit.hasFocus():
            self._timer.stop()
            self._try()  # what has no name is not to be kept yet
        else:
            super().keyPressEvent(event)

    @override
    def may_leave(self) -> bool:
        return True  # what is assumed holds on the page until it is taken back

    def reset(self) -> None:
        """Assume nothing beside the record; the limits and the chosen order stay."""
        kept = self._question.scenario
        self._fill(
            Scenario(
                kept.currency,
                order=kept.order,
                most_plans=kept.most_plans,
                avoided=kept.avoided,
                keeps_reserve=kept.keeps_reserve,
            )
        )
        self.on_change()

    def scenario(self) -> Scenario:
        """What is assumed, as it is typed.

        Raises:
            PlannerError: Something cannot be read, or is only half there.
        """
        lumps = []
        for day, amount in self.lumps:
            on, money = day.value(), amount.value()
            if (on is None) is not (money is None):
                raise HalfALumpError
            if on is not None and money is not None:
                lumps.append(Lump(on, money))
        return replace(
            self._question.scenario,
            income=self.income.value(),
            reserve=self.reserve.value(),
            extra=self.extra.value(),
            lumps=tuple(lumps),
            new_purchases=self.new_purchases.value(),
            trial=self._trial(),
        )

    def _trial(self) -> Trial | None:
        account_id, amount = self.account.value(), self.amount.value()
        if not account_id or not amount:
            return None
        on: date = self.on.value() or self.session.today
        return Trial(account_id, on, amount)

    def _try(self) -> None:
        """Let the page work it out, if all of it can be read; a form that is half filled waits."""
        try:
            scenario = self.scenario()
        except PlannerError:
            return
        if scenario != self._question.scenario:
            self._said = scenario
            self.tried.emit(scenario)

    @override
    def submit(self) -> bool:
        name = self.name.value()
        kept = self.session.store.scenarios.find(self._question.scenario.id)
        is_same = kept is not None and kept.name == name
        scenario = replace(self.scenario(), name=name, id=kept.id if kept and is_same else new_id())
        return self.session.do(N_("Save a what-if"), save_scenario, scenario) is not None
