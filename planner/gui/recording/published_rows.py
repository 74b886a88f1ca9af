"""One published sheet in a list: what it is about, where it comes from, and how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.account import Product
from planner.domain.hardship.help import HelpEntry
from planner.domain.law.caps import Cap, CapTable
from planner.domain.published import PublishedKind
from planner.domain.sourced import Source
from planner.gui.labels import LinkButton, amber_label, quiet_label, strong_label
from planner.gui.recording.source_words import dated_source_words, described, stale_words
from planner.gui.recording.term_table import TERM_TABLE
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure
from planner.i18n import _, explain, joined, ngettext, show, show_number, show_percent
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.catalogue import Shelved, forget
from planner.store.sheets import Sheet


class SheetRow(QWidget):
    """One sheet.

    Attributes:
        shelved: What is shown.
        notes: How old it is, where that is long, and what is used instead of it.
        forget_link: Takes what the user brought out of the file; only for such a sheet.
        details: The terms of products, the rows of legal lines, the years of calendars, who helps.
    """

    def __init__(self, session: Session, kind: PublishedKind, shelved: Shelved) -> None:
        """Show a sheet.

        Args:
            session: The open file.
            kind: What it is about.
            shelved: The sheet.
        """
        super().__init__()
        self._session, self.shelved = session, shelved
        sheet, own = shelved.sheet, shelved.published
        title, about, self.notes = strong_label(), quiet_label(), amber_label()
        self.forget_link, self.details = LinkButton(), Disclosure()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        for widget in (title, about, self.notes, self.details, self.forget_link):
            column.addWidget(widget)
        name = _sheet_name(kind, sheet) if sheet is not None else own.name if own is not None else ""
        title.setText(name)
        about.setText(" ".join(self._lines()))
        notes = list(self._notes())
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.forget_link.setText(_("Take it out"))
        self.forget_link.setAccessibleName(_("Take it out: {name}").format(name=name))
        self.forget_link.setVisible(own is not None)
        self.forget_link.clicked.connect(self._forget)
        self._show_details()

    def _lines(self) -> Iterator[str]:
        """What it is, where it comes from, when somebody looked, and how many sources it names."""
        sheet, own = self.shelved.sheet, self.shelved.published
        if sheet is not None and sheet.product is not None and sheet.product.description:
            yield described(sheet.product)
        if own is None:
            yield _("Comes with the program.")
        elif own.by_hand:
            yield _("Typed on {date}.").format(date=show(own.loaded_on))
        else:
            yield _("Loaded on {date}.").format(date=show(own.loaded_on))
        if not self.shelved.is_stale and (own is None or not own.by_hand):
            yield _("Last checked {date}.").format(date=show(self.shelved.dated))
        if sheet is not None and sheet.product is not None:
            count = sheet.sources
            yield ngettext(
                "{count} figure with its source.", "{count} figures with their sources.", count
            ).format(count=show(count))

    def _notes(self) -> Iterator[str]:
        if self.shelved.is_stale:
            yield stale_words(self.shelved.dated)
        if self.shelved.sheet is None:
            yield _("This version of the program cannot read it.")
        elif not self.shelved.is_shown:
            yield (
                _("Another sheet of the same product, checked on the same day, is used.")
                if self.shelved.is_same_day
                else _("Another sheet of the same product was checked later and is used.")
            )

    def _show_details(self) -> None:
        sheet = self.shelved.sheet
        lines: list[str] = []
        if sheet is not None and sheet.product is not None:
            lines = list(_term_lines(sheet.product, self._session))
            count = len(lines)
            self.details.say(ngettext("{count} term", "{count} terms", count).format(count=show(count)))
        elif sheet is not None and sheet.caps is not None:
            lines = list(_cap_lines(sheet.caps, self._session))
            count = len(lines)
            self.details.say(ngettext("{count} row", "{count} rows", count).format(count=show(count)))
        elif sheet is not None and sheet.calendar is not None:
            lines = [_year_line(year, days.source) for year, days in sorted(sheet.calendar.years.items())]
            count = len(lines)
            self.details.say(ngettext("{count} year", "{count} years", count).format(count=show(count)))
        elif sheet is not None and sheet.help:
            lines = [_help_line(entry, self._session) for entry in sheet.help]
            count = len(lines)
            self.details.say(ngettext("{count} entry", "{count} entries", count).format(count=show(count)))
        self.details.setVisible(bool(lines))
        for line in lines:
            label = quiet_label()
            label.setText(line)
            self.details.column.addWidget(label)

    def _forget(self) -> None:
        own = self.shelved.published
        if own is not None:
            self._session.do(N_("Take out published figures"), forget, own.id)


def _sheet_name(kind: PublishedKind, sheet: Sheet) -> str:
    if kind is PublishedKind.CALENDAR:
        return _("Public holidays: {country}").format(country=_(sheet.title))
    return _(sheet.title)


def _year_line(year: int, source: str) -> str:
    return _("{year}: {source}").format(year=str(year), source=_(source))


def _help_line(entry: HelpEntry, session: Session) -> str:
    """Who helps and how to reach them, with who says so."""
    name = _(entry.title)
    if entry.reach:
        name = _("{name}: {value}").format(name=name, value=joined(entry.reach))
    return _with_source(name, entry.source, session)


def _term_lines(product: Product, session: Session) -> Iterator[str]:
    """Each term in one sentence: its name, its value or range, and every source."""
    terms = product.terms
    for sheets in TERM_TABLE.values():
        for sheet in sheets:
            for about in dict.fromkeys(claim.about for claim in terms.of(sheet.term)):
                claims = [claim for claim in terms.of(sheet.term) if claim.about == about]
                words = _("{name}: {value}").format(
                    name=sheet.name(about), value=sheet.words(terms, about, product.currency)
                )
                sources = dict.fromkeys(dated_source_words(claim.source, session.today) for claim in claims)
                yield _("{words}. Source: {source}").format(words=words, source=joined(sources))
    if product.cycle_source is not None:
        words = _("How it bills")
        yield _with_source(words, product.cycle_source, session)


def _cap_lines(table: CapTable, session: Session) -> Iterator[str]:
    """Each row in one sentence, with its source."""
    for seen in table.observations:
        words = _("{name} on {date}: {rate}").format(
            name=seen.name, date=show(seen.on), rate=show_percent(seen.value, None)
        )
        yield _with_source(words, seen.source, session)
    for cap in table.caps:
        words = _("{height}, {time}: {line}").format(
            height=_height(cap), time=explain(_time_words(cap)), line=_(cap.title)
        )
        yield _with_source(words, cap.source, session)


def _with_source(words: str, source: Source, session: Session) -> str:
    said = dated_source_words(source, session.today)
    return _("{words}. Source: {source}").format(words=words, source=said)


def _height(cap: Cap) -> str:
    if cap.value is None:
        return _("{times} × {name}").format(times=show_number(cap.times), name=cap.of)
    height = show_percent(cap.value, None)
    band = _band(cap)
    return _("{rate} {amounts}").format(rate=height, amounts=band) if band else height


def _band(cap: Cap) -> str:
    def amount(value: Decimal) -> str:
        return _("{amount} {currency}").format(amount=show_number(value), currency=cap.currency)

    if cap.above is not None and cap.up_to is not None:
        return _("above {low} up to {high}").format(low=amount(cap.above), high=amount(cap.up_to))
    if cap.above is not None:
        return _("above {low}").format(low=amount(cap.above))
    return _("up to {high}").format(high=amount(cap.up_to)) if cap.up_to is not None else ""


def _time_words(cap: Cap) -> Phrase:
    """When a row of a line holds."""
    if cap.until is None:
        return Phrase("since {date}", date=cap.since)
    return Phrase("from {since} to {until}", since=cap.since, until=cap.until)
