"""The form for a message of a lender: pasted, said in words, completed and recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.compat import override
from planner.domain.rate import Per, Rate
from planner.errors import PlannerError
from planner.gui.fields import AmountField, CheckField, ChoiceField, DateField, NoteField, PercentField
from planner.gui.fields import RequiredError as EmptyError
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.pasted import Outcome, Pasted, Said
from planner.services.pasted_purchases import refundable
from planner.services.pasting import CURRENCY, account_of, propose, record_message
from planner.statements.messages.message import Event, MessageDraft
from planner.statements.messages.parse import parse_message

# Where the same once more is no other one.
_WITHOUT_ANOTHER = {Event.BILL, Event.SETTLED, Event.DEBIT_FAILED}
_LINES = 8.0  # most messages are shorter


class NotUnderstoodError(PlannerError):
    """A message of which it is not known what it says."""

    message = N_(
        "This message is not understood. Check that all of it was pasted, or enter what it says in the "
        "form for it."
    )


class MessageField(NoteField):
    """A pasted message, whose value is what it says."""

    def __init__(self, session: Session) -> None:
        """Build it empty; it has to be filled."""
        super().__init__()
        self._session = session
        self.is_required = True
        self.set_lines(_LINES)

    @override
    def value(self) -> Any:
        text = super().value()
        if not text:
            raise EmptyError
        draft = parse_message(text, self._session.today)
        if draft is None:
            raise NotUnderstoodError
        return draft


class MessageForm(RecordForm):
    """A message of a lender; its fields appear once it is understood, and may be changed.

    Attributes:
        message: The message.
        amount: How much.
        day: When it happened; of a bill, when it is due.
        fee: The monthly fee of instalments, which no message states.
        returned: Which purchase a refund is of.
        is_another: Whether it is another one than the one alike that is recorded.
    """

    def __init__(self, session: Session, account_id: str = "") -> None:
        """Start without a message."""
        super().__init__(session, account_id)
        self._draft: MessageDraft | None = None
        self.message = MessageField(session)
        self.amount = AmountField(CURRENCY)
        self.day = DateField(session.today)
        self.fee = PercentField(is_required=False)
        self.returned = ChoiceField()
        self.is_another = CheckField()
        self.add(self.message, self.amount, self.day, self.fee, self.returned, self.is_another)
        self.message.changed.connect(self._on_message)
        self.setFocusProxy(self.message.input)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.message.say(_("Message"), _("Paste the whole text of the message here."))
        self.amount.say(_("Amount"))
        self.day.say(_("Due on") if self._is_bill else _("Date"))
        self.day.echo()
        self.fee.say(
            _("Fee for each month"),
            _("No message states it. Without it only the purchase is recorded, not its instalments."),
        )
        self.returned.say(_("What came back"))
        self.is_another.say(_("It is another one than the one recorded"))
        self.on_change()

    @property
    def _is_bill(self) -> bool:
        return self._draft is not None and self._draft.event is Event.BILL

    def _on_message(self) -> None:
        """Read what was pasted and fill the fields with it."""
        self.message.show_problem("")
        try:
            draft: MessageDraft | None = self.message.value()
        except EmptyError:
            draft = None
        except PlannerError as error:
            self.message.show_problem(explain(error))
            draft = None
        self._draft = draft
        self.is_another.set_checked(is_checked=False)
        self.fee.set_text("")
        if draft is not None:
            account = account_of(self.session.store, draft)
            if account is not None:
                self.account.set_key(account.id)
            self._fill(draft)
        self.refresh()

    def _fill(self, draft: MessageDraft) -> None:
        self.amount.set_money(draft.amount)
        self.day.set_day(draft.on or self.session.today)
        if draft.event is Event.BILL:
            bill = self._found(draft, Said()).bill if self.chosen.currency == CURRENCY else None
            self.day.set_day(draft.due_on or (bill.due_on if bill else None))
        self._offer_purchases(draft)

    def _offer_purchases(self, draft: MessageDraft) -> None:
        found = refundable(self.session.store, draft, self.chosen.id)
        choices = [("", _("Follow the order number"))]
        choices += [
            (
                purchase.id,
                _("{what}, {date}: {amount}").format(
                    what=purchase.label or _("A purchase"),
                    date=show(purchase.bought_on),
                    amount=show(purchase.amount),
                ),
            )
            for purchase in found
        ]
        self.returned.set_choices(choices)

    @override
    def on_account(self) -> None:
        if self._draft is not None:
            self._offer_purchases(self._draft)
        self.on_change()

    @override
    def on_change(self) -> None:
        draft = self._draft
        event = draft.event if draft is not None else None
        self.amount.setVisible(draft is not None and _has_amount(draft))
        self.day.setVisible(event is not None and event is not Event.DEBIT_FAILED)
        self.fee.setVisible(event is Event.PURCHASE and draft is not None and bool(draft.instalments))
        self.returned.setVisible(event is Event.REFUND)
        if draft is None:
            self.is_another.hide()
            self.show_preview("")
            return
        try:
            found = self._found(*self._typed(draft))
        except PlannerError as error:
            self.show_preview(explain(error))
            return
        is_alike = found.outcome is Outcome.ALREADY_THERE and event not in _WITHOUT_ANOTHER
        self.is_another.setVisible(is_alike or self.is_another.value())
        self.show_preview(_words(draft, found), *found.figures)

    def _found(self, draft: MessageDraft, said: Said) -> Pasted:
        return propose(self.session.store, draft, self.chosen.id, self.session.today, said)

    def _typed(self, draft: MessageDraft) -> tuple[MessageDraft, Said]:
        """What the message says with the user's changes, and what the user says beside it.

        Raises:
            PlannerError: Something that was typed cannot be read.
        """
        if draft.event is Event.DEBIT_FAILED:
            return draft, Said()
        day = self.day.value()
        amount = self.amount.value() if _has_amount(draft) else draft.amount
        fee = self.fee.value() if draft.instalments else None
        said = Said(
            fee=Rate(fee, Per.MONTH) if fee is not None else None,
            first_due=day if draft.event is Event.BILL else None,
            purchase_id=self.returned.value() or "" if draft.event is Event.REFUND else "",
            is_another=self.is_another.value(),
        )
        on = draft.on if draft.event is Event.BILL else day
        return replace(draft, amount=amount, on=on), said

    @override
    def submit(self) -> bool:
        draft, said = self._typed(self.message.value())
        found = self.session.do(
            N_("Record a message"), record_message, draft, self.chosen.id, self.session.today, said
        )
        if found is None:
            return False
        values = (found.purchase, found.plan, found.bill, found.payment)
        # A debit that failed is shown with what it was for.
        failed = found.failed.due_id if found.failed is not None else ""
        self.saved_id = next((value.id for value in values if value is not None), failed)
        return True


def _has_amount(draft: MessageDraft) -> bool:
    """Whether an amount is recorded that the message has to say."""
    if draft.event is Event.SETTLED:
        return draft.amount is not None
    return draft.event is not Event.DEBIT_FAILED


def _words(draft: MessageDraft, found: Pasted) -> str:
    """What was understood, and what it becomes."""
    lines = [explain(found.reason)]
    if draft.is_year_guessed:
        lines.append(_("The message names no year: the nearest day that fits was taken."))
    if draft.instalments:
        lines.append(_("To be repaid in {count} instalments.").format(count=draft.instalments))
    if draft.unread:
        lines.append(_("Not read: {lines}").format(lines=" · ".join(draft.unread)))
    return "\n".join(lines)
