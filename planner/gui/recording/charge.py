"""The form for a fee, interest or penalty that the lender has posted."""

from __future__ import annotations

from dataclasses import replace

from planner.compat import override
from planner.domain.bill import Charge, LineKind
from planner.gui.fields import AmountField, ChoiceField, DateField, NoteField
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.bills import save_charge

_KINDS = {
    LineKind.FEE: N_("Fee"),
    LineKind.INTEREST: N_("Interest"),
    LineKind.PENALTY: N_("Penalty for paying late"),
}


class ChargeForm(RecordForm):
    """What the lender has charged beside the purchases.

    Attributes:
        saved_id: The charge that was saved; empty before.
    """

    def __init__(self, session: Session, account_id: str = "", charge: Charge | None = None) -> None:
        """Start empty, or with a charge that is to be changed."""
        known_account = charge.account_id if charge is not None else account_id
        super().__init__(session, known_account, is_new=charge is None)
        self.saved_id = ""
        self._charge = charge
        self.kind = ChoiceField()
        self.amount = AmountField(self.chosen.currency)
        self.posted_on = DateField(session.today)
        self.posted_on.set_day(session.today)
        self.note = NoteField()
        self.add(self.kind, self.amount, self.posted_on)
        self.more(self.note)
        if self.account.isHidden() or account_id:
            self.setFocusProxy(self.kind.input)
        self.refresh()
        if charge is not None:
            self.kind.set_key(charge.kind)
            self.amount.set_money(charge.amount)
            self.posted_on.set_day(charge.posted_on)
            self.note.set_text(charge.note)
            if charge.note:
                self.more_button.click()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.kind.say(
            _("What it is"),
            _("Only what the lender has posted. What being late might cost is worked out elsewhere."),
        )
        self.kind.set_choices((kind, _(words)) for kind, words in _KINDS.items())
        self.amount.say(_("Amount"))
        self.amount.echo()
        self.posted_on.say(_("Posted on"))
        self.posted_on.echo()
        self.note.say(_("Note"))

    @override
    def on_account(self) -> None:
        self.amount.set_currency(self.chosen.currency)

    @override
    def submit(self) -> bool:
        kind = LineKind(self.kind.value())  # Qt hands a StrEnum back as a str
        amount, posted_on = self.amount.value(), self.posted_on.value()
        known = self._charge or Charge(self.chosen.id, kind, amount, posted_on)
        charge = replace(known, kind=kind, amount=amount, posted_on=posted_on, note=self.note.value())
        title = N_("Add a charge") if self._charge is None else N_("Change the charge")
        if self.session.do(title, save_charge, charge) is None:
            return False
        self.saved_id = charge.id
        return True
