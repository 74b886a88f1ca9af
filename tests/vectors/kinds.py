"""Which function of the program answers which kind of vector."""

from __future__ import annotations

from collections.abc import Mapping

from tests.vectors.comparing import Handler
from tests.vectors.days import business_days, due_dates
from tests.vectors.files import file_totals, jd_amount
from tests.vectors.lateness import penalties, penalty
from tests.vectors.plans import apr_of_flat_fee, schedule_of_flat_fee, total_of_flat_fee

HANDLERS: Mapping[str, Handler] = {
    "business_days_cn": business_days,
    "due_dates": due_dates,
    "flat_fee_apr": apr_of_flat_fee,
    "flat_fee_schedule": schedule_of_flat_fee,
    "flat_fee_total": total_of_flat_fee,
    "overdue_range": penalties,
    "overdue_simple": penalty,
    "parse_file_totals": file_totals,
    "parse_jd_amount": jd_amount,
}

# Kinds that nothing here answers yet: the program cannot do it, or only tests/domain looks at it.
# A kind leaves this list together with the change that gives it a handler.
NOT_BUILT_YET = frozenset(
    {
        "baitiao_min_payment",
        "bnpl_taeg",
        "cc_cn_late_fee",
        "cc_cn_min_interest",
        "cc_cn_min_payment",
        "cn_bad_record_expiry",
        "cn_cap_check",
        "cn_credit_repair_2025",
        "douyin_due_day",
        "early_settlement",
        "ec98_apr",
        "eu_apr",
        "eu_apr_dates",
        "eu_apr_days",
        "eu_interval",
        "eu_rounding",
        "excel_fn",
        "fr_default_indemnity",
        "fr_ira",
        "fr_revolving_max_months",
        "fr_usury_check",
        "grace_cn_card",
        "interest_free_days",
        "klarna_uk_late_fee",
        "parse_file_meta",
        "parse_message",
        "paypal4x",
        "rate_convert",
        "repayment_plan",
        "us_appj_apr",
        "us_appj_interval",
        "us_appj_single",
        "us_late_fee_cap",
        "us_min_payment_m2",
    }
)
