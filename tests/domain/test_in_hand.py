from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.derivation import Given
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.ledger import Ledger, dues_of
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import InHand, Position, allocate, money_in_hand, position
from planner.domain.purchase import Purchase, Refund
from planner.domain.refunded import Held, Returned, all_returned
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase
from tests.domain.telling import rule

ACCOUNT = Account("Card", "Bank", "CNY", cycle=Cycle(Mode.BILL, 16, FixedDay(25)), id="account")
STATEMENT, DUE, TODAY = date(2026, 3, 16), date(2026, 3, 25), date(2026, 5, 1)


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def bill(*lines: BillLine, named: str = "bill", on: date = STATEMENT) -> Bill:
    return Bill("account", on, on.replace(day=25), lines, id=named)


def for_purchase(amount: int) -> BillLine:
    return BillLine(LineKind.PURCHASE, yuan(amount), "purchase")


def bought(amount: int, *refunds: Refund) -> Purchase:
    return Purchase("account", yuan(amount), date(2026, 3, 1), "Shop", refunds=refunds, id="purchase")


def back(amount: int, on: date, named: str = "back", source_key: str = "") -> Refund:
    return Refund(yuan(amount), on, source_key, named)


def paid(amount: int, on: date, named: str = "paid", aimed_at: str = "", source_key: str = "") -> Payment:
    return Payment("account", yuan(amount), on, aimed_at=aimed_at, source_key=source_key, id=named)


def in_hand(ledger: Ledger, on: date = TODAY) -> list[InHand]:
    return money_in_hand(ledger, dues_of(ledger), on)


def due(named: str, amount: int = 10, day: int = 25, **more: object) -> Due:
    """A bill of March, with whatever other fields a test names."""
    parts = {LineKind.PURCHASE: yuan(amount)}
    plain = Due(DueKind.BILL, named, "account", Phrase("Bill"), date(2026, 3, day), parts)
    return replace(plain, **more)  # type: ignore[arg-type]


def hand(amount: int, day: int = 20, named: str = "paid", aimed_at: str = "") -> InHand:
    return InHand(date(2026, 3, day), named, yuan(amount), aimed_at)


# --- what is in hand ---------------------------------------------------------------------------------


def test_payments_are_in_hand_from_their_day_on_in_the_order_of_their_days() -> None:
    payments = [
        paid(3, DUE, "b", "bill"),
        paid(4, DUE, "a", source_key="file/1"),
        paid(5, date(2026, 3, 24), "c"),
        paid(6, date(2026, 3, 26), "d"),
    ]

    assert in_hand(Ledger(ACCOUNT, payments=payments), DUE) == [
        InHand(date(2026, 3, 24), "c", yuan(5)),
        InHand(DUE, "a", yuan(4), is_imported=True),
        InHand(DUE, "b", yuan(3), "bill"),
    ]


def test_what_came_back_of_a_purchase_on_a_bill_is_in_hand_for_that_bill() -> None:
    refunds = (back(2, date(2026, 4, 2), "typed"), back(1, date(2026, 4, 3), "read", "file/1"))

    assert in_hand(Ledger(ACCOUNT, [bought(9, *refunds)], [bill(for_purchase(9))])) == [
        InHand(date(2026, 4, 2), "typed", yuan(2), "bill", is_refund=True),
        InHand(date(2026, 4, 3), "read", yuan(1), "bill", is_refund=True, is_imported=True),
    ]


def test_what_came_back_of_a_purchase_in_a_stated_amount_is_in_hand_from_the_statement_on() -> None:
    refunds = (
        back(1, date(2026, 3, 15), "before"),
        back(2, STATEMENT, "that day"),
        back(3, date(2026, 3, 17), "read", "file/1"),
        back(4, date(2026, 3, 18), "held"),
    )
    stated = bill(BillLine(LineKind.UNITEMISED, yuan(50)))
    later = bill(BillLine(LineKind.REFUND, yuan(-4), "held"), named="later", on=date(2026, 4, 16))

    found = in_hand(Ledger(ACCOUNT, [bought(50, *refunds)], [stated, later]), STATEMENT)

    assert found == [
        InHand(STATEMENT, "that day", yuan(2), "bill", is_refund=True),
        # The bill of April is a credit.
        InHand(date(2026, 4, 25), "later", yuan(4)),
    ]
    all_found = in_hand(Ledger(ACCOUNT, [bought(50, *refunds)], [stated]))
    assert [(part.id, part.is_imported) for part in all_found] == [
        ("that day", False),
        ("read", True),
        ("held", False),
    ]


