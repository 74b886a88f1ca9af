from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.dates import Cycle, FixedDay, Mode, Shift
from planner.domain.due import Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.ledger import Ledger, by_date, covered_by, dues_of, moved_into_plans, rows_left
from planner.domain.money import Money
from planner.domain.purchase import Purchase, Refund
from planner.domain.refunded import Held
from planner.phrases import Phrase

# Bills of the 16th are due on the 25th; what is bought on the 16th itself is on the next bill.
ACCOUNT = Account("Card", "Bank", "CNY", cycle=Cycle(Mode.BILL, 16, FixedDay(25)), id="account")
BY_ORDER = replace(ACCOUNT, cycle=Cycle(Mode.ORDER, None, FixedDay(25)))
UNKNOWN = replace(ACCOUNT, cycle=Cycle())
STATEMENT, DUE = date(2026, 3, 16), date(2026, 3, 25)


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def line(amount: int, kind: LineKind = LineKind.PURCHASE, refers_to: str = "") -> BillLine:
    return BillLine(kind, yuan(amount), refers_to)


def bill(*lines: BillLine, named: str = "bill", on: date = STATEMENT, minimum: int = 0) -> Bill:
    due_on = on.replace(day=25)
    return Bill("account", on, due_on, lines, yuan(minimum) if minimum else None, id=named)


def stated(amount: int, named: str = "bill", on: date = STATEMENT) -> Bill:
    return bill(line(amount, LineKind.UNITEMISED), named=named, on=on)


def bought(amount: int, on: date = date(2026, 3, 1), named: str = "purchase", shop: str = "Shop") -> Purchase:
    return Purchase("account", yuan(amount), on, shop, id=named)


def row(number: int, month: int, principal: int, fee: int = 0, interest: int = 0) -> Instalment:
    due_on = date(2026, month, 25)
    return Instalment(number, due_on, yuan(principal), yuan(fee), yuan(interest), f"row-{number}")


def plan(
    *rows: Instalment, origin: OriginKind = OriginKind.NONE, origin_id: str = "", named: str = "plan"
) -> InstalmentPlan:
    principal = Money(sum(each.principal.minor for each in rows), "CNY")
    return InstalmentPlan("account", "Phone", principal, rows, 12, origin, origin_id, id=named)


def parts(**amounts: int) -> dict[LineKind, Money]:
    """Every part a bill may have, those not named being nothing."""
    kinds = (LineKind.PENALTY, LineKind.FEE, LineKind.INTEREST, LineKind.PURCHASE, LineKind.ADJUSTMENT)
    return {kind: yuan(amounts.get(kind.value, 0)) for kind in kinds}


# --- bills -------------------------------------------------------------------------------------------


def test_a_bill_is_one_due_with_the_parts_of_its_lines() -> None:
    held = bill(
        line(10),
        line(20, LineKind.INSTALMENT),
        line(30, LineKind.CARRIED),
        line(4, LineKind.FEE),
        line(3, LineKind.INTEREST),
        line(2, LineKind.PENALTY),
        line(-5, LineKind.REFUND),
        line(1, LineKind.ADJUSTMENT),
        minimum=7,
    )

    assert dues_of(Ledger(ACCOUNT, bills=[held])) == [
        Due(
            DueKind.BILL,
            "bill",
            "account",
            Phrase("Bill of {date}", date=STATEMENT),
            DUE,
            parts(purchase=55, fee=4, interest=3, penalty=2, adjustment=1),
            minimum=yuan(7),
        )
    ]


def test_a_bill_that_states_an_amount_knows_of_the_payments_before_its_day() -> None:
    (due,) = dues_of(Ledger(ACCOUNT, bills=[stated(50)]))

    assert due.known_on == date(2026, 3, 15)
    assert due.parts == parts(purchase=50)


