from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.apr import Convention
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, DaysAfter, Mode
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, SortBy, own_loan, own_offer
from planner.domain.offers.outcome import outcome
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase
from planner.services.accounts import account_from, save_account
from planner.services.compare import (
    Comparison,
    NothingToCompareError,
    card_of,
    comparison,
    cost_cards,
    may_be_compared,
    question_of,
    typed_question,
)
from planner.store.catalogue import product
from planner.store.store import Store


def baitiao(store: Store, cycle: Cycle | None = None) -> str:
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "白条")
    account = replace(account, cycle=cycle or account.cycle)
    with store.transaction():
        save_account(store, account)
    return account.id


def bill(store: Store, account_id: str, due_on: date, minimum: str | None = None) -> Bill:
    found = Bill(
        account_id,
        date(due_on.year, due_on.month, 1),
        due_on,
        (BillLine(LineKind.UNITEMISED, Money.of("1200.00", "CNY")),),
        minimum=Money.of(minimum, "CNY") if minimum else None,
    )
    with store.transaction():
        store.bills.save(found)
    return found


def compared(store: Store, due_id: str, today: date) -> Comparison:
    due = store.ledgers.position(today).due(due_id)
    assert due is not None
    return comparison(question_of(store, due, today), (), today)


def test_a_bill_is_compared_by_the_ways_of_its_account_and_its_stated_minimum(
    store: Store, today: date
) -> None:
    found = bill(store, baitiao(store), date(2026, 12, 10), "150.00")

    result = compared(store, found.id, today)

    kinds = {outcome.offer.kind for outcome in result.outcomes}
    assert kinds == {OfferKind.FULL, OfferKind.FLAT_FEE, OfferKind.PROMOTION, OfferKind.MINIMUM}
    minimum = next(outcome for outcome in result.outcomes if outcome.offer.kind is OfferKind.MINIMUM)
    assert minimum.low is not None
    assert minimum.low.rows[0].total == Money.of("150.00", "CNY")
    assert result.question.bought == Span(date(2026, 11, 1), date(2026, 12, 1))


@pytest.mark.row("C024")
def test_baitiao_is_offered_in_3_6_12_and_24_instalments(store: Store, today: date) -> None:
    result = compared(store, bill(store, baitiao(store), date(2026, 12, 10)).id, today)

    counts = {o.offer.count for o in result.outcomes if o.offer.kind is OfferKind.FLAT_FEE}
    assert counts == {3, 6, 12, 24}


def test_an_overdue_bill_is_settled_today_at_the_earliest(store: Store, today: date) -> None:
    result = compared(store, bill(store, baitiao(store), date(2026, 9, 10)).id, today)

    assert result.question.is_late
    assert all(outcome.is_late for outcome in result.outcomes)
    rows = [row for outcome in result.outcomes for end in outcome.ends for row in end.rows]
    assert min(row.due_on for row in rows) == today
    assert result.free_until is None


@pytest.mark.row("C046")
def test_a_bill_whose_minimum_was_paid_in_time_is_not_late(store: Store, today: date) -> None:
    account_id = baitiao(store)
    found = bill(store, account_id, date(2026, 11, 10), "120.00")
    with store.transaction():
        store.payments.save(Payment(account_id, Money.of("120.00", "CNY"), date(2026, 11, 9)))

    result = compared(store, found.id, today)

    assert not result.question.is_late
    assert result.question.amount == Money.of("1080.00", "CNY")
    assert result.question.minimum is None


def test_bills_and_purchases_can_be_compared_and_an_instalment_is_known_as_one(
    store: Store, today: date
) -> None:
    account_id = baitiao(store, Cycle(Mode.ORDER))
    zero = Money(0, "CNY")
    row = Instalment(1, date(2026, 12, 5), Money.of("100.00", "CNY"), zero, zero)
    purchase = Purchase(account_id, Money.of("300.00", "CNY"), date(2026, 11, 20))
    with store.transaction():
        store.purchases.save(purchase)
        store.plans.save(InstalmentPlan(account_id, "Phone", row.principal, (row,), 1))

    assert [due.id for due in may_be_compared(store, today)] == [purchase.id]
    result = compared(store, row.id, today)
    assert result.question.is_instalment
    assert OfferKind.MINIMUM not in {outcome.offer.kind for outcome in result.outcomes}


