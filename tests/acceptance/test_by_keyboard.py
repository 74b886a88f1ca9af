"""The three longest procedures from their start to their end, in the window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.agreed import Proof
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Channel
from planner.domain.procedures.step_view import ShownState
from planner.gui.main_window import MainWindow
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.keyboard import ALT, CTRL, Keyboard


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def record_account(store: Store, name: str) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, name))


def record_bill(store: Store, account: Account, due_on: date, amount: str) -> None:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


def record_budget(store: Store, today: date) -> None:
    """400 is left each month."""
    flows = (
        ("Salary", Category.SALARY, "3000"),
        ("Rent", Category.HOUSING, "2000"),
        ("Food", Category.FOOD, "600"),
    )
    with store.transaction():
        for name, category, amount in flows:
            store.cash_flows.save(CashFlow(name, category, yuan(amount), Recurrence(date(2026, 1, 1))))
        store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(today, yuan("5000")),)))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, store: Store, today: date) -> Iterator[MainWindow]:
    apply_theme(qapp, "light")
    window = MainWindow(Session(store, today), ("light", 100))
    qtbot.addWidget(window)
    window.open_adopted()
    window.show()
    window.activateWindow()  # keys lead nowhere in a window that is not active
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.hide()  # what is typed is kept when its field is left, for which the file has to be open


@pytest.fixture
def keys(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def set_clock(window: MainWindow, day: date) -> None:
    """Let it be another day; the window notices as it does after sleep."""
    window.session._fixed_today = day
    window.session.check_day()
    QApplication.processEvents()


def only_case(store: Store) -> Case:
    """The case that was started first."""
    return min(store.cases.all(), key=lambda case: case.procedure == "prevention")


def state_of(store: Store, day: date, step: str) -> ShownState:
    found = procedures.case_view(store, only_case(store), day).step(step)
    assert found is not None
    return found.state


def open_steps(store: Store, day: date) -> list[str]:
    """The steps that are neither done nor not needed."""
    view = procedures.case_view(store, only_case(store), day)
    return [each.step.id for each in view.steps if not each.is_settled]


def open_on(store: Store, account: Account, day: date) -> list[tuple[date, Money]]:
    """What is open, and when it is due."""
    return [(due.due_on, due.open) for due in store.ledgers.position(day).of_account(account.id).open_dues]


def banner_of(window: MainWindow) -> str:
    """What the page of a case asks to keep in mind."""
    page = window.page("procedures")
    assert isinstance(page, ProceduresPage)
    return page.case.banner.accessibleName()


def shown_in_pane(window: MainWindow) -> str:
    """Everything that the pane at the right says."""
    content = window.page(window.current).pane.content
    assert content is not None
    labels = [label.text() for label in content.findChildren(QLabel) if label.isVisibleTo(content)]
    return "\n".join(labels)


def open_step(keys: Keyboard, title: str) -> None:
    keys.use(f"Details: * {title}*")


@pytest.mark.row("C002", "C003", "C004", "C005", "C006", "C007", "C008", "C009", "C011", "C019", "C074")
def test_baitiao_is_cancelled_by_keyboard_alone(
    keys: Keyboard, window: MainWindow, store: Store, today: date
) -> None:
    account = record_account(store, "My Baitiao")
    record_bill(store, account, today + timedelta(days=8), "300")

    keys.press(Qt.Key.Key_7, CTRL)
    keys.use("Start", of="Cancel JD Baitiao")
    keys.answer("It costs too much", "I am worried about the security of my account")

    # Somebody else may be at it: the lender freezes it, and that is kept with its day.
    open_step(keys, "Ask JD Finance to freeze Baitiao")
    keys.use("Copy the number: JD Finance customer service")
    assert QGuiApplication.clipboard().text() == "95118"
    keys.use("Record a contact…")
    keys.fill("Time", "9:30")
    keys.fill("Name or number of the person", "Agent 12")
    keys.fill("What was said", "They look into it")
    keys.fill("What the lender promised", "A call back")
    keys.fill("Next day", "+2")
    keys.use("Save")
    (entry,) = only_case(store).log
    assert (entry.channel, entry.person, entry.said) == (Channel.PHONE, "Agent 12", "They look into it")
    assert (entry.promise, entry.next_on) == ("A call back", date(2026, 11, 24))
    assert keys.heard == "Record a contact…"

    open_step(keys, "Record the freeze")
    keys.use("The lender has frozen it")
    assert store.accounts.get(account.id).restrictions_on(today) == {State.FROZEN}
    keys.tick("* Change your passwords: done")
    keys.tick("* Look for purchases that are not yours: done")
    keys.tick("* See that all orders are finished: done")
    keys.tick("* See that refunds have arrived: done")

    # The request says what is still in its way, and leads to it.
    open_step(keys, "Submit the request")
    keys.use("I have submitted the request")
    assert keys.heard == "Record it anyway"
    assert keys.said.startswith("5 things are still open in the record")
    keys.use("*300.00*", back=True)
    assert window.current == "bills"

    # What is open is paid where payments are recorded, and the step knows.
    keys.press(Qt.Key.Key_R, CTRL)
    assert (keys.heard, keys.value) == ("Amount", "300.00")
    keys.use("Save")
    assert store.ledgers.position(today).of_account(account.id).open_dues == ()
    keys.press(Qt.Key.Key_Left, ALT)
    assert window.current == "procedures"
    keys.tick("* Settle everything you owe on Baitiao: done")

    open_step(keys, "Unlink what hangs on Baitiao")
    for service in account.services:
        keys.tick(service.name)
    assert state_of(store, today, "unlink-services") is ShownState.DONE

    open_step(keys, "Have these at hand")
    keys.choose("The telephone with the number of the account", "At hand")
    keys.choose("Proof that everything is settled", "At hand")
    keys.choose("Copies of the bills you may need", "Not asked for")
    assert state_of(store, today, "gather-documents") is ShownState.DONE

    for title in ("Log in to your JD account", "Open the page of Baitiao", "Find where Baitiao is cancelled"):
        keys.tick(f"* {title}: done")
    open_step(keys, "Ask JD Finance if nothing works")
    keys.use("Mark as not needed")
    assert state_of(store, today, "ask-service") is ShownState.NOT_NEEDED
    for title in ("Prove who you are", "Read what cancelling means"):
        keys.tick(f"* {title}: done")

    # The letter is the lender's language with the user's own reason in it.
    open_step(keys, "Apply in writing if it cannot be done online")
    keys.choose("Language of the text", "简体中文")
    keys.fill("Why you want to cancel it", "Somebody else used it")
    keys.use("Copy the letter")
    assert "原因：Somebody else used it" in QGuiApplication.clipboard().text()
    keys.tick("* Apply in writing if it cannot be done online (optional): done", back=True)

    # The request is recorded with its time, taken back, and stands again.
    keys.fill("Time", "10:15")
    keys.use("I have submitted the request")
    assert (only_case(store).submitted_on, only_case(store).submitted_at) == (today, time(10, 15))
    assert store.accounts.get(account.id).life_on(today) is State.CLOSING
    assert banner_of(window) == "Do not pay with My Baitiao until 25 Nov 2026: the lender is verifying."
    assert keys.heard == "Change the day"
    keys.undo()
    assert only_case(store).submitted_on is None
    assert store.accounts.get(account.id).life_on(today) is State.OPEN
    keys.redo()
    assert store.accounts.get(account.id).life_on(today) is State.CLOSING

    # Three business days later it is looked at, confirmed and closed.
    day = date(2026, 11, 25)
    set_clock(window, day)
    keys.tick("* Wait for the lender’s verification: done")
    open_step(keys, "Check that Baitiao is closed")
    keys.use("It is closed")
    assert store.accounts.get(account.id).life_on(day) is State.CLOSED
    open_step(keys, "Ask for a written confirmation")
    keys.use("Copy the letter")
    keys.tick("* Ask for a written confirmation (optional): done", back=True)
    keys.tick("* Read your credit report (optional): done")

    keys.use("Finish…")
    keys.choose("What came of it", "Baitiao is closed")
    keys.use("Finish")
    case = only_case(store)
    assert (case.ended_on, case.result) == (day, "closed")
    assert store.accounts.get(account.id).life_on(day) is State.CLOSED
    assert keys.heard == "Go on with it"
    assert open_steps(store, day) == []


@pytest.mark.row("C034", "C035", "C036", "C037", "C038", "C039", "C096", "C097", "C098")
def test_a_plan_for_what_is_late_is_agreed_on_by_keyboard_alone(
    keys: Keyboard, window: MainWindow, store: Store, today: date
) -> None:
    record_account(store, "An older Baitiao")
    account = record_account(store, "My Baitiao")
    record_bill(store, account, date(2026, 11, 10), "900")
    record_budget(store, today)

    keys.press(Qt.Key.Key_7, CTRL)
    keys.use("Start", of="Agree on a repayment plan")
    keys.choose("Which account is it for?", "My Baitiao")
    keys.use("Start")
    keys.answer("More time for what is due soon", "Instalments for what is overdue")
    keys.answer("JD Finance (Baitiao)")
    keys.answer("Illness or an accident", "I lost my work")
    case = only_case(store)
    assert case.account_id == account.id
    assert case.answers == {"wanted": "reinstalment", "lender": "jd", "reason": "unemployment"}

    # What can be offered, and how that came about.
    keys.tick("* See what is open and what is late: done")
    keys.tick("* See which “second instalment” you mean: done")
    keys.tick("* Compare the total and the new end: done")
    open_step(keys, "Work out what you can offer")
    keys.use("Why? You can offer each month")
    assert "CN¥400.00" in shown_in_pane(window)
    keys.press(Qt.Key.Key_Escape)
    assert keys.heard == "Why? You can offer each month"
    keys.tick("* Work out what you can offer: done", back=True)

    open_step(keys, "Gather the proof")
    for title in ("Proof of income", "Proof of unemployment", "Proof of what you have paid"):
        assert state_of(store, today, "gather-documents") is not ShownState.DONE
        keys.choose(title, "At hand")
    assert state_of(store, today, "gather-documents") is ShownState.DONE

    open_step(keys, "Write your proposal")
    keys.choose("Language of the text", "简体中文")
    keys.fill("Why the money does not reach", "Laid off in October")
    keys.use("Copy the letter")
    letter = QGuiApplication.clipboard().text()
    assert "原因：Laid off in October" in letter
    assert "我提议每月偿还 ¥400.00，从2026年12月1日开始。" in letter
    keys.tick("* Write your proposal: done", back=True)

    # Through the app to a person; what that one says is kept.
    keys.tick("* Open the app and log in: done")
    keys.tick("* Open customer service: done")
    keys.tick("* Choose online customer service: done")
    keys.tick("* Choose a person to talk to: done")
    open_step(keys, "Talk about your proposal")
    keys.use("Record a contact…")
    keys.choose("How it took place", "By text message or chat")
    keys.fill("Name or number of the person", "Agent 7")
    keys.fill("What was said", "A plan is possible")
    keys.fill("What the lender promised", "A plan by Tuesday")
    keys.fill("Next day", "+2")
    keys.use("Save")
    assert keys.heard == "Record a contact…"
    (entry,) = only_case(store).log
    assert (entry.step, entry.channel, entry.person) == ("talk", Channel.MESSAGE, "Agent 7")
    assert (entry.promise, entry.next_on) == ("A plan by Tuesday", date(2026, 11, 24))

    # Two days later the promise is kept, and a plan is agreed on.
    day = date(2026, 11, 24)
    set_clock(window, day)
    keys.choose("Was the promise kept?", "Yes")
    assert [each.is_kept for each in only_case(store).log] == [True]
    open_step(keys, "Hand in the proof")
    keys.use("Record a contact…")
    keys.fill("What was said", "Two papers are sent")
    keys.use("Save")
    assert [each.step for each in only_case(store).log] == ["talk", "hand-in-proof"]
    keys.tick("* Read the plan the lender proposes: done")
    open_step(keys, "Record what was agreed")
    keys.use("Record what was agreed…")
    assert (keys.heard, keys.value) == ("What it is about", "Only what is late: CN¥900.00")
    keys.fill("Number of instalments", "3")
    keys.fill("First instalment on", "2026-12-01")
    keys.fill("Waived by the lender", "12.50")
    keys.fill("Who agreed for the lender", "Agent 7")
    keys.choose("What shows it", "The call was recorded")
    keys.tick("The lender stops collecting as long as I keep to it")
    keys.use("Record the agreement")
    assert keys.heard == "Change it…"
    in_three = [(date(2026, 12, 1), "300"), (date(2027, 1, 1), "300"), (date(2027, 2, 1), "300")]
    assert open_on(store, account, day) == [(on, yuan(amount)) for on, amount in in_three]

    # Taken back, the bill is late as before.
    keys.undo()
    assert keys.heard == "Record what was agreed…"
    assert open_on(store, account, day) == [(date(2026, 11, 10), yuan("900"))]
    keys.redo()
    agreed = store.agreements.of_case(case.id)
    assert agreed is not None
    assert (agreed.agreed_on, agreed.person, agreed.proof) == (day, "Agent 7", Proof.RECORDED)
    assert agreed.pauses_collection

    open_step(keys, "Ask for it in writing")
    keys.use("Copy the letter")
    assert "– You waive CN¥12.50." in QGuiApplication.clipboard().text()
    keys.tick("* Ask for it in writing: done", back=True)

    # An instalment that is not paid is told the day after, and then is.
    day = date(2026, 12, 2)
    set_clock(window, day)
    assert banner_of(window).startswith("CN¥300.00 of your agreement was due on 1 Dec 2026")
    keys.press(Qt.Key.Key_1, CTRL)
    keys.use("Record the payment")
    print(keys.heard)
    keys.use("Save")
    assert open_on(store, account, day) == [(on, yuan(amount)) for on, amount in in_three[1:]]
    keys.press(Qt.Key.Key_7, CTRL)
    assert banner_of(window) == ""
    keys.tick("* Check the first instalment: done")
    open_step(keys, "Check that collection has paused")
    keys.use("Record a contact…")
    keys.fill("What was said", "No calls since")
    keys.use("Save")
    open_step(keys, "Look at your credit report")
    keys.use("Mark as not needed")

    keys.use("Finish…")
    keys.choose("What came of it", "A plan was agreed on in writing")
    keys.use("Finish")
    case = only_case(store)
    assert (case.ended_on, case.result) == (day, "agreed")
    assert open_steps(store, day) == []


@pytest.mark.row("C106", "C107", "C111", "C112", "C113", "C114", "C115", "C116")
def test_baitiao_is_unfrozen_by_keyboard_alone(
    keys: Keyboard, window: MainWindow, store: Store, today: date
) -> None:
    account = record_account(store, "My Baitiao")
    record_bill(store, account, date(2026, 11, 10), "1000")

    keys.press(Qt.Key.Key_7, CTRL)
    keys.use("Start", of="Have JD Baitiao unfrozen")
    keys.answer("A bill is or was overdue (the most frequent cause)")

    open_step(keys, "Record since when it is frozen")
    keys.fill("Frozen since", "2026-11-20")
    keys.use("The lender has frozen it")
    (frozen,) = store.accounts.get(account.id).states
    assert (frozen.state, frozen.since, frozen.until) == (State.FROZEN, date(2026, 11, 20), None)
    keys.tick("* See what is overdue today: done")

    # 1,000 for 12 days at 0.03 % to 0.07 % a day: what is too little does not start the wait.
    open_step(keys, "Pay the overdue amount exactly")
    keys.use("Why? To pay exactly today")
    assert "CN¥1,003.60 – CN¥1,008.40" in shown_in_pane(window)
    keys.press(Qt.Key.Key_Escape)
    keys.fill("Amount paid", "1000")
    keys.fill("Time of the payment", "14:00")
    keys.use("Record the payment")
    assert keys.heard == "Record the payment"
    assert state_of(store, today, "wait-for-unfreezing") is ShownState.BLOCKED
    keys.fill("Amount paid", "8.40", back=True)
    keys.fill("Time of the payment", "14:30")
    keys.fill("Proof", "Number 77")
    keys.use("Record the payment")
    assert state_of(store, today, "wait-for-unfreezing") is ShownState.IN_PROGRESS
    paid = [(each.amount, each.note) for each in store.payments.of_account(account.id)]
    assert sorted(paid, key=str) == sorted([(yuan("1000"), ""), (yuan("8.40"), "Number 77")], key=str)

    # Without the rest, the wait has not begun.
    keys.undo()
    assert keys.heard == "Why? To pay exactly today"
    assert state_of(store, today, "wait-for-unfreezing") is ShownState.BLOCKED
    assert [each.amount for each in store.payments.of_account(account.id)] == [yuan("1000")]
    keys.redo()
    assert state_of(store, today, "wait-for-unfreezing") is ShownState.IN_PROGRESS

    open_step(keys, "Wait until it is unfrozen")
    keys.use("Why? It should be done")
    assert "Between 22 Nov 2026, 14:30 and 25 Nov 2026" in shown_in_pane(window)
    assert "22 Nov 2026, 16:30" in shown_in_pane(window)
    keys.press(Qt.Key.Key_Escape)

    open_step(keys, "Have at hand what may be asked for")
    keys.choose("Your identity card, to photograph in the app", "Not asked for")
    keys.choose("The bank card that is linked to Baitiao", "Not asked for")
    keys.choose("Proof of the payment", "At hand")
    keys.choose("The message about the freeze", "At hand")
    assert state_of(store, today, "gather-materials") is ShownState.DONE

    # At the later end of the range it is still frozen, so it is asked for; then it can be used.
    day = date(2026, 11, 25)
    set_clock(window, day)
    open_step(keys, "Ask for it in the app")
    keys.use("Record a contact…")
    keys.fill("What was said", "It is unfrozen now")
    keys.use("Save")
    (entry,) = only_case(store).log
    assert (entry.on, entry.channel, entry.said) == (day, Channel.APP, "It is unfrozen now")
    keys.tick("* Wait until it is unfrozen: done", back=True)
    keys.tick("* Check the account in the app: done")
    open_step(keys, "Record that it can be used again")
    keys.use("It is open")
    kept = store.accounts.get(account.id)
    assert kept.restrictions_on(day - timedelta(days=1)) == {State.FROZEN}
    assert kept.restrictions_on(day) == frozenset()

    # What keeps it from happening again is a procedure of its own, which leads back here.
    open_step(keys, "Keep it from happening again")
    keys.use("Start: Keep repayments on track")
    assert {each.procedure for each in store.cases.all()} == {"unfreeze", "prevention"}
    keys.use("Part of: Have JD Baitiao unfrozen")
    keys.tick("* Keep it from happening again (optional): done")

    keys.use("Finish…")
    keys.choose("What came of it", "Baitiao can be used again")
    keys.use("Finish")
    (case,) = (each for each in store.cases.all() if each.procedure == "unfreeze")
    assert (case.ended_on, case.result) == (day, "unfrozen")
    assert open_steps(store, day) == []
