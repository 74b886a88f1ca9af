"""An extra payment towards a plan: a shorter term or a lower payment, row by row in minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP
from enum import StrEnum
from fractions import Fraction

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.plans.extra_words import ASK, FEES_STAY, FEES_UNCLEAR, SAVING_UNKNOWN, SOME_FEES_STAY
from planner.domain.plans.level import level_payment
from planner.domain.plans.row_figures import ChangedRows, costs_of_rows
from planner.domain.plans.row_rates import interest_on, row_rates, stated_rate
from planner.domain.plans.schedule import spread
from planner.domain.recorded import row_words
from planner.domain.settling.fr_indemnity import INDEMNITY_SOURCE
from planner.domain.settling.policy import PlanRest, fr_indemnity
from planner.domain.sourced import Span
from planner.domain.term import Remainder
from planner.errors import PlannerError
from planner.phrases import N_, Phrase

_TWO = 2  # of two rows, each is at an end


class ExtraUse(StrEnum):
    """What an extra payment is used for: the lender is to be asked which of both it does."""

    SHORTER = "shorter"
    LOWER = "lower"


USE_WORDS = {
    ExtraUse.SHORTER: Phrase("Shorter: the payments stay, the last ones fall away"),
    ExtraUse.LOWER: Phrase("Lower: the dates stay, each payment gets smaller"),
}


class ExtraNotPositiveError(PlannerError):
    """An extra payment of nothing."""

    message = N_("Enter an extra payment above zero.")


class ExtraTooLargeError(PlannerError):
    """An extra payment that repays all of a plan."""

    message = N_("Only {left} is left of the principal. To pay all of it, look at what settling costs.")


@dataclass(frozen=True, slots=True)
class ExtraOutcome(ChangedRows):
    """What an extra payment changes.

    Attributes:
        use: What it is used for.
        amount: How much it is.
        indemnity: What the lender may ask for it.
        saved: What it saves: the fees and interest that fall away, less the indemnity; in words where it is
            not known.
        notes: What to know.
    """

    use: ExtraUse
    amount: Money
    indemnity: Derived[Span[Money]]
    saved: Derived[Span[Money] | Phrase]
    notes: tuple[Phrase, ...]

    @property
    def cost_before(self) -> Derived[Money]:
        """The fees and interest still to come as it is."""
        return costs_of_rows(self.before, self.amount.currency)

    @property
    def cost_after(self) -> Derived[Money]:
        """The fees and interest still to come after it."""
        return costs_of_rows(self.after, self.amount.currency)


def pay_extra(
    rest: PlanRest, amount: Money, use: ExtraUse, law: str = "", *, is_disputed: bool = False
) -> ExtraOutcome:
    """What an extra payment changes; all of it lowers the principal on its day.

    The interest of each row is worked out anew on what is owed, at the rate that the rows show; that of
    the running period by days. Shorter: each payment stays as it is (of equal parts of the principal,
    those do), the last one is what is left, and the fees of rows that fall away are due with it. Lower:
    the same number of payments, level ones by the annuity formula, others each by the same share.

    Source: two ways to use a prepayment, emi.me/learn/how-prepayment-reduces-emi (2026-06-24) and
    cbanque.com, credit/actualites/52933; the French indemnity by art. L312-34 on the extra payment alone.

    Args:
        rest: What is left of the plan on the day of the payment.
        amount: The extra payment.
        use: What it is used for.
        law: ISO 3166 code of the country whose rules hold.
        is_disputed: Whether it is not known which fees the lender asks for when all of it is settled: then
            nobody knows what a part payment saves of a flat fee.

    Raises:
        ExtraNotPositiveError: It is nothing.
        ExtraTooLargeError: It repays all that is left of the principal.
    """
    if amount.minor <= 0:
        raise ExtraNotPositiveError
    if amount >= rest.principal:
        raise ExtraTooLargeError(left=rest.principal)
    after = _shorter(rest, amount) if use is ExtraUse.SHORTER else _lower(rest, amount)
    indemnity = _indemnity(rest, amount, law)
    less = rest.cost - costs_of_rows(after, rest.currency).value
    # The lender need not ask for the indemnity.
    is_unclear = is_disputed and _is_flat(rest)
    saved = SAVING_UNKNOWN if is_unclear else Span(less - indemnity.value.high, less)
    return ExtraOutcome(
        rest.rows,
        after,
        use,
        amount,
        indemnity,
        Derived(saved, lambda: _derivation(rest, amount, after, indemnity, saved)),
        _notes(rest, is_unclear=is_unclear),
    )


# --- the rows after it -----------------------------------------------------------------------------


def _shorter(rest: PlanRest, amount: Money) -> tuple[Instalment, ...]:
    rates, owed = row_rates(rest.rows), rest.principal.minor - amount.minor
    keeps_parts = _has_equal_parts(rest.rows)
    rows: list[Instalment] = []
    for number, (row, rate) in enumerate(zip(rest.rows, rates, strict=True)):
        interest = interest_on(_owed_on_average(rest, owed, amount) if not number else owed, rate)
        payment = row.principal.minor + row.interest.minor
        part = row.principal.minor if keeps_parts else payment - interest
        part = owed if row is rest.rows[-1] else min(part, owed)
        owed -= part
        rows.append(_changed(row, part, interest))
        if not owed:
            break
    dropped = sum_of((row.fee for row in rest.rows[len(rows) :]), rest.currency)
    rows[-1] = replace(rows[-1], fee=rows[-1].fee + dropped)
    return tuple(rows)


def _lower(rest: PlanRest, amount: Money) -> tuple[Instalment, ...]:
    rates, left = row_rates(rest.rows), rest.principal - amount
    parts = _lower_parts(rest, rates, left)
    rows, owed = [], left.minor
    for number, (row, rate, part) in enumerate(zip(rest.rows, rates, parts, strict=True)):
        interest = interest_on(_owed_on_average(rest, owed, amount) if not number else owed, rate)
        rows.append(_changed(row, part, interest))
        owed -= part
    return tuple(rows)


def _lower_parts(rest: PlanRest, rates: Sequence[Fraction], left: Money) -> list[int]:
    """What each row repays of a lower principal."""
    rate = stated_rate(rest.rows)
    if rate is None or not _is_level(rest.rows) or len(set(rates)) > 1:
        weights = [row.principal.minor for row in rest.rows]
        return [part.minor for part in spread(left, weights, ROUND_HALF_UP, Remainder.LAST)]
    payment = level_payment(left, rate, len(rest.rows)).minor
    parts, owed = [], left.minor
    for monthly in rates[:-1]:
        part = min(payment - interest_on(owed, monthly), owed)
        parts.append(part)
        owed -= part
    return [*parts, owed]


def _changed(row: Instalment, principal: int, interest: int) -> Instalment:
    currency = row.principal.currency
    return replace(row, principal=Money(principal, currency), interest=Money(interest, currency))


def _owed_on_average(rest: PlanRest, left: int, amount: Money) -> Fraction:
    """What is owed over the running period by days: all of it before the extra payment, less after it."""
    gone, days = rest.period
    return left + Fraction(amount.minor * gone, days)


def _has_equal_parts(rows: Sequence[Instalment]) -> bool:
    """Whether each row repays the same, apart from one at an end that takes what does not divide."""
    parts = [row.principal for row in rows]
    if len(set(parts)) == 1:
        return True
    return len(parts) > _TWO and 1 in {len(set(parts[1:])), len(set(parts[:-1]))}


def _is_level(rows: Sequence[Instalment]) -> bool:
    """Whether every payment but the last, which takes the rounding, is the same."""
    return len({row.principal + row.interest for row in rows[:-1]}) <= 1


# --- what it costs and saves -----------------------------------------------------------------------


def _indemnity(rest: PlanRest, amount: Money, law: str) -> Derived[Span[Money]]:
    if law != "FR":
        rule = Phrase("No indemnity is known to be asked for an extra payment.")
        return Derived(Span.exactly(amount.zero), Derivation(rule))
    return fr_indemnity(rest, repaid=amount)


def _is_flat(rest: PlanRest) -> bool:
    """Whether it has fees and no interest."""
    return any(row.fee for row in rest.rows) and not any(row.interest for row in rest.rows)


def _notes(rest: PlanRest, *, is_unclear: bool) -> tuple[Phrase, ...]:
    if _is_flat(rest):
        return (FEES_UNCLEAR if is_unclear else FEES_STAY, ASK)
    return (SOME_FEES_STAY, ASK) if any(row.fee for row in rest.rows) else (ASK,)


def _derivation(
    rest: PlanRest,
    amount: Money,
    after: Sequence[Instalment],
    indemnity: Derived[Span[Money]],
    saved: Span[Money] | Phrase,
) -> Derivation:
    cost_after = costs_of_rows(after, rest.currency).value
    rate = stated_rate(rest.rows)
    given = [
        Given(Phrase("Extra payment on {date}", date=rest.on), amount),
        Given(Phrase("Principal before it"), rest.principal),
        Given(Phrase("Fees and interest still to come before it"), costs_of_rows(rest.rows, rest.currency)),
    ]
    if rate is not None:
        given.append(Given(Phrase("Yearly rate that the instalments show"), rate))
    elif any(row.interest for row in rest.rows):
        text = Phrase("as each instalment shows it: no one rate fits all of them")
        given.append(Given(Phrase("Yearly rate"), text))
    if indemnity.value.high:
        given.append(Given(Phrase("The French indemnity"), indemnity, INDEMNITY_SOURCE))
    gone, days = rest.period
    workings = [
        Working(Phrase("Principal after it"), rest.principal - amount),
        Working(Phrase("In the running period, {gone} of {days} days are over", gone=gone, days=days)),
        *(Working(row_words(row), row.total) for row in after),
        Working(Phrase("Fees and interest after it"), cost_after),
        Working(Phrase("They get less by"), rest.cost - cost_after),
        Working(Phrase("What the extra payment saves"), saved),
    ]
    if isinstance(saved, Phrase):
        workings.insert(-1, Working(FEES_UNCLEAR))
    rule = Phrase(
        "What an extra payment saves = the fees and interest before it − those after it − what the lender "
        "may ask for it"
    )
    return Derivation(
        rule, tuple(given), tuple(workings), Phrase("Each row is rounded to the cent, half up.")
    )
