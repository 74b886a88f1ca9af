"""What is published, as the user has it: merged, dated, offered to accounts, never taken over by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.dates import FixedDay
from planner.domain.law.cap_flags import Standing, flags
from planner.domain.law.caps import Basis
from planner.domain.money import Money
from planner.domain.published import Published, PublishedKind
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim
from planner.errors import PlannerError
from planner.i18n import source_words
from planner.paths import resources
from planner.services import catalogue as figures
from planner.services.accounts import account_from, override_term, save_account
from planner.services.by_hand import (
    NoAmountBetweenError,
    SinceAfterUntilError,
    TypedCap,
    TypedProduct,
    TypedRate,
    add_cap,
    add_product,
    add_rate,
    lines_of,
)
from planner.services.compare import account_of_terms, comparison, typed_question
from planner.services.figure_updates import take_updates, updates_for
from planner.store import catalogue
from planner.store.store import Store

HUABEI = (resources() / "products" / "20-huabei.toml").read_text(encoding="utf-8")
NEWER = HUABEI.replace("2026-11-22", "2026-11-23").replace('value = "0.025"', 'value = "0.027"')
LATER = date(2026, 12, 1)
MINE = Source("page 4", date(2026, 11, 22), Reliability.CONTRACT, Origin.CONTRACT)


def load(store: Store, text: str, today: date = LATER, name: str = "file.toml") -> Published:
    with store.transaction():
        return figures.load(store, name, text.encode(), today)


def refusal(store: Store, data: bytes, today: date = LATER) -> str:
    with pytest.raises(PlannerError) as refused, store.transaction():
        figures.load(store, "file.toml", data, today)
    return str(refused.value)


@pytest.fixture
def huabei(store: Store) -> Account:
    """An account with its copy of the sheet that comes with the program."""
    sheet = catalogue.product("huabei")
    assert sheet is not None
    account = account_from(sheet, "Mine")
    with store.transaction():
        save_account(store, account)
    return account


def take(store: Store, account: Account, *keys: tuple[Term, str]) -> Account:
    with store.transaction():
        return take_updates(store, account.id, keys)


# --- loading -----------------------------------------------------------------------------------------


def test_nothing_is_there_but_what_comes_with_the_program(store: Store) -> None:
    assert figures.products(store) == catalogue.products()
    assert figures.caps(store) == catalogue.caps()
    assert figures.calendar(store, "CN").years == catalogue.calendar("CN").years


def test_a_newer_sheet_is_shown_in_place_of_the_older_one_and_both_are_kept(store: Store) -> None:
    published = load(store, NEWER)
    (found,) = [known for known in figures.products(store) if known.id == "huabei"]

    assert (published.name, published.dated, published.loaded_on) == ("huabei", date(2026, 11, 23), LATER)
    assert not published.by_hand
    assert found.terms.whole_fee(3).value == Decimal("0.027")
    assert figures.product(store, "huabei") == found
    assert [known.id for known in figures.products(store)] == [known.id for known in catalogue.products()]
    shelf = figures.shelf(store, PublishedKind.PRODUCT, LATER)
    assert [(each.published is None, each.is_shown, each.dated) for each in shelf if each.sheet][-1] == (
        False,
        True,
        date(2026, 11, 23),
    )
    (built_in,) = [each for each in shelf if each.published is None and not each.is_shown]
    assert built_in.sheet is not None
    assert built_in.sheet.key == "huabei"
    assert built_in.dated == date(2026, 11, 22)


def test_an_older_sheet_is_kept_and_the_newer_one_is_shown(store: Store) -> None:
    load(store, NEWER.replace("2026-11-23", "2025-01-01"))

    found = figures.product(store, "huabei")
    assert found is not None
    assert found.terms.whole_fee(3).value == Decimal("0.025")
    own = figures.shelf(store, PublishedKind.PRODUCT, LATER)[-1]
    assert (own.is_shown, own.is_stale, own.dated) == (False, True, date(2025, 1, 1))


def test_of_two_sheets_that_were_checked_on_one_day_the_user_s_own_is_shown(store: Store) -> None:
    load(store, NEWER.replace("2026-11-23", "2026-11-22"))

    found = figures.product(store, "huabei")
    assert found is not None
    assert found.terms.whole_fee(3).value == Decimal("0.027")


def test_another_product_stands_before_the_blank_one_and_counts_in_compare(store: Store) -> None:
    load(store, NEWER.replace('id = "huabei"', 'id = "my-own"').replace('"Huabei"', '"Mine"'))

    assert [known.id for known in figures.products(store)][-2:] == ["my-own", "blank"]
    assert figures.product(store, "no-such") is None
    account = account_of_terms(store, "my-own")
    assert account is not None
    assert account.terms.whole_fee(3).value == Decimal("0.027")


def test_a_file_with_the_marks_of_another_system_is_read(store: Store) -> None:
    with store.transaction():
        figures.load(store, "x", b"\xef\xbb\xbf" + NEWER.replace("\n", "\r\n").encode(), LATER)

    assert store.published.all()[0].text == NEWER


def test_taking_a_sheet_out_brings_the_other_one_back(store: Store) -> None:
    published = load(store, NEWER)
    with store.transaction():
        figures.forget(store, published.id)

    assert figures.products(store) == catalogue.products()


def test_what_cannot_be_used_is_refused_and_leaves_nothing_behind(store: Store) -> None:
    assert refusal(store, b"\xff\xfe") == "file.toml cannot be read as text."
    assert (
        refusal(store, b" " * 262_145) == "file.toml is too large for a data file: 256 kB at most are read."
    )
    nothing = "This file holds no product, no legal lines, no calendar and no list of free help."
    assert refusal(store, b"#" * 262_144) == nothing
    assert refusal(store, HUABEI.encode()) == (
        "huabei: the same figures, checked on 2026-11-22, are there already."
    )
    assert refusal(store, NEWER.encode(), date(2026, 11, 22)) == (
        "Line 12: the file says that it was checked on 2026-11-23, which is still to come."
    )
    blank = NEWER.replace('"huabei"', '"blank"')
    assert refusal(store, blank.encode()) == "Line 5: “id” cannot be “blank”."
    assert store.published.count() == 0
    load(store, NEWER, date(2026, 11, 23))
    assert "are there already" in refusal(store, NEWER.encode())


def test_of_two_sheets_checked_on_one_day_neither_is_called_the_later_one(store: Store) -> None:
    def of_huabei() -> list[tuple[bool, bool]]:
        shelf = figures.shelf(store, PublishedKind.PRODUCT, LATER)
        of_one = [each for each in shelf if each.sheet is not None and each.sheet.key == "huabei"]
        return [(each.is_shown, each.is_same_day) for each in of_one]

    load(store, NEWER.replace("2026-11-23", "2026-11-22"))
    assert of_huabei() == [(False, True), (True, False)]
    load(store, NEWER)
    assert of_huabei() == [(False, False), (False, False), (True, False)]


def test_a_sheet_that_this_version_cannot_read_is_listed_and_passed_over(store: Store) -> None:
    odd = Published(PublishedKind.CAPS, "odd", date(2024, 1, 1), LATER, "x = 1")
    product = replace(odd, kind=PublishedKind.PRODUCT, id="other")
    with store.transaction():
        store.published.save(odd)
        store.published.save(product)

    assert figures.caps(store) == catalogue.caps()
    assert figures.products(store) == catalogue.products()
    shelved = figures.shelf(store, PublishedKind.CAPS, LATER)[-1]
    assert (shelved.sheet, shelved.is_shown, shelved.is_stale) == (None, False, True)


@pytest.mark.parametrize(("today", "stale"), [(date(2027, 11, 22), False), (date(2027, 11, 23), True)])
def test_a_sheet_is_stale_a_year_after_somebody_looked(store: Store, today: date, *, stale: bool) -> None:
    for kind in PublishedKind:
        shelf = figures.shelf(store, kind, today)
        assert shelf
        assert {each.is_stale for each in shelf} == {stale}
        assert all(each.is_shown for each in shelf)


# --- accounts ----------------------------------------------------------------------------------------


def test_an_account_that_copied_what_is_published_is_offered_nothing(store: Store, huabei: Account) -> None:
    assert updates_for(store, huabei) == ()
    for product in ("", "blank", "no-such"):
        assert updates_for(store, replace(huabei, product=product)) == ()


def test_newer_figures_are_offered_and_never_taken_over_by_themselves(store: Store, huabei: Account) -> None:
    load(store, NEWER)
    updates = updates_for(store, huabei)
    fee = next(update for update in updates if update.key == (Term.FEE_WHOLE, "3"))

    assert store.accounts.get(huabei.id) == huabei
    assert fee.old.whole_fee(3).value == Decimal("0.025")
    assert fee.new.whole_fee(3).value == Decimal("0.027")
    assert not fee.is_checked_again
    assert not fee.has_own
    assert {update.key for update in updates if not update.is_checked_again} == {(Term.FEE_WHOLE, "3")}
    order = [list(Term).index(update.term) for update in updates]
    assert order == sorted(order)
    assert [update.about for update in updates if update.term is Term.FEE_WHOLE] == ["3", "6", "9", "12"]


def test_only_what_is_taken_changes_in_its_place_and_in_one_step(store: Store, huabei: Account) -> None:
    load(store, NEWER)
    taken = take(store, huabei, (Term.FEE_WHOLE, "3"))

    assert taken == store.accounts.get(huabei.id)
    assert taken.terms.whole_fee(3).value == Decimal("0.027")
    assert [claim.term for claim in taken.terms.claims] == [claim.term for claim in huabei.terms.claims]
    changed = [
        (old, new) for old, new in zip(huabei.terms.claims, taken.terms.claims, strict=True) if old != new
    ]
    assert [(old.text, new.text, new.source.checked) for old, new in changed] == [
        ("0.025", "0.027", date(2026, 11, 23))
    ]
    assert (Term.FEE_WHOLE, "3") not in {update.key for update in updates_for(store, taken)}
    assert replace(taken, terms=huabei.terms) == huabei, "nothing else moves"


def test_what_is_new_is_added_and_what_is_gone_is_taken_away(store: Store, huabei: Account) -> None:
    claim = '[[claim]]\nterm = "late_rate"\nvalue = "0.0005"\n'
    assert claim in NEWER
    added = '\n[[claim]]\nterm = "grace_days"\nvalue = "3"\nsource = "a notice"\nchecked = 2026-11-23\n'
    load(store, NEWER.replace(claim, claim.replace("late_rate", "interest_rate")) + added)
    by_key = {update.key: update for update in updates_for(store, huabei)}

    assert by_key[Term.LATE_RATE, ""].new.claims == ()
    assert by_key[Term.GRACE_DAYS, ""].old.claims == ()
    taken = take(store, huabei, (Term.LATE_RATE, ""), (Term.GRACE_DAYS, ""))
    assert taken.terms.late_rate.is_unknown
    assert taken.terms.grace_days.value == 3
    assert taken.terms.whole_fee(3).value == Decimal("0.025")


def test_the_user_s_own_value_stays_and_goes_on_counting(store: Store, huabei: Account) -> None:
    own = TermClaim(Term.FEE_WHOLE, "3", "0.02", MINE)
    with store.transaction():
        mine = override_term(store, huabei.id, own)
    assert updates_for(store, mine) == ()
    load(store, NEWER)
    fee = next(update for update in updates_for(store, mine) if update.key == (Term.FEE_WHOLE, "3"))
    assert fee.has_own
    assert own not in (*fee.old.claims, *fee.new.claims)
    taken = take(store, mine, (Term.FEE_WHOLE, "3"))

    assert taken.terms.whole_fee(3).value == Decimal("0.02")
    assert [claim.text for claim in taken.terms.of(Term.FEE_WHOLE) if claim.about == "3"] == ["0.027", "0.02"]


def test_what_was_only_looked_at_again_says_so(store: Store, huabei: Account) -> None:
    load(store, HUABEI.replace("2026-11-22", "2026-11-23"))
    updates = updates_for(store, huabei)

    assert updates
    assert all(update.is_checked_again for update in updates)
    taken = take(store, huabei, *(update.key for update in updates))
    assert {claim.source.checked for claim in taken.terms.claims} == {date(2026, 11, 23)}
    assert updates_for(store, taken) == ()


# --- by hand -----------------------------------------------------------------------------------------

USURY = TypedCap(
    country="FR",
    line="usury",
    title="",
    value=Decimal("0.2371"),
    since=date(2026, 10, 1),
    until=date(2026, 12, 31),
    above=None,
    up_to=Decimal(3000),
    currency="EUR",
    source="Banque de France, “Taux d'usure” \\ 2026",
    reliability=Reliability.HIGH,
)


def usury(store: Store, percent: str, amount: str = "3000") -> Standing:
    class Both:
        nominal = effective = Rate.percent(percent)

    (flag,) = flags([Both()], figures.caps(store), "FR", Money.of(amount, "EUR"), date(2026, 11, 22))
    return flag.standing


def test_a_threshold_that_is_typed_makes_its_quarter_known(store: Store, today: date) -> None:
    assert usury(store, "23.71") is Standing.UNKNOWN
    with store.transaction():
        published = add_cap(store, USURY, today)

    assert (published.kind, published.by_hand, published.dated) == (PublishedKind.CAPS, True, today)
    assert usury(store, "23.71") is Standing.UNDER
    assert usury(store, "23.72") is Standing.OVER
    assert usury(store, "23.71", "3000.01") is Standing.UNKNOWN
    cap = figures.caps(store).caps[-1]
    assert (cap.title, cap.basis) == (
        "the usury threshold for consumer credit of this amount",
        Basis.EFFECTIVE,
    )
    assert cap.scope.startswith("For consumer credit")
    assert cap.source == Source(USURY.source, today, Reliability.HIGH)


def test_a_line_of_one_s_own_holds_from_its_first_day_on(store: Store, today: date) -> None:
    typed = replace(
        USURY, country="GB", line="", title="What my union says", until=None, up_to=None, value=Decimal("0.3")
    )
    with store.transaction():
        add_cap(store, typed, today)
    cap = figures.caps(store).caps[-1]

    assert (cap.country, cap.title, cap.until, cap.currency) == ("GB", "What my union says", None, "")
    assert cap.line.startswith("own-")
    assert cap.value == Decimal("0.3")


def test_a_time_that_ends_before_it_begins_is_refused(store: Store, today: date) -> None:
    with pytest.raises(SinceAfterUntilError), store.transaction():
        add_cap(store, replace(USURY, until=date(2026, 9, 30)), today)
    with store.transaction():
        add_cap(store, replace(USURY, until=USURY.since), today)


def test_amounts_that_end_before_they_begin_are_refused(store: Store, today: date) -> None:
    for up_to in (Decimal(3000), Decimal(2999)):
        with pytest.raises(NoAmountBetweenError), store.transaction():
            add_cap(store, replace(USURY, above=Decimal(3000), up_to=up_to), today)
    with store.transaction():
        add_cap(store, replace(USURY, above=Decimal(3000), up_to=Decimal("3000.01")), today)


def test_a_new_fixing_of_the_loan_prime_rate_moves_the_line(store: Store, today: date) -> None:
    typed = TypedRate("CN", "LPR1Y", date(2026, 11, 20), Decimal("0.029"), "pbc.gov.cn", Reliability.HIGH)
    with store.transaction():
        add_rate(store, typed, today)
    table = figures.caps(store)
    limit = table.limit(table.rows("CN", "4lpr", "CNY"), Money(100, "CNY"), today)

    assert limit is not None
    assert (limit.rate, limit.is_last_known) == (Rate(Decimal("0.116")), False)


def test_the_lines_that_can_be_added_to_are_those_in_force(store: Store) -> None:
    lines = {(cap.country, cap.line): cap for cap in lines_of(store)}

    assert set(lines) == {("CN", "4lpr"), ("CN", "24"), ("FR", "usury")}
    assert lines["FR", "usury"].since == date(2026, 1, 1)


def test_a_product_that_is_typed_is_unknown_in_all_else(store: Store, today: date) -> None:
    typed = TypedProduct("My “shop”", "", "FR", "EUR")
    with store.transaction():
        published = add_product(store, typed, today)
    found = figures.product(store, published.name)

    assert found is not None
    assert (found.name, found.lender, found.country, found.currency) == ("My “shop”", "", "FR", "EUR")
    assert (found.terms.claims, found.revision, published.by_hand) == ((), today, True)


def test_a_product_may_take_over_what_counts_on_an_account(
    store: Store, today: date, huabei: Account
) -> None:
    own = TermClaim(Term.INTEREST_RATE, "", "0.18/year", MINE)
    with store.transaction():
        override_term(store, huabei.id, own)
        override_term(store, huabei.id, TermClaim(Term.FEE_WHOLE, "3", "0.02", MINE))
        published = add_product(
            store, TypedProduct("Mine", "Ant", "CN", "CNY", huabei.id), today, say=source_words
        )
    found = figures.product(store, published.name)

    assert found is not None
    assert (found.cycle.statement_day, found.cycle.due) == (1, FixedDay(10))
    assert found.terms.interest_rate.value == Rate(Decimal("0.18"), Per.YEAR)
    assert [claim.text for claim in found.terms.of(Term.FEE_WHOLE) if claim.about == "3"] == ["0.02"]
    assert found.terms.whole_fee(6).value == Decimal("0.045")
    (source,) = [claim.source for claim in found.terms.of(Term.INTEREST_RATE)]
    assert source == Source("my contract: page 4", date(2026, 11, 22), Reliability.HIGH)
    assert source.origin is Origin.PUBLISHED
    assert {claim.source.name for claim in found.terms.of(Term.LATE_RATE)} == {
        "en.doing.city/2403/6173257e1c52713a.html (machine-translated)"
    }


@pytest.mark.row("C069")
def test_a_fee_that_reads_as_small_is_flagged_by_its_true_rate(store: Store, today: date) -> None:
    account = account_of_terms(store, "jd-baitiao")
    assert account is not None
    question = typed_question(Money.of("1000", "CNY"), account, today)
    found = {each.offer.id: each for each in comparison(question, (), today).outcomes}

    def said(offer: str) -> dict[str, Standing]:
        flags_ = figures.cap_flags(store, found[offer], account.law, question.amount, today)
        return {flag.line: flag.standing for flag in flags_ if flag.is_said}

    # 0.5 to 1.2 % a month: 8.98 to 21.47 % over 3 instalments, 10.21 to 24.28 % over 6.
    assert said("flat_fee-3") == {"4lpr": Standing.MAYBE_OVER}
    assert said("flat_fee-6") == {"4lpr": Standing.MAYBE_OVER, "24": Standing.MAYBE_OVER}
    assert said("promotion-3") == {}
    assert said("full") == {}
