"""The terms of an account, each with who says so, and the user's own value in place of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.account import Account
from planner.domain.sourced import Claim
from planner.gui.arrange import clear, order_tabs, scroll_to
from planner.gui.labels import LinkButton, amber_label, heading_label, quiet_label, strong_label
from planner.gui.layouts import Flow
from planner.gui.pane import PaneContent
from planner.gui.recording.account_updates import AccountUpdates
from planner.gui.recording.published_view import open_published
from planner.gui.recording.source_words import dated_source_words, fictitious_words
from planner.gui.recording.term_form import TermForm
from planner.gui.recording.term_table import TERM_TABLE, TermSheet
from planner.gui.session import EVERYTHING, Session
from planner.gui.wrapping import Disclosure
from planner.i18n import _, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.accounts import restore_term


class TermRow(QWidget):
    """One term: its value, a range or unknown, its sources, and the way to the user's own value.

    Attributes:
        value: What counts.
        badge: Says which sources declare themselves fictitious.
        sources: The published claims, where there are several.
        edit_link: Opens and closes the form.
        restore_link: Takes the user's own value back.
        form: The form, while it is open.
        is_other: Whether it stands among the terms that nobody stated; it stays there once it is stated.
    """

    def __init__(self, session: Session, sheet: TermSheet, about: str) -> None:
        """Build it for one term."""
        super().__init__()
        self._session, self._sheet, self._about = session, sheet, about
        self._account: Account | None = None
        self.form: TermForm | None = None
        self.is_other = False
        self._title, self.value = quiet_label(), strong_label()
        self._direct, self.badge = quiet_label(), amber_label()
        self.sources = Disclosure()
        self.edit_link, self.restore_link = LinkButton(), LinkButton()
        self.edit_link.clicked.connect(self._toggle)
        self.restore_link.clicked.connect(self._restore)
        links = Flow()
        links.addWidget(self.edit_link)
        links.addWidget(self.restore_link)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(2 * GRID, GRID, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        for widget in (self._title, self.value, self._direct, self.badge, self.sources):
            column.addWidget(widget)
        column.addLayout(links)
        column.addLayout(self._place)
        self.setFocusProxy(self.edit_link)

    def show_account(self, account: Account) -> None:
        """Show the term as it is on an account; an open form keeps what was typed."""
        self._account = account
        title = self._sheet.name(self._about)
        self._title.setText(title)
        if self._sheet.asks_count(self._about):  # nothing is known about a number nobody named
            sourced_claims: Sequence[Claim[object]] = ()
            own = None
            self.value.hide()
        else:
            sourced = self._sheet.read(account.terms, self._about)
            sourced_claims, own = sourced.claims, sourced.own
            self.value.setText(self._sheet.words(account.terms, self._about, account.currency))
        self._show_sources([claim for claim in sourced_claims if claim is not own], own, account.currency)
        self._say_edit(is_own=own is not None)
        self.restore_link.setText(_("Take my value back"))
        self.restore_link.setAccessibleName(_("Take my value back: {term}").format(term=title))
        self.restore_link.setVisible(own is not None)

    def _show_sources(
        self, published: Sequence[Claim[object]], own: Claim[object] | None, currency: str
    ) -> None:
        today = self._session.today
        lines = [dated_source_words(own.source, today)] if own is not None else []
        if len(published) == 1:
            lone = published[0]  # beside an own value it says which one it gives
            words = dated_source_words(lone.source, today)
            lines.append(self._claim_words(lone, currency) if own else words)
        badge = fictitious_words(published)
        self.badge.setText(badge)
        self.badge.setVisible(bool(badge))
        self._direct.setText("\n".join(lines))
        self._direct.setVisible(bool(lines))
        clear(self.sources.column)
        self.sources.setVisible(len(published) > 1)
        text = ngettext("{count} published source", "{count} published sources", len(published))
        self.sources.say(text.format(count=len(published)))
        for claim in published:
            label = quiet_label()
            label.setText(self._claim_words(claim, currency))
            self.sources.column.addWidget(label)

    def _claim_words(self, claim: Claim[object], currency: str) -> str:
        value = self._sheet.kind.words(claim.value, currency)
        source = dated_source_words(claim.source, self._session.today)
        return _("{value}: {source}").format(value=value, source=source)

    def _say_edit(self, *, is_own: bool) -> None:
        title = self._sheet.name(self._about)
        if self.form is not None:
            text = _("Leave it as it is")
        elif is_own:
            text = _("Change my value…")
        else:
            text = _("Enter my value…")
        self.edit_link.setText(text)
        self.edit_link.setAccessibleName(_("{term}: {act}").format(term=title, act=text))

    def _toggle(self) -> None:
        if self.form is not None:
            self.close_form()
        elif self._account is not None:
            self.form = TermForm(self._session, self._account, self._sheet, self._about)
            self.form.saved.connect(self.close_form)
            self._place.addWidget(self.form)
            order_tabs(self)
            self.show_account(self._account)
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)
            scroll_to(self.form)

    def close_form(self) -> None:
        """Close the form without saving; the keyboard goes back to what opened it."""
        if self.form is None:
            return
        self.edit_link.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form = None
        clear(self._place)
        if self._account is not None:
            self.show_account(self._account)

    def _restore(self) -> None:
        if self._account is not None:
            self.edit_link.setFocus(Qt.FocusReason.OtherFocusReason)
            self._session.do(
                N_("Take a term back"), restore_term, self._account.id, self._sheet.term, self._about
            )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            if self.form.may_leave():
                self.close_form()
        else:
            super().keyPressEvent(event)


def _is_other(sheet: TermSheet, about: str, account: Account) -> bool:
    """Whether nobody states a term, where at least something is stated."""
    is_unknown = not sheet.asks_count(about) and not sheet.read(account.terms, about).claims
    return is_unknown and bool(account.terms.claims)


class TermsView(PaneContent):
    """All terms of an account, for the side pane.

    Attributes:
        updates: What is published now and differs from what the account copied.
        published_link: Shows everything that is published.
        rows: One per term and, for fees, per number of instalments; by term and what it is about.
        others: By heading, what nobody stated when the list was opened; of a blank account nothing.
    """

    def __init__(self, session: Session, account_id: str) -> None:
        """Build it for an account."""
        super().__init__()
        self._session, self._account_id = session, account_id
        self.rows: dict[tuple[str, str], TermRow] = {}
        self._about = quiet_label()
        self.updates = AccountUpdates(self, session, account_id)
        self.published_link = LinkButton()
        self.published_link.clicked.connect(lambda: open_published(self, session))
        self._parts: dict[str, tuple[QLabel, QVBoxLayout]] = {}
        self.others: dict[str, Disclosure] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (self._about, self.updates, self.published_link):
            column.addWidget(widget)
        for heading in TERM_TABLE:
            label, lines = heading_label(), QVBoxLayout()
            lines.setSpacing(GRID)
            column.addWidget(label)
            column.addLayout(lines)
            self._parts[heading] = (label, lines)
            self.others[heading] = Disclosure()
            column.addWidget(self.others[heading])
        column.addStretch(1)
        session.changed.connect(self._on_changed)
        self._is_first = True
        self.refresh()

    @override
    def may_leave(self) -> bool:
        asked = [row.form.may_leave() for row in self.rows.values() if row.form is not None]
        return all(asked)  # every form says so at once, not one after another

    def refresh(self) -> None:
        """Set every text and every value; an open form keeps what was typed."""
        account = self._session.store.accounts.find(self._account_id)
        self._about.setText(
            _(
                "What is published is copied with the account and does not change by itself. Your own value "
                "counts in place of it; what is published stays beside it."
            )
        )
        self.published_link.setText(_("All published figures…"))
        self.setEnabled(account is not None)
        if account is None:  # taken back while its terms were shown
            return
        wanted = {
            heading: [(sheet, about) for sheet in sheets for about in sheet.abouts(account.terms)]
            for heading, sheets in TERM_TABLE.items()
        }
        keys = {(sheet.term.value, about) for pairs in wanted.values() for sheet, about in pairs}
        for key in self.rows.keys() - keys:
            row = self.rows.pop(key)
            row.hide()
            row.deleteLater()
        for heading, pairs in wanted.items():
            label, lines = self._parts[heading]
            label.setText(_(heading))
            places = {False: lines, True: self.others[heading].column}
            counts = {False: 0, True: 0}
            for sheet, about in pairs:
                key = (sheet.term.value, about)
                row = self.rows.get(key) or TermRow(self._session, sheet, about)
                if key not in self.rows:
                    row.is_other = self._is_first and _is_other(sheet, about, account)
                self.rows[key] = row
                places[row.is_other].insertWidget(counts[row.is_other], row)
                counts[row.is_other] += 1
                row.show_account(account)
            self.others[heading].say(_("Other terms ({count})").format(count=show(counts[True])))
            self.others[heading].setVisible(counts[True] > 0)
        self._is_first = False
        shown = (row for row in self.rows.values() if not row.is_other)
        self.setFocusProxy(next(shown, self.published_link))
        order_tabs(self)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables == EVERYTHING or tables & {"accounts", "account_terms"}:
            self.refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
