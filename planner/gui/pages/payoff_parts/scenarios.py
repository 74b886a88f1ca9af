"""Saved what-ifs side by side: what each costs, when it ends, how low the cash falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.money import Money
from planner.domain.payoff.best import best_plan
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Scenario
from planner.domain.payoff.side_by_side import ScenarioResult, ScenarioRow, compare_scenarios
from planner.gui.icons import icon
from planner.gui.labels import quiet_label, text_label
from planner.gui.pages.payoff_parts.files import SaveRow
from planner.gui.pages.payoff_parts.parts import Empty, column_of, primary_button, raise_it, row_of
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.gui.talk import Talk
from planner.gui.tasks import Latest
from planner.i18n import _, explain, joined, ngettext, show
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.reports.sheet import Sheet
from planner.services.scenarios import delete_scenario, scenarios_of

_AS_RECORDED = Phrase("As it is recorded")
_NOW = "now"
_AT_HAND = Phrase("What is assumed now")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is compared.

    Attributes:
        id: The saved what-if; empty for none.
        name: What to call it.
        question: The question under it.
    """

    id: str
    name: Phrase
    question: PayoffQuestion


class ScenariosSection(QWidget):
    """The what-ifs of the currency, each beside the record as it is.

    Attributes:
        table: What each comes to.
        change_button: Leads to the fields and sliders.
        use_button, delete_button: What can be done with a saved one.
        save: Takes the table away.

    Signals:
        used: A saved ``Scenario`` is to be assumed.
        change_wanted: The fields and sliders are wanted.
    """

    used = Signal(object)
    change_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self._question: PayoffQuestion | None = None
        self._saved: dict[str, Scenario] = {}
        self._results: tuple[ScenarioResult, ...] = ()
        self._intro, self._state, self._why = quiet_label(), quiet_label(), text_label()
        self.empty = Empty()
        self.table = Table(TableModel(_COLUMNS))
        self.table.setSortingEnabled(False)
        self.change_button = primary_button()
        self.use_button, self.delete_button = QPushButton(), QPushButton()
        self.use_button.setIcon(icon("check"))
        self.delete_button.setIcon(icon("trash-2"))
        self.save = SaveRow(lambda: _("What-ifs side by side"), self._sheets)
        self._latest = Latest(self)
        column = column_of(self, 2 * GRID)
        for widget in (self._intro, row_of(self.change_button), self.empty, self._state):
            column.addWidget(widget)
        column.addWidget(self.table)
        column.addWidget(self._why)
        column.addWidget(row_of(self.use_button, self.delete_button))
        column.addWidget(self.save)
        self._connect()

    def _sheets(self) -> list[Sheet]:
        from planner.reports.sheets import scenarios_sheet  # noqa: PLC0415 - nobody needs it before they save

        rows, question = self.table.values_model.values, self._question
        return [scenarios_sheet(rows, question.currency)] if question is not None and rows else []

    def _connect(self) -> None:
        self._latest.ready.connect(self._show)
        self._latest.news.connect(self._say_state)
        self._latest.failed.connect(raise_it)
        self.table.selected.connect(self._say_selected)
        self.table.chosen.connect(lambda _row: self._use())
        self.change_button.clicked.connect(self.change_wanted)
        self.empty.button.clicked.connect(self.change_wanted)
        self.use_button.clicked.connect(self._use)
        self.delete_button.clicked.connect(self._delete)

    def show_question(self, question: PayoffQuestion, *, is_new: bool) -> None:
        """Compare the what-ifs, or say them in another language.

        Args:
            question: What is asked now.
            is_new: Whether it has to be worked out.
        """
        self._question = question
        self._say_texts()
        if is_new:
            asked = self._asked(question)
            self._say_state(0)
            self._latest.ask_long(_results_of, asked)
        else:
            self._show(self._results)

    def forget(self) -> None:
        """Work no further: the results would be those of another question."""
        self._latest.stop()

    def _asked(self, question: PayoffQuestion) -> list[_Asked]:
        """The record as it is, what is assumed now if that is something else, and each saved what-if."""
        kept = scenarios_of(self._session.store, question.currency)
        self._saved = {scenario.id: scenario for scenario in kept}
        plain = Scenario(question.currency, id="")
        found = [_Asked("", _AS_RECORDED, question.under(plain))]
        now = replace(question.scenario, name="", id="")
        known = [replace(each, name="", id="") for each in (plain, *kept)]
        if all(replace(now, order=each.order) != each for each in known):
            found.append(_Asked(_NOW, _AT_HAND, question.under(now)))
        found += [_Asked(each.id, Phrase.own(each.name), question.under(each)) for each in kept]
        return found

    def _say_texts(self) -> None:
        self._intro.setText(
            _("The best plan under other assumptions, side by side. Nothing of it changes the record.")
        )
        self.change_button.setText(_("Try something…"))
        self.save.refresh()
        self.use_button.setText(_("Use this one"))
        self.delete_button.setText(_("Delete"))
        self.table.setAccessibleName(_("What-ifs side by side"))

    def _say_state(self, done: int) -> None:
        words = ngettext("Working them out: {count} done", "Working them out: {count} done", done)
        self._state.setText(words.format(count=done))
        self._state.show()

    def _show(self, results: Sequence[ScenarioResult]) -> None:
        self._results = tuple(results)
        self._state.hide()
        current = self.table.current()
        self.table.values_model.set_values(compare_scenarios(self._results) if results else [])
        self.table.fit_height()
        wanted = current.result.id if current is not None else ""
        if not self.table.select(lambda row: row.result.id == wanted):
            self.table.select(lambda _row: True)
        self._say_selected(self.table.current())

    def _say_selected(self, row: ScenarioRow | None) -> None:
        saved = row is not None and row.result.id in self._saved
        self.use_button.setEnabled(row is not None)
        self.delete_button.setEnabled(saved)
        reason = row.result.not_feasible if row is not None else None
        self._why.say(reason)
        self._why.setVisible(reason is not None)

    def _use(self) -> None:
        row = self.table.current()
        if row is None or self._question is None:
            return
        if row.result.id == _NOW:  # it is what is used already
            self.used.emit(self._question.scenario)
        else:
            self.used.emit(self._saved.get(row.result.id, Scenario(self._question.currency)))

    def _delete(self) -> None:
        row = self.table.current()
        if row is not None and row.result.id in self._saved:
            self._session.do(N_("Delete a what-if"), delete_scenario, row.result.id)


