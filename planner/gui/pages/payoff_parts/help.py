"""Where help is free: who helps whom, how to reach them, who says so, and since when."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.account import ELSEWHERE
from planner.domain.hardship.help import HelpEntry
from planner.gui.arrange import clear
from planner.gui.fields import ChoiceField
from planner.gui.labels import heading_label, quiet_label, strong_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.payoff_parts.parts import column_of, holding
from planner.gui.session import Session
from planner.i18n import _, country_name, source_words
from planner.look import GRID
from planner.services.free_help import help_countries, help_for


class HelpList(QWidget):
    """The free help of a country, each entry with its source and its day.

    Attributes:
        country: Of which country.
        entries: What is shown.
    """

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self._products: tuple[str, ...] = ()
        self.entries: tuple[HelpEntry, ...] = ()
        self._heading = heading_label()
        self.country = ChoiceField()
        choice = Flow()
        choice.addWidget(self.country)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2 * GRID)
        column = column_of(self)
        column.addWidget(self._heading)
        column.addWidget(holding(choice))
        column.addLayout(self._lines)
        self.country.changed.connect(self._list)

    def show_help(self, country: str, products: Iterable[str]) -> None:
        """Show the help for somebody.

        Args:
            country: ISO 3166 code of where they most likely live; what the user chose before stays.
            products: The products that they owe on.
        """
        self._products = tuple(products)
        self._heading.setText(_("Free help"))
        is_first = not self.country.box.count()
        self.country.say(_("Country"))
        self.country.set_choices((code, _named(code)) for code in help_countries(self._session.store))
        if is_first:
            self.country.set_key(country)
        self._list()

    def _list(self) -> None:
        clear(self._lines)
        self.entries = help_for(self._session.store, self.country.value(), self._products)
        for entry in self.entries:
            self._lines.addWidget(_card(entry))


def _named(code: str) -> str:
    return _("Anywhere else") if code == ELSEWHERE else country_name(code)


def _card(entry: HelpEntry) -> QWidget:
    """One place that helps: its name, for whom, what it does, how to reach it, who says so."""
    card = QWidget()
    column = column_of(card, GRID // 2)
    title, text, reach = strong_label(), text_label(), text_label()
    check, source = quiet_label(), quiet_label()
    title.setText(_(entry.title))
    text.setText("\n".join(filter(None, (_(entry.text), _(entry.whom)))))
    reach.setText("\n".join(entry.reach))
    if not entry.reach:
        reach.hide()
    check.say(entry.check_first)
    source.setText(_("Source: {source}").format(source=source_words(entry.source)))
    for label in (title, text, reach, check, source):
        column.addWidget(label)
    return card
