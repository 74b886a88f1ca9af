"""The form for what the lender's app says is still to pay."""

from __future__ import annotations

from planner.compat import override
from planner.domain.recorded import made_adjustment
from planner.gui.fields import AmountField, ChoiceField, DateField, TextField
from planner.gui.labels import Figure
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.bills import correct, correctable, correction
from planner.services.previews import made_ours


class CorrectionForm(RecordForm):
    """Our figure beside that of the lender's app; the difference is recorded.

    Attributes:
        ours: Our figure.
        saved_id: The correction that was saved; empty before.
    """

    def __init__(self, session: Session, account_id: str = "", due_id: str = "") -> None:
        """Start with everything open on an account, or with one bill.

        Args:
            session: The open file.
            account_id: The account that is chosen at first.
            due_id: The bill that it is about; what is no bill is checked with all that is open.
        """
        bill = session.store.bills.find(due_id) if due_id else None
        super().__init__(session, bill.account_id if bill is not None else account_id)
        self.saved_id = ""
        self._named = bill.id if bill is not None else ""
        self.about = ChoiceField()
        self.stated = AmountField(self.chosen.currency)
        self.on = DateField(session.today)
        self.reason = TextField(is_required=False)
        self.ours = Figure()
        self.add(self.about)
        self.column.insertWidget(self.column.count() - 2, self.ours)
        self.add(self.stated, self.on, self.reason)
        self.on.set_day(session.today)
        self.setFocusProxy(self.stated.input)
        self.refresh()
        self.about.set_key(self._named)
        self.on_change()

    @override
    def refresh(self) -> None:
        super().refresh()
        self._say_about()
        self.stated.say(_("The app says"), _("What is still to pay, as the lender’s app shows it."))
        self.stated.echo()
        self.on.say(_("As of"))
        self.on.echo()
        self.reason.say(_("Why they differ"), _("If you know it, for example a coupon or interest."))
        self.on_change()

    def _say_about(self) -> None:
        self.about.say(_("What it is about"))
        account, today = self.chosen.id, self.session.today
        bills = correctable(self.session.store, account, today, self._named)
        self.about.set_choices(
            [("", _("Everything open on the account")), *((due.id, explain(due.label)) for due in bills)]
        )
        self.about.setHidden(not bills)

    @override
    def on_account(self) -> None:
        self.stated.set_currency(self.chosen.currency)
        self._say_about()
        self.about.set_key("")
        self.on_change()

    @override
    def on_change(self) -> None:
        day, stated = self.on.day(), self.stated.money()
        as_of = day or self.session.today
        ours = made_ours(self.session.store, self.chosen.id, as_of, self.about.value())
        self.ours.show_made(
            _("Still to pay by this record"), ours, _("As of {date}").format(date=show(as_of))
        )
        if stated is None or day is None:
            self.show_preview("")
            return
        found = correction(
            self.session.store, self.chosen.id, stated, self.on.value(), "", self.about.value()
        )
        if found is None:
            text = _("Both say {amount}. Checked: there is nothing to record.").format(amount=show(stated))
            self.show_preview(text, ours)
            return
        if found.amount.minor > 0:
            text = _("The app says {difference} more. A correction of that amount will be recorded.")
        else:
            text = _("The app says {difference} less. A correction of that amount will be recorded.")
        difference = max(found.amount, -found.amount)
        self.show_preview(text.format(difference=show(difference)), made_adjustment(found))

    @override
    def submit(self) -> bool:
        stated, day, about = self.stated.value(), self.on.value(), self.about.value()
        if correction(self.session.store, self.chosen.id, stated, day, "", about) is None:
            return False  # the preview says so, calmly
        done = self.session.do(
            N_("Record what the app says"), correct, self.chosen.id, stated, day, self.reason.text(), about
        )
        if done is None:
            return False
        self.saved_id = done.id
        return True
