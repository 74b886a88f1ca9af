"""The user's own value for a term, in place of what is published."""

from __future__ import annotations

from planner.compat import override
from planner.domain.account import Account
from planner.domain.terms import TermClaim, Terms
from planner.errors import PlannerError
from planner.gui.fields import CountField
from planner.gui.forms import Form
from planner.gui.recording.own_source import OwnSource
from planner.gui.recording.term_table import TermSheet
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.accounts import override_term

_LEAST_COUNT, _MOST_COUNT = 2, 60


class TermForm(Form):
    """The user's own value for one term, and where they know it from.

    Attributes:
        count: The number of instalments, where it is for one that is not listed yet.
        value: The value.
        said: Who says so, and where exactly.
    """

    def __init__(self, session: Session, account: Account, sheet: TermSheet, about: str) -> None:
        """Start with what counts now, if it is a single value.

        Args:
            session: The open file.
            account: The account that keeps it.
            sheet: The term.
            about: What it is about within the term; empty where the user is to say.
        """
        super().__init__(session)
        self._account_id, self._sheet, self._about = account.id, sheet, about
        self._asks_count = sheet.asks_count(about)
        self.count = CountField(_LEAST_COUNT, _MOST_COUNT)
        self.value = sheet.kind.field(account.currency, session.today)
        self.said = OwnSource()
        if self._asks_count:
            self.add(self.count)
        self.add(self.value, *self.said.fields)
        self.refresh()
        if not self._asks_count:
            self._fill(account.terms)

    def _fill(self, terms: Terms) -> None:
        sourced = self._sheet.read(terms, self._about)
        if not (sourced.is_unknown or sourced.is_range):  # None is a value too: the end of the day
            self._sheet.kind.fill(self.value, sourced.value)
        if sourced.own is not None:
            self.said.fill(sourced.own.source)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Use my value"))
        self.count.say(_("Number of instalments"))
        self.value.say(self._sheet.name(self._about))
        self._sheet.kind.offer(self.value)
        self.said.refresh()
        self.on_change()

    @override
    def on_change(self) -> None:
        try:
            echo = self._sheet.kind.echo(self.value)
        except PlannerError:
            echo = ""
        self.show_preview(echo)

    @override
    def submit(self) -> bool:
        about = str(self.count.value()) if self._asks_count else self._about
        text = self._sheet.kind.text(self.value)
        claim = TermClaim(self._sheet.term, about, text, self.said.source(self.session.today))
        done = self.session.do(N_("Enter a term"), override_term, self._account_id, claim)
        return done is not None
