"""What was planned beside what really happened, and whether the plan still fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.adopted.matching import Record, matched
from planner.domain.adopted.misfit import Misfit, misfits
from planner.domain.adopted.plan import AdoptedPlan, Todo
from planner.domain.adopted.plan_line import Line, line_of
from planner.domain.adopted.planned import cost_of
from planner.domain.adopted.todo_words import is_overdue, todo_words
from planner.domain.derivation import Derived, Given, added
from planner.domain.money import Money
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Month:
    """What was planned and what was paid in one calendar month.

    Attributes:
        first_on: Its first day.
        planned: What was planned.
        paid: What was paid of the plan, or came back, in that month.
    """

    first_on: date
    planned: Derived[Money]
    paid: Derived[Money]


@dataclass(frozen=True, slots=True)
class Answer:
    """A lender's answer that is still missing.

    Attributes:
        todo: What was to be asked for.
        words: What to do about it.
        is_overdue: Whether the day for it is over.
    """

    todo: Todo
    words: Phrase
    is_overdue: bool


# Without slots: the figures are worked out once, when somebody looks.
@dataclass(frozen=True)
class Progress:
    """What was planned beside what really happened.

    Attributes:
        plan: The plan.
        on: The day.
        lines: Each planned payment, by date.
        answers: What lenders have still to answer, by the day for it.
        misfits: Where the record has changed so that the plan does not fit it any more.
        answered: What lenders have agreed to and what is done, and every answer with a note, in words.
        cost: What the plan costs above what was owed, with what was agreed to since.
    """

    plan: AdoptedPlan
    on: date
    lines: tuple[Line, ...]
    answers: tuple[Answer, ...]
    misfits: tuple[Misfit, ...]
    answered: tuple[Phrase, ...]
    cost: Derived[Money]

    @cached_property
    def planned(self) -> Derived[Money]:
        """All that was planned."""
        rule = Phrase("Planned in all = every payment of the plan")
        return self._sum(rule, ((line.given, line.payment.amount) for line in self.lines))

    @cached_property
    def planned_by_now(self) -> Derived[Money]:
        """What was planned until the day before."""
        rule = Phrase("Planned by now = the payments of the plan whose day is over")
        return self._sum(rule, ((line.given, line.payment.amount) for line in self._past))

    @cached_property
    def paid(self) -> Derived[Money]:
        """What was paid of the plan."""
        rule = Phrase(
            "Paid of the plan = what went to its dues since it was adopted, the earliest planned payment "
            "first"
        )
        return self._sum(rule, ((line.given, line.paid) for line in self.lines if line.paid))

    @cached_property
    def behind(self) -> Derived[Money]:
        """What was planned by now and is neither paid nor needless."""
        rule = Phrase("Still open of what was planned by now = what each payment lacks whose day is over")
        return self._sum(rule, ((line.given, line.left) for line in self._past if line.left))

    @cached_property
    def ahead(self) -> Derived[Money]:
        """What was paid of payments that are planned for later."""
        rule = Phrase("Paid ahead of the plan = what was paid of payments planned for later days")
        later = (line for line in self.lines if line.on > self.on and line.paid)
        return self._sum(rule, ((line.given, line.paid) for line in later))

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Month by month, what was planned and what was paid."""
        planned: dict[date, list[tuple[Phrase, Money]]] = {}
        paid: dict[date, list[tuple[Phrase, Money]]] = {}
        for line in self.lines:
            planned.setdefault(line.on.replace(day=1), []).append((line.given, line.payment.amount))
            for part in line.filled.parts:
                label = Phrase("{what}, paid on {date}", what=line.label, date=part.paid_on)
                paid.setdefault(part.paid_on.replace(day=1), []).append((label, part.amount))
        meant = Phrase("Planned in a month = the payments of the plan in it")
        real = Phrase("Paid in a month = what went to the payments of the plan in it")
        return tuple(
            Month(first, self._sum(meant, planned.get(first, ())), self._sum(real, paid.get(first, ())))
            for first in sorted({*planned, *paid})
        )

    @property
    def is_agreed_to(self) -> bool:
        """Whether a lender has agreed to something, so that the plan may cost something else."""
        return any(todo.state.is_agreed and not todo.is_debit for todo in self.plan.todos)

    @property
    def needs_new_plan(self) -> bool:
        """Whether it is better worked out again from today."""
        return bool(self.misfits or self.behind.value or any(answer.is_overdue for answer in self.answers))

    @property
    def words(self) -> tuple[Phrase, ...]:
        """Where the plan stands, in sentences."""
        found = []
        if self.is_agreed_to and self.cost.value != self.plan.cost:
            found.append(Phrase("With what was agreed to since, it costs {cost}.", cost=self.cost))
        if self.planned_by_now.value:
            if self.behind.value:
                text = Phrase(
                    "Of what was planned by now, {amount} is not recorded as paid.", amount=self.behind
                )
            else:
                text = Phrase("Everything that was planned by now is done.")
            found.append(text)
        if self.ahead.value:
            found.append(Phrase("{amount} was paid ahead of the plan.", amount=self.ahead))
        if self.misfits:
            found.append(Phrase("What is recorded has changed since the plan was adopted."))
        if self.needs_new_plan:
            found.append(Phrase("Plan anew from today to see the best way on."))
        return tuple(found)

    @property
    def _past(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.on < self.on)

    def _sum(self, rule: Phrase, parts: Iterable[tuple[Phrase, Money]]) -> Derived[Money]:
        return added(rule, (Given(label, amount) for label, amount in parts), self.plan.currency)


def progress(plan: AdoptedPlan, record: Record, on: date, accounts: Mapping[str, str]) -> Progress:
    """What was planned beside what really happened.

    Args:
        plan: The plan.
        record: What is recorded.
        on: The day.
        accounts: What the user calls each account, by its id.
    """
    groups = matched(plan, record)
    filled = [each for group in groups for each in group.filled]
    # Of one day in the order of the plan, whatever groups they are in.
    place = {payment.id: number for number, payment in enumerate(plan.payments)}
    filled.sort(key=lambda each: (each.payment.on, place[each.payment.id]))
    waiting = sorted(
        (todo for todo in plan.todos if not todo.state.is_answered), key=lambda todo: todo.by or date.max
    )
    answers = tuple(
        Answer(todo, todo_words(todo, accounts.get(todo.account_id, "–"), on), is_overdue(todo, on))
        for todo in waiting
    )
    lines = tuple(line_of(each, plan, on, accounts) for each in filled)
    return Progress(
        plan,
        on,
        lines,
        answers,
        misfits(plan, record, groups, on, accounts),
        tuple(_answered(plan, on, accounts)),
        _cost(lines, record, plan.currency),
    )


def _answered(plan: AdoptedPlan, on: date, accounts: Mapping[str, str]) -> Iterator[Phrase]:
    for todo in plan.todos:
        if todo.state.is_agreed or (todo.state.is_answered and todo.note):
            words = todo_words(todo, accounts.get(todo.account_id, "–"), on)
            yield Phrase("{what} Your note: {note}", what=words, note=todo.note) if todo.note else words


def _cost(lines: Iterable[Line], record: Record, currency: str) -> Derived[Money]:
    rule = Phrase("Cost of the plan now = what its payments are above what was owed")
    costs = ((line.given, cost_of(line.payment, record.dues.get(line.payment.due_id))) for line in lines)
    return added(rule, (Given(label, cost) for label, cost in costs if cost), currency)
