"""What tests of the phone wait for."""

from playwright.sync_api import expect


def kept_sealed(page):
    """Until the pages lie sealed on the phone and the service worker is in charge."""
    expect(page.locator("[data-offline-page]")).to_have_attribute("data-kept", "yes")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
