"""Providers with their keys, and contracts: approved with their money, or waiting for a commissioner."""

import csv
import io
from datetime import date, timedelta

from commissioning.actions import ContractTerms, ServiceTerms, approve, draft_contract, request_approval
from commissioning.models import Approval, Contract
from commonpurse.demo.build.decisions import decide_to_buy
from commonpurse.demo.days import moment
from commonpurse.demo.shapes import Circle, Company, Deal
from commonpurse.demo.story import CIRCLES
from commonpurse.demo.story.council import COMPANIES, NAME, OFFICIALS, PRIYA
from commonpurse.demo.town import Town
from commonpurse.sign_in.demo import give_app
from people.actions import register_user
from people.models import RoleKind, User
from providers.actions import Profile, add_staff, issue_key, register_provider, save_profile
from providers.actions.import_cqc import import_cqc
from providers.actions.keys import SCOPES

RATED_BEFORE, RATED_APART = timedelta(days=40), timedelta(days=31)
BY = "system:demo"
DIRECTORY_COLUMNS = (
    *("Location ID", "Location Name", "Care Home?", "Location Type", "Location Primary Inspection Category"),
    *("Location Street Address", "Location City", "Location Post Code", "Location Local Authority"),
    *("Location Region", "Service / Population Group", "Domain", "Latest Rating", "Publication Date"),
    *("Report Type", "Inherited Rating (Y/N)", "Provider ID", "Provider Name"),
)


def register_companies(town: Town) -> None:
    """Register the providers, and import what the made-up regulator's directory says of those it regulates."""
    for company in COMPANIES:
        town.providers[company.ref] = register_provider(
            council=town.council,
            ref=company.ref,
            name=company.name,
            legal_form=company.legal_form,
            cqc_location_id=company.cqc_location_id,
        )
        _say_who_it_is(town, company)
    import_cqc(data=_directory(town.days.year_start - RATED_BEFORE), file="made-up directory")


def _say_who_it_is(town: Town, company: Company) -> None:
    """Write down what a provider says of itself, and let its staff sign in."""
    provider = town.providers[company.ref]
    profile = Profile(
        words=company.words,
        area=company.area,
        postcode=company.postcode,
        languages=company.languages,
        service_codes=company.service_codes,
    )
    town.providers[company.ref] = save_profile(provider=provider, profile=profile, by=None)
    for email, name in company.staff:
        town.users[email] = register_user(email=email, name=name)
        give_app(town.users[email])
        add_staff(provider=provider, user=town.users[email])


def give_keys(town: Town) -> None:
    """Give the system of every provider with a running contract its key; nobody is shown these tokens."""
    for contract in town.contracts.values():
        provider = contract.provider
        if provider.ref not in town.keys:
            town.keys[provider.ref] = issue_key(
                provider=provider,
                name="Invoicing system",
                scopes=SCOPES,
                by=BY,
                at=moment(town.days.first_month),
            ).key


def approve_deals(town: Town) -> None:
    """Draft the contracts that were there from the first month, ask for approval, and approve them."""
    for circle, deal in _deals():
        if deal.asked_ago is None:
            asked_on = town.days.joining + timedelta(days=9)
            approval = _request(town, circle, deal, starts=town.days.first_month, asked_on=asked_on)
            approve(
                approval=approval,
                by=_approver(town, approval),
                at=moment(asked_on + timedelta(days=4), 11),
                note="Good value, wanted by all of them, and every check is done.",
            )
            town.contracts[deal.ref] = Contract.objects.select_related("provider").get(
                ref=deal.ref, council=town.council
            )


def ask_for_deals(town: Town) -> None:
    """Draft the contracts that still wait, and put them before the commissioners."""
    for circle, deal in _deals():
        if deal.asked_ago is not None:
            asked_on = town.days.on - timedelta(days=deal.asked_ago)
            starts = town.days.on + timedelta(days=14)
            _request(
                town,
                circle,
                deal,
                starts=min(starts, town.days.year_end - timedelta(days=7)),
                asked_on=asked_on,
            )


def _deals() -> list[tuple[Circle, Deal]]:
    return [(circle, deal) for circle in CIRCLES for deal in circle.deals]


def _request(town: Town, circle: Circle, deal: Deal, *, starts: date, asked_on: date) -> Approval:
    by = town.users[deal.asked_by or PRIYA]
    contract = draft_contract(
        cluster=town.clusters[circle.ref],
        provider=town.providers[deal.company],
        terms=ContractTerms(
            ref=deal.ref,
            title=deal.title,
            start_date=starts,
            end_date=town.days.year_end,
            services=[
                ServiceTerms(
                    code=offered.code,
                    description=offered.description,
                    unit=offered.unit,
                    unit_rate_pence=offered.rate,
                    alone_rate_pence=offered.alone_rate,
                    sharing_rule=offered.shared,
                    max_units=offered.most,
                )
                for offered in deal.services
            ],
            weekly_pence=deal.weekly,
            one_off_pence=deal.one_off,
            is_regulated=deal.is_regulated,
        ),
        by=by,
        at=moment(asked_on, 15),
        decision=decide_to_buy(town, circle, deal, on=asked_on),
    )
    return request_approval(contract=contract, by=by, at=moment(asked_on, 15))


def _approver(town: Town, approval: Approval) -> User:
    """Find the first commissioner who may approve as much."""
    return next(
        town.users[official.email]
        for official in OFFICIALS
        if official.role == RoleKind.COMMISSIONER and official.may_approve_pence >= approval.estimate_pence
    )


def _directory(published_on: date) -> bytes:
    """Write a made-up regulator's directory: the companies with a location in it, how that is rated, and since when."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(DIRECTORY_COLUMNS)
    for number, company in enumerate(COMPANIES):
        if company.cqc_location_id:
            rated_on = published_on - RATED_APART * number
            place = (company.cqc_location_id, company.name, "N", "Social Care Org", "Homecare agencies")
            where = ("", "Thornvale", "", NAME, "")
            finding = ("Overall", "Overall", company.rating, f"{rated_on:%m/%d/%Y}", "Location", "N")
            rows.writerow([*place, *where, *finding, company.cqc_location_id, company.name])
    return file.getvalue().encode()
