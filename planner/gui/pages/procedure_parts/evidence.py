"""Files that prove something: linked to a step or to the whole case, opened, copied, saved again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.procedures.case import Evidence
from planner.gui.icons import icon
from planner.gui.labels import amber_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.saving import saved_words
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure, icon_size
from planner.i18n import _, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.cases.evidence import (
    EvidenceLine,
    content_of_copy,
    drop_copy,
    evidence_view,
    keep_copy,
    link_file,
    unlink_file,
)
from planner.services.cases.view import CaseView


class FileRow(QWidget):
    """One file: its name, what is known of it, and what can be done with it.

    Attributes:
        open_button: Opens it, or shows the folder of what no viewer shows.
        keep_button: Copies it into the data file.
        save_button: Saves the copy somewhere else.
        drop_button: Deletes the copy.
        unlink_button: Forgets the file.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._name, self._known, self.gone = text_label(), quiet_label(), amber_label()
        self.open_button, self.keep_button, self.save_button = QPushButton(), QPushButton(), QPushButton()
        self.drop_button, self.unlink_button = QPushButton(), QPushButton()
        acts = Flow()
        for button in self._buttons:
            acts.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        for widget in (self._name, self._known, self.gone):
            column.addWidget(widget)
        column.addLayout(acts)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.open_button, self.keep_button, self.save_button, self.drop_button, self.unlink_button

    def show_line(self, line: EvidenceLine) -> None:
        """Show a file as it stands."""
        evidence = line.evidence
        self._name.setText(evidence.name)
        self._name.setToolTip(evidence.path)
        self._known.setText(
            _("Linked on {date}. A copy is kept in the data file.").format(date=show(evidence.added_on))
            if line.has_copy
            else _("Linked on {date}.").format(date=show(evidence.added_on))
        )
        self.gone.setText(_("The file is no longer at {path}.").format(path=evidence.path))
        self.gone.setVisible(not line.is_there)
        self.open_button.setText(_("Open") if line.is_viewed else _("Show its folder"))
        self.keep_button.setText(_("Keep a copy in the data file"))
        self.save_button.setText(_("Save a copy as…"))
        self.drop_button.setText(_("Delete the copy"))
        self.unlink_button.setText(_("Remove the link"))
        shown = {
            self.open_button: line.is_there,
            self.keep_button: line.is_there and not line.has_copy,
            self.save_button: line.has_copy,
            self.drop_button: line.has_copy,
            self.unlink_button: True,
        }
        if any(button.hasFocus() and not is_shown for button, is_shown in shown.items()):
            # The keyboard moves on before the button that had it goes.
            self.unlink_button.setFocus(Qt.FocusReason.OtherFocusReason)
        for button, is_shown in shown.items():
            button.setVisible(is_shown)
            button.setAccessibleName(_("{act}: {what}").format(act=button.text(), what=evidence.name))


