"""A case on paper: in which language, with which letter, saved as a PDF and shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from planner import i18n
from planner.compat import override
from planner.gui.fields import ChoiceField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.saving import choose_pdf
from planner.gui.session import Session
from planner.gui.tasks import Latest
from planner.i18n import LANGUAGES, _, explain
from planner.reports.files import CannotWriteError, write_whole
from planner.services.cases.letter import language_read_by
from planner.services.cases.letters import step_letter
from planner.services.cases.pack import CasePack, case_pack, letter_steps
from planner.services.cases.view import CaseView
from planner.services.cases.views import case_view

_NO_LETTER = ""


class PrintForm(Form):
    """Asks for the language and the letter, and saves; nothing is sent anywhere.

    Attributes:
        language: The language of the paper, whatever the window speaks.
        letter: The step whose letter goes with it; hidden where no step has one.
        letter_language: The language of the letter: at first that of the lender's country.
        note: What came of it.
    """

    def __init__(self, session: Session, view: CaseView) -> None:
        """Offer the languages and the letters of a case."""
        super().__init__(session)
        self._view = view
        self._path = Path()
        self._typeset = Latest(self)
        self._typeset.ready.connect(self._put)
        self._typeset.failed.connect(_raise_it)
        self.language, self.letter, self.letter_language = (ChoiceField() for _number in range(3))
        self.note = quiet_label()
        self.language.set_choices(LANGUAGES.items())
        self.language.set_key(i18n.language())
        self.letter_language.set_choices(LANGUAGES.items())
        self.letter_language.set_key(language_read_by(view.account) or i18n.language())
        self.add(self.language, self.letter, self.letter_language)
        self._steps = letter_steps(view)
        self._fill_letters()
        # A letter that may be passed over goes along only if it is wanted.
        wanted = [each.step for each in self._steps if not each.is_settled and not each.step.optional]
        self.letter.set_key(wanted[0].id if wanted else _NO_LETTER)
        self.letter.setVisible(bool(self._steps))
        self.column.insertWidget(self.column.count() - 1, self.note)
        self.note.hide()
        self.refresh()

    def _fill_letters(self) -> None:
        choices = [(_NO_LETTER, _("No letter"))]
        self.letter.set_choices([*choices, *((each.step.id, explain(each.title)) for each in self._steps)])

    @override
    def refresh(self) -> None:
        super().refresh()
        self.language.say(
            _("Language of the paper"), _("One or two pages. Your own words stay as you wrote them.")
        )
        self._fill_letters()
        self.letter.say(_("With the letter of the step"))
        self.letter_language.say(_("Language of the letter"))
        self._show_letter_language()
        self.save_button.setText(_("Save as PDF…"))

    @override
    def on_change(self) -> None:
        self._show_letter_language()

    def _show_letter_language(self) -> None:
        self.letter_language.setVisible(bool(self._steps) and self.letter.value() != _NO_LETTER)

    @override
    def note_typed(self) -> None:
        """Nothing is lost by leaving it."""

    def pack(self) -> CasePack:
        """What is printed: how the case stands now."""
        store, today, chosen = self.session.store, self.session.today, self.letter.value()
        view = case_view(store, store.cases.get(self._view.case.id), today)
        step = next((each.step for each in self._steps if each.step.id == chosen), None)
        if step is None or step.letter is None:
            return case_pack(store, view)
        pack = case_pack(store, view, step_letter(store, view.case, step, today).letter)
        return replace(pack, letter_language=self.letter_language.value())

    @override
    def submit(self) -> bool:
        from planner.reports.case_pack import case_pdf  # noqa: PLC0415 - brings matplotlib, half a second

        title = _("{procedure}, {account}").format(
            procedure=_(self._view.procedure.title), account=self._view.account.name
        )
        path = choose_pdf(self, _("Save as PDF"), title)
        if path is None:
            return False
        self._path = path
        self._tell(_("Making the PDF…"))
        language = self.language.value()
        own_format = i18n.number_format() if language == i18n.language() else ""
        self._typeset.ask(case_pdf, self.pack(), language, own_format)
        return False  # it stays open, and says what came of it

    def _put(self, pdf: bytes) -> None:
        try:
            write_whole(self._path, pdf)
        except CannotWriteError as error:
            self._tell(explain(error))
            return
        self._tell(_("Saved: {file}").format(file=str(self._path)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()


def _raise_it(error: Exception) -> None:
    """Raise what another thread handed on: a bug, which the window's crash dialog tells."""
    raise error
