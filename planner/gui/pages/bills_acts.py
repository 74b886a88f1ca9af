"""What can be done in the place Accounts & bills: each act opens its form in the pane, or deletes at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from planner.domain.bill import Charge
from planner.domain.purchase import Purchase
from planner.gui.forms import Form
from planner.gui.layouts import Flow
from planner.gui.pane import SidePane
from planner.gui.recording.account import AccountForm
from planner.gui.recording.bill import BillForm
from planner.gui.recording.charge import ChargeForm
from planner.gui.recording.correction import CorrectionForm
from planner.gui.recording.message import MessageForm
from planner.gui.recording.payment import PaymentForm
from planner.gui.recording.plan import PlanForm
from planner.gui.recording.plan_edit import PlanEditForm
from planner.gui.recording.purchase import PurchaseForm, RefundForm
from planner.gui.recording.record_form import RecordForm
from planner.gui.recording.states import StateForm
from planner.gui.recording.terms import TermsView
from planner.gui.session import Session
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.services.account_view import BillRow, PaymentRow, PlanRow, PurchaseRow
from planner.services.accounts import delete_account
from planner.services.bills import delete_recorded

SETTLE, EXTRA, CHAIN = "settle", "extra", "chain"
SAVING = N_("What would I save by settling today?")


class Acts(QObject):
    """Opens forms in the pane of the page, and deletes.

    Attributes:
        account_id: The account that is shown; empty if there is none.

    Signals:
        recorded: The id of what was recorded: an account, a bill, a plan …
        wanted: Another place and what to show there.
        step_wanted: A question that takes the page, SETTLE, EXTRA or CHAIN, and the id of a plan.
    """

    recorded = Signal(str)
    wanted = Signal(str, str)
    step_wanted = Signal(str, str)

    def __init__(self, session: Session, pane: SidePane) -> None:
        """Act on the open file, in a pane."""
        super().__init__(pane)
        self._session, self._pane = session, pane
        self.account_id = ""

    # --- accounts ------------------------------------------------------------------------------

    def add_account(self, then: Callable[[], None] | None = None) -> None:
        """Open the form for a new account; go on with another act afterwards, if one waits for it."""
        form = AccountForm(self._session)
        form.saved.connect(lambda: self._on_account(form, then))
        self._open(form, _("Add an account"))

    def change_account(self) -> None:
        """Open the form of the account that is shown."""
        account = self._session.store.accounts.find(self.account_id)
        if account is not None:
            form = AccountForm(self._session, account)
            form.saved.connect(lambda: self._on_account(form, None))
            self._open(form, _("Change the account"))

    def enter_cycle(self, account_id: str, then: Callable[[], None]) -> None:
        """Open the form of an account whose cycle is needed; go on afterwards with what needs it."""
        account = self._session.store.accounts.find(account_id)
        if account is not None:
            form = AccountForm(self._session, account)
            form.saved.connect(lambda: self._on_account(form, then))
            self._open(form, _("Change the account"))

    def show_terms(self) -> None:
        """Show the terms of the account, with their sources."""
        view = TermsView(self._session, self.account_id)
        self._pane.open(view, _("Terms and where they come from"))

    def set_state(self) -> None:
        """Open the form for the state of the account."""
        form = StateForm(self._session, self.account_id)
        form.saved.connect(self._pane.close_content)
        self._open(form, _("State of the account"))

    def delete_account(self) -> None:
        """Delete the account with everything recorded on it; one step, which can be undone."""
        if not self._pane.leave():
            return
        self._session.do(N_("Delete the account"), delete_account, self.account_id)

    # --- new records ---------------------------------------------------------------------------

    def add_bill(self) -> None:
        """Open the form for a new bill."""
        self._record(BillForm, _("Add a bill"), self.add_bill)

    def add_purchase(self) -> None:
        """Open the form for a new purchase."""
        make = partial(self._purchase_form, self.add_purchase)
        self._record(make, _("Add a purchase"), self.add_purchase)

    def add_plan(self) -> None:
        """Open the form for a new instalment plan."""
        self._record(PlanForm, _("Add an instalment plan"), self.add_plan)

    def add_payment(self, due_id: str = "") -> None:
        """Open the form for a payment, aimed at a due if one is named."""
        make = partial(PaymentForm, due_id=due_id)
        self._record(make, _("Record a payment"), partial(self.add_payment, due_id))

    def paste_message(self) -> None:
        """Open the form for a message of a lender."""
        self._record(self._message_form, _("Paste a message"), self.paste_message)

    def add_charge(self) -> None:
        """Open the form for what the lender has charged."""
        self._record(ChargeForm, _("Add a charge"), self.add_charge)

    def correct(self, due_id: str = "") -> None:
        """Open the form for what the lender's app says."""
        make = partial(CorrectionForm, due_id=due_id)
        self._record(make, _("The app says…"), partial(self.correct, due_id))

    # --- a row ---------------------------------------------------------------------------------

    def change_bill(self, row: BillRow) -> None:
        """Open the form of a bill."""
        self._record(partial(BillForm, bill=row.bill), _("Change the bill"))

    def split_bill(self, row: BillRow) -> None:
        """Open the form for instalments made of a bill."""
        self._record(partial(PlanForm, bill_id=row.id), _("Turn into instalments"))

    def change_plan(self, row: PlanRow, row_number: int = 0) -> None:
        """Open the form of a plan; at one of its rows, if one is named."""
        self._record_form(PlanEditForm(self._session, row.id, row_number), _("Change the plan"))

    def show_saving(self, row: PlanRow | None = None) -> None:
        """Show what settling every plan today would save; begin with one, if it is named."""
        self.step_wanted.emit(SETTLE, row.id if row is not None else "")

    def try_extra(self, row: PlanRow) -> None:
        """Try out an extra payment towards a plan."""
        self.step_wanted.emit(EXTRA, row.id)

    def show_chain(self, row: PlanRow) -> None:
        """Show what a plan was made of, and what one more plan made of it would change."""
        self.step_wanted.emit(CHAIN, row.id)

    def change_purchase(self, row: PurchaseRow) -> None:
        """Open the form of a purchase."""
        make = partial(self._purchase_form, partial(self.change_purchase, row), purchase=row.purchase)
        self._record(make, _("Change the purchase"))

    def refund(self, row: PurchaseRow) -> None:
        """Open the form for money that came back."""
        self._record_form(RefundForm(self._session, row.purchase), _("Money came back"))

    def split_purchase(self, row: PurchaseRow) -> None:
        """Open the form for instalments made of a purchase."""
        self._record(partial(PlanForm, purchase_id=row.id), _("Turn into instalments"))

    def change_payment(self, row: PaymentRow) -> None:
        """Open the form of a payment."""
        self._record(partial(PaymentForm, payment=row.payment), _("Change the payment"))

    def change_charge(self, charge: Charge) -> None:
        """Open the form of a charge."""
        self._record(partial(ChargeForm, charge=charge), _("Change the charge"))

    def delete(self, title: str, kind: str, value_id: str) -> None:
        """Delete what is recorded, without asking: it can be undone.

        Args:
            title: The act's name, a msgid.
            kind: ``bill``, ``plan``, ``purchase``, ``payment``, ``charge`` or ``adjustment``.
            value_id: What.
        """
        if not self._pane.leave():
            return
        self._session.do(title, delete_recorded, kind, value_id)

    # --- the pane ------------------------------------------------------------------------------

    def close_if_gone(self) -> None:
        """Close a form whose account was deleted, by an undo for example."""
        form = self._pane.content
        if isinstance(form, RecordForm) and self._session.store.accounts.find(form.account.value()) is None:
            self._pane.close_content()

    def _record(
        self,
        make: Callable[[Session, str], RecordForm],
        heading: str,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Open a form; where there is no account yet, that of an account first."""
        if not self.account_id:
            self.add_account(again)
            return
        self._record_form(make(self._session, self.account_id), heading)

    def _purchase_form(
        self, again: Callable[[], None], session: Session, account_id: str, purchase: Purchase | None = None
    ) -> PurchaseForm:
        form = PurchaseForm(session, account_id, purchase)
        form.wanted_account.connect(lambda wanted: self.enter_cycle(wanted, again))
        return form

    def _message_form(self, session: Session, account_id: str) -> MessageForm:
        form = MessageForm(session, account_id)
        form.ways.wanted.connect(self.wanted)
        return form

    def _record_form(self, form: RecordForm, heading: str) -> None:
        form.saved.connect(lambda: self._on_saved(form.saved_id))
        self._open(form, heading)

    def _open(self, form: Form, heading: str) -> None:
        form.refresh()
        self._pane.open(form, heading)

    def _on_saved(self, value_id: str) -> None:
        self._pane.close_content()
        self.recorded.emit(value_id)

    def _on_account(self, form: AccountForm, then: Callable[[], None] | None) -> None:
        account_id = form.account_id
        self._pane.close_content()
        self.recorded.emit(account_id)
        if then is not None:
            then()


class ActBar(QWidget):
    """The acts on an account as buttons; the rarer ones behind a menu.

    Attributes:
        buttons: The buttons, by msgid.
        menu: The rarer acts.
    """

    def __init__(self, acts: Acts) -> None:
        """Build it without texts."""
        super().__init__()
        often = (
            (N_("Record a payment"), acts.add_payment),
            (N_("Add a bill"), acts.add_bill),
            (N_("Add a purchase"), acts.add_purchase),
            (N_("Add an instalment plan"), acts.add_plan),
            (N_("The app says…"), acts.correct),
        )
        rarely = (
            (SAVING, acts.show_saving),
            (N_("Add a charge"), acts.add_charge),
            (N_("Change the account"), acts.change_account),
            (N_("Terms and where they come from"), acts.show_terms),
            (N_("State of the account"), acts.set_state),
            (N_("Delete the account"), acts.delete_account),
        )
        flow = Flow()
        self.buttons: dict[str, QPushButton] = {}
        for title, act in often:
            button = QPushButton()
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.buttons[title] = button
            flow.addWidget(button)
        self.buttons["Record a payment"].setProperty("role", "primary")
        self.menu = QMenu(self)
        self._rarely = [(title, self.menu.addAction("")) for title, _act in rarely]
        for (_title, action), (_same, act) in zip(self._rarely, rarely, strict=True):
            action.triggered.connect(lambda _checked=False, act=act: act())
        self._more = QPushButton()
        self._more.setMenu(self.menu)
        self.menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._let_go))
        flow.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.addLayout(flow)

    def refresh(self) -> None:
        """Set every text."""
        for title, button in self.buttons.items():
            button.setText(_(title))
        for title, action in self._rarely:
            action.setText(_(title))
        self._more.setText(_("More"))

    def _let_go(self) -> None:
        """Show the button as the mouse left it: while a menu is open, Qt does not tell it."""
        under = self._more.rect().contains(self._more.mapFromGlobal(QCursor.pos()))
        self._more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, under)
        self._more.update()
