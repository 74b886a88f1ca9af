"""Which function of the program answers which kind of vector."""

from __future__ import annotations

from collections.abc import Mapping

from tests.vectors.caps import chinese_lines, french_usury
from tests.vectors.comparing import Handler
from tests.vectors.days import (
    business_days,
    douyin_due_day,
    due_dates,
    grace_on_a_card,
    interest_free_days,
)
from tests.vectors.files import file_totals, jd_amount
from tests.vectors.lateness import (
    american_late_fee,
    chinese_repair,
    fee_on_minimum,
    french_default,
    klarna_fee,
    penalties,
    penalty,
    record_of_china,
)
from tests.vectors.messages import message_parsed
from tests.vectors.minimums import (
    interest_of_cn_card,
    months_of_french_revolving,
    of_american_card,
    of_baitiao,
    of_cn_card,
)
from tests.vectors.money_over_time import (
    in_three_or_four,
    paypal_in_four,
    rate_restated,
    spreadsheet_function,
)
from tests.vectors.optimum import best_choice
from tests.vectors.plans import apr_of_flat_fee, schedule_of_flat_fee, total_of_flat_fee
from tests.vectors.rates import (
    ec98_apr,
    eu_apr,
    eu_apr_days,
    eu_interval,
    eu_rounding,
    us_apr,
    us_interval,
    us_single,
)
from tests.vectors.settling import early_settlement_of_a_plan, french_indemnity

HANDLERS: Mapping[str, Handler] = {
    "baitiao_min_payment": of_baitiao,
    "bnpl_taeg": in_three_or_four,
    "business_days_cn": business_days,
    "cc_cn_late_fee": fee_on_minimum,
    "cc_cn_min_interest": interest_of_cn_card,
    "cc_cn_min_payment": of_cn_card,
    "cn_bad_record_expiry": record_of_china,
    "cn_cap_check": chinese_lines,
    "cn_credit_repair_2025": chinese_repair,
    "douyin_due_day": douyin_due_day,
    "due_dates": due_dates,
    "early_settlement": early_settlement_of_a_plan,
    "ec98_apr": ec98_apr,
    "eu_apr": eu_apr,
    "eu_apr_dates": eu_apr,
    "eu_apr_days": eu_apr_days,
    "eu_interval": eu_interval,
    "eu_rounding": eu_rounding,
    "excel_fn": spreadsheet_function,
    "flat_fee_apr": apr_of_flat_fee,
    "flat_fee_schedule": schedule_of_flat_fee,
    "flat_fee_total": total_of_flat_fee,
    "fr_default_indemnity": french_default,
    "fr_ira": french_indemnity,
    "fr_revolving_max_months": months_of_french_revolving,
    "fr_usury_check": french_usury,
    "grace_cn_card": grace_on_a_card,
    "interest_free_days": interest_free_days,
    "klarna_uk_late_fee": klarna_fee,
    "overdue_range": penalties,
    "overdue_simple": penalty,
    "parse_file_totals": file_totals,
    "parse_jd_amount": jd_amount,
    "parse_message": message_parsed,
    "paypal4x": paypal_in_four,
    "rate_convert": rate_restated,
    "repayment_plan": best_choice,
    "us_appj_apr": us_apr,
    "us_appj_interval": us_interval,
    "us_appj_single": us_single,
    "us_late_fee_cap": american_late_fee,
    "us_min_payment_m2": of_american_card,
}

# Kinds that nothing here answers yet: the program cannot do it, or only tests/domain looks at it.
# A kind leaves this list together with the change that gives it a handler.
NOT_BUILT_YET = frozenset(
    {
        "parse_file_meta",
    }
)
