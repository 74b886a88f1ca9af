"""The list of keys, read from the menus so that it is always true."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from planner.gui.dialogs import size_dialog
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_

Row = tuple[str, str]

# In the text of a menu: a mark before the letter it is reached by; two stand for one that is shown.
_MNEMONIC = re.compile(r"&(.)")


class KeysDialog(QDialog):
    """Every act that has keys, and the keys."""

    def __init__(self, parent: QWidget, actions: Sequence[tuple[str, Sequence[QKeySequence]]]) -> None:
        """Show acts with their keys as this system writes them."""
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        columns: tuple[Column[Row], ...] = (
            Column(N_("Act"), lambda row: row[0], is_wide=True),
            Column(N_("Keys"), lambda row: row[1]),
        )
        model: TableModel[Row] = TableModel(columns)
        native = QKeySequence.SequenceFormat.NativeText
        model.set_values(
            [
                (_MNEMONIC.sub(r"\1", text), ", ".join(key.toString(native) for key in keys))
                for text, keys in actions
            ]
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addWidget(Table(model))
        column.addWidget(buttons)
        size_dialog(self, 34, 30)
