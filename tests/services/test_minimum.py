from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, LineKind
from planner.domain.dates import Cycle
from planner.domain.minimum.path import Fate
from planner.domain.money import Money
from planner.domain.offers.question import Question
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase
from planner.services.accounts import save_account
from planner.services.compare import question_of, typed_question
from planner.services.minimum import MinimumOutlook, minimum_outlook
from planner.store.store import Store

PAGE = Source("a page")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def terms(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, PAGE) for term, text in claims))


CARD = terms(
    (Term.MINIMUM_RULE, "cn_card"),
    (Term.MINIMUM, "0.10"),
    (Term.CARRY_RATE, "0.0005"),
    (Term.CARRY_FROM, "purchase"),
)
BAITIAO = terms(
    (Term.MINIMUM_RULE, "baitiao"),
    (Term.MINIMUM, "0.10"),
    (Term.CARRY_RATE, "0.0005"),
    (Term.CARRY_FROM, "due"),
)


def account(store: Store, known: Terms, currency: str = "CNY", **more: object) -> Account:
    found = Account("Card", "Bank", currency, terms=known, **more)  # type: ignore[arg-type]
    with store.transaction():
        return save_account(store, found)


def line(kind: LineKind, amount: str, refers_to: str = "", label: str = "") -> BillLine:
    return BillLine(kind, yuan(amount), refers_to, label)


def bill(
    store: Store,
    owner: Account,
    *lines: BillLine,
    statement_on: date = date(2026, 11, 5),
    due_on: date = date(2026, 11, 23),
    minimum: str | None = None,
) -> Bill:
    found = Bill(owner.id, statement_on, due_on, lines, yuan(minimum) if minimum else None)
    with store.transaction():
        store.bills.save(found)
    return found


def bought(store: Store, owner: Account, on: date, amount: str) -> Purchase:
    found = Purchase(owner.id, yuan(amount), on, "A shop")
    with store.transaction():
        store.purchases.save(found)
    return found


def pay(store: Store, owner: Account, amount: str, on: date, aimed_at: str = "") -> None:
    with store.transaction():
        store.payments.save(Payment(owner.id, yuan(amount), on, aimed_at=aimed_at))


def outlook(store: Store, found: Bill, today: date) -> MinimumOutlook:
    due = store.ledgers.position(today).due(found.id)
    assert due is not None
    return minimum_outlook(store, question_of(store, due, today), today)


def by_rule(found: MinimumOutlook) -> Span[Money]:
    assert found.by_rule.amount is not None
    return found.by_rule.amount.value


def words(phrases: tuple[Phrase, ...]) -> list[str]:
    return [str(phrase) for phrase in phrases]


# --- A recorded bill -------------------------------------------------------------------------------


def test_the_minimum_by_the_rule_stands_beside_what_the_statement_says(store: Store, today: date) -> None:
    owner = account(store, CARD)
    amounts = {LineKind.PURCHASE: "8000.00", LineKind.INSTALMENT: "300.00", LineKind.INTEREST: "17.40"}
    first, second = ([line(*parts) for parts in amounts.items()] for _bill in range(2))
    same = outlook(store, bill(store, owner, *first, minimum="1117.40"), today)
    later = date(2026, 11, 6)
    other = outlook(store, bill(store, owner, *second, minimum="900.00", statement_on=later), today)

    assert by_rule(same) == Span.exactly(yuan("1117.40"))
    assert (same.stated, same.differs) == (yuan("1117.40"), False)
    assert (other.stated, other.differs) == (yuan("900.00"), True)
    assert other.cost.low is not None
    assert other.cost.low.first == yuan("900.00")


def test_without_a_stated_minimum_the_rule_makes_the_first_payment(store: Store, today: date) -> None:
    found = outlook(store, bill(store, account(store, BAITIAO), line(LineKind.PURCHASE, "1000.00")), today)

    assert (found.stated, found.differs) == (None, False)
    assert found.cost.low is not None
    assert (found.cost.low.first, found.cost.low.path.months) == (yuan("100.00"), 13)
    assert found.cost.low.path.interest == yuan("98.22")


