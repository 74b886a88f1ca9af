"""A way to settle an amount, as a lender or the user states it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.money import Money
from planner.domain.plans.schedule import flat_fee_total
from planner.domain.rate import Rate
from planner.domain.sourced import Sourced, Span
from planner.domain.term import ChargedFrom, FeeTiming, FirstPayment
from planner.phrases import Phrase


class OfferKind(StrEnum):
    """The ways to settle an amount.

    LEVEL and EQUAL_PRINCIPAL: instalments that bear interest on what is owed. DEFERRAL: all of it one month
    later. OWN: a flat fee that the user typed.
    """

    FULL = "full"
    FLAT_FEE = "flat_fee"
    PROMOTION = "promotion"
    LEVEL = "level"
    EQUAL_PRINCIPAL = "equal_principal"
    DEFERRAL = "deferral"
    MINIMUM = "minimum"
    OWN = "own"

    @property
    def bears_interest(self) -> bool:
        """Whether it is repaid in instalments that bear interest on what is owed."""
        return self in {OfferKind.LEVEL, OfferKind.EQUAL_PRINCIPAL}


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to settle an amount.

    Attributes:
        kind: Which.
        count: How many monthly payments; 1 for paying in full, 0 where it follows from the rest.
        fee: The flat fee a month on the original amount, with its sources.
        whole_fee: The fee of all of it as a part of the amount, where that is published.
        total_fee: The fee of the whole plan, where the user knows that instead.
        fee_most: The greatest fee of the whole plan, in major units.
        timing: When the fee is paid.
        timings: What the sources say about that; unknown for ``timing``.
        at_once: Whether the first payment is made on the day of deciding, as with most "3x" and "4x" offers.
        first: What the sources say about that; unknown for ``at_once``.
        interest: The nominal yearly rate on what is owed, for level payments and equal principal.
        opening_fee: A fee that is paid at the beginning, beside interest.
        free_months: For how many of the first months nothing is charged.
        minimum: The part of the balance to pay each month, for the minimum.
        carry: The daily charge on the rest, for the minimum and for putting a bill off.
        carry_from: From when that charge runs, for the minimum.
        split_part: The greatest part of a bill that may be put into instalments; the rest stays due.
        split_least: The least amount that may be, in major units.
        until: The last day on which a promotion can be taken, with its sources.
        name: The user's own name for it; empty for the usual one.
        whose: The name of another lender's product, a catalogue text; empty for the account's own ways.
        is_own: Whether the user typed it.
        id: Its identity.
    """

    kind: OfferKind
    count: int = 1
    fee: Sourced[Rate] = Sourced()
    whole_fee: Sourced[Decimal] = Sourced()
    total_fee: Money | None = None
    fee_most: Sourced[Decimal] = Sourced()
    timing: FeeTiming = FeeTiming.EVEN
    timings: Sourced[FeeTiming] = Sourced()
    at_once: bool = False
    first: Sourced[FirstPayment] = Sourced()
    interest: Sourced[Rate] = Sourced()
    opening_fee: Money | None = None
    free_months: int = 0
    minimum: Sourced[Decimal] = Sourced()
    carry: Sourced[Rate] = Sourced()
    carry_from: Sourced[ChargedFrom] = Sourced()
    split_part: Sourced[Decimal] = Sourced()
    split_least: Sourced[Decimal] = Sourced()
    until: Sourced[date] = Sourced()
    name: str = ""
    whose: str = ""
    is_own: bool = False
    id: str = field(default_factory=new_id)

    @property
    def is_fee_unknown(self) -> bool:
        """Whether nobody says what it costs, in no way of saying it."""
        if self.kind.bears_interest:
            return self.interest.is_unknown
        if self.kind is OfferKind.DEFERRAL:
            return self.whole_fee.is_unknown and self.carry.is_unknown
        return self.fee.is_unknown and self.whole_fee.is_unknown and self.total_fee is None

    def fees_on(self, amount: Money) -> tuple[Rate | Money, ...]:
        """The least and the most it costs by each way of stating it; a part of the amount is rounded once.

        What is above the greatest fee, where the lender has one, is that fee.
        """
        if self.total_fee is not None:
            return (self.total_fee,)
        ends: list[tuple[Rate | Money, Rate | Money]] = []
        if not self.fee.is_unknown:
            ends.append((self.fee.lowest().value, self.fee.highest().value))
        if not self.whole_fee.is_unknown:
            parts = (self.whole_fee.lowest().value, self.whole_fee.highest().value)
            ends.append((amount.times(parts[0]), amount.times(parts[1])))
        caps: tuple[Decimal, ...] = ()
        if not self.fee_most.is_unknown:
            caps = (self.fee_most.lowest().value, self.fee_most.highest().value)
        found: list[Rate | Money] = []
        for pair in ends:
            for number, fee in enumerate(pair):
                most = Money.rounded(caps[number], amount.currency) if caps else None
                found.append(fee if most is None else self._capped(amount, fee, most))
        return tuple(dict.fromkeys(found))

    def _capped(self, amount: Money, fee: Rate | Money, most: Money) -> Rate | Money:
        charged = max(self.count - self.free_months, 0)
        total = flat_fee_total(amount, fee, charged) if isinstance(fee, Rate) else fee
        return most if total > most else fee

    @property
    def when_paid(self) -> tuple[FeeTiming, ...]:
        """When the fee is paid, by each of the sources that count."""
        return tuple(dict.fromkeys(claim.value for claim in self.timings.counting)) or (self.timing,)

    @property
    def starts_at_once(self) -> tuple[bool, ...]:
        """Whether the first payment is made on the day of deciding, by each of the sources that count."""
        said = (claim.value is FirstPayment.AT_ONCE for claim in self.first.counting)
        return tuple(dict.fromkeys(said)) or (self.at_once,)

    @property
    def last_day(self) -> Span[date] | None:
        """The earliest and the latest day that the sources name as its last one; None if none does."""
        return None if self.until.is_unknown else Span(self.until.lowest().value, self.until.highest().value)

    @property
    def label(self) -> Phrase:
        """What to call it."""
        if self.whose:
            return Phrase("{product}: {offer}", product=Phrase(self.whose), offer=self._way)
        return self._way

    @property
    def _way(self) -> Phrase:
        if self.name:
            return Phrase.own(self.name)
        return _NAMES.get(self.kind) or self._in_instalments

    @property
    def _in_instalments(self) -> Phrase:
        match self.kind:
            case OfferKind.PROMOTION if self.last_day is not None:
                return Phrase.counted(
                    "{count} instalment, promotion until {date}",
                    "{count} instalments, promotion until {date}",
                    self.count,
                    date=self.last_day.low if self.last_day.is_single else self.last_day,
                )
            case OfferKind.PROMOTION:
                return Phrase.counted(
                    "{count} instalment, promotion", "{count} instalments, promotion", self.count
                )
            case OfferKind.LEVEL:
                return Phrase.counted("{count} level payment", "{count} level payments", self.count)
            case OfferKind.EQUAL_PRINCIPAL:
                return Phrase.counted(
                    "{count} payment of equal principal", "{count} payments of equal principal", self.count
                )
            case _:
                return Phrase.counted("{count} instalment", "{count} instalments", self.count)


_NAMES = {
    OfferKind.FULL: Phrase("Pay in full"),
    OfferKind.MINIMUM: Phrase("Minimum, then the rest"),
    OfferKind.DEFERRAL: Phrase("Put off by one month"),
}
