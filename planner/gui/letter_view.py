"""A letter or a script in the language of those who read it: it can be changed, copied and saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.gui.fields import ChoiceField, NoteField, TextField
from planner.gui.icons import icon
from planner.gui.labels import LinkButton, quiet_label
from planner.gui.layouts import Flow
from planner.gui.saving import choose_pdf, choose_text, saved_words
from planner.gui.session import Session
from planner.gui.tasks import Latest
from planner.i18n import LANGUAGES, _
from planner.look import GRID
from planner.phrases import Phrase
from planner.reports.hardship_letter import letter_pdf, letter_text
from planner.services.letters import Letter, LetterLine, LineKind

T = TypeVar("T")

_ITEM = "– "


class WrittenView(QWidget):
    """The text, which can be changed, copied, saved; nothing is sent anywhere.

    Attributes:
        language: The language of the text.
        least: How low the text may be, in pixels.
        reason: The user's own words that go into it.
        text: The text as it stands.
        anew_button: Writes it anew, once it was changed by hand and should read otherwise.
        buttons: What can be done with it.
        copy_button, save_button, text_button: The first of these.
        note: What came of that.

    Signals:
        reason_given: The user has changed their own words; what they are now.
    """

    least: ClassVar[int] = 30 * GRID

    reason_given = Signal(str)

    def __init__(
        self, session: Session, make: Callable[[str], Letter], reason: str = "", *, is_script: bool = False
    ) -> None:
        """Write it.

        Args:
            session: The open file.
            make: Makes it from the user's own words.
            reason: These words, as far as they were said before.
            is_script: Whether it is for the telephone.
        """
        super().__init__()
        self._session, self._make, self._is_script = session, make, is_script
        self._about = quiet_label()
        self.language, self.reason = ChoiceField(), TextField(is_required=False)
        self._text = _Page(self.least)
        self.text = self._text.edit
        self._written, self._shown, self._path = "", "", Path()
        self._speaks, self._wanted = i18n.language(), ""
        self._typeset = Latest(self)
        self._typeset.ready.connect(self._put)
        self._typeset.failed.connect(_raise_it)
        self.anew_button = LinkButton()
        self.anew_button.clicked.connect(self._on_anew)
        self.anew_button.hide()
        self.copy_button, self.save_button, self.note = QPushButton(), QPushButton(), quiet_label()
        self.text_button = QPushButton()
        self.copy_button.setIcon(icon("copy"))
        self.save_button.setIcon(icon("save"))
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.text_button.clicked.connect(self._save_text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * GRID)
        for widget in (self._about, self.language, self.reason, self.anew_button):
            self.column.addWidget(widget)
        self.column.addWidget(self._text, 1)  # as high as there is room
        self.buttons = Flow()
        for button in (self.copy_button, self.save_button, self.text_button):
            self.buttons.addWidget(button)
        self.column.addLayout(self.buttons)
        self.column.addWidget(self.note)
        self.note.hide()
        self.language.set_choices(LANGUAGES.items())
        self.language.set_key(i18n.language())
        self.language.changed.connect(self._on_language)
        self.reason.set_text(reason)
        self.reason.changed.connect(self.write)
        self.reason.changed.connect(lambda: self.reason_given.emit(self.reason.text()))
        self.setFocusProxy(self.language.input)
        self.refresh()
        self._write_anew()

    def refresh(self) -> None:
        """Set every text but that of the letter, which speaks its own language."""
        self._about.setText(
            _("Read it, change what is not so, then copy it or save it. Nothing is sent anywhere.")
        )
        self._say_language()
        self.say_reason()
        self._text.say(_("What to say on the telephone") if self._is_script else _("The letter"))
        self.anew_button.setText(_("Write it anew, without the changes made by hand"))
        self.copy_button.setText(_("Copy the text"))
        self.save_button.setText(_("Save as PDF…"))
        self.text_button.setText(_("Save as text…"))

    def _say_language(self) -> None:
        hint = ""
        if self._wanted:
            hint = _(
                "What was changed by hand stays as it is. Written anew, it is in this language: {language}"
            )
            hint = hint.format(language=LANGUAGES[self._wanted])
        self.language.say(_("Language of the text"), hint)

    def _on_language(self) -> None:
        """Speak another language; what was changed by hand stays in its own until the user wants it anew."""
        chosen = self.language.value()
        self._wanted = "" if self._is_as_written or chosen == self._speaks else chosen
        if self._wanted:
            self.language.set_key(self._speaks)
        self._say_language()
        self.write()
        if self._wanted:
            self.anew_button.setFocus()

    def _on_anew(self) -> None:
        if self._wanted:
            self.language.set_key(self._wanted)
        self._write_anew()
        self.text.setFocus()  # the button is gone

    def say_reason(self) -> None:
        """Say what the user's own words are about."""
        self.reason.say(_("Your own words"), _("In a few words; they go into the text."))

    def name(self) -> str:
        """What a file of it is called, without an ending."""
        return ""

    def write(self) -> None:
        """Write it anew, unless it was changed by hand: that is only lost if the user wants it so."""
        self.note.hide()
        if self._is_as_written:
            self._write_anew()
        else:
            self.anew_button.setVisible(bool(self._wanted) or self._worded() != self._written)

    def _worded(self) -> str:
        return letter_text(self._letter(), self.language.value(), self._own_format())

    def _letter(self) -> Letter:
        return self._make(self.reason.text())

    def _write_anew(self) -> None:
        self.anew_button.hide()
        self._speaks, self._wanted = self.language.value(), ""
        self._say_language()
        worded = self._worded()
        if worded == self._written and self._is_as_written:
            return  # what still holds keeps its place and the keyboard
        self._written = worded
        self._text.set_text(worded)
        # Read back: an editor of Qt keeps no narrow or hard spaces, which French has.
        self._shown = self.text.toPlainText()

    @property
    def _is_as_written(self) -> bool:
        """Whether nobody has changed it by hand."""
        return self.text.toPlainText() == self._shown

    def _own_format(self) -> str:
        # The reader's own format where the language is theirs, else what is usual in the other one.
        return i18n.number_format() if self.language.value() == i18n.language() else ""

    def _as_text(self) -> str:
        return self._written if self._is_as_written else self.text.toPlainText()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._as_text())
        self._tell(_("Copied"))

    def _as_it_stands(self) -> Letter:
        """The letter, with what was changed in it by hand."""
        made, text = self._letter(), self.text.toPlainText()
        if self._is_as_written:
            return made
        lines = tuple(map(_line, filter(str.strip, text.split("\n"))))
        return replace(made, lines=lines if made.is_letter else lines[1:])  # a script begins with its title

    def _save(self) -> None:
        self.save_pdf(self.name(), letter_pdf, self._as_it_stands())

    def save_pdf(self, name: str, make: Callable[[T, date, str, str], bytes], content: T) -> None:
        """Save something as a PDF in the language of the text, where the user chooses.

        Args:
            name: The name that is offered, without an ending.
            make: Makes it of the content, the day, the language, and how numbers are written in it.
            content: What it is made of.
        """
        path = choose_pdf(self, _("Save as PDF"), name)
        if path is None:
            return
        self._path = path
        self._tell(_("Making the PDF…"))
        self._typeset.ask(make, content, self._session.today, self.language.value(), self._own_format())

    def _put(self, pdf: bytes) -> None:
        self._tell(saved_words(self._path, lambda: pdf))

    def _save_text(self) -> None:
        path = choose_text(self, _("Save as text"), self.name())
        if path is not None:
            self._tell(saved_words(path, self._as_text().encode))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()


def _line(text: str) -> LetterLine:
    """A line as it was typed."""
    is_item = text.startswith(_ITEM)
    return LetterLine(Phrase.own(text.removeprefix(_ITEM)), LineKind.ITEM if is_item else LineKind.TEXT)


def _raise_it(error: Exception) -> None:
    """Raise what another thread handed on: a bug, which the window's crash dialog tells."""
    raise error


class _Page(NoteField):
    """The text of a letter: as high as there is room."""

    def __init__(self, least: int) -> None:
        self._least = least
        super().__init__()
        self.is_required = True  # there always is one: its label does not say "optional"

    @override
    def set_lines(self, lines: float) -> None:
        # Of the whole field: the theme has a least height of its own for what is typed into.
        self.setMinimumHeight(self._least)
