"""Published figures that the user types: a row of a legal line, a fixing of a reference rate, a product."""

from __future__ import annotations

from decimal import Decimal

from planner import i18n
from planner.compat import override
from planner.domain.account import ELSEWHERE, KNOWN_COUNTRIES
from planner.domain.law.caps import Cap, quarter_of
from planner.domain.money import Money
from planner.domain.sourced import Reliability
from planner.gui.fields import AmountField, ChoiceField, DateField, PercentField, TextField
from planner.gui.forms import Form
from planner.gui.pages.terms_choice import currency_choices
from planner.gui.session import Session
from planner.i18n import RELIABILITY_WORDS, _, source_words
from planner.phrases import N_
from planner.services.by_hand import (
    TypedCap,
    TypedProduct,
    TypedRate,
    add_cap,
    add_product,
    add_rate,
    lines_of,
)

_NEW = ""
_RATE = "rate"
_LINE = "line"
_TRUST = (Reliability.HIGH, Reliability.MEDIUM, Reliability.LOW)
_CURRENCIES = {"CN": "CNY", "FR": "EUR", "GB": "GBP", "US": "USD"}


class CapForm(Form):
    """A row of a legal line, or a fixing of the reference rate that one follows.

    Attributes:
        line: What is added to: a line, a reference rate, or a new line.
        country, title: Of a new line.
        value: How high it is a year.
        since, until: The first day, and the last one if there is one; of a fixing its day.
        above, up_to: For which amounts.
        source, reliability: Who says so, and how far that can be trusted.
    """

    def __init__(self, session: Session) -> None:
        """Start with the first line."""
        super().__init__(session)
        self._lines = {f"{_LINE}/{cap.country}/{cap.line}": cap for cap in lines_of(session.store)}
        self.line, self.country, self.title = ChoiceField(), ChoiceField(), TextField()
        self.value = PercentField()
        self.since = DateField(session.today)
        self.until = DateField(session.today, is_required=False)
        self.above, self.up_to = AmountField("EUR", is_required=False), AmountField("EUR", is_required=False)
        self.source, self.reliability = TextField(), ChoiceField()
        self.line.changed.connect(self._on_line)
        self.add(self.line, self.country, self.title, self.value, self.since, self.until)
        self.add(self.above, self.up_to, self.source, self.reliability)
        self.refresh()
        self.reliability.set_key(Reliability.MEDIUM)
        self._on_line()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.line.say(_("What it adds to"))
        rates = dict.fromkeys((cap.country, cap.of) for cap in self._lines.values() if cap.of)
        choices = [
            (key, _("{country}: {line}").format(country=i18n.country_name(cap.country), line=_(cap.title)))
            for key, cap in self._lines.items()
            if cap.value is not None
        ]
        choices += [
            (f"{_RATE}/{country}/{name}", _("A new fixing of {name}").format(name=name))
            for country, name in rates
        ]
        self.line.set_choices([*choices, (_NEW, _("Another line"))])
        self.country.say(_("Country"))
        self.country.set_choices((code, i18n.country_name(code)) for code in KNOWN_COUNTRIES)
        self.title.say(_("What the line is"))
        self.value.say(_("How high it is, a year"))
        self.since.say(_("Fixed on") if self._kind == _RATE else _("From"))
        self.until.say(_("Until"), _("The last day. Leave it empty if it holds until further notice."))
        self.above.say(_("For amounts above"))
        self.up_to.say(_("For amounts up to"))
        self.source.say(_("Where it is published"), _("For example a page, a law, a letter"))
        self.reliability.say(_("How far it can be trusted"))
        self.reliability.set_choices((each, _(RELIABILITY_WORDS[each])) for each in _TRUST)

    @property
    def _key(self) -> str:
        return str(self.line.value() or _NEW)

    @property
    def _kind(self) -> str:
        return self._key.partition("/")[0]

    @property
    def _chosen(self) -> Cap | None:
        return self._lines.get(self._key)

    def _on_line(self) -> None:
        """A line that is laid down for each quarter is asked for this one."""
        like = self._chosen
        if like is not None and like.is_quarterly:
            quarter = quarter_of(self.session.today)
            self.since.set_day(quarter.low)
            self.until.set_day(quarter.high)
        self.on_change()

    @override
    def on_change(self) -> None:
        like, kind = self._chosen, self._kind
        for field in (self.country, self.title):
            field.setVisible(kind == _NEW)
        self.until.setVisible(kind != _RATE)
        for amount in (self.above, self.up_to):
            amount.setVisible(kind == _NEW or (like is not None and bool(like.currency)))
            amount.set_currency(self._currency)
        self.since.say(_("Fixed on") if kind == _RATE else _("From"))

    @property
    def _currency(self) -> str:
        like = self._chosen
        if like is not None and like.currency:
            return like.currency
        return _CURRENCIES.get(str(self.country.value()), "EUR")

    @override
    def submit(self) -> bool:
        kind, _slash, rest = self._key.partition("/")
        country, _slash, name = rest.partition("/")
        said = {"source": self.source.value(), "reliability": Reliability(self.reliability.value())}
        today = self.session.today
        if kind == _RATE:
            typed = TypedRate(country, name, self.since.value(), self.value.value(), **said)
            return self.session.do(N_("Type a fixing"), add_rate, typed, today) is not None
        row = TypedCap(
            country=country or str(self.country.value()),
            line=name,
            title=self.title.text() if kind == _NEW else "",
            value=self.value.value(),
            since=self.since.value(),
            until=self.until.value(),
            above=_amount(self.above),
            up_to=_amount(self.up_to),
            currency=self._currency,
            **said,
        )
        return self.session.do(N_("Type a legal line"), add_cap, row, today) is not None


