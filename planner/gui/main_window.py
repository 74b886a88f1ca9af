"""The window: places at the left, the page of one of them, menus, and messages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QIcon, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.errors import PlannerError
from planner.gui.icons import icon
from planner.gui.language import speak
from planner.gui.page import Page
from planner.gui.places import ALL, FOOT, PLACES, Place
from planner.gui.session import Session
from planner.gui.theme import TEXT_SIZES, apply_theme, scaled_font
from planner.gui.toast import Toast
from planner.i18n import _, explain
from planner.look import GRID
from planner.paths import example_store, resources
from planner.phrases import N_

_FILES = "*.db"


class MainWindow(QMainWindow):
    """The window of the program.

    Attributes:
        session: The open file.
        places: The names of the places, at the left.

    Signals:
        painted: The first paint is done; what can wait may begin.
        left_example: The user wants back to their own file.
    """

    painted = Signal()
    left_example = Signal()

    def __init__(self, session: Session) -> None:
        """Build the window; pages are built on their first visit."""
        super().__init__()
        self.session = session
        self._pages: dict[str, Page] = {}
        self._trail: list[str] = []
        self._ahead: list[str] = []
        self._has_painted = False
        self._build()
        self._build_menus()
        session.refused.connect(self._on_refused)
        session.done.connect(self._on_done)
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        self.setWindowIcon(QIcon(str(resources() / "icons" / "app.svg")))
        self.resize(1280, 800)
        self.setMinimumSize(640, 400)
        self.retranslate()

    # --- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.places = QListWidget()
        self.places.setObjectName("sidebar")
        self.places.setIconSize(QSize(20, 20))
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for place in ALL:
            item = QListWidgetItem(icon(place.icon), "")
            item.setData(Qt.ItemDataRole.UserRole, place.name)
            self.places.addItem(item)
        self.places.currentRowChanged.connect(self._on_place)
        self.banner = QFrame(objectName="banner")
        self._banner_text = QLabel()
        self._banner_text.setWordWrap(True)
        self._banner_button = QPushButton()
        self._banner_button.clicked.connect(self.left_example)
        banner_row = QHBoxLayout(self.banner)
        banner_row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        banner_row.addWidget(self._banner_text, 1)
        banner_row.addWidget(self._banner_button)
        self.stack = QStackedWidget()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        self.toast = Toast(centre)
        self.toast.undo_button.clicked.connect(self._undo)

    def _build_menus(self) -> None:
        """Menus are filled here once; their texts come from ``retranslate``."""
        bar = self.menuBar()
        self._menus: list[tuple[QMenu, str]] = []
        self._actions: list[tuple[QAction, str]] = []

        def menu(title: str) -> QMenu:
            added = bar.addMenu("")
            self._menus.append((added, title))
            return added

        def action(parent: QMenu, text: str, act: object, *keys: QKeySequence | str) -> QAction:
            added = parent.addAction("")
            if keys:
                added.setShortcuts([QKeySequence(key) for key in keys])
            added.triggered.connect(act)
            self._actions.append((added, text))
            return added

        file_menu = menu(N_("&File"))
        action(file_menu, N_("Where my data is…"), self.show_where)
        action(file_menu, N_("Open another file…"), self.open_other, QKeySequence("Ctrl+O"))
        action(file_menu, N_("Save a copy…"), self.save_copy, QKeySequence("Ctrl+S"))
        file_menu.addSeparator()
        action(file_menu, N_("Import a statement…"), lambda: self.go("bills", "import"), "Ctrl+I")
        action(file_menu, N_("Report…"), lambda: self.go("reports"), "Ctrl+P")
        file_menu.addSeparator()
        self._quit = action(file_menu, N_("Quit"), self.close, "Ctrl+Q")
        self._quit.setMenuRole(QAction.MenuRole.QuitRole)
        edit_menu = menu(N_("&Edit"))
        self._undo_action = edit_menu.addAction("")
        self._undo_action.setShortcut(QKeySequence.StandardKey.Undo)
        self._undo_action.triggered.connect(self._undo)
        self._redo_action = edit_menu.addAction("")
        self._redo_action.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._redo_action.triggered.connect(self._redo)
        edit_menu.addSeparator()
        action(edit_menu, N_("Add a bill…"), lambda: self.go("bills", "new-bill"), "Ctrl+N")
        action(edit_menu, N_("Add an instalment plan…"), lambda: self.go("bills", "new-plan"), "Ctrl+Shift+N")
        action(edit_menu, N_("Record a payment…"), lambda: self.go("bills", "new-payment"), "Ctrl+R")
        edit_menu.aboutToShow.connect(self._show_history)
        self.session.history.indexChanged.connect(self._show_history)
        go_menu = menu(N_("&Go"))
        for place in ALL:
            key = (f"Ctrl+{place.number}",) if place.number else ()
            action(go_menu, place.title, lambda _checked=False, name=place.name: self.go(name), *key)
        go_menu.addSeparator()
        action(go_menu, N_("Back"), self.go_back, "Alt+Left")
        action(go_menu, N_("Forward"), self.go_forward, "Alt+Right")
        view_menu = menu(N_("&View"))
        action(view_menu, N_("Larger text"), lambda: self._resize_text(1), "Ctrl++", "Ctrl+=")
        action(view_menu, N_("Smaller text"), lambda: self._resize_text(-1), "Ctrl+-")
        action(view_menu, N_("Usual text size"), lambda: self._resize_text(0), "Ctrl+0")
        action(view_menu, N_("Next part of the window"), self._next_part, "F6")
        help_menu = menu(N_("&Help"))
        action(help_menu, N_("Keys"), self._show_keys, "F1", "Ctrl+/")
        about = action(help_menu, N_("About the Repayment Planner"), self._show_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        self._show_history()

    # --- texts and look ------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text of the window's own, and its widths."""
        for menu, title in self._menus:
            menu.setTitle(_(title))
        for action, text in self._actions:
            action.setText(_(text))
        for row, place in enumerate(ALL):
            self.places.item(row).setText(_(place.title))
        self.places.setAccessibleName(_("Places"))
        self.places.setFont(scaled_font(1.0))
        widest = max(self.places.fontMetrics().horizontalAdvance(_(place.title)) for place in ALL)
        self.places.setFixedWidth(widest + 20 + 7 * GRID)
        self._banner_text.setText(_("This is an example with invented figures, in a file of its own."))
        self._banner_button.setText(_("Leave the example"))
        self._show_history()
        self._show_file()

    def apply_choices(self) -> None:
        """Follow the user's choices of language, formats, theme and text size."""
        app = QApplication.instance()
        if not isinstance(app, QApplication) or not self.session.has_store:
            return
        chosen = self.session.store.settings.all()
        look = (chosen.get("theme", "auto"), int(chosen.get("text_size", "100")))
        if look != getattr(self, "_look", None):
            self._look = look
            apply_theme(app, *look)
            self.retranslate()
        speak(app, chosen.get("language", ""), chosen.get("format", ""))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    # --- places --------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The name of the place that is shown."""
        item = self.places.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def go(self, name: str, target: str = "") -> None:
        """Show a place, and one thing in it."""
        place = next((known for known in ALL if known.name == name), None)
        if place is None or not self.session.has_store:
            return
        if self.current and self.current != name and self.stack.currentWidget() in self._pages.values():
            self._trail.append(self.current)
            self._ahead.clear()
        self._show(place, target)

    def go_back(self) -> None:
        """Show the place before."""
        self._step(self._trail, self._ahead)

    def go_forward(self) -> None:
        """Show the place that Back came from."""
        self._step(self._ahead, self._trail)

    def _step(self, source: list[str], target: list[str]) -> None:
        if source:
            name = source.pop()
            target.append(self.current)
            self._show(next(place for place in ALL if place.name == name), "")

    def page(self, name: str) -> Page:
        """The page of a place, made on first use."""
        if name not in self._pages:
            page = next(place for place in ALL if place.name == name).build(self.session)
            page.wanted.connect(self.go)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    def _show(self, place: Place, target: str) -> None:
        page = self.page(place.name)
        row = ALL.index(place)
        if self.places.currentRow() != row:
            self.places.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            self.places.setCurrentRow(row)
            self.places.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.stack.setCurrentWidget(page)
        if target:
            page.reveal(target)

    def _on_place(self, row: int) -> None:
        if row >= 0:
            target = ALL[row]
            last = self.stack.currentWidget()
            before = next((name for name, page in self._pages.items() if page is last), "")
            if before and before != target.name:
                self._trail.append(before)
                self._ahead.clear()
            self._show(target, "")

    def show_start(self, widget: QWidget) -> None:
        """Show a widget instead of any place: the first run."""
        self.places.setEnabled(False)
        self.menuBar().setEnabled(False)
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def end_start(self, widget: QWidget) -> None:
        """Go on from the first run to the places."""
        self.places.setEnabled(True)
        self.menuBar().setEnabled(True)
        self.stack.removeWidget(widget)
        widget.deleteLater()
        self._on_opened()

    def forget_pages(self) -> None:
        """Throw every page away: no file is open any more."""
        self._trail.clear()
        self._ahead.clear()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._show_file()

    def open_adopted(self) -> None:
        """Show the file that the session was started with."""
        self._on_opened()

    # --- the file --------------------------------------------------------------------------------

    def show_where(self) -> None:
        """Say where the file and its copies lie, and open that folder if wanted."""
        path = self.session.store.path
        if path is None:
            return
        box = QMessageBox(self)
        box.setWindowTitle(_("Where my data is"))
        box.setText(_("Everything is in one file on this computer:"))
        box.setInformativeText(
            _(
                "{path}\n\nThe last seven checked copies are in the folder “{folder}” beside it. Nothing is sent anywhere."
            ).format(path=path, folder=f"{path.stem} copies")
        )
        open_button = box.addButton(_("Open the folder"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is open_button:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def open_other(self) -> None:
        """Let the user choose another file and open it."""
        folder = str(self.session.store.path.parent) if self.session.store.path else ""
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Open another file"),
            folder,
            _("Files of the Repayment Planner ({pattern})").format(pattern=_FILES),
        )
        if chosen:
            self.session.open(Path(chosen))

    def save_copy(self) -> None:
        """Let the user choose where to save a checked copy."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            _("Save a copy"),
            str(Path.home() / f"repayments {self.session.today.isoformat()}.db"),
            _("Files of the Repayment Planner ({pattern})").format(pattern=_FILES),
        )
        if not chosen:
            return
        target = Path(chosen)
        if self.session.store.path is not None and target.resolve() == self.session.store.path.resolve():
            self._on_refused(_("Choose another name: this is the open file itself."))
            return
        try:
            self.session.store.save_copy(target)
        except PlannerError as error:
            self._on_refused(explain(error))
        else:
            self.toast.say(_("A checked copy is at {path}.").format(path=target))

    def _on_opened(self) -> None:
        self._trail.clear()
        self._ahead.clear()
        self.apply_choices()
        self._show_file()
        self.go("today")
        if self.session.store.path is not None and not self._is_example:
            _remember(self.session.store.path)

    @property
    def _is_example(self) -> bool:
        return self.session.has_store and self.session.store.path == example_store()

    def _show_file(self) -> None:
        self.banner.setVisible(self._is_example)
        path = self.session.store.path if self.session.has_store else None
        name = _("Repayment Planner")
        self.setWindowTitle(name if path is None else f"{path.stem} – {name}")
        if self.session.has_store and self.session.store.is_read_only:
            self._banner_text.setText(
                _(
                    "This file was made by a newer version of the program. It can be read here, but not changed."
                )
            )
            self._banner_button.hide()
            self.banner.show()

    # --- messages and history --------------------------------------------------------------------

    def _on_refused(self, text: str) -> None:
        self.toast.say(text)

    def _on_done(self, title: str) -> None:
        self.toast.say(_("Done: {act}.").format(act=_(title)), can_undo=True)
        self._show_history()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "settings" in tables:
            self.apply_choices()
        self._show_history()

    def _undo(self) -> None:
        title = self.session.history.undoText()
        self.session.history.undo()
        self.toast.say(_("Undone: {act}.").format(act=_(title)))
        self._show_history()

    def _redo(self) -> None:
        self.session.history.redo()
        self._show_history()

    def _show_history(self) -> None:
        history = self.session.history
        can_undo, can_redo = history.canUndo(), history.canRedo()
        undo_text = _("Undo: {act}").format(act=_(history.undoText())) if can_undo else _("Undo")
        redo_text = _("Redo: {act}").format(act=_(history.redoText())) if can_redo else _("Redo")
        self._undo_action.setText(undo_text)
        self._undo_action.setEnabled(can_undo)
        self._redo_action.setText(redo_text)
        self._redo_action.setEnabled(can_redo)

    def _resize_text(self, step: int) -> None:
        size = int(self.session.store.settings.get("text_size", "100")) if self.session.has_store else 100
        index = TEXT_SIZES.index(size) if size in TEXT_SIZES else TEXT_SIZES.index(100)
        chosen = 100 if not step else TEXT_SIZES[max(0, min(index + step, len(TEXT_SIZES) - 1))]
        self.session.set("text_size", str(chosen))

    def _next_part(self) -> None:
        """Move the keyboard between the places, the page and its pane."""
        page = self.stack.currentWidget()
        parts: list[QWidget] = [self.places]
        if isinstance(page, Page):
            parts.append(page.scroll.widget())
            if page.pane.is_open:
                parts.append(page.pane)
        focus = QApplication.focusWidget()
        now = next(
            (n for n, part in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))), -1
        )
        part = parts[(now + 1) % len(parts)]
        if part is self.places:
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        inner = next(
            (
                w
                for w in part.findChildren(QWidget)
                if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
            ),
            None,
        )
        if inner is not None:
            inner.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_keys(self) -> None:
        from planner.gui.dialogs.keys import KeysDialog  # noqa: PLC0415 - rarely opened

        shown = [(action.text(), action.shortcuts()) for action, _text in self._actions if action.shortcuts()]
        shown += [(a.text(), a.shortcuts()) for a in (self._undo_action, self._redo_action)]
        KeysDialog(self, shown).exec()

    def _show_about(self) -> None:
        from planner.gui.dialogs.about import AboutDialog  # noqa: PLC0415 - rarely opened

        AboutDialog(self).exec()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        problem = self.session.close()
        if problem is not None:
            QMessageBox.warning(self, _("The copy was not made"), explain(problem))
        super().closeEvent(event)


def _remember(path: Path) -> None:
    _memory().setValue("last_file", str(path))


def last_file() -> Path | None:
    """The file that was open last, if it is not the usual one."""
    value = _memory().value("last_file", "")
    return Path(str(value)) if value else None


def _memory() -> QSettings:
    # Only which file was open: everything else the user chooses is in the file itself.
    from planner.paths import data_dir  # noqa: PLC0415 - platformdirs, see there

    return QSettings(str(data_dir() / "last.ini"), QSettings.Format.IniFormat)


__all__ = ["FOOT", "PLACES", "MainWindow", "last_file"]
