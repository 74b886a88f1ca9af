"""Palettes, type sizes and the few rules of the look, applied to the whole program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from planner.look import (
    DARK,
    FIGURE_SIZE,
    FONT_FAMILIES,
    GRID,
    LIGHT,
    SMALL_SIZE,
    THEMES,
    TITLE_SIZE,
    Colours,
)
from planner.paths import resources

THEME_CHOICES = ("auto", "light", "dark", "contrast")
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)

_ITEM_MARGIN = 3  # what Qt leaves free at both sides of an item, for a focus frame
_FAINT = 0.7  # of the handles of scroll bars: seen, but not before what scrolls
_BOLD = int(QFont.Weight.DemiBold)

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
        if app.property("style") != "fusion":  # see planner.app
            app.setStyle("fusion")
        _base_size = max(app.font().pointSizeF(), 9.0)
        _add_fonts_if_needed(app)
    font = app.font()
    font.setPointSizeF(_base_size * text_percent / 100)
    app.setFont(font)
    app.setPalette(_palette(_current))
    app.setStyleSheet(_style_sheet(_current, font))


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
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.off))
    return palette


def _type_rules(c: Colours, font: QFont) -> str:
    """The kinds of text by role. Sizes are here too, so that they follow a change while the program runs."""
    body = font.pointSizeF()
    title, figure, small = (f"{body * size:.2f}pt" for size in (TITLE_SIZE, FIGURE_SIZE, SMALL_SIZE))
    return f"""
QLabel[role="title"] {{ font-size: {title}; }}
QLabel[role="figure"] {{ font-size: {figure}; font-weight: {_BOLD}; }}
QPushButton[role="large"] {{ font-size: {figure}; }}
QLabel[role="heading"], QLabel[role="strong"] {{ font-weight: {_BOLD}; }}
QLabel[role="quiet"], IconLabel[role="quiet"] {{ font-size: {small}; color: {c.quiet}; }}
QLabel[role="amber"], QLabel[tone="amber"] {{ color: {c.amber}; }}
"""


def _button_rules(c: Colours, marks: str, line: int) -> str:
    half = GRID // 2
    return f"""