@pytest.mark.row("C043")
def test_a_purchase_by_order_shows_its_last_free_day(store: Store, today: date) -> None:
    account_id = baitiao(store, Cycle(Mode.ORDER))
    purchase = Purchase(account_id, Money.of("300.00", "CNY"), date(2026, 11, 20))
    with store.transaction():
        store.purchases.save(purchase)

    result = compared(store, purchase.id, today)

    assert result.free_until is not None
    assert result.free_until.value == Span.exactly(date(2026, 12, 20))


@pytest.mark.row("C043")
def test_without_a_cycle_the_free_days_are_the_range_of_the_sources(store: Store, today: date) -> None:
    account = store.accounts.get(baitiao(store))

    result = comparison(typed_question(Money.of(1000, "CNY"), account, today), (), today)

    # 30 days in order mode, up to 40 in bill mode; the sources are named.
    assert result.free_until is not None
    assert result.free_until.value == Span(date(2026, 12, 22), date(2027, 1, 1))
    assert {given.value for given in result.free_until.derivation.given[1:]} == {30, 40}
    assert all(given.source is not None for given in result.free_until.derivation.given[1:])


@pytest.mark.row("C043")
def test_with_a_bill_rule_the_last_free_day_is_the_due_date_of_the_bill(store: Store, today: date) -> None:
    account = store.accounts.get(baitiao(store, Cycle(Mode.BILL, 1, DaysAfter(9))))

    result = comparison(typed_question(Money.of(1000, "CNY"), account, today), (), today)

    assert result.free_until is not None
    assert result.free_until.value == Span.exactly(date(2026, 12, 10))


def test_an_amount_without_an_account_asks_for_every_fee(today: date) -> None:
    result = comparison(typed_question(Money.of(1000, "CNY"), None, today), (), today)

    assert result.outcomes[0].offer.kind is OfferKind.FULL
    reasons = [explain(o.not_comparable) for o in result.outcomes if o.not_comparable is not None]
    assert reasons.count("Not comparable: the fee is unknown") == 4
    assert reasons.count("Not comparable: the minimum rule is unknown") == 1
    assert result.free_until is None


def test_nothing_cannot_be_compared(today: date) -> None:
    with pytest.raises(NothingToCompareError):
        typed_question(Money(0, "CNY"), None, today)


def test_own_offers_stand_among_the_others(today: date) -> None:
    offers = [
        own_offer("Bank loan", 12, Rate(Decimal("0.004"), Per.MONTH)),
        own_offer("", 2, Money.of(5, "CNY")),
    ]

    result = comparison(typed_question(Money.of(1000, "CNY"), None, today), offers, today, SortBy.TOTAL)

    names = [explain(outcome.offer.label) for outcome in result.outcomes]
    assert names[:3] == ["Pay in full", "2 instalments", "Bank loan"]


@pytest.mark.row("C025")
def test_another_lenders_ways_stand_beside_without_its_knowing_the_stated_minimum(
    store: Store, today: date
) -> None:
    found = bill(store, baitiao(store), date(2026, 12, 10), "150.00")
    due = store.ledgers.position(today).due(found.id)
    assert due is not None

    result = comparison(question_of(store, due, today), (), today, SortBy.RATE, product("cn-credit-card"))

    names = [explain(outcome.offer.label) for outcome in result.outcomes]
    assert "Chinese credit card: 12 instalments" in names
    minimum = next(
        o for o in result.outcomes if explain(o.offer.label) == "Chinese credit card: Minimum, then the rest"
    )
    assert minimum.low is not None
    assert minimum.low.rows[0].total == Money.of("120.00", "CNY")
    # Neither is asserted to be the cheaper: Baitiao's six instalments span the card's.
    ours = next(o for o in result.outcomes if explain(o.offer.label) == "6 instalments").nominal
    card = next(
        o for o in result.outcomes if explain(o.offer.label) == "Chinese credit card: 6 instalments"
    ).nominal
    assert ours is not None
    assert card is not None
    assert ours.low < card.low < ours.high


# --- cost cards ------------------------------------------------------------------------------------------


