from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.statements.messages.message import (
    Event,
    MessageDraft,
    SecretInMessageError,
    Sender,
    UnreadableLineError,
)
from planner.statements.messages.parse import has_link, parse_message
from planner.statements.messages.reading import amount_in, due_on, happened_on, plain

RECEIVED = date(2027, 1, 5)
CARD = (
    "服务商户：某某小店\n交易类型：分6期\n交易订单：100200300400\n"
    "交易时间：12月31日 09:05:07\n消费金额：{amount}"
)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def read(text: str, received: date = RECEIVED) -> MessageDraft:
    draft = parse_message(text, received)
    assert draft is not None
    return draft


def test_a_card_of_a_purchase_says_everything_that_stands_on_it() -> None:
    assert read(CARD.format(amount="1,200.50元(已优惠3.50元)")) == MessageDraft(
        Sender.BAITIAO,
        Event.PURCHASE,
        yuan("1200.50"),
        discount=yuan("3.50"),
        instalments=6,
        order="100200300400",
        merchant="某某小店",
        on=date(2026, 12, 31),
        at=time(9, 5, 7),
        is_year_guessed=True,
    )


def test_a_line_that_nobody_knows_is_told_and_the_others_are_read() -> None:
    draft = read("京东白条\n" + CARD.format(amount="12元") + "\n优惠活动：看这里\n")

    assert draft.amount == yuan("12")
    assert draft.unread == ("京东白条", "优惠活动:看这里")


@pytest.mark.parametrize(
    ("bad", "line", "text"),
    [
        (CARD.format(amount="十二元"), 5, "十二元"),
        (CARD.format(amount="12元(已优惠1,2,3.4.5元)"), 5, "12元(已优惠1,2,3.4.5元)"),
        (CARD.format(amount="12元").replace("12月31日", "13月31日"), 4, "13月31日 09:05:07"),
        (CARD.format(amount="12元").replace("100200300400", "见详情"), 3, "见详情"),
    ],
)
def test_a_line_whose_value_cannot_be_read_is_named(bad: str, line: int, text: str) -> None:
    with pytest.raises(UnreadableLineError) as refusal:
        parse_message(bad, RECEIVED)

    assert refusal.value.values == {"line": line, "text": text}


@pytest.mark.row("C090")
@pytest.mark.parametrize(
    ("text", "event", "amount"),
    [
        ("花呗自动还款成功，已从余额宝扣款56.70元", Event.DEBIT_DONE, "56.70"),
        ("【某某银行】您的信用卡自动还款已完成，还款金额人民币88.00元。", Event.DEBIT_DONE, "88"),
        ("【抖音月付】扣款失败，本期应还31.00元", Event.DEBIT_FAILED, "31"),
        ("【京东】白条自动还款失败，银行卡余额不足", Event.DEBIT_FAILED, None),
    ],
)
def test_a_message_on_an_automatic_debit_says_whether_it_went_through(
    text: str, event: Event, amount: str | None
) -> None:
    draft = read(text)

    assert draft.event is event
    assert draft.amount == (yuan(amount) if amount else None)


@pytest.mark.row("C090")
@pytest.mark.parametrize(
    ("text", "event", "amount"),
    [
        ("【京东金融】您的白条账单已逾期，逾期金额860.50元", Event.OVERDUE, "860.50"),
        ("白条账单本期应还300元已经逾期3天，请尽快处理，还款成功后额度恢复", Event.OVERDUE, "300"),
        ("【某某银行】您的信用卡已发生逾期，请尽快还款", Event.OVERDUE, None),
        ("您的白条账户因逾期已被冻结，还款成功后可恢复使用", Event.FROZEN, None),
        ("花呗因逾期20天被暂时冻结，欠款860.50元", Event.FROZEN, None),
        ("京东金融：自动扣款失败，11月22日应还1190.50元", Event.DEBIT_FAILED, "1190.50"),
        ("自动扣款失败，11月22日应还1190.50元【京东金融】", Event.DEBIT_FAILED, "1190.50"),
        ("白条自动扣款失败，账单已逾期，应还20元", Event.DEBIT_FAILED, "20"),
    ],
)
def test_a_notice_to_who_is_late_says_what_happened(text: str, event: Event, amount: str | None) -> None:
    draft = read(text)

    assert draft.event is event
    assert draft.amount == (yuan(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("白条本期应还300元，请按时还款以免逾期，逾期将被冻结", Event.BILL),
        ("白条还款成功300元，逾期金额已还清", Event.REPAYMENT),
        ("白条成功还款300元，此前被冻结的额度已恢复", Event.REPAYMENT),
        ("白条逾期账单已结清", Event.SETTLED),
    ],
)
def test_what_only_names_a_delay_or_a_freeze_is_no_notice_of_one(text: str, event: Event) -> None:
    assert read(text).event is event


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("【某某银行】您的信用卡于京东金融消费18.00元", Sender.BANK),
        ("【京东金融】您的金条自动扣款失败，应还20元", None),
        ("【京东金融】您已成功支付20.00元", None),
    ],
)
def test_the_lender_alone_stands_for_its_credit_only_where_nothing_else_can_be_meant(
    text: str, product: Sender | None
) -> None:
    draft = parse_message(text, RECEIVED)

    assert (draft.product if draft else None) is product


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("已逾期，点击 https://example.com/a 还款", True),
        ("已逾期，点击example.cn/a还款", True),
        ("已逾期，见ｗｗｗ．example.com", True),
        ("于2026/11/22还款1,000.50元，余额3.5/元", False),
        ("请联系 help@example.com", False),
    ],
)
def test_a_link_is_noticed(text: str, *, is_there: bool) -> None:
    assert has_link(text) is is_there


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("您12月账单1,530.20元", 12),
        ("您的2026年1月份账单应还3元", 1),
        ("白条本月账单3元", None),
        ("白条13月账单3元", None),
    ],
)
def test_the_month_that_names_a_bill_is_read(text: str, month: int | None) -> None:
    assert read(f"白条{text}").bill_month == month