QPushButton {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: {half}px;
  padding: {half + 2}px {2 * GRID}px; min-height: 1.4em;
}}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.selection}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: {half + 1}px {2 * GRID - 1}px; }}
QPushButton:disabled {{ color: {c.off}; background: {c.window}; }}
QPushButton[primary="true"], QPushButton[role="primary"] {{
  background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
}}
QPushButton[primary="true"]:focus, QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[primary="true"]:disabled, QPushButton[role="primary"]:disabled {{
  background: {c.window}; color: {c.off}; border-color: {c.line};
}}
QPushButton[role="link"] {{
  background: transparent; color: {c.accent}; border: 0; border-bottom: 2px solid transparent;
  border-radius: 0; text-align: left; padding: {half}px {half}px 2px 0; text-decoration: underline;
}}
QPushButton[role="link"]:hover {{ background: {c.hover}; }}
QPushButton[role="link"]:focus {{
  background: {c.selection}; border: 0; border-bottom: 2px solid {c.accent};
  padding: {half}px {half}px 2px 0;
}}
QPushButton[role="link"]:disabled {{ color: {c.off}; background: transparent; text-decoration: none; }}
QToolButton {{ border: 2px solid transparent; border-radius: {half}px; padding: {half}px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border-color: {c.accent}; }}
QToolButton[popupMode="2"] {{
  background: {c.surface}; border: 1px solid {c.line}; min-height: 1.4em;
  padding: {half + 2}px {line + 2 * GRID}px {half + 2}px {2 * GRID}px;
}}
QToolButton[popupMode="2"]:hover {{ background: {c.hover}; }}
QToolButton[popupMode="2"]:focus {{ border: 2px solid {c.accent}; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{
  image: url("{marks}/chevron-down.svg"); width: {line}px; height: {line}px;
  subcontrol-origin: border; subcontrol-position: center right; right: {GRID}px;
}}
"""


def _field_rules(c: Colours, marks: str, line: int) -> str:
    half = GRID // 2
    tick = round(line * 0.85)
    return f"""
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {{
  background: {c.surface}; border: 1px solid {c.quiet}; border-radius: {half}px; padding: {half}px {GRID}px;
  min-height: 1.5em; selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus {{
  border: 2px solid {c.accent}; padding: {half - 1}px {GRID - 1}px;
}}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.window}; border-color: {c.line}; }}
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus {{ border-color: {c.accent}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QPlainTextEdit:disabled {{
  color: {c.off}; background: {c.window}; border-color: {c.line};
}}
QLineEdit[bad="true"] {{ border: 2px solid {c.amber}; padding: {half - 1}px {GRID - 1}px; }}
QComboBox {{ padding-left: {GRID + 2}px; padding-right: 0; combobox-popup: 0; }}
QComboBox:focus {{ padding-left: {GRID + 1}px; padding-right: 0; }}
QComboBox::drop-down {{
  border: 0; width: {line + GRID}px; subcontrol-origin: padding; subcontrol-position: center right;
}}
QComboBox::down-arrow {{ image: url("{marks}/chevron-down.svg"); width: {line}px; height: {line}px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.quiet}; border-radius: 0; }}
QComboBox QAbstractItemView::item {{ min-height: 1.7em; padding: 0 {GRID}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: {line}px; }}
QSpinBox::up-arrow {{ image: url("{marks}/chevron-up.svg"); width: {line - 4}px; height: {line // 2}px; }}
QSpinBox::down-arrow {{ image: url("{marks}/chevron-down.svg"); width: {line - 4}px; height: {line // 2}px; }}
QSlider:horizontal {{ min-height: {max(3 * GRID, tick + half + 2)}px; }}
QSlider::groove:horizontal {{ background: {c.line}; height: {half}px; border-radius: {half // 2}px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: {half // 2}px; }}
QSlider::handle:horizontal {{
  background: {c.surface}; border: 2px solid {c.accent}; border-radius: {tick // 2 + 2}px;
  width: {tick}px; height: {tick}px; margin: -{(tick + 4 - half) // 2}px 0;
}}
QSlider::handle:horizontal:hover {{ background: {c.hover}; }}
QSlider::handle:horizontal:focus {{ background: {c.accent}; }}
QSlider::handle:horizontal:disabled {{ border-color: {c.line}; }}
QCheckBox, QRadioButton {{ spacing: {half}px; min-height: {max(3 * GRID, line + GRID)}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.off}; }}
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{
  width: {tick}px; height: {tick}px; border: 1px solid {c.quiet}; background: {c.surface};
}}
QCheckBox::indicator, QAbstractItemView::indicator {{ border-radius: {max(3, tick // 5)}px; }}
QRadioButton::indicator {{ border-radius: {(tick + 2) // 2}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ background: {c.hover}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
  background: {c.accent}; border-color: {c.accent}; image: url("{marks}/check.svg");
}}
QRadioButton::indicator:checked {{
  border-color: {c.accent};
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 {c.accent}, stop: 0.55 {c.accent}, stop: 0.62 {c.surface}, stop: 1 {c.surface});
}}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled {{ border-color: {c.line}; }}
QCheckBox::indicator:checked:disabled {{ background: {c.off}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{
  border: 2px solid {c.accent}; width: {tick - 2}px; height: {tick - 2}px;
}}
QCheckBox::indicator:checked:focus {{ border-color: {c.text}; }}
"""


def _list_rules(c: Colours, marks: str, line: int) -> str:
    half = GRID // 2
    return f"""
QTableView, QTreeView, QListView {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: {half}px;
  selection-background-color: {c.selection}; selection-color: {c.text}; outline: 0;
}}
QTableView::item, QListView::item {{ padding: 0 {GRID}px; }}
QListView::item {{ min-height: 1.4em; padding: {half}px {GRID}px; }}
QTableView::item:hover, QListView::item:hover {{ background: {c.hover}; }}
QTableView::item:selected, QListView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 2px solid {c.accent}; }}
QCalendarWidget QTableView {{ border: 0; }}
QCalendarWidget QTableView::item {{ padding: 0; }}
#qt_calendar_navigationbar {{ background: {c.surface}; }}
#qt_calendar_prevmonth, #qt_calendar_nextmonth {{ qproperty-icon: none; min-width: {line}px; }}
#qt_calendar_prevmonth {{ image: url("{marks}/chevron-left.svg"); }}
#qt_calendar_nextmonth {{ image: url("{marks}/chevron-right.svg"); }}
QHeaderView {{ background: {c.surface}; border: 0; border-bottom: 1px solid {c.line}; }}
QHeaderView::section {{
  background: {c.surface}; color: {c.quiet}; border: 0; padding: {half}px {GRID + _ITEM_MARGIN}px;
}}
QTabBar::tab {{
  background: transparent; padding: {GRID}px {GRID + half}px; border-bottom: 2px solid transparent;
}}
QTabBar::tab:hover {{ background: {c.hover}; }}
QTabBar::tab:selected {{ border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ color: {c.accent}; background: {c.selection}; }}
QTabBar::scroller {{ width: {2 * line}px; }}
QTabBar QToolButton {{ background: {c.window}; border: 0; padding: 0; }}
QTabBar QToolButton::left-arrow {{ image: url("{marks}/chevron-left.svg"); }}
QTabBar QToolButton::right-arrow {{ image: url("{marks}/chevron-right.svg"); }}
QTabBar::tab:disabled {{ color: {c.off}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
"""


def _part_rules(c: Colours, line: int) -> str:
    """What only one part of the window has."""
    half = GRID // 2
    handle = QColor(c.off)
    handle.setAlphaF(_FAINT)
    faint = f"rgba({handle.red()}, {handle.green()}, {handle.blue()}, {handle.alpha()})"
    return f"""
#sidebar {{
  background: {c.sunken}; border: 0; border-right: 1px solid {c.line}; border-radius: 0;
  padding-top: {GRID}px; qproperty-iconSize: {line + half}px {line}px;
}}
#sidebar::item {{
  min-height: 0; padding: {GRID}px 0 {GRID}px {GRID}px;
  border: 2px solid transparent; border-left: 3px solid transparent;
}}
#sidebar::item:selected {{ border-left: 3px solid {c.accent}; }}
#sidebar::item:selected:focus {{ border: 2px solid {c.accent}; border-left: 3px solid {c.accent}; }}
#sidebar::item:disabled {{ color: {c.off}; }}
#pane {{ background: {c.surface}; border: 0; border-left: 1px solid {c.line}; }}
#pane QScrollArea, #pane QScrollArea > QWidget > QWidget {{ background: {c.surface}; }}
#figure {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {GRID}px; }}
#card {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {GRID}px; }}
#warning {{ background: {c.amber_tint}; border: 0; border-left: 4px solid {c.amber}; }}
#warning:focus {{ border: 2px solid {c.accent}; border-left: 4px solid {c.amber}; }}
#warning QLabel {{ color: {c.on_amber}; }}
#banner {{ background: {c.selection}; border: 0; }}
#toast {{ background: {c.text}; border-radius: {half}px; }}
#toast QLabel {{ color: {c.window}; }}
#toast QPushButton {{ color: {c.window}; }}
#toast QPushButton:hover, #toast QPushButton:focus {{ background: transparent; border-color: {c.window}; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {half}px; }}
QMenuBar {{ background: {c.window}; border-bottom: 1px solid {c.line}; }}
QMenuBar::item {{ background: transparent; padding: {half + 2}px {GRID + 2}px; }}
QMenuBar::item:selected {{ background: {c.selection}; }}
QMenuBar::item:disabled, QMenu::item:disabled {{ color: {c.off}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: {GRID + half}px; }}
QScrollBar:horizontal {{ height: {GRID + half}px; }}
QScrollBar::handle {{ background: {faint}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: {4 * GRID}px; }}
QScrollBar::handle:horizontal {{ min-width: {4 * GRID}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c.line}; }}
"""


def _style_sheet(c: Colours, font: QFont) -> str:
    """The rules that Fusion's palette cannot express; every colour comes from the theme."""
    line = QFontMetrics(font).height()
    theme = next(name for name, known in THEMES.items() if known is c)
    marks = (resources() / "icons" / theme).as_posix()
    # Wider than high: an icon stands at the left of its room, which keeps it apart from its words.
    # Return presses a button that has the keyboard, as Space does.
    icons = f"""
QPushButton {{ qproperty-iconSize: {line + GRID // 2}px {line}px; qproperty-autoDefault: true; }}
QToolButton {{ qproperty-iconSize: {line}px {line}px; }}
"""
    return "".join(
        (
            icons,
            _button_rules(c, marks, line),
            _field_rules(c, marks, line),
            _list_rules(c, marks, line),
            _part_rules(c, line),
            _type_rules(c, font),
        )
    )
