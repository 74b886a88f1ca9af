"""Reaching the lender to negotiate: its number, whichever article names it, and each contact as it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Channel
from planner.domain.sourced import Span
from planner.gui.pages.compare import ComparePage
from planner.gui.pages.procedure_parts.bodies.contact import ContactBody
from planner.gui.pages.procedure_parts.forms import ContactForm
from planner.gui.pages.procedure_parts.log_form import LogForm
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, read_faq, state, texts

NEGOTIATE = "negotiate"


def late_account(store: Store, product: str) -> Account:
    """An account of a product with 1,200 late since 10 November."""
    sheet = catalogue.product(product)
    assert sheet is not None
    lines = (BillLine(LineKind.UNITEMISED, Money.of("1200", "CNY")),)
    with store.transaction():
        account = save_account(store, account_from(sheet, "Mine"))
        save_bill(store, Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), lines))
    return account


@pytest.fixture
def session(qapp: QApplication, store: Store, today: date) -> Session:
    apply_theme(qapp, "light")
    return Session(store, today)


def started(store: Store, account: Account, today: date) -> Case:
    with store.transaction():
        return procedures.start_case(store, NEGOTIATE, account.id, today)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ProceduresPage:
    """Negotiating about a late Baitiao, in the window."""
    account = late_account(session.store, "jd-baitiao")
    return open_case(qtbot, session, started(session.store, account, session.today))


def copied() -> str:
    return QGuiApplication.clipboard().text()


def contacts(page: ProceduresPage, step: str = "talk") -> ContactBody:
    body = opened(page, step).body
    assert isinstance(body, ContactBody)
    return body


# --- The number ------------------------------------------------------------------------------------------


@pytest.mark.row("C022")
def test_one_press_copies_the_number_beside_the_case_and_in_the_step_where_one_calls(
    page: ProceduresPage,
) -> None:
    for button in (page.case.contacts.copy_buttons[0], contacts(page).copy_buttons[0]):
        QGuiApplication.clipboard().setText("something else")

        press(button)

        assert copied() == "95118"
        assert button.text() == "Copied"


@pytest.mark.row("C022")
def test_a_number_that_was_corrected_is_the_one_that_is_copied_until_that_is_undone(
    page: ProceduresPage, session: Session
) -> None:
    press(page.case.contacts.edit_buttons[0])
    form = page.pane.content
    assert isinstance(form, ContactForm)
    form.number.set_text("400-098-8511")
    assert form.submit()

    press(contacts(page).copy_buttons[0])
    assert copied() == "400-098-8511"
    session.history.undo()
    press(contacts(page).copy_buttons[0])
    assert copied() == "95118"


# The article of 2024-11-17 says "call the hotline" and names none; two others name 95118 for JD. What is
# shown is the number of the lender of the account, and of JD's way the step itself says which number it is.
@pytest.mark.row("C104")
@pytest.mark.parametrize(
    ("product", "numbers"),
    [("jd-baitiao", ["95118"]), ("huabei", ["95188"]), ("meituan", ["10109777"])],
)
def test_the_number_is_that_of_the_lender_whoever_it_is(
    qtbot: QtBot, session: Session, product: str, numbers: list[str]
) -> None:
    account = late_account(session.store, product)
    page = open_case(qtbot, session, started(session.store, account, session.today))

    for buttons in (page.case.contacts.copy_buttons, contacts(page).copy_buttons):
        found = []
        for button in buttons:
            press(button)
            found.append(copied())
        assert found == numbers


@pytest.mark.row("C104")
def test_an_account_without_a_number_is_shown_those_that_are_known_each_with_who_says_so(
    qtbot: QtBot, session: Session
) -> None:
    account = late_account(session.store, "jd-baitiao")
    with session.store.transaction():
        session.store.accounts.save(replace(account, contacts=()))
    page = open_case(qtbot, session, started(session.store, account, session.today))

    words = texts(page.case.contacts)
    assert [words.index(number) for number in ("95118", "95188", "10109777")] == sorted(
        words.index(number) for number in ("95118", "95188", "10109777")
    )
    # Whoever names no number is not named as its source.
    jd = words[words.index("95118") : words.index("95188")]
    assert "“Comment annuler Jingdong Baitiao” and “JD.COM’s IOUs are overdue”, both undated" in jd
    assert "京东二次分期还款方式有哪些" not in words
    assert "not verified" in words[words.index("95188") :]


# --- Each contact as it came -----------------------------------------------------------------------------


def log(page: ProceduresPage, channel: str, said: str) -> None:
    """Record a contact of today by the form."""
    press(contacts(page).record_button)
    form = page.pane.content
    assert isinstance(form, LogForm)
    place = form.channel.box.findText(channel)
    assert place >= 0, channel
    form.channel.box.setCurrentIndex(place)
    form.said.edit.setPlainText(said)
    press(form.save_button)


@pytest.mark.row("C047")
def test_each_way_of_collecting_that_the_article_lists_can_be_recorded_and_is_read_again(
    page: ProceduresPage, session: Session
) -> None:
    assert page.case.view is not None
    case_id = page.case.view.case.id
    listed = {
        "By letter": (Channel.LETTER, "A first letter"),
        "By text message or chat": (Channel.MESSAGE, "A text message"),
        "By e-mail": (Channel.EMAIL, "An e-mail"),
        "By telephone": (Channel.PHONE, "Somebody called"),
        "At the door": (Channel.VISIT, "Two people came"),
        "Through a court": (Channel.COURT, "A summons"),
    }
    assert state(page, "talk") == "Not started"
    for shown, (_channel, said) in listed.items():
        log(page, shown, said)

    kept = session.store.cases.get(case_id).log
    assert {(each.channel, each.said) for each in kept} == set(listed.values())
    assert {each.on for each in kept} == {session.today}
    press(contacts(page).earlier.chevron)
    words = texts(contacts(page))
    assert [shown for shown in (*listed, *(said for _, said in listed.values())) if shown not in words] == []
    assert state(page, "talk") == "Done on 22 Nov 2026"
    session.history.undo()
    assert "A summons" not in texts(contacts(page))


@pytest.mark.row("C047")
def test_both_statements_on_visits_are_read_with_their_source_called_weak(page: ProceduresPage) -> None:
    words = read_faq(page, "Will somebody come to my door?")

    # One article says both; neither is left out, and neither is made the truth.
    assert "The same article says both" in words
    assert "normally nobody comes" in words
    assert "letter, text message, e-mail, telephone, a visit or a court" in words
    assert "weak source" in words
    assert "machine-translated, undated" in words


# --- What is asked for -----------------------------------------------------------------------------------


@pytest.mark.row("C042")
def test_that_asking_helps_is_read_before_anything_is_done(page: ProceduresPage) -> None:
    words = read_faq(page, "Is it worth asking?")

    assert words.split("\n")[1].startswith("Yes. One source calls it a positive step to put things right")
    assert "Asking does not commit you to anything." in words
    assert "weak source" in words


@pytest.mark.row("C083", "C096")
def test_instalments_for_what_is_late_tell_their_three_meanings_and_who_does_not_grant_them(
    page: ProceduresPage,
) -> None:
    give(page, "wanted", "more-time")
    assert not {"three-meanings", "compare-reinstalment"} & set(page.case.rows)
    give(page, "wanted", "reinstalment")
    details = opened(page, "three-meanings")
    assert "the debt is overdue, and the lender agrees on a plan for it" in texts(details)
    press(details.variants.chevron)
    others = texts(details.variants)
    assert "Another plan after the first one has ended" in others
    assert "A running plan is split anew in the app" in others
    assert others.count("weak source") == 2

    assert "card-rule" not in page.case.rows
    give(page, "lender", "cn-card")
    rule = texts(opened(page, "card-rule"))
    assert "a bank may not put into instalments again what is in instalments already" in rule


# 1,200 are late; 10 % of a Baitiao bill cannot be split, and 1,080 bear 0.5 to 1.2 % a month.
@pytest.mark.row("C084", "C096")
def test_the_total_and_the_new_end_stand_beside_each_lower_month(
    qtbot: QtBot, page: ProceduresPage, session: Session
) -> None:
    give(page, "wanted", "reinstalment")
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))
    press(opened(page, "compare-reinstalment").place_button)
    ((place, due_id),) = wanted
    assert place == "compare"
    compare = ComparePage(session)
    qtbot.addWidget(compare)
    compare.resize(1080, 740)
    compare.show()
    compare.reveal(due_id)

    assert compare.comparison is not None
    found = {each.offer.id: each for each in compare.comparison.outcomes}
    shown = []
    for count in (3, 6, 12, 24):
        way = found[f"flat_fee-{count}"]
        # 5.40 to 12.96 a month.
        low, high = (Money(120_000 + fee * count, "CNY") for fee in (540, 1296))
        assert way.total == Span(low, high)
        assert way.biggest_month is not None
        assert way.last_on is not None
        shown.append((way.biggest_month.high, high, way.last_on))
    # From row to row a lower month, a higher total and a later end.
    assert shown == sorted(shown, key=lambda each: each[0], reverse=True)
    assert shown == sorted(shown, key=lambda each: each[1])
    assert shown == sorted(shown, key=lambda each: each[2])
    headings = [column.title for column in compare.table.outcomes.columns]
    for heading in ("Biggest month", "Total", "Last payment"):
        assert not compare.table.isColumnHidden(headings.index(heading))


# --- The way there ---------------------------------------------------------------------------------------


@pytest.mark.row("C104")
def test_the_number_stands_beside_the_way_through_the_app_of_jd_and_leaves_with_it(
    page: ProceduresPage,
) -> None:
    give(page, "lender", "jd")
    ways = opened(page, "open-app").variants
    press(ways.chevron)
    assert "By telephone instead: call 95118, typing the number yourself" in texts(ways)

    give(page, "lender", "elsewhere")
    assert "open-app" not in page.case.rows
    words = texts(opened(page, "reach-lender"))
    assert "Take the number or the chat from your card, your bill or the lender’s own app" in words
    assert "95118" not in words