def _results_of(talk: Talk, asked: Sequence[_Asked]) -> tuple[ScenarioResult, ...]:
    """What each comes to, one after the other; in another thread."""
    found: list[ScenarioResult] = []
    for each in asked:
        found.append(best_plan(each.question, None, lambda: talk.should_end).result(each.id, each.name))
        if talk.should_end:
            break
        talk.tell(len(found))
    return tuple(found)


_COST = Phrase(
    "What the best plan under this what-if costs: all its payments − what is owed. Use the what-if to see "
    "its choices and how each of them was made."
)
_LOWEST = Phrase(
    "The least that is left on any day if the best plan under this what-if is followed. Use the what-if to "
    "see the cash day by day."
)


def _made(row: ScenarioRow, rule: Phrase, value: Money | None) -> Derived[Money] | None:
    """A figure of the best plan under a what-if, which is shown in full where it is used."""
    if value is None:
        return None
    return Derived(value, Derivation(rule, (Given(row.result.name, value),)))


def _marked(row: ScenarioRow) -> str:
    """What sets it apart from the others."""
    if row.result.not_feasible is not None:
        return _("no plan holds")
    words = [
        (row.is_cheapest, _("costs least")),
        (row.is_first_done, _("ends first")),
        (not row.result.is_proved, _("not proved")),
    ]
    return joined(text for holds, text in words if holds)


_COLUMNS: tuple[Column[ScenarioRow], ...] = (
    Column(N_("What if"), lambda row: explain(row.result.name), is_wide=True),
    Column(
        N_("Costs"),
        lambda row: row.result.cost,
        made=lambda row: _made(row, _COST, row.result.cost),
        is_number=True,
    ),
    Column(
        N_("More than the first"),
        lambda row: row.more.value if row.more is not None else None,
        lambda value: "" if value is None else show(value),
        made=lambda row: row.more,
        is_number=True,
    ),
    Column(N_("Last payment"), lambda row: row.result.ends_on),
    Column(
        N_("Lowest cash"),
        lambda row: row.result.lowest,
        made=lambda row: _made(row, _LOWEST, row.result.lowest),
        is_number=True,
    ),
    Column(N_("Open plans"), lambda row: row.result.open_plans, is_number=True),
    Column(N_("To know"), _marked),
)
