"""A reminder in words, as they are true on the day on which they are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.domain.due import days_from
from planner.domain.money import Money, sum_of
from planner.domain.reminders.reminder import About, Reminder, Topic
from planner.phrases import Phrase


def words_of(reminder: Reminder, today: date) -> Phrase:
    """What to say, such as: the bill of an account, what it comes to, its due date, "in 3 days".

    Args:
        reminder: What it is about.
        today: The day on which it is said, which may be later than the one it was planned for.
    """
    topic = reminder.topic
    if topic.words is not None:
        return topic.words
    amount = open_of(topic)
    if topic.on < today:
        return _after(topic, amount, today)
    told = {"name": topic.name, "amount": amount, "date": topic.on, "when": days_from(topic.on, today)}
    match topic.about:
        case About.DEBIT:
            said = Phrase("{name}: {amount} is debited on {date}, {when}.", **told)
        case About.AGREED if topic.on == today:
            said = Phrase(
                "{name}: {amount} is due on {date}, {when}, as you agreed with the lender. If you cannot pay "
                "it, call the lender today.",
                **told,
            )
        case About.AGREED:
            said = Phrase(
                "{name}: {amount} is due on {date}, {when}, as you agreed with the lender. If you cannot pay "
                "it, call the lender before that day.",
                **told,
            )
        case About.NOT_BILLED:
            said = Phrase(
                "{name}: {amount} will be due on {date}, {when}; its bill is not recorded yet.", **told
            )
        case _:
            said = _ahead(topic, amount, told)
    return said


def _ahead(topic: Topic, amount: Money, told: Mapping[str, object]) -> Phrase:
    """What is to be paid, and the least of it."""
    least = least_of(topic)
    if least < amount:
        return Phrase("{name}: {amount} is due on {date}, {when}; at least {least}.", **told, least=least)
    return Phrase("{name}: {amount} is due on {date}, {when}.", **told)


def _after(topic: Topic, amount: Money, today: date) -> Phrase:
    match topic.about:
        case About.DEBIT:
            return Phrase(
                "{name}: {amount} was to be debited on {date}, and no payment is recorded. "
                "Look whether it was debited, and record it or pay it.",
                name=topic.name,
                amount=amount,
                date=topic.on,
            )
        case About.AGREED:
            return Phrase(
                "{name}: {amount} was due on {date}, {when}, as you agreed with the lender. Record it if you "
                "paid it; if you could not, call the lender today.",
                name=topic.name,
                amount=amount,
                date=topic.on,
                when=days_from(topic.on, today),
            )
        case About.NOT_BILLED:
            return Phrase(
                "{name}: a bill was due on {date}, and none is recorded. "
                "It may well be paid: record the bill and the payment.",
                name=topic.name,
                date=topic.on,
            )
        case _:
            return Phrase(
                "{name}: {amount} was due on {date}, {when}.",
                name=topic.name,
                amount=amount,
                date=topic.on,
                when=days_from(topic.on, today),
            )


def beside_line(reminder: Reminder, today: date) -> Phrase | None:
    """What to say beside a line that shows what is to be paid, how much and when.

    Args:
        reminder: What it is about.
        today: The day on which it is said.

    Returns:
        What the line does not say; None if that is nothing.
    """
    topic = reminder.topic
    if topic.on < today:
        return _BESIDE_AFTER.get(topic.about)
    if topic.about is About.AGREED and topic.on == today:
        return _AGREED_TODAY
    if topic.about is not About.DUE:
        return _BESIDE.get(topic.about)
    amount = open_of(topic)
    least = least_of(topic)
    return Phrase("At least {least} is due by then.", least=least) if least < amount else None


_FAILED = Phrase("The automatic debit failed. Pay it by hand, or ask the lender what can be agreed.")
_AGREED_TODAY = Phrase("You agreed on it with the lender. If you cannot pay it, call the lender today.")
_BESIDE = {
    About.FAILED: _FAILED,
    About.DEBIT: Phrase("It is to be debited on that day."),
    About.AGREED: Phrase(
        "You agreed on it with the lender. If you cannot pay it, call the lender before that day."
    ),
    About.NOT_BILLED: Phrase("Its bill is not recorded yet."),
}
_BESIDE_AFTER = {
    About.FAILED: _FAILED,
    About.DEBIT: Phrase(
        "It was to be debited, and no payment is recorded. "
        "Look whether it was debited, and record it or pay it."
    ),
    About.AGREED: Phrase(
        "You agreed on it with the lender. Record it if you paid it; if you could not, call the lender today."
    ),
    About.NOT_BILLED: Phrase(
        "No bill of it is recorded. It may well be paid: record the bill and the payment."
    ),
}


def open_of(topic: Topic) -> Money:
    """What is still to pay of a topic with dues."""
    return sum_of((due.open for due in topic.dues), topic.dues[0].open.currency)


def least_of(topic: Topic) -> Money:
    """The least that is still to pay of a topic with dues."""
    return sum_of((due.open_minimum for due in topic.dues), topic.dues[0].open.currency)