class EvidenceFiles(QWidget):
    """The files of a step or of a whole case, in a fold.

    Attributes:
        fold: Shows and hides them.
        rows: Each file, by the id of the evidence.
        link_button: Lets the user choose another one.
        status: What came of saving a copy.
    """

    def __init__(self, session: Session, step_id: str = "") -> None:
        """Build it without files.

        Args:
            session: The open file.
            step_id: The step; empty for the whole case.
        """
        super().__init__()
        self.session, self._step_id = session, step_id
        self._view: CaseView | None = None
        self.fold = Disclosure()
        self._hint, self.status = quiet_label(), quiet_label()
        self.status.hide()
        self._rows = QVBoxLayout()
        self.rows: dict[str, FileRow] = {}
        self.link_button = QPushButton()
        self.link_button.setIcon(icon("link"))
        self.link_button.setIconSize(icon_size(self))
        self.link_button.clicked.connect(self._choose)
        acts = Flow()
        acts.addWidget(self.link_button)
        self.fold.column.addWidget(self._hint)
        self.fold.column.addLayout(self._rows)
        self.fold.column.addWidget(self.status)
        self.fold.column.addLayout(acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)

    def take_drops_on(self, widget: QWidget) -> None:
        """Link the files that are dropped on a widget."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def show_view(self, view: CaseView) -> None:
        """Show the files as they stand."""
        is_other = self._view is None or self._view.case.id != view.case.id
        self._view = view
        if is_other:
            self.status.hide()
        lines = evidence_view(view, self._step_id)
        self.fold.say(self._title(len(lines)))
        self._hint.setText(
            _(
                "A link keeps where the file lies, and nothing of what is in it. A copy becomes a part of "
                "the data file and of its back-ups. Pictures of identity cards are better not kept here."
            )
        )
        self.link_button.setText(_("Link a file…"))
        for gone in self.rows.keys() - {each.evidence.id for each in lines}:
            row = self.rows.pop(gone)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for each in lines:
            if each.evidence.id not in self.rows:
                self._add(each.evidence.id)
            self.rows[each.evidence.id].show_line(each)

    def _title(self, count: int) -> str:
        if self._step_id:
            if not count:
                return _("Files for this step")
            return ngettext("{count} file for this step", "{count} files for this step", count).format(
                count=count
            )
        if not count:
            return _("Files for the whole procedure")
        return ngettext(
            "{count} file for the whole procedure", "{count} files for the whole procedure", count
        ).format(count=count)

    def _add(self, evidence_id: str) -> None:
        row = self.rows[evidence_id] = FileRow()
        row.open_button.clicked.connect(partial(self._open, evidence_id))
        row.keep_button.clicked.connect(partial(self._keep, evidence_id))
        row.save_button.clicked.connect(partial(self._save, evidence_id))
        row.drop_button.clicked.connect(partial(self._drop, evidence_id))
        row.unlink_button.clicked.connect(partial(self._unlink, evidence_id))
        self._rows.addWidget(row)

    def _evidence(self, evidence_id: str) -> Evidence | None:
        kept = self._view.case.evidence if self._view is not None else ()
        return next((each for each in kept if each.id == evidence_id), None)

    # --- Acts

    def _choose(self) -> None:
        last = self._view.case.evidence[-1:] if self._view is not None else ()
        folder = Path(last[0].path).parent if last else Path.home()
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Link a file"), str(folder))
        if chosen:
            self.link(Path(chosen))

    def link(self, path: Path) -> None:
        """Link a file."""
        if self._view is not None:
            self.session.do(
                N_("Link a file"), link_file, self._view.case.id, self._step_id, path, self.session.today
            )

    def _open(self, evidence_id: str) -> None:
        line = next((each for each in self._lines() if each.evidence.id == evidence_id), None)
        if line is None:
            return
        if not line.is_there:  # it went since it was shown
            self.rows[evidence_id].show_line(line)
            return
        path = Path(line.evidence.path)
        # What is no picture, sound or paper might be run instead of shown.
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if line.is_viewed else path.parent)))

    def _lines(self) -> tuple[EvidenceLine, ...]:
        return evidence_view(self._view, self._step_id) if self._view is not None else ()

    def _keep(self, evidence_id: str) -> None:
        if self._view is not None:
            self.session.do(N_("Keep a copy of a file"), keep_copy, self._view.case.id, evidence_id)

    def _drop(self, evidence_id: str) -> None:
        if self._view is not None:
            self.session.do(N_("Delete the copy of a file"), drop_copy, self._view.case.id, evidence_id)

    def _unlink(self, evidence_id: str) -> None:
        if self._view is not None:
            # The keyboard moves on before the button that had it goes.
            self.link_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.session.do(N_("Remove the link to a file"), unlink_file, self._view.case.id, evidence_id)

    def _save(self, evidence_id: str) -> None:
        evidence = self._evidence(evidence_id)
        if evidence is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), str(Path.home() / evidence.name))
        if chosen:
            self.status.setText(
                saved_words(Path(chosen), partial(content_of_copy, self.session.store, evidence))
            )
            self.status.show()

    # --- Dropped files

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _files_in(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and _files_in(event):
            event.acceptProposedAction()
            for path in _files_in(event):
                self.link(path)
            self.fold.set_open(is_open=True)
            return True
        return super().eventFilter(watched, event)


def _files_in(event: QDropEvent) -> list[Path]:
    """The files on this computer that are being dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
