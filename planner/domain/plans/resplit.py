"""Putting into instalments what was in instalments already (二次分期): its three meanings, and its rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from planner.domain.plans.eligibility import Eligibility, Ruling, Verdict, decided
from planner.domain.sourced import Reliability, Source
from planner.domain.term import Resplit
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase

_LOOKED = date(2026, 11, 22)


class Reinstalment(StrEnum):
    """What 二次分期 means; the sources use the word for three things.

    AFTER_END: a second plan after the first one has ended. RUNNING: re-splitting a running plan in the
    app (再分期). OVERDUE: a negotiated plan for overdue debt.
    """

    AFTER_END = "after_end"
    RUNNING = "running"
    OVERDUE = "overdue"


REINSTALMENT_WORDS: Mapping[Reinstalment, Phrase] = {
    Reinstalment.AFTER_END: Phrase("A second plan after the first has ended"),
    Reinstalment.RUNNING: Phrase("A running plan split anew in the app"),
    Reinstalment.OVERDUE: Phrase("A negotiated plan for overdue debt"),
}

REINSTALMENT_MEANING: Mapping[Reinstalment, Phrase] = {
    Reinstalment.AFTER_END: Phrase(
        "The first plan is paid off. Something new, or what is owed again, is put into instalments like "
        "anything else."
    ),
    Reinstalment.RUNNING: Phrase(
        "What is still left of a running plan is spread over more months. The app shows the new fee, and how "
        "often it can be done is limited. Banks may not do it; other lenders decide for themselves."
    ),
    Reinstalment.OVERDUE: Phrase(
        "The debt is overdue. The lender agrees on a plan that one can keep; it is negotiated, not tapped."
    ),
}

REINSTALMENT_SOURCES: Mapping[Reinstalment, Source] = {
    Reinstalment.AFTER_END: Source(N_("京东二次分期还款方式有哪些, 2024-11-17"), _LOOKED),
    Reinstalment.RUNNING: Source(N_("京东白条再分期怎么用, 2025-03-28"), _LOOKED),
    Reinstalment.OVERDUE: Source(N_("anju.szhome.com/info/yongka/5957086"), _LOOKED),
}

SPLIT_RULES = Source(N_("m.tjduoduo.cn/news/show-263115.html (JD)"), _LOOKED)
ARTICLE_70 = Source(
    N_("商业银行信用卡业务监督管理办法, art. 70 (m.yktchina.com, 2022-09-13)"), _LOOKED, Reliability.MEDIUM
)

_RUNNING: Mapping[Resplit, tuple[Verdict, Phrase]] = {
    Resplit.ALLOWED: (
        Verdict.ALLOWED,
        Phrase("What is in instalments may be split anew; the app shows the fee and how often."),
    ),
    Resplit.AGREEMENT_ONLY: (
        Verdict.FORBIDDEN,
        Phrase(
            "What is in instalments already may not be put into instalments again, but for an individual "
            "agreement when the debt is more than one can pay."
        ),
    ),
    Resplit.FORBIDDEN: (
        Verdict.FORBIDDEN,
        Phrase("What is in instalments already cannot be put into instalments again."),
    ),
}
_AGREEMENT = Phrase(
    "For a bank card an individual agreement over up to five years is provided for: the debt is more than "
    "one can pay, and one is willing to pay. The bank need not agree."
)

_NAMED = Phrase("A source names a plan that is agreed on for overdue debt.")


def may_reinstal(meaning: Reinstalment, terms: Terms, *, is_over: bool, is_late: bool) -> Eligibility:
    """Whether something may be put into instalments again, with the rule that says so.

    Source: 银保监规〔2022〕13号 for banks, with the individual agreement of art. 70 of the credit-card
    rules; for Baitiao m.tjduoduo.cn against "京东白条再分期怎么用" (2025-03-28), which disagree.

    Args:
        meaning: Which of the three.
        terms: The terms of the account.
        is_over: Whether nothing of the plan is open any more.
        is_late: Whether something of it is overdue.
    """
    match meaning:
        case Reinstalment.AFTER_END:
            return _after_end(is_over=is_over)
        case Reinstalment.RUNNING:
            return _running(terms, is_over=is_over, is_late=is_late)
        case _:
            return _overdue(terms, is_late=is_late)


def _after_end(*, is_over: bool) -> Eligibility:
    source = REINSTALMENT_SOURCES[Reinstalment.AFTER_END]
    if is_over:
        text = Phrase("The plan has ended: a new one is a plan like any other, if the lender offers it.")
        return Eligibility(Verdict.ALLOWED, (Ruling(Verdict.ALLOWED, text, source),))
    text = Phrase("The plan still runs: this is meant for the time after its last instalment.")
    return Eligibility(Verdict.NOT_NOW, (Ruling(Verdict.NOT_NOW, text, source),))


def _running(terms: Terms, *, is_over: bool, is_late: bool) -> Eligibility:
    conditions = []
    if is_over:
        conditions.append(Ruling(Verdict.FORBIDDEN, Phrase("Nothing of the plan is left to split.")))
    if is_late:
        text = Phrase("What is overdue is excluded from instalments.")
        conditions.append(Ruling(Verdict.FORBIDDEN, text, SPLIT_RULES))
    claims = [Ruling(*_RUNNING[claim.value], claim.source) for claim in terms.resplit.counting]
    unknown = Ruling(
        Verdict.UNCLEAR, Phrase("Nobody says whether this lender allows it. Ask before you count on it.")
    )
    differ = Phrase("The sources disagree whether this lender allows it. Ask before you count on it.")
    return decided(conditions, claims, unknown, differ)


def _overdue(terms: Terms, *, is_late: bool) -> Eligibility:
    if not is_late:
        text = Phrase("Nothing of the plan is overdue: this is meant for debt that is.")
        return Eligibility(Verdict.NOT_NOW, (Ruling(Verdict.NOT_NOW, text),))
    if terms.resplit.value is Resplit.AGREEMENT_ONLY:
        return Eligibility(Verdict.ALLOWED, (Ruling(Verdict.ALLOWED, _AGREEMENT, ARTICLE_70),))
    text = Phrase(
        "No rule provides for it here: the individual agreement is for bank cards, and others follow it at "
        "most by analogy. It can be asked for: call the lender."
    )
    named = tuple(
        Ruling(Verdict.ALLOWED, _NAMED, claim.source)
        for claim in terms.resplit.counting
        if claim.value is Resplit.AGREEMENT_ONLY
    )
    return Eligibility(Verdict.UNCLEAR, (Ruling(Verdict.UNCLEAR, text, ARTICLE_70), *named))
