"""How one run of a procedure stands today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from planner.domain.account import Account, Contact
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.published import Procedure, Step
from planner.domain.procedures.rules import Blocker
from planner.domain.procedures.step_view import StepView, listed
from planner.domain.procedures.verification import Verification
from planner.domain.procedures.waiting import Wait
from planner.phrases import Phrase

if TYPE_CHECKING:
    from planner.domain.settling.account import Settlement
    from planner.services.agreement_view import AgreementView


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A line of what is open in a step.

    Attributes:
        text: What it says.
        blocker: What is open; the first of several.
        step_id: The step of this case that lists them; empty if this line says what it is itself.
    """

    text: Phrase
    blocker: Blocker
    step_id: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One run of a procedure as it stands today; every figure in it is worked out, none is kept.

    Attributes:
        case: The run.
        procedure: The procedure as published now.
        account: The account it is about.
        today: The day it is seen on.
        steps: The steps its answers lead to, in order.
        credit: What was paid beyond all dues, and how that was made; None if nothing was.
        verification: When the lender's verification may be over; None before the request.
        contacts: Whom to call: the user's own, else the published ones.
        settle: Works out what settling the account today comes to, which a reminder does not need.
        answers: What leads through the procedure: what the user answered, and what the record said.
        agreement: What was agreed with the lender, as it stands; None if nothing was.
        waits: The waits on the way, as they stand.
        tell_of: Works out what a step says of the record, which only its print needs all of.
    """

    case: Case
    procedure: Procedure
    account: Account
    today: date
    steps: tuple[StepView, ...]
    credit: Derived[Money] | None
    verification: Verification | None
    contacts: tuple[Contact, ...]
    settle: Callable[[], Settlement] = field(compare=False, repr=False)
    answers: Mapping[str, str] = field(default_factory=dict)
    agreement: AgreementView | None = None
    waits: tuple[Wait, ...] = ()
    tell_of: Callable[[Step], tuple[Phrase, ...]] = field(default=lambda _step: (), compare=False, repr=False)

    @property
    def settlement(self) -> Settlement:
        """What settling the account today comes to."""
        return self.settle()

    @property
    def done(self) -> int:
        """How many steps need nothing more."""
        return sum(step.is_settled for step in self.steps)

    @property
    def next_step(self) -> StepView | None:
        """The first step that can be gone on with; once the request is made, the first after it."""
        kinds = [step.step.kind for step in self.steps]
        start = 0
        if self.case.submitted_on is not None and StepKind.SUBMIT in kinds:
            start = kinds.index(StepKind.SUBMIT) + 1
        return next(
            (step for step in self.steps[start:] if not step.is_settled and not step.is_blocked), None
        )

    @property
    def open_steps(self) -> int:
        """How many steps are neither done nor called not needed; optional ones may always be passed over."""
        return sum(not step.is_settled and not step.step.optional for step in self.steps)

    def open_items(self, found: StepView) -> tuple[OpenItem, ...]:
        """What a step waits for, else what is left in it; what another step lists is only counted."""
        if found.is_not_needed:
            return ()
        lines = []
        # While it cannot start, what it works off itself is none of the reasons.
        shown = found.waits_for if found.is_blocked else (*found.waits_for, *found.left)
        for rule in found.step.rules:
            group = [each for each in shown if each.rule is rule]
            place, elsewhere = self._worked_off_in(rule, found)
            if elsewhere is None or len(group) <= 1:
                lines += [OpenItem(each.text, each) for each in group]
                continue
            text = Phrase.counted(
                "See step {number}: {count} thing is still open.",
                "See step {number}: {count} things are still open.",
                len(group),
                number=place,
            )
            lines.append(OpenItem(text, group[0], elsewhere.step.id))
        return tuple(lines)

    def _worked_off_in(self, rule: Rule, other_than: StepView) -> tuple[int, StepView | None]:
        """The number of the step that lists what a rule found, and the step, if it is another one."""
        for place, step in enumerate(self.steps, 1):
            if step.step.id != other_than.step.id and any(each.rule is rule for each in step.left):
                return place, step
        return 0, None

    @property
    def submitted(self) -> Phrase | None:
        """When the request was made, in words; None if it was not."""
        on, at = self.case.submitted_on, self.case.submitted_at
        if on is None:
            return None
        if at is None:
            return Phrase("Submitted on {date}.", date=on)
        return Phrase("Submitted on {date} at {time}.", date=on, time=f"{at:%H:%M}")

    @property
    def recorded_anyway(self) -> Phrase | None:
        """That something was open when the request was recorded, in words; None if nothing was."""
        from planner.services.cases.request_words import (  # noqa: PLC0415 - no reminder at a start needs it
            recorded_anyway,
        )

        return recorded_anyway(self)

    def step(self, step_id: str) -> StepView | None:
        """A step of the way the answers lead, if it is on it."""
        return next((step for step in self.steps if step.step.id == step_id), None)

    @property
    def is_changed_since(self) -> bool:
        """Whether the procedure was published anew since the case was started."""
        return self.case.revision < self.procedure.revision

    @property
    def banner(self) -> Phrase | None:
        """The one thing to keep in mind now, if there is one: first of all an agreement that is not kept."""
        alert = self.agreement.alert if self.agreement is not None else None
        last = Phrase("You can finish it now.") if self.is_finishable else None
        return next((each for each in (alert, self._of_wait(), self._of_request()) if each is not None), last)

    @property
    def is_finishable(self) -> bool:
        """Whether it is under way though nothing is left to do in it; tasks come again and have no end."""
        tasks = [each for each in self.steps if each.step.kind is StepKind.TASK]
        is_done = bool(self.steps) and not self.unanswered and not self.open_steps
        return is_done and self.case.ended_on is None and all(each.is_not_needed for each in tasks)

    @property
    def unanswered(self) -> bool:
        """Whether a question that leads to more steps is still to be answered, as long as it is under way."""
        asked = {each.id for each in self.procedure.questions}
        return self.case.ended_on is None and not asked <= self.case.answers.keys()

    def _of_wait(self) -> Phrase | None:
        """That a wait should be over by now."""
        passed = self.passed_wait
        if passed is None or passed.latest is None:
            return None
        return Phrase(
            "The wait was over on {moment} at the latest. See in the app whether it is done, and ask the "
            "lender if it is not.",
            moment=passed.latest.words,
        )

    def _of_request(self) -> Phrase | None:
        """What the end of the case or its request asks to keep in mind."""
        if self.case.ended_on is not None:
            return self._ended(self.case.ended_on)
        from planner.services.cases.request_words import request_words  # noqa: PLC0415 - see recorded_anyway

        return request_words(self, self.today)

    def _ended(self, on: date) -> Phrase:
        """That it is finished, with what came of it, or else with what was left open."""
        came_to = self.procedure.result(self.case.result)
        if came_to is not None:
            how = Phrase(came_to.title)
            return Phrase("Finished on {date}: {result}.", date=on, result=how)
        if not self.open_steps:
            return Phrase("Finished on {date}.", date=on)
        return Phrase.counted(
            "Finished on {date}. {count} step was left open.",
            "Finished on {date}. {count} steps were left open.",
            self.open_steps,
            date=on,
        )

    @property
    def passed_wait(self) -> Wait | None:
        """A wait that goes on though its latest day has passed; None if there is none."""
        if self.case.ended_on is not None:
            return None
        now = datetime.combine(self.today, time(0, 0))
        return next((each for each in self.waits if each.is_running and each.is_over(now)), None)

    @property
    def is_verified(self) -> bool:
        """Whether the user has called the lender's verification over."""
        step = self.procedure.of_kind(StepKind.VERIFY)
        return step is not None and self.case.step(step.id).state.is_settled

    @property
    def window(self) -> Phrase | None:
        """When the lender's verification may be over, in words; None before the request."""
        found = self.verification
        if found is None:
            return None
        if found.earliest is None or found.latest is None:
            if found.earliest is None:
                return found.unknown
            return Phrase(
                "Not before {date}; the last day cannot be worked out. {reason}",
                date=found.earliest,
                reason=found.unknown,
            )
        return Phrase("Between {earliest} and {latest}", earliest=found.earliest, latest=found.latest)

    @property
    def window_note(self) -> Phrase | None:
        """How far the sources agree on the lender's verification; None if there is nothing to say."""
        step = self.procedure.of_kind(StepKind.VERIFY)
        told = self.procedure.durations_of(step.duration) if step is not None else ()
        numbers = [each for each in told if each.least is not None or each.most is not None]
        if not numbers or len(told) == 1:
            return None
        if len(numbers) > 1:
            return Phrase("The sources name different numbers of days.")
        return Phrase("One source gives these days, others name none.")

    @property
    def made_window(self) -> Derived[Phrase] | None:
        """When the lender's verification may be over, and how that was made; None before the request."""
        found, window = self.verification, self.window
        return Derived(window, found.derivation) if found is not None and window is not None else None

    @property
    def reminder(self) -> Phrase | None:
        """What the user wanted to be reminded of, once its day has come."""
        day = self.case.look_again_on
        orders = [each for step in self.steps for each in step.left if each.rule is Rule.UNFINISHED_ORDERS]
        if day is None or day > self.today or self.case.ended_on is not None:
            return None
        if orders:
            return Phrase(
                "You wanted to look at these orders again on {date}: {what}.",
                date=day,
                what=listed([each.text for each in orders]),
            )
        return Phrase("All orders are finished in the record. You can go on with the request.")
