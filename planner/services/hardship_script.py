"""What to say in a call to a lender when the money does not reach, what to ask, and what to write down."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.account import Contact
from planner.domain.dates import add_months
from planner.domain.hardship.hardship import SAFETY, Hardship
from planner.domain.hardship.proposal import BANK_CARD_CN, Proposal
from planner.phrases import Phrase
from planner.services.letters import (
    REASON,
    SOON_MONTHS,
    Letter,
    LetterLine,
    LineKind,
    lender_of,
    reason_of,
)


def phone_script(
    found: Hardship, account_id: str, contacts: Sequence[Contact] = (), reason: str = ""
) -> Letter:
    """What to say in a call to a lender, and what to ask and to write down.

    Args:
        found: What can be offered to whom.
        account_id: The account.
        contacts: How to reach the lender.
        reason: Why the money does not reach, in the user's own words; empty to leave room for them.

    Raises:
        KeyError: Nothing is asked on the account.
    """
    proposal = found.proposal(account_id)
    lines = [
        *_section(Phrase("Before the call"), _before(contacts)),
        *_section(Phrase("What to say"), _said(found, proposal, reason)),
        *_section(Phrase("What to ask"), _asked(proposal)),
        *_section(Phrase("If they ask for more"), _more(proposal)),
        *_section(Phrase("To write down"), _noted()),
        LetterLine(SAFETY),
    ]
    name = proposal.creditor.name
    title = Phrase("Call to {lender} about {account}", lender=lender_of(proposal), account=name)
    return Letter(account_id, title, tuple(lines), is_letter=False)


def _section(title: Phrase, items: Sequence[Phrase]) -> list[LetterLine]:
    return [LetterLine(title, LineKind.HEADING), *(LetterLine(item, LineKind.ITEM) for item in items)]


def _before(contacts: Sequence[Contact]) -> list[Phrase]:
    numbers = [
        Phrase("{who}: {number}", who=Phrase(contact.label), number=Phrase.own(contact.number))
        for contact in contacts
        if contact.number
    ]
    return [
        *(numbers or [Phrase("[The number on your bill, your card or the contract]")]),
        Phrase("Have ready: the newest bill, your budget sheet, and something to write with."),
        Phrase(
            "They may want proof of what has changed: of your income, of your work, or of an illness or the "
            "loss of work. Ask where to send it, and keep a copy."
        ),
    ]


def _said(found: Hardship, proposal: Proposal, reason: str) -> list[Phrase]:
    creditor = proposal.creditor
    said = [
        Phrase("“Who can agree with me on payment in parts or on another day? Please put me through.”"),
        Phrase(
            "“{owed} is open on my account {account}, and I want to repay it.”",
            owed=creditor.owed,
            account=creditor.name,
        ),
        reason_of(reason) or REASON,
    ]
    if proposal.is_full and (proposal.is_in_time or proposal.now_on is not None):
        offer = Phrase(
            "“I can pay the {amount} that is asked by {date}. What is possible with you if my budget does "
            "not reach in a later month?”",
            amount=proposal.monthly,
            date=max(creditor.asked_by, found.today),
        )
        return [*said, offer]
    if proposal.is_full:
        offer = Phrase(
            "“I can pay the {amount} that is asked, but on {date}, when my income is there. Can the due date "
            "be moved?”",
            amount=creditor.due_before(proposal.first_on) or proposal.monthly,
            date=proposal.first_on,
        )
        return [*said, offer]
    if proposal.count is None:
        wait = Phrase(
            "“After housing, energy, food and other essentials nothing is left for my debts at present. I "
            "ask for time until {date}, and will send you a new budget by then.”",
            date=add_months(found.today, SOON_MONTHS),
        )
        return [*said, wait]
    return [
        *said,
        Phrase(
            "“After housing, energy, food and my other expenses {left} a month is left for all my lenders.”",
            left=found.budget.available,
        ),
        Phrase(
            "“I can pay you {amount} a month, for the first time on {date}.”",
            amount=proposal.monthly,
            date=proposal.first_on,
        ),
    ]


def _asked(proposal: Proposal) -> list[Phrase]:
    asked = [
        Phrase("“Will you charge penalties or interest while I keep to it?”"),
        Phrase("“What do you report to credit registers?”"),
        Phrase("“Will calls and letters of collection stop meanwhile?”"),
        Phrase("“Please confirm it in writing: the amounts, their dates, and what is still charged.”"),
    ]
    if proposal.creditor.product == BANK_CARD_CN:
        # Article 70 asks for a recording of what is agreed by word of mouth (m.yktchina.com, 2022-09-13).
        asked.append(
            Phrase(
                "“Is this call recorded? An agreement by word of mouth has to be, by article 70 of the rules "
                "on credit cards (商业银行信用卡业务监督管理办法).”"
            )
        )
    return asked


def _more(proposal: Proposal) -> list[Phrase]:
    first = (
        Phrase("“My budget has nothing left at present. I would rather promise what I can keep.”")
        if proposal.count is None
        else Phrase("“That is what my budget has. I would rather promise what I can keep.”")
    )
    return [
        first,
        Phrase("“Please send me your proposal. I will read it and answer.”"),
        Phrase(
            "You need not agree on the telephone. Read a proposal first: the amounts, how many, their dates, "
            "what is waived."
        ),
    ]


def _noted() -> list[Phrase]:
    return [
        Phrase("Day and time: ____________________"),
        Phrase("Person, or their number: ____________________"),
        Phrase("What was promised: ____________________"),
        Phrase("What comes next, and when: ____________________"),
    ]
