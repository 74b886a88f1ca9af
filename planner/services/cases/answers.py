"""Requests of cases under way whose answer is due, as something to remind of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.procedures.kinds import StepKind
from planner.domain.reminders.reminder import About, Topic
from planner.phrases import Phrase
from planner.services.cases.request_words import request_words
from planner.services.cases.views import case_view
from planner.store import catalogue
from planner.store.store import Store


def answer_topics(store: Store, accounts: Mapping[str, Account], today: date) -> Iterator[Topic]:
    """The last day of each request that is still unanswered, and the day after it, when its time is over."""
    for case in store.cases.all():
        account, procedure = accounts.get(case.account_id), catalogue.procedure(case.procedure)
        if case.ended_on is not None or case.submitted_on is None or account is None or procedure is None:
            continue
        step, view = procedure.of_kind(StepKind.VERIFY), case_view(store, case, today)
        latest = view.verification.latest if view.verification is not None else None
        if step is None or latest is None or view.is_verified:
            continue
        name = Phrase.own(account.name)
        for kind, on in (("", latest), ("/over", latest + timedelta(days=1))):
            told = request_words(view, on)
            if told is None or (on == latest < today):
                continue
            words = told if procedure.is_closing else Phrase("{account}: {task}", account=name, task=told)
            yield Topic(f"{case.id}/{step.id}{kind}", About.ANSWER, account.id, name, on, words=words)
