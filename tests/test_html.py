"""The page: its structure without a browser, and how it behaves in one."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from authcheck.answer.answer import Answer
from authcheck.model.verdict import Need, Verdict
from authcheck.rendering import page as page_module
from authcheck.rendering.elements import element, together
from authcheck.rendering.layouts.in_full import answer_in_full
from authcheck.rendering.on_page import page_text
from authcheck.rendering.words import power_words, value_words
from authcheck.wording import spoken
from tests import shipped
from tests.shipped import Run

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

STYLE = Path(page_module.__file__).with_name("page.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
)


def answer_page(answers: Iterable[Answer]) -> str:
    return page_text([answer_in_full(answer) for answer in answers])


Decide: TypeAlias = Callable[..., Answer]
Attributes: TypeAlias = Mapping[str, str | None]

VOID = {"br", "link", "meta"}
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror='alert(2)'>&lt;b&gt;\x1b[31m\u202e"


@pytest.fixture(scope="module")
def decide() -> Decide:
    def decide(name: str, lens: str = "documents") -> Answer:
        return shipped.decider().decide(shipped.scenario(name), lens=lens)

    return decide


@dataclass
class Page(HTMLParser):
    """A page taken apart: its elements in order, its text, and the tags that do not close."""

    source: str
    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.source)
        self.close()
        self.faults += [f"{tag} is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} is closed where it is not open")

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]


@pytest.fixture(scope="module")
def pages(decide: Decide) -> Callable[[str], Page]:
    kept: dict[str, Page] = {}

    def page(name: str) -> Page:
        if name not in kept:
            names = list(shipped.PATHS) if name == "all" else [name]
            kept[name] = Page(answer_page([decide(one) for one in names]))
        return kept[name]

    return page


NAMES = [*shipped.PATHS, "all"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole(name: str, pages: Callable[[str], Page]) -> None:
    page = pages(name)
    assert page.faults == []
    assert [one for one, count in Counter(page.ids).items() if count > 1] == []
    links = [str(attributes["href"]) for attributes in page.all("a")]
    assert links
    assert {one.removeprefix("#") for one in links} <= set(page.ids)


@pytest.mark.parametrize("name", NAMES)
def test_headings_go_down_one_level_at_a_time(name: str, pages: Callable[[str], Page]) -> None:
    levels = [int(tag[1]) for tag, _ in pages(name).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", ["drone-attack", "all"])
def test_a_page_has_its_landmarks_and_its_language(name: str, pages: Callable[[str], Page]) -> None:
    page = pages(name)
    assert page.all("html") == [{"lang": "en"}]
    assert [one["id"] for one in page.all("main")] == ["main"]
    assert [one["aria-label"] for one in page.all("nav")] == ["Contents"]
    assert len(page.all("header")) == 1
    first_link = next(attributes for tag, attributes in page.elements if tag == "a")
    assert (first_link["class"], first_link["href"]) == ("skip", "#main")


@pytest.mark.parametrize("name", ["drone-attack", "three-courses", "all"])
def test_the_cells_that_head_a_table_say_what_they_head(name: str, pages: Callable[[str], Page]) -> None:
    page = pages(name)
    assert {one.get("scope") for one in page.all("th")} == {"col", "row"}
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(one.get("data-label") for one in page.all("td"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_nothing_of_any_network(name: str, pages: Callable[[str], Page]) -> None:
    page = pages(name)
    for tag, attributes in page.elements:
        assert not [one for one in attributes if one.startswith("on") or one in {"style", "src", "srcset", "action"}]
        assert str(attributes.get("href", "#")).startswith("#") or (tag, attributes["href"]) == ("link", "data:,")
    assert not re.search(r"url\(|@import|https?:", STYLE)
    assert not {tag for tag, _ in page.elements} & {
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "video",
        "audio",
    }


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(decide: Decide) -> None:
    source = answer_page([decide("drone-attack")])
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.+?)">', source)
    allowed = dict(one.strip().split(" ", 1) for one in unescape(policy).split(";"))
    assert allowed["default-src"] == "'none'"
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = re.findall(rf"<{tag}>(.+?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert allowed[name] == f"'sha256-{digest}'"
    assert {name: one for name, one in allowed.items() if name not in {"default-src", "style-src", "script-src"}} == {
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


TEXTS = {
    *("at", "by", "description", "disclaimer", "due_words", "in_effect", "law", "misconception", "note", "option"),
    *("publisher", "question", "quote", "reason", "role", "scenario", "silence", "speaker", "text", "title", "voice"),
}


def hostile(value: object, name: str = "") -> Any:  # noqa: ANN401 - it is what it was.
    """Return a value with words that would be obeyed wherever a scenario or a pack has words of its own."""
    if isinstance(value, str):
        # A single word may be a name, by which something is found.
        return f"{value} {HOSTILE}" if name in TEXTS and " " in value else value
    if isinstance(value, Mapping):
        return {key: hostile(one, name) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(hostile(one, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: hostile(getattr(value, one.name), one.name) for one in fields(value)})
    return value


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("name", ["designation-alone", "three-courses"])
def test_words_of_a_scenario_and_a_pack_stay_words(name: str, count: int, decide: Decide) -> None:
    source = answer_page([hostile(decide(name))] * count)
    page = Page(source)
    assert page.faults == []
    assert len(page.all("script")) == 1
    assert page.all("img", "b") == []
    assert page.text.count("<script>alert(1)</script>\"><img src=x onerror='alert(2)'>&lt;b&gt;\ufffd[31m\ufffd") > 50
    assert not set(source) & {"\x1b", "\u202e"}


def test_an_element_escapes_all_that_is_not_html_already() -> None:
    inner = element("em", 'a<b & "c"', title="\"><script>'")
    assert inner == '<em title="&quot;&gt;&lt;script&gt;&#x27;">a&lt;b &amp; &quot;c&quot;</em>'
    assert element("p", inner, ["d", [inner]]) == f"<p>{inner}d{inner}</p>"
    # What is put together as text is text again.
    assert together(inner + "!") == f"{inner}!".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(
        '"', "&quot;"
    )
    assert element("button", "x", hidden=True, aria_label="y", class_="", disabled=False) == (
        '<button hidden aria-label="y">x</button>'
    )
    assert element("br") == "<br>"
    assert element("p", "\x1b[31m", title="\u202e") == '<p title="\ufffd">\ufffd[31m</p>'


@pytest.mark.parametrize("name", ["drone-attack", "day-75", "designation-alone", "three-courses"])
def test_the_page_says_what_the_answer_says(name: str, decide: Decide, pages: Callable[[str], Page]) -> None:
    answer, page = decide(name), pages(name)
    for one in answer.authorities.values():
        word = one.in_effect or spoken(one.verdict.value)
        assert f"{one.title} : {word}" in page.text
    for power in answer.powers.values():
        if power.needed is not Need.NOT_NEEDED:
            word = "nothing: a gap" if power.gap else re.escape(power_words(power))
            assert re.search(rf"{re.escape(power.title)}( \(perhaps needed\))?: {word}", page.text)
    for id, fact in answer.facts.items():
        assert f"{fact.question} {id} {value_words(fact.value)}" in page.text
    cited = {
        passage
        for one in answer.authorities.values()
        if one.verdict is not Verdict.NOT_ENGAGED
        for part in one.tree.parts
        for found in (part, *part.parts)
        for passage in found.passages
    }
    for passage in cited:
        assert " ".join(answer.passages[passage].quote.split()) in page.text


def test_a_reading_that_the_lens_leaves_out_is_shown_as_left_out(decide: Decide) -> None:
    assert "Left out by the lens" in Page(answer_page([decide("drone-attack")])).text
    assert "Left out by the lens" not in Page(answer_page([decide("drone-attack", "all")])).text


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_wcag_reckons_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_can_be_read_on_what_is_behind_it(colours: Mapping[str, str]) -> None:
    verdicts = [name for name in colours if f"{name}-behind" in colours]
    assert len(verdicts) == 6
    pairs = [(name, f"{name}-behind") for name in verdicts]
    pairs += [(name, behind) for name in ("text", "muted", "link") for behind in ("page", "card")]
    assert [pair for pair in pairs if contrast(*(colours[one] for one in pair)) < 4.5] == []
    # What is no text, and must be seen all the same.
    assert contrast(colours["focus"], colours["page"]) >= 3
    assert contrast(colours["focus"], colours["card"]) >= 3


# The command.


def test_one_bad_scenario_does_not_keep_the_others_from_the_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("scenario: x\nfacts: {nothing_known: true}\n", encoding="utf-8")
    done = run("evaluate", "bad.yaml", "drone-attack", "day-75", "-f", "html", "-o", "page.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert "Answers to 2 scenarios" in page.text
    assert "Day 75, Congress never asked" in page.text


def test_without_an_answer_there_is_no_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("scenario: x\nfacts: {nothing_known: true}\n", encoding="utf-8")
    done = run("evaluate", "bad.yaml", "-f", "html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")


def test_the_seed_of_the_hashes_changes_no_byte_of_a_page(run_apart: Run) -> None:
    shown = [run_apart("evaluate", "monthly-raids", "-f", "html", PYTHONHASHSEED=seed) for seed in ("1", "4242")]
    assert shown[0].returncode == 0
    assert shown[0].stdout == shown[1].stdout


# In a browser.


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium, chromedriver = (shutil.which(name) for name in ("chromium", "chromedriver"))
    if chromium is None or chromedriver is None:
        pytest.skip("chromium or chromedriver is not installed")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(executable_path=chromedriver))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Chrome, decide: Decide, tmp_path: Path) -> Callable[..., str]:
    """Return a function that opens the page of a scenario, and returns its address."""

    def opened(name: str, width: int = 1280, scheme: str = "light", media: str = "screen", *, bad: bool = False) -> str:
        answer = decide(name)
        path = tmp_path / f"{name}.html"
        path.write_text(answer_page([hostile(answer) if bad else answer]), encoding="utf-8")
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        logged(browser, "browser")
        logged(browser, "performance")
        browser.get(path.as_uri())
        return path.as_uri()

    return opened


def asked(browser: Chrome, script: str) -> object:
    return browser.execute_script(script)


def logged(browser: Chrome, kind: str) -> list[str]:
    """Return what a log has held since it was last read."""
    return [str(one["message"]) for one in browser.get_log(kind)]  # type: ignore[no-untyped-call]


FOLDS = "Array.from(document.querySelectorAll('details'))"


@pytest.mark.parametrize("bad", [False, True], ids=["as it is", "with hostile words"])
def test_a_browser_finds_no_fault_and_asks_nothing_of_a_network(
    browser: Chrome, opened: Callable[..., str], *, bad: bool
) -> None:
    address = opened("three-courses", bad=bad)
    asked(browser, f"{FOLDS}.forEach(one => one.open = true)")
    assert logged(browser, "browser") == []
    requested = re.findall(
        r'"method":"Network\.requestWillBeSent".*?"request":\{.*?"url":"(.*?)"',
        "\n".join(logged(browser, "performance")),
    )
    assert address in requested
    assert {one for one in requested if one != address and not one.startswith("data:")} == set()


def test_every_tree_can_be_reached_and_unfolded_by_keyboard(browser: Chrome, opened: Callable[..., str]) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    opened("training-approved")
    assert asked(browser, f"return {FOLDS}.some(one => one.open)") is False
    reached = 0
    keys = itertools.cycle((Keys.ENTER, Keys.SPACE))
    for _ in range(2000):
        ActionChains(browser, duration=0).send_keys(Keys.TAB).perform()
        where = asked(browser, "return document.activeElement.tagName")
        if where == "BODY":
            break
        if where == "SUMMARY":
            reached += 1
            ActionChains(browser, duration=0).send_keys(next(keys)).perform()
    assert reached > 2
    assert reached == asked(browser, f"return {FOLDS}.length")
    assert asked(browser, f"return {FOLDS}.every(one => one.open)") is True


def test_the_buttons_unfold_and_fold_everything_by_keyboard(browser: Chrome, opened: Callable[..., str]) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    opened("drone-attack")
    unfold, fold = browser.find_elements(By.TAG_NAME, "button")
    assert (unfold.text, fold.text) == ("Unfold all", "Fold all")
    unfold.send_keys(Keys.SPACE)
    assert asked(browser, f"return {FOLDS}.every(one => one.open)") is True
    fold.send_keys(Keys.ENTER)
    assert asked(browser, f"return {FOLDS}.some(one => one.open)") is False


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["drone-attack", "three-courses"])
def test_a_page_is_never_wider_than_its_window(
    name: str, width: int, browser: Chrome, opened: Callable[..., str]
) -> None:
    opened(name, width)
    assert asked(browser, "return innerWidth") == width
    hidden = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert asked(browser, hidden) == 0
    asked(browser, f"{FOLDS}.forEach(one => one.open = true)")
    assert asked(browser, hidden) == 0


SHOWN = "return Array.from(document.querySelectorAll('details > :not(summary)')).every(one => one.checkVisibility())"


def test_a_print_shows_what_is_folded_even_without_the_script(browser: Chrome, opened: Callable[..., str]) -> None:
    opened("day-75")
    assert asked(browser, SHOWN) is False
    opened("day-75", media="print")
    assert asked(browser, f"return {FOLDS}.some(one => one.open)") is False
    assert asked(browser, SHOWN) is True


def test_printing_unfolds_and_folds_again(browser: Chrome, opened: Callable[..., str]) -> None:
    opened("gulf-of-california")
    asked(browser, f"addEventListener('beforeprint', () => {{ window.all = {FOLDS}.every(one => one.open); }})")
    assert browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert asked(browser, "return window.all") is True
    assert asked(browser, f"return {FOLDS}.some(one => one.open)") is False


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_colours_follow_the_scheme(
    scheme: str, colours: Mapping[str, str], browser: Chrome, opened: Callable[..., str]
) -> None:
    opened("drone-attack", scheme=scheme)
    seen = asked(
        browser,
        "const found = getComputedStyle(document.querySelector('.badge.available'));"
        "return [found.color, found.backgroundColor, getComputedStyle(document.body).backgroundColor].join(' | ')",
    )
    wanted = [colours[name] for name in ("available", "available-behind", "page")]
    assert seen == " | ".join(f"rgb({', '.join(str(int(one[i : i + 2], 16)) for i in (1, 3, 5))})" for one in wanted)
