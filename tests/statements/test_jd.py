from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.money import Money
from planner.errors import PlannerError
from planner.statements import jd
from planner.statements.jd import parse_amount
from planner.statements.statement import (
    BadAmountError,
    BadQuotesError,
    BadRowError,
    BadTimeError,
    Direction,
    EncodingError,
    MissingColumnsError,
    NoHeaderError,
    RefundTooLargeError,
    RowKind,
    RowState,
    Statement,
    TruncatedError,
    UnknownDirectionError,
    UnknownStateError,
)
from planner.statements.text import decode

OURS = Path(__file__).parents[1] / "data/jd/baitiao.csv"
REAL = Path(__file__).parents[2].parent / "shared/samples/jd/example-jd-records.csv"

DATA = OURS.read_bytes().replace(b"\r\n", b"\n")
TEXT = DATA.decode("utf-8-sig")
PREAMBLE, NAMES, *ROWS = (
    TEXT.partition("交易时间,")[0],
    *("交易时间," + TEXT.partition("交易时间,")[2]).splitlines(),
)

fen = st.integers(min_value=0, max_value=10**11)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def read_jd(data: bytes) -> Statement:
    return jd.read(decode(data))


def read(text: str) -> Statement:
    return read_jd(text.encode())


def with_row(row: str) -> str:
    """Our sample with its first row replaced; that row is on line 23."""
    return TEXT.replace(ROWS[0], row)


def one_kind(row: str) -> RowKind:
    return read(with_row(row)).rows[0].kind


# --- A real export


@pytest.mark.skipif(not REAL.exists(), reason="the shared samples are not here")
def test_the_totals_of_a_real_export_are_those_it_states() -> None:
    statement = read_jd(REAL.read_bytes())

    assert statement.header_line == 22
    assert len(statement.rows) == statement.totals.rows == 26
    assert (statement.expense_rows, statement.expense_net) == (16, cny("1648.43"))
    assert (statement.neutral_rows, statement.neutral_net) == (10, cny("1097.59"))
    assert statement.totals.neutral == cny("1097.59")
    assert statement.period == (date(2024, 12, 1), date(2024, 12, 31))
    assert statement.differences == ()


@pytest.mark.skipif(not REAL.exists(), reason="the shared samples are not here")
def test_the_rows_of_a_real_export_are_told_apart() -> None:
    rows = read_jd(REAL.read_bytes()).rows

    assert Counter(row.kind for row in rows) == {
        RowKind.PURCHASE: 17,
        RowKind.REFUND: 7,
        RowKind.PROVISIONAL: 2,
    }
    assert rows[0].at == datetime.fromisoformat("2024-12-30 17:16:02")
    assert rows[0].order_number == "JDX100000011234"
    assert len({row.key for row in rows}) == 26


# --- Our own sample


def test_the_totals_of_our_sample_are_those_it_states() -> None:
    statement = read_jd(DATA)

    assert statement.differences == ()
    assert (statement.format, statement.encoding, statement.currency) == ("jd", "utf-8", "CNY")
    assert statement.header_line == 22
    assert statement.period == (date(2026, 9, 15), date(2026, 11, 15))
    assert statement.income_net == cny("1.26")
    assert statement.expense_net == cny("3484.30")
    assert statement.neutral_net == cny("1463.45")


def test_every_row_knows_its_physical_line() -> None:
    lines = TEXT.splitlines()

    for row in read_jd(DATA).rows:
        assert lines[row.line - 1].startswith(
            f"{row.at:%Y-%m-%d %H:%M:%S}\t,{row.merchant},{row.description},"
        )


def test_a_row_is_read_by_the_names_of_its_columns() -> None:
    row = read_jd(DATA).rows[4]

    assert row.at == datetime.fromisoformat("2026-11-11 00:02:41")
    assert (row.merchant, row.description) == ("京东平台商户", "示例牌 机械键盘 87键 有线 等多件")
    assert (row.gross, row.refunded, row.net) == (cny("568.80"), cny("129.90"), cny("438.90"))
    assert (row.method, row.category, row.order_number) == ("京东白条", "电脑办公", "900000000022")
    assert (row.state, row.direction, row.kind) == (RowState.SUCCESS, Direction.EXPENSE, RowKind.PURCHASE)


