from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.plans.resplit import Reinstalment
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.pages.chain_view import ChainView
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.bills import pay, save_bill
from planner.services.plans import save_plan

WEB = Source("a page", date(2026, 11, 22))


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def rows(first: date, count: int, principal: str, fee: str) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(
            number,
            date(
                first.year + (first.month + number - 2) // 12, (first.month + number - 2) % 12 + 1, first.day
            ),
            yuan(principal),
            yuan(fee),
            yuan("0"),
        )
        for number in range(1, count + 1)
    )


@pytest.fixture
def owner(session: Session) -> Account:
    claims = (
        TermClaim(Term.RESPLIT, "", "allowed", WEB),
        TermClaim(Term.RESPLIT, "", "forbidden", Source("another page")),
        TermClaim(Term.EARLY_SETTLEMENT, "", "waive_remaining", WEB),
    )
    found = Account("白条", "JD", "CNY", terms=Terms(claims))
    with session.store.transaction():
        save_account(session.store, found)
    return found


def plan(
    session: Session,
    owner: Account,
    name: str,
    parts: tuple[Instalment, ...],
    kind: OriginKind = OriginKind.NONE,
    origin: str = "",
) -> InstalmentPlan:
    whole = Money(sum(row.principal.minor for row in parts), "CNY")
    found = InstalmentPlan(owner.id, name, whole, parts, len(parts), kind, origin)
    with session.store.transaction():
        save_plan(session.store, found)
    return found


@pytest.fixture
def chain(session: Session, owner: Account) -> InstalmentPlan:
    """A bill in 6 x 105 from October on, whose last four went into 8 x 54."""
    bill = Bill(owner.id, date(2026, 9, 1), date(2026, 9, 10), (BillLine(LineKind.UNITEMISED, yuan("600")),))
    with session.store.transaction():
        save_bill(session.store, bill)
    first = plan(session, owner, "Bill", rows(date(2026, 10, 10), 6, "100", "5"), OriginKind.BILL, bill.id)
    return plan(session, owner, "Again", rows(date(2026, 12, 10), 8, "50", "4"), OriginKind.PLAN, first.id)


@pytest.fixture
def view_of(qtbot: QtBot, session: Session) -> Callable[[str], ChainView]:
    def make(plan_id: str) -> ChainView:
        view = ChainView(session, plan_id)
        qtbot.addWidget(view)
        view.resize(700, 1000)
        view.show()
        return view

    return make


def texts(view: ChainView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def cells(view: ChainView) -> list[list[str]]:
    model = view.table.values_model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.row("C083", "C084")
def test_c084_the_chain_shows_every_plan_and_what_all_of_it_costs(
    chain: InstalmentPlan, view_of: Callable[[str], ChainView]
) -> None:
    view = view_of(chain.id)

    assert cells(view) == [
        ["Bill", "CN¥600.00", "6", "CN¥105.00", "CN¥10.00", "10 Mar 2027"],
        ["Again", "CN¥400.00", "8", "CN¥54.00", "CN¥32.00", "10 Jul 2027"],
    ]
    assert view.cost.accessibleName() == (
        "Fees and interest of the whole chain: CN¥42.00. "
        "CN¥10.00 due by today, CN¥32.00 still to come, until 10 Jul 2027"
    )
    assert "It began with: Bill of 1 Sept 2026" in texts(view)
    assert (
        "Again, 10 Dec 2026 instead of Bill, 10 Oct 2026. The month got lower by CN¥51.00. In all it costs "
        "CN¥12.00 more."
    ) in texts(view)
    assert view.cost.answer() is not None


@pytest.mark.row("C083")
def test_c083_the_three_meanings_stand_with_their_rule_and_its_source(
    chain: InstalmentPlan, view_of: Callable[[str], ChainView]
) -> None:
    view = view_of(chain.id)

    assert [part.chevron.accessibleName() for part in view.meanings.values()] == [
        (
            "A second plan after the first has ended: Not now. "
            "The plan still runs: this is meant for the time after its last instalment."
        ),
        "A running plan split anew in the app: Unclear: ask the lender",
        (
            "A negotiated plan for overdue debt: Not now. "
            "Nothing of the plan is overdue: this is meant for debt that is."
        ),
    ]
    assert "Banks may not do it" not in texts(view)
    view.meanings[Reinstalment.RUNNING].chevron.click()
    assert "Banks may not do it" in texts(view)
    assert "The sources disagree whether this lender allows it." in texts(view)
    assert "a page" in texts(view)


@pytest.mark.row("C084")
def test_c084_one_more_plan_is_warned_of_calmly_with_the_numbers(
    chain: InstalmentPlan, view_of: Callable[[str], ChainView]
) -> None:
    view = view_of(chain.id)
    assert not view.outcome.isVisible()

    QTest.keyClicks(view.count.edit, "10")
    assert not view.problem.isVisible()
    QTest.keyClicks(view.fee.edit, "0.9")

    # 400 over 10: 40 + 3.60, 36.00 of fees instead of 32.00.
    assert view.outcome.text() == (
        "The month gets lower by CN¥10.40. In all it costs CN¥4.00 more. It ends on 10 Sept 2027 instead of "
        "10 Jul 2027. That helps for a while; what is owed stays the same."
    )
    assert view.outcome.answer() is not None
    QTest.keyClicks(view.count.edit, "00")
    assert view.problem.isVisible()
    assert not view.outcome.isVisible()


def test_a_plan_that_is_over_offers_no_further_split(
    session: Session, owner: Account, view_of: Callable[[str], ChainView]
) -> None:
    over = plan(session, owner, "Over", rows(date(2026, 12, 10), 1, "100", "5"))
    with session.store.transaction():
        pay(session.store, Payment(owner.id, yuan("105"), session.today, aimed_at=over.rows[0].id))
    view = view_of(over.id)

    assert not view.count.isVisible()
    assert view.cost.accessibleName().startswith("Fees and interest of the plan: CN¥5.00.")
    assert view.meanings[Reinstalment.AFTER_END].chevron.accessibleName().endswith("Allowed")


def test_what_falls_due_today_alone_cannot_be_split_and_that_is_said(
    session: Session, owner: Account, view_of: Callable[[str], ChainView]
) -> None:
    due = plan(session, owner, "Due", rows(session.today, 1, "100", "5"))
    view = view_of(due.id)

    QTest.keyClicks(view.count.edit, "3")
    QTest.keyClicks(view.fee.edit, "1")

    assert view.problem.text() == "Nothing of this plan falls due after 22 Nov 2026."


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_it_goes_on_in_another_language_as_it_was(
    chain: InstalmentPlan, view_of: Callable[[str], ChainView], language: str
) -> None:
    view = view_of(chain.id)
    view.meanings[Reinstalment.RUNNING].chevron.click()
    QTest.keyClicks(view.count.edit, "10")
    QTest.keyClicks(view.fee.edit, "0.9")

    i18n.use(language)
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))

    assert view.meanings[Reinstalment.RUNNING].is_open
    assert not view.meanings[Reinstalment.OVERDUE].is_open
    assert i18n.show(yuan("10.40")) in view.outcome.text()
    assert i18n.show(yuan("42")) in view.cost.accessibleName()
