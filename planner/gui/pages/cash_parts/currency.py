"""The cash of one currency: its figures, the days to come as a chart and a table, its reserve and cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.charts.cash import cash_chart, describe_cash
from planner.domain.cash.forecast import Forecast
from planner.domain.cash.line import CashDay
from planner.domain.cash.movement import Movement
from planner.domain.cash.rules import CashRules
from planner.domain.cash.spending import Spending
from planner.domain.cash.words import made_movement
from planner.domain.dates import on_day
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.recorded import as_recorded
from planner.gui.arrange import clear
from planner.gui.asking import why
from planner.gui.labels import Figure, WrappedLabel, amber_label, heading_label, text_label
from planner.gui.layouts import Columns, Flow
from planner.gui.pages.cash_parts.share_line import ShareLine
from planner.gui.pages.two_views import TwoViews
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, currency_name, explain, show, show_month
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.cash_view import CurrencyCash
from planner.services.cash_warnings import short_words

_FIGURE = 10  # how narrow a figure may be, in heights of a line
_FIGURES = 4
_MOST_ROWS = 14
_LAST = 31


@dataclass(frozen=True, slots=True)
class DayRow:
    """What moves on a day.

    Attributes:
        day: The day of the forecast.
        movement: What moves; None on a first day on which nothing does.
    """

    day: CashDay
    movement: Movement | None = None

    @property
    def on(self) -> date:
        """The day; one that has passed where the balance was seen earlier."""
        return self.movement.on if self.movement is not None else self.day.on

    @property
    def balance(self) -> Money | None:
        """What is there at the end of the day; None for a day before the forecast."""
        return self.day.balance if self.on >= self.day.on else None


class CurrencyHead(QWidget):
    """The figures of one currency, and what deserves a look.

    Attributes:
        now, lowest, short, month_end: The figures.
        warnings: What deserves a look and no figure says.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.heading = heading_label()
        self.now, self.lowest, self.short, self.month_end = (Figure() for _number in range(_FIGURES))
        figures = Columns(_FIGURE, _FIGURES, is_even=True)
        for figure in (self.now, self.lowest, self.short, self.month_end):
            figures.addWidget(figure)
        self._figures = QWidget()
        self._figures.setLayout(figures)
        self.warnings: list[WrappedLabel] = []
        self._lines = _lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addWidget(self._figures)
        column.addLayout(self._lines)
        column.addStretch(1)

    def refresh(self, cash: CurrencyCash, today: date, *, is_alone: bool) -> None:
        """Show the cash of a currency.

        Args:
            cash: The result.
            today: The day.
            is_alone: Whether there is no other currency to be told from.
        """
        forecast = cash.forecast
        self.heading.setText(_name(cash.currency))
        self.heading.setHidden(is_alone)
        self._show_lines(cash)
        self._figures.setVisible(forecast is not None)
        if forecast is not None:
            self._show_figures(cash, forecast, today)

    def _show_lines(self, cash: CurrencyCash) -> None:
        """Say what is missing, and what deserves a look; what a figure says already is not said twice."""
        clear(self._lines)
        self.warnings = []
        told = [cash.spending.words]
        if cash.forecast is not None:
            told.append(short_words(cash.forecast))
        for phrase in cash.unknown:
            note = text_label()
            note.say(phrase)
            self._lines.addWidget(note)
        for phrase in cash.warnings:
            if phrase not in told:
                warning = amber_label()
                warning.say(phrase)
                self._lines.addWidget(warning)
                self.warnings.append(warning)

    def _show_figures(self, cash: CurrencyCash, forecast: Forecast, today: date) -> None:
        seen = [start.seen.on for start in forecast.starts]
        since = _("from the balance seen on {date}").format(date=show(seen[0]))
        if len(seen) > 1:
            since = _("from the balances seen since {date}").format(date=show(min(seen)))
        self.now.show_made(_("Cash now"), cash.now or forecast.now, since)
        lowest = forecast.lowest
        self.lowest.show_made(
            _("Lowest"), forecast.made(lowest.on), _("on {date}").format(date=show(lowest.on))
        )
        self._show_short(forecast, cash.counts_on)
        end = on_day(today.year, today.month, _LAST)
        self.month_end.show_made(
            _("At the end of {month}").format(month=show_month(today)),
            forecast.made(end),
            _("after all dues of this month"),
        )

    def _show_short(self, forecast: Forecast, counts_on: Phrase | None) -> None:
        """Say on which day it does not suffice first, or until when it does."""
        short = forecast.first_short
        has_reserve = bool(forecast.floor)
        self.short.mark(needs_act=short is not None)
        reserve = _made_reserve(forecast.floor)
        beside = _("reserve {amount}").format(amount=show(forecast.floor)) if has_reserve else ""
        beside = "\n".join(filter(None, (beside, explain(counts_on) if counts_on is not None else "")))
        if short is None:
            label = _("Stays above the reserve") if has_reserve else _("Suffices")
            until = _("until {date}").format(date=show(forecast.until))
            self.short.say(label, until, beside, *([reserve] if has_reserve else ()))
            return
        missing = forecast.missing(short.on)
        label = _("First day below the reserve") if has_reserve else _("First day that is short")
        note = _("{amount} short").format(amount=show(missing))
        notes = f"{note}\n{beside}" if beside else note
        self.short.say(label, show(short.on), notes, missing, *([reserve] if has_reserve else ()))


