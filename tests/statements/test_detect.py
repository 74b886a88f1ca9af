from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.statements.detect import read_statement
from planner.statements.statement import (
    JD_MENU,
    EmptyFileError,
    EncodingError,
    MissingColumnsError,
    NoHeaderError,
    NotAStatementError,
    StatementError,
    UnknownFormatError,
)
from planner.statements.text import decode

OURS = Path(__file__).parents[1] / "data/jd/baitiao.csv"
SAMPLES = Path(__file__).parents[2].parent / "shared/samples"
DATA = OURS.read_bytes()

ALIPAY = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号\n"
)
OLD_ALIPAY = "支付宝交易记录明细查询\n账号:[a@example.com]\n交易号,商家订单号,交易创建时间\n"
WECHAT = "微信支付账单明细,,\n交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号\n"
MEITUAN = (
    "交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号,商家单号,备注\n"
)


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return file.getvalue()


def refused(data: bytes, name: str = "") -> StatementError:
    with pytest.raises(StatementError) as refusal:
        read_statement(data, name)
    assert JD_MENU in str(refusal.value)  # each of these says which file is needed
    return refusal.value


def test_an_export_of_the_jd_app_is_recognised() -> None:
    assert read_statement(DATA, "京东交易流水.csv").format == "jd"


def test_an_export_with_its_columns_renamed_is_still_recognised_as_jd() -> None:
    assert isinstance(refused(DATA.replace("金额,".encode(), "数额,".encode(), 1)), MissingColumnsError)


def test_an_export_cut_before_its_columns_is_still_recognised_as_jd() -> None:
    assert isinstance(refused(DATA[:300]), NoHeaderError)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ALIPAY, "an Alipay export"),
        (OLD_ALIPAY, "an Alipay export"),
        (WECHAT, "a WeChat Pay export"),
        (MEITUAN, "a Meituan export"),
        ("OFXHEADER:100\nDATA:OFXSGML\n", "an OFX bank file"),
        ("!Type:CCard\nD12/29'2020\n", "a QIF bank file"),
        ("交易日,记账日,金额\n12/29,12/30,1.00\n", "a table of another kind"),
        ("hello", "a table of another kind"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_of_another_sender_is_refused_by_its_name(text: str, kind: str, encoding: str) -> None:
    refusal = refused(text.encode(encoding))

    assert isinstance(refusal, UnknownFormatError)
    assert f"looks like {kind}," in str(refusal)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (archive("[Content_Types].xml", "xl/workbook.xml"), "账单.xlsx", "an Excel workbook"),
        (b"PK\x03\x04 cut short", "账单.xlsx", "an Excel workbook"),
        (archive("账单.csv"), "账单.zip", "an archive"),
        (b"%PDF-1.7\n", "账单.csv", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "", "a picture"),
        (b"\xff\xd8\xff\xe0", "", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "账单.xls", "an Excel or Word file"),
        (b"SQLite format 3\0", "", "a database"),
        (b"\n<!DOCTYPE html><html>", "", "a web page"),
        (b"abc\0def", "", "a file that is not text"),
    ],
)
def test_a_file_of_another_nature_is_refused_by_its_name(data: bytes, name: str, kind: str) -> None:
    refusal = refused(data, name)

    assert isinstance(refusal, NotAStatementError)
    assert f"looks like {kind}" in str(refusal)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused_as_empty(data: bytes) -> None:
    assert isinstance(refused(data), EmptyFileError)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("alipay/example-alipay-records.csv", "an Alipay export"),
        ("wechat/example-wechat-records.csv", "a WeChat Pay export"),
    ],
)
def test_a_real_export_of_another_sender_is_refused_by_its_name(path: str, kind: str) -> None:
    file = SAMPLES / path
    if not file.exists():
        pytest.skip("the shared samples are not here")

    assert kind in str(refused(file.read_bytes()))


# --- Encodings


def test_utf_8_comes_before_gb18030() -> None:
    # Every pair of these bytes is also a character of GBK.
    assert decode("白条".encode()).encoding == "utf-8"


def test_chinese_in_gb18030_is_read() -> None:
    text = decode("交易时间，《示例》 白条还款 1,234.56元".encode("gb18030"))

    assert (text.text, text.encoding) == ("交易时间，《示例》 白条还款 1,234.56元", "gb18030")


@pytest.mark.parametrize(
    "data",
    [
        "relevé détaillé, à régler".encode("latin-1"),
        "账单".encode() + b"\xff",
        "导出信息：京东账号名".encode()[:-1],
        b"\xef\xbb\xbf" + "导出信息".encode("gb18030"),
        b"\xff\xfea",
    ],
)
def test_bytes_that_do_not_read_as_text_are_refused_and_not_guessed(data: bytes) -> None:
    assert isinstance(refused(data), EncodingError)


def test_the_line_that_cannot_be_read_is_named() -> None:
    refusal = refused(b"one\ntwo\n\xff\n")

    assert refusal.values["line"] == 3


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_program(data: bytes) -> None:
    with pytest.raises(PlannerError):
        read_statement(data)