def test_a_credit_that_is_not_itemised_is_no_amount_that_was_stated() -> None:
    (due,) = dues_of(Ledger(ACCOUNT, bills=[bill(line(9), line(-5, LineKind.UNITEMISED))]))

    assert due.known_on is None
    assert due.amount == yuan(4)


def test_a_bill_that_a_newer_one_carries_is_closed_on_the_day_of_the_newer_statement() -> None:
    newer = date(2026, 4, 16)
    old, new = dues_of(
        Ledger(
            ACCOUNT,
            bills=[bill(line(9)), bill(line(9, LineKind.CARRIED, "bill"), named="new", on=newer)],
        )
    )

    assert (old.closed_on, new.closed_on) == (newer, None)


def test_corrections_of_a_bill_are_added_to_it_and_to_no_other() -> None:
    corrections = [
        Adjustment("account", yuan(3), yuan(3), DUE, bill_id="bill", id="a"),
        Adjustment("account", yuan(-1), yuan(3), DUE, bill_id="bill", id="b"),
        Adjustment("account", yuan(8), yuan(8), DUE, bill_id="unknown", id="c"),
    ]
    first, second = dues_of(
        Ledger(ACCOUNT, bills=[bill(line(9)), bill(line(7), named="other")], adjustments=corrections)
    )

    assert first.parts == parts(purchase=9, adjustment=2)
    beside = bill(line(9), line(5, LineKind.ADJUSTMENT))
    (whole,) = dues_of(Ledger(ACCOUNT, bills=[beside], adjustments=corrections))
    assert whole.parts == parts(purchase=9, adjustment=7)
    assert second.parts == parts(purchase=7)


def test_a_plan_made_of_a_bill_takes_its_amount_and_its_minimum_with_it() -> None:
    plans = [plan(row(1, 6, 30), origin=OriginKind.BILL, origin_id="bill")]
    left, _ = dues_of(Ledger(ACCOUNT, bills=[bill(line(50), line(2, LineKind.FEE), minimum=9)], plans=plans))

    assert left.parts == parts(purchase=20, fee=2)
    assert left.minimum is None


def test_what_comes_to_nothing_is_no_due() -> None:
    assert dues_of(Ledger(ACCOUNT, bills=[bill(line(5), line(-5, LineKind.REFUND))])) == []


def test_dues_go_by_date_then_by_id_and_those_without_a_date_come_last() -> None:
    ledger = Ledger(
        UNKNOWN, [bought(5)], [bill(line(1), named="b"), bill(line(1), named="a")], [plan(row(1, 2, 9))]
    )

    dues = dues_of(ledger)

    assert [due.id for due in dues] == ["row-1", "a", "b", "purchase"]
    assert [by_date(due) for due in dues[2:]] == [(DUE, "b"), (date.max, "purchase")]


# --- plans -------------------------------------------------------------------------------------------


def test_a_row_is_a_due_with_its_principal_fee_and_interest() -> None:
    held = plan(row(3, 5, 100, 2, 1))

    assert dues_of(Ledger(ACCOUNT, plans=[held])) == [
        Due(
            DueKind.INSTALMENT,
            "row-3",
            "account",
            Phrase("{name}, instalment {number} of {count}", name="Phone", number=3, count=12),
            date(2026, 5, 25),
            {LineKind.PURCHASE: yuan(100), LineKind.FEE: yuan(2), LineKind.INTEREST: yuan(1)},
            plan_id="plan",
        )
    ]


@pytest.mark.parametrize("origin", [OriginKind.PURCHASE, OriginKind.BILL, OriginKind.PLAN])
def test_what_moved_into_plans_is_the_principal_of_all_plans_made_of_a_thing(origin: OriginKind) -> None:
    plans = [
        plan(row(1, 4, 30), row(2, 5, 30), origin=origin, origin_id="one"),
        plan(row(1, 4, 5), origin=origin, origin_id="two"),
        plan(row(1, 4, 4), origin=origin, origin_id="one"),
        plan(row(1, 4, 90), origin=OriginKind.AGREEMENT, origin_id="one"),
        plan(row(1, 4, 90), origin=origin),
    ]

    assert moved_into_plans(plans) == {"one": yuan(64), "two": yuan(5)}


