"""What the letters of a case have in common: what they are made from, and their frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.account import Account
from planner.domain.agreed import Agreed
from planner.domain.instalment import InstalmentPlan
from planner.domain.procedures.case import Case
from planner.phrases import Phrase
from planner.services.cases.letter_facts import AccountFacts
from planner.services.cases.worksheet import Lack, Worksheet
from planner.services.letters import (
    Letter,
    LetterLine,
    framed,
    lender_named,
)

# What lenders and registers of a country read.
_READ_IN = {"CN": "zh", "FR": "fr", "GB": "en", "US": "en"}


def language_read_by(account: Account) -> str:
    """The language that the lender of an account reads; empty where it is not known."""
    return _READ_IN.get(account.law, "")


class Addressee(StrEnum):
    """To whom a letter goes."""

    LENDER = "lender"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class CaseLetter:
    """A letter of a step, and what is missing in the record for it.

    Attributes:
        letter: The letter.
        lacks: What is missing, each with where it is recorded.
    """

    letter: Letter
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter is made from.

    Attributes:
        case: The case.
        facts: What the record says of the account.
        reason: The user's own words; may be empty.
        to: To whom it goes.
        agreed: What was agreed, and the plan that it became; None if nothing was.
        sheet: Works out what can be offered each month.
    """

    case: Case
    facts: AccountFacts
    reason: str
    to: Addressee
    agreed: tuple[Agreed, InstalmentPlan] | None
    sheet: Callable[[], Worksheet]

    @property
    def account(self) -> Account:
        """The account it is about."""
        return self.facts.account

    @property
    def lender(self) -> Phrase:
        """Who lends, or room for their name."""
        return lender_named(self.facts.lender)


def lettered(
    told: Told,
    to: Phrase,
    subject: Phrase,
    texts: Sequence[Phrase | LetterLine],
    lacks: tuple[Lack, ...] = (),
) -> CaseLetter:
    """A letter from its head to its end.

    Args:
        told: What it is made from.
        to: To whom.
        subject: What it is about.
        texts: What it says.
        lacks: What is missing in the record for it.
    """
    return CaseLetter(Letter(told.account.id, subject, framed(to, told.facts.today, subject, texts)), lacks)
