"""How often payments were late: a calm line for an account, and one for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.account import Account
from planner.domain.late.counts import THREE_SIX_SOURCE, LateCounts
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import Phrase
from planner.services.late_history import counts_of, late_history


class LateCountsView(QWidget):
    """The counters: one account's, all accounts' where there are others, and what many lenders look at.

    Attributes:
        heading: What it is.
        own: The counts of the account.
        in_time: How many of its payments were in time; hidden where none was.
        each: The counts of every other account that was late; hidden where there is none.
        total: The counts of all accounts; hidden where they say nothing else.
        note: What many lenders look at and the counts reach; hidden where they reach nothing.
        source: Who says so.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.heading, self.own, self.total = heading_label(), text_label(), text_label()
        self.each, self.note, self.source = text_label(), text_label(), quiet_label()
        self.in_time = text_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (self.heading, self.own, self.in_time, self.each, self.total, self.note, self.source):
            column.addWidget(widget)
        self.hide()

    def show_account(self, session: Session, account: Account | None) -> None:
        """Show how often an account was late, and how often every other one; nothing without an account.

        Args:
            session: The open file.
            account: The account.
        """
        if account is None:
            self.show_counts(None)
            return
        history = late_history(session.store, session.today)
        others = [
            (each.account.name, each.counts) for each in history.accounts if each.account.id != account.id
        ]
        self.show_counts(counts_of(session.store, account, session.today), history.total, others)

    def show_counts(
        self,
        counts: LateCounts | None,
        total: LateCounts | None = None,
        others: Sequence[tuple[str, LateCounts]] = (),
    ) -> None:
        """Show how often an account was late; nothing where nobody counted.

        Args:
            counts: The counts of the account.
            total: The counts of all accounts; None where only one is meant.
            others: The counts of every other account that was late, by its name.
        """
        self.setVisible(counts is not None)
        if counts is None:
            return
        self.heading.setText(_("Late so far"))
        self.own.say(counts.words)
        in_time = counts.in_time_words
        self.in_time.say(in_time)
        self.in_time.setVisible(in_time is not None)
        lines = [_("{name}: {value}").format(name=name, value=explain(each.words)) for name, each in others]
        self.each.tell("\n".join(lines), *(each.words for _name, each in others))
        self.each.setVisible(bool(lines))
        is_more = total is not None and total != counts
        self.total.setVisible(is_more)
        if total is not None:
            self.total.say(Phrase("All accounts together: {counts}", counts=total.words))
        notes = " ".join(explain(note) for note in counts.notes)
        self.note.setText(notes)
        self.note.setVisible(bool(notes))
        self.source.setText(_("Source: {source}").format(source=_(THREE_SIX_SOURCE)))
        self.source.setVisible(bool(notes))
