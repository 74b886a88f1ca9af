"""Which debts a court stands behind: they come before the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from planner.compat import override
from planner.domain.hardship.shares import Creditor
from planner.gui.fields import CheckField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.i18n import _
from planner.services.hardship import FIRST_SETTING, first_accounts, first_text


class CourtForm(Form):
    """A box for each lender.

    Attributes:
        boxes: The boxes, by the id of the account.

    Signals:
        made: Other debts come first now.
    """

    made = Signal()

    def __init__(self, session: Session, creditors: Sequence[Creditor]) -> None:
        """Start with what was chosen before.

        Args:
            session: The open file.
            creditors: Whom something is owed to.
        """
        super().__init__(session)
        self._names = {each.account_id: each.name for each in creditors}
        self._about = quiet_label()
        self.column.insertWidget(0, self._about)
        self.boxes = {account_id: CheckField() for account_id in self._names}
        self.add(*self.boxes.values())
        first = first_accounts(session.store)
        for account_id, box in self.boxes.items():
            box.set_checked(is_checked=account_id in first)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self._about.setText(
            _("What a court has confirmed can be collected at once, so it comes before the other debts.")
        )
        self.save_button.setText(_("Use this"))
        for account_id, box in self.boxes.items():
            box.say(self._names[account_id])

    @override
    def submit(self) -> bool:
        others = first_accounts(self.session.store) - self.boxes.keys()
        chosen = {account_id for account_id, box in self.boxes.items() if box.value()}
        self.session.set(FIRST_SETTING, first_text(others | chosen))
        self.made.emit()
        return True
