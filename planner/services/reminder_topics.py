"""Everything there is to remind of, each kind from where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.money import sum_of
from planner.domain.position import Position
from planner.domain.reminders.reminder import About, Topic
from planner.domain.reminders.topics import topics_of
from planner.phrases import Phrase
from planner.store.store import Store

Source = Callable[[Store, Mapping[str, Account], date], Iterator[Topic]]
"""What yields the topics of one kind; each knows by a quick look whether it has any."""


def topics(store: Store, today: date, position: Position | None = None) -> list[Topic]:
    """Everything there is to remind of: what is to be paid, to be asked for, or to be looked at again.

    Args:
        store: The open store.
        today: The local day.
        position: What is recorded on that day, where that is known already.
    """
    accounts = {account.id: account for account in store.accounts.all()}
    agreed = {each.plan_id for each in store.agreements.all()} if store.has_agreements else frozenset()
    found = list(topics_of(position or store.ledgers.position(today), accounts, agreed))
    if store.has_failed_debits:
        found = _with_failures(store, found)
    for source in SOURCES:
        found += source(store, accounts, today)
    return found


def _to_ask(store: Store, accounts: Mapping[str, Account], today: date) -> Iterator[Topic]:
    if not store.has_adopted_plan:
        return
    from planner.domain.adopted.todo_words import todo_words  # noqa: PLC0415 - only for who follows a plan

    for plan in store.adopted_plans.followed():
        for todo in plan.todos:
            account = accounts.get(todo.account_id)
            if todo.state.is_answered or todo.by is None or account is None:
                continue
            words = todo_words(todo, account.name, today)
            yield Topic(todo.id, About.ASK, account.id, Phrase.own(account.name), todo.by, words=words)


def _to_look_at(store: Store, accounts: Mapping[str, Account], today: date) -> Iterator[Topic]:
    if not store.has_cases:
        return
    from planner.services.cases.views import reminders  # noqa: PLC0415 - only for who runs a procedure

    dated = [case for case in store.cases.all() if case.look_again_on is not None and case.ended_on is None]
    if not dated:
        return
    come = reminders(store, today)
    for case in dated:
        if case.look_again_on is None or case.account_id not in accounts:
            continue
        name = Phrase.own(accounts[case.account_id].name)
        ahead = Phrase("{account}: look at the unfinished orders again", account=name)
        words = come.get(case.id, ahead)
        yield Topic(case.id, About.LOOK_AGAIN, case.account_id, name, case.look_again_on, words=words)


def _to_follow_up(store: Store, accounts: Mapping[str, Account], today: date) -> Iterator[Topic]:
    """What lenders promised, and the days on which the user wanted to go on with them."""
    cases = store.cases.with_open_log() if store.has_cases else []
    if not cases:
        return
    from planner.domain.procedures.contacts import PromiseState, awaited  # noqa: PLC0415 - only for who has a log

    for case in cases:
        name = Phrase.own(accounts[case.account_id].name)
        for each in awaited(case.log, today):
            about = About.NEXT_CONTACT if each.promise is PromiseState.NONE else About.PROMISE
            yield Topic(each.entry.id, about, case.account_id, name, each.on, words=each.words(name))


def _of_steps(store: Store, accounts: Mapping[str, Account], today: date) -> Iterator[Topic]:
    if not store.has_cases or not any(case.ended_on is None for case in store.cases.all()):
        return
    from planner.services.cases.answers import answer_topics  # noqa: PLC0415 - only for who runs a procedure
    from planner.services.cases.tasks import task_topics  # noqa: PLC0415 - see above
    from planner.services.cases.waits import wait_topics  # noqa: PLC0415 - see above

    yield from task_topics(store, accounts)
    yield from wait_topics(store, accounts, today)
    yield from answer_topics(store, accounts, today)


def _with_failures(store: Store, found: list[Topic]) -> list[Topic]:
    """The same, told as failed where an automatic debit did."""
    from planner.services.failed_debits import (  # noqa: PLC0415 - only where one did
        failed_together_words,
        failed_words,
        open_failures,
    )

    failed = open_failures(store, [due for topic in found for due in topic.dues])

    def told(topic: Topic) -> Iterator[Topic]:
        dues = tuple(due for due in topic.dues if due.id in failed)
        if not dues:
            yield topic
            return
        first, *others = dues
        words = failed_words(topic.name, first, failed[first.id])
        if others:
            together = sum_of((due.open for due in dues), first.open.currency)
            words = failed_together_words(topic.name, together, max(failed[due.id].on for due in dues))
        rest = tuple(due for due in topic.dues if due.id not in failed)
        if not rest:
            yield replace(topic, about=About.FAILED, words=words)
            return
        yield replace(topic, id=first.id, about=About.FAILED, dues=dues, words=words)
        yield replace(topic, dues=rest)

    return [each for topic in found for each in told(topic)]


# Another kind of thing to remind of is a function here and a value of About; its topics carry their words.
SOURCES: tuple[Source, ...] = (_to_ask, _to_look_at, _to_follow_up, _of_steps)
