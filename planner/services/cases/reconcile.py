"""The step that compares the record with the lender's app."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.procedures.case import Case, StepState
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.bills import check_currency, correct, our_figure
from planner.services.cases.kept import save_case
from planner.services.previews import made_ours
from planner.store.store import Store


class DifferentError(PlannerError):
    """What the app says is not what is recorded."""

    message = N_("The app shows {stated}, the record {ours}. Correct the record first.")


@dataclass(frozen=True, slots=True)
class Compared:
    """The record beside the app.

    Attributes:
        ours: What is still to pay by the record; what was paid ahead is taken off.
        stated: What the app shows.
    """

    ours: Derived[Money]
    stated: Money

    @property
    def difference(self) -> Derived[Money]:
        """By how much the app shows more; below nothing if it shows less."""
        value = self.stated - self.ours.value
        given = (
            Given(Phrase("What the app shows"), self.stated),
            Given(Phrase("Still to pay by this record"), self.ours),
        )
        rule = Phrase("Difference = what the app shows − what is still to pay by the record")
        return Derived(value, Derivation(rule, given, (Working(Phrase("Difference"), value),)))

    @property
    def apart(self) -> Derived[Money]:
        """How far they are apart, whichever is more."""
        found = self.difference
        return Derived(max(found.value, -found.value), lambda: found.derivation)

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.stated == self.ours.value


def recorded_balance(store: Store, case: Case, today: date) -> Derived[Money]:
    """What is still to pay on the account of a case by the record."""
    return made_ours(store, case.account_id, today)


def compared(store: Store, case: Case, stated: Money, today: date) -> Compared:
    """The record beside what the app shows today.

    Raises:
        AccountCurrencyError: That is in another currency.
    """
    check_currency(store, case.account_id, stated)
    return Compared(recorded_balance(store, case, today), stated)


def note_agreement(store: Store, case_id: str, step_id: str, stated: Money, today: date) -> Case:
    """Note that the record and the app agree today.

    Raises:
        AccountCurrencyError: What the app shows is in another currency.
        DifferentError: They do not agree.
    """
    case = store.cases.get(case_id)
    check_currency(store, case.account_id, stated)
    ours = our_figure(store, case.account_id, today)
    if stated != ours:
        raise DifferentError(stated=stated, ours=ours)
    return _done(store, case, step_id, today)


def correct_to_app(store: Store, case_id: str, step_id: str, stated: Money, today: date) -> Case:
    """Record what the app shows as a correction of the account; from then on both agree.

    Raises:
        AccountCurrencyError: It is in another currency.
        NothingToCorrectError: They agree already.
    """
    case = store.cases.get(case_id)
    check_currency(store, case.account_id, stated)
    correct(store, case.account_id, stated, today, "")
    return _done(store, case, step_id, today)


def _done(store: Store, case: Case, step_id: str, today: date) -> Case:
    done = replace(case.step(step_id), state=StepState.DONE, done_on=today)
    return save_case(store, case.with_step(done))
