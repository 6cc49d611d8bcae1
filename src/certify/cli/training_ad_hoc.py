"""`certify training ad-hoc`: the implementation plan of a training outside the annual plan."""

from datetime import date
from typing import Any

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.training_plan import planned, said_of_training
from certify.domain.clean import clean
from certify.i18n import N_, _
from certify.services.training import forms, plan_review, plan_views, planning, words

_code = argument("code", help=N_("Code of the plan, such as A-2024-001."))


@click.group("ad-hoc", cls=Group, help=N_("Ad-hoc plans: training outside the annual plan."))
def ad_hoc() -> None:
    """The subgroup."""


@ad_hoc.command("list", help=N_("List the ad-hoc plans, the one that begins last first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Every plan."""
    with call.opened() as (platform, actor):
        found = plan_views.ad_hoc_plans(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.code,
            one.title,
            one.first_day,
            _(words.PLAN_STATES[one.review.state]),
            words.money(one.planned_fen),
        ]
        for one in found
    ]
    columns = [_("Code"), _("Title"), _("First day"), _("State"), _("Planned cost")]
    print_table(columns, rows, _("There is no plan yet; “certify training ad-hoc new” drafts one."))


@ad_hoc.command(help=N_("Show one ad-hoc plan."))
@_code
@json_option
@pass_call
def show(call: Call, code: str, as_json: bool) -> None:
    """One plan as its form."""
    with call.opened() as (platform, actor):
        found = plan_views.ad_hoc_plan(platform, actor=actor, code=code)
        sheet = forms.ad_hoc_plan(platform, actor=actor, code=code)
    if as_json:
        print_json({"plan": found, "form": sheet})
        return
    say(clean(sheet.title))
    (row,) = sheet.rows
    said = [(column.heading, cell) for column, cell in zip(sheet.columns, row, strict=True)]
    for label, value in [*said, *((label, value) for _key, label, value in sheet.header)]:
        if value:
            say(clean(_("{label}: {value}").format(label=label, value=value)))


@ad_hoc.command(help=N_("Draft the plan of one training."))
@option("--occasion", required=True, metavar="TEXT", help=N_("Why it is held."))
@option("--first-day", type=DAY, required=True, help=N_("Its first day."))
@option("--last-day", type=DAY, help=N_("Its last day; else the first."))
@said_of_training
@pass_call
def new(call: Call, /, occasion: str, first_day: date, last_day: date | None, **said: Any) -> None:
    """A draft."""
    what = planned(said)
    with call.opened() as (platform, actor):
        code = planning.draft_ad_hoc(
            platform,
            actor=actor,
            occasion=occasion,
            first_day=first_day,
            last_day=last_day or first_day,
            what=what,
        )
    say(_("{code} is a draft now.").format(code=code))


@ad_hoc.command(help=N_("Write a plan anew that is a draft or was returned."))
@_code
@option("--occasion", required=True, metavar="TEXT", help=N_("Why it is held."))
@option("--first-day", type=DAY, required=True, help=N_("Its first day."))
@option("--last-day", type=DAY, help=N_("Its last day; else the first."))
@said_of_training
@pass_call
def change(
    call: Call, /, code: str, occasion: str, first_day: date, last_day: date | None, **said: Any
) -> None:
    """A draft anew."""
    what = planned(said)
    with call.opened() as (platform, actor):
        planning.change_ad_hoc(
            platform,
            actor=actor,
            code=code,
            occasion=occasion,
            first_day=first_day,
            last_day=last_day or first_day,
            what=what,
        )
    say(_("{code} is changed.").format(code=code))


@ad_hoc.command(help=N_("Hand an ad-hoc plan to HR."))
@_code
@pass_call
def submit(call: Call, code: str) -> None:
    """To HR."""
    with call.opened() as (platform, actor):
        plan_review.submit(platform, actor=actor, plan=code)
    say(_("The plan {plan} waits for HR.").format(plan=code))


@ad_hoc.command(help=N_("Approve an ad-hoc plan, as HR."))
@_code
@option("--remark", default="", metavar="TEXT", help=N_("A word to who drafted it."))
@pass_call
def approve(call: Call, code: str, remark: str) -> None:
    """HR says yes."""
    with call.opened() as (platform, actor):
        plan_review.approve(platform, actor=actor, plan=code, remark=remark)
    say(_("The plan {plan} is approved.").format(plan=code))


@ad_hoc.command("return", help=N_("Return an ad-hoc plan, as HR, with what to do better."))
@_code
@option("--remark", required=True, metavar="TEXT", help=N_("What is to be done better."))
@pass_call
def return_(call: Call, code: str, remark: str) -> None:
    """HR says not yet."""
    with call.opened() as (platform, actor):
        plan_review.return_plan(platform, actor=actor, plan=code, remark=remark)
    say(_("The plan {plan} is returned.").format(plan=code))
