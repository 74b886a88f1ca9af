"""Import a statement: what the file is, what its payment methods stand for, what each row becomes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.domain.account import Account
from planner.errors import PlannerError
from planner.gui.beginning import Begins
from planner.gui.icons import icon
from planner.gui.labels import amber_label, quiet_label, text_label, title_label
from planner.gui.layouts import TitleRow
from planner.gui.pages.import_cards import (
    BECOMES_WORDS,
    IGNORE,
    NEW,
    OPEN,
    Card,
    FileCard,
    MethodsCard,
    PreviewCard,
    new_account,
    row_of,
)
from planner.gui.session import EVERYTHING, Session
from planner.gui.tasks import Latest
from planner.i18n import _, explain, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.imports import (
    ImportPlan,
    Recorded,
    apply_import,
    names_baitiao,
    plan_from,
    read_file,
    recorded,
    suggest_mapping,
)
from planner.statements.statement import Statement

# What plans read; a change of anything else leaves the preview as it is.
_READS = frozenset({"accounts", "purchases", "refunds", "payments", "bills", "bill_lines"})
_AT_ONCE_BYTES = 1_000_000
_AT_ONCE_ROWS = 2_000


class ImportView(Begins, QWidget):
    """The import, as a step that fills the page of its opener.

    Attributes:
        plan: What would be recorded; None until a file is read.
        choose_button: Opens the file dialog.
        problem: Why the file cannot be imported.
        file: What the file is.
        methods: What its payment methods stand for.
        preview: What its rows become.
        record_button: Records it.
        missing: What stands in the way of recording.
        done: What was recorded.

    Signals:
        finished: The user is done; something may have been recorded.
        cancelled: The user goes back without importing.
    """

    finished = Signal()
    cancelled = Signal()

    def __init__(self, session: Session) -> None:
        """Build it without a file."""
        super().__init__()
        self.session = session
        self.plan: ImportPlan | None = None
        self._statement: Statement | None = None
        self._record: Recorded | None = None
        self._mapping: dict[str, str | None] = {}
        self._made: list[Account] = []
        self._path: Path | None = None
        self._error: PlannerError | None = None
        self._result: ImportPlan | None = None
        self._is_busy = self._is_stale = self._is_recording = False
        self._reads, self._plans = Latest(self), Latest(self)
        self._build()
        self._reads.ready.connect(self._on_read)
        self._reads.failed.connect(self._on_failed)
        self._plans.ready.connect(self._on_planned)
        self._plans.failed.connect(self._on_failed)
        session.changed.connect(self._on_changed)
        self.setAcceptDrops(True)
        self.refresh()

    def _build(self) -> None:
        self.title = title_label()
        self.back_button = QPushButton()
        self.back_button.setIcon(icon("arrow-left"))
        self.back_button.clicked.connect(self.cancelled)
        self.intro = text_label()
        self.choose_button = QPushButton()
        self.choose_button.setIcon(icon("folder-open"))
        self.choose_button.clicked.connect(self._choose)
        self.status = quiet_label()
        self.problem = text_label()
        self._problem_frame = QFrame()
        self._problem_frame.setObjectName("warning")
        QVBoxLayout(self._problem_frame).addWidget(self.problem)
        self.file, self.methods, self.preview = FileCard(), MethodsCard(), PreviewCard()
        self.methods.answered.connect(self._on_answered)
        self.missing = amber_label()
        self.record_button = QPushButton()
        self.record_button.setProperty("role", "primary")
        self.record_button.clicked.connect(self.record)
        self.done = Card()
        self.done_text = text_label()
        self.done_button, self.another_button = QPushButton(), QPushButton()
        self.done_button.setProperty("role", "primary")
        self.done_button.clicked.connect(self.finished)
        self.another_button.clicked.connect(self._choose)
        self.done.column.addWidget(self.done_text)
        self.done.column.addLayout(row_of(self.done_button, self.another_button))
        self._lay_out()

    def _lay_out(self) -> None:
        self._start = QWidget()
        start = QVBoxLayout(self._start)
        start.setContentsMargins(0, 0, 0, 0)
        start.setSpacing(2 * GRID)
        start.addWidget(self.intro)
        start.addLayout(row_of(self.choose_button))
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        body.setSpacing(2 * GRID)
        head = TitleRow()
        head.addWidget(self.title)
        head.addWidget(self.back_button)
        body.addLayout(head)
        for widget in (
            self._start,
            self.status,
            self._problem_frame,
            self.done,
            self.file,
            self.methods,
            self.preview,
            self.missing,
        ):
            body.addWidget(widget)
        body.addLayout(row_of(self.record_button))
        body.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.setFocusProxy(self.choose_button)
        self.missing.hide()

    def load(self, path: Path) -> None:
        """Read a file and show what it would become; a large one is read in another thread."""
        self._path, self._error, self._result = path, None, None
        self.session.import_folder = path.parent
        self._statement = self.plan = None
        try:
            is_large = path.stat().st_size > _AT_ONCE_BYTES
        except OSError:
            is_large = False  # reading it will say why
        if is_large:
            self._is_busy = True
            self._reads.ask(read_file, path)
            self.refresh()
            return
        try:
            statement = read_file(path)
        except PlannerError as error:
            self._on_failed(error)
            return
        self._on_read(statement)

    @property
    def is_empty(self) -> bool:
        """Whether there is no good file in it, nor one that is being read."""
        return self.plan is None and not self._is_busy

    def record(self) -> None:
        """Record what the preview shows, or say what is missing."""
        plan = self.plan
        if plan is None or self._is_busy:
            return
        if plan.unanswered:
            self.missing.setText(
                _("First choose what these payment methods stand for: {methods}").format(
                    methods="、".join(use.method for use in plan.unanswered)
                )
            )
            self.missing.show()
            self.methods.ask_for(plan.unanswered)
            self.area.ensureWidgetVisible(self.methods.fields[plan.unanswered[0].method])
            return
        self.missing.hide()
        self.session.refused.connect(self._on_refused)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # tens of thousands of rows take a second
        self._is_recording = True
        try:
            result = self.session.do(N_("Import statement"), apply_import, plan, self._mapping)
        finally:
            self._is_recording = False
            QApplication.restoreOverrideCursor()
            self.session.refused.disconnect(self._on_refused)
        if result is None:
            return
        if not result.recorded:
            self.finished.emit()
            return
        self._result = result
        self.refresh()
        self.area.verticalScrollBar().setValue(0)
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Set every text and value."""
        self.title.setText(_("Import a statement"))
        self.back_button.setText(_("Back"))
        self.intro.setText(
            _(
                "Choose the CSV file that the JD app exports, or drop it here. It is read on this computer "
                "only, and nothing is recorded before you have seen what each row becomes."
            )
        )
        self.choose_button.setText(_("Choose a file…"))
        has_plan = self.plan is not None
        is_done = self._result is not None
        self._start.setVisible(not is_done)
        self.status.setVisible(self._is_busy)
        if self._path is not None:
            self.status.setText(_("Working on {name}…").format(name=self._path.name))
        self._problem_frame.setVisible(self._error is not None)
        if self._error is not None:
            self.problem.setText(explain(self._error))
        for part in (self.file, self.preview, self.record_button):
            part.setVisible(has_plan and not is_done)
        self.methods.setVisible(has_plan and not is_done and bool(self.plan and self.plan.methods))
        self.done.setVisible(is_done)
        if self.plan is not None and self._path is not None:
            accounts = self._accounts()
            self.file.show_statement(self.plan.statement, self._path.name)
            new_names = {account.name for account in self._unsaved()}
            self.methods.show_methods(self.plan, accounts, new_names)
            self.preview.show_plan(self.plan, {account.id: account.name for account in accounts})
            self._name_button(self.plan)
            if not self.plan.unanswered:
                self.missing.hide()
        else:
            self.missing.hide()
        if self._result is not None:
            self._show_done(self._result)

    def _name_button(self, plan: ImportPlan) -> None:
        count = plan.recorded
        if not count and not plan.unanswered:
            self.record_button.setText(_("Nothing new: done"))
        else:
            text = ngettext("Record {count} entry", "Record {count} entries", count)
            self.record_button.setText(text.format(count=show(count)))

    def _show_done(self, result: ImportPlan) -> None:
        count = result.recorded
        self.done.heading.setText(
            ngettext("{count} entry was recorded", "{count} entries were recorded", count).format(
                count=show(count)
            )
        )
        of_kind = _("{what}: {count}")
        lines = [
            of_kind.format(what=_(BECOMES_WORDS[kind]), count=show(found))
            for kind, found in result.counts.items()
            if kind.is_recorded
        ]
        if result.skipped:
            text = ngettext("{count} row was left out.", "{count} rows were left out.", result.skipped)
            lines.append(text.format(count=show(result.skipped)))
        lines.append(_("Edit > Undo takes the whole import back in one step."))
        self.done_text.setText("\n".join(lines))
        self.done_button.setText(_("Show the accounts"))
        self.another_button.setText(_("Import another file…"))

    # --- what is planned ---

    def _accounts(self) -> list[Account]:
        """What a method of this file can stand for: accounts in its currency, and those made here."""
        statement, record = self._statement, self._record
        if statement is None or record is None:
            return []
        return [
            account
            for account in (*record.accounts.values(), *self._unsaved())
            if account.currency == statement.currency
        ]

    def _unsaved(self) -> tuple[Account, ...]:
        known = self._record.accounts if self._record is not None else {}
        return tuple(account for account in self._made if account.id not in known)

    def _replan(self) -> None:
        """Decide anew what each row becomes; many rows in another thread."""
        if self._statement is None or self._record is None:
            return
        arguments = (self._record, self._statement, dict(self._mapping), self._unsaved())
        if len(self._statement.rows) > _AT_ONCE_ROWS:
            self._is_busy = True
            self.status.show()
            self._plans.ask(plan_from, *arguments)
            return
        try:
            plan = plan_from(*arguments)
        except PlannerError as error:
            self._on_failed(error)
            return
        self._on_planned(plan)

    def _on_read(self, statement: object) -> None:
        if not isinstance(statement, Statement):
            return
        self._is_busy = False
        self._statement = statement
        self._made = []
        store = self.session.store
        self._record = recorded(store)
        self._mapping = suggest_mapping(store, statement)
        self._replan()

    def _on_planned(self, plan: object) -> None:
        if not isinstance(plan, ImportPlan):
            return
        self._is_busy = False
        self.plan = plan
        # After an undo there is something to record again.
        if self._result is not None and plan.recorded:
            self._result = None
        self.refresh()

    def _on_failed(self, error: object) -> None:
        self._is_busy = False
        if not isinstance(error, PlannerError):
            self.refresh()
            if isinstance(error, BaseException):
                raise error
            return
        self._error, self._statement, self.plan = error, None, None
        self.refresh()
        self.area.ensureWidgetVisible(self._problem_frame)

    def _on_refused(self, text: str) -> None:
        self.missing.setText(text)
        self.missing.show()

    def _on_answered(self, method: str, answer: str) -> None:
        statement = self._statement
        if statement is None:
            return
        if answer == OPEN:
            self._mapping.pop(method, None)
        elif answer == IGNORE:
            self._mapping[method] = None
        elif answer == NEW:
            account = new_account(self.session.store, method, statement.currency)
            self._made.append(account)
            self._mapping[method] = account.id
            self._suggest_new(method, account)
        else:
            self._mapping[method] = answer
        self._made = [account for account in self._made if account.id in self._mapping.values()]
        self._replan()

    def _suggest_new(self, method: str, account: Account) -> None:
        """Every other method that names Baitiao means the new account too, unless it is answered."""
        if not names_baitiao(method) or self.plan is None:
            return
        for use in self.plan.unanswered:
            if names_baitiao(use.method):
                self._mapping.setdefault(use.method, account.id)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._statement is None or (tables != EVERYTHING and not tables & _READS):
            return
        self._is_stale = True
        self._read_again_if_shown()

    def _read_again_if_shown(self) -> None:
        # What this import itself records is shown as its result; only later changes need another look.
        if self._is_stale and not self._is_recording and self.isVisible() and self.session.has_store:
            self._is_stale = False
            self._record = recorded(self.session.store)
            self._replan()

    # --- the file ---

    def _choose(self) -> None:
        kinds = ";;".join((_("CSV files (*.csv)"), _("All files (*)")))
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a statement"), str(self._folder()), kinds)
        if name:
            self.load(Path(name))

    def _folder(self) -> Path:
        """Where to look for a file; Qt would take a folder that is not there for the name of a file."""
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        likely = (self.session.import_folder, Path(downloads) if downloads else None)
        return next((folder for folder in likely if folder is not None and folder.is_dir()), Path.home())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.load(Path(local[0]))

    # --- Qt ---

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Once a file is read, only the button goes back: what was answered would be lost.
        if event.key() == Qt.Key.Key_Escape and self.plan is None:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_again_if_shown()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
