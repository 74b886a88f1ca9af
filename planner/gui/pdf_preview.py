"""A PDF in the window, page below page, and on paper."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.look import GRID

# As fine as a page needs to be on paper; a printer's own 1200 would take half a gigabyte a page.
_PRINT_DPI = 300
_POINTS = 72


class PdfPreview(QWidget):
    """Shows a PDF that is in memory.

    Attributes:
        view: What shows it and takes the keyboard.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        # Deleted in this order. A document that outlives its view, as one of its own children does,
        # tells it of its end when it is no longer there: the program would crash.
        self._pdf = QPdfDocument(self)
        self.view = QPdfView(self)
        self._buffer = QBuffer(self)
        self.view.setDocument(self._pdf)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumSize(40 * GRID, 56 * GRID)
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    @property
    def page_count(self) -> int:
        """How many pages it shows."""
        return self._pdf.pageCount()

    def say(self, name: str, description: str) -> None:
        """Say to those who do not see it what it is."""
        self.view.setAccessibleName(name)
        self.view.setAccessibleDescription(description)

    def show_pdf(self, content: bytes) -> None:
        """Show another PDF, where one was looking if it is that long."""
        bar = self.view.verticalScrollBar()
        place = bar.value()
        self._pdf.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf.load(self._buffer)
        bar.setValue(place)

    def page_text(self, number: int) -> str:
        """The text of a page, counted from 0."""
        return self._pdf.getAllText(number).text()

    def print_to(self, printer: QPrinter) -> None:
        """Print the pages that the printer was asked for, each as large as its paper allows."""
        first = printer.fromPage() or 1
        last = min(printer.toPage() or self.page_count, self.page_count)
        painter = QPainter(printer)
        for number in range(first - 1, last):
            if number > first - 1:
                printer.newPage()
            points = self._pdf.pagePointSize(number)
            pixels = (points * _PRINT_DPI / _POINTS).toSize()
            paper = painter.viewport()
            size = QSize(pixels).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            image = self._pdf.render(number, pixels)
            painter.drawImage(QRect(paper.topLeft(), size), image)
        painter.end()
