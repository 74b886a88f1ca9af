"""The window: places at the left, the page of one of them, menus, and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.asking import ask
from planner.gui.banner import Banner
from planner.gui.language import speak
from planner.gui.menus import Menus
from planner.gui.page import Page
from planner.gui.parts import focus_next_part
from planner.gui.places import Place, place_of
from planner.gui.session import Session
from planner.gui.sidebar import Sidebar
from planner.gui.theme import TEXT_SIZES, apply_theme
from planner.gui.toast import Toast
from planner.gui.trail import Trail
from planner.i18n import _, explain

if TYPE_CHECKING:
    from planner.gui.file_acts import FileActs

Look = tuple[str, int]

_USUAL_SIZE = 100


class MainWindow(QMainWindow):
    """The window of the program.

    Attributes:
        session: The open file.
        places: The names of the places, at the left.
        stack: The pages that were visited; the first run in place of them.
        banner: What is special about the open file.
        toast: What is said for a while.
        may_stay: Tells whether closing the window leaves the program running, in the tray.

    Signals:
        painted: The first paint is done; what can wait may begin.
        left_example: The user wants back to their own file.
        wanted_example: The user wants to look at the example.
        closed: The window was closed, and its file with it.
        ended: It was closed while it was hidden: then Qt does not end the program by itself.
    """

    painted = Signal()
    left_example = Signal()
    wanted_example = Signal()
    closed = Signal()
    ended = Signal()

    def __init__(self, session: Session, look: Look | None = None) -> None:
        """Build the window; pages are built on their first visit.

        Args:
            session: The open file.
            look: The theme and the size of the text that the program already has.
        """
        super().__init__()
        self.session = session
        self._look = look
        self._pages: dict[str, Page] = {}
        self._trail = Trail()
        self._start: QWidget | None = None
        self._has_painted = self._is_quitting = False
        self.may_stay: Callable[[], bool] = lambda: False
        self._build()
        self.menus = Menus(self)
        session.refused.connect(self.say)
        session.done.connect(self._on_done)
        session.undone.connect(self._on_undone)
        session.redone.connect(self._on_redone)
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.history.indexChanged.connect(lambda _index: self.menus.show_history())
        self.resize(1280, 800)
        self.setMinimumSize(640, 400)
        self.retranslate()

    def _build(self) -> None:
        self.places = Sidebar()
        self.places.chosen.connect(self.go)
        self.banner = Banner()
        self.banner.leave_button.clicked.connect(self.left_example)
        self.stack = QStackedWidget()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.toast = Toast()
        self.toast.undo_button.clicked.connect(self.session.history.undo)
        column.addWidget(self.toast)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)

    @cached_property
    def files(self) -> FileActs:
        """What can be done with the file as a whole."""
        from planner.gui.file_acts import FileActs  # noqa: PLC0415 - a start needs no file dialogs

        return FileActs(self)

    # --- texts and look ------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text of the window's own, and its widths."""
        self.menus.refresh()
        self.places.refresh()
        self._show_file()

    def apply_choices(self) -> None:
        """Follow the user's choices of language, formats, theme and text size."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        chosen = self.session.choices()
        look = (chosen.get("theme", "auto"), int(chosen.get("text_size", str(_USUAL_SIZE))))
        if look != self._look:
            self._look = look
            apply_theme(app, *look)
            self.retranslate()
        if self.session.has_store:  # the first run speaks for itself
            speak(app, chosen.get("language", ""), chosen.get("format", ""))

    def follow_system(self) -> None:
        """Look as the system does now, where the user left that to it."""
        self._look = None
        self.apply_choices()

    def resize_text(self, step: int) -> None:
        """Make the text larger, smaller, or with 0 of its usual size."""
        size = int(self.session.choice("text_size", str(_USUAL_SIZE)))
        index = TEXT_SIZES.index(size) if size in TEXT_SIZES else TEXT_SIZES.index(_USUAL_SIZE)
        chosen = TEXT_SIZES[max(0, min(index + step, len(TEXT_SIZES) - 1))] if step else _USUAL_SIZE
        self.session.set("text_size", str(chosen))

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
            # The pages paint after the window; the next turn of the loop comes when all is on the screen.
            QTimer.singleShot(0, self, self.painted.emit)

    # --- places --------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The name of the place that is shown; empty during the first run."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    @property
    def is_among_places(self) -> bool:
        """Whether a file is open and the first run is over."""
        return self.session.has_store and self._start is None

    def go(self, name: str, target: str = "") -> None:
        """Show a place, and one thing in it."""
        place = place_of(name)
        if place is None or not self.is_among_places:
            return
        if self.current and self.current != name:
            self._trail.leave(self.current)
        self._show(place, target)

    def go_back(self) -> None:
        """Show the place before."""
        self._return_to(self._trail.back(self.current))

    def go_forward(self) -> None:
        """Show the place that Back came from."""
        self._return_to(self._trail.forward(self.current))

    def _return_to(self, name: str) -> None:
        place = place_of(name)
        if place is not None:
            self._show(place, "")

    def page(self, name: str) -> Page:
        """The page of a place, made on first use.

        Raises:
            KeyError: There is no such place.
        """
        if name not in self._pages:
            place = place_of(name)
            if place is None:
                raise KeyError(name)
            page = place.build(self.session)
            page.wanted.connect(self.go)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    def _show(self, place: Place, target: str) -> None:
        page = self.page(place.name)
        self.places.mark(place)
        self.stack.setCurrentWidget(page)
        if target:
            page.reveal(target)

    def focus_next_part(self) -> None:
        """Move the keyboard between the places, the page and its pane."""
        page = self.stack.currentWidget()
        inner: tuple[QWidget, ...] = (page.scroller, page.pane) if isinstance(page, Page) else (self.stack,)
        focus_next_part((self.places, *inner))

    def ask_why(self) -> None:
        """Show how the figure was made that has the keyboard; what is around a field counts too."""
        if not ask(QApplication.focusWidget()):
            self.say(_("Choose a figure first: Tab and the arrow keys lead to it. Ctrl+click asks as well."))

    # --- the file --------------------------------------------------------------------------------

    def show_start(self, widget: QWidget) -> None:
        """Show a widget instead of any place: the first run."""
        self._forget_pages()
        self._start = widget
        self.places.mark(None)
        self.places.setEnabled(False)
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self._show_file()

    def end_start(self, widget: QWidget) -> None:
        """Go on from the first run to the places."""
        if widget is not self._start:
            return
        self._start = None
        self.places.setEnabled(True)
        self.open_adopted()
        self.stack.removeWidget(widget)
        widget.deleteLater()

    def open_adopted(self) -> None:
        """Show the file that the session has."""
        self._trail.clear()
        self.apply_choices()
        self._show_file()
        self.go("today")
        self._trail.clear()

    def open_other(self) -> None:
        """Let the user choose another file, which also ends a first run."""
        if self.files.open_other() and self._start is not None:
            self.end_start(self._start)

    def _on_opened(self) -> None:
        # The first run has more to record in a file than its creation; it says when it is finished.
        if self._start is None:
            self.open_adopted()

    def _forget_pages(self) -> None:
        self._trail.clear()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def _show_file(self) -> None:
        self.banner.refresh(self.session)
        self.menus.follow_file()
        path = self.session.store.path if self.session.has_store else None
        name = _("Repayment Planner")
        self.setWindowTitle(name if path is None else f"{path.stem} – {name}")

    # --- messages --------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say something for a while."""
        self.toast.say(text)

    def _on_done(self, title: str) -> None:
        self.toast.say(_("Done: {act}.").format(act=_(title)), can_undo=True)

    def _on_undone(self, title: str) -> None:
        self.toast.say(_("Undone: {act}.").format(act=_(title)))

    def _on_redone(self, title: str) -> None:
        self.toast.say(_("Redone: {act}.").format(act=_(title)), can_undo=True)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "settings" in tables:
            self.apply_choices()

    def quit(self) -> None:
        """End the program, wherever its window is, unless something typed would be lost."""
        was_visible, self._is_quitting = self.isVisible(), True
        is_closed = self.close()
        self._is_quitting = False
        if not is_closed:
            self.setVisible(True)  # a form says what would be lost
        elif not was_visible:
            self.ended.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_quitting and self.may_stay():
            event.ignore()
            self.hide()
            return
        for name, page in self._pages.items():
            if not page.pane.leave():
                # Something is typed and not saved: its form says so, and the next time closes.
                self.go(name)
                event.ignore()
                return
        problem = self.session.close()
        if problem is not None:
            from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - a start needs no dialogs

            QMessageBox.warning(self, _("The copy was not made"), explain(problem))
        super().closeEvent(event)
        self.closed.emit()
