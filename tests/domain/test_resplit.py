from datetime import date

import pytest

from planner.domain.plans.eligibility import VERDICT_WORDS, Ruling, Verdict, decided
from planner.domain.plans.resplit import (
    ARTICLE_70,
    REINSTALMENT_MEANING,
    REINSTALMENT_SOURCES,
    REINSTALMENT_WORDS,
    SPLIT_RULES,
    Reinstalment,
    may_reinstal,
)
from planner.domain.sourced import Origin, Source
from planner.domain.term import Resplit, Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase

WEB = Source("a page", date(2026, 11, 22))
OTHER = Source("another page", date(2026, 11, 22))
AFTER_END, RUNNING, OVERDUE = Reinstalment.AFTER_END, Reinstalment.RUNNING, Reinstalment.OVERDUE
ALLOWED, UNCLEAR, FORBIDDEN = Verdict.ALLOWED, Verdict.UNCLEAR, Verdict.FORBIDDEN
NOT_NOW = Verdict.NOT_NOW


def terms(*claims: tuple[Resplit, Source]) -> Terms:
    return Terms(tuple(TermClaim(Term.RESPLIT, "", value.value, source) for value, source in claims))


def verdict(meaning: Reinstalment, of: Terms, *, is_over: bool = False, is_late: bool = False) -> Verdict:
    return may_reinstal(meaning, of, is_over=is_over, is_late=is_late).verdict


@pytest.mark.row("C083")
def test_c083_the_three_meanings_each_have_words_and_a_source() -> None:
    assert (
        set(REINSTALMENT_WORDS) == set(REINSTALMENT_MEANING) == set(REINSTALMENT_SOURCES) == set(Reinstalment)
    )
    assert len({str(words) for words in REINSTALMENT_WORDS.values()}) == 3
    assert "Banks may not do it" in str(REINSTALMENT_MEANING[RUNNING])
    assert {source.checked for source in REINSTALMENT_SOURCES.values()} == {date(2026, 11, 22)}
    assert "2024-11-17" in REINSTALMENT_SOURCES[AFTER_END].name


@pytest.mark.row("C083")
@pytest.mark.parametrize(
    ("rule", "expected", "words"),
    [
        (Resplit.ALLOWED, ALLOWED, "may be split anew"),
        (Resplit.AGREEMENT_ONLY, FORBIDDEN, "but for an individual agreement"),
        (Resplit.FORBIDDEN, FORBIDDEN, "cannot be put into instalments again"),
    ],
)
def test_c083_a_running_plan_follows_the_lenders_rule(rule: Resplit, expected: Verdict, words: str) -> None:
    found = may_reinstal(RUNNING, terms((rule, WEB)), is_over=False, is_late=False)

    assert found.verdict is expected
    assert words in str(found.reason)
    assert found.rulings[0].source == WEB


@pytest.mark.row("C083")
def test_c083_where_the_sources_disagree_it_is_unclear_and_each_is_named() -> None:
    found = may_reinstal(
        RUNNING, terms((Resplit.ALLOWED, WEB), (Resplit.FORBIDDEN, OTHER)), is_over=False, is_late=False
    )

    assert found.verdict is UNCLEAR
    assert "disagree" in str(found.reason)
    assert [(each.verdict, each.source) for each in found.rulings[1:]] == [(ALLOWED, WEB), (FORBIDDEN, OTHER)]


def test_two_rules_that_both_forbid_it_do_not_disagree() -> None:
    found = terms((Resplit.AGREEMENT_ONLY, WEB), (Resplit.FORBIDDEN, OTHER))

    assert verdict(RUNNING, found) is FORBIDDEN


def test_the_users_own_word_counts_alone() -> None:
    own = Source("the app", date(2026, 11, 22), origin=Origin.APP_SCREEN)

    assert verdict(RUNNING, terms((Resplit.FORBIDDEN, WEB), (Resplit.ALLOWED, own))) is ALLOWED


def test_where_nobody_says_it_is_to_be_asked() -> None:
    found = may_reinstal(RUNNING, Terms(), is_over=False, is_late=False)

    assert found.verdict is UNCLEAR
    assert "Nobody says" in str(found.reason)
    assert len(found.rulings) == 1


