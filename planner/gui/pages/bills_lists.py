"""The lists of what is recorded on an account, one tab each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.bill import Charge
from planner.domain.due import Due, DueKind
from planner.gui.asking import show_answer, why
from planner.gui.labels import heading_label
from planner.gui.pages import bills_columns as columns
from planner.gui.pages.bills_acts import SAVING, Acts
from planner.gui.pages.bills_tab import WHY_TITLE, RecordTab, RowAct
from planner.gui.pages.bills_ways import BillWays
from planner.gui.session import Session
from planner.gui.wrapping import Tabs
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.services.account_view import AccountView, BillRow, InstalmentRow, PlanRow, PurchaseRow


class RecordLists(QWidget):
    """What is to pay, and what it comes from.

    Attributes:
        bar: The tabs.
        dues, bills, plans, purchases, payments, others: The lists.
        ways: What else may be done with the chosen bill than pay it.
        instalments: The rows of the chosen plan.

    Signals:
        wanted: The name of another place, and the id of what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self, acts: Acts, session: Session) -> None:
        """Build them without rows.

        Args:
            acts: What can be done.
            session: The open file.
        """
        super().__init__()
        self.bar = Tabs()
        self.dues = self._dues(acts, session)
        self.bills = self._bills(acts, session)
        self.plans = self._plans(acts, session)
        self.instalments = RecordTab(
            columns.instalment_columns(session),
            (RowAct(N_("Change this instalment…"), partial(self._change_row, acts), key="change"),),
            empty=N_("No instalment"),
            total=columns.instalments_total,
            is_detail=True,
        )
        self.purchases = self._purchases(acts, session)
        self.payments = self._payments(acts)
        self.others = self._others(acts)
        self.ways = BillWays(session)
        self._plan_name = heading_label()
        self._plans_whole = _stacked(self.plans, self._plan_name, self.instalments)
        self._tabs: tuple[tuple[str, RecordTab, QWidget], ...] = (
            (N_("To pay"), self.dues, self.dues),
            (N_("Bills"), self.bills, _stacked(self.bills, self.ways)),
            (N_("Instalment plans"), self.plans, self._plans_whole),
            (N_("Purchases"), self.purchases, self.purchases),
            (N_("Payments"), self.payments, self.payments),
            (N_("Charges and corrections"), self.others, self.others),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        for _title, _tab, widget in self._tabs:
            self.bar.addTab("")
            column.addWidget(widget)
        self.bar.currentChanged.connect(self._show)
        self.plans.selected.connect(self._show_plan)
        self.bills.selected.connect(self.ways.show_bill)
        self._show(0)

    def _change_row(self, acts: Acts, row: InstalmentRow) -> None:
        plan: PlanRow | None = self.plans.current
        if plan is not None:
            acts.change_plan(plan, row.row.number)

    def refresh(self, view: AccountView) -> None:
        """Set every text, and show what is recorded now."""
        rows: tuple[Sequence[Any], ...] = (
            view.position.open_dues,
            view.bills,
            view.plans,
            view.purchases,
            view.payments,
            view.others,
        )
        self.bar.setAccessibleName(_("What is recorded"))
        for number, ((title, tab, _widget), shown) in enumerate(zip(self._tabs, rows, strict=True)):
            text = _("{title} ({count})").format(title=_(title), count=len(shown)) if shown else _(title)
            self.bar.setTabText(number, text)
            tab.refresh(shown)

    def choose(self, value_id: str) -> bool:
        """Show the list in which something is, make it current, and let the keyboard follow.

        Returns:
            False if it is nowhere.
        """
        for number, (_title, tab, _widget) in enumerate(self._tabs):
            if tab.choose(value_id):
                self.bar.setCurrentIndex(number)
                tab.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def start_filter(self) -> None:
        """Put the keyboard into the filter of the list that is shown."""
        self._tabs[self.bar.currentIndex()][1].start_filter()

    def _show(self, chosen: int) -> None:
        for number, (_title, _tab, widget) in enumerate(self._tabs):
            widget.setVisible(number == chosen)

    def _show_plan(self, row: PlanRow | None) -> None:
        self._plan_name.setText(row.plan.name if row is not None else "")
        self._plan_name.setVisible(row is not None)
        self.instalments.setVisible(row is not None)
        if row is not None:
            self.instalments.refresh(row.rows)

    def _explain(self, due: Due) -> None:
        """Show how what is still to pay of a due was made."""
        answer = why(_("Still to pay"), due.still_due)
        if answer is not None:
            show_answer(self, answer)

    # --- the lists and what can be done in each ------------------------------------------------

    def _dues(self, acts: Acts, session: Session) -> RecordTab:
        return RecordTab(
            columns.due_columns(session),
            (
                RowAct(WHY_TITLE, self._explain),
                RowAct(N_("Record a payment"), lambda due: acts.add_payment(due.id)),
                RowAct(N_("Compare ways to pay"), lambda due: self.wanted.emit("compare", due.id)),
                RowAct(N_("Late cost"), lambda due: self.wanted.emit("late", due.id), _has_date),
                RowAct(N_("The app says…"), lambda due: acts.correct(due.id), _is_bill),
            ),
            empty=N_("Nothing is to pay."),
            total=columns.dues_total,
        )

    def _bills(self, acts: Acts, session: Session) -> RecordTab:
        return RecordTab(
            columns.bill_columns(session),
            (
                RowAct(N_("Change…"), acts.change_bill, key="change"),
                RowAct(WHY_TITLE, lambda row: self._explain(row.due), _asks),
                RowAct(N_("Record a payment"), lambda row: acts.add_payment(row.id), _is_open),
                RowAct(N_("Turn into instalments…"), acts.split_bill, _is_open),
                RowAct(N_("Delete"), _deletes(acts, N_("Delete the bill"), "bill"), key="delete"),
            ),
            empty=N_("No bill is recorded. Add the newest one from the lender’s app."),
            total=columns.bills_total,
        )

    @staticmethod
    def _plans(acts: Acts, session: Session) -> RecordTab:
        def runs_on(row: PlanRow) -> bool:
            return any(due.open and due.due_on and due.due_on > session.today for due in row.dues)

        return RecordTab(
            columns.plan_columns(session),
            (
                RowAct(N_("Change…"), acts.change_plan, key="change"),
                RowAct(N_("An extra payment…"), acts.try_extra, runs_on),
                RowAct(N_("Where this plan comes from"), acts.show_chain),
                RowAct(SAVING, acts.show_saving, runs_on),
                RowAct(N_("Delete"), _deletes(acts, N_("Delete the plan"), "plan"), key="delete"),
            ),
            empty=N_("No instalment plan is recorded."),
            total=columns.plans_total,
        )

    @staticmethod
    def _purchases(acts: Acts, session: Session) -> RecordTab:
        return RecordTab(
            columns.purchase_columns(session),
            (
                RowAct(N_("Change…"), acts.change_purchase, key="change"),
                RowAct(N_("Money came back…"), acts.refund),
                RowAct(N_("Turn into instalments…"), acts.split_purchase, _can_be_split),
                RowAct(N_("Delete"), _deletes(acts, N_("Delete the purchase"), "purchase"), key="delete"),
            ),
            empty=N_("No purchase is recorded. Bills alone are enough; purchases say what is on them."),
            total=columns.purchases_total,
        )

    @staticmethod
    def _payments(acts: Acts) -> RecordTab:
        return RecordTab(
            columns.PAYMENT_COLUMNS,
            (
                RowAct(N_("Change…"), acts.change_payment, key="change"),
                RowAct(N_("Delete"), _deletes(acts, N_("Delete the payment"), "payment"), key="delete"),
            ),
            empty=N_("No payment is recorded."),
            total=columns.payments_total,
        )

    @staticmethod
    def _others(acts: Acts) -> RecordTab:
        def delete(value: object) -> None:
            if isinstance(value, Charge):
                _deletes(acts, N_("Delete the charge"), "charge")(value)
            else:
                _deletes(acts, N_("Delete the correction"), "adjustment")(value)

        return RecordTab(
            columns.OTHER_COLUMNS,
            (
                RowAct(
                    N_("Change…"), acts.change_charge, lambda value: isinstance(value, Charge), key="change"
                ),
                RowAct(N_("Delete"), delete, key="delete"),
            ),
            empty=N_("The lender has charged nothing beside the bills, and no figure was corrected."),
            total=columns.others_total,
        )


def _deletes(acts: Acts, title: str, kind: str) -> Callable[[Any], None]:
    return partial(_delete, acts, title, kind)


def _delete(acts: Acts, title: str, kind: str, row: Any) -> None:  # noqa: ANN401 - anything with an id
    acts.delete(title, kind, row.id)


def _has_date(due: Due) -> bool:
    return due.due_on is not None


def _is_bill(due: Due) -> bool:
    return due.kind is DueKind.BILL


def _asks(row: BillRow) -> bool:
    return row.due is not None


def _is_open(row: BillRow) -> bool:
    return bool(row.open)


def _can_be_split(row: PurchaseRow) -> bool:
    return row.due is not None and bool(row.due.open)


def _stacked(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    for widget in widgets:
        column.addWidget(widget)
    return whole
