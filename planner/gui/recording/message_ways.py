"""Where to go from a pasted message: to the forms for what is not understood, to places for what is late."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.domain.account import Account
from planner.gui.labels import LinkButton
from planner.gui.layouts import Flow
from planner.i18n import _
from planner.phrases import N_
from planner.services.pasted import Pasted

_FORMS = (
    ("new-bill", N_("Add a bill")),
    ("new-purchase", N_("Add a purchase")),
    ("new-payment", N_("Record a payment")),
)
_BAITIAO = "jd-baitiao"


class MessageWays(QWidget):
    """Buttons below a message.

    Attributes:
        forms: A button for each form in which one can enter what a message says.
        late_button, procedures_button: To what being late costs, and to the procedures.

    Signals:
        wanted: A place and what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.forms = [LinkButton() for _form in _FORMS]
        self.late_button, self.procedures_button = LinkButton(), LinkButton()
        self._late = self._procedure = ""
        flow = Flow()
        for button, (target, _title) in zip(self.forms, _FORMS, strict=True):
            button.clicked.connect(partial(self._want, "bills", target))
            flow.addWidget(button)
        for button in (self.late_button, self.procedures_button):
            flow.addWidget(button)
        self.late_button.clicked.connect(lambda: self.wanted.emit("late", self._late))
        self.procedures_button.clicked.connect(lambda: self.wanted.emit("procedures", self._procedure))
        self.setLayout(flow)
        self.hide_all()

    def refresh(self) -> None:
        """Set every text."""
        for button, (_target, title) in zip(self.forms, _FORMS, strict=True):
            button.setText(_(title))
        self.late_button.setText(_("Late cost"))
        self.procedures_button.setText(_("Procedures"))

    def hide_all(self) -> None:
        """Offer nothing."""
        for button in (*self.forms, self.late_button, self.procedures_button):
            button.hide()
        self.hide()

    def offer_forms(self) -> None:
        """Offer the forms, for a message that is not understood."""
        self.hide_all()
        for button in self.forms:
            button.show()
        self.show()

    def offer_places(self, account: Account, found: Pasted, *, is_frozen: bool) -> None:
        """Offer what can be done about an account that is frozen or late.

        Args:
            account: The account.
            found: What its message becomes.
            is_frozen: Whether the message says that the account is frozen.
        """
        self.hide_all()
        if found.late:
            self._late = found.late[0].id
        self._procedure = account.id
        if is_frozen and account.product == _BAITIAO:
            self._procedure = f"procedure:unfreeze/{account.id}"
        self.late_button.setVisible(bool(found.late))
        self.procedures_button.show()
        self.show()

    def _want(self, place: str, target: str, _checked: object = None) -> None:
        self.wanted.emit(place, target)