@pytest.mark.parametrize(
    ("moved", "left"),
    [
        (None, [(1, 30, 3), (2, 30, 2), (3, 30, 1)]),
        (29, [(1, 30, 3), (2, 30, 2), (3, 1, 1)]),
        (30, [(1, 30, 3), (2, 30, 2)]),
        (31, [(1, 30, 3), (2, 29, 2)]),
        (90, []),
    ],
)
def test_a_plan_made_of_another_takes_over_its_last_rows_first_each_with_its_fee(
    moved: int | None, left: list[tuple[int, int, int]]
) -> None:
    rows = (row(1, 4, 30, 3), row(2, 5, 30, 2), row(3, 6, 30, 1))

    kept = rows_left(plan(*rows), Held(()), None if moved is None else yuan(moved))

    assert [(each.number, each.principal, each.fee) for each in kept] == [
        (number, yuan(principal), yuan(fee)) for number, principal, fee in left
    ]


def test_a_row_of_a_fee_alone_stays_and_those_that_bills_hold_go_though_they_count() -> None:
    rows = (row(1, 4, 30), row(2, 5, 0, 7), row(3, 6, 30))
    held = Held([bill(line(30, LineKind.INSTALMENT, "row-3"))])

    assert rows_left(plan(*rows), held, None) == rows[:2]
    assert rows_left(plan(*rows), held, yuan(30)) == rows[:2]
    assert rows_left(plan(*rows), held, yuan(40)) == (replace(rows[0], principal=yuan(20)), rows[1])


def test_a_plan_made_of_a_plan_is_due_beside_what_is_left_of_it() -> None:
    old = plan(row(1, 4, 30), row(2, 5, 30))
    new = replace(
        plan(replace(row(1, 9, 40), id="new"), origin=OriginKind.PLAN, origin_id="plan"), id="newer"
    )

    dues = dues_of(Ledger(ACCOUNT, plans=[old, new]))

    assert [(due.id, due.amount) for due in dues] == [("row-1", yuan(20)), ("new", yuan(40))]


# --- what no bill holds ------------------------------------------------------------------------------


def test_a_purchase_is_due_by_the_cycle_under_the_name_of_its_shop() -> None:
    typed = bought(40)
    from_file = replace(bought(50, named="row", shop=""), source_key="file/1")

    assert dues_of(Ledger(ACCOUNT, [typed, from_file])) == [
        Due(
            DueKind.PURCHASE,
            "purchase",
            "account",
            Phrase("Shop"),
            DUE,
            {LineKind.PURCHASE: yuan(40)},
            projected=True,
        ),
        Due(
            DueKind.PURCHASE,
            "row",
            "account",
            Phrase("Purchase of {date}", date=date(2026, 3, 1)),
            DUE,
            {LineKind.PURCHASE: yuan(50)},
            projected=True,
            is_imported=True,
        ),
    ]


def test_by_order_a_purchase_is_due_by_itself_and_without_a_cycle_on_no_known_day() -> None:
    (by_order,) = dues_of(Ledger(BY_ORDER, [bought(40)]))
    (unknown,) = dues_of(Ledger(UNKNOWN, [bought(40)]))

    assert (by_order.projected, by_order.doubt) == (False, None)
    assert (unknown.due_on, unknown.doubt) == (None, None)


def test_a_date_in_a_year_whose_calendar_is_not_published_is_in_doubt() -> None:
    moving = replace(ACCOUNT, cycle=replace(ACCOUNT.cycle, shift=Shift.NEXT))
    calendar = BusinessCalendar("CN", {2025: CalendarYear(frozenset(), frozenset())})
    up = Adjustment("account", yuan(4), yuan(4), date(2026, 3, 1), id="up")

    purchase, correction = dues_of(Ledger(moving, [bought(40)], adjustments=[up], calendar=calendar))

    assert {purchase.id, correction.id} == {"purchase", "up"}
    assert purchase.doubt is not None
    assert correction.doubt == purchase.doubt


