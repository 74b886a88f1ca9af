"""The command that says what settling instalment plans early costs and saves."""

from __future__ import annotations

from planner.cli.commands import Chosen
from planner.cli.printing import Plain, plain_account, plain_money, plain_span, print_json, print_line
from planner.i18n import _, explain, show
from planner.services.settling import PlanSaving, Savings, savings


def settle(chosen: Chosen, *, as_json: bool) -> None:
    """Say what settling each plan today costs and saves, and all of them together."""
    with chosen.store() as store:
        found = savings(store, chosen.today)
    if as_json:
        print_json(plain_savings(found))
        return
    if not found.plans:
        print_line(_("No recorded plan has an instalment that falls due later."))
        return
    print_line(_("What settling early on {date} saves").format(date=show(found.on)))
    for each in found.plans:
        line = _(
            "{plan}: saves {saved}; to settle: {amount}; if it runs on: {scheduled} until {last}"
        ).format(
            plan=explain(each.label),
            saved=show(each.saved),
            amount=show(each.amount),
            scheduled=show(each.scheduled),
            last=show(each.last_on),
        )
        print_line(f"  {line}")
    for total in found.totals.values():
        # One line per currency: amounts of two are never added up.
        print_line(
            _("Together: saves {saved}; to settle: {amount}; if all run on: {scheduled}").format(
                saved=show(total.saved), amount=show(total.amount), scheduled=show(total.scheduled)
            )
        )
    if not all(each.cost.value.known for each in found.plans):
        print_line(_("A range: the lender’s rule is unknown, or the sources disagree. Ask the lender."))


def plain_savings(found: Savings) -> Plain:
    """What settling plans saves, for programs."""
    return {
        "on": found.on.isoformat(),
        "plans": [_plain_plan(each) for each in found.plans],
        "total": {
            currency: {
                "if_it_runs_on": plain_money(total.scheduled.value),
                "saves": plain_span(total.saved.value),
                "to_settle": plain_span(total.amount.value),
            }
            for currency, total in found.totals.items()
        },
    }


def _plain_plan(each: PlanSaving) -> Plain:
    return {
        "account": plain_account(each.account),
        "id": each.plan.id,
        "if_it_runs_on": plain_money(each.scheduled.value),
        "name": each.plan.name,
        "rule_known": each.cost.value.known,
        "rules": [policy.value for policy in each.cost.value.policies],
        "saves": plain_span(each.saved.value),
        "to_settle": plain_span(each.amount.value),
        "until": each.last_on.value.isoformat(),
    }