def _amount(field: AmountField) -> Decimal | None:
    money: Money | None = field.value() if not field.isHidden() else None
    return money.decimal if money is not None else None


class ProductForm(Form):
    """A product that no sheet describes, with the terms of one of the accounts if the user wants.

    Attributes:
        name, lender: What it is called, and who lends.
        country, currency: Where, and in what.
        account: Whose terms it takes over; none for everything unknown.
    """

    def __init__(self, session: Session) -> None:
        """Start empty."""
        super().__init__(session)
        self.name, self.lender = TextField(), TextField(is_required=False)
        self.country, self.currency, self.account = ChoiceField(), ChoiceField(), ChoiceField()
        self.country.changed.connect(self._on_country)
        self.account.changed.connect(self._on_account)
        self.add(self.name, self.lender, self.country, self.currency, self.account)
        self.refresh()
        self._on_country()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.name.say(_("Name of the product"))
        self.lender.say(_("Name of the lender"))
        self.country.say(_("Country"))
        others = (ELSEWHERE, _("Another country"))
        self.country.set_choices([*((code, i18n.country_name(code)) for code in KNOWN_COUNTRIES), others])
        self.currency.say(_("Currency"))
        self.currency.set_choices(currency_choices())
        accounts = [(account.id, account.name) for account in self.session.store.accounts.all()]
        self.account.say(
            _("Terms"), _("As they count on an account today. They can be entered there term by term.")
        )
        self.account.set_choices([("", _("All unknown")), *accounts])

    def _on_country(self) -> None:
        self.currency.set_key(_CURRENCIES.get(str(self.country.value()), self.currency.value()))

    def _on_account(self) -> None:
        account = self.session.store.accounts.find(str(self.account.value()))
        if account is not None:
            self.country.set_key(account.law or ELSEWHERE)
            self.currency.set_key(account.currency)

    @override
    def submit(self) -> bool:
        typed = TypedProduct(
            name=self.name.value(),
            lender=self.lender.value() or "",
            country=str(self.country.value()),
            currency=str(self.currency.value()),
            account_id=str(self.account.value()),
        )
        done = self.session.do(N_("Type a product"), add_product, typed, self.session.today, source_words)
        return done is not None
