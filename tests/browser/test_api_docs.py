"""The page where the API can be read and tried, under our Content-Security-Policy."""

from playwright.sync_api import Page, expect


def test_shows_every_operation_and_what_it_refuses(page: Page) -> None:
    page.goto("/api/v1/docs/")
    expect(page.get_by_role("heading", name="Common Purse")).to_be_visible()
    page.get_by_role("button", name="POST /api/v1/invoices").first.click()
    expect(page.get_by_text("The document is not right (wrong_document).")).to_be_visible()


def test_leads_from_a_problem_to_what_it_means(page: Page) -> None:
    page.goto("/api/v1/problems/#number_used")
    expect(page.get_by_role("heading", name="This number belongs to another document")).to_be_in_viewport()
