"""What is published now and differs from what an account copied; taken over only where the user ticks it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.terms import Terms
from planner.gui.arrange import clear, order_tabs
from planner.gui.labels import LinkButton, amber_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.recording.source_words import dated_source_words
from planner.gui.recording.term_table import sheet_of
from planner.gui.session import EVERYTHING, Session
from planner.gui.wrapping import Choice, Disclosure
from planner.i18n import _, joined, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.figure_updates import Key, Update, take_updates, updates_for

_TABLES = frozenset({"accounts", "account_terms", "published"})


class UpdateRow(QWidget):
    """What is taken over together: one term, or all that was only looked at again.

    Attributes:
        keys: The terms.
        box: Ticked to take them over.
        is_removal: Whether nothing is left of them then; it is ticked one by one only.
    """

    def __init__(
        self, title: str, keys: Collection[Key], lines: Iterable[str], *, is_removal: bool = False
    ) -> None:
        """Build it unticked.

        Args:
            title: What is taken over.
            keys: The terms.
            lines: What there is to know of it.
            is_removal: Whether nothing is left of it then.
        """
        super().__init__()
        self.keys, self.is_removal = frozenset(keys), is_removal
        self.box = QCheckBox()
        choice = Choice(self.box)
        choice.say(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(choice)
        for line in lines:
            label = quiet_label()
            label.setText(line)
            label.setContentsMargins(choice.text_left, 0, 0, 0)
            column.addWidget(label)
        self.setFocusProxy(self.box)


def _update_row(update: Update, currency: str, today: date) -> UpdateRow:
    """One term: what the account copied, and what is published now."""
    sheet = sheet_of(update.term)

    def side(terms: Terms) -> str:
        if not terms.claims:
            return _("nothing")
        words = sheet.words(terms, update.about, currency)
        sources = dict.fromkeys(dated_source_words(claim.source, today) for claim in terms.claims)
        return _("{value}: {source}").format(value=words, source=joined(sources))

    lines = [
        _("Copied: {value}").format(value=side(update.old)),
        _("Published now: {value}").format(value=side(update.new)),
    ]
    if update.has_own:
        lines.append(_("Your own value goes on counting."))
    return UpdateRow(sheet.name(update.about), [update.key], lines, is_removal=update.is_removal)


def _again_row(updates: Sequence[Update]) -> UpdateRow:
    """Every term whose figure is the same, with a newer day."""
    count = len(updates)
    title = ngettext(
        "{count} figure that was looked at again and is the same",
        "{count} figures that were looked at again and are the same",
        count,
    ).format(count=show(count))
    names = [sheet_of(update.term).name(update.about) for update in updates]
    return UpdateRow(title, [update.key for update in updates], names)


class AccountUpdates(QWidget):
    """The published figures that differ from an account's copy of them, behind a heading; nothing if none do.

    Attributes:
        account_id: The account.
        part: The heading, and what it opens.
        rows: One for each term that differs and one for all that are the same, once it was opened.
        take_button: Takes over what is ticked.
        all_link: Ticks all of them but removals, or none.
        warning: What ticking a removal does; stands above those.
    """

    def __init__(self, parent: QWidget, session: Session, account_id: str, *, is_named: bool = False) -> None:
        """Build it for an account.

        Args:
            parent: What shows it; it hides itself there where nothing differs.
            session: The open file.
            account_id: The account.
            is_named: Whether the heading names the account.
        """
        super().__init__(parent)
        self._session, self.account_id, self._is_named = session, account_id, is_named
        self.rows: list[UpdateRow] = []
        self.part = Disclosure()
        self.part.toggled.connect(self.refresh)
        self._about = text_label()
        self._place = QVBoxLayout()
        self._place.setSpacing(GRID)
        self.warning, self._gone = amber_label(), QVBoxLayout()
        self._gone.setSpacing(GRID)
        self.take_button, self.all_link = QPushButton(), LinkButton()
        self.take_button.clicked.connect(self._take)
        self.all_link.clicked.connect(self._tick)
        buttons = Flow()
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.all_link)
        self.part.column.addWidget(self._about)
        self.part.column.addLayout(self._place)
        self.part.column.addWidget(self.warning)
        self.part.column.addLayout(self._gone)
        self.part.column.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self.setFocusProxy(self.part)
        session.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Set every text, and list what differs if it is open; what was ticked stays ticked."""
        account = self._session.store.accounts.find(self.account_id)
        updates = updates_for(self._session.store, account) if account is not None else ()
        self.setVisible(bool(updates))
        again = [update for update in updates if update.is_checked_again]
        others = [update for update in updates if not update.is_checked_again]
        changes = [update for update in others if not update.is_removal]
        removals = [update for update in others if update.is_removal]
        words = _("Published figures were looked at again: look…")
        if others:
            words = ngettext(
                "{count} published figure differs from this copy: look…",
                "{count} published figures differ from this copy: look…",
                len(others),
            ).format(count=show(len(others)))
        if self._is_named and account is not None:
            words = _("{account}: {words}").format(account=account.name, words=words)
        self.part.say(words)
        self._about.setText(
            _("Nothing is taken over by itself. What you tick counts from now on; what is recorded stays.")
        )
        self.take_button.setText(_("Take over what is ticked"))
        ticked = {row.keys for row in self.rows if row.box.isChecked()}
        self.rows.clear()
        clear(self._place)
        clear(self._gone)
        self.warning.setVisible(bool(removals))
        self.warning.setText(
            _(
                "These are not published any more. Ticking one takes the copied figure out of the account: "
                "what follows from it is then unknown, unless you typed a value of your own."
            )
        )
        if account is not None and self.part.is_open:
            today = self._session.today
            self.rows += [_update_row(update, account.currency, today) for update in changes]
            self.rows += [_again_row(again)] if again else []
            self.rows += [_update_row(update, account.currency, today) for update in removals]
            for row in self.rows:
                row.box.setChecked(row.keys in ticked)
                row.box.toggled.connect(self._follow)
                (self._gone if row.is_removal else self._place).addWidget(row)
            order_tabs(self)
        self._follow()

    def _follow(self) -> None:
        """What the buttons offer depends on what is ticked."""
        ticked = [row for row in self.rows if row.box.isChecked()]
        self.take_button.setEnabled(bool(ticked))
        self.all_link.setText(_("Tick none") if self._has_all else _("Tick all"))
        self.all_link.setVisible(bool(self._usual))

    @property
    def _usual(self) -> list[UpdateRow]:
        """What may be ticked together: all but what would leave nothing."""
        return [row for row in self.rows if not row.is_removal]

    @property
    def _has_all(self) -> bool:
        return bool(self._usual) and all(row.box.isChecked() for row in self._usual)

    def _tick(self) -> None:
        if self._has_all:
            for row in self.rows:
                row.box.setChecked(False)
            return
        for row in self._usual:
            row.box.setChecked(True)

    def _take(self) -> None:
        keys = {key for row in self.rows if row.box.isChecked() for key in row.keys}
        self.part.setFocus()
        self._session.do(N_("Take over published figures"), take_updates, self.account_id, keys)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables == EVERYTHING or tables & _TABLES:
            self.refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