def test_every_kind_of_line_counts_as_the_rule_has_it(store: Store, today: date) -> None:
    owner = account(store, CARD, limit=yuan("2000.00"))
    found = outlook(
        store,
        bill(
            store,
            owner,
            line(LineKind.PURCHASE, "2600.00"),
            line(LineKind.REFUND, "-100.00"),
            line(LineKind.INSTALMENT, "50.00"),
            line(LineKind.FEE, "3.00"),
            line(LineKind.PENALTY, "4.00"),
            line(LineKind.INTEREST, "5.00"),
        ),
        today,
    )

    # 500 over the limit, a tenth of the other 2000, and all else.
    assert by_rule(found) == Span.exactly(yuan("762.00"))


def test_what_is_not_itemised_leaves_a_range(store: Store, today: date) -> None:
    found = outlook(store, bill(store, account(store, CARD), line(LineKind.UNITEMISED, "1000.00")), today)

    assert by_rule(found) == Span(yuan("100.00"), yuan("1000.00"))
    assert "Not itemised: purchases at the low end, due in full at the high end." in words(found.assumed)
    assert found.cost.low is not None
    assert found.cost.low.first == yuan("100.00")


def test_a_correction_is_not_itemised_and_one_downwards_lowers_the_purchases(
    store: Store, today: date
) -> None:
    owner = account(store, CARD)
    more = bill(store, owner, line(LineKind.PURCHASE, "1000.00"))
    less = bill(store, owner, line(LineKind.PURCHASE, "1000.00"), statement_on=date(2026, 11, 6))
    with store.transaction():
        for found, amount, stated in ((more, "50.00", "1050.00"), (less, "-50.00", "950.00")):
            store.adjustments.save(
                Adjustment(owner.id, yuan(amount), yuan(stated), date(2026, 11, 10), bill_id=found.id)
            )

    assert by_rule(outlook(store, more, today)) == Span(yuan("105.00"), yuan("150.00"))
    assert by_rule(outlook(store, less, today)) == Span.exactly(yuan("95.00"))


def test_what_was_paid_counts_towards_the_minimum(store: Store, today: date) -> None:
    owner = account(store, BAITIAO)
    found = bill(store, owner, line(LineKind.PURCHASE, "1000.00"), minimum="100.00")
    pay(store, owner, "40.00", date(2026, 11, 10))

    result = outlook(store, found, today)

    assert result.stated == yuan("100.00")
    assert by_rule(result) == Span.exactly(yuan("100.00"))
    assert result.cost.low is not None
    assert (result.cost.low.first, result.cost.low.debt.amount) == (yuan("60.00"), yuan("960.00"))


def test_a_minimum_that_is_paid_asks_for_nothing_more_this_month(store: Store, today: date) -> None:
    owner = account(store, BAITIAO)
    stated = bill(store, owner, line(LineKind.PURCHASE, "1000.00"), minimum="100.00")
    pay(store, owner, "250.00", date(2026, 11, 10))

    found = outlook(store, stated, today)

    assert found.cost.low is not None
    assert (found.cost.low.first, found.cost.low.path.rows[0].left) == (yuan("0.00"), yuan("750.00"))


def previous(store: Store, owner: Account, minimum: str | None) -> Bill:
    return bill(
        store,
        owner,
        line(LineKind.PURCHASE, "1000.00"),
        statement_on=date(2026, 10, 5),
        due_on=date(2026, 10, 23),
        minimum=minimum,
    )


@pytest.mark.parametrize(
    ("paid", "carried", "by_baitiao", "by_card"),
    [("100.00", "900.00", "90.00", "90.00"), ("60.00", "940.00", "940.00", "130.00")],
)
def test_whether_the_last_minimum_was_paid_is_known_from_the_record(
    store: Store, today: date, paid: str, carried: str, by_baitiao: str, by_card: str
) -> None:
    for known, least in ((BAITIAO, by_baitiao), (CARD, by_card)):
        owner = account(store, known)
        before = previous(store, owner, "100.00")
        pay(store, owner, paid, date(2026, 10, 20), before.id)
        found = bill(store, owner, line(LineKind.CARRIED, carried, before.id))

        # A tenth of 900; else all of it, or the 40 that are unpaid and a tenth of the other 900.
        assert by_rule(outlook(store, found, today)) == Span.exactly(yuan(least))