@pytest.mark.parametrize(
    ("is_over", "is_late", "words"),
    [(True, False, "Nothing of the plan is left"), (False, True, "overdue is excluded")],
)
def test_what_is_over_or_overdue_is_not_split_whatever_the_lender_allows(
    words: str, *, is_over: bool, is_late: bool
) -> None:
    found = may_reinstal(RUNNING, terms((Resplit.ALLOWED, WEB)), is_over=is_over, is_late=is_late)

    assert found.verdict is FORBIDDEN
    assert words in str(found.reason)
    assert found.rulings[-1].source == WEB
    assert found.rulings[0].source == (SPLIT_RULES if is_late else None)


@pytest.mark.row("C083")
@pytest.mark.parametrize(("is_over", "expected"), [(True, ALLOWED), (False, NOT_NOW)])
def test_c083_a_second_plan_after_the_first_needs_the_first_to_have_ended(
    expected: Verdict, *, is_over: bool
) -> None:
    found = may_reinstal(AFTER_END, terms((Resplit.FORBIDDEN, WEB)), is_over=is_over, is_late=False)

    assert found.verdict is expected
    assert found.rulings[0].source == REINSTALMENT_SOURCES[AFTER_END]
    assert ("has ended" in str(found.reason)) is is_over


@pytest.mark.row("C083")
@pytest.mark.parametrize(
    ("rule", "is_late", "expected"),
    [
        (Resplit.AGREEMENT_ONLY, True, ALLOWED),
        (Resplit.FORBIDDEN, True, UNCLEAR),
        (Resplit.ALLOWED, True, UNCLEAR),
        (Resplit.AGREEMENT_ONLY, False, NOT_NOW),
    ],
)
def test_c083_a_negotiated_plan_is_for_overdue_debt_and_provided_for_with_banks(
    rule: Resplit, expected: Verdict, *, is_late: bool
) -> None:
    found = may_reinstal(OVERDUE, terms((rule, WEB)), is_over=False, is_late=is_late)

    assert found.verdict is expected
    assert found.rulings[0].source == (ARTICLE_70 if is_late else None)
    assert ("up to five years" in str(found.reason)) is (expected is ALLOWED)
    assert ("by analogy" in str(found.reason)) is (expected is UNCLEAR)


def test_a_source_that_names_such_an_agreement_with_another_lender_leaves_it_unclear() -> None:
    disputed = terms((Resplit.FORBIDDEN, WEB), (Resplit.AGREEMENT_ONLY, OTHER))
    found = may_reinstal(OVERDUE, disputed, is_over=False, is_late=True)

    assert found.verdict is UNCLEAR
    assert "by analogy" in str(found.reason)
    assert [(str(each.text)[:14], each.source) for each in found.rulings[1:]] == [("A source names", OTHER)]


# --- what several rules say together -------------------------------------------------------------------

YES, MAYBE, NO = (Ruling(each, Phrase(each.value), WEB) for each in (ALLOWED, UNCLEAR, FORBIDDEN))
NOBODY, DIFFER = Ruling(UNCLEAR, Phrase("nobody")), Phrase("they differ")


@pytest.mark.parametrize(
    ("conditions", "claims", "expected", "reason", "count"),
    [
        ([], [], UNCLEAR, "nobody", 1),
        ([MAYBE], [], UNCLEAR, "nobody", 2),
        ([], [YES], ALLOWED, "allowed", 1),
        ([MAYBE], [YES], ALLOWED, "allowed", 2),
        ([MAYBE, NO], [YES], FORBIDDEN, "forbidden", 3),
        ([], [YES, NO], UNCLEAR, "they differ", 3),
        ([YES], [NO, NO], FORBIDDEN, "forbidden", 3),
        ([YES], [YES, NO], UNCLEAR, "they differ", 4),
    ],
)
def test_what_the_record_forbids_comes_first_then_what_the_sources_say(
    conditions: list[Ruling], claims: list[Ruling], expected: Verdict, reason: str, count: int
) -> None:
    found = decided(conditions, claims, NOBODY, DIFFER)

    assert (found.verdict, str(found.reason), len(found.rulings)) == (expected, reason, count)


def test_every_verdict_has_words() -> None:
    assert [str(VERDICT_WORDS[each]) for each in Verdict] == [
        "Allowed",
        "Unclear: ask the lender",
        "Not now",
        "Not allowed",
    ]
