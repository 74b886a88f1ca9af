"""When the cash does not reach for the minimums: essentials first, what to offer whom, and free help."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planner.domain.derivation import Derived
from planner.domain.hardship.budget import CATEGORY_WORDS, Budget
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.proposal import Proposal
from planner.domain.hardship.shares import SHARING_WORDS, Sharing
from planner.domain.money import Money
from planner.domain.payoff.assumed_words import assumed
from planner.gui.fields import ChoiceField
from planner.gui.icons import icon
from planner.gui.labels import Figure, LinkButton, heading_label, quiet_label, strong_label
from planner.gui.layouts import Columns
from planner.gui.pages.payoff_parts.help import HelpList
from planner.gui.pages.payoff_parts.parts import Lines, column_of, holding, row_of
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, show_month
from planner.look import GRID
from planner.phrases import N_, Phrase

_FIGURE = 14  # how narrow a figure may be, in heights of a line
_MOST_ROWS = 20

Line = tuple[Phrase, Derived[Money]]


class HardshipSection(QWidget):
    """The budget of the month, what to offer each lender, and where help is free.

    Attributes:
        hardship: What is shown; None for nothing.
        sharing: How what is there is shared out.
        budget, offers: The two tables.
        letter_button, script_button, sheet_button: What can be made of it.
        help: Where help is free.

    Signals:
        sharing_chosen: Another way of sharing, a ``Sharing``.
        text_wanted: A letter or a script is wanted: the id of an account, and whether it is a script.
        sheet_wanted: The budget sheet is to be saved.
        first_wanted: The user wants to say which debts a court stands behind.
        adopt_wanted: What is offered is to be followed as a plan.
    """

    sharing_chosen = Signal(object)
    text_wanted = Signal(str, bool)
    sheet_wanted = Signal()
    first_wanted = Signal()
    adopt_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self.hardship: Hardship | None = None
        self.title, self.notes = strong_label(), Lines()
        self.shortage = Lines()
        self.figures = [Figure() for _number in range(3)]
        self._budget_heading, self._budget_notes = heading_label(), Lines()
        self.budget = Table(TableModel(_budget_columns()))
        self.budget.setSortingEnabled(False)
        self._offers_heading, self._offers_hint = heading_label(), quiet_label()
        self.offers = Table(TableModel(_offer_columns()))
        self.offers.setSortingEnabled(False)
        self.sharing = ChoiceField()
        self.first_button = LinkButton()
        self._offer_notes = Lines()
        self.letter_button, self.script_button = QPushButton(), QPushButton()
        self.sheet_button, self.adopt_button = QPushButton(), QPushButton()
        self.help = HelpList(session)
        self._build()
        self._connect()

    def _build(self) -> None:
        for button, name in (
            (self.letter_button, "file-text"),
            (self.script_button, "phone"),
            (self.sheet_button, "save"),
            (self.adopt_button, "circle-check"),
        ):
            button.setIcon(icon(name))
        figures = Columns(_FIGURE, len(self.figures), is_even=True)
        for figure in self.figures:
            figures.addWidget(figure)
        choices = Columns(_FIGURE, 2)
        choices.addWidget(self.sharing)
        choices.addWidget(self.first_button)
        column = column_of(self, 2 * GRID)
        for widget in (self.title, self.shortage, self.notes, holding(figures)):
            column.addWidget(widget)
        for widget in (self._budget_heading, self.budget, self._budget_notes, row_of(self.sheet_button)):
            column.addWidget(widget)
        for widget in (self._offers_heading, self._offers_hint, holding(choices), self.offers):
            column.addWidget(widget)
        for widget in (self._offer_notes, row_of(self.letter_button, self.script_button, self.adopt_button)):
            column.addWidget(widget)
        column.addWidget(self.help)

    def _connect(self) -> None:
        self.sharing.changed.connect(lambda: self.sharing_chosen.emit(Sharing(self.sharing.value())))
        self.offers.selected.connect(self._say_selected)
        self.offers.chosen.connect(lambda _offer: self._want(is_script=False))
        self.letter_button.clicked.connect(lambda: self._want(is_script=False))
        self.script_button.clicked.connect(lambda: self._want(is_script=True))
        self.sheet_button.clicked.connect(self.sheet_wanted)
        self.first_button.clicked.connect(self.first_wanted)
        self.adopt_button.clicked.connect(self.adopt_wanted)

    # --- drawing ---

    def show_hardship(self, hardship: Hardship | None) -> None:
        """Show another result, or the same in another language."""
        self.hardship = hardship
        self.setVisible(hardship is not None)
        if hardship is None:
            return
        self._say_texts(hardship)
        self._say_figures(hardship)
        self.budget.values_model.set_values(budget_lines(hardship.budget))
        self.budget.fit_height(_MOST_ROWS)
        why = hardship.budget.why
        self._budget_notes.say("", (), (*([why] if why is not None else []), *hardship.budget.missing))
        chosen = self.offers.current()
        self.offers.values_model.set_values(hardship.proposals)
        self.offers.fit_height(_MOST_ROWS)
        wanted = chosen.creditor.account_id if chosen is not None else ""
        if not self.offers.select(lambda offer: offer.creditor.account_id == wanted):
            self.offers.select(lambda _offer: True)
        self._say_selected(self.offers.current())

    def _say_texts(self, hardship: Hardship) -> None:
        self.title.setText(_title(hardship))
        self.shortage.say("", _shortage(hardship))
        self.notes.say("", hardship.notes)
        month = show_month(hardship.budget.month)
        self._budget_heading.setText(_("{month}: essentials first").format(month=month))
        self.budget.setAccessibleName(_("The budget of {month}").format(month=month))
        self.sheet_button.setText(_("Save the budget sheet as PDF…"))
        self._offers_heading.setText(_("What to offer each lender"))
        counted = _(
            "How many payments it takes is counted as if nothing more were charged. Together never more is "
            "offered than the month has left."
        )
        choose = _("Choose a lender for a letter or for what to say on the telephone.")
        self._offers_hint.setText(f"{counted}\n{choose}")
        self.sharing.say(_("How to share what is there"))
        self.sharing.set_choices((how, explain(SHARING_WORDS[how])) for how in Sharing)
        self.sharing.set_key(hardship.sharing)
        self.first_button.setText(_("Debts that a court stands behind…"))
        self.offers.setAccessibleName(_("What to offer each lender"))
        self.letter_button.setText(_("Letter…"))
        self.script_button.setText(_("What to say on the telephone…"))
        self.adopt_button.setText(_("Follow these offers as a plan"))
        self.adopt_button.setEnabled(any(offer.payments for offer in hardship.proposals))

    def _say_figures(self, hardship: Hardship) -> None:
        left, minimums, lacking = self.figures
        left.show_made(_("Left for the debts, a month"), hardship.budget.available)
        minimums.show_made(_("Minimums of the coming month"), hardship.asked)
        lacking.show_made(_("Not covered"), hardship.lacking)

    def _say_selected(self, offer: Proposal | None) -> None:
        for button in (self.letter_button, self.script_button):
            button.setEnabled(offer is not None)
        name = offer.creditor.name if offer is not None else ""
        self._offer_notes.say(name, offer.notes if offer is not None else ())

    def _want(self, *, is_script: bool) -> None:
        offer = self.offers.current()
        if offer is not None:
            self.text_wanted.emit(offer.creditor.account_id, is_script)


def _title(hardship: Hardship) -> str:
    if hardship.uncovered is not None:
        return _("The cash does not cover every expense")
    if hardship.is_timing_only:
        return _("The money comes too late for the minimums")
    return _("The cash does not reach for every minimum")


def _shortage(hardship: Hardship) -> list[Phrase]:
    """What is missing for the minimums, and when; what expenses lack is told before."""
    shortage = hardship.shortage
    if shortage is None:
        return []
    values = {"date": shortage.first_on, "amount": shortage.by}
    if hardship.uncovered is not None:
        return [
            Phrase(
                "With what has to be paid to lenders at least, {amount} is missing on {date}.",
                **values,
            )
        ]
    return [Phrase("On {date}, {amount} is missing for what has to be paid at least.", **values)]


def budget_lines(budget: Budget) -> list[Line]:
    """The budget of a month line by line, with its sums."""
    lines = [(CATEGORY_WORDS[line.category], line.amount) for line in budget.incomes]
    if budget.assumed is not None:
        beside = Phrase("Assumed beside what is recorded")
        lines.append((beside, assumed(beside, budget.assumed)))
    lines.append((Phrase("Income together"), budget.income))
    lines += [(CATEGORY_WORDS[line.category], line.amount) for line in budget.essentials]
    lines.append((Phrase("Essentials together"), budget.essential))
    lines += [(CATEGORY_WORDS[line.category], line.amount) for line in budget.others]
    if budget.others:
        lines.append((Phrase("Other expenses together"), budget.other))
    return [*lines, (Phrase("Left for the debts"), budget.left)]


def _budget_columns() -> tuple[Column[Line], ...]:
    return (
        Column(N_("What"), lambda line: explain(line[0])),
        Column(N_("A month"), lambda line: line[1].value, made=lambda line: line[1]),
    )


def _offer_columns() -> tuple[Column[Proposal], ...]:
    return (
        Column(N_("Lender"), lambda offer: offer.creditor.name, is_wide=True),
        Column(N_("Owed"), lambda offer: offer.creditor.owed.value, made=lambda offer: offer.creditor.owed),
        Column(
            N_("Asks for now"),
            lambda offer: offer.creditor.asked.value,
            made=lambda offer: offer.creditor.asked,
        ),
        Column(N_("Offer a month"), lambda offer: offer.monthly.value, made=lambda offer: offer.monthly),
        Column(
            N_("In proportion"),
            lambda offer: offer.in_proportion.value,
            made=lambda offer: offer.in_proportion,
        ),
        Column(N_("First payment"), lambda offer: offer.starts_on),
        Column(N_("How many payments"), lambda offer: offer.count, made=lambda offer: offer.made_count),
        Column(N_("Last payment"), lambda offer: offer.last_on),
    )