def test_a_purchase_is_due_for_what_was_kept_and_did_not_move_into_a_plan() -> None:
    back = (Refund(yuan(7), date(2026, 3, 2)),)
    moved = plan(row(1, 9, 30), origin=OriginKind.PURCHASE, origin_id="purchase")
    purchase = replace(bought(40), refunds=back)

    def left(amount: int) -> dict[str, Money]:
        ledger = Ledger(ACCOUNT, [replace(purchase, amount=yuan(amount))], plans=[moved])
        return {due.id: due.amount for due in dues_of(ledger)}

    assert left(40) == {"purchase": yuan(3), "row-1": yuan(30)}
    assert left(37) == {"row-1": yuan(30)}
    assert left(36) == {"row-1": yuan(30)}


def test_one_purchase_that_is_not_due_does_not_end_the_list() -> None:
    held = bill(line(5, refers_to="first"))
    dues = dues_of(Ledger(ACCOUNT, [bought(5, named="first"), bought(6, named="second")], [held]))

    assert {due.id for due in dues} == {"bill", "second"}


def test_a_charge_is_due_on_the_day_it_was_posted_under_its_note() -> None:
    posted = date(2026, 3, 3)
    charges = [
        Charge("account", LineKind.INTEREST, yuan(3), posted, id="a"),
        Charge("account", LineKind.FEE, yuan(2), posted, "Reminder", id="b"),
    ]

    assert dues_of(Ledger(ACCOUNT, charges=charges)) == [
        Due(
            DueKind.CHARGE,
            "a",
            "account",
            Phrase("Charge of {date}", date=posted),
            posted,
            {LineKind.INTEREST: yuan(3)},
        ),
        Due(DueKind.CHARGE, "b", "account", Phrase("Reminder"), posted, {LineKind.FEE: yuan(2)}),
    ]


def test_what_the_app_says_more_is_due_like_a_purchase_and_what_it_says_less_that_day() -> None:
    said = date(2026, 3, 3)
    up = Adjustment("account", yuan(3), yuan(3), said, id="up")
    down = Adjustment("account", yuan(-3), yuan(3), said, id="down")

    assert dues_of(Ledger(ACCOUNT, adjustments=[up, down])) == [
        Due(
            DueKind.ADJUSTMENT,
            "down",
            "account",
            Phrase("Correction of {date}", date=said),
            said,
            {LineKind.ADJUSTMENT: yuan(-3)},
            known_on=said,
        ),
        Due(
            DueKind.ADJUSTMENT,
            "up",
            "account",
            Phrase("Correction of {date}", date=said),
            DUE,
            {LineKind.ADJUSTMENT: yuan(3)},
            projected=True,
            known_on=said,
        ),
    ]


def test_a_correction_that_a_bill_holds_does_not_hide_the_next_and_no_cycle_means_no_day() -> None:
    first = Adjustment("account", yuan(3), yuan(3), date(2026, 3, 3), id="first")
    second = replace(first, id="second")
    held = bill(line(3, LineKind.ADJUSTMENT, "first"))

    dues = dues_of(Ledger(UNKNOWN, bills=[held], adjustments=[first, second]))

    assert [(due.id, due.due_on, due.doubt) for due in dues] == [("bill", DUE, None), ("second", None, None)]


# --- purchases that the stated amount of a bill covers ------------------------------------------------


def covered(purchases: list[Purchase], bills: list[Bill], account: Account = ACCOUNT) -> dict[str, str]:
    found = covered_by(Ledger(account, purchases, bills), Held(bills))
    return {purchase_id: found[purchase_id].id for purchase_id in found}


