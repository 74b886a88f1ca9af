"""The letters that a procedure needs, made from the record: what they say of it, and what they leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from planner.domain.kept_out import cleared
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import LetterKind
from planner.domain.procedures.published import Step
from planner.services.cases.kept import save_case, with_answer
from planner.services.cases.letter import Addressee, CaseLetter, Told
from planner.services.cases.letter_facts import facts_of
from planner.services.cases.letters_agreed import confirmation, proposal
from planner.services.cases.letters_closing import cancellation, dispute, refund
from planner.services.cases.worksheet import worksheet_of
from planner.store.store import Store

__all__ = ["Addressee", "CaseLetter", "case_letter", "reason_in", "say_in_letter", "step_letter", "to_in"]

# The answers that hold what the user said for the letter of a step: their own words, and to whom it goes.
_REASON, _TO = "letter_reason.{step}", "letter_to.{step}"


def case_letter(
    store: Store,
    case_id: str,
    kind: LetterKind,
    today: date,
    reason: str = "",
    to: Addressee = Addressee.LENDER,
) -> CaseLetter:
    """A letter of a case, made from the record. It names no identity number and no code.

    Args:
        store: The open store.
        case_id: The case.
        kind: What it is about.
        today: The day.
        reason: The user's own words, where it has room for them.
        to: To whom it goes; only an objection may go to anybody else than the lender.
    """
    case = store.cases.get(case_id)
    agreed = store.agreements.of_case(case_id)
    told = Told(
        case,
        facts_of(store, case.account_id, today),
        cleared(reason).text,
        to,
        (agreed, store.plans.get(agreed.plan_id)) if agreed is not None else None,
        lambda: worksheet_of(store, case.account_id, today),
    )
    return _MADE_BY[kind](told)


def step_letter(store: Store, case: Case, step: Step, today: date) -> CaseLetter:
    """The letter of a step, with what the user said for it.

    Args:
        store: The open store.
        case: The case.
        step: A step with a letter.
        today: The day.
    """
    kind = step.letter or LetterKind.PROPOSAL
    return case_letter(store, case.id, kind, today, reason_in(case, step.id), to_in(case, step.id))


def reason_in(case: Case, step_id: str) -> str:
    """The user's own words for the letter of a step; empty without any."""
    return case.answers.get(_REASON.format(step=step_id), "")


def to_in(case: Case, step_id: str) -> Addressee:
    """To whom the letter of a step goes."""
    return Addressee(case.answers.get(_TO.format(step=step_id), Addressee.LENDER.value))


def say_in_letter(
    store: Store, case_id: str, step_id: str, reason: str, to: Addressee = Addressee.LENDER
) -> Case:
    """Keep what the user says for the letter of a step: their own words, and to whom it goes."""
    case = with_answer(store.cases.get(case_id), _REASON.format(step=step_id), cleared(reason.strip()).text)
    other = to.value if to is not Addressee.LENDER else ""
    return save_case(store, with_answer(case, _TO.format(step=step_id), other))


_MADE_BY: Mapping[LetterKind, Callable[[Told], CaseLetter]] = {
    LetterKind.PROPOSAL: proposal,
    LetterKind.CANCELLATION: cancellation,
    LetterKind.DISPUTE: dispute,
    LetterKind.REFUND: refund,
    LetterKind.CONFIRMATION: confirmation,
}
