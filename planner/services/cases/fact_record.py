"""Facts about the state of the account of a case, and about late payments that were reported."""

from __future__ import annotations

from datetime import timedelta

from planner.domain.account import DatedState
from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.late.counts import LateCounts
from planner.domain.late_figures import made_record_leaves
from planner.domain.law.credit_register import NOT_STARTED, RECORD_LAW, record_leaves
from planner.domain.procedures.kinds import FactKind
from planner.domain.procedures.step_view import listed
from planner.domain.sourced import Reliability, Source
from planner.phrases import Phrase
from planner.services.account_states import STATE_WORDS, states_now
from planner.services.cases.fact import LABELS, Asked, Fact

# The country whose rule on how long a late record is kept this program knows.
_WITH_RECORD_RULE = "CN"


def states(asked: Asked) -> Fact:
    """What the account is, and since when."""
    kind, on = FactKind.STATES, asked.today
    held = [each for each in asked.account.states if each.holds_on(on)]
    known = {each.state for each in held}
    words = [
        Phrase("{state} since {date}", state=STATE_WORDS[each.state], date=each.since)
        for each in sorted(held, key=lambda each: each.state.is_restriction)
    ]
    words = [STATE_WORDS[state] for state in states_now(asked.account, on) if state not in known] + words

    def given(each: DatedState) -> Given:
        since = Phrase("since {date}", date=each.since)
        if each.until is not None:
            since = Phrase("{since} until {date}", since=since, date=each.until)
        return Given(STATE_WORDS[each.state], since)

    if not asked.account.states:
        return Fact(kind, LABELS[kind], listed(words))
    rule = Phrase("What is recorded of the account: a stage of its life, and what lies over it")
    return Fact(
        kind, LABELS[kind], Derived(listed(words), Derivation(rule, tuple(map(given, asked.account.states))))
    )


def late_counts(asked: Asked) -> Fact:
    """How often payments were late, and how often they were in time."""
    kind = FactKind.LATE_COUNTS
    counts = asked.late_counts
    in_time = (counts.in_time_words,) if counts.in_time_words is not None else ()
    return Fact(kind, LABELS[kind], counts.words, (*in_time, *counts.notes))


def record_expiry(asked: Asked) -> Fact:
    """Until when a late record is kept."""
    kind = FactKind.RECORD_EXPIRY
    if asked.account.law != _WITH_RECORD_RULE:
        unknown = Phrase("Not known: this program has the rule of mainland China only.")
        return Fact(kind, LABELS[kind], unknown, is_known=False)
    counts = asked.late_counts
    if not counts.times:
        return Fact(kind, LABELS[kind], Phrase("No payment was ever late, by what is recorded."))
    notes = (Phrase("It is about what the lender reported, which only the credit report shows."),)
    if counts.open_now:
        return Fact(kind, LABELS[kind], Derived(NOT_STARTED, lambda: _not_started(counts)), notes)
    paid_on = max(time.due_on + timedelta(days=time.days) for time in counts.times)
    leaves = record_leaves(paid_on) or paid_on
    return Fact(kind, LABELS[kind], Phrase("until {date}", date=made_record_leaves(paid_on, leaves)), notes)


def _not_started(counts: LateCounts) -> Derivation:
    rule = Phrase("A late record is kept for five years from the day on which everything is paid.")
    law = Source(RECORD_LAW, None, Reliability.HIGH)
    still = (
        Given(Phrase("{what}, due on {date}", what=time.label, date=time.due_on), Phrase("still to pay"))
        for time in counts.times
        if time.is_open
    )
    return Derivation(rule, (*still, Given(Phrase("Kept for"), Phrase("five years"), law)))
