"""The place Accounts & bills: accounts at the left, what is recorded on the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.icons import icon
from planner.gui.labels import text_label
from planner.gui.page import Page
from planner.gui.pages.bills_accounts import AccountHead, AccountList
from planner.gui.pages.bills_acts import CHAIN, EXTRA, SETTLE, ActBar, Acts
from planner.gui.pages.bills_lists import RecordLists
from planner.gui.pages.bills_step import PlanStep
from planner.gui.pages.chain_view import ChainView
from planner.gui.pages.extra_view import ExtraView
from planner.gui.pages.imports import ImportView
from planner.gui.pages.settle_view import SettleView
from planner.gui.session import Session
from planner.i18n import _
from planner.look import GRID
from planner.services.account_view import AccountView, account_holding, account_sums, account_view

# In heights of a line of text: the width of the list of accounts, and of the page from which there is a list.
_LIST, _WIDE = 12, 54
_UNLIMITED = 16_777_215  # Qt’s own bound of a width


class BillsPage(Page):
    """Everything that is recorded, account by account; here it is added, changed and deleted.

    Attributes:
        view: The account that is shown; None if there is none.
        accounts: The accounts to choose from.
        account_head: What the chosen account is.
        acts: What can be done.
        bar: The acts as buttons.
        lists: What is recorded on the account.
        import_button, start_button: Begin an import; begin with the first account.
        importing: The import under way, if one is.
        step: The question about instalment plans that takes the page, if one does.
    """

    shows = frozenset(
        {"accounts", "account_terms", "linked_services", "account_states", "contacts"}
        | {"bills", "bill_lines", "plans", "plan_rows", "purchases", "refunds"}
        | {"payments", "charges", "adjustments"}
        | {"agreements", "agreement_dues"}
    )

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.view: AccountView | None = None
        self.importing: ImportView | None = None
        self.step: PlanStep | None = None
        self.acts = Acts(session, self.pane)
        self.accounts, self.account_head, self.bar = AccountList(), AccountHead(), ActBar(self.acts)
        self.lists = RecordLists(self.acts, session)
        self.import_button, self.start_button = QPushButton(), QPushButton()
        self.import_button.setIcon(icon("folder-open"))
        self.start_button.setProperty("role", "primary")
        self._empty, self._need = text_label(), text_label()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head.addWidget(self.import_button)
        self._nothing, self._record = QWidget(), QWidget()
        start = QHBoxLayout()
        start.addWidget(self.start_button)
        start.addStretch(1)
        nothing = QVBoxLayout(self._nothing)
        nothing.setContentsMargins(0, 0, 0, 0)
        nothing.setSpacing(2 * GRID)
        nothing.addWidget(self._empty)
        nothing.addWidget(self._need)
        nothing.addLayout(start)
        whole = QVBoxLayout()
        whole.setSpacing(2 * GRID)
        for widget in (self.account_head, self.bar, self.lists):
            whole.addWidget(widget)
        whole.addStretch(1)
        self._columns = QHBoxLayout(self._record)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(2 * GRID)
        self._columns.addWidget(self.accounts)
        self._columns.addLayout(whole, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._record)
        self.body.addStretch(1)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.accounts.chosen.connect(self.choose_account)
        self.accounts.add_button.clicked.connect(self._add_account)
        self.start_button.clicked.connect(self._add_account)
        self.import_button.clicked.connect(self._import)
        self.account_head.late.more_button.clicked.connect(self._show_late)
        self.account_head.way_out.clicked.connect(self._show_way_out)
        self.lists.wanted.connect(self.wanted)
        self.acts.recorded.connect(self._show_recorded)
        self.acts.step_wanted.connect(self.start_step)
        self.acts.wanted.connect(self.wanted)
        self.pane.opened.connect(self._arrange)
        self.pane.closed.connect(self._arrange)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.lists.start_filter)

    @override
    def refresh(self) -> None:
        store, today = self.session.store, self.session.today
        self.title.setText(_("Accounts & bills"))
        self.import_button.setText(_("Import a statement…"))
        self._follow_step()
        self._empty.setText(_("Here stands everything you owe: bills, instalments, payments."))
        self._need.setText(_("You need: the last statement, or the lender’s app."))
        self.start_button.setText(_("Add an account"))
        self.bar.refresh()
        self.acts.close_if_gone()
        sums = account_sums(store, today)
        known = [each.account.id for each in sums]
        if self.acts.account_id not in known:
            self.acts.account_id = known[0] if known else ""
        self._nothing.setHidden(bool(known))
        self._record.setVisible(bool(known))
        self.view = account_view(store, self.acts.account_id, today) if known else None
        if self.view is not None:
            self.accounts.refresh(sums, self.acts.account_id, today)
            self.account_head.refresh(store, self.view, today)
            self.lists.refresh(self.view)

    def choose_account(self, account_id: str) -> None:
        """Show another account."""
        if account_id != self.acts.account_id:
            if self.pane.leave():
                self.acts.account_id = account_id
            self.refresh()  # where something typed is not left yet, the list goes back to its account

    @override
    def reveal(self, target: str) -> None:
        """Show what another place leads to.

        Args:
            target: The id of an account, or of anything recorded; ``pay:``, ``check:``, ``bill:`` or
                ``account:`` and the id of what is to be paid, or of the account to be checked against the
                app, billed or changed; ``new-bill``,
                ``new-purchase``, ``new-plan``, ``new-payment``, ``message``, ``import``, or
                ``settle`` for what settling today would save.
        """
        self.end_import()
        self.end_step()
        if self.view is None:
            self.refresh()
        verb, _colon, value_id = target.partition(":")
        starts: dict[str, Callable[[], None]] = {
            "new-bill": self.acts.add_bill,
            "new-purchase": self.acts.add_purchase,
            "new-plan": self.acts.add_plan,
            "new-payment": self._pay_chosen,
            "message": self.acts.paste_message,
            "import": self.start_import,
            "settle": partial(self.start_step, SETTLE),
        }
        if target in starts:
            starts[target]()
            return
        self._show_recorded(value_id or target)
        if verb == "pay":
            self.acts.add_payment(value_id)
        elif verb == "check":
            self.acts.correct()
        elif verb == "bill":
            self.acts.add_bill()
        elif verb == "account":
            self.acts.change_account()

    def start_import(self, path: Path | None = None) -> None:
        """Let an import fill the page; with a file at once, or ask for one."""
        self.end_import()
        if not self.pane.leave():
            return
        self.end_step()
        self.importing = ImportView(self.session)
        self.importing.finished.connect(self.end_import)
        self.importing.cancelled.connect(self.end_import)
        self.fill(self.importing)
        self.importing.setFocus()
        if path is not None:
            self.importing.load(path)

    def end_import(self) -> None:
        """Show the accounts again."""
        if self.importing is not None:
            self.importing = None
            self.fill(None)
            self.refresh()

    def start_step(self, kind: str, plan_id: str = "") -> None:
        """Let a question about instalment plans fill the page.

        Args:
            kind: SETTLE, EXTRA or CHAIN.
            plan_id: The plan that it is about; SETTLE has it chosen.
        """
        self.end_import()
        if not self.pane.leave():
            return
        before = self.step.view if self.step is not None else None
        step = self.step = PlanStep(self._view_of(kind, plan_id))
        if isinstance(before, SettleView):
            step.left.connect(lambda: self.start_step(SETTLE, step.plan_id))
        else:
            step.left.connect(self.end_step)
        self.fill(step)
        step.setFocus()

    def _view_of(self, kind: str, plan_id: str) -> SettleView | ExtraView | ChainView:
        if kind == EXTRA:
            return ExtraView(self.session, plan_id)
        if kind == CHAIN:
            return ChainView(self.session, plan_id)
        view = SettleView(self.session)
        view.extra_wanted.connect(lambda chosen: self.start_step(EXTRA, chosen))
        view.plan_wanted.connect(self._show_plan)
        view.refresh()
        view.table.select(lambda each: each.plan.id == plan_id)
        return view

    def end_step(self) -> None:
        """Show the accounts again, unless something typed would be lost."""
        if self.step is not None and self.pane.leave():
            self.step = None
            self.fill(None)
            self.refresh()
            self.lists.bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_plan(self, plan_id: str) -> None:
        self.end_step()
        self._show_recorded(plan_id)

    def _follow_step(self) -> None:
        """Show what the record says now; a plan that is gone can be asked about no more."""
        if self.step is None:
            return
        if isinstance(self.step.view, ChainView) and self.session.store.plans.find(self.step.plan_id) is None:
            self.step = None
            self.fill(None)
        else:
            self.step.refresh()

    def _add_account(self) -> None:
        self.acts.add_account()

    def _import(self) -> None:
        self.start_import()

    def _pay_chosen(self) -> None:
        """Record a payment: of the due that is chosen, if the list of dues is shown."""
        due = self.lists.dues.current if self.lists.dues.isVisible() else None
        self.acts.add_payment(due.id if due is not None else "")

    def _show_recorded(self, value_id: str) -> None:
        """Show the account of something recorded, and its row."""
        is_account = self.session.store.accounts.find(value_id) is not None
        account_id = value_id if is_account else account_holding(self.session.store, value_id)
        if account_id:
            self.choose_account(account_id)
        if not is_account:
            self.lists.choose(value_id)

    def _show_late(self) -> None:
        if self.view is not None and self.view.position.late:
            self.wanted.emit("late", self.view.position.late[0].id)

    def _show_way_out(self) -> None:
        if self.account_head.procedure:
            self.wanted.emit("procedures", f"procedure:{self.account_head.procedure}/{self.acts.account_id}")

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the place ends an import that has come to nothing; a window that is minimised does not."""
        super().hideEvent(event)
        is_left = not event.spontaneous()
        if is_left and self.importing is not None and self.importing.is_empty:
            self.importing = None
            self.fill(None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the accounts beside what is recorded on one, or above it where room is short."""
        line = self.fontMetrics().height()
        room = self.width() - (self.pane.width_wanted if self.pane.is_open else 0)
        is_wide = room >= _WIDE * line
        self._columns.setDirection(
            QHBoxLayout.Direction.LeftToRight if is_wide else QHBoxLayout.Direction.TopToBottom
        )
        self.accounts.setMinimumWidth(_LIST * line if is_wide else 0)
        self.accounts.setMaximumWidth(_LIST * line if is_wide else _UNLIMITED)
        self.accounts.take_room(is_wide=is_wide)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event)
        if path is not None:
            self.start_import(path)


def _file_of(event: QDropEvent) -> Path | None:
    """The file that is dragged, if it is one."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
