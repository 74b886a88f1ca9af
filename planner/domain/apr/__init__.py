"""The true yearly rate of dated flows, by the conventions of China, the European Union and the US."""

from planner.domain.apr.china import apr, flat_fee_apr, flat_fee_share, internal_rate, rate_on_average
from planner.domain.apr.conventions import apr_of
from planner.domain.apr.solver import (
    NoRateError,
    NothingLentError,
    NothingPaidBackError,
    RateTooHighError,
    SeveralRatesError,
)
from planner.domain.apr.value import Apr, Convention

__all__ = [
    "Apr",
    "Convention",
    "NoRateError",
    "NothingLentError",
    "NothingPaidBackError",
    "RateTooHighError",
    "SeveralRatesError",
    "apr",
    "apr_of",
    "flat_fee_apr",
    "flat_fee_share",
    "internal_rate",
    "rate_on_average",
]
