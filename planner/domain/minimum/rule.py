"""The least a lender asks for of a bill, by each of the rules that lenders use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from planner.domain.derivation import Working
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.term import MinimumRule
from planner.phrases import Phrase

# Below this, in yuan, a carried rest is due in full (shkpb.com, JD app 11.2.0).
SMALL_CARRIED = Decimal(300)


def baitiao_minimum(
    fresh: Money,
    instalments: Money,
    carried: Money,
    charges: Money,
    *,
    part: Decimal,
    last_minimum_paid: bool,
) -> Money:
    """The minimum payment of a Baitiao bill.

    Fresh spending x part + instalments due + carried rest x (part if the last minimum was paid,
    else all of it) + fees and penalties; a carried rest below 300 yuan is due in full.
    Source: shkpb.com, JD app 11.2.0.

    Args:
        fresh: New spending that is not in instalments.
        instalments: Instalments due with this bill.
        carried: What the bill before left open.
        charges: Fees and penalties.
        part: The part of fresh spending that is due, 0.10 for a tenth.
        last_minimum_paid: Whether at least the minimum of the bill before was paid.
    """
    whole = carried.decimal < SMALL_CARRIED or not last_minimum_paid
    return fresh.times(part) + instalments + (carried if whole else carried.times(part)) + charges


@dataclass(frozen=True, slots=True)
class BillParts:
    """What a bill is made of, as the rules of a minimum tell it apart.

    Attributes:
        fresh: New spending that is not in instalments, less what came back of it.
        instalments: Instalments due with it.
        carried: What the bill before left open.
        charges: Fees and penalties.
        interest: Interest.
        unitemised: What nobody itemised.
        over_limit: What of it is over the credit limit.
        previous_unpaid: What is unpaid of the minimum before; None if unknown.
        last_minimum_paid: Whether the minimum before was paid; None if unknown.
        is_interest_unknown: Whether nobody says how much of it is interest and fees.
    """

    fresh: Money
    instalments: Money
    carried: Money
    charges: Money
    interest: Money
    unitemised: Money
    over_limit: Money
    previous_unpaid: Money | None = None
    last_minimum_paid: bool | None = None
    is_interest_unknown: bool = False

    @classmethod
    def of_purchases(cls, amount: Money) -> BillParts:
        """A bill of new purchases alone."""
        zero = amount.zero
        return cls(amount, zero, zero, zero, zero, zero, zero, zero, last_minimum_paid=True)

    @classmethod
    def of_unknown(cls, amount: Money) -> BillParts:
        """A bill that nobody itemised."""
        zero = amount.zero
        return cls(zero, zero, zero, zero, zero, amount, zero)

    @property
    def total(self) -> Money:
        """All of it."""
        owed = self.fresh + self.instalments + self.carried
        return owed + self.charges + self.interest + self.unitemised

    @property
    def read_cheaply(self) -> BillParts:
        """With what is unknown read so that the minimum is small: purchases, and all paid before."""
        return replace(
            self,
            fresh=self.fresh + self.unitemised,
            unitemised=self.fresh.zero,
            previous_unpaid=self.previous_unpaid or self.fresh.zero,
            last_minimum_paid=self.last_minimum_paid is not False,
        )

    @property
    def read_dearly(self) -> BillParts:
        """With what is unknown read so that the minimum is large: due in full, and nothing paid before."""
        unpaid = self.carried if self.previous_unpaid is None else self.previous_unpaid
        return replace(
            self,
            instalments=self.instalments + self.unitemised,
            unitemised=self.fresh.zero,
            previous_unpaid=unpaid,
            last_minimum_paid=bool(self.last_minimum_paid),
        )

    def with_interest(self, interest: Money) -> BillParts:
        """With some of what nobody itemised, or else of the purchases, taken for interest."""
        if self.unitemised:
            interest = min(interest, self.unitemised)
            return replace(self, unitemised=self.unitemised - interest, interest=self.interest + interest)
        interest = max(min(interest, self.fresh), interest.zero)
        return replace(self, fresh=self.fresh - interest, interest=self.interest + interest)


@dataclass(frozen=True, slots=True)
class MinimumReading:
    """One reading of how a minimum is made.

    Attributes:
        rule: The rule.
        part: The part that it is about.
        least: The least it may be, in major units; None if nobody says so.
    """

    rule: MinimumRule
    part: Decimal
    least: Decimal | None = None

    def of(self, parts: BillParts) -> Money:
        """The minimum of a bill of which nothing is unknown; never more than all of it.

        Baitiao: shkpb.com, JD app 11.2.0. Chinese cards: wodefinance.com, jyfgaijije; each issuer sets
        its own part since 2017 (Yinfa [2016] No. 111, via taihainet.com, 2017-01-12). A part of the
        balance, or an amount if that is more: 12 CFR 1026, appendix M2. A part of the statement's
        balance with its interest and fees, or an amount: the summary box of British cards, uswitch.com
        (2024-01-01). A part of all of it: Huabei, general knowledge, unverified.
        """
        total = parts.total
        made = sum_of((line.result for line in self._lines(parts)), total.currency)
        return max(min(total, max(made, self._least(total))), total.zero)

    def _least(self, total: Money) -> Money:
        return total.zero if self.least is None else Money.rounded(self.least, total.currency)

    def workings(self, parts: BillParts) -> tuple[Working, ...]:
        """The steps to the minimum of a bill of which nothing is unknown."""
        lines = [line for line in self._lines(parts) if line.result]
        if self.least is not None:
            lines.append(Working(Phrase("But at least"), self._least(parts.total)))
        return (*lines, Working(Phrase("The minimum"), self.of(parts)))

    def _lines(self, parts: BillParts) -> tuple[Working, ...]:
        charges = parts.charges + parts.interest
        match self.rule:
            case MinimumRule.BAITIAO:
                return self._baitiao(parts, charges)
            case MinimumRule.CN_CARD:
                return self._cn_card(parts, charges)
            case MinimumRule.PART_PLUS_INTEREST:
                return (self._share(parts.total), Working(Phrase("Interest and fees"), charges))
            case MinimumRule.PART_OF_BILL | MinimumRule.PART_OR_LEAST:
                return (self._share(parts.total),)

    def _baitiao(self, parts: BillParts, charges: Money) -> tuple[Working, ...]:
        zero = charges.zero
        paid = bool(parts.last_minimum_paid)
        carried = baitiao_minimum(zero, zero, parts.carried, zero, part=self.part, last_minimum_paid=paid)
        return (
            self._share(parts.fresh),
            Working(Phrase("Instalments due"), parts.instalments),
            Working(Phrase("Of the carried rest of {amount}", amount=parts.carried), carried),
            Working(Phrase("Interest and fees"), charges),
        )

    def _cn_card(self, parts: BillParts, charges: Money) -> tuple[Working, ...]:
        unpaid = min(parts.previous_unpaid or charges.zero, parts.carried)
        over = parts.over_limit
        return (
            self._share(max(parts.fresh + parts.carried - unpaid - over, over.zero)),
            Working(Phrase("Instalments due"), parts.instalments),
            Working(Phrase("Unpaid of the last minimum"), unpaid),
            Working(Phrase("Over the limit"), over),
            Working(Phrase("Interest and fees"), charges),
        )

    def _share(self, of: Money) -> Working:
        text = Phrase("{part} of {amount}", part=Rate(self.part), amount=of)
        return Working(text, of.times(self.part))
