"""What there is to pay and remind of; what is no due comes from where it is kept, with words of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from planner.domain.account import Account, titled
from planner.domain.due import Due
from planner.domain.position import Position
from planner.domain.reminders.reminder import About, Topic
from planner.phrases import Phrase


def topics_of(
    position: Position, accounts: Mapping[str, Account], agreed: Collection[str] = ()
) -> Iterator[Topic]:
    """What is to be paid, is late, or should have been billed.

    A due is no topic any more once its minimum is paid: it cannot become late. What is not billed yet
    is one topic for all of an account and day, as it will be one bill.

    Args:
        position: What is recorded on a day.
        accounts: Each account by its id.
        agreed: The plans that were agreed with a lender, since it could not be paid otherwise.

    Yields:
        Each topic, by its day.
    """
    not_billed: dict[tuple[str, str, str], list[Due]] = {}
    for due in position.open_dues:
        if due.due_on is None or not due.open_minimum:
            continue
        if due.projected:
            key = (due.account_id, due.due_on.isoformat(), due.open.currency)
            not_billed.setdefault(key, []).append(due)
            continue
        account = accounts[due.account_id]
        about = About.DEBIT if account.automatic else About.DUE
        if due.plan_id and due.plan_id in agreed:
            about = About.AGREED
        yield Topic(due.id, about, account.id, titled(account.name, due.label), due.due_on, (due,))
    for key, dues in not_billed.items():
        day = dues[0].due_on
        if day is not None:
            name = Phrase.own(accounts[key[0]].name)
            yield Topic("/".join(key), About.NOT_BILLED, key[0], name, day, tuple(dues))