def test_refunds_repayments_and_provisional_rows_are_told_apart() -> None:
    kinds = Counter(row.kind for row in read_jd(DATA).rows)

    assert kinds == {
        RowKind.PURCHASE: 18,
        RowKind.REFUND: 4,
        RowKind.PROVISIONAL: 2,
        RowKind.REPAYMENT: 2,
        RowKind.OTHER: 1,
    }


def test_a_purchase_that_came_back_whole_is_still_a_purchase() -> None:
    row = next(row for row in read_jd(DATA).rows if row.refunded and not row.net)

    assert row.direction is Direction.NEUTRAL
    assert row.kind is RowKind.PURCHASE


def test_a_provisional_row_and_the_paid_row_share_their_order_number_but_no_key() -> None:
    paid, provisional = (row for row in read_jd(DATA).rows if row.order_number == "900000000018")

    assert (paid.kind, provisional.kind) == (RowKind.PURCHASE, RowKind.PROVISIONAL)
    assert paid.gross == provisional.gross
    assert paid.key != provisional.key


def test_two_identical_rows_are_two_payments() -> None:
    first, second = (row for row in read_jd(DATA).rows if row.order_number == "900000000017")

    assert (first.occurrence, second.occurrence) == (1, 2)
    assert first.key != second.key


def test_a_row_has_the_same_key_in_a_shorter_export() -> None:
    shorter = read(TEXT.replace("共：27笔", "共：3笔").replace("\n".join(ROWS[3:]), ""))

    assert [row.key for row in shorter.rows] == [row.key for row in read_jd(DATA).rows[:3]]


def test_the_form_of_a_key_never_changes() -> None:
    rows = read_jd(DATA).rows

    assert rows[0].key == "2026-11-15T20:14:09|7900|expense|success|1|900000000025"
    assert rows[4].key == "2026-11-11T00:02:41|56880-12990|expense|success|1|900000000022"


def test_the_name_of_the_account_is_not_kept() -> None:
    assert "jd_example" not in repr(read_jd(DATA))


# --- What a row is about


def test_an_expense_with_repayment_in_its_name_is_a_purchase() -> None:
    assert one_kind(ROWS[0].replace("示例牌", "《还款的艺术》")) is RowKind.PURCHASE


def test_a_baitiao_repayment_counted_as_an_expense_is_a_repayment() -> None:
    assert one_kind(ROWS[2].replace("不计收支", "支出")) is RowKind.REPAYMENT


def test_a_successful_repayment_is_a_repayment_whatever_it_is_called() -> None:
    assert (
        one_kind(ROWS[2].replace("白条主动还款", "账单").replace("交易成功", "还款成功")) is RowKind.REPAYMENT
    )


def test_what_came_back_because_the_price_fell_is_a_refund() -> None:
    assert one_kind(ROWS[2].replace("白条主动还款", "价保退款")) is RowKind.REFUND


def test_try_first_counted_as_an_expense_is_a_purchase() -> None:
    assert one_kind(ROWS[0].replace("京东白条", "先享后付")) is RowKind.PURCHASE


# --- Files that were changed without harm


def test_columns_may_come_in_any_order() -> None:
    order = [10, 3, 0, 8, 5, 2, 1, 9, 7, 6, 4]

    def moved(line: str) -> str:
        cells = line.split(",")
        return ",".join([*(cells[i] for i in order), *cells[11:]])

    moved_text = PREAMBLE + "\n".join(map(moved, [NAMES, *ROWS])) + "\n"

    assert read(moved_text).rows == read_jd(DATA).rows


@pytest.mark.parametrize("added", ["", "\n", "9.新的提示，共 3 条\n" * 5])
def test_the_text_before_the_columns_may_have_any_length(added: str) -> None:
    statement = read(added + TEXT)

    assert statement.header_line == 22 + added.count("\n")
    assert statement.rows[0].line == statement.header_line + 1
    assert statement.differences == ()


def test_without_the_text_before_the_columns_nothing_is_compared() -> None:
    statement = read("\n".join([NAMES, *ROWS]))

    assert statement.header_line == 1
    assert statement.period is None
    assert statement.differences == ()
    assert len(statement.rows) == 27


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(newline: str) -> None:
    assert read_jd(TEXT.replace("\n", newline).encode("utf-8-sig")) == read_jd(DATA)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-8", "utf-8"), ("utf-16", "utf-16-le")],
)
def test_other_encodings_change_nothing_but_their_name(encoding: str, named: str) -> None:
    statement = read_jd(TEXT.encode(encoding))

    assert statement.encoding == named
    assert statement.rows == read_jd(DATA).rows