@pytest.mark.parametrize(
    ("text", "product", "event", "amount"),
    [
        ("花呗还款成功，还款金额12.00元", Sender.HUABEI, Event.REPAYMENT, "12"),
        ("您使用花呗付款¥12.30", Sender.HUABEI, Event.PURCHASE, "12.30"),
        ("【美团月付】1月账单126.00元，还款日1月8日", Sender.MEITUAN, Event.BILL, "126"),
        ("【美团月付】退款9.90元已退回", Sender.MEITUAN, Event.REFUND, "9.90"),
        ("【抖音月付】您已成功还款10元，剩余待还5元", Sender.DOUYIN, Event.REPAYMENT, "10"),
        ("【某某银行】您尾号4321的信用卡于1月4日10:20消费人民币18.00元", Sender.BANK, Event.PURCHASE, "18"),
        ("【某某银行】我行已收到您信用卡还款500.00元", Sender.BANK, Event.REPAYMENT, "500"),
        (
            "【某某银行】信用卡本期账单应还300.00元，将于1月25日自动扣款，请勿扣款失败",
            Sender.BANK,
            Event.BILL,
            "300",
        ),
        ("某某银行:您信用卡还款1,000.00元,本期账单已还清", Sender.BANK, Event.SETTLED, "1000"),
        ("白条本月应还 66.60 元，最后还款日：1月9日", Sender.BAITIAO, Event.BILL, "66.60"),
    ],
)
def test_sentences_say_what_happened_and_how_much(
    text: str, product: Sender, event: Event, amount: str
) -> None:
    draft = read(text)

    assert (draft.product, draft.event, draft.amount) == (product, event, yuan(amount))


def test_the_due_day_of_a_bill_is_not_the_day_of_what_happened() -> None:
    draft = read("【某某银行】您1月4日的信用卡账单应还300元，到期还款日为01月25日，最低还款额30元")

    assert (draft.on, draft.due_on, draft.minimum) == (date(2027, 1, 4), date(2027, 1, 25), yuan("30"))


def test_a_year_that_stands_there_is_taken_and_not_guessed() -> None:
    draft = read("白条本期账单应还10元，还款日2025年3月9日")

    assert draft.due_on == date(2025, 3, 9)
    assert not draft.is_year_guessed


def test_of_a_card_only_the_last_four_digits_are_kept() -> None:
    draft = read("【某某银行】您卡号6222000011114321的信用卡消费20.00元")

    assert draft.card == "**** 4321"
    assert "622200" not in repr(draft)


@pytest.mark.parametrize("text", ["【京东】白条验证码123456，消费20元", "【某某银行】信用卡动态密码 9988"])
def test_a_message_with_a_code_is_refused(text: str) -> None:
    with pytest.raises(SecretInMessageError):
        parse_message(text, RECEIVED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "白条",
        "花呗支付成功",  # no amount
        "【某某银行】您的储蓄卡消费20.00元",  # the user's own money
        "【某某银行】信用卡消费USD20.00",  # no amount in yuan
        "使用微信支付20.00元",
    ],
)
def test_what_is_not_understood_is_no_draft(text: str) -> None:
    assert parse_message(text, RECEIVED) is None


def test_of_two_amounts_without_a_name_none_is_taken() -> None:
    assert amount_in("20元 30元") is None
    assert amount_in("只有20.5元") == yuan("20.50")


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 300))
def test_what_has_happened_is_read_back_without_its_year(received: date, days: int) -> None:
    day = received - timedelta(days=days)

    found = happened_on(f"{day.month}月{day.day}日", received)

    assert found is not None
    assert (found.on, found.is_year_guessed) == (day, True)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-290, 58))
def test_a_due_date_is_read_back_without_its_year(received: date, days: int) -> None:
    day = received + timedelta(days=days)

    found = due_on(f"{day.month:02}-{day.day:02}", received)

    assert found is not None
    assert (found.on, found.is_year_guessed) == (day, True)


def test_a_day_that_is_too_far_away_to_be_meant_is_not_taken() -> None:
    assert happened_on("1月6日", RECEIVED) is None  # tomorrow, or almost a year ago
    assert happened_on("2月5日", RECEIVED) is not None
    assert due_on("3月5日", RECEIVED) is not None
    assert add_months(RECEIVED, 2) == date(2027, 3, 5)
    later = due_on("3月6日", RECEIVED)
    assert later is not None
    assert later.on == date(2026, 3, 6)
    assert happened_on("2月29日", RECEIVED) is None


@given(st.text())
def test_any_text_is_read_or_not_but_never_breaks(text: str) -> None:
    for words in (text, f"白条\n还款金额：{text}", f"花呗 支付{text}元 还款日{text}"):
        try:
            parse_message(words, RECEIVED)
        except (SecretInMessageError, UnreadableLineError):
            continue


def test_full_width_signs_are_read_as_half_width_and_powers_stay() -> None:
    assert plain("２０．５０元　￥10²") == "20.50元 ¥10²"