class CurrencyDays(QWidget):
    """The days to come of one currency as a chart and a table, and its reserve and cap.

    Attributes:
        cash: What is shown; None before the first time.
        heading: The currency, where there are several.
        views: The chart, and the table of the days.
        rules, spending, over: The reserve; what was bought on credit; that it is more than the cap.
        share: What goes to lenders of what comes in.
        rules_button: Leads to the reserve and the cap.

    Signals:
        rules_wanted: The user wants to change the reserve or the cap; what they are now.
    """

    rules_wanted = Signal(object)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.cash: CurrencyCash | None = None
        self.heading = heading_label()
        self.table = Table(TableModel(self._columns()))
        self.views = TwoViews(self.table, is_chart_first=True)
        self.rules, self.spending, self.over = text_label(), text_label(), amber_label()
        self.share, self.rules_button = ShareLine(), QPushButton()
        self.rules_button.clicked.connect(self._want_rules)
        buttons = Flow()
        buttons.addWidget(self.rules_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addWidget(self.views)
        column.addSpacing(GRID)
        for widget in (self.rules, self.spending, self.over, self.share):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)

    def _columns(self) -> tuple[Column[DayRow], ...]:
        return (
            Column(N_("Date"), lambda row: row.on),
            Column(N_("What moves"), _what, is_wide=True),
            Column(N_("Amount"), _amount, made=_made, is_number=True),
            Column(N_("At the end of the day"), lambda row: row.balance, made=self._balance, is_number=True),
        )

    def _balance(self, row: DayRow) -> Derived[Money] | None:
        forecast = self.cash.forecast if self.cash is not None else None
        return forecast.made(row.day.on) if forecast is not None and row.balance is not None else None

    def refresh(self, cash: CurrencyCash, *, is_alone: bool) -> None:
        """Show the cash of a currency.

        Args:
            cash: The result.
            is_alone: Whether there is no other currency to be told from.
        """
        self.cash = cash
        self.heading.setText(_name(cash.currency))
        self.heading.setHidden(is_alone)
        forecast = cash.forecast
        self.views.setVisible(forecast is not None)
        self.views.refresh()
        self.table.setAccessibleName(_("Cash day by day in {currency}").format(currency=cash.currency))
        self.table.values_model.set_values(_rows(forecast) if forecast is not None else ())
        if forecast is not None:
            self.table.fit_height(_MOST_ROWS)
            self._show_chart(cash, forecast)
        self._show_rules(cash.rules, cash.spending)
        self.share.show_share(cash.share)

    def _show_chart(self, cash: CurrencyCash, forecast: Forecast) -> None:
        phrases = describe_cash(forecast, cash.notes)
        title = _("Cash in {currency}").format(currency=cash.currency)
        words = " ".join(map(explain, phrases))
        told = partial(why, title, *phrases)
        self.views.chart.draw(partial(cash_chart, forecast, cash.notes), words, title, told)

    def _show_rules(self, rules: CashRules, spending: Spending) -> None:
        self.rules_button.setText(_("Reserve and spending cap…"))
        self.rules_button.setAccessibleDescription(self.heading.text())
        self.rules.say(
            Phrase("Reserve: {amount}", amount=_made_reserve(rules.reserve))
            if rules.reserve is not None
            else Phrase("No reserve is set.")
        )
        if spending.cap is None:
            words = Phrase("Bought on credit this month: {spent}. No cap is set.", spent=spending.spent)
        else:
            words = Phrase(
                "Bought on credit this month: {spent} of {cap}; {left} left.",
                spent=spending.spent,
                cap=as_recorded(Phrase("Your cap"), spending.cap),
                left=spending.left,
            )
        over = spending.words
        self.spending.say(words)
        self.over.say(over)
        self.spending.setVisible(over is None)
        self.over.setVisible(over is not None)

    def _want_rules(self) -> None:
        if self.cash is not None:
            self.rules_wanted.emit(self.cash.rules)


def _name(code: str) -> str:
    return _("{name} ({code})").format(name=currency_name(code), code=code)


def _made_reserve(reserve: Money) -> Derived[Money]:
    return as_recorded(Phrase("Reserve"), reserve)


def _what(row: DayRow) -> str:
    if row.movement is None:
        return _("Nothing moves")
    words = explain(row.movement.label)
    return _("{what} (the day may move)").format(what=words) if row.movement.doubt is not None else words


def _amount(row: DayRow) -> Money | None:
    return row.movement.amount if row.movement is not None else None


def _made(row: DayRow) -> Derived[Money] | None:
    return made_movement(row.movement) if row.movement is not None else None


def _rows(forecast: Forecast) -> list[DayRow]:
    return [
        row
        for day in forecast.days
        for row in ([DayRow(day, movement) for movement in day.movements] or [DayRow(day)])
    ]


def _lines() -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(GRID // 2)
    return lines
