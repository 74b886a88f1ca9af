"""One person who goes through a procedure in the window by keyboard, and what is recorded meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.domain.procedures.step_view import ShownState
from planner.gui.main_window import MainWindow
from planner.gui.pages.procedures import ProceduresPage
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.store import catalogue
from tests.acceptance.keyboard import CTRL, Keyboard


def yuan(amount: str) -> Money:
    """An amount in yuan."""
    return Money.of(amount, "CNY")


class Story:
    """What one person does, and what has become of it.

    Attributes:
        keys: The keys of the window; nothing is done but by them.
        store: What is recorded.
        procedure: The procedure that is gone through.
    """

    def __init__(self, window: MainWindow, procedure: str) -> None:
        """Begin in the window as it opens."""
        self._window = window
        self.keys = Keyboard(window)
        self.store = window.session.store
        self.procedure = procedure

    # --- what was recorded before

    def baitiao(self, name: str = "My Baitiao") -> Account:
        """Have an account."""
        sheet = catalogue.product("jd-baitiao")
        assert sheet is not None
        with self.store.transaction():
            return save_account(self.store, account_from(sheet, name))

    def bill(self, account: Account, due_on: date, amount: str) -> None:
        """Have a bill."""
        lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
        with self.store.transaction():
            save_bill(self.store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))

    # --- the clock and the places

    @property
    def today(self) -> date:
        """The day it is."""
        return self._window.session.today

    def sleep_until(self, day: date) -> None:
        """Let it be another day, which the window notices as it does when the computer wakes up."""
        self._window.session._fixed_today = day
        self._window.session.check_day()
        QApplication.processEvents()

    @property
    def place(self) -> str:
        """The place that is shown."""
        return self._window.current

    def start(self) -> None:
        """Go to the procedures and start this one."""
        self.keys.press(Qt.Key.Key_7, CTRL)
        assert self.place == "procedures"
        found = catalogue.procedure(self.procedure)
        assert found is not None
        self.keys.use("Start", of=found.title)

    # --- what is done in many steps

    def open(self, step: str) -> None:
        """Open a step by its title."""
        self.keys.use(f"Details: * {step}*")

    def done(self, *steps: str, back: bool = False) -> None:
        """Tick steps by their titles."""
        for step in steps:
            self.keys.tick(f"* {step}: done", back=back)

    def contact(self, **said: str) -> None:
        """Record a contact in the step that is open, and be back at its button."""
        self.keys.use("Record a contact…")
        for field, words in said.items():
            if field == "how":
                self.keys.choose("How it took place", words)
            else:
                self.keys.fill(_FIELDS[field], words)
        self.keys.use("Save")
        assert self.keys.heard == "Record a contact…"

    def copy_letter(self) -> str:
        """Copy the letter of the step that is open."""
        self.keys.use("Copy the letter")
        return QGuiApplication.clipboard().text()

    def why(self, figure: str) -> str:
        """Ask how a figure came about, read all of it, and be back at the question."""
        self.keys.use(f"Why? {figure}")
        content = self._window.page(self.place).pane.content
        assert content is not None
        labels = [label.text() for label in content.findChildren(QLabel) if label.isVisibleTo(content)]
        self.keys.press(Qt.Key.Key_Escape)
        assert self.keys.heard == f"Why? {figure}"
        return "\n".join(labels)

    def finish(self, result: str) -> None:
        """End it with what came of it; the same button then goes on with it."""
        self.keys.use("Finish…")
        self.keys.choose("What came of it", result)
        self.keys.use("Finish")
        assert self.keys.heard == "Go on with it"

    # --- what has become of it

    @property
    def case(self) -> Case:
        """The run of this procedure."""
        (found,) = (case for case in self.store.cases.all() if case.procedure == self.procedure)
        return found

    def state(self, step_id: str) -> ShownState:
        """How far a step is."""
        found = procedures.case_view(self.store, self.case, self.today).step(step_id)
        assert found is not None
        return found.state

    @property
    def left(self) -> list[str]:
        """The steps that are neither done nor not needed."""
        view = procedures.case_view(self.store, self.case, self.today)
        return [each.step.id for each in view.steps if not each.is_settled]

    def account(self) -> Account:
        """The account of the procedure, as it is recorded now."""
        return self.store.accounts.get(self.case.account_id)

    @property
    def owed(self) -> list[tuple[date | None, Money]]:
        """What is open on the account, and when it is due."""
        position = self.store.ledgers.position(self.today).of_account(self.case.account_id)
        return [(due.due_on, due.open) for due in position.open_dues]

    @property
    def banner(self) -> str:
        """What the page of the procedure asks to keep in mind."""
        page = self._window.page("procedures")
        assert isinstance(page, ProceduresPage)
        return page.case.banner.accessibleName()


_FIELDS = {
    "at": "Time",
    "person": "Name or number of the person",
    "said": "What was said",
    "promise": "What the lender promised",
    "next_day": "Next day",
}
