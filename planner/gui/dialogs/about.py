"""What the program is, what it promises, and the licences of what is shipped with it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from planner import __version__
from planner.gui.dialogs import size_dialog
from planner.gui.labels import text_label, title_label
from planner.i18n import _
from planner.look import GRID

# Name, distribution, licence and address. The licences are proper names.
SHIPPED = (
    ("Qt, PySide6", "PySide6-Essentials", "LGPL-3.0", "https://www.qt.io/licensing"),
    ("QtPdf", "pyside6-pdf", "LGPL-3.0", "https://www.qt.io/licensing"),
    ("matplotlib", "matplotlib", "Matplotlib License (PSF style)", "https://matplotlib.org"),
    ("NumPy", "numpy", "BSD-3-Clause", "https://numpy.org"),
    ("sqlite-utils", "sqlite-utils", "Apache-2.0", "https://sqlite-utils.datasette.io"),
    ("Babel", "babel", "BSD-3-Clause", "https://babel.pocoo.org"),
    ("Typst", "typst", "Apache-2.0", "https://typst.app"),
    ("HiGHS", "highspy", "MIT", "https://highs.dev"),
    ("XlsxWriter", "xlsxwriter", "BSD-2-Clause", "https://xlsxwriter.readthedocs.io"),
    ("click", "click", "BSD-3-Clause", "https://click.palletsprojects.com"),
    ("platformdirs", "platformdirs", "MIT", "https://platformdirs.readthedocs.io"),
    ("Planner Sans (Noto Sans SC)", "", "SIL OFL-1.1", "https://openfontlicense.org"),
    ("Lucide", "", "ISC", "https://lucide.dev"),
    ("holiday-cn", "", "MIT", "https://github.com/NateScarlet/holiday-cn"),
)


class AboutDialog(QDialog):
    """What the program is, and the licences of what is shipped with it."""

    def __init__(self, parent: QWidget) -> None:
        """Build and fill it."""
        super().__init__(parent)
        self.setWindowTitle(_("About the Repayment Planner"))
        title, text = title_label(), text_label()
        title.setText(_("Repayment Planner {version}").format(version=__version__))
        text.setText(
            _(
                "A calm, exact grip on what you owe. Everything stays in one file on this computer; "
                "nothing is ever sent anywhere. The program informs; the contract and the lender prevail. "
                "It is free software under the MIT licence."
            )
        )
        licences = QPlainTextEdit(readOnly=True)
        licences.setPlainText(licence_list())
        licences.setAccessibleName(_("Licences of what is shipped"))
        licences.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        licences.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        heading = text_label()
        heading.setText(_("Licences of what is shipped"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (title, text, heading, licences, buttons):
            column.addWidget(widget)
        size_dialog(self, 36, 30)


def licence_list() -> str:
    """A line for each thing shipped: name, version where it has one, licence, address."""
    return "\n".join(
        "  ·  ".join(part for part in (name, _version(distribution), licence, address) if part)
        for name, distribution, licence, address in SHIPPED
    )


def _version(distribution: str) -> str:
    try:
        return version(distribution) if distribution else ""
    except PackageNotFoundError:
        return ""  # a bundle may leave the metadata out; the licence still stands
