"""Letters that end something: a cancellation, money that is still the user's, an objection."""

from __future__ import annotations

from planner.domain.procedures.step_view import listed
from planner.phrases import Phrase
from planner.services.cases.letter import Addressee, CaseLetter, Told, lettered
from planner.services.cases.worksheet import Lack
from planner.services.letters import (
    LetterLine,
    because,
    reason_of,
)


def cancellation(told: Told) -> CaseLetter:
    """The account cancelled in writing, with the reasons."""
    subject = Phrase("Cancellation of {account}", account=told.account.name)
    texts: list[Phrase | LetterLine] = [
        Phrase("I ask you to cancel {account} for good.", account=told.account.name),
        Phrase("[Why you write instead of doing it online: what the app or the website says.]"),
        because(told.reason, Phrase("The reason: [why you want to cancel it, in one or two sentences]")),
        *told.facts.owed_words,
        *told.facts.paid_words,
    ]
    on = told.case.submitted_on
    if on is not None:
        texts.append(Phrase("I asked you for this before, on {date}.", date=on))
    linked = [Phrase(service.name) for service in told.account.services_in_use if service.unlinked_on is None]
    if linked:
        texts.append(
            Phrase(
                "If any of these is still linked to it, please end that link too: {services}.",
                services=listed(linked, len(linked)),
            )
        )
    if told.facts.credit is not None:
        texts.append(_pay_back(told))
    texts += [
        Phrase(
            "If something stands in the way, please tell me what it is and the exact amount that settles "
            "everything, with the day on which it holds."
        ),
        Phrase(
            "Please confirm to me in writing the day on which it is closed, that nothing is owed on it, that "
            "nothing will be debited any more, and what you report to credit registers."
        ),
        Phrase("Enclosed: [the proof that the lender asks for; cover every number that it does not need]"),
    ]
    return lettered(told, told.lender, subject, texts)


def _pay_back(told: Told) -> Phrase:
    if told.facts.credit is None:
        return Phrase(
            "You hold [the amount] of mine on {account} that is not due. Please pay it back to [the account "
            "from which it was paid].",
            account=told.account.name,
        )
    return Phrase(
        "By my own record of {today} you hold {amount} of mine on {account} that is not due. Please pay it "
        "back to [the account from which it was paid].",
        today=told.facts.today,
        amount=told.facts.credit,
        account=told.account.name,
    )


def refund(told: Told) -> CaseLetter:
    """What was paid beyond what is due, paid back."""
    subject = Phrase("Paying back what I have paid too much on {account}", account=told.account.name)
    texts: list[Phrase | LetterLine] = [
        _pay_back(told),
        because(
            told.reason,
            Phrase("[How it came about, such as a purchase that was returned. You may leave this out.]"),
        ),
        *told.facts.paid_words,
        Phrase(
            "Please confirm to me in writing the amount and the day on which it was paid back. If your "
            "figures differ from mine, please send me a statement."
        ),
    ]
    lacks: tuple[Lack, ...] = ()
    if told.facts.credit is None:
        text = Phrase(
            "The record has nothing on {account} that was paid beyond what is due. Compare it with the "
            "lender’s app, and record what is missing.",
            account=told.account.name,
        )
        lacks = (Lack(text, "bills", told.account.id),)
    return lettered(told, told.lender, subject, texts, lacks)


def dispute(told: Told) -> CaseLetter:
    """An objection, which in mainland China may go to the lender or to the register itself.

    Source: 征信业管理条例 (Regulation on the credit reporting industry), art. 25.
    """
    is_chinese = told.account.law == "CN"
    subject = Phrase("Objection to what my credit report says of {account}", account=told.account.name)
    to = told.lender
    if told.to is Addressee.REGISTER:
        to = (
            Phrase("Credit Reference Center of the People’s Bank of China (中国人民银行征信中心)")
            if is_chinese
            else Phrase("[name of the credit register]")
        )
    texts: list[Phrase | LetterLine] = [
        Phrase(
            "My credit report of [its day] says of {account}, lent by {lender}: [what it says, with month, "
            "amount and state].",
            account=told.account.name,
            lender=told.lender,
        ),
        _not_right(told.reason),
        *told.facts.owed_words,
        *told.facts.late_words,
        *told.facts.paid_words,
        _examine(is_chinese=is_chinese),
        Phrase(
            "If it is wrong, please correct it wherever it was reported, and send me a confirmation. If you "
            "keep to it, please tell me why, and send me the records that it rests on."
        ),
        Phrase("Enclosed: [copies of the entry and of your proof; cover every number that they do not need]"),
    ]
    return lettered(told, to, subject, texts)


def _examine(*, is_chinese: bool) -> Phrase:
    if is_chinese:
        return Phrase(
            "By article 25 of the Regulation on the credit reporting industry (征信业管理条例) I ask you to "
            "mark the entry as objected to, to look into it, and to answer me in writing within 20 days of "
            "receiving this letter."
        )
    return Phrase(
        "I ask you to mark the entry as objected to, to look into it, and to answer me in writing within the "
        "time that the law sets."
    )


def _not_right(words: str) -> Phrase:
    why = reason_of(words)
    if why is None:
        return Phrase("That is not right: [what is right, and how you know it, in one or two sentences]")
    return Phrase("That is not right: {reason}", reason=why)
