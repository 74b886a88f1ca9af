"""The form for money paid back, with what it pays off."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from planner.compat import override
from planner.domain.bill import Charge
from planner.domain.derivation import Derived
from planner.domain.due import Due, DueKind
from planner.domain.due_figures import still_least
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.errors import PlannerError
from planner.gui.fields import AmountField, CheckField, ChoiceField, DateField, NoteField
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.bills import pay
from planner.services.cases.late_cost import late_cost_of, made_late_cost
from planner.services.cases.payments import pay_with_cost
from planner.services.paying import (
    PaymentPreview,
    aim_of,
    lacks_minimum,
    next_to_pay,
    payable,
    preview_payment,
)

_ALL_WORDS = {
    DueKind.BILL: N_("This bill: {amount}"),
    DueKind.INSTALMENT: N_("This instalment: {amount}"),
}


class PaymentForm(RecordForm):
    """A payment to a lender.

    The amount follows what the payment is for until another one is typed.

    Attributes:
        all_link, minimum_link: Fill in what is open, and the least that is.
        as_cost: Records what is beyond what was late as late cost; shown where there is such a part.
        saved_id: The payment that was saved; empty before.
    """

    def __init__(
        self, session: Session, account_id: str = "", payment: Payment | None = None, due_id: str = ""
    ) -> None:
        """Start with what is to pay next, or with a payment that is to be changed.

        Args:
            session: The open file.
            account_id: The account that is chosen at first.
            payment: The payment to change.
            due_id: What is paid; what a bill holds is paid with that bill.
        """
        store = session.store
        aim = payment.aimed_at if payment is not None else aim_of(store, due_id, session.today)
        if payment is not None:
            account_id = payment.account_id
        elif not account_id or aim:
            account_id = next_to_pay(store, session.today, aim) or account_id
        super().__init__(session, account_id, is_new=payment is None)
        self.saved_id = ""
        self._payment = payment
        self._is_typed = payment is not None
        self._dues: tuple[Due, ...] = ()
        currency = self.chosen.currency
        self.amount = AmountField(currency)
        self.all_link, self.minimum_link = WrappedLink(), WrappedLink()
        self.paid_on = DateField(session.today)
        self.aim = ChoiceField()
        self.is_automatic, self.as_cost = CheckField(), CheckField()
        self.note = NoteField()
        self.add(self.amount)
        links = QVBoxLayout()
        links.setSpacing(0)
        for link in (self.all_link, self.minimum_link):
            links.addWidget(link)
        self.column.insertLayout(self.column.count() - 2, links)
        self.add(self.paid_on, self.aim, self.as_cost, self.is_automatic)
        self.more(self.note)
        self.amount.changed.connect(self._on_typed)
        self.aim.changed.connect(self._preset)
        self.all_link.clicked.connect(partial(self._fill_in, is_minimum=False))
        self.minimum_link.clicked.connect(partial(self._fill_in, is_minimum=True))
        self.paid_on.set_day(payment.paid_on if payment is not None else session.today)
        if self.account.isHidden() or account_id:
            self.setFocusProxy(self.amount.input)
        self.refresh()
        self.aim.set_key(aim)
        self._fill(payment)

    def _fill(self, payment: Payment | None) -> None:
        if payment is None:
            self.is_automatic.set_checked(is_checked=self.chosen.automatic)
            self._preset()
            return
        self.amount.set_money(payment.amount)
        self.is_automatic.set_checked(is_checked=payment.automatic)
        self.note.set_text(payment.note)
        if payment.note:
            self.more_button.click()
        self.on_change()

    # --- texts

    @override
    def refresh(self) -> None:
        super().refresh()
        self.amount.say(_("Amount"))
        self.amount.echo()
        self.paid_on.say(_("Paid on"))
        self.paid_on.echo()
        self.aim.say(_("What it is for"), self.aim.hint.text())
        self._say_aims()
        self.is_automatic.say(_("The lender debited it by itself"))
        self.note.say(_("Note"))
        self.on_change()

    def _say_aims(self) -> None:
        known_id = self._payment.id if self._payment is not None else ""
        self._dues = payable(self.session.store, self.chosen.id, self.session.today, known_id)
        choices = [("", _("The oldest first, as the contract says"))]
        choices += [(due.id, _aim_words(due)) for due in self._dues]
        aimed_at = self._payment.aimed_at if self._payment is not None else ""
        if aimed_at and aimed_at not in dict(choices):
            choices.append((aimed_at, _("What it was recorded for, which is settled now")))
        self.aim.set_choices(choices)

    # --- what is typed

    @property
    def _target(self) -> Due | None:
        """What the payment goes to first."""
        aimed_at = self.aim.value()
        return next((due for due in self._dues if not aimed_at or due.id == aimed_at), None)

    @override
    def on_account(self) -> None:
        self.amount.set_currency(self.chosen.currency)
        self.is_automatic.set_checked(is_checked=self.chosen.automatic)
        self._say_aims()
        self.aim.set_key("")
        self._preset()

    def _on_typed(self) -> None:
        self._is_typed = True

    def _preset(self) -> None:
        if not self._is_typed:
            target = self._target
            self.amount.set_money(target.open if target is not None else None)
        self.on_change()

    def _fill_in(self, *, is_minimum: bool) -> None:
        target = self._target
        if target is not None:
            self._is_typed = False
            self.amount.set_money(target.open_minimum if is_minimum else target.open)
            self._is_typed = is_minimum
            self.on_change()

    @override
    def on_change(self) -> None:
        target = self._target
        least = target.open_minimum if target is not None else None
        has_minimum = target is not None and bool(least) and least != target.open
        self.all_link.setVisible(target is not None)
        self.minimum_link.setVisible(has_minimum)
        if target is not None:
            due_on = _("Due on {date}").format(date=show(target.due_on)) if target.due_on is not None else ""
            self.aim.set_hint(due_on if self.aim.value() else "")
            self.all_link.say(_(self._all_words(target)).format(amount=show(target.open)), target.still_due)
            self.minimum_link.say(_("The minimum: {amount}").format(amount=show(least)), still_least(target))
        try:
            payment = self._typed()
        except PlannerError:
            self.as_cost.setVisible(False)
            self.show_preview("")
            return
        if payment.amount.minor <= 0:
            self.as_cost.setVisible(False)
            self.show_preview("")
            return
        cost = self._cost_of(payment)
        found = preview_payment(self.session.store, payment, self.session.today, cost)
        self.show_preview(preview_words(found), *found.figures)

    def _cost_of(self, payment: Payment) -> Charge | None:
        """What of a new payment is to be recorded as late cost; the box is shown where something can be."""
        cost = None
        if self._payment is None:
            cost = late_cost_of(self.session.store, payment, self.session.today)
        if cost is not None:
            made = made_late_cost(self.session.store, cost, payment.paid_on, self.session.today, payment)
            self.as_cost.say(_("Record {amount} of it as late cost").format(amount=show(made)), "", made)
        self.as_cost.setVisible(cost is not None)
        return cost if self.as_cost.value() else None

    @override
    def figures(self) -> list[Derived[Any]]:
        return [due.still_due for due in self._dues]

    def _all_words(self, target: Due) -> str:
        """What all of a due is called; more may be open on the account."""
        if len(self._dues) == 1:
            return N_("All of it: {amount}")
        if not self.aim.value():
            return N_("What is due first: {amount}")
        return _ALL_WORDS.get(target.kind, N_("All of what is chosen: {amount}"))

    def _typed(self) -> Payment:
        amount: Money = self.amount.value()
        paid_on = self.paid_on.value()
        known = self._payment or self._new(amount)
        return replace(
            known,
            amount=amount,
            paid_on=paid_on,
            aimed_at=self.aim.value() or "",
            automatic=self.is_automatic.value(),
            note=self.note.value(),
        )

    def _new(self, amount: Money) -> Payment:
        return Payment(self.chosen.id, amount, self.session.today)

    @override
    def submit(self) -> bool:
        payment = self._typed()
        title = N_("Record a payment") if self._payment is None else N_("Change the payment")
        if self._cost_of(payment) is not None:
            done = self.session.do(title, pay_with_cost, payment, self.session.today)
        else:
            done = self.session.do(title, pay, payment)
        if done is None:
            return False
        self.saved_id = payment.id
        return True


def preview_words(found: PaymentPreview) -> str:
    """What a payment pays off, what stays open, and what would be left over."""
    lines = []
    if found.is_aim_missed:
        lines.append(_("What it is for is settled by then, so it goes to what is open."))
    for due, amount in found.parts:
        text = (
            _("{amount} goes to: {what}. {open} of that stays open.")
            if due.open
            else _("{amount} goes to: {what}. That is then settled.")
        )
        lines.append(text.format(amount=show(amount), what=explain(due.label), open=show(due.open)))
        if lacks_minimum(due):
            text = _("Of its minimum {amount} is still to pay.")
            lines.append(text.format(amount=show(due.open_minimum)))
    if found.extra:
        text = _("{extra} is more than is due. It stays as a credit for what comes next.")
        lines.append(text.format(extra=show(found.extra)))
    lines.append(_("Open on this account afterwards: {amount}").format(amount=show(found.open_after)))
    return "\n".join(lines)


def _aim_words(due: Due) -> str:
    return _("{what}: {amount}").format(what=explain(due.label), amount=show(due.open))
