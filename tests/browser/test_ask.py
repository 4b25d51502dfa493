"""What a visitor sees and does, in a real Chromium: ask, read, open the clause, copy, verify, share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, PATIENCE, glimpsed, settled

pytestmark = pytest.mark.browser

AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
LENTI = "How long should patients be followed after a lentiviral vector product?"
ELSEWHERE = "片剂的溶出度要怎么测？"
HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=1'> AAV 载体长期随访多少年？"
QUOTE = "blockquote"
CARD = ".st-key-cite-1-card"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh visitor. At the end: nothing was fetched from elsewhere, and the console holds no error."""
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 1000})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    strangers: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if is_error(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: strangers.append(request.url) if is_foreign(request.url, address) else None)
    yield page
    context.close()
    assert not errors
    assert not strangers


def is_error(message: ConsoleMessage) -> bool:
    """Errors of ours. On /read and the like Streamlit first looks for its own server below that path, and gets a 404."""
    probing = message.location.get("url", "").endswith(("/_stcore/health", "/_stcore/host-config"))
    return message.type == "error" and not probing


def is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def ask(page: Page, question: str) -> None:
    """Type a question on the first page and press Enter."""
    page.goto("/")
    expect(page.locator(".welcome")).to_be_visible()
    settled(page)  # before its button stands beside it, Enter in the box would send nothing
    box = page.locator(".st-key-askbox input")
    box.fill(question)
    box.press("Enter")
    page.wait_for_selector(".answer h2", timeout=PATIENCE)
    settled(page)


def clause_of(page: Page) -> str:
    """Open the first citation's clause and return its marked part."""
    page.locator(f"{CARD} button", has_text=re.compile("打开条款全文|Open the clause")).click()
    return page.locator(f"{CARD} .clause mark").first.inner_text()


def test_a_first_visitor_can_type_at_once(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".st-key-askbox input")).to_be_focused()
    expect(page.locator(".role a")).to_have_count(15)


def test_chinese_question(page: Page) -> None:
    ask(page, AAV)
    expect(page.locator(".answer")).to_contain_text(re.compile(r"5\s*年"))
    cited = page.locator(f"{CARD} {QUOTE}").inner_text()
    assert clause_of(page) == cited


def test_english_question(page: Page) -> None:
    ask(page, LENTI)
    expect(page.locator(".st-key-result")).to_contain_text(re.compile(r"15\s*年"))
    expect(page.locator(".answer")).to_contain_text("15 years")
    expect(page.locator(f"{CARD} details.reading p").first).to_be_visible()
    cited = page.locator(f"{CARD} {QUOTE}").inner_text()
    assert clause_of(page) == cited


def test_the_evidence_is_marked_in_the_quote(page: Page) -> None:
    ask(page, AAV)
    marked = page.locator(f"{CARD} {QUOTE} mark").first.inner_text()
    assert marked
    assert marked in page.locator(f"{CARD} {QUOTE}").inner_text()


def test_verify_now(page: Page) -> None:
    ask(page, AAV)
    page.locator(f"{CARD} button", has_text="立即核验").click()
    expect(page.locator(f"{CARD} .verdict.ok")).to_be_visible()


def test_a_citation_goes_to_the_clipboard(page: Page) -> None:
    ask(page, AAV)
    with glimpsed(page, f"{CARD} .copy.done"):
        page.locator(f"{CARD} .copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    for words in (page.locator(f"{CARD} {QUOTE}").inner_text(), "指导原则", "行"):
        assert words in copied


def test_the_path_lights_up_and_leads_to_the_card(page: Page) -> None:
    ask(page, AAV)
    figure = page.locator(".path figure:not([hidden])")
    figure.locator(".node").first.hover()
    expect(figure).to_have_class(re.compile("lit"))
    assert figure.locator(".node.on").count() >= 2
    with glimpsed(page, ".cite.visited"):
        figure.locator("a").last.click()


def test_not_in_the_guidance(page: Page) -> None:
    ask(page, ELSEWHERE)
    expect(page.locator(".state.not_covered")).to_be_visible()
    expect(page.locator(".answer h2")).to_have_text("文库中的指导原则没有回答这个问题")
    expect(page.locator(".st-key-nearest-1-card")).to_be_visible()
    expect(page.locator(CARD)).to_have_count(0)


def test_markup_in_a_question_is_text(page: Page) -> None:
    ask(page, HOSTILE)
    expect(page.locator(".answer .asked")).to_contain_text("<script>window.hit=1</script>")
    assert page.evaluate("window.hit") is None


def test_a_shared_link_opens_with_its_answer(page: Page) -> None:
    page.goto(f"/?ui=en&q={quote(LENTI)}")
    expect(page.locator(".state.answered")).to_have_text("Answered")
    expect(page.locator(".st-key-askbox input")).to_have_value(LENTI)


def test_back_returns_to_the_question_before(page: Page) -> None:
    ask(page, AAV)
    first = page.locator(".answer h2").inner_text()
    assert first
    box = page.locator(".st-key-askbox input")
    box.fill(ELSEWHERE)
    box.press("Enter")
    expect(page.locator(".state.not_covered")).to_be_visible()
    page.go_back()
    expect(page.locator(".answer h2")).to_have_text(first)
    expect(box).to_have_value(AAV)
    page.go_back()
    expect(page.locator(".welcome")).to_be_visible()
    expect(box).to_have_value("")


def test_the_language_of_the_interface(page: Page) -> None:
    ask(page, AAV)
    page.get_by_role("radio", name="English").click()
    expect(page.locator(".state.answered")).to_have_text("Answered")
    expect(page).to_have_url(re.compile("ui=en"))


def test_a_phone_shows_it_without_sideways_scrolling(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, base_url=address)
    page.goto(f"/?q={quote(AAV)}")
    expect(page.locator(".cite").first).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    widths = page.eval_on_selector_all(".cite, .answer, .panel", "all => all.map(x => x.getBoundingClientRect().right)")
    assert max(widths) <= 390
    page.close()
