"""Waits of cases under way whose end has come, as something to remind of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.procedures.counting import Moment
from planner.domain.procedures.kinds import StepKind
from planner.domain.reminders.reminder import About, Topic
from planner.phrases import Phrase
from planner.services.cases.views import case_view
from planner.store import catalogue
from planner.store.store import Store


def wait_topics(store: Store, accounts: Mapping[str, Account], today: date) -> Iterator[Topic]:
    """The running waits of the cases under way, each with the day on which to look whether it is over."""
    for case in store.cases.all():
        account, procedure = accounts.get(case.account_id), catalogue.procedure(case.procedure)
        if case.ended_on is not None or account is None or procedure is None:
            continue
        if procedure.of_kind(StepKind.WAIT) is None:
            continue
        for wait in case_view(store, case, today).waits:
            if wait.is_running and wait.latest is not None:
                on = day_to_look(wait.latest)
                name, title = Phrase.own(account.name), Phrase(wait.step.title)
                words = Phrase(
                    "{account}: see in the app whether “{step}” is over, and ask the lender if it is not.",
                    account=name,
                    step=title,
                )
                yield Topic(f"{case.id}/{wait.step.id}", About.WAIT, account.id, name, on, words=words)


def day_to_look(latest: Moment) -> date:
    """The first day on which a wait is over: that of its hour, else the day after its last day."""
    return latest.on if latest.at is not None else latest.on + timedelta(days=1)
