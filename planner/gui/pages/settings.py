"""The place Settings: language, formats, look, and where the file is. Each choice holds at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.domain.money import Money
from planner.gui.fields import CheckField, ChoiceField, Field
from planner.gui.forms import Form
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label
from planner.gui.layouts import Flow
from planner.gui.page import Page
from planner.gui.pages.settings_reminders import ReminderSettings
from planner.gui.recording.published_view import open_published
from planner.gui.session import Session
from planner.gui.theme import TEXT_SIZES, THEME_CHOICES
from planner.i18n import CURRENCIES, FORMATS, LANGUAGES, _, currency_name, show, show_percent
from planner.look import GRID
from planner.phrases import N_
from planner.store.backup import KEPT, copies_folder

_WIDTH = 34  # of the form, in heights of a line: as wide as one reads with ease
_USUAL_SIZE = 100
_SAMPLE_MINOR = 123_450
_FORMAT_NAMES = {
    "": N_("As the language has it"),
    "zh_CN": N_("Chinese"),
    "en_GB": N_("British"),
    "en_US": N_("American"),
    "fr_FR": N_("French"),
}
_THEME_NAMES = {
    "auto": N_("Like the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}


class PathField(Field):
    """Where something is: to be read and copied, and a button that opens the folder.

    Attributes:
        button: Opens the folder.
    """

    def __init__(self) -> None:
        """Build it empty."""
        self.edit = QLineEdit(readOnly=True)
        super().__init__(self.edit)
        self.button = QPushButton()
        self.button.setIcon(icon("folder-open"))
        self.button.clicked.connect(self._open)
        self._folder: Path | None = None
        row = Flow()
        row.addWidget(self.button)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(row)

    def show_path(self, path: Path, folder: Path) -> None:
        """Show a path; the button is only there if the folder is."""
        self.edit.setText(str(path))
        self.edit.setToolTip(str(path))
        self.edit.setCursorPosition(0)
        self._folder = folder
        self.button.setText(_("Open the folder"))
        self.button.setAccessibleDescription(self.label.text())
        self.button.setVisible(folder.is_dir())

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @override
    def value(self) -> str:
        return self.edit.text()


class SettingsPage(Page):
    """The user's choices, in one column.

    Attributes:
        choices: The field of each choice, by its name in the file.
        less_detail: Whether projections are hidden.
        reminders: What the user wants of reminders.
        published_button: Shows what lenders and regulators publish, as the program has it.
        file, copies: Where the file and its copies are.
    """

    shows = frozenset({"settings", "accounts"})

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        names = ("language", "format", "currency", "theme", "text_size")
        self.choices = {name: ChoiceField() for name in names}
        self.less_detail = CheckField()
        self.reminders = ReminderSettings(session, self._ask)
        self.file, self.copies = PathField(), PathField()
        self._words, self._look, self._data = heading_label(), heading_label(), heading_label()
        self._published, self._published_about = heading_label(), quiet_label()
        self.published_button = QPushButton()
        self.published_button.clicked.connect(lambda: open_published(self.pane, session))
        published = Flow()
        published.addWidget(self.published_button)
        self._around_published = QWidget()
        self._around_published.setLayout(published)
        self._nothing_sent = quiet_label()
        for heading in (self._look, self._published, self._data):
            heading.setContentsMargins(0, GRID, 0, 0)
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        chosen = self.choices
        for widget in (
            self._words,
            chosen["language"],
            chosen["format"],
            chosen["currency"],
            self._look,
            chosen["theme"],
            chosen["text_size"],
            self.less_detail,
            self.reminders,
            self._published,
            self._published_about,
            self._around_published,
            self._data,
            self.file,
            self.copies,
            self._nothing_sent,
        ):
            column.addWidget(widget)
        # In a row, where its greatest width counts when the height of wrapped text is asked for.
        row = QHBoxLayout()
        row.addWidget(self._form, 1)
        row.addStretch(0)
        self.body.addLayout(row)
        self.body.addStretch(1)
        for name, field in self.choices.items():
            field.changed.connect(partial(self._keep, name))
        self.less_detail.changed.connect(self._keep_detail)
        self.setFocusProxy(chosen["language"])

    @override
    def refresh(self) -> None:
        self.title.setText(_("Settings"))
        self._form.setMaximumWidth(_WIDTH * self.fontMetrics().height())
        kept = self.session.store.settings.all()
        self._say_words(kept.get("currency", ""))
        self._say_look()
        self.reminders.refresh()
        self._say_published()
        self._say_files()
        usual = {
            "language": i18n.language(),
            "format": "",
            "currency": _usual_currency(),
            "theme": "auto",
            "text_size": str(_USUAL_SIZE),
        }
        for name, field in self.choices.items():
            field.set_key(kept.get(name) or usual[name])
        self.less_detail.set_checked(is_checked=kept.get("less_detail") == "1")

    def _say_words(self, currency: str) -> None:
        self._words.setText(_("Language and formats"))
        fields = self.choices
        fields["language"].say(_("Language"))
        fields["language"].set_choices(LANGUAGES.items())
        fields["format"].say(_("Numbers and dates"))
        sample = currency or _usual_currency()
        fields["format"].set_choices(
            (
                code,
                _("{name}: {sample}").format(name=_(_FORMAT_NAMES[code]), sample=self._sample(code, sample)),
            )
            for code in ("", *FORMATS)
        )
        fields["currency"].say(
            _("Currency of new accounts"), _("What is recorded keeps its own. Nothing is converted.")
        )
        fields["currency"].set_choices(
            (code, _("{name} ({code})").format(name=currency_name(code), code=code)) for code in CURRENCIES
        )

    def _sample(self, code: str, currency: str) -> str:
        """An amount and a date as they would be written."""
        money, day = Money(_SAMPLE_MINOR, currency), date(self.session.today.year, 11, 30)
        with i18n.speaking(i18n.language(), code):
            return f"{show(money)}  ·  {show(day)}"

    def _say_look(self) -> None:
        self._look.setText(_("Look"))
        self.choices["theme"].say(_("Theme"))
        self.choices["theme"].set_choices((code, _(_THEME_NAMES[code])) for code in THEME_CHOICES)
        self.choices["text_size"].say(_("Text size"))
        self.choices["text_size"].set_choices(
            (str(size), show_percent(Decimal(size) / 100, 0)) for size in TEXT_SIZES
        )
        less = _("Leaves out what is worked out for the weeks ahead, and what being late may lead to.")
        self.less_detail.say(_("Show less detail"), less)

    def _say_published(self) -> None:
        self._published.setText(_("Published figures"))
        self._published_about.setText(
            _(
                "Rates, rules and calendars that the program comes with, each with its source and its day. "
                "Newer ones can be brought as a file."
            )
        )
        self.published_button.setText(_("Show published figures…"))

    def _say_files(self) -> None:
        path = self.session.store.path
        self._data.setText(_("Where my data is"))
        for field in (self.file, self.copies):
            field.setVisible(path is not None)
        self._nothing_sent.setText(
            _(
                "Everything is in one file on this computer. Nothing is sent anywhere. The file is not "
                "encrypted: if others use this computer, keep it on an encrypted disk or in an encrypted "
                "folder."
            )
        )
        if path is None:
            return
        self.file.say(_("The file"))
        self.file.show_path(path, path.parent)
        self.copies.say(
            _("Checked copies"),
            _("A copy is made when you close the program; the last {count} are kept.").format(
                count=show(KEPT)
            ),
        )
        self.copies.show_path(copies_folder(path), copies_folder(path))

    def _ask(self, form: Form, heading: str) -> None:
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, heading)

    def _keep(self, name: str) -> None:
        self.session.set(name, str(self.choices[name].value()))

    def _keep_detail(self) -> None:
        self.session.set("less_detail", "1" if self.less_detail.value() else "0")


def _usual_currency() -> str:
    return "EUR" if i18n.language() == "fr" else "CNY"