def test_a_correction_downwards_is_in_hand_from_its_day_on_and_one_up_is_not() -> None:
    down = Adjustment("account", yuan(-3), yuan(3), DUE, id="down")
    up = Adjustment("account", yuan(3), yuan(3), DUE, id="up")

    assert in_hand(Ledger(ACCOUNT, adjustments=[down, up])) == [InHand(DUE, "down", yuan(3))]


def test_a_credit_whose_rest_a_newer_bill_carries_is_not_in_hand_and_one_without_a_date_at_once() -> None:
    carried, free = due("carried", -5, closed_on=DUE), due("free", -4, due_on=None)
    nothing = due("nothing", 0)

    assert money_in_hand(Ledger(ACCOUNT), [carried, free, nothing], TODAY) == [
        InHand(date.min, "free", yuan(4))
    ]


def test_a_part_of_what_is_in_hand_says_what_it_is() -> None:
    part = hand(9)
    text = Phrase("Payment or correction of {date}: left of {amount}", date=part.on, amount=yuan(9))
    refund = Phrase("Refund of {date}: left of {amount}", date=part.on, amount=yuan(9))

    assert part.left_of(yuan(4)) == Given(text, yuan(4))
    assert replace(part, is_imported=True).left_of(yuan(4)) == Given(text, yuan(4), IMPORTED)
    assert replace(part, is_refund=True).left_of(yuan(4)) == Given(refund, yuan(4))


# --- where it goes -----------------------------------------------------------------------------------


