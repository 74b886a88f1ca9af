"""The forms of the place Compare: an offer of the user's own, and the rates that their app shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal

from planner.compat import override
from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.offer import Offer, Outcome, own_offer
from planner.domain.outcome_figures import made_effective, made_fees, made_nominal, made_total
from planner.domain.outcome_words import in_words
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
from planner.phrases import N_
from planner.services.compare import app_rate, rate_counts, set_app_rates

_MOST_PAYMENTS = 60

TIMING_WORDS = {
    FeeTiming.EVEN: N_("With each payment"),
    FeeTiming.WITH_FIRST: N_("All of it with the first payment"),
    FeeTiming.UPFRONT: N_("All of it at the beginning"),
}


class OwnOfferForm(Form):
    """An offer that the user was made: a number of payments and what it costs.

    Signals:
        made: The offer.
    """

    made = Signal(object)

    def __init__(
        self,
        session: Session,
        currency: str,
        work_out: Callable[[Offer], Outcome | None],
        known: Offer | None = None,
    ) -> None:
        """Start empty, or with an offer that is to be changed.

        Args:
            session: The open file.
            currency: The currency of the amount.
            work_out: What an offer comes to, for the preview.
            known: The offer to change.
        """
        super().__init__(session)
        self._work_out, self._known = work_out, known
        self.name = TextField(is_required=False)
        self.count = CountField(1, _MOST_PAYMENTS)
        self.kind = ChoiceField()
        self.percent = PercentField()
        self.fee = AmountField(currency)
        self.timing = ChoiceField()
        self.at_once = CheckField()
        self.add(self.count, self.kind, self.percent, self.fee, self.timing, self.at_once, self.name)
        self.refresh()
        if known is not None:
            self._fill(known)
        self.on_change()

    def _fill(self, known: Offer) -> None:
        self.name.set_text(known.name)
        self.count.set_count(known.count)
        self.kind.set_key("percent" if known.total_fee is None else "fee")
        self.fee.set_money(known.total_fee)
        if not known.fee.is_unknown:
            self.percent.set_fraction(known.fee.counting[0].value.fraction)
        self.timing.set_key(known.timing)
        self.at_once.set_checked(is_checked=known.at_once)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Add this offer") if self._known is None else _("Change this offer"))
        self.count.say(_("Number of payments"), _("One a month"))
        self.kind.say(_("What it costs"))
        self.kind.set_choices(
            [("percent", _("A fee a month, in per cent")), ("fee", _("A fee for all of it"))]
        )
        self.percent.say(
            _("Fee a month"), _("Of the whole amount, as lenders advertise it. 0 if it is free.")
        )
        self.fee.say(_("Fee for all payments together"))
        self.timing.say(_("When the fee is paid"))
        self.timing.set_choices((timing, _(words)) for timing, words in TIMING_WORDS.items())
        self.at_once.say(_("The first payment is made at once"))
        self.name.say(_("Name"), _("For example who makes the offer"))
        self.on_change()

    @override
    def on_change(self) -> None:
        is_percent = self.kind.value() != "fee"
        self.percent.setVisible(is_percent)
        self.fee.setVisible(not is_percent)
        try:
            outcome = self._work_out(self._offer())
        except PlannerError:
            outcome = None
        if outcome is not None:
            figures = (made_total(outcome), made_fees(outcome), made_nominal(outcome))
            self.show_preview(outcome_words(outcome), *figures, made_effective(outcome))
        else:
            self.show_preview("")

    def _offer(self) -> Offer:
        cost: Rate | Money = (
            self.fee.value() if self.kind.value() == "fee" else Rate(self.percent.value(), Per.MONTH)
        )
        timing = FeeTiming(self.timing.value())  # Qt hands a StrEnum back as a str
        made = own_offer(
            self.name.value() or "", self.count.value(), cost, timing, at_once=self.at_once.value()
        )
        return made if self._known is None else replace(made, id=self._known.id)

    @override
    def submit(self) -> bool:
        self.made.emit(self._offer())
        return True


def outcome_words(outcome: Outcome) -> str:
    """What an offer comes to, in one line."""
    return explain(in_words(outcome))


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
