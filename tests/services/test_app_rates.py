"""The monthly fees that the user's app shows."""

from datetime import date
from decimal import Decimal

from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Span
from planner.services.accounts import account_from, save_account
from planner.services.app_rates import app_rate, set_app_rates, with_rates
from planner.services.compare import comparison, typed_question
from planner.store.catalogue import product
from planner.store.changes import inverse
from planner.store.store import Store


def baitiao(store: Store) -> str:
    sheet = product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "白条")).id


def test_the_rate_the_app_shows_replaces_what_is_published_and_can_be_taken_back(
    store: Store, today: date
) -> None:
    account_id = baitiao(store)

    with store.transaction() as journal:
        set_app_rates(store, account_id, {12: Decimal("0.0060"), 3: None}, today)
    terms = store.accounts.get(account_id).terms

    assert app_rate(terms, 12) == Decimal("0.006")
    assert app_rate(terms, 3) is None
    claim = terms.fee_rate(12).counting[0]
    assert (claim.source.origin, claim.source.checked) == (Origin.APP_SCREEN, today)
    assert terms.fee_rate(12).value == Rate(Decimal("0.006"), Per.MONTH)
    result = comparison(
        typed_question(Money.of(1000, "CNY"), store.accounts.get(account_id), today), (), today
    )
    twelve = next(o for o in result.outcomes if o.offer.id == "flat_fee-12")
    assert twelve.total == Span.exactly(Money.of("1072.00", "CNY"))

    store.apply(inverse(journal.changes))
    assert app_rate(store.accounts.get(account_id).terms, 12) is None

    with store.transaction():
        set_app_rates(store, account_id, {12: Decimal("0.006")}, today)
    with store.transaction():
        set_app_rates(store, account_id, {12: None}, today)
    assert store.accounts.get(account_id).terms.fee_rate(12).is_range


def test_a_monthly_rate_of_the_app_takes_the_place_of_a_published_whole_fee(
    store: Store, today: date
) -> None:
    sheet = product("huabei")
    assert sheet is not None
    with store.transaction():
        account_id = save_account(store, account_from(sheet, "花呗")).id

    def three() -> Span[Money] | None:
        question = typed_question(Money.of(1000, "CNY"), store.accounts.get(account_id), today)
        found = comparison(question, (), today).outcomes
        return next(o for o in found if o.offer.id == "flat_fee-3").total

    assert three() == Span.exactly(Money.of("1025.00", "CNY"))
    with store.transaction():
        set_app_rates(store, account_id, {3: Decimal("0.006")}, today)
    assert three() == Span.exactly(Money.of("1018.00", "CNY"))
    with store.transaction():
        set_app_rates(store, account_id, {3: None}, today)
    assert three() == Span.exactly(Money.of("1025.00", "CNY"))


def test_rates_that_have_not_changed_are_not_written_again(store: Store, today: date) -> None:
    account_id = baitiao(store)
    with store.transaction():
        set_app_rates(store, account_id, {12: Decimal("0.006")}, today)

    with store.transaction() as journal:
        set_app_rates(store, account_id, {12: Decimal("0.006"), 6: None}, today)

    assert not journal.changes


def test_rates_for_one_comparison_are_kept_nowhere(today: date) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None

    terms = with_rates(sheet.terms, {6: Decimal("0.007")}, today)

    assert app_rate(terms, 6) == Decimal("0.007")
    assert app_rate(sheet.terms, 6) is None