def got(dues: list[Due], *hands: InHand) -> tuple[dict[str, list[tuple[str, int]]], list[tuple[str, int]]]:
    """What each due got of what, and what was left over of what, in whole units."""
    paid_dues, left = allocate(dues, hands, "CNY")
    return (
        {each.id: [(part.payment_id, part.amount.minor // 100) for part in each.paid] for each in paid_dues},
        [(part.id, amount.minor // 100) for part, amount in left],
    )


def test_money_goes_to_the_oldest_due_first_and_what_no_due_took_is_left() -> None:
    dues = [due("a"), due("b", day=26)]

    assert got(dues) == ({"a": [], "b": []}, [])
    assert got(dues, hand(9)) == ({"a": [("paid", 9)], "b": []}, [])
    assert got(dues, hand(10)) == ({"a": [("paid", 10)], "b": []}, [])
    assert got(dues, hand(13), hand(2, named="next")) == (
        {"a": [("paid", 10)], "b": [("paid", 3), ("next", 2)]},
        [],
    )
    assert got(dues, hand(21), hand(2, named="next")) == (
        {"a": [("paid", 10)], "b": [("paid", 10)]},
        [("paid", 1), ("next", 2)],
    )


def test_what_a_due_got_says_when_and_whether_it_came_back_or_from_a_file() -> None:
    refund = replace(hand(4), is_refund=True)
    read = replace(hand(3, 21, "read"), is_imported=True)

    (only,), left = allocate([due("a")], [refund, read], "CNY")

    assert only.paid == (
        Allocation("paid", date(2026, 3, 20), yuan(4), is_refund=True),
        Allocation("read", date(2026, 3, 21), yuan(3), is_imported=True),
    )
    assert left == []


def test_money_that_is_aimed_goes_there_first_and_on_to_the_oldest() -> None:
    dues = [due("a"), due("b", day=26)]

    assert got(dues, hand(12, aimed_at="b")) == ({"a": [("paid", 2)], "b": [("paid", 10)]}, [])
    assert got(dues, hand(12, aimed_at="gone")) == ({"a": [("paid", 10)], "b": [("paid", 2)]}, [])
    assert got(dues, hand(9, aimed_at="b"), hand(12, 21, "next")) == (
        {"a": [("next", 10)], "b": [("paid", 9), ("next", 1)]},
        [("next", 1)],
    )


def test_a_settled_due_in_between_is_passed_over() -> None:
    dues = [due("a"), due("b", day=26), due("c", day=27)]

    assert got(dues, hand(10, aimed_at="b"), hand(10, 21, "x"), hand(4, 22, "y")) == (
        {"a": [("x", 10)], "b": [("paid", 10)], "c": [("y", 4)]},
        [],
    )


def test_a_due_whose_rest_was_carried_takes_nothing_after_that_day() -> None:
    dues = [due("a", closed_on=date(2026, 3, 20)), due("b", day=26)]

    assert got(dues, hand(4, 20)) == ({"a": [("paid", 4)], "b": []}, [])
    assert got(dues, hand(4, 21)) == ({"a": [], "b": [("paid", 4)]}, [])


def test_a_file_of_the_past_pays_no_stated_bill_unless_it_is_aimed_at_it_or_came_back() -> None:
    dues = [due("a", known_on=date(2026, 3, 20)), due("b", day=26)]
    read = replace(hand(4), is_imported=True)

    assert got(dues, hand(4)) == ({"a": [("paid", 4)], "b": []}, [])
    assert got(dues, read) == ({"a": [], "b": [("paid", 4)]}, [])
    assert got(dues, replace(read, is_refund=True)) == ({"a": [("paid", 4)], "b": []}, [])
    assert got(dues, replace(read, aimed_at="a")) == ({"a": [("paid", 4)], "b": []}, [])


def test_credits_are_no_dues_that_money_goes_to_and_are_not_shown_beside_them() -> None:
    assert got([due("a", -5), due("b", 0), due("c", 1)], hand(9)) == ({"c": [("paid", 1)]}, [("paid", 8)])


def test_a_position_holds_all_accounts_by_date_and_what_each_has_left_over() -> None:
    other = replace(ACCOUNT, id="other")
    first = Ledger(
        ACCOUNT,
        bills=[bill(BillLine(LineKind.PURCHASE, yuan(5)))],
        payments=[paid(3, DUE, "x"), paid(4, DUE, "y")],
    )
    february = Bill("other", date(2026, 2, 16), date(2026, 2, 25), (for_purchase(7),), id="february")

    held = position((first, Ledger(other, bills=[february])), TODAY)

    assert held.on == TODAY
    assert [(each.id, each.open) for each in held.dues] == [("february", yuan(7)), ("bill", yuan(0))]
    assert held.credit == {"account": yuan(2)}
    assert held.left_over == {"account": [(InHand(DUE, "y", yuan(4)), yuan(2))]}


def test_the_part_of_one_account_and_of_some_days_can_be_taken_out() -> None:
    mine = [due("a"), due("b", day=26), due("c", day=27), due("nowhere", due_on=None)]
    rest: dict[str, Sequence[tuple[InHand, Money]]] = {
        "account": [(hand(9), yuan(2))],
        "other": [(hand(9), yuan(3))],
    }
    credit = {"account": yuan(2), "other": yuan(3)}
    held = Position(TODAY, (*mine, due("theirs", account_id="other")), credit, rest)

    part = held.of_account("account")

    assert part == Position(TODAY, tuple(mine), {"account": yuan(2)})
    assert part.left_over == {"account": rest["account"]}
    assert held.due("theirs") is held.dues[-1]
    assert part.due("theirs") is None
    days = [date(2026, 3, day) for day in (24, 25, 26, 27, 28)]
    assert [each.id for each in part.between(days[0], days[4])] == ["a", "b", "c"]
    assert [each.id for each in part.between(days[1], days[3])] == ["a", "b", "c"]
    assert [each.id for each in part.between(days[2], days[2])] == ["b"]


def test_what_was_paid_ahead_is_told_with_the_money_it_is_left_of() -> None:
    held = Position(TODAY, (), {"account": yuan(2)}, {"account": [(hand(9), yuan(2))]})

    made = held.made_credit("account")

    assert made is not None
    assert made.value == yuan(2)
    assert rule(made) == "Paid ahead = what no due took of the money that was paid or came back"
    assert made.derivation.given == (hand(9).left_of(yuan(2)),)
    assert held.made_credit("other") is None
    # Which money it is of may be unknown.
    alone = Position(TODAY, (), {"account": yuan(2)}).made_credit("account")
    assert alone is not None
    assert alone.derivation.given == ()


# --- what came back of what a bill holds ---------------------------------------------------------------


def returned(purchase: Purchase, *bills: Bill, moved: int | None = None) -> list[Returned]:
    return list(Held(bills).returned(purchase, None if moved is None else yuan(moved)))


def test_a_bill_that_asks_for_less_knew_of_the_oldest_refunds() -> None:
    refunds = (
        back(3, date(2026, 3, 20), "late"),
        back(2, date(2026, 3, 10), "b"),
        back(1, date(2026, 3, 10), "a"),
    )
    purchase = bought(20, *refunds)

    late = Returned("late", date(2026, 3, 20), yuan(3), "bill")
    of_b = Returned("b", STATEMENT, yuan(2), "bill")
    of_a = Returned("a", STATEMENT, yuan(1), "bill")
    assert returned(purchase, bill(for_purchase(20))) == [of_a, of_b, late]
    assert returned(purchase, bill(for_purchase(21))) == [of_a, of_b, late]
    assert returned(purchase, bill(for_purchase(19))) == [of_b, late]
    assert returned(purchase, bill(for_purchase(18))) == [replace(of_b, amount=yuan(1)), late]
    assert returned(purchase, bill(for_purchase(15))) == [replace(late, amount=yuan(1))]
    assert returned(purchase, bill(for_purchase(14))) == []
    # What moved into a plan is not what came back.
    assert returned(purchase, bill(for_purchase(18)), moved=2) == [of_a, of_b, late]
    assert returned(purchase, bill(for_purchase(18)), moved=1) == [of_b, late]


def test_a_purchase_on_two_bills_lowers_the_later_one_by_what_both_do_not_know_of() -> None:
    april = bill(for_purchase(8), named="april", on=date(2026, 4, 16))
    purchase = bought(20, back(5, date(2026, 3, 10)))

    assert returned(purchase, bill(for_purchase(9)), april) == [
        Returned("back", date(2026, 4, 16), yuan(2), "april")
    ]


def test_a_line_that_refers_to_nothing_does_not_hide_the_next() -> None:
    held = Held([bill(BillLine(LineKind.FEE, yuan(1)), for_purchase(9))])

    assert held.ids == {"purchase"}
    assert held.due_days(bought(9)) == [DUE]


def test_a_refund_with_a_line_of_its_own_is_in_that_line_alone() -> None:
    line = BillLine(LineKind.REFUND, yuan(-3), "back")
    purchase = bought(20, back(3, date(2026, 3, 10)), back(1, date(2026, 3, 11), "other"))
    held = Held([bill(for_purchase(20)), bill(line, named="april", on=date(2026, 4, 16))])

    assert held.left(purchase) == yuan(19)
    assert [each.refund_id for each in held.returned(purchase, None)] == ["other"]
    assert held.due_days(purchase) == [DUE, date(2026, 4, 25)]
    # On no bill itself, only by what came back of it.
    alone = Held([bill(line)])
    assert list(alone.returned(purchase, None)) == []
    assert alone.left(purchase) == yuan(19)


def test_what_came_back_of_all_purchases_is_told_with_what_moved_out_of_each() -> None:
    plain, refunded = replace(bought(20), id="plain"), bought(20, back(3, date(2026, 3, 20)))
    held = Held([bill(BillLine(LineKind.PURCHASE, yuan(20), "plain"), for_purchase(15))])

    assert all_returned([plain, refunded], held, {}) == []
    assert all_returned([plain, refunded], held, {"purchase": yuan(5)}) == [
        Returned("back", date(2026, 3, 20), yuan(3), "bill")
    ]
    row = Instalment(1, date(2026, 9, 25), yuan(5), yuan(0), yuan(0), "row")
    plan = InstalmentPlan("account", "P", yuan(5), (row,), 1, OriginKind.PURCHASE, "purchase")
    ledger = Ledger(ACCOUNT, [refunded], [bill(for_purchase(15))], [plan])
    assert [part.id for part in in_hand(ledger)] == ["back"]