def test_big_endian_utf_16_is_read() -> None:
    assert read_jd(b"\xfe\xff" + TEXT.encode("utf-16-be")).rows == read_jd(DATA).rows


def test_dates_with_slashes_are_the_same_dates() -> None:
    slashed = read(TEXT.replace("2026-11-15 20:14:09", "2026/11/15 20:14:09"))

    assert slashed.rows[0].key == read_jd(DATA).rows[0].key


def test_a_quoted_field_may_hold_commas_and_line_ends() -> None:
    text = with_row(ROWS[0].replace("示例牌 ", '"示例, ""好""\n牌",')).replace('牌",', '牌"', 1)
    first, second, *_ = read(text.replace('牌"不锈钢保温杯 500ml 深蓝色', '牌"')).rows

    assert first.description == '示例, "好"\n牌'
    assert (first.line, second.line) == (23, 25)


def test_blank_lines_between_rows_are_skipped() -> None:
    rows = read(with_row(f"\n{ROWS[0]}\n,,,,,,,,,,,\n")).rows

    assert len(rows) == 27
    assert (rows[0].line, rows[1].line) == (24, 27)


def test_the_category_may_be_missing() -> None:
    cells = [line.split(",") for line in [NAMES, *ROWS]]
    text = "\n".join(",".join(line[:7] + line[8:]) for line in cells)

    assert {row.category for row in read(PREAMBLE + text).rows} == {""}


def test_a_total_that_the_rows_do_not_give_is_shown_beside_ours() -> None:
    (difference,) = read(TEXT.replace("3484.30元", "3,500.00元")).differences

    assert str(difference.what) == "total expenses"
    assert (difference.header, difference.ours) == (cny("3500.00"), cny("3484.30"))


def test_a_period_that_is_no_period_is_not_read() -> None:
    for days in ("2026-02-30 至 2026-11-15", "2026-11-15 至 2026-09-15", "全部"):
        assert read(TEXT.replace("2026-09-15 至 2026-11-15", days)).period is None


# --- Files that are refused whole


def test_a_file_cut_between_two_rows_is_refused() -> None:
    with pytest.raises(TruncatedError) as refusal:
        read("\n".join(TEXT.splitlines()[:-5]))

    assert (refusal.value.values["expected"], refusal.value.values["found"]) == (27, 22)


def test_a_file_with_a_row_too_many_is_refused() -> None:
    with pytest.raises(TruncatedError):
        read(TEXT + ROWS[0])


def test_a_file_cut_within_its_last_row_is_refused() -> None:
    with pytest.raises(BadRowError, match="Line 49 has 7 fields instead of 12"):
        read(TEXT.rpartition(",服饰内衣")[0])


def test_a_file_cut_before_its_columns_is_refused() -> None:
    with pytest.raises(NoHeaderError, match="交易时间"):
        read(PREAMBLE)


def test_a_row_with_one_comma_more_is_refused() -> None:
    with pytest.raises(BadRowError, match="Line 23 has 13 fields"):
        read(with_row(ROWS[0].replace("示例牌 ", "示例牌,")))


def test_a_row_narrower_than_the_others_is_refused() -> None:
    with pytest.raises(BadRowError, match="Line 24 has 11 fields instead of 12"):
        read(TEXT.replace(ROWS[1], ROWS[1].removesuffix(",")))


def test_rows_may_be_as_wide_as_the_names() -> None:
    narrow = "\n".join([NAMES, *(row.removesuffix(",") for row in ROWS)])

    assert read(PREAMBLE + narrow).rows == read_jd(DATA).rows


@pytest.mark.parametrize("start", ['"', '"示例"'])
def test_quotation_marks_that_do_not_match_are_refused(start: str) -> None:
    with pytest.raises(BadQuotesError, match="line 23"):
        read(with_row(ROWS[0].replace("示例牌", start)))


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(MissingColumnsError, match=r"Line 22 .* missing: 金额、交易订单号"):
        read(TEXT.replace("金额,收/付款方式", "数额,收/付款方式").replace("交易订单号,", "单号,"))


def test_an_unknown_state_is_refused_with_its_line() -> None:
    with pytest.raises(UnknownStateError, match="Line 23 is in the state “风控审核中”"):
        read(with_row(ROWS[0].replace("交易成功", "风控审核中")))


