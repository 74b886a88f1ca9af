"""The place Reports: choose what a report shows, see it, save it, print it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.domain.dates import add_months
from planner.domain.late_figures import made_unpaid
from planner.domain.law.cap_flags import Flag
from planner.domain.offers.cost_card import CostCard
from planner.domain.overdue import LateCost
from planner.domain.payoff.best import BestPlan
from planner.domain.recorded import as_recorded
from planner.gui.fields import CheckField, ChoiceField
from planner.gui.icons import icon
from planner.gui.labels import LinkButton, heading_label, quiet_label
from planner.gui.page import Page
from planner.gui.saving import choose_pdf, saved_words
from planner.gui.session import Session
from planner.gui.tasks import Latest
from planner.i18n import LANGUAGES, _, explain, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.reports.checklist import checklist_of
from planner.reports.pack import PackParts, Part, ReportPack, WorkedOut, report_pack
from planner.reports.payoff_sheet import PayoffSheet, payoff_sheet
from planner.reports.typeset import Document, typeset
from planner.services.cases.views import case_views
from planner.services.cash_view import LEAST_MONTHS, CashView, cash_view
from planner.services.compare import Comparison

if TYPE_CHECKING:
    from planner.gui.pdf_preview import PdfPreview

_PAUSE_MS = 150
_WIDE = 52  # side by side from so many lines of text on; in heights of a line

# How many months a report looks back and ahead; 0 is this calendar month.
_PERIODS = {
    0: N_("This month"),
    3: N_("Three months back and ahead"),
    12: N_("Twelve months back and ahead"),
}

_PART_WORDS = {
    Part.FACTS: (N_("Facts for a conversation"), N_("One page: what is owed, what is late, whom to call.")),
    Part.BILLS: (N_("Accounts and bills"), N_("Each open amount, and what was paid in the period.")),
    Part.COMPARISON: (N_("Ways to settle an amount"), ""),
    Part.COST_CARD: (N_("The cost card of an offer"), ""),
    Part.LATE: (N_("What paying late costs"), ""),
    Part.CASH: (N_("Cash, and whether it holds"), N_("Month by month, and what has to be where when.")),
    Part.PAYOFF: (N_("The way through all debts"), ""),
    Part.PROCEDURE: (N_("A procedure, step by step"), ""),
    Part.WORKINGS: (
        N_("How the figures were made"),
        N_("Formula, inputs, sources and steps of each figure."),
    ),
}

# What another place wants to see in the report when it leads here.
_WANTED = {
    "compare": frozenset({Part.FACTS, Part.COMPARISON, Part.WORKINGS}),
    "cost_card": frozenset({Part.COST_CARD}),
    "late": frozenset({Part.FACTS, Part.LATE, Part.WORKINGS}),
    "cash": frozenset({Part.CASH, Part.WORKINGS}),
    "payoff": frozenset({Part.FACTS, Part.PAYOFF, Part.WORKINGS}),
    "today": frozenset({Part.FACTS, Part.BILLS, Part.WORKINGS}),
    "case": frozenset({Part.FACTS, Part.PROCEDURE}),
}

# What follows the kind, after a colon, where the report is to be printed at once.
PRINT = "print"

_SOURCES = {
    Part.COMPARISON: "compare",
    Part.COST_CARD: "compare",
    Part.LATE: "late",
    Part.CASH: "cash",
    Part.PAYOFF: "payoff",
    Part.PROCEDURE: "procedures",
}


class ReportsPage(Page):
    """What a report shows at the left, the report as it will be at the right.

    Attributes:
        parts: A box for each part.
        language: The language of the report.
        period: How far it looks.
        case: Which procedure it shows.
        save_button, print_button: What can be done with it.
        note: What came of that.
        preview: The report; None until the first one is set.
    """

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.parts = {part: CheckField() for part in Part}
        self.links = {part: LinkButton() for part in _SOURCES}
        self.language = ChoiceField()
        self.period = ChoiceField()
        self.case = ChoiceField()
        self.save_button = QPushButton()
        self.print_button = QPushButton()
        self.note = quiet_label()
        self.status = quiet_label()
        self.preview: PdfPreview | None = None
        self._intro = quiet_label()
        self._parts_heading = heading_label()
        self._follows_language = True
        self._is_chosen = False  # the parts that are ticked at first are nobody's choice
        self._pdf = b""
        self._is_stale_pdf = True
        self._loaded, self._typeset = Latest(self), Latest(self)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        for part in (Part.FACTS, Part.BILLS, Part.WORKINGS):
            self.parts[part].set_checked(is_checked=True)
        self.save_button.setProperty("role", "primary")
        self.print_button.setIcon(icon("printer"))
        self._choices = QWidget()
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._parts_heading)
        for part, box in self.parts.items():
            column.addWidget(box)
            if part in self.links:
                box.add_below(self.links[part])
            if part is Part.PROCEDURE:
                box.add_below(self.case)
        column.addSpacing(GRID)
        column.addWidget(self.language)
        column.addWidget(self.period)
        column.addSpacing(GRID)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.print_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.note)
        column.addStretch(1)
        self._view = QWidget()
        self._view_column = QVBoxLayout(self._view)
        self._view_column.setContentsMargins(0, 0, 0, 0)
        self._view_column.addWidget(self.status)
        self._view_column.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(4 * GRID)
        self._sides.addWidget(self._choices, 2)
        self._sides.addWidget(self._view, 3)
        self.body.addWidget(self._intro)
        self.body.addLayout(self._sides, 1)
        self.note.hide()

    def _connect(self) -> None:
        for box in self.parts.values():
            box.changed.connect(self._on_ticked)
        for part, link in self.links.items():
            link.clicked.connect(lambda _checked=False, place=_SOURCES[part]: self.wanted.emit(place, ""))
        self.language.changed.connect(self._on_language)
        self.period.changed.connect(self._on_chosen)
        self.case.changed.connect(self._on_chosen)
        self.save_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_report)
        self._timer.timeout.connect(lambda: self._loaded.ask(_load))
        self._loaded.ready.connect(self._write)
        self._typeset.ready.connect(self._show)
        self._loaded.failed.connect(self._on_failed)
        self._typeset.failed.connect(self._on_failed)

    @override
    def refresh(self) -> None:
        self.title.setText(_("Reports"))
        self._intro.setText(
            _("A PDF to take along, to send or to keep: the figures are those of the other places.")
        )
        self._parts_heading.setText(_("What to include"))
        self.language.say(_("Language of the report"))
        self.language.set_choices(LANGUAGES.items())
        if self._follows_language:
            self.language.set_key(i18n.language())
        self.period.say(_("Period"))
        is_first = self.period.value() is None
        self.period.set_choices((months, _(words)) for months, words in _PERIODS.items())
        if is_first:
            self.period.set_key(3)
        self.save_button.setText(_("Save as PDF…"))
        self.print_button.setText(_("Print…"))
        self.links[Part.COMPARISON].setText(_("Compare ways to settle"))
        self.links[Part.COST_CARD].setText(_("Open a cost card"))
        self.links[Part.LATE].setText(_("Work out the late cost"))
        self.links[Part.CASH].setText(_("Add a cash account"))
        self.links[Part.PAYOFF].setText(_("Work out the best plan"))
        self.links[Part.PROCEDURE].setText(_("Start a procedure"))
        self._say_cases()
        self._say_parts()
        self._ask()

    @override
    def reveal(self, target: str) -> None:
        kind, _mark, case_id = target.partition(":")
        is_printed = case_id == PRINT
        wanted = _WANTED.get(kind)
        if wanted is None:
            return
        # What was put in stays when more is; but who prints one thing wants that thing.
        kept = self.chosen() if self._is_chosen and not is_printed else frozenset()
        for part, box in self.parts.items():
            box.set_checked(is_checked=part in wanted | kept)
        self._is_chosen = True
        self._say_cases()
        if case_id and not is_printed:
            self.case.set_key(case_id)
        self._on_chosen()
        if is_printed:
            QTimer.singleShot(0, self, self.print_report)  # once the page is there to be seen

    def chosen(self) -> frozenset[Part]:
        """The parts that are ticked."""
        return frozenset(part for part, box in self.parts.items() if box.value())

    def _say_cases(self) -> None:
        views = case_views(self.session.store, self.session.today)
        self.case.say(_("Procedure"))
        self.case.set_choices(
            (
                view.case.id,
                _("{account}: {what}").format(account=view.account.name, what=_(view.procedure.title)),
            )
            for view in views
        )

    def _say_parts(self) -> None:
        comparison, late, card = self._comparison(), self._late(), self._card()
        hints = {part: _(hint) for part, (_title, hint) in _PART_WORDS.items()}
        hints[Part.COMPARISON] = _("Nothing has been compared yet.")
        if comparison is not None:
            words = _("{what}: {amount}, as compared on {date}")
            hints[Part.COMPARISON] = words.format(
                what=explain(comparison.question.label),
                amount=show(comparison.question.amount),
                date=show(comparison.today),
            )
        hints[Part.COST_CARD] = _("No cost card has been put into the report yet.")
        if card is not None:
            hints[Part.COST_CARD] = _("{way}: {amount}").format(
                way=explain(card[0].offer.label), amount=show(card[0].amount)
            )
        hints[Part.LATE] = _("No late cost has been worked out yet.")
        if late is not None:
            hints[Part.LATE] = _("For {amount}, as last worked out").format(amount=show(late.unpaid))
        has_cash = self.session.store.has_cash
        if not has_cash:
            hints[Part.CASH] = _("No cash account has been recorded yet.")
        plan = self._plan()
        hints[Part.PAYOFF] = _("No plan has been worked out yet.")
        if plan is not None:
            hints[Part.PAYOFF] = _("In {currency}, as last worked out on {date}").format(
                currency=plan.question.currency, date=show(plan.question.today)
            )
        has_cases = self.case.value() is not None
        hints[Part.PROCEDURE] = "" if has_cases else _("No procedure is under way.")
        made: dict[Part, object] = {}
        if comparison is not None:
            question = comparison.question
            made[Part.COMPARISON] = as_recorded(question.label, question.amount)
        if card is not None:
            made[Part.COST_CARD] = as_recorded(card[0].offer.label, card[0].amount)
        if late is not None:
            made[Part.LATE] = made_unpaid(late)
        for part, box in self.parts.items():
            box.say(_(_PART_WORDS[part][0]), hints[part])
            box.hint.tell(hints[part], made.get(part))
        self.links[Part.COMPARISON].setVisible(comparison is None)
        self.links[Part.COST_CARD].setVisible(card is None)
        self.links[Part.LATE].setVisible(late is None)
        self.links[Part.CASH].setVisible(not has_cash)
        self.links[Part.PAYOFF].setVisible(plan is None)
        self.links[Part.PROCEDURE].setVisible(not has_cases)
        self.case.setVisible(has_cases and Part.PROCEDURE in self.chosen())

    def _comparison(self) -> Comparison | None:
        found = self.session.results.get("comparison")
        return found if isinstance(found, Comparison) else None

    def _late(self) -> LateCost | None:
        found = self.session.results.get("late")
        return found if isinstance(found, LateCost) else None

    def _card(self) -> tuple[CostCard, tuple[Flag, ...]] | None:
        found = self.session.results.get("cost_card")
        return found if isinstance(found, tuple) else None

    def pack(self) -> ReportPack:
        """What the report shows, as it stands."""
        store, today = self.session.store, self.session.today
        views = {view.case.id: view for view in case_views(store, today)}
        view = views.get(self.case.value())
        checklist = checklist_of(view) if view is not None else None
        since, until = _period(today, self.period.value() or 0)
        parts = PackParts(self.chosen(), since, until)
        card, flags = self._card() or (None, ())
        worked = WorkedOut(
            self._comparison(), self._late(), checklist, card, flags, self._cash(), self._payoff()
        )
        return report_pack(store, today, parts, worked)

    def _cash(self) -> CashView | None:
        store = self.session.store
        if Part.CASH not in self.chosen() or not store.has_cash:
            return None
        return cash_view(store, self.session.today, max(self.period.value() or 0, LEAST_MONTHS))

    def _plan(self) -> BestPlan | None:
        found = self.session.results.get("payoff")
        return found if isinstance(found, BestPlan) else None

    def _payoff(self) -> PayoffSheet | None:
        plan = self._plan()
        if Part.PAYOFF not in self.chosen() or plan is None:
            return None
        return payoff_sheet(self.session.store, self.session.today, plan)

    # --- making it ---

    def _ask(self) -> None:
        """Make the report soon: several changes at once make one."""
        self._is_stale_pdf = True
        self.note.hide()
        self.status.setText(_("Making the report…"))
        self._timer.start()

    def _in_words(self) -> Document:
        from planner.reports.document import written  # noqa: PLC0415 - brings matplotlib, half a second

        language = self.language.value() or i18n.language()
        # The reader's own format where the language is theirs, else what is usual in the other one.
        own = i18n.number_format() if language == i18n.language() else ""
        return written(self.pack(), language, own)

    def _write(self) -> None:
        if self.session.has_store:
            self._typeset.ask(typeset, self._in_words())

    def _show(self, pdf: bytes) -> None:
        if self._timer.isActive():
            return  # a newer one is on its way
        self._pdf, self._is_stale_pdf = pdf, False
        if self.preview is None:
            from planner.gui.pdf_preview import PdfPreview  # noqa: PLC0415 - nothing else needs QtPdf

            self.preview = PdfPreview()
            self._view_column.insertWidget(1, self.preview, 100)
        self.preview.show_pdf(pdf)
        count = self.preview.page_count
        pages = ngettext("{count} page", "{count} pages", count).format(count=count)
        self.status.setText(_("Preview: {pages}").format(pages=pages))
        self.preview.say(_("Preview of the report"), pages)

    def _on_failed(self, error: Exception) -> None:
        self.status.setText(_("The report could not be made."))
        raise error  # a bug: the window's crash dialog tells it

    def _on_ticked(self) -> None:
        self._is_chosen = True
        self._on_chosen()

    def _on_chosen(self) -> None:
        self._say_parts()
        self._ask()

    def _on_language(self) -> None:
        self._follows_language = False
        self._ask()

    # --- saving and printing ---

    def current_pdf(self) -> bytes:
        """The report as it stands, made now if the preview is behind."""
        if self._is_stale_pdf:
            self._timer.stop()
            self._show(typeset(self._in_words()))
        return self._pdf

    def save_pdf(self) -> None:
        """Ask for a file and write the report to it."""
        name = _("Repayment report {date}").format(date=self.session.today.isoformat())
        path = choose_pdf(self, _("Save the report"), name)
        if path is not None:
            self._tell(saved_words(path, self.current_pdf))

    def print_report(self) -> None:
        """Ask for a printer and print the report."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - asks the system for printers

        self.current_pdf()
        if self.preview is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Repayment report"))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(self.preview.page_count, 1))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self.preview.print_to(printer)
        self._tell(_("Sent to the printer."))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > _WIDE * self.fontMetrics().height()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)


def _load() -> None:
    """Import what a report needs, off the UI thread."""
    import planner.reports.document  # noqa: F401, PLC0415 - imported for its effect


def _period(today: date, months: int) -> tuple[date, date]:
    """The first and the last day of a period around today."""
    if not months:
        first = today.replace(day=1)
        return first, add_months(first, 1) - timedelta(days=1)
    return add_months(today, -months), add_months(today, months)
