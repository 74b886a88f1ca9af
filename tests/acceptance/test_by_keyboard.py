"""The three longest procedures from their start to their end, in the window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import State
from planner.domain.agreed import Proof
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.procedures.kinds import Channel
from planner.domain.procedures.step_view import ShownState
from planner.gui.main_window import MainWindow
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.store.store import Store
from tests.acceptance.keyboard import ALT, CTRL
from tests.acceptance.story import Story, yuan


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


# --- cancelling Baitiao: somebody else may have used it


@pytest.mark.row("C002", "C003", "C004", "C005", "C006", "C007", "C008", "C009", "C011", "C019", "C074")
def test_baitiao_is_cancelled_by_keyboard_alone(window: MainWindow, today: date) -> None:
    me = Story(window, "cancel-jd-baitiao")
    me.bill(me.baitiao(), today + timedelta(days=8), "300")
    me.start()
    me.keys.answer("It costs too much", "I am worried about the security of my account")

    _have_it_frozen(me)
    _work_off_what_is_in_the_way(me)
    _apply_in_writing(me)
    _submit_and_take_back_and_submit(me)
    _see_that_it_is_closed(me)

    me.finish("Baitiao is closed")
    assert (me.case.ended_on, me.case.result) == (date(2026, 11, 25), "closed")
    assert me.account().life_on(me.today) is State.CLOSED
    assert me.left == []


def _have_it_frozen(me: Story) -> None:
    me.open("Ask JD Finance to freeze Baitiao")
    me.keys.use("Copy the number: JD Finance customer service")
    assert QGuiApplication.clipboard().text() == "95118"
    me.contact(at="9:30", person="Agent 12", said="They look into it", promise="A call back", next_day="+2")
    (entry,) = me.case.log
    assert (entry.on, entry.at, entry.channel) == (me.today, time(9, 30), Channel.PHONE)
    assert (entry.person, entry.said) == ("Agent 12", "They look into it")
    assert (entry.promise, entry.next_on) == ("A call back", me.today + timedelta(days=2))

    me.open("Record the freeze")
    me.keys.use("The lender has frozen it")
    assert me.account().restrictions_on(me.today) == {State.FROZEN}
    me.done("Change your passwords", "Look for purchases that are not yours")


def _work_off_what_is_in_the_way(me: Story) -> None:
    """A bill and what is linked: the request names them, and leads to each."""
    first, *others = me.account().services_in_use
    me.done("See that all orders are finished", "See that refunds have arrived")
    me.open("Submit the request")
    me.keys.use("I have submitted the request")
    # What is open is heard first; recording it all the same takes another button.
    assert me.keys.heard.startswith(f"{1 + 1 + len(others)} things are still open in the record")
    me.keys.tab_to("Record it anyway")
    assert me.case.submitted_on is None
    me.keys.use("Bill of *CN¥300.00*", back=True)
    assert me.place == "bills"
    assert "CN¥300.00" in me.keys.heard

    me.keys.press(Qt.Key.Key_R, CTRL)
    assert (me.keys.heard, me.keys.value) == ("Amount", "300.00")
    me.keys.use("Save")
    assert me.owed == []
    me.keys.press(Qt.Key.Key_Left, ALT)
    assert me.place == "procedures"
    me.done("Settle everything you owe on Baitiao")

    me.keys.use(f"See step 8: {1 + len(others)} things are still open.")
    assert me.keys.heard == first.name
    for service in (first, *others):
        me.keys.tick(service.name)
    assert all(service.unlinked_on == me.today for service in me.account().services_in_use)
    assert me.state("unlink-services") is ShownState.DONE
    assert me.state("submit-request") is ShownState.NOT_STARTED


def _apply_in_writing(me: Story) -> None:
    me.open("Have these at hand")
    me.keys.choose("The telephone with the number of the account", "At hand")
    me.keys.choose("Proof that everything is settled", "At hand")
    me.keys.choose("Copies of the bills you may need", "Not asked for")
    assert me.state("gather-documents") is ShownState.DONE
    me.done("Log in to your JD account", "Open the page of Baitiao", "Find where Baitiao is cancelled")
    me.open("Ask JD Finance if nothing works")
    me.keys.use("Mark as not needed")
    assert me.state("ask-service") is ShownState.NOT_NEEDED
    me.done("Prove who you are", "Read what cancelling means")

    # The letter is in the lender's language, with the reason in the user's own words.
    me.open("Apply in writing if it cannot be done online")
    me.keys.choose("Language of the text", "简体中文")
    me.keys.fill("Why you want to cancel it", "Somebody else used it")
    assert "原因：Somebody else used it" in me.copy_letter()
    me.done("Apply in writing if it cannot be done online (optional)", back=True)


def _submit_and_take_back_and_submit(me: Story) -> None:
    me.keys.fill("Time", "10:15")
    me.keys.use("I have submitted the request")
    assert (me.case.submitted_on, me.case.submitted_at) == (me.today, time(10, 15))
    assert me.account().life_on(me.today) is State.CLOSING
    assert me.banner == "Do not pay with My Baitiao until 25 Nov 2026: the lender is verifying."

    me.keys.undo()
    assert me.case.submitted_on is None
    assert me.account().life_on(me.today) is State.OPEN
    assert me.banner == ""
    me.keys.redo()
    assert me.account().life_on(me.today) is State.CLOSING


def _see_that_it_is_closed(me: Story) -> None:
    """Three business days after the request, which was on a Sunday."""
    assert me.state("check-closed") is ShownState.BLOCKED
    me.sleep_until(date(2026, 11, 25))
    me.done("Wait for the lender’s verification")
    me.open("Check that Baitiao is closed")
    me.keys.use("It is closed")
    assert me.account().life_on(me.today) is State.CLOSED
    me.open("Ask for a written confirmation")
    assert "My Baitiao" in me.copy_letter()
    me.done("Ask for a written confirmation (optional)", back=True)
    me.done("Read your credit report (optional)")


# --- a plan for what is late: out of work, 400 a month are left


@pytest.mark.row("C034", "C035", "C036", "C037", "C038", "C039", "C096", "C097", "C098")
def test_a_plan_for_what_is_late_is_agreed_on_by_keyboard_alone(window: MainWindow) -> None:
    me = Story(window, "negotiate")
    me.baitiao("An older Baitiao")
    account = me.baitiao()
    me.bill(account, date(2026, 11, 10), "900")
    _have_a_budget(me)
    me.start()
    me.keys.choose("Which account is it for?", "My Baitiao")
    me.keys.use("Start")
    assert me.case.account_id == account.id
    me.keys.answer("More time for what is due soon", "Instalments for what is overdue")
    me.keys.answer("JD Finance (Baitiao)")
    me.keys.answer("Illness or an accident", "I lost my work")
    assert me.case.answers == {"wanted": "reinstalment", "lender": "jd", "reason": "unemployment"}

    _make_a_proposal(me)
    _talk_to_the_lender(me)
    _record_what_was_agreed(me)
    _miss_the_first_instalment_and_pay_it(me)

    me.finish("A plan was agreed on in writing")
    assert (me.case.ended_on, me.case.result) == (date(2026, 12, 2), "agreed")
    assert me.left == []


def _have_a_budget(me: Story) -> None:
    flows = (
        ("Salary", Category.SALARY, "3000"),
        ("Rent", Category.HOUSING, "2000"),
        ("Food", Category.FOOD, "600"),
    )
    with me.store.transaction():
        for name, category, amount in flows:
            flow = CashFlow(name, category, yuan(amount), Recurrence(date(2026, 1, 1)))
            me.store.cash_flows.save(flow)
        me.store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(me.today, yuan("5000")),)))


def _make_a_proposal(me: Story) -> None:
    me.done("See what is open and what is late", "See which “second instalment” you mean")
    me.done("Compare the total and the new end")
    me.open("Work out what you can offer")
    assert "CN¥400.00" in me.why("You can offer each month")
    me.done("Work out what you can offer", back=True)

    me.open("Gather the proof")
    for title in ("Proof of income", "Proof of unemployment", "Proof of what you have paid"):
        assert me.state("gather-documents") is not ShownState.DONE
        me.keys.choose(title, "At hand")
    assert me.state("gather-documents") is ShownState.DONE

    me.open("Write your proposal")
    me.keys.choose("Language of the text", "简体中文")
    me.keys.fill("Why the money does not reach", "Laid off in October")
    letter = me.copy_letter()
    assert "原因：Laid off in October" in letter
    assert "我提议每月偿还 ¥400.00，从2026年12月1日开始。" in letter
    me.done("Write your proposal", back=True)


def _talk_to_the_lender(me: Story) -> None:
    """Through the app to a person, who promises a plan and keeps to that."""
    me.done("Open the app and log in", "Open customer service")
    me.done("Choose online customer service", "Choose a person to talk to")
    me.open("Talk about your proposal")
    me.contact(
        how="By text message or chat",
        person="Agent 7",
        said="A plan is possible",
        promise="A plan by Tuesday",
        next_day="+2",
    )
    (entry,) = me.case.log
    assert (entry.step, entry.channel, entry.person) == ("talk", Channel.MESSAGE, "Agent 7")
    assert (entry.promise, entry.next_on, entry.is_kept) == ("A plan by Tuesday", date(2026, 11, 24), None)

    me.sleep_until(date(2026, 11, 24))
    me.keys.choose("Was the promise kept?", "Yes")
    assert [each.is_kept for each in me.case.log] == [True]
    me.open("Hand in the proof")
    me.contact(said="Two papers are sent")
    assert [each.step for each in me.case.log] == ["talk", "hand-in-proof"]
    me.done("Read the plan the lender proposes")


_IN_THREE = [
    (date(2026, 12, 1), yuan("295.83")),
    (date(2027, 1, 1), yuan("295.83")),
    (date(2027, 2, 1), yuan("295.84")),
]


def _record_what_was_agreed(me: Story) -> None:
    me.open("Record what was agreed")
    me.keys.use("Record what was agreed…")
    assert (me.keys.heard, me.keys.value) == ("What it is about", "Only what is late: CN¥900.00")
    me.keys.fill("Number of instalments", "3")
    me.keys.fill("First instalment on", "2026-12-01")
    me.keys.fill("Waived by the lender", "12.50")
    me.keys.fill("Who agreed for the lender", "Agent 7")
    me.keys.choose("What shows it", "The call was recorded")
    me.keys.tick("The lender stops collecting as long as I keep to it")
    me.keys.use("Record the agreement")
    assert me.keys.heard == "Change it…"
    assert me.owed == _IN_THREE

    # Taken back, the bill is late as before.
    me.keys.undo()
    assert me.keys.heard == "Record what was agreed…"
    assert me.owed == [(date(2026, 11, 10), yuan("900"))]
    me.keys.redo()
    agreed = me.store.agreements.of_case(me.case.id)
    assert agreed is not None
    assert (agreed.agreed_on, agreed.person) == (date(2026, 11, 24), "Agent 7")
    assert (agreed.proof, agreed.pauses_collection) == (Proof.RECORDED, True)

    me.open("Ask for it in writing")
    assert "– You waive CN¥12.50." in me.copy_letter()
    me.done("Ask for it in writing", back=True)


def _miss_the_first_instalment_and_pay_it(me: Story) -> None:
    me.sleep_until(date(2026, 12, 2))
    assert me.banner.startswith("CN¥295.83 of your agreement was due on 1 Dec 2026")
    me.keys.press(Qt.Key.Key_1, CTRL)
    me.keys.use("Record the payment")
    assert (me.keys.heard, me.keys.value) == ("Amount", "295.83")
    me.keys.use("Save")
    assert me.owed == _IN_THREE[1:]

    me.keys.press(Qt.Key.Key_7, CTRL)
    assert me.banner == ""
    me.done("Check the first instalment")
    me.open("Check that collection has paused")
    me.contact(said="No calls since")
    me.open("Look at your credit report")
    me.keys.use("Mark as not needed")


# --- having Baitiao unfrozen: a bill is late


@pytest.mark.row("C106", "C107", "C111", "C112", "C113", "C114", "C115", "C116")
def test_baitiao_is_unfrozen_by_keyboard_alone(window: MainWindow) -> None:
    me = Story(window, "unfreeze")
    me.bill(me.baitiao(), date(2026, 11, 10), "1000")
    me.start()
    me.keys.answer("A bill is or was overdue (the most frequent cause)")

    me.open("Record since when it is frozen")
    me.keys.fill("Frozen since", "2026-11-20")
    me.keys.use("The lender has frozen it")
    (frozen,) = me.account().states
    assert (frozen.state, frozen.since, frozen.until) == (State.FROZEN, date(2026, 11, 20), None)
    me.done("See what is overdue today")

    _pay_exactly(me)
    _wait_and_ask(me)
    _record_that_it_is_open(me)

    me.finish("Baitiao can be used again")
    assert (me.case.ended_on, me.case.result) == (date(2026, 11, 25), "unfrozen")
    assert me.left == []


def _pay_exactly(me: Story) -> None:
    """1,000 for 12 days at 0.03 % to 0.07 % a day; what is too little does not start the wait."""
    me.open("Pay the overdue amount exactly")
    assert "CN¥1,003.60 – CN¥1,008.40" in me.why("To pay exactly today")
    me.keys.fill("Amount paid", "1000")
    me.keys.fill("Time of the payment", "14:00")
    me.keys.use("Record the payment")
    assert me.keys.heard == "Record the payment"
    assert me.state("wait-for-unfreezing") is ShownState.BLOCKED
    me.keys.fill("Amount paid", "8.40", back=True)
    me.keys.fill("Time of the payment", "14:30")
    me.keys.fill("Proof", "Number 77")
    me.keys.use("Record the payment")
    assert me.state("wait-for-unfreezing") is ShownState.IN_PROGRESS
    assert _paid(me) == {(yuan("1000"), ""), (yuan("8.40"), "Number 77")}

    # Without the rest, the wait has not begun.
    me.keys.undo()
    assert me.keys.heard == "Why? Still to pay"
    assert me.state("wait-for-unfreezing") is ShownState.BLOCKED
    assert _paid(me) == {(yuan("1000"), "")}
    me.keys.redo()
    assert me.state("wait-for-unfreezing") is ShownState.IN_PROGRESS


def _paid(me: Story) -> set[tuple[object, str]]:
    return {(each.amount, each.note) for each in me.store.payments.of_account(me.case.account_id)}


def _wait_and_ask(me: Story) -> None:
    """Two hours by one source, three business days from a Sunday by another."""
    me.open("Wait until it is unfrozen")
    told = me.why("It should be done")
    assert "Between 22 Nov 2026, 14:30 and 25 Nov 2026" in told
    assert "22 Nov 2026, 16:30" in told

    me.open("Have at hand what may be asked for")
    me.keys.choose("Your identity card, to photograph in the app", "Not asked for")
    me.keys.choose("The bank card that is linked to Baitiao", "Not asked for")
    me.keys.choose("Proof of the payment", "At hand")
    me.keys.choose("The message about the freeze", "At hand")
    assert me.state("gather-materials") is ShownState.DONE

    me.sleep_until(date(2026, 11, 25))
    me.open("Ask for it in the app")
    me.contact(said="It is unfrozen now")
    (entry,) = me.case.log
    assert (entry.on, entry.channel, entry.said) == (me.today, Channel.APP, "It is unfrozen now")
    me.done("Wait until it is unfrozen", back=True)


def _record_that_it_is_open(me: Story) -> None:
    me.done("Check the account in the app")
    me.open("Record that it can be used again")
    me.keys.use("It is open")
    assert me.account().restrictions_on(me.today - timedelta(days=1)) == {State.FROZEN}
    assert me.account().restrictions_on(me.today) == frozenset()

    # What keeps it from happening again is a procedure of its own, which leads back here.
    me.open("Keep it from happening again")
    me.keys.use("Start: Keep repayments on track")
    assert {each.procedure for each in me.store.cases.all()} == {"unfreeze", "prevention"}
    me.keys.use("Part of: Have JD Baitiao unfrozen")
    me.done("Keep it from happening again (optional)")