def test_a_purchase_of_the_month_is_in_the_stated_amount_as_far_as_it_fits() -> None:
    assert covered([bought(50)], [stated(50)]) == {"purchase": "bill"}
    assert covered([bought(51)], [stated(50)]) == {}
    assert covered([bought(50)], [bill(line(50))]) == {}
    # The oldest first, then by id; a smaller one may still fit where a larger one did not.
    many = [
        bought(20, date(2026, 3, 4), "late"),
        bought(20, date(2026, 3, 2), "b"),
        bought(30, date(2026, 3, 2), "a"),
        bought(10, date(2026, 3, 5), "last"),
    ]
    assert covered(many, [stated(60)]) == {"a": "bill", "b": "bill", "last": "bill"}


@pytest.mark.parametrize(
    ("bought_on", "is_in"),
    [
        (date(2026, 2, 15), False),
        (date(2026, 2, 16), True),
        (date(2026, 3, 15), True),
        (date(2026, 3, 16), False),
    ],
)
def test_the_month_of_a_bill_is_from_one_statement_to_the_next(bought_on: date, *, is_in: bool) -> None:
    assert bool(covered([bought(50, bought_on)], [stated(50)])) is is_in
    assert bool(covered([bought(50, bought_on)], [stated(50)], UNKNOWN)) is is_in


def test_a_month_that_ends_on_a_short_one_does_not_begin_before_the_end_of_the_longer_one() -> None:
    at_the_end = replace(ACCOUNT, cycle=replace(ACCOUNT.cycle, statement_day=31))
    february = replace(stated(50), statement_on=date(2026, 2, 28))

    assert covered([bought(50, date(2026, 1, 30))], [february], at_the_end) == {}
    assert covered([bought(50, date(2026, 1, 31))], [february], at_the_end) == {"purchase": "bill"}


def test_where_a_purchase_of_the_statement_day_is_still_in_its_bill_it_is_covered_by_it() -> None:
    late_close = replace(ACCOUNT, cycle=replace(ACCOUNT.cycle, closes_after=True))

    assert covered([bought(50, STATEMENT)], [stated(50)], late_close) == {"purchase": "bill"}
    assert covered([bought(50, date(2026, 2, 16))], [stated(50)], late_close) == {}


def test_the_smallest_amount_of_all_is_due_like_any_other() -> None:
    fen = Money(1, "CNY")
    up = Adjustment("account", fen, fen, date(2026, 3, 3), id="up")

    dues = dues_of(Ledger(ACCOUNT, [replace(bought(1), amount=fen)], adjustments=[up]))

    assert [(due.id, due.amount, due.due_on, due.projected) for due in dues] == [
        ("purchase", fen, DUE, True),
        ("up", fen, DUE, True),
    ]


def test_without_a_statement_amount_or_by_order_nothing_is_covered() -> None:
    assert covered([bought(50)], []) == {}
    assert covered([bought(50)], [stated(50)], BY_ORDER) == {}


def test_a_purchase_that_a_bill_holds_is_not_covered_but_the_next_one_is() -> None:
    holding = bill(line(5, refers_to="held"), named="other", on=date(2026, 6, 16))

    found = covered([bought(5, date(2026, 3, 1), "held"), bought(5, date(2026, 3, 2))], [stated(50), holding])

    assert found == {"purchase": "bill"}


def test_a_purchase_is_covered_once_by_the_first_bill_with_room() -> None:
    bills = [stated(10, "small"), stated(50, "first"), stated(50, "second")]

    assert covered([bought(50)], bills) == {"purchase": "first"}
    assert covered([bought(50), bought(50, named="q")], bills) == {"purchase": "first", "q": "second"}


def test_what_is_covered_is_not_due_beside_its_bill() -> None:
    dues = dues_of(Ledger(ACCOUNT, [bought(5)], [stated(50)]))

    assert [(due.id, due.amount) for due in dues] == [("bill", yuan(50))]
