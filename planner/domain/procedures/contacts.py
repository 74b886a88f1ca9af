"""The contacts with a lender: in which order they came, what was promised, and what is to be looked after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from planner.domain.procedures.case import LogEntry
from planner.domain.procedures.kinds import Channel
from planner.phrases import Phrase

CHANNEL_WORDS = {
    Channel.APP: Phrase("In the app"),
    Channel.PHONE: Phrase("By telephone"),
    Channel.LETTER: Phrase("By letter"),
    Channel.EMAIL: Phrase("By e-mail"),
    Channel.MESSAGE: Phrase("By text message or chat"),
    Channel.BRANCH: Phrase("At a branch"),
    Channel.VISIT: Phrase("At the door"),
    Channel.COURT: Phrase("Through a court"),
    Channel.OTHER: Phrase("In another way"),
}


class PromiseState(StrEnum):
    """What became of what the lender promised."""

    NONE = "none"
    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    NOT_KEPT = "not_kept"


PROMISE_WORDS = {
    PromiseState.OPEN: Phrase("Not known yet whether it is kept"),
    PromiseState.OVERDUE: Phrase("Its day has passed. Was it kept?"),
    PromiseState.KEPT: Phrase("Kept"),
    PromiseState.NOT_KEPT: Phrase("Not kept"),
}


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that a contact led to and that is to be looked after.

    Attributes:
        entry: The contact.
        on: The day.
        promise: What became of what was promised; NONE where only a day was set.
    """

    entry: LogEntry
    on: date
    promise: PromiseState

    def words(self, account: Phrase) -> Phrase:
        """What to say of it.

        Args:
            account: The name of the account.
        """
        told = {"account": account, "promise": Phrase.own(self.entry.promise)}
        match self.promise:
            case PromiseState.OPEN:
                return Phrase(
                    "{account}: on {date} the lender promised: {promise}", **told, date=self.entry.on
                )
            case PromiseState.OVERDUE:
                return Phrase(
                    "{account}: the lender promised for {date}: {promise}. "
                    "Say in the log of contacts whether it was kept.",
                    **told,
                    date=self.on,
                )
            case PromiseState.NOT_KEPT:
                return Phrase(
                    "{account}: the lender did not keep what it promised on {date}: {promise}. "
                    "You can ask again, and record what is said.",
                    **told,
                    date=self.entry.on,
                )
            case _:
                return self._next_words(account)

    def _next_words(self, account: Phrase) -> Phrase:
        if self.entry.said:
            said = Phrase.own(self.entry.said)
            return Phrase(
                "{account}: you wanted to go on with this on {date}: {said}",
                account=account,
                date=self.on,
                said=said,
            )
        return Phrase(
            "{account}: you wanted to go on with the lender on {date}", account=account, date=self.on
        )


def newest_first(log: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
    """The contacts, the newest at the top; of one day and time, the one that was recorded last."""
    return tuple(reversed(_in_order(log)))


def promise_state(entry: LogEntry, today: date) -> PromiseState:
    """What became of what was promised in a contact, as far as the user has said."""
    if not entry.promise:
        return PromiseState.NONE
    if entry.is_kept is not None:
        return PromiseState.KEPT if entry.is_kept else PromiseState.NOT_KEPT
    if entry.next_on is not None and entry.next_on < today:
        return PromiseState.OVERDUE
    return PromiseState.OPEN


def awaited(log: Sequence[LogEntry], today: date) -> tuple[Awaited, ...]:
    """What is to be looked after, by its day.

    A promise stands there until the user says that it was kept; one that was not kept, until there was a
    contact on its day or later. A day to go on stands there until there was a contact on it or later, or
    a later contact led to a day of its own.
    """
    ordered = _in_order(log)
    found = []
    for place, entry in enumerate(ordered):
        later = ordered[place + 1 :]
        state = promise_state(entry, today)
        on = entry.next_on or (entry.on if state is PromiseState.NOT_KEPT else None)
        if on is None or state is PromiseState.KEPT:
            continue
        is_taken_up = any(each.on >= on for each in later)
        if state is PromiseState.NONE:
            is_taken_up = is_taken_up or any(each.next_on is not None for each in later)
        elif state is not PromiseState.NOT_KEPT:
            is_taken_up = False
        if not is_taken_up:
            found.append(Awaited(entry, on, state))
    return tuple(sorted(found, key=lambda each: each.on))


def unkept(log: Sequence[LogEntry], today: date) -> tuple[Awaited, ...]:
    """The promises whose day has passed without the user saying that they were kept."""
    wanted = {PromiseState.OVERDUE, PromiseState.NOT_KEPT}
    return tuple(each for each in awaited(log, today) if each.promise in wanted)


def _in_order(log: Sequence[LogEntry]) -> list[LogEntry]:
    # The order in which they were recorded decides where the day and the time do not: sorting is stable.
    return sorted(log, key=lambda entry: (entry.on, entry.at or time.min))