def test_where_the_last_minimum_is_unknown_both_are_possible(store: Store, today: date) -> None:
    owner = account(store, BAITIAO)
    without = bill(store, owner, line(LineKind.CARRIED, "900.00"))
    before = previous(store, owner, None)
    unstated = bill(
        store, owner, line(LineKind.CARRIED, "1000.00", before.id), statement_on=date(2026, 11, 6)
    )

    assert by_rule(outlook(store, without, today)) == Span(yuan("90.00"), yuan("900.00"))
    assert by_rule(outlook(store, unstated, today)) == Span(yuan("100.00"), yuan("1000.00"))


# --- The lost interest-free time -------------------------------------------------------------------


def test_a_bill_of_purchases_tells_what_losing_the_free_time_costs(store: Store) -> None:
    """The example of a bank, with the dates of this autumn: 1000 x 24 days, and 900 x 12 days."""
    owner = account(store, CARD)
    shop = bought(store, owner, date(2026, 10, 30), "1000.00")
    found = outlook(
        store,
        bill(store, owner, line(LineKind.PURCHASE, "1000.00", shop.id, "A shop"), minimum="100.00"),
        date(2026, 11, 10),
    )

    assert found.lost is not None
    assert found.lost.statement_on == date(2026, 12, 5)
    assert found.lost.interest.value == Span.exactly(yuan("17.40"))
    derivation = found.lost.interest.derivation
    assert str(derivation.workings[0].text).startswith("A shop: 1000.00 CNY × ")
    assert [(str(given.label), str(given.value), given.source) for given in derivation.given] == [
        ("Charge a day", "0.0500 %/day", PAGE),
        ("Paid on 2026-11-23", "100.00 CNY", None),
    ]
    # What is lost up to the due date is on the second bill of the path.
    assert found.cost.low is not None
    assert found.cost.low.debt.lost == yuan("12.00")


def test_what_was_paid_before_the_due_date_shortens_it(store: Store, today: date) -> None:
    owner = account(store, CARD)
    shop = bought(store, owner, date(2026, 10, 30), "1000.00")
    found = bill(store, owner, line(LineKind.PURCHASE, "1000.00", shop.id), minimum="100.00")
    pay(store, owner, "400.00", date(2026, 11, 19))

    result = outlook(store, found, today)

    # 1000 for 20 days and 600 for 16: the minimum is paid.
    assert result.lost is not None
    assert result.lost.interest.value == Span.exactly(yuan("14.80"))
    assert "Payment of 2026-11-19" in [str(given.label) for given in result.lost.interest.derivation.given]


def test_what_bears_no_interest_is_paid_first(store: Store, today: date) -> None:
    owner = account(store, CARD)
    shop = bought(store, owner, date(2026, 10, 30), "1000.00")
    found = outlook(
        store,
        bill(
            store,
            owner,
            line(LineKind.PURCHASE, "1000.00", shop.id),
            line(LineKind.INSTALMENT, "200.00"),
            line(LineKind.FEE, "5.00"),
            minimum="305.00",
        ),
        today,
    )

    # Of the 305, 205 go to the instalment and the fee.
    assert found.lost is not None
    assert found.lost.interest.value == Span.exactly(yuan("17.40"))


def test_what_has_no_date_was_bought_within_a_month_and_what_was_carried_bears_interest_from_the_statement(
    store: Store, today: date
) -> None:
    owner = account(store, CARD)
    found = outlook(
        store,
        bill(
            store,
            owner,
            line(LineKind.UNITEMISED, "1000.00"),
            line(LineKind.CARRIED, "500.00"),
            minimum="1500.00",
        ),
        today,
    )

    # All is paid on the 23rd: 1000 for 18 to 49 days, 500 for 18.
    assert found.lost is not None
    assert found.cost.low is not None
    assert found.cost.high is not None
    assert found.lost.interest.value == Span(yuan("13.50"), yuan("29.00"))
    assert (found.cost.low.debt.lost, found.cost.high.debt.lost) == (yuan("13.50"), yuan("29.00"))


def test_purchases_that_are_not_recorded_were_made_within_the_month_and_refunds_count_from_the_statement(
    store: Store, today: date
) -> None:
    found = outlook(
        store,
        bill(
            store,
            account(store, CARD),
            line(LineKind.PURCHASE, "1000.00"),
            line(LineKind.REFUND, "-200.00"),
            minimum="800.00",
        ),
        today,
    )

    # 1000 for 0 to 31 days before the statement, 800 for the 18 days after it.
    assert found.lost is not None
    assert found.lost.interest.value == Span(yuan("7.20"), yuan("22.70"))


