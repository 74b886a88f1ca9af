"""Palettes, type sizes and the few rules of the look, applied to the whole program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from planner.look import DARK, FONT_FAMILIES, GRID, LIGHT, THEMES, Colours
from planner.paths import resources

THEME_CHOICES = ("auto", "light", "dark", "contrast")
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)

_current = LIGHT
_base_size = 0.0


def colours() -> Colours:
    """The colours in use."""
    return _current


def is_dark() -> bool:
    """Whether the theme in use is a dark one."""
    return _current is not LIGHT


def apply_theme(app: QApplication, theme: str, text_percent: int = 100) -> None:
    """Set palette, type size and style of the whole program.

    Args:
        app: The application.
        theme: One of THEME_CHOICES; ``auto`` follows the system where it says.
        text_percent: The size of the text, 100 being the system's own.
    """
    global _current, _base_size  # noqa: PLW0603 - there is one look for the whole program at a time
    _current = THEMES.get(theme) or _system_colours()
    if not _base_size:
        app.setStyle("fusion")
        _base_size = max(app.font().pointSizeF(), 9.0)
        _add_fonts_if_needed(app)
    font = app.font()
    font.setPointSizeF(_base_size * text_percent / 100)
    app.setFont(font)
    app.setPalette(_palette(_current))
    app.setStyleSheet(_style_sheet(_current))


def scaled_font(size: float, *, is_bold: bool = False) -> QFont:
    """The system's font at a size relative to the body."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * size)
    if is_bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _system_colours() -> Colours:
    # Held in a variable: on a temporary the C++ object may be gone before the answer.
    hints = QGuiApplication.styleHints()
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def _add_fonts_if_needed(app: QApplication) -> None:
    """Register the bundled fonts where the system cannot write Chinese.

    The extension has the many rare characters; it is as cheap to register as any other.
    """
    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    font = app.font()
    font.setFamilies([*font.families(), *FONT_FAMILIES[:2]])
    app.setFont(font)


def _palette(c: Colours) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: c.window,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.sunken,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.Button: c.surface,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.BrightText: c.amber,
        QPalette.ColorRole.ToolTipBase: c.surface,
        QPalette.ColorRole.ToolTipText: c.text,
        QPalette.ColorRole.PlaceholderText: c.quiet,
        QPalette.ColorRole.Highlight: c.selection,
        QPalette.ColorRole.HighlightedText: c.text,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.LinkVisited: c.accent,
        QPalette.ColorRole.Accent: c.accent,
        QPalette.ColorRole.Mid: c.line,
        QPalette.ColorRole.Midlight: c.line,
        QPalette.ColorRole.Light: c.surface,
        QPalette.ColorRole.Dark: c.line,
        QPalette.ColorRole.Shadow: c.line,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.quiet))
    return palette


def _style_sheet(c: Colours) -> str:
    """The rules that Fusion's palette cannot express; every colour comes from the theme."""
    half = GRID // 2
    return f"""
QLabel[role="quiet"] {{ color: {c.quiet}; }}
QLabel[role="amber"] {{ color: {c.amber}; }}
QPushButton {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: {half}px;
  padding: {half + 2}px {2 * GRID}px; min-height: 1.4em;
}}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: {half + 1}px {2 * GRID - 1}px; }}
QPushButton:disabled {{ color: {c.quiet}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="link"] {{
  background: transparent; color: {c.accent}; border: 1px solid transparent; text-align: left;
  padding: 2px {half}px; text-decoration: underline;
}}
QPushButton[role="link"]:hover {{ background: {c.hover}; }}
QPushButton[role="link"]:focus {{ border: 1px solid {c.accent}; padding: 2px {half}px; }}
QToolButton {{ border: 1px solid transparent; border-radius: {half}px; padding: {half}px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border-color: {c.accent}; }}
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {{
  background: {c.surface}; border: 1px solid {c.quiet}; border-radius: {half}px; padding: {half}px {GRID}px;
  min-height: 1.5em; selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus {{ border: 2px solid {c.accent}; }}
QLineEdit[bad="true"] {{ border: 2px solid {c.amber}; }}
QComboBox::drop-down {{ border: 0; width: {3 * GRID}px; }}
QCheckBox, QRadioButton {{ spacing: {GRID}px; min-height: {3 * GRID}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
QCheckBox::indicator:unchecked, QListView::indicator:unchecked, QTreeView::indicator:unchecked {{
  border: 1px solid {c.quiet}; border-radius: 3px; background: {c.surface};
}}
QRadioButton::indicator:unchecked {{
  border: 1px solid {c.quiet}; border-radius: 7px; background: {c.surface};
}}
QTableView, QTreeView, QListView {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: {half}px;
  selection-background-color: {c.selection}; selection-color: {c.text}; outline: 0;
}}
QTableView::item, QListView::item {{ padding: 0 {GRID}px; }}
QTableView::item:hover, QListView::item:hover {{ background: {c.hover}; }}
QTableView::item:selected, QListView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QTableView:focus, QListView:focus {{ border: 2px solid {c.accent}; }}
QHeaderView::section {{
  background: {c.surface}; color: {c.quiet}; border: 0; border-bottom: 1px solid {c.line}; padding: {half}px {GRID}px;
}}
QTabBar::tab {{ background: transparent; padding: {GRID}px {2 * GRID}px; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ color: {c.accent}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
#sidebar {{ background: {c.sunken}; border: 0; border-right: 1px solid {c.line}; border-radius: 0; padding-top: {GRID}px; }}
#sidebar::item {{ padding: {GRID}px {GRID}px; border-left: 3px solid transparent; }}
#sidebar::item:selected {{ border-left: 3px solid {c.accent}; }}
#pane {{ background: {c.surface}; border: 0; border-left: 1px solid {c.line}; }}
#pane QScrollArea, #pane QScrollArea > QWidget > QWidget {{ background: {c.surface}; }}
#figure {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {GRID}px; }}
#card {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {GRID}px; }}
#warning {{ background: {c.amber_tint}; border: 0; border-left: 4px solid {c.amber}; }}
#warning QLabel {{ color: {c.on_amber}; }}
#banner {{ background: {c.selection}; border: 0; }}
#toast {{ background: {c.text}; border-radius: {half}px; }}
#toast QLabel {{ color: {c.window}; }}
#toast QPushButton {{ color: {c.window}; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {half}px; }}
QSplitter::handle {{ background: {c.line}; }}
"""
