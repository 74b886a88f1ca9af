"""The form for a message of a lender: pasted, said in words, completed and recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.compat import override
from planner.domain.rate import Per, Rate
from planner.errors import PlannerError
from planner.gui.fields import AmountField, CheckField, ChoiceField, DateField, NoteField, PercentField
from planner.gui.fields import RequiredError as EmptyError
from planner.gui.labels import amber_label
from planner.gui.recording.message_ways import MessageWays
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.pasted import Outcome, Pasted, Said
from planner.services.pasted_purchases import refundable
from planner.services.pasting import CURRENCY, account_of, propose, record_message
from planner.statements.messages.message import Event, MessageDraft
from planner.statements.messages.parse import has_link, parse_message

# Where the same once more is no other one.
_WITHOUT_ANOTHER = {Event.BILL, Event.SETTLED, Event.DEBIT_FAILED, Event.FROZEN, Event.OVERDUE}
_WITHOUT_AMOUNT = {Event.DEBIT_FAILED, Event.FROZEN, Event.OVERDUE}
_WITHOUT_DAY = {Event.DEBIT_FAILED, Event.OVERDUE}
_DAYS = {Event.BILL: N_("Due on"), Event.FROZEN: N_("From which day on")}
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
        made_on: When a bill was made, which no message states.
        ways: Where to go from a message that cannot be recorded, or that is about something late.
        link_note: What to know of a link in the message.
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
        self.day, self.made_on = DateField(session.today), DateField(session.today)
        self._has_own_made_on = False
        self.ways, self.link_note = MessageWays(), amber_label()
        self.fee = PercentField(is_required=False)
        self.returned = ChoiceField()
        self.is_another = CheckField()
        # Before the preview follows: what is typed is not filled in again.
        self.made_on.changed.connect(self._on_made_on)
        self.add(self.message)
        self.column.insertWidget(self.column.count() - 2, self.link_note)
        self._end.insertWidget(self._end.indexOf(self.preview) + 1, self.ways)
        self.link_note.hide()
        self.add(self.amount, self.day, self.made_on, self.fee, self.returned, self.is_another)
        self.message.changed.connect(self._on_message)
        self.setFocusProxy(self.message.input)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.message.say(_("Message"), _("Paste the whole text of the message here."))
        self.amount.say(_("Amount"))
        event = self._draft.event if self._draft is not None else None
        self.day.say(_(_DAYS[event]) if event in _DAYS else _("Date"))
        self.day.echo()
        self.made_on.say(_("Statement date"))
        self.made_on.echo()
        self.link_note.setText(_("The message holds a link. Do not follow it: open the app yourself."))
        self.ways.refresh()
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

    def _on_made_on(self) -> None:
        self._has_own_made_on = True

    @override
    def may_leave(self) -> bool:
        # Of a message that nothing is made of nothing is lost.
        is_kept = self._draft is not None and self._draft.event is not Event.OVERDUE
        return not is_kept or super().may_leave()

    def _on_message(self) -> None:
        """Read what was pasted and fill the fields with it."""
        self.message.show_problem("")
        self.ways.hide_all()
        self.link_note.setVisible(has_link(self.message.edit.toPlainText()))
        self._has_own_made_on = False
        try:
            draft: MessageDraft | None = self.message.value()
        except EmptyError:
            draft = None
        except PlannerError as error:
            self.message.show_problem(explain(error))
            self.ways.offer_forms()
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
        self.day.setVisible(event is not None and event not in _WITHOUT_DAY)
        self.made_on.setVisible(event is Event.BILL)
        self.save_button.setVisible(event is not Event.OVERDUE)  # it changes nothing of the record
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
        if found.bill is not None and not self._has_own_made_on:
            self.made_on.set_day(found.bill.statement_on)
        if event in {Event.OVERDUE, Event.FROZEN}:
            self.ways.offer_places(self.chosen, found, is_frozen=event is Event.FROZEN)
        is_alike = found.outcome is Outcome.ALREADY_THERE and event not in _WITHOUT_ANOTHER
        self.is_another.setVisible(is_alike or self.is_another.value())
        words = _words(draft, found)
        if found.bill is not None and not self._has_own_made_on:
            words += "\n" + _("The message does not say the statement date, so it is a guess.")
        self.show_preview(words, *found.figures)

    def _found(self, draft: MessageDraft, said: Said) -> Pasted:
        return propose(self.session.store, draft, self.chosen.id, self.session.today, said)

    def _typed(self, draft: MessageDraft) -> tuple[MessageDraft, Said]:
        """What the message says with the user's changes, and what the user says beside it.

        Raises:
            PlannerError: Something that was typed cannot be read.
        """
        if draft.event in _WITHOUT_DAY:
            return draft, Said()
        day = self.day.value()
        amount = self.amount.value() if _has_amount(draft) else draft.amount
        fee = self.fee.value() if draft.instalments else None
        said = Said(
            fee=Rate(fee, Per.MONTH) if fee is not None else None,
            statement_on=self.made_on.value() if self._is_bill and self._has_own_made_on else None,
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
    return draft.event not in _WITHOUT_AMOUNT


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
