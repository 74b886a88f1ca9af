"""Letters about agreeing: a proposal, and the confirmation of what was agreed or that it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from planner.domain.agreed import Agreed, AgreedSums
from planner.domain.instalment import InstalmentPlan
from planner.domain.procedures.kinds import Channel
from planner.phrases import Phrase
from planner.services.cases.letter import CaseLetter, Told, lettered
from planner.services.cases.letter_answers import changed_words, wanted_words
from planner.services.hardship_letter import letter as hardship_letter
from planner.services.letters import LetterLine, LineKind, because

# Own choice: an agreement of more instalments than these is told by the first, the last and how many.
_MOST_ROWS = 24
# Own choice: time for the lender to object before the first instalment.
_DAYS_TO_OBJECT = 7


def proposal(told: Told) -> CaseLetter:
    """What the budget has for this lender; else what was agreed; else room for the amounts."""
    sheet = told.sheet()
    if sheet.is_ready and sheet.found is not None:
        return CaseLetter(
            hardship_letter(
                sheet.found, told.account.id, told.reason, changed_words(told.case), wanted_words(told.case)
            ),
            sheet.lacks,
        )
    subject = Phrase("Proposal for repaying {account} in monthly parts", account=told.account.name)
    texts: list[Phrase | LetterLine] = [
        *told.facts.owed_words,
        because(told.reason, changed_words(told.case)),
    ]
    texts += wanted_words(told.case) if told.agreed is None else ()
    if told.agreed is not None:
        texts.append(_in_instalments(told.agreed[1]))
    else:
        texts.append(
            Phrase("I offer to pay you [the amount you can pay] a month, for the first time on [the day].")
        )
    texts += [
        Phrase(
            "Please agree to these parts, and charge no penalties and no further interest while I keep to "
            "them."
        ),
        Phrase(
            "Please confirm to me in writing: the amounts and their dates, what is still charged, and what "
            "you report to credit registers."
        ),
    ]
    return lettered(told, told.lender, subject, texts, sheet.lacks)


def _in_instalments(plan: InstalmentPlan) -> Phrase:
    days = sorted(row.due_on for row in plan.rows)
    return Phrase.counted(
        "I offer to pay you {total} in {count} instalment, on {first}.",
        "I offer to pay you {total} in {count} instalments, from {first} to {last}.",
        len(days),
        total=plan.total,
        first=days[0],
        last=days[-1],
    )


def confirmation(told: Told) -> CaseLetter:
    """Of what was agreed, or, where nothing was, of the account being closed."""
    if told.agreed is not None:
        return _of_agreement(told, *told.agreed)
    subject = Phrase("Confirmation that {account} is closed", account=told.account.name)
    on = told.case.submitted_on
    asked = (
        Phrase("I asked you to close {account}.", account=told.account.name)
        if on is None
        else Phrase("On {date} I asked you to close {account}.", date=on, account=told.account.name)
    )
    texts: list[Phrase | LetterLine] = [
        asked,
        *told.facts.owed_words,
        *told.facts.paid_words,
        Phrase(
            "Please confirm to me in writing the day on which it is closed, that nothing is owed on it, that "
            "nothing will be debited any more, and what you report to credit registers."
        ),
    ]
    return lettered(told, told.lender, subject, texts)


_HOW: Mapping[Channel, Phrase] = {
    # i18n: As in: “On 22 Nov 2026 Agent 7 agreed with me for you, in your app, on the following:”
    Channel.APP: Phrase("in your app"),
    Channel.PHONE: Phrase("on the telephone"),
    Channel.LETTER: Phrase("by letter"),
    Channel.EMAIL: Phrase("by e-mail"),
    Channel.MESSAGE: Phrase("by message"),
    Channel.BRANCH: Phrase("at your branch"),
    Channel.VISIT: Phrase("at my home"),
    Channel.COURT: Phrase("before the court"),
    Channel.OTHER: Phrase("[how]"),
}


def _of_agreement(told: Told, agreed: Agreed, plan: InstalmentPlan) -> CaseLetter:
    subject = Phrase(
        "Confirmation of what we agreed on {date} for {account}",
        date=agreed.agreed_on,
        account=told.account.name,
    )
    who = Phrase.own(agreed.person) if agreed.person else Phrase("[name or number of the person]")
    texts: list[Phrase | LetterLine] = [
        Phrase(
            "On {date} {person} agreed with me for you, {how}, on the following:",
            date=agreed.agreed_on,
            person=who,
            how=_HOW[agreed.channel],
        ),
        *(LetterLine(item, LineKind.ITEM) for item in _agreed_items(agreed, plan)),
        Phrase("Please confirm that to me in writing, with what you report to credit registers meanwhile."),
        Phrase(
            "If something of it is not as we agreed, please tell me by {date}. Until then I keep to it as it "
            "stands here.",
            date=max(told.facts.today, agreed.agreed_on) + timedelta(days=_DAYS_TO_OBJECT),
        ),
    ]
    return lettered(told, told.lender, subject, texts)


def _agreed_items(agreed: Agreed, plan: InstalmentPlan) -> list[Phrase]:
    rows = sorted(plan.rows, key=lambda row: row.due_on)
    items = [
        Phrase.counted(
            "I repay {total} in {count} instalment.",
            "I repay {total} in {count} instalments.",
            len(rows),
            total=plan.total,
        )
    ]
    shown = rows if len(rows) <= _MOST_ROWS else [rows[0], rows[-1]]
    items += [
        Phrase(
            "Instalment {number}: {amount} on {date}", number=row.number, amount=row.total, date=row.due_on
        )
        for row in shown
    ]
    if plan.fees + plan.interest:
        items.append(Phrase("Of that {amount} is a fee or interest.", amount=plan.fees + plan.interest))
    waived = AgreedSums.kept(agreed, plan).waived.value
    if waived:
        items.append(Phrase("You waive {amount}.", amount=waived))
    if agreed.pauses_collection:
        items.append(Phrase("As long as I keep to it, you do not collect: no calls, no messages, no visits."))
    return items
