"""A letter that offers a lender what the budget has for it, when the money does not reach."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.dates import add_months
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.proposal import BANK_CARD_CN, Proposal
from planner.domain.hardship.shares import Sharing
from planner.domain.late.agreement import MOST_MONTHS_CN
from planner.phrases import Phrase
from planner.services.hardship_script import phone_script
from planner.services.letters import (
    REASON,
    REVIEW_MONTHS,
    SOON_MONTHS,
    Letter,
    LetterLine,
    LineKind,
    because,
    framed,
    lender_of,
)

__all__ = ["Letter", "LetterLine", "LineKind", "letter", "phone_script"]


def letter(
    found: Hardship,
    account_id: str,
    reason: str = "",
    room: Phrase = REASON,
    wanted: Sequence[Phrase] = (),
) -> Letter:
    """A letter that offers a lender what the budget has for it.

    Args:
        found: What can be offered to whom.
        account_id: The account.
        reason: Why the money does not reach, in the user's own words; empty to leave room for them.
        room: What stands there without any.
        wanted: What is asked for, where not all that is asked of the user can be paid.

    Raises:
        KeyError: Nothing is asked on the account.
    """
    proposal = found.proposal(account_id)
    texts = [*_owed(found, proposal), because(reason, room)]
    if proposal.is_full:
        name = proposal.creditor.name
        title = (
            Phrase("Payment for {account}", account=name)
            if proposal.paid_on <= max(proposal.creditor.asked_on, found.today)
            else Phrase("Another day of payment for {account}", account=name)
        )
        texts += _later(proposal)
    else:
        title = Phrase("Proposal for repaying {account} in monthly parts", account=proposal.creditor.name)
        asked = wanted if proposal.count is not None else ()
        texts += [*_budget(found), *asked, *_offer(found, proposal), *_requests(proposal)]
        texts.append(Phrase("Enclosed: the budget sheet of my household."))
    return Letter(account_id, title, framed(lender_of(proposal), found.today, title, texts))


def _owed(found: Hardship, proposal: Proposal) -> list[Phrase]:
    """What is owed, and that it cannot be paid as it is asked."""
    creditor = proposal.creditor
    values = {
        "owed": creditor.owed,
        "account": creditor.name,
        "today": found.today,
        "asked": creditor.asked,
        "date": creditor.asked_by,
    }
    if proposal.is_in_time:
        in_time = Phrase(
            "By my own record of {today}, {owed} is open on {account}, and {asked} of it is asked of me by "
            "{date}. I can pay that, and want to keep you informed.",
            **values,
        )
        return [in_time]
    is_late = creditor.asked_on < found.today
    if proposal.is_full and is_late:
        open_now = Phrase(
            "By my own record of {today}, {owed} is open on {account}. If your figures differ from mine, "
            "please send me a statement.",
            **values,
        )
        return [open_now, *_late(found, proposal)]
    if proposal.is_full:
        other_day = Phrase(
            "By my own record of {today}, {owed} is open on {account}, and {asked} of it is asked of me by "
            "{date}. I can pay that, but not by that day.",
            **{
                **values,
                "asked": creditor.due_before(proposal.first_on) or creditor.asked,
                "date": creditor.last_before(proposal.first_on),
            },
        )
        return [other_day]
    if is_late:
        told = Phrase(
            "By my own record of {today}, {owed} is open on {account}. I want to repay it. I cannot pay the "
            "{asked} that is asked of me, of which the first part was due on {date}. If your figures differ "
            "from mine, please send me a statement.",
            **{**values, "date": creditor.asked_on},
        )
        return [told, *(_late(found, proposal) if creditor.due_from(found.today) is not None else ())]
    told = Phrase(
        "By my own record of {today}, {owed} is open on {account}. I want to repay it. I cannot pay the "
        "{asked} that is asked of me from {date} on. If your figures differ from mine, please send me a "
        "statement.",
        **{**values, "date": creditor.asked_on},
    )
    return [told]


def _late(found: Hardship, proposal: Proposal) -> list[Phrase]:
    """What is late, since when; and what of that which is asked is still to come, by when."""
    creditor = proposal.creditor
    said = []
    late, coming = creditor.due_before(found.today), creditor.due_from(found.today)
    if late is not None:
        said.append(
            Phrase("By my own record {late} of it is late, since {date}.", late=late, date=creditor.asked_on)
        )
    if coming is not None:
        said.append(Phrase("{coming} more falls due by {date}.", coming=coming, date=creditor.asked_by))
    return said


def _later(proposal: Proposal) -> list[Phrase]:
    """The budget has all that is asked: at most the day does not fit."""
    tight = Phrase(
        "My budget has become tight. Please tell me what is possible with you if it does not reach "
        "in a later month, and confirm that to me in writing."
    )
    if proposal.is_in_time:
        return [Phrase("I will pay {amount} by that day.", amount=proposal.monthly), tight]
    creditor, day = proposal.creditor, proposal.paid_on
    is_now = proposal.now_on is not None
    first = creditor.due_before(day) or proposal.monthly
    rest = creditor.due_from(day)
    later = (
        []
        if rest is None
        else [Phrase("I will pay {amount} by {date}.", amount=rest, date=creditor.asked_by)]
    )
    if is_now:
        return [Phrase("I will pay {amount} by {date}.", amount=first, date=day), *later, tight]
    return [
        Phrase("I will pay {amount} on {date}, when my income is there.", amount=first, date=day),
        *later,
        Phrase(
            "Please accept that day without a charge for being late, and tell me whether later due dates can "
            "be moved so that they follow my income."
        ),
        Phrase("Please confirm that to me in writing."),
    ]


def _budget(found: Hardship) -> list[Phrase]:
    """What comes in, what it goes to, and what is left; and how that is shared."""
    budget = found.budget
    values = {"income": budget.income, "essential": budget.essential, "other": budget.other}
    if budget.other.value:
        told = Phrase(
            "{income} a month comes in. Housing, energy, food and other essentials take {essential}, other "
            "expenses {other}.",
            **values,
        )
    else:
        told = Phrase(
            "{income} a month comes in. Housing, energy, food and other essentials take {essential}.",
            income=budget.income,
            essential=budget.essential,
        )
    if not budget.available.value:
        if budget.held is not None:
            used_up = Phrase(
                "On {date} all of my cash goes to these expenses, so at present nothing is left for my "
                "debts.",
                date=budget.held.on,
            )
            return [told, used_up]
        return [told, Phrase("At present nothing of it is left for my debts.")]
    left = Phrase("That leaves {left} a month for all my debts.", left=budget.available)
    if budget.held is not None:
        left = Phrase(
            "Part of what that leaves has to stay for the days before my income comes: {left} a month is "
            "there for all my debts.",
            left=budget.available,
        )
    if len(found.creditors) == 1:
        return [told, left]
    how = {
        Sharing.EQUAL: Phrase(
            "I share it equally among all my lenders; what a court has confirmed comes first, and nobody "
            "gets more than they ask for."
        ),
        Sharing.IN_PROPORTION: Phrase(
            "I share it among all my lenders in proportion to what I owe them; what a court has confirmed "
            "comes first, and nobody gets more than they ask for."
        ),
    }
    return [told, left, how[found.sharing]]


def _offer(found: Hardship, proposal: Proposal) -> list[Phrase]:
    """What can be paid from when."""
    if proposal.count is None:
        return [
            Phrase(
                "So I cannot offer you a payment at present. Please give me time until {date}: by then I "
                "will send you a new budget and, if it has something left, an offer.",
                date=add_months(found.today, SOON_MONTHS),
            )
        ]
    offer = Phrase(
        "I offer to pay you {amount} a month, for the first time on {date}.",
        amount=proposal.monthly,
        date=proposal.first_on,
    )
    if not proposal.has_end:
        return [offer, Phrase("It is what my budget has at present.")]
    return [
        offer,
        Phrase.counted(
            "If nothing more is charged, {owed} is repaid with {count} payment on {date}.",
            "If nothing more is charged, {owed} is repaid with {count} payments, the last on {date}.",
            proposal.count,
            owed=proposal.creditor.owed,
            date=proposal.last_on,
        ),
    ]


def _requests(proposal: Proposal) -> list[Phrase]:
    """What is asked of the lender, and when the budget is looked at again."""
    if proposal.count is None:
        return [
            Phrase(
                "Please charge no penalties and no further interest meanwhile, and confirm that in writing."
            )
        ]
    asked = []
    if proposal.creditor.product == BANK_CARD_CN and proposal.count <= MOST_MONTHS_CN:
        asked.append(
            Phrase(
                "The rules on credit cards of commercial banks (商业银行信用卡业务监督管理办法), article 70, "
                "allow such an agreement over up to {most} months.",
                most=MOST_MONTHS_CN,
            )
        )
    return [
        *asked,
        Phrase(
            "Please agree to these parts, and charge no penalties and no further interest while I keep to "
            "them."
        ),
        Phrase(
            "Please confirm to me in writing: the amounts and their dates, what is still charged, and what "
            "you report to credit registers."
        ),
        Phrase(
            "I will look at my budget again by {date}, and tell you if I can pay more or if something "
            "changes.",
            date=add_months(proposal.first_on, REVIEW_MONTHS),
        ),
    ]