def test_a_corrected_bill_bears_interest_on_its_corrections_as_on_what_is_not_itemised(
    store: Store, today: date
) -> None:
    owner = account(store, CARD)
    found = outlook(store, bill(store, owner, line(LineKind.ADJUSTMENT, "1000.00"), minimum="1000.00"), today)

    assert found.lost is not None
    assert found.lost.interest.value == Span(yuan("9.00"), yuan("24.50"))


def test_the_next_statement_keeps_the_day_of_the_account(store: Store) -> None:
    owner = account(store, CARD, cycle=Cycle(statement_day=31))
    found = outlook(
        store,
        bill(
            store,
            owner,
            line(LineKind.PURCHASE, "1000.00"),
            statement_on=date(2026, 11, 30),
            due_on=date(2026, 12, 20),
            minimum="100.00",
        ),
        date(2026, 12, 1),
    )

    assert found.lost is not None
    assert found.lost.statement_on == date(2026, 12, 31)


def test_where_the_charge_runs_from_the_due_date_no_free_time_is_lost(store: Store, today: date) -> None:
    found = outlook(store, bill(store, account(store, BAITIAO), line(LineKind.PURCHASE, "1000.00")), today)

    assert found.lost is None


def test_a_bill_of_instalments_alone_has_no_free_time_to_lose(store: Store, today: date) -> None:
    owner = account(store, CARD)
    found = outlook(store, bill(store, owner, line(LineKind.INSTALMENT, "100.00"), minimum="50.00"), today)

    assert found.lost is None


def test_of_a_late_bill_nothing_is_said_about_the_free_time(store: Store) -> None:
    found = outlook(
        store,
        bill(store, account(store, CARD), line(LineKind.PURCHASE, "1000.00"), minimum="100.00"),
        date(2026, 11, 24),
    )

    assert found.question.is_late
    assert found.lost is None
    assert found.cost.low is not None
    assert words(found.assumed)[0] == "The due date has passed: what being late costs comes on top."


def test_where_nothing_can_be_said_a_late_bill_says_nothing_more(store: Store) -> None:
    late = bill(store, account(store, Terms()), line(LineKind.PURCHASE, "1000.00"), minimum="100.00")

    assert outlook(store, late, date(2026, 11, 24)).assumed == ()


# --- Amounts, and what has no minimum --------------------------------------------------------------


def test_a_typed_amount_is_a_bill_of_purchases(store: Store, today: date) -> None:
    owner = account(store, CARD)

    found = minimum_outlook(store, typed_question(yuan("1000.00"), owner, today, date(2026, 12, 12)), today)

    assert by_rule(found) == Span.exactly(yuan("100.00"))
    assert (found.stated, found.lost) == (None, None)
    # Bought between 12 November and today, 20 to 30 days before the due date.
    assert found.cost.low is not None
    assert found.cost.high is not None
    assert (found.cost.low.debt.lost, found.cost.high.debt.lost) == (yuan("10.00"), yuan("15.00"))


def test_an_amount_without_days_loses_nothing_that_is_known(store: Store, today: date) -> None:
    question = replace(typed_question(yuan("1000.00"), account(store, CARD), today), bought=None)

    found = minimum_outlook(store, question, today)

    assert found.cost.low is not None
    assert found.cost.low.debt.lost is None


def test_a_purchase_after_its_due_date_was_not_free_for_less_than_nothing(store: Store, today: date) -> None:
    question = replace(
        typed_question(yuan("1000.00"), account(store, CARD), today),
        first_due=date(2026, 11, 1),
        bought=Span(date(2026, 10, 22), date(2026, 11, 22)),
    )

    found = minimum_outlook(store, question, today)

    assert found.cost.low is not None
    assert found.cost.high is not None
    assert (found.cost.low.debt.lost, found.cost.high.debt.lost) == (None, yuan("5.00"))


def test_nobodys_terms_say_nothing(store: Store, today: date) -> None:
    found = minimum_outlook(store, typed_question(yuan("1000.00"), None, today), today)

    assert words(found.missing) == ["It is unknown whose terms count, and so is the minimum."]
    assert (found.by_rule.amount, found.cost.ends, found.stated) == (None, (), None)


def test_an_instalment_has_no_minimum(store: Store, today: date) -> None:
    question = replace(typed_question(yuan("100.00"), account(store, CARD), today), is_instalment=True)

    assert words(minimum_outlook(store, question, today).missing) == [
        "An instalment is due in full: it has no minimum."
    ]


