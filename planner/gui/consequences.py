"""Cards on what being late may lead to: each folds, and all of them can be hidden and shown again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.domain.consequences.card import NO_CARDS, Card, Cards
from planner.gui.arrange import clear, order_tabs
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.widgets import as_of
from planner.gui.session import EVERYTHING, Session
from planner.gui.wrapping import Disclosure, WrappedLink
from planner.i18n import _, ngettext
from planner.look import GRID
from planner.store import catalogue

LESS_DETAIL = "less_detail"
_YES, _NO = "1", "0"
_Key = tuple[str, str]


def is_less(session: Session) -> bool:
    """Whether the user wants to see less detail."""
    return session.choice(LESS_DETAIL) == _YES


class ConsequenceCards(QWidget):
    """What being late may lead to, card by card: those that concern the user first, the others in a fold.

    Without any card it is hidden. With less detail only a line stands there, and the button that shows
    them again.

    Attributes:
        heading: What it is.
        hidden: That they are hidden; itself hidden while they are shown.
        about: What else the button hides; itself hidden with them.
        detail_button: Hides all cards, and shows them again.
        folds: Each card by its country and its key.
        others: The fold around the cards that do not concern the user now.

    Signals:
        procedure_wanted: The id of a procedure that a card leads to.
    """

    procedure_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self._cards = NO_CARDS
        self._shown: tuple[tuple[_Key, ...], tuple[_Key, ...]] = ((), ())
        self.heading, self.hidden, self.about = heading_label(), quiet_label(), quiet_label()
        self.detail_button = QPushButton()
        self.detail_button.setFlat(True)
        self.detail_button.setProperty("role", "link")
        self.detail_button.clicked.connect(self._toggle)
        self.folds: dict[_Key, Disclosure] = {}
        self._texts: dict[_Key, _CardText] = {}
        self.others = Disclosure()
        self._first = QVBoxLayout()
        self._first.setSpacing(GRID)
        self._content = QWidget()
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(GRID)
        content.addLayout(self._first)
        content.addWidget(self.others)
        button = Flow()
        button.addWidget(self.detail_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addWidget(self.hidden)
        column.addWidget(self._content)
        column.addLayout(button)
        column.addWidget(self.about)
        session.changed.connect(self._on_changed)
        self.hide()

    def show_cards(self, cards: Cards, here: str = "") -> None:
        """Show some cards; one that was open stays open.

        Args:
            cards: The cards.
            here: The id of the procedure that is shown beside them, to which none of them leads.
        """
        self._cards = cards
        keys = (tuple(map(_key, cards.first)), tuple(map(_key, cards.others)))
        if keys != self._shown:
            self._shown = keys
            self._build(cards)
            order_tabs(self)
        self.heading.setText(_("What being late may lead to"))
        self.hidden.setText(_("You chose to see less detail, so this is hidden."))
        self.about.setText(
            _("It also hides what may happen by day, and the 90-day line on Today, until you show it again.")
        )
        self.detail_button.setAccessibleDescription(self.about.text())
        count = len(cards.others)
        self.others.say(
            ngettext("All of them: {count} more", "All of them: {count} more", count).format(count=count)
        )
        for card in (*cards.first, *cards.others):
            self.folds[_key(card)].say(_(card.title))
            self._texts[_key(card)].say(card, here)
        self._apply()

    def _build(self, cards: Cards) -> None:
        opened = {key for key, fold in self.folds.items() if fold.is_open}
        clear(self._first)
        clear(self.others.column)
        self.folds, self._texts = {}, {}
        self._add(self._first, cards.first, opened)
        self._add(self.others.column, cards.others, opened)

    def _add(self, column: QVBoxLayout, cards: Sequence[Card], opened: set[_Key]) -> None:
        for card in cards:
            key = _key(card)
            fold, text = Disclosure(), _CardText()
            text.link.clicked.connect(partial(self._want, card.procedure))
            fold.column.addWidget(text)
            fold.set_open(is_open=key in opened)
            self.folds[key], self._texts[key] = fold, text
            column.addWidget(fold)

    def _want(self, procedure_id: str, _checked: object = None) -> None:
        self.procedure_wanted.emit(procedure_id)

    def _apply(self) -> None:
        less = is_less(self._session)
        self.setVisible(bool(self._cards))
        self.hidden.setVisible(less)
        self._content.setVisible(not less)
        self.about.setVisible(not less)
        self.others.setVisible(bool(self._cards.others))
        self.detail_button.setText(_("Show again") if less else _("Show less detail"))

    def _toggle(self) -> None:
        self._session.set(LESS_DETAIL, _NO if is_less(self._session) else _YES)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._session.has_store and (tables == EVERYTHING or "settings" in tables):
            self._apply()


class _CardText(QWidget):
    """What there is to say, the procedure that helps, and a quieter line for all who say so."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._sources = text_label(), quiet_label()
        self.link = WrappedLink()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (self._text, self.link, self._sources):
            column.addWidget(widget)

    def say(self, card: Card, here: str) -> None:
        """Say what a card says, in the language of the moment."""
        self._text.setText(_(card.text))
        helping = catalogue.procedure(card.procedure) if card.procedure != here else None
        self.link.say(_(helping.title) if helping is not None else "")
        self.link.setVisible(helping is not None)
        self._sources.setText("\n".join(map(as_of, card.sources)))


def _key(card: Card) -> _Key:
    return (card.country, card.id)
