"""The forms of the place Compare: an offer of the user's own, and the rates that their app shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal

from planner.compat import override
from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, Outcome, own_loan, own_offer
from planner.domain.offers.figures import made_fees, made_total
from planner.domain.offers.words import in_words
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.domain.term import FeeTiming
from planner.domain.terms import Terms
from planner.errors import PlannerError
from planner.gui.fields import AmountField, CheckField, ChoiceField, CountField, PercentField, TextField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.i18n import _, explain, ngettext, show
from planner.phrases import N_, Phrase
from planner.services.app_rates import app_rate, rate_counts, set_app_rates
from planner.services.own_loan import (
    MOST_PAYMENTS,
    NeverRepaidError,
    TooManyPaymentsError,
    count_of,
    fee_below,
    own_deferral,
    solved_words,
)
from planner.services.rate_names import rate_words

PERCENT, FEE, PUT_OFF = "percent", "fee", "deferral"
_KIND_WORDS = {
    PERCENT: N_("A fee a month, in per cent"),
    FEE: N_("A fee for all of it"),
    OfferKind.LEVEL: N_("Interest, with level payments"),
    OfferKind.EQUAL_PRINCIPAL: N_("Interest, with equal parts of the principal"),
    PUT_OFF: N_("A fee for putting it off by a month"),
}
_INTEREST = {OfferKind.LEVEL, OfferKind.EQUAL_PRINCIPAL}

TIMING_WORDS = {
    FeeTiming.EVEN: N_("With each payment"),
    FeeTiming.WITH_FIRST: N_("All of it with the first payment"),
    FeeTiming.UPFRONT: N_("All of it at the beginning"),
    FeeTiming.DECLINING: N_("With each payment, on what is still owed"),
}


class OwnOfferForm(Form):
    """An offer that the user was made: what it costs first, then what belongs to that.

    With interest and level payments the user may know the number of payments, the payment, or both; what
    they do not know is worked out.

    Signals:
        made: The offer.
    """

    made = Signal(object)

    def __init__(
        self,
        session: Session,
        amount: Money,
        work_out: Callable[[Offer], Outcome | None],
        known: Offer | None = None,
    ) -> None:
        """Start empty, or with an offer that is to be changed.

        Args:
            session: The open file.
            amount: What is to be settled.
            work_out: What an offer comes to, for the preview.
            known: The offer to change.
        """
        super().__init__(session)
        self._amount, self._work_out, self._known = amount, work_out, known
        self.kind = ChoiceField()
        self.count = CountField(1, MOST_PAYMENTS)
        self.percent, self.whole_percent, self.rate = PercentField(), PercentField(), PercentField()
        self.payment = AmountField(amount.currency, is_required=False)
        self.fee = AmountField(amount.currency)
        self.timing = ChoiceField()
        self.opening_fee = AmountField(amount.currency, is_required=False)
        self.free_months = CountField(0, MOST_PAYMENTS, is_required=False)
        self.at_once = CheckField()
        self.name = TextField(is_required=False)
        self.add(self.kind, self.count, self.percent, self.whole_percent, self.rate, self.payment, self.fee)
        self.add(self.timing, self.at_once, self.opening_fee, self.free_months, self.name)
        self.refresh()
        if known is not None:
            self._fill(known)
        self.on_change()

    def _fill(self, known: Offer) -> None:
        self.name.set_text(known.name)
        self.count.set_count(known.count)
        self.kind.set_key(_kind_of(known))
        self.fee.set_money(known.total_fee)
        if not known.fee.is_unknown:
            self.percent.set_fraction(known.fee.counting[0].value.fraction)
        if not known.whole_fee.is_unknown:
            self.whole_percent.set_fraction(known.whole_fee.counting[0].value)
        if not known.interest.is_unknown:
            self.rate.set_fraction(known.interest.counting[0].value.fraction)
        self.opening_fee.set_money(known.opening_fee)
        self.free_months.set_count(known.free_months or None)
        self.timing.set_key(known.timing)
        self.at_once.set_checked(is_checked=known.at_once)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Add this offer") if self._known is None else _("Change this offer"))
        self.kind.say(_("What it costs"))
        self.kind.set_choices((kind, _(words)) for kind, words in _KIND_WORDS.items())
        self.percent.say(
            _("Fee a month"), _("Of the whole amount, as lenders advertise it. 0 if it is free.")
        )
        self.whole_percent.say(_("Fee"), _("Of the whole amount, once. 0 if it is free."))
        self.rate.say(_("Interest rate a year"), _("The nominal one of the offer, before any fee."))
        self.payment.say(_("Payment a month"))
        self.fee.say(_("Fee for all payments together"))
        self.timing.say(_("When the fee is paid"))
        self.timing.set_choices((timing, _(words)) for timing, words in TIMING_WORDS.items())
        self.at_once.say(_("The first payment is made at once"))
        self.opening_fee.say(_("Fee at the beginning"))
        self.free_months.say(_("Free months"), _("How many months cost nothing at the beginning."))
        self.name.say(_("Name"), _("For example who makes the offer"))
        self.on_change()

    @override
    def on_change(self) -> None:
        kind = self.kind.value()
        is_flat, bears_interest = kind in {PERCENT, FEE}, kind in _INTEREST
        shown = {
            self.count: kind != PUT_OFF,
            self.percent: kind == PERCENT,
            self.whole_percent: kind == PUT_OFF,
            self.rate: bears_interest,
            self.payment: kind == OfferKind.LEVEL,
            self.fee: kind == FEE,
            self.timing: is_flat,
            self.at_once: is_flat,
            self.opening_fee: bears_interest,
            self.free_months: kind != PUT_OFF,
        }
        for field, is_shown in shown.items():
            field.setVisible(is_shown)
        is_free = kind == OfferKind.LEVEL and not self.payment.is_empty
        self.count.is_required = not is_free
        hint = _("One a month")
        if kind == OfferKind.LEVEL:
            hint = _("One a month. If you know only the payment, leave this empty.")
        self.count.say(_("Number of payments"), hint)
        self._preview()

    def _preview(self) -> None:
        try:
            outcome = self._work_out(self._offer())
            solved = self._solved()
        except PlannerError as error:
            # What cannot ever be repaid is said at once; what is still being typed is not complained about.
            is_told = isinstance(error, (NeverRepaidError, TooManyPaymentsError))
            self.show_preview(explain(error) if is_told else "")
            return
        if outcome is None:
            self.show_preview("")
            return
        words = [explain(solved)] if solved is not None else []
        words.append(outcome_words(outcome))
        self.show_preview(
            "\n".join(words), solved, made_total(outcome), made_fees(outcome), rate_words(outcome)
        )

    def _solved(self) -> Phrase | None:
        """What follows from what the user knows of level payments."""
        if self.kind.value() != OfferKind.LEVEL:
            return None
        return solved_words(self._amount, Rate(self.rate.value()), self.count.value(), self.payment.value())

    def _offer(self) -> Offer:
        kind = self.kind.value()
        made = self._loan(kind) if kind in _INTEREST else self._with_fee(kind)
        return made if self._known is None else replace(made, id=self._known.id)

    def _loan(self, kind: str) -> Offer:
        rate, count = Rate(self.rate.value()), self.count.value()
        if count is None:
            count = count_of(self._amount, rate, self.payment.value())
        free, opening_fee = self._free_months(count), fee_below(self.opening_fee.value(), self._amount)
        return own_loan(self.name.value() or "", count, rate, OfferKind(kind), opening_fee, free)

    def _with_fee(self, kind: str) -> Offer:
        name = self.name.value() or ""
        if kind == PUT_OFF:
            return own_deferral(name, self.whole_percent.value())
        cost: Rate | Money = self.fee.value() if kind == FEE else Rate(self.percent.value(), Per.MONTH)
        timing = FeeTiming(self.timing.value())  # Qt hands a StrEnum back as a str
        count = self.count.value()
        made = own_offer(name, count, cost, timing, at_once=self.at_once.value())
        return replace(made, free_months=self._free_months(count))

    def _free_months(self, count: int) -> int:
        return min(self.free_months.value() or 0, count)

    @override
    def submit(self) -> bool:
        self.made.emit(self._offer())
        return True


def _kind_of(known: Offer) -> str:
    if known.kind in _INTEREST:
        return known.kind
    if known.kind is OfferKind.DEFERRAL:
        return PUT_OFF
    return PERCENT if known.total_fee is None else FEE


def outcome_words(outcome: Outcome) -> str:
    """What an offer comes to, in one line."""
    rate = rate_words(outcome)
    if rate is None or outcome.not_comparable is not None:
        return explain(in_words(outcome))
    cost = N_("{total} in all, {fees} of it fees; {rate}")
    if outcome.offer.kind.bears_interest:
        cost = N_("{total} in all, {fees} of it interest; {rate}")
        if outcome.offer.opening_fee:
            cost = N_("{total} in all, {fees} of it interest and fees; {rate}")
    return explain(Phrase(cost, total=outcome.total, fees=outcome.fees, rate=rate))


class AppRatesForm(Form):
    """The monthly fees that the user's app shows, in place of what is published.

    Signals:
        made: The rates by number of instalments, where no account keeps them.
    """

    made = Signal(object)

    def __init__(
        self, session: Session, terms: Terms, account: Account | None, kept: Mapping[int, Decimal]
    ) -> None:
        """Start with what is known.

        Args:
            session: The open file.
            terms: What is published, with the user's own claims.
            account: The account that keeps the rates; None if they are for this comparison only.
            kept: The rates of this comparison.
        """
        super().__init__(session)
        self._terms, self._account = terms, account
        self._about = quiet_label()
        self.column.insertWidget(0, self._about)
        self.rates = {count: PercentField(is_required=False) for count in rate_counts(terms)}
        self.add(*self.rates.values())
        self.refresh()
        for count, field in self.rates.items():
            field.set_fraction(kept.get(count, app_rate(terms, count)))

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Use these rates"))
        if self._account is not None:
            about = _(
                "They are kept with the account {account}. An empty field goes back to what is published."
            )
            self._about.setText(about.format(account=self._account.name))
        else:
            self._about.setText(_("They count for this comparison only: no account keeps them."))
        for count, field in self.rates.items():
            label = ngettext("{count} instalment: fee a month", "{count} instalments: fee a month", count)
            field.say(label.format(count=count), self._published(count))

    def _published(self, count: int) -> str:
        monthly = self._terms.fee_rate(count).claims
        rates = sorted(claim.value for claim in monthly if not claim.source.origin.is_own)
        if rates:
            return _("Published: {rates}").format(rates=show(Span(rates[0], rates[-1])))
        whole = self._terms.whole_fee(count).claims
        parts = sorted(Rate(claim.value) for claim in whole if not claim.source.origin.is_own)
        if parts:
            return _("Published: {part} for all instalments together").format(
                part=show(Span(parts[0], parts[-1]))
            )
        return _("Nothing is published.")

    @override
    def submit(self) -> bool:
        rates = {count: field.value() for count, field in self.rates.items()}
        if self._account is None:
            self.made.emit({count: rate for count, rate in rates.items() if rate is not None})
            return True
        saved = self.session.do(
            N_("Enter the rates of the app"), set_app_rates, self._account.id, rates, self.session.today
        )
        return saved is not None
