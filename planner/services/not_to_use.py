"""Why an account is not to be paid with on a day: it is being closed, it is closed, or it cannot be used."""

from __future__ import annotations

from datetime import date

from planner.domain.account import Account, State
from planner.phrases import Phrase
from planner.store.store import Store


def not_to_use(store: Store, account: Account, day: date) -> Phrase | None:
    """Why an account is not to be paid with on a day; None if it may be.

    Args:
        store: The open store.
        account: The account.
        day: The day.
    """
    held = [each for each in account.states if each.state.stops_use and each.holds_on(day)]
    since = {each.state: each.since for each in held}
    if State.FROZEN in since:
        return Phrase(
            "{account} is recorded as frozen by the lender since {date}, so it cannot be paid with. Record "
            "the purchase only if it was made all the same.",
            account=account.name,
            date=since[State.FROZEN],
        )
    if State.LOCKED in since:
        return Phrase(
            "{account} is recorded as locked by you since {date}, so it cannot be paid with. Record the "
            "purchase only if it was made all the same.",
            account=account.name,
            date=since[State.LOCKED],
        )
    match account.life_on(day):
        case State.CLOSING:
            return closing_words(store, account, day)
        case State.CLOSED:
            return Phrase(
                "{account} is recorded as closed on that day. Record the purchase only if it was made all "
                "the same, and tell the lender.",
                account=account.name,
            )
        case _:
            return None


def closing_words(store: Store, account: Account, day: date) -> Phrase:
    """Until when an account that is being closed is not to be paid with, as far as that is known.

    Args:
        store: The open store.
        account: The account.
        day: The day.
    """
    last = _verified_by(store, account.id) if store.has_cases else None
    if last is not None and day <= last:
        return Phrase(
            "Do not pay with {account} until {date}: the lender is verifying.",
            account=account.name,
            date=last,
        )
    return Phrase("{account} is being closed: do not pay with it until that is done.", account=account.name)


def _verified_by(store: Store, account_id: str) -> date | None:
    """The last day the lender may take to verify a request to close; None if nobody knows."""
    # Only for who closes an account; a start has no need of them.
    from planner.domain.procedures.kinds import StepKind  # noqa: PLC0415 - see above
    from planner.domain.procedures.verification import verification  # noqa: PLC0415 - see above
    from planner.store import catalogue  # noqa: PLC0415 - see above

    for case in store.cases.of_account(account_id):
        procedure = catalogue.procedure(case.procedure)
        if case.submitted_on is None or case.ended_on is not None:
            continue
        if procedure is None or not procedure.is_closing:
            continue
        verify = procedure.of_kind(StepKind.VERIFY)
        if verify is not None and case.step(verify.id).state.is_settled:
            continue
        found = verification(procedure, case.submitted_on, store.published.calendar(procedure.calendar))
        if found is not None and found.latest is not None:
            return found.latest
    return None