def test_every_way_that_lends_has_a_cost_card_with_who_charges_it(store: Store, today: date) -> None:
    found = bill(store, baitiao(store), date(2026, 12, 10))
    result = compared(store, found.id, today)

    cards = cost_cards(result)

    expected = [
        outcome.offer.id
        for outcome in result.outcomes
        if outcome.not_comparable is None and outcome.offer.kind is not OfferKind.FULL
    ]
    assert [card.offer.id for card in cards] == expected
    three = next(card for card in cards if card.offer.id == "flat_fee-3")
    assert explain(three.lender) == "JD Finance"
    assert three.convention is Convention.CHINA
    assert not three.default[0].is_unknown
    assert three.total.value == next(o for o in result.outcomes if o.offer.id == "flat_fee-3").total


def test_an_offer_of_ones_own_has_no_terms_of_the_account(store: Store, today: date) -> None:
    account = store.accounts.get(baitiao(store))
    own = [own_loan("Bank", 6, Rate(Decimal("0.06"))), own_offer("", 6, Money.of(5, "CNY"))]
    result = comparison(typed_question(Money.of(1000, "CNY"), account, today), own, today)

    cards = {card.offer.id: card for card in cost_cards(result)}

    bank, unnamed = cards[own[0].id], cards[own[1].id]
    assert explain(bank.lender) == "Bank"
    assert explain(unnamed.lender) == "Who makes the offer"
    assert bank.default[0].is_unknown
    assert unnamed.default[0].is_unknown


def test_another_lenders_way_has_its_own_terms_on_its_card(store: Store, today: date) -> None:
    sheet = product("cn-credit-card")
    assert sheet is not None
    account = store.accounts.get(baitiao(store))
    question = typed_question(Money.of(1000, "CNY"), account, today)
    result = comparison(question, (), today, SortBy.RATE, sheet)

    theirs = next(
        card for card in cost_cards(result) if card.offer.id.endswith("flat_fee-12") and card.offer.whose
    )

    assert result.beside == sheet
    assert theirs.lender == Phrase(sheet.lender)
    late = theirs.default[0].value
    assert late is not None
    assert {given.source for given in late.derivation.given} == {
        claim.source for claim in sheet.terms.late_rate.counting
    }


def test_an_amount_without_an_account_has_cards_of_an_unnamed_lender(today: date) -> None:
    question = typed_question(Money.of(1000, "USD"), None, today)
    own = own_offer("Bank", 3, Money.of(5, "USD"))
    result = comparison(question, (own,), today)

    (card,) = cost_cards(result)
    assert card.convention is Convention.US
    assert card_of(result, result.outcomes[0]) is None
    priced = Offer(OfferKind.FLAT_FEE, 3, total_fee=Money.of(5, "USD"))
    other = card_of(result, outcome(question, priced, today))
    assert other is not None
    assert explain(other.lender) == "The lender"


def test_a_euro_account_is_compared_by_the_rules_of_the_union(today: date) -> None:
    account = Account("Carte", "Banque", "EUR")
    question = typed_question(Money.of(1000, "EUR"), account, today)
    result = comparison(question, [own_loan("Prêt", 12, Rate(Decimal("0.06")))], today, SortBy.RATE)

    loan = next(found for found in result.outcomes if found.offer.is_own)
    assert loan.rate == loan.effective
    assert loan.rate is not None
    assert round(loan.rate.low.fraction * 100, 2) == Decimal("6.17")


@pytest.mark.parametrize(
    ("claims", "is_free"),
    [
        (((Term.INTEREST_RATE, "0.21"),), False),  # a revolving credit bears interest from the drawing
        ((), False),
        (((Term.INTEREST_RATE, "0.20"), (Term.FREE_DAYS, "21")), True),
        (((Term.CARRY_FROM, "due"),), True),
        (((Term.CARRY_RATE, "0.0005"), (Term.INTEREST_RATE, "0.18")), True),
    ],
)
def test_only_what_has_free_time_is_said_to_cost_nothing_until_the_due_date(
    claims: tuple[tuple[Term, str], ...],
    *,
    is_free: bool,
    today: date,
) -> None:
    terms = Terms(tuple(TermClaim(term, "", text, Source("a page")) for term, text in claims))
    account = Account("Card", "Lender", "EUR", country="FR", terms=terms)
    asked = typed_question(Money.of(2000, "EUR"), account, today, date(2026, 12, 5))

    found = comparison(asked, (), today).free_until

    assert (found is not None) == is_free
    if found is not None:
        assert found.value == Span.exactly(date(2026, 12, 5))
