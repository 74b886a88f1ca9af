"""Everything that is published, as the program has it: built in, loaded or typed, each with its day."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.published import PublishedKind
from planner.gui.arrange import clear, order_tabs, scroll_to
from planner.gui.forms import Form
from planner.gui.icons import icon
from planner.gui.labels import amber_label, heading_label, quiet_label
from planner.gui.layouts import Flow
from planner.gui.pane import PaneContent, SidePane
from planner.gui.recording.account_updates import AccountUpdates
from planner.gui.recording.published_forms import CapForm, ProductForm
from planner.gui.recording.published_rows import SheetRow
from planner.gui.session import EVERYTHING, Session
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_
from planner.services.catalogue import BLANK, load, shelf
from planner.services.figure_updates import updates_for
from planner.store.store import CannotOpenError, MissingFileError
from planner.store.toml_part import MOST_BYTES

_HEADINGS = {
    PublishedKind.PRODUCT: N_("Products"),
    PublishedKind.CAPS: N_("Legal lines on the cost of credit"),
    PublishedKind.CALENDAR: N_("Calendars"),
    PublishedKind.HELP: N_("Free help with debts"),
}
_TABLES = frozenset({"accounts", "account_terms", "published"})


def open_published(beside: QWidget, session: Session) -> None:
    """Show everything that is published in the pane that holds a widget.

    Args:
        beside: A widget in the pane, or the pane itself.
        session: The open file.
    """
    pane: QWidget | None = beside
    while pane is not None and not isinstance(pane, SidePane):
        pane = pane.parentWidget()
    if isinstance(pane, SidePane):
        pane.open(PublishedView(session), _("Published figures"))


class PublishedView(PaneContent):
    """Every sheet with its day, and the ways to bring newer ones without a network.

    Attributes:
        load_button, cap_button, product_button: Load a file, type a legal line, type a product.
        form: The form, while one is open.
        problem: Why a file was refused.
        rows: The sheets, in the order of their kinds.
        updates: One for each account whose copy differs from what is published.
    """

    def __init__(self, session: Session) -> None:
        """Build it for the open file."""
        super().__init__()
        self._session = session
        self._file = ""  # the one that is being loaded
        self.form: Form | None = None
        self.rows: list[SheetRow] = []
        self.updates: list[AccountUpdates] = []
        self._about, self._same = quiet_label(), quiet_label()
        self.problem = amber_label()
        self.problem.hide()
        self.load_button, self.cap_button, self.product_button = QPushButton(), QPushButton(), QPushButton()
        self.load_button.setIcon(icon("file-up"))
        self.load_button.clicked.connect(self._load)
        self.cap_button.clicked.connect(lambda: self._open(CapForm(session)))
        self.product_button.clicked.connect(lambda: self._open(ProductForm(session)))
        buttons = Flow()
        for button in (self.load_button, self.cap_button, self.product_button):
            buttons.addWidget(button)
        self._place = QVBoxLayout()
        self._accounts, self._accounts_place = heading_label(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._about)
        column.addLayout(buttons)
        column.addWidget(self.problem)
        column.addLayout(self._place)
        column.addWidget(self._accounts)
        column.addWidget(self._same)
        column.addLayout(self._accounts_place)
        self._parts = {}
        for kind in PublishedKind:
            heading, lines = heading_label(), QVBoxLayout()
            lines.setSpacing(GRID)
            column.addWidget(heading)
            column.addLayout(lines)
            self._parts[kind] = (heading, lines)
        column.addStretch(1)
        self.setFocusProxy(self.load_button)
        session.changed.connect(self._on_changed)
        self.refresh()

    @override
    def may_leave(self) -> bool:
        return self.form is None or self.form.may_leave()

    def refresh(self) -> None:
        """Set every text, and list every sheet; an open form keeps what was typed."""
        self._about.setText(
            _(
                "What lenders and regulators publish, as it comes with the program or as you brought it. "
                "Nothing is fetched from anywhere, and no account changes by itself."
            )
        )
        self.load_button.setText(_("Load a data file…"))
        self.cap_button.setText(_("Type a legal line…"))
        self.product_button.setText(_("Type a product…"))
        self._say_accounts()
        self.rows.clear()
        for kind, (heading, lines) in self._parts.items():
            heading.setText(_(_HEADINGS[kind]))
            clear(lines)
            for shelved in shelf(self._session.store, kind, self._session.today):
                if shelved.sheet is not None and shelved.sheet.key == BLANK:
                    continue  # it says nothing
                row = SheetRow(self._session, kind, shelved)
                self.rows.append(row)
                lines.addWidget(row)
        order_tabs(self)

    def _say_accounts(self) -> None:
        """The accounts whose copy differs; a list that is open stays so."""
        accounts = self._session.store.accounts.all()
        differ = [account.id for account in accounts if updates_for(self._session.store, account)]
        self._accounts.setText(_("Your accounts"))
        self._same.setText(
            _("The accounts hold the same figures as are published.")
            if accounts
            else _("There is no account yet that could copy them.")
        )
        self._same.setVisible(not differ)
        if [part.account_id for part in self.updates] == differ:
            return
        open_before = {part.account_id for part in self.updates if part.part.is_open}
        clear(self._accounts_place)
        self.updates = [AccountUpdates(self, self._session, each, is_named=True) for each in differ]
        for part in self.updates:
            self._accounts_place.addWidget(part)
            part.part.set_open(is_open=part.account_id in open_before)

    # --- bringing newer ones -------------------------------------------------------------------

    def _load(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Load a data file"),
            str(Path.home()),
            _("Data files ({pattern})").format(pattern="*.toml"),
        )
        if chosen:
            self.load(Path(chosen))

    def load(self, path: Path) -> None:
        """Keep a data file, or say why it cannot be used."""
        self.problem.hide()
        self._file = path.name
        self._session.refused.connect(self._on_refused)
        try:
            # Never more of it than is read: it may be anything.
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
            self._session.do(N_("Load a data file"), load, path.name, data, self._session.today)
        except FileNotFoundError:
            self._on_refused(explain(MissingFileError(path=str(path))))
        except OSError as error:
            self._on_refused(explain(CannotOpenError(path=path.name, reason=error.strerror or str(error))))
        finally:
            self._session.refused.disconnect(self._on_refused)

    def _on_refused(self, text: str) -> None:
        """Say why, and of which file."""
        if not text.startswith(self._file):
            text = _("{name}: {value}").format(name=self._file, value=text)
        self.problem.setText(text)
        self.problem.show()
        scroll_to(self.problem)

    def _open(self, form: Form) -> None:
        """Show a form in place of the one that is open, unless something typed would be lost."""
        self.problem.hide()
        if not self.may_leave():
            form.deleteLater()
            return
        clear(self._place)
        self.form = form
        form.saved.connect(self._close)
        self._place.addWidget(form)
        order_tabs(self)
        form.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(form)

    def _close(self) -> None:
        self.form = None
        clear(self._place)
        self.load_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables == EVERYTHING or tables & _TABLES:
            self.refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
