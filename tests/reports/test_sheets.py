"""Tables as files: text is never a formula, numbers stay numbers, what is read back is what was written."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import i18n
from planner.domain.account import Account
from planner.domain.adopted.matching import Record
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment
from planner.domain.adopted.progress import progress
from planner.domain.bill import LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.forecast import forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.derivation import Derivation, Derived
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, Stream
from planner.domain.payoff.calendar import by_month, payables
from planner.domain.payoff.side_by_side import ScenarioResult, compare_scenarios
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.reports.csv_file import CsvStyle, csv_bytes
from planner.reports.sheet import Cell, Kind, Sheet, SheetColumn, shown_rows, with_totals
from planner.reports.sheets import (
    OrderRow,
    calendar_sheet,
    cash_sheet,
    choices_sheet,
    creditors_sheet,
    options_sheet,
    orders_sheet,
    progress_sheet,
    scenarios_sheet,
)
from planner.reports.xlsx_file import xlsx_bytes

DEC, JAN = date(2026, 12, 10), date(2027, 1, 10)
COLUMNS = (
    SheetColumn(Phrase("What")),
    SheetColumn(Phrase("Amount"), Kind.MONEY, "CNY"),
    SheetColumn(Phrase("Date"), Kind.DATE),
    SheetColumn(Phrase("Payments"), Kind.COUNT),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("京东白条", Money(123_456, "CNY"), DEC, 3),
    (Phrase("Pay in full"), Money(-5, "CNY"), None, None),
)
SHEET = with_totals(Phrase("Table"), COLUMNS, ROWS, (Phrase("A note."),))

# CWE-1236: what a spreadsheet would run, with the separators that could start a new cell.
ATTACKS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    " =1+1",
    "'=1+1",
    "''+1",
    '";=1+1;"',
    '=1+1";=1+1',
]
HARMLESS = ["JD", "3 instalments", "1-2", "a=b", "'quoted'", "“=”", "京东-白条", "", "–", "5", "(−5)"]


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def read_csv(content: bytes, style: CsvStyle, mark: str = ".") -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf") == (style is CsvStyle.EXCEL)
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if mark == "," else ","))


def without_guard(text: str) -> str:
    """The text as it was: the one quote that was put before it is taken off."""
    return text[1:] if re.match(r"'(['\s]*[=+\-@＝＋－＠]|['\s]*[\t\r\n])", text) else text


# --- CSV ----------------------------------------------------------------------------------------------


def test_a_plain_file_has_the_rows_and_nothing_else() -> None:
    assert csv_bytes(SHEET, CsvStyle.PLAIN).decode() == (
        "What,Amount (CNY),Date,Payments\r\n京东白条,1234.56,2026-12-10,3\r\nPay in full,-0.05,,\r\n"
    )


def test_a_file_for_excel_has_a_mark_and_the_sums() -> None:
    assert csv_bytes(SHEET).decode("utf-8") == (
        "\ufeffWhat,Amount (CNY),Date,Payments\r\n京东白条,1234.56,2026-12-10,3\r\n"
        "Pay in full,-0.05,,\r\nTogether,1234.51,,\r\n"
    )


def test_where_the_comma_is_the_decimal_sign_excel_expects_semicolons() -> None:
    with i18n.speaking("fr"):
        rows = read_csv(csv_bytes(SHEET), CsvStyle.EXCEL, ",")
        plain = read_csv(csv_bytes(SHEET, CsvStyle.PLAIN), CsvStyle.PLAIN)
    assert [row[1] for row in rows[1:]] == ["1234,56", "-0,05", "1234,51"]
    assert [row[1] for row in plain[1:]] == ["1234.56", "-0.05"]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("style", CsvStyle)
@pytest.mark.parametrize("mark", [".", ","])
def test_no_text_becomes_a_formula(text: str, style: CsvStyle, mark: str) -> None:
    sheet = Sheet(Phrase("T"), (SheetColumn(Phrase.own(text)),), ((text,), (Phrase.own(text),)))
    with i18n.speaking("fr" if mark == "," else "en"):
        content = csv_bytes(sheet, style)
    rows = read_csv(content, style, mark if style is CsvStyle.EXCEL else ".")

    assert len(rows) == 3
    for (cell,) in rows:
        assert cell[:1] not in set("=+-@＝＋－＠\t\r\n ") or cell == text == '";=1+1;"'
        assert without_guard(cell) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    sheet = Sheet(Phrase("T"), (SheetColumn(Phrase("A")), SheetColumn(Phrase("B"))), ((text, "x"),))

    assert read_csv(csv_bytes(sheet), CsvStyle.EXCEL)[1] == [text, "x"]


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
cells = st.tuples(
    texts | st.sampled_from(ATTACKS),
    st.none() | st.integers(-(10**13), 10**13),
    st.none() | st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.none() | st.integers(0, 10**6),
)


@given(st.lists(cells, max_size=6), st.sampled_from(CsvStyle), st.sampled_from(["en", "fr", "zh"]))
def test_what_is_read_back_is_what_was_written(
    rows: list[tuple[str, int | None, date | None, int | None]], style: CsvStyle, language: str
) -> None:
    written: list[tuple[Cell, ...]] = [
        (text, cny(minor) if minor is not None else None, on, count) for text, minor, on, count in rows
    ]
    sheet = with_totals(Phrase("T"), COLUMNS, written)
    mark = "," if language == "fr" and style is CsvStyle.EXCEL else "."
    with i18n.speaking(language):
        content = csv_bytes(sheet, style)
        assert csv_bytes(sheet, style) == content

    found = read_csv(content, style, mark)[1:]
    if style is CsvStyle.EXCEL:
        total = found.pop()
        assert Decimal(total[1].replace(mark, ".")) == sum(
            (cny(minor).decimal for _text, minor, _on, _count in rows if minor is not None), Decimal(0)
        )
    assert [
        (
            without_guard(text),
            Money.of(amount.replace(mark, "."), "CNY") if amount else None,
            date.fromisoformat(on) if on else None,
            int(count) if count else None,
        )
        for text, amount, on, count in found
    ] == written


def test_amounts_have_the_places_of_their_currency() -> None:
    columns = tuple(SheetColumn(Phrase("Amount"), Kind.MONEY, currency) for currency in ("JPY", "KWD"))
    sheet = Sheet(Phrase("T"), columns, ((Money(-1_200, "JPY"), Money(1_200, "KWD")),))

    rows = read_csv(csv_bytes(sheet), CsvStyle.EXCEL)
    assert rows == [["Amount (JPY)", "Amount (KWD)"], ["-1200", "1.200"]]


# --- XLSX ---------------------------------------------------------------------------------------------

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """A workbook as its XML says."""

    def __init__(self, content: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        names = self.zip.namelist()
        self.texts = (
            [
                "".join(part.text or "" for part in entry.iter(f"{{{NS['m']}}}t"))
                for entry in self.xml("xl/sharedStrings.xml")
            ]
            if "xl/sharedStrings.xml" in names
            else []
        )
        styles = self.xml("xl/styles.xml")
        forms = {form.get("numFmtId"): form.get("formatCode") for form in styles.iterfind(".//m:numFmt", NS)}
        self.forms = [
            forms.get(form.get("numFmtId"), form.get("numFmtId"))
            for form in styles.iterfind("m:cellXfs/m:xf", NS)
        ]
        self.names = [sheet.get("name") for sheet in self.xml("xl/workbook.xml").iterfind(".//m:sheet", NS)]

    def xml(self, name: str) -> ET.Element:
        """One of its parts."""
        return ET.fromstring(self.zip.read(name))  # noqa: S314 - we have just written it

    def page(self, number: int = 1) -> ET.Element:
        """One of its sheets."""
        return self.xml(f"xl/worksheets/sheet{number}.xml")

    def rows(self, number: int = 1) -> list[list[tuple[object, str | None]]]:
        """The value of each cell and how it is shown."""
        return [
            [self.cell(cell) for cell in row.iterfind("m:c", NS)]
            for row in self.page(number).iterfind(".//m:row", NS)
        ]

    def cell(self, cell: ET.Element) -> tuple[object, str | None]:
        """The value of a cell and how it is shown."""
        form = self.forms[int(cell.get("s", "0"))]
        value = cell.find("m:v", NS)
        if value is None:
            return None, form
        text = value.text or ""
        return (self.texts[int(text)] if cell.get("t") == "s" else Decimal(text)), form


def day_number(on: date) -> Decimal:
    """A date as Excel counts it, from 30 December 1899 on."""
    return Decimal((on - date(1899, 12, 30)).days)


def test_a_workbook_holds_typed_cells() -> None:
    rows = Book(xlsx_bytes([SHEET])).rows()

    money, text, day, count = "#,##0.00", "@", "yyyy-mm-dd", "1"  # 1 is the built-in "0"
    assert [[value for value, _form in row] for row in rows[:4]] == [
        ["What", "Amount (CNY)", "Date", "Payments"],
        ["京东白条", Decimal("1234.56"), day_number(DEC), Decimal(3)],
        ["Pay in full", Decimal("-0.05"), None, None],
        ["Together", Decimal("1234.51"), None, None],
    ]
    for row in rows[1:4]:
        assert [form for _value, form in row] == [text, money, day, count]
    assert rows[4] == [("A note.", "0")]


def test_the_headings_stay_in_sight_and_the_columns_are_wide_enough() -> None:
    page = Book(xlsx_bytes([SHEET])).page()

    pane = page.find(".//m:pane", NS)
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("topLeftCell"), pane.get("state")) == ("1", "A2", "frozen")
    widths = [float(column.get("width", "0")) for column in page.iterfind(".//m:col", NS)]
    # "Pay in full" is 11 wide, "1,234.56" 8, "10 Dec 2026" 11, "Payments" 8: and two more.
    assert [round(width) for width in widths] == [14, 11, 14, 11]


@pytest.mark.parametrize("text", ATTACKS)
def test_in_a_workbook_every_text_is_a_text(text: str) -> None:
    book = Book(xlsx_bytes([Sheet(Phrase("T"), (SheetColumn(Phrase.own(text)),), ((text,),))]))

    assert not list(book.page().iter(f"{{{NS['m']}}}f"))
    assert not list(book.page().iter(f"{{{NS['m']}}}hyperlink"))
    values = [value for row in book.rows() for value, _form in row]
    # XML turns a carriage return into a line feed unless it is written as a number.
    assert [str(value).replace("_x000D_", "\r") for value in values] in (
        [text, text],
        [text.replace("\r", "\n")] * 2,
    )


def test_the_same_tables_give_the_same_file() -> None:
    first = xlsx_bytes([SHEET, SHEET])

    assert xlsx_bytes([SHEET, SHEET]) == first
    assert b"2000-01-01" in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["A/B: [c]*?\\"], ["A B   c"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 29 + " 2"]),
        (["'quoted'", "", "?"], ["quoted", "1", "1 2"]),
    ],
)
def test_names_of_sheets_are_what_excel_allows_and_differ(
    titles: Sequence[str], names: Sequence[str]
) -> None:
    sheets = [Sheet(Phrase.own(title), (SheetColumn(Phrase("A")),), ()) for title in titles]

    assert Book(xlsx_bytes(sheets)).names == list(names)


@given(st.lists(cells, max_size=5))
def test_what_is_read_out_of_a_workbook_is_what_was_written(
    rows: list[tuple[str, int | None, date | None, int | None]],
) -> None:
    written = [
        (text, cny(minor) if minor is not None else None, on, count) for text, minor, on, count in rows
    ]
    found = Book(xlsx_bytes([Sheet(Phrase("T"), COLUMNS, tuple(written))])).rows()[1:]

    for (text, amount, on, count), row in zip(written, found, strict=True):
        values = [value for value, _form in row]
        if text.isprintable() and text:
            assert values[0] == text
        assert values[1] == (amount.decimal if amount is not None else None)
        assert values[2] == (day_number(on) if on is not None else None)
        assert values[3] == count


# --- the tables themselves ----------------------------------------------------------------------------

NAMES = {"jd": "JD Baitiao"}


def a_decision(number: int, account: str, payments: list[tuple[date, int]], owed: int) -> Decision:
    high = Stream(
        tuple((on, cny(minor)) for on, minor in payments),
        cny(sum(minor for _on, minor in payments) - owed),
        cny(2),
    )
    low = Stream(high.payments, cny(1), cny(0))
    option = Option(
        f"o{number}", OptionKind.INSTALMENTS, Phrase("3 instalments"), high, low, apply_by=date(2026, 12, 9)
    )
    return Decision(
        f"d{number}", Phrase("Bill"), account, "Huabei", cny(owed), (option,), left_out=(Phrase("Too late."),)
    )


def figure(low: int, high: int) -> Derived[Span[Money]]:
    return Derived(Span(cny(low), cny(high)), Derivation(Phrase("Rule")))


FIRST = a_decision(1, "jd", [(DEC, 400), (JAN, 605)], 1_000)
SECOND = a_decision(2, "hb", [(DEC, 300)], 290)
PAID = payables([(each, each.options[0], figure(1, 5)) for each in (FIRST, SECOND)])


def test_the_calendar_says_what_to_pay_to_whom_when() -> None:
    assert shown_rows(calendar_sheet(PAID, NAMES, "CNY")) == [
        ["Month", "Date", "To whom", "What for", "How", "Amount (CNY)"],
        ["2026-12", "10 Dec 2026", "JD Baitiao", "Bill", "3 instalments", "4.00"],
        ["2026-12", "10 Dec 2026", "Huabei", "Bill", "3 instalments", "3.00"],
        ["2027-01", "10 Jan 2027", "JD Baitiao", "Bill", "3 instalments", "6.05"],
        ["Together", "", "", "", "", "13.05"],
    ]


def test_each_creditor_has_a_row_and_each_month_a_column() -> None:
    assert shown_rows(creditors_sheet(by_month(PAID, "CNY"), NAMES, "CNY")) == [
        ["To whom", "Dec 2026 (CNY)", "Jan 2027 (CNY)", "Together (CNY)"],
        ["JD Baitiao", "4.00", "6.05", "10.05"],
        ["Huabei", "3.00", "", "3.00"],
        ["Together", "7.00", "6.05", "13.05"],
    ]


def test_what_was_chosen_stands_with_its_sums() -> None:
    sheet = choices_sheet([(each, each.options[0]) for each in (FIRST, SECOND)], NAMES, "CNY")

    assert shown_rows(sheet) == [
        [
            *("To whom", "What for", "Way", "Owed (CNY)", "Cost, at least (CNY)", "Cost, at most (CNY)"),
            *("Last payment", "Ask by"),
        ],
        ["JD Baitiao", "Bill", "3 instalments", "10.00", "0.01", "0.05", "10 Jan 2027", "9 Dec 2026"],
        ["Huabei", "Bill", "3 instalments", "2.90", "0.01", "0.10", "10 Dec 2026", "9 Dec 2026"],
        ["Together", "", "", "12.90", "0.02", "0.15", "", ""],
    ]


def test_every_way_stands_with_what_it_comes_to() -> None:
    sheet = options_sheet([FIRST, SECOND], {"d2": "o2"}, NAMES, "CNY")

    rows = shown_rows(sheet)
    assert [row[:4] for row in rows[1:]] == [
        ["JD Baitiao", "Bill", "3 instalments", "no"],
        ["Huabei", "Bill", "3 instalments", "yes"],
    ]
    assert [row[4:] for row in rows[1:]] == [
        ["10.00", "0.01", "0.05", "0.02", "10.05", "2", "10 Jan 2027", "9 Dec 2026"],
        ["2.90", "0.01", "0.10", "0.02", "3.00", "1", "10 Dec 2026", "9 Dec 2026"],
    ]
    assert len(rows[0]) == 12
    assert list(map(str, sheet.notes)) == ["Bill: Too late."]
    assert sheet.totals is None


def test_the_forecast_stands_day_by_day_with_what_is_there_at_the_end() -> None:
    account = CashAccount("Purse", "CNY", (Balance(date(2026, 11, 21), cny(1_000)),))
    start = date(2026, 11, 22)
    moves = [
        Movement(DEC, cny(-700), Phrase("Rent"), MovementKind.EXPENSE),
        Movement(DEC, cny(50), Phrase("Salary"), MovementKind.INCOME),
        Movement(JAN, cny(400), Phrase("Salary"), MovementKind.INCOME),
    ]
    sheet = cash_sheet(forecast([account], moves, cny(500), start, JAN + timedelta(days=9)))

    assert shown_rows(sheet) == [
        ["Date", "What", "Amount (CNY)", "Balance at the end of the day (CNY)", "Below the reserve (CNY)"],
        ["22 Nov 2026", "Balance", "", "10.00", ""],
        ["10 Dec 2026", "Salary", "0.50", "", ""],
        ["10 Dec 2026", "Rent", "-7.00", "3.50", "1.50"],
        ["10 Jan 2027", "Salary", "4.00", "7.50", ""],
    ]
    assert list(map(str, sheet.notes)) == [
        "It starts from Purse, seen on 2026-11-21: 10.00 CNY.",
        "Reserve: 5.00 CNY",
    ]


def test_what_was_planned_stands_beside_what_was_paid() -> None:
    payments = tuple(
        PlannedPayment("jd", "a", on, cny(minor), cny(minor), cny(0), cny(0))
        for on, minor in ((DEC, 60), (JAN, 40))
    )
    plan = AdoptedPlan(
        "CNY", Method.OPTIMUM, date(2026, 11, 22), cny(0), cny(0), is_proved=True, payments=payments
    )
    due = Due(
        DueKind.BILL,
        "a",
        "jd",
        Phrase("Bill"),
        JAN,
        {LineKind.PURCHASE: cny(100)},
        paid=(Allocation("p", DEC, cny(70)),),
    )

    sheet = progress_sheet(progress(plan, Record({"a": due}, {}), DEC, NAMES))

    assert shown_rows(sheet) == [
        [
            "What for",
            "Planned for",
            "Planned (CNY)",
            "Paid (CNY)",
            "Paid on",
            "Still to pay (CNY)",
            "How it stands",
        ],
        ["JD Baitiao: Bill", "10 Dec 2026", "0.60", "0.60", "10 Dec 2026", "0.00", "paid on 10 Dec 2026"],
        ["JD Baitiao: Bill", "10 Jan 2027", "0.40", "0.10", "10 Dec 2026", "0.30", "CN¥0.10 of it is paid"],
        ["Together", "", "1.00", "0.70", "", "0.30", ""],
    ]
    assert list(map(str, sheet.notes)) == ["0.10 CNY was paid ahead of the plan."]


def test_what_ifs_stand_side_by_side() -> None:
    rows = compare_scenarios(
        [
            ScenarioResult("", Phrase("As recorded"), cny(100), cny(0), DEC, cny(5), 2, is_proved=True),
            ScenarioResult("b", Phrase.own("Ill"), not_feasible=Phrase("Not enough")),
            ScenarioResult("c", Phrase.own("Bonus"), cny(90), cny(0), JAN, None, 1),
        ]
    )

    assert shown_rows(scenarios_sheet(rows, "CNY"))[1:] == [
        ["As recorded", "1.00", "0.00", "", "10 Dec 2026", "0.05", "2", "yes", ""],
        ["Ill", "", "", "", "", "", "", "no", "Not enough"],
        ["Bonus", "0.90", "0.00", "-0.10", "10 Jan 2027", "", "1", "no", ""],
    ]


def test_orders_stand_with_their_cost_and_their_end() -> None:
    ends = Derived(Span(DEC, JAN), Derivation(Phrase("Rule")))
    courses: list[OrderRow] = [
        (Phrase("Snowball"), figure(1, 2), ends, Phrase("yes")),
        (Phrase("Only the minimums"), None, None, None),
    ]

    sheet = orders_sheet(courses, "CNY")
    assert shown_rows(sheet)[1:] == [
        ["Snowball", "0.01", "0.02", "10 Dec 2026", "10 Jan 2027", "yes"],
        ["Only the minimums", "", "", "", "", ""],
    ]
    assert list(map(str, sheet.notes)) == ["An order without a day never pays everything."]
    assert orders_sheet(courses[:1], "CNY").notes == ()


def test_every_table_can_be_both_kinds_of_file() -> None:
    sheets = [
        calendar_sheet(PAID, NAMES, "CNY"),
        creditors_sheet(by_month(PAID, "CNY"), NAMES, "CNY"),
        options_sheet([FIRST], {}, NAMES, "CNY"),
        orders_sheet([], "CNY"),
    ]

    book = Book(xlsx_bytes(sheets))
    assert book.names == [
        "What to pay when",
        "What each creditor gets",
        "Ways of each debt",
        "Orders of paying",
    ]
    for number, sheet in enumerate(sheets, start=1):
        plain = read_csv(csv_bytes(sheet, CsvStyle.PLAIN), CsvStyle.PLAIN)
        assert len(plain) == 1 + len(sheet.rows)
        assert [value for value, _form in book.rows(number)[0]] == plain[0]


def test_an_account_without_a_name_is_called_by_its_lender() -> None:
    account = Account("JD", "JD", "CNY")
    assert [row[2] for row in calendar_sheet(PAID, {"jd": account.name}, "CNY").rows] == [
        "JD",
        "Huabei",
        "JD",
    ]
