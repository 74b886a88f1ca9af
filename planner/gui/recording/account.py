"""The form for an account: from a product of the catalogue or another lender, and how it bills."""

from __future__ import annotations

from dataclasses import replace

from planner import i18n
from planner.compat import override
from planner.domain.account import ELSEWHERE, KNOWN_COUNTRIES, Account, Product, usual_country
from planner.domain.money import Money
from planner.gui.fields import AmountField, CheckField, ChoiceField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.pages.terms_choice import currency_choices
from planner.gui.recording.cash_pays import paying_choices
from planner.gui.recording.cycle_fields import CycleFields
from planner.gui.recording.lead_fields import LeadFields
from planner.gui.recording.services_field import ServicesField
from planner.gui.recording.source_words import described
from planner.gui.session import Session
from planner.i18n import _, show, source_words
from planner.phrases import N_
from planner.services.accounts import account_from, holds_anything, save_account
from planner.services.catalogue import calendar, product, products
from planner.services.reminders import rules_of

_BLANK = "blank"


class AccountForm(Form):
    """A new account, or one that is to be changed.

    Attributes:
        account_id: The id of what was saved; empty before.
        product: The product whose terms are copied; only for a new account.
        lender: The lender, where no product names it.
        name: What the user calls it; the product's or lender's name until they type another.
        currency: Only where no product lays it down.
        country: Whose rules hold; the usual one of the currency until the user says.
        cycle: How it bills.
        limit: The credit limit.
        automatic: Whether the lender debits by itself.
        paid_from: The cash account that pays it; shown where there is one in its currency.
        leads: How many days before a due date to remind of it.
        services: What is linked to it.
        note: The user's own words.
    """

    def __init__(self, session: Session, account: Account | None = None) -> None:
        """Start with the first product, or with an account that is to be changed.

        Args:
            session: The open file.
            account: The account to change; None for a new one.
        """
        super().__init__(session)
        self._known = account
        self.account_id = ""
        self._has_own_name = self._has_own_cycle = self._has_own_country = account is not None
        self.product, self.currency, self.country = ChoiceField(), ChoiceField(), ChoiceField()
        self.lender, self.name = TextField(), TextField()
        self.cycle = CycleFields()
        self.limit = AmountField(account.currency if account else "CNY", is_required=False)
        self.automatic, self.paid_from = CheckField(), ChoiceField()
        self.services, self.note = ServicesField(session.today), NoteField()
        self.leads = LeadFields(rules_of(session.store).lead_days)
        self._connect()
        if account is None:
            self.add(self.product)
        self.add(self.lender, self.name, self.currency, self.country, *self.cycle.essential)
        self.add(self.limit, self.automatic, self.paid_from)
        self.more(self.services, *self.cycle.less_usual, *self.leads.fields, self.note)
        self.refresh()
        self.leads.fill(account.lead_days if account is not None else None)
        if account is not None:
            self._fill(account)
        else:
            self.currency.set_key(self._usual_currency)
            self._on_currency()
            self._on_product()
        self.on_change()

    def show_leads(self) -> None:
        """Show how many days before a due date to remind of it, with the keyboard on it."""
        self.more_button.click()
        self.setFocusProxy(self.leads.way.input)

    def _connect(self) -> None:
        # Before the form's own slot, so that its preview sees what these put in.
        self.product.changed.connect(self._on_product)
        self.lender.changed.connect(self._preset_name)
        self.name.changed.connect(self._on_name)
        self.currency.changed.connect(self._on_currency)
        self.country.changed.connect(self._on_country)
        for field in (*self.cycle.essential, *self.cycle.less_usual):
            field.changed.connect(self._on_cycle)
        self.more_button.clicked.connect(self.on_change)

    def _fill(self, account: Account) -> None:
        is_fixed = holds_anything(self.session.store, account.id)
        self.lender.set_text(account.lender)
        self.name.set_text(account.name)
        self.currency.set_key(account.currency)
        self.currency.setEnabled(not is_fixed)
        self.country.set_key(account.law)
        self.cycle.fill(account.cycle)
        self.limit.set_money(account.limit)
        self.automatic.set_checked(is_checked=account.automatic)
        self.paid_from.set_key(account.cash_account_id)
        self.services.set_services(account.services)
        self.note.set_text(account.note)
        self.setFocusProxy(self.lender.input if self._is_other else self.name.input)
        self._say_currency()

    # --- texts ---------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        super().refresh()
        self.product.say(_("Lender or product"))
        sheets = products(self.session.store)
        self.product.set_choices((sheet.id, self._product_words(sheet)) for sheet in sheets)
        self.lender.say(_("Name of the lender"))
        self.name.say(_("What you call the account"))
        self._say_currency()
        self._say_country()
        self.cycle.refresh()
        self.limit.say(_("Credit limit"))
        self.automatic.say(_("The lender debits what is due by itself"))
        self._say_paid_from()
        self.services.say(_("Linked to the account"), _("Untick what you have taken off."))
        self.leads.refresh()
        self.note.say(_("Note"))
        self._say_source()
        self._preset_name()
        self.on_change()

    def _say_currency(self) -> None:
        self.currency.say(_("Currency"))
        choices = dict(currency_choices())
        for code in (self._usual_currency, self._known.currency if self._known else ""):
            if code and code not in choices:
                name = i18n.currency_name(code)
                choices[code] = _("{name} ({code})").format(name=name, code=code)
        self.currency.set_choices(choices.items())
        if not self.currency.isEnabled():
            self.currency.set_hint(_("It stays as it is, since something is recorded on the account."))

    def _say_paid_from(self) -> None:
        """Offer the cash accounts of the currency, which another currency changes."""
        choices = paying_choices(self.session, self._currency)
        self.paid_from.say(_("Paid from"))
        self.paid_from.set_choices(choices)
        self.paid_from.setVisible(len(choices) > 1)

    def _say_country(self) -> None:
        self.country.say(
            _("Country whose rules hold"), _("For legal limits, holidays and how the true rate is counted.")
        )
        others = (ELSEWHERE, _("Another country"))
        self.country.set_choices([*((code, i18n.country_name(code)) for code in KNOWN_COUNTRIES), others])

    def _say_cycle_source(self) -> None:
        """Who says how such accounts usually bill; the user's own dates need nobody."""
        sheet = self._sheet
        source = sheet.cycle_source if sheet is not None and not self._has_own_cycle else None
        words = _("The usual dates, from {source}. Your app shows your own.")
        self.cycle.mode.set_hint(words.format(source=source_words(source)) if source is not None else "")

    def _say_source(self) -> None:
        sheet = self._sheet
        if sheet is None or sheet.id == _BLANK:
            text = _("Nothing is copied. Every term is unknown until you enter it.")
        else:
            text = _(
                "The terms are copied from what is published about {product}, checked on {date}. "
                "Your own contract can replace each of them."
            ).format(product=_(sheet.name), date=show(sheet.revision))
        about = described(sheet) if sheet is not None else ""
        self.product.set_hint("\n".join(filter(None, (about, text))))

    @staticmethod
    def _product_words(sheet: Product) -> str:
        return _("Another lender") if sheet.id == _BLANK else _(sheet.name)

    # --- what was chosen -----------------------------------------------------------------------

    @property
    def _sheet(self) -> Product | None:
        chosen = self.product.value() if self._known is None else self._known.product
        return product(self.session.store, chosen or "")

    @property
    def _is_other(self) -> bool:
        return self._sheet is None or self._sheet.id == _BLANK

    @property
    def _usual_currency(self) -> str:
        usual = "EUR" if i18n.language() == "fr" else "CNY"
        return self.session.store.settings.get("currency") or usual

    @property
    def _currency(self) -> str:
        if self._is_other or self._sheet is None:
            return str(self.currency.value())
        return self._known.currency if self._known else self._sheet.currency

    def _on_product(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._say_source()
        self._preset_name()
        self.services.set_services(account_from(sheet, "").services)
        if not self._has_own_cycle:
            self.cycle.fill(sheet.cycle)
        self._set_unit()

    def _on_name(self) -> None:
        self._has_own_name = bool(self.name.text())

    def _preset_name(self) -> None:
        if not self._has_own_name and self._sheet is not None:
            self.name.set_text(self.lender.text() if self._is_other else _(self._sheet.name))

    def _on_cycle(self) -> None:
        self._has_own_cycle = True

    def _set_unit(self) -> None:
        self.limit.set_currency(self._currency)
        self._say_paid_from()

    def _on_currency(self) -> None:
        if not self._has_own_country:
            self.country.set_key(usual_country(str(self.currency.value())) or ELSEWHERE)
        self._set_unit()

    def _on_country(self) -> None:
        self._has_own_country = True

    @override
    def on_change(self) -> None:
        self.lender.setVisible(self._is_other)
        self.currency.setVisible(self._is_other)
        self.country.setVisible(self._is_other)
        self._say_cycle_source()
        self.cycle.follow(has_more=self.more_button.isHidden())
        self.leads.follow(has_more=self.more_button.isHidden())
        country = str(self.country.value()) if self._is_other else self._base().law
        self.show_preview(self.cycle.preview(self.session.today, calendar(self.session.store, country)))

    # --- saving --------------------------------------------------------------------------------

    @override
    def submit(self) -> bool:
        account = self._account()
        title = N_("Add an account") if self._known is None else N_("Change the account")
        saved = self.session.do(title, save_account, account)
        if saved is None:
            return False
        self.account_id = saved.id
        return True

    def _account(self) -> Account:
        limit: Money | None = self.limit.value()
        account = self._base()
        return replace(
            account,
            name=self.name.value(),
            lender=self.lender.value() if self._is_other else account.lender,
            currency=self._currency,
            country=self.country.value() if self._is_other else account.country,
            cycle=self.cycle.cycle(),
            limit=limit,
            automatic=self.automatic.value(),
            cash_account_id=str(self.paid_from.value() or ""),
            services=self.services.value(),
            lead_days=self.leads.value(),
            note=self.note.value(),
        )

    def _base(self) -> Account:
        """What the fields are laid over: the account as it is stored now, or a copy of the product."""
        if self._known is not None:
            return self.session.store.accounts.find(self._known.id) or self._known
        chosen: str = self.product.value()
        return account_from(next(sheet for sheet in products(self.session.store) if sheet.id == chosen), "")