def test_an_unknown_direction_is_refused_with_its_line() -> None:
    with pytest.raises(UnknownDirectionError, match="Line 23 is counted as “转账”"):
        read(with_row(ROWS[0].replace("支出", "转账")))


@pytest.mark.parametrize(
    "amount", ["", "79,00", "79.001", "-79.00", "7 9.00", "1,39.00", "79.00(退款中)", "10²", "∞"]
)
def test_an_amount_that_is_not_certain_is_refused_with_its_line(amount: str) -> None:
    with pytest.raises(BadAmountError, match="on line 23"):
        read(with_row(ROWS[0].replace("79.00", f'"{amount}"')))


def test_a_refund_of_more_than_was_paid_is_refused() -> None:
    with pytest.raises(RefundTooLargeError, match=r"line 23, 79\.01 CNY came back"):
        read(with_row(ROWS[0].replace("79.00", "79.00(已退款79.01)")))


@pytest.mark.parametrize(
    "time",
    [
        "",
        "2026-11-15",
        "2026/11/15 20:14",
        "2026-02-30 20:14:09",
        "2026-11-15 24:14:09",
        "0000-11-15 20:14:09",
    ],
)
def test_a_time_that_is_not_exact_is_refused_with_its_line(time: str) -> None:
    with pytest.raises(BadTimeError, match="on line 23"):
        read(with_row(ROWS[0].replace("2026-11-15 20:14:09", time)))


def test_a_damaged_byte_is_refused_with_its_line() -> None:
    with pytest.raises(EncodingError, match="line 3"):
        read_jd(DATA.replace("申请时间".encode(), b"\xff\xfe"))


# --- Amounts


@pytest.mark.parametrize(
    ("text", "gross", "refunded"),
    [
        ("10.20", "10.20", "0"),
        ("131.77(已退款89.84)", "131.77", "89.84"),
        ("468.32(已全额退款)", "468.32", "468.32"),
        ("131.77（已退款89.84）", "131.77", "89.84"),
        (" 131.77 ( 已退款 89.84 ) \t", "131.77", "89.84"),
        ("１３１．７７（已全额退款）", "131.77", "131.77"),
        ("1,234.56(已退款1,000.00)", "1234.56", "1000"),
        ("1，234.56", "1234.56", "0"),
        ("20", "20", "0"),
        ("20.5", "20.50", "0"),
    ],
)
def test_an_amount_says_what_was_paid_and_what_came_back(text: str, gross: str, refunded: str) -> None:
    amount = parse_amount(text)

    assert (amount.gross, amount.refunded) == (cny(gross), cny(refunded))
    assert amount.net == cny(gross) - cny(refunded)


@given(fen, fen, st.booleans())
def test_an_amount_that_was_written_is_read_back(one: int, other: int, separated: bool) -> None:  # noqa: FBT001 - drawn
    refunded, gross = (Decimal(minor).scaleb(-2) for minor in sorted((one, other)))
    form = ",.2f" if separated else ".2f"

    amount = parse_amount(f"{gross:{form}}(已退款{refunded:{form}})")

    assert (amount.gross.decimal, amount.refunded.decimal) == (gross, refunded)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    try:
        amount = parse_amount(text)
    except PlannerError:
        return
    assert amount.gross >= amount.refunded >= cny("0")


# --- Anything at all


@given(st.data())
def test_damaged_files_are_read_or_refused_and_never_break_the_program(data: st.DataObject) -> None:
    damaged = bytearray(DATA)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged)))
        cut = data.draw(st.integers(0, 40))
        damaged[at : at + cut] = data.draw(st.binary(max_size=40))
    try:
        statement = read_jd(bytes(damaged))
    except PlannerError:
        return
    assert statement.totals.rows in {None, len(statement.rows)}
    assert len({row.key for row in statement.rows}) == len(statement.rows)


@given(
    st.lists(
        st.lists(
            st.sampled_from([*',"\n\r\t（）()', "已退款", "1.00", "支出", "交易成功", " "]), max_size=12
        ),
        max_size=6,
    )
)
def test_rows_of_nonsense_are_read_or_refused(nonsense: list[list[str]]) -> None:
    text = "\n".join([NAMES, ROWS[0], *("".join(row) for row in nonsense)])
    with suppress(PlannerError):
        assert read(text).rows