def test_what_is_missing_is_said_once(store: Store, today: date) -> None:
    found = minimum_outlook(store, typed_question(yuan("1000.00"), account(store, Terms()), today), today)

    assert words(found.missing) == [
        "It is unknown how the minimum is made.",
        "It is unknown what part of the bill the minimum is.",
        "The charge on what is carried on is unknown.",
    ]


def test_what_is_taken_for_granted_is_said_once(store: Store, today: date) -> None:
    known = terms((Term.MINIMUM_RULE, "part_or_least"), (Term.MINIMUM, "0.02"), (Term.INTEREST_RATE, "0.18"))

    found = minimum_outlook(store, typed_question(yuan("1000.00"), account(store, known), today), today)

    assert words(found.assumed) == [
        "The least amount of the minimum is unknown: without one, the last small rests take long.",
        "Nothing new is bought, and each month has the same length.",
    ]


REVOLVING = terms(
    (Term.MINIMUM_RULE, "part_plus_interest"),
    (Term.MINIMUM, "0.01"),
    (Term.MINIMUM_LEAST, "15"),
    (Term.INTEREST_RATE, "0.18"),
)


@pytest.mark.parametrize(
    ("amount", "limit", "months"),
    [("2000.00", None, 36), ("3000.01", None, 60), ("2000.00", "5000.00", 60), ("4000.00", "3000.00", 60)],
)
def test_french_law_says_how_long_a_revolving_credit_may_take(
    store: Store, today: date, amount: str, limit: str | None, months: int
) -> None:
    most = Money.of(limit, "EUR") if limit else None
    owner = account(store, REVOLVING, "EUR", limit=most)

    found = minimum_outlook(store, typed_question(Money.of(amount, "EUR"), owner, today), today)

    assert found.most_months == months
    assert found.cost.low is not None
    assert found.cost.low.path.fate is Fate.CLEARS


def test_no_other_law_is_known_to(store: Store, today: date) -> None:
    euros = Money.of("2000.00", "EUR")
    belgian = account(store, REVOLVING, "EUR", country="BE")
    without_rate = account(store, terms((Term.MINIMUM_RULE, "part_of_bill")), "EUR")
    in_dollars = account(store, REVOLVING, "USD", country="FR")

    assert minimum_outlook(store, typed_question(euros, belgian, today), today).most_months is None
    assert minimum_outlook(store, typed_question(euros, without_rate, today), today).most_months is None
    dollars = typed_question(Money.of("2000.00", "USD"), in_dollars, today)
    assert minimum_outlook(store, dollars, today).most_months is None


def test_a_bill_that_is_not_recorded_is_taken_as_an_amount(store: Store, today: date) -> None:
    owner = account(store, CARD)
    question = Question(
        yuan("1000.00"),
        date(2026, 12, 23),
        owner,
        Phrase("A bill"),
        due_on=date(2026, 12, 23),
        statement_on=date(2026, 12, 5),
        minimum=yuan("130.00"),
    )

    found = minimum_outlook(store, question, today)

    assert found.stated == yuan("130.00")
    assert found.cost.low is not None
    assert found.cost.low.first == yuan("130.00")
    assert found.cost.low.reading.part == Decimal("0.10")


REVOLVING = terms(
    (Term.MINIMUM_RULE, "part_plus_interest"),
    (Term.MINIMUM, "0.01"),
    (Term.MINIMUM_LEAST, "15"),
    (Term.INTEREST_RATE, "0.21"),
)


def test_a_minimum_is_not_said_to_differ_where_its_interest_is_not_itemised(
    store: Store, today: date
) -> None:
    owner = account(store, REVOLVING, "EUR", country="FR")
    asked = replace(typed_question(Money.of(2000, "EUR"), owner, today), minimum=Money.of(60, "EUR"))

    found = minimum_outlook(store, asked, today)

    assert found.by_rule.amount is not None
    assert found.by_rule.amount.value == Span(Money.of("20.00", "EUR"), Money.of("55.00", "EUR"))
    assert not found.differs
    without = minimum_outlook(store, replace(asked, minimum=None), today)
    # The first minimum pays a part of the balance with its interest, and the interest: 1 % of 2,035 + 35.
    assert [end.first for end in without.cost.ends] == [Money.of("55.35", "EUR")]
