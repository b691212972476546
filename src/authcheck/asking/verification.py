"""Every quotation is found again in the full text of its document: once, letter for letter, in its paragraph.

What is given to a speaker as his own words stands there between quotation marks, and what is reported does not.
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from authcheck.diagnostics import Diagnostic, in_file_order
from authcheck.frozen import dataclass
from authcheck.loading.files import printable
from authcheck.model.pack import Pack
from authcheck.model.source import Document, Passage, Speech

__all__ = ["DocumentCheck", "Totals", "paragraphs", "totals", "verify_sources"]

_PARAGRAPH = re.compile(r"paragraph ([1-9][0-9]*)")
_SPOKEN = {Speech.DIRECT, Speech.INDIRECT}
_MARK = re.compile('[“”"]')
_LINE_END = re.compile("\r\n|\r|\n")
# Below this likeness, the nearest text would be no help.
_LIKE = 0.5
_BEGINNING = 60


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What became of the quotations of one document.

    `checkable` is false where the pack names no full text: nothing can be found again there. `quotes` counts
    the quotations, `found` those that stand in their paragraph once, `citations` what is cited without a quote.
    """

    document: str
    title: str
    file: str
    checkable: bool
    quotes: int
    found: int
    citations: int
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of several documents. `unchecked` counts the quotations that have no full text."""

    documents: int
    checkable: int
    quotes: int
    found: int
    unchecked: int
    problems: int


def verify_sources(pack: Pack, folder: Path) -> tuple[DocumentCheck, ...]:
    """Return a check of every document of the pack, read from the folder of full texts."""
    passages: dict[str, list[Passage]] = {name: [] for name in pack.documents}
    for passage in pack.passages.values():
        passages[passage.document].append(passage)
    return tuple(_check(document, passages[name], folder) for name, document in pack.documents.items())


def totals(checks: Iterable[DocumentCheck]) -> Totals:
    """Return the counts over all documents."""
    every = tuple(checks)
    checkable = [document for document in every if document.checkable]
    return Totals(
        documents=len(every),
        checkable=len(checkable),
        quotes=sum(document.quotes for document in checkable),
        found=sum(document.found for document in checkable),
        unchecked=sum(document.quotes for document in every if not document.checkable),
        problems=sum(len(document.problems) for document in every),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a full text: the lines that are not empty once stripped."""
    return tuple(stripped for line in _LINE_END.split(text) if (stripped := line.strip()))


def _check(document: Document, passages: Sequence[Passage], folder: Path) -> DocumentCheck:
    quoted = [passage for passage in passages if passage.quote]
    problems: list[Diagnostic] = []
    found = 0
    if document.file:
        text = _read(document, folder, problems)
        # Without a text, one problem says it for all quotations.
        if text is not None:
            numbered = paragraphs(text)
            names = {passage.speaker for passage in quoted if passage.speech in _SPOKEN and not passage.anonymous}
            faults = [
                fault
                for passage in quoted
                if (fault := _fault(passage, document, numbered) or _misattributed(passage, numbered, names))
                is not None
            ]
            problems.extend(faults)
            found = len(quoted) - len(faults)
    return DocumentCheck(
        document=document.document,
        title=document.title,
        file=document.file,
        checkable=bool(document.file),
        quotes=len(quoted),
        found=found,
        citations=len(passages) - len(quoted),
        problems=in_file_order(problems),
    )


def _read(document: Document, folder: Path, problems: list[Diagnostic]) -> str | None:
    """Return the full text, or None after adding why there is none; a text that has changed is read all the same."""
    name = f"`{printable(document.file)}`"

    def add(code: str, message: str, help: str) -> None:
        problems.append(Diagnostic(code, message, document.place, help=help))

    try:
        path = folder / document.file
        if not path.exists():
            add("document-missing", f"the full text {name} is missing", "name the folder that holds the full texts")
            return None
        if not path.is_file():
            add("document-unreadable", f"{name} is no file", "put the full text there")
            return None
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be one of a file"
        add("document-unreadable", f"{name} cannot be read: {printable(str(reason)).lower()}", "check who may read it")
        return None
    digest = hashlib.sha256(data).hexdigest()
    if document.sha256 and digest != document.sha256.lower():
        help = f"its sha256 is {digest}; take the text that the pack was written from, or check every quotation anew"
        add("document-changed", f"{name} is not the text that the pack was written from", help)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        add("document-unreadable", f"{name} is not text in UTF-8", "put the full text there")
        return None


def _fault(passage: Passage, document: Document, numbered: Sequence[str]) -> Diagnostic | None:
    """Return why the quotation does not stand in its paragraph exactly once, or None where it does."""
    name = f"the quotation `{passage.passage}`"
    pinpoint = _PARAGRAPH.fullmatch(passage.at)
    if pinpoint is None:
        message = f"{name} stands `{printable(passage.at)}`, which names no paragraph"
        return Diagnostic("no-paragraph", message, passage.place, help="write `at: paragraph` and its number")
    number = int(pinpoint[1])
    here = numbered[number - 1] if number <= len(numbered) else ""
    times = _count(passage.quote, here)
    if times == 1:
        return None
    if times > 1:
        message = f"{name} stands {times} times in paragraph {number}"
        return Diagnostic("quote-ambiguous", message, passage.place, help="quote a few words more")
    message = f"{name} does not stand in paragraph {number} of `{document.document}`"
    return Diagnostic("quote-not-found", message, passage.place, help=_hint(passage.quote, number, numbered))


def _misattributed(passage: Passage, numbered: Sequence[str], names: Collection[str]) -> Diagnostic | None:
    """Return why the quotation, which stands in its paragraph once, is not the speech that it is said to be."""
    name = f"the quotation `{passage.passage}`"
    number = int(passage.at.removeprefix("paragraph "))
    paragraph = numbered[number - 1]
    start = paragraph.index(passage.quote)
    before, after = _marks(paragraph, start, start + len(passage.quote))
    if passage.speech is Speech.DIRECT and not before:
        message = f"{name} is called direct speech, and does not stand between quotation marks"
        return Diagnostic("not-direct", message, passage.place, help="write `speech: indirect`, or split it")
    if passage.speech is Speech.INDIRECT and before and after:
        message = f"{name} is called indirect speech, and stands between quotation marks"
        return Diagnostic("not-indirect", message, passage.place, help="write `speech: direct`")
    mixed = _MARK.search(passage.quote) is not None
    if mixed and passage.speech in _SPOKEN:
        message = f"{name} has words within quotation marks and words outside them"
        return Diagnostic("mixed-speech", message, passage.place, help="split it into passages of one kind")
    named = _named_last(numbered[:number], names)
    if passage.speech in _SPOKEN and passage.speaker in names and named and passage.speaker not in named:
        message = f"{name} is given to {printable(passage.speaker)}, where the text names {' and '.join(sorted(named))}"
        return Diagnostic("another-speaker", message, passage.place, help="correct `speaker`")
    return None


def _marks(paragraph: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a quotation mark opens before this part of a paragraph, and whether that one closes after it.

    Straight marks open and close in turn. A mark that is never closed ends where the next one opens.
    """
    is_open = False
    for mark in _MARK.finditer(paragraph, 0, start):
        is_open = mark[0] == "“" or (mark[0] == '"' and not is_open)
    following = _MARK.search(paragraph, end)
    return is_open, following is not None and following[0] != "“"


def _named_last(numbered: Sequence[str], names: Collection[str]) -> set[str]:
    """Return the speakers whose names the last paragraph has that has one of any."""
    for paragraph in reversed(numbered):
        found = {name for name in names if name.rpartition(" ")[2] in paragraph}
        if found:
            return found
    return set()


def _count(quote: str, paragraph: str) -> int:
    """Return how often the quotation begins in the paragraph, overlaps counted."""
    return sum(paragraph.startswith(quote, start) for start in range(len(paragraph)))


def _hint(quote: str, number: int, numbered: Sequence[str]) -> str:
    """Return where the quotation does stand, or where it parts from the nearest words of its paragraph."""
    elsewhere = [str(at) for at, paragraph in enumerate(numbered, start=1) if quote in paragraph]
    if elsewhere:
        word = "paragraph" if len(elsewhere) == 1 else "paragraphs"
        return f"it stands in {word} {', '.join(elsewhere)}: correct `at`"
    if number > len(numbered):
        return f"the text has {len(numbered)} paragraphs: correct `at`"
    paragraph = numbered[number - 1]
    start = _nearest(quote, paragraph)
    if start is None:
        return f"nothing like it stands there: the paragraph begins “{printable(paragraph[:_BEGINNING])}”"
    nearest = paragraph[start:]
    column = next(at for at, (mine, theirs) in enumerate(itertools.zip_longest(quote, nearest)) if mine != theirs)
    end = nearest.find(" ", len(quote))
    return (
        f"letter {column + 1} is {_letter(quote, column)} in the quotation and {_letter(nearest, column)} in the "
        f"text, which has “{printable(nearest if end < 0 else nearest[:end])}”"
    )


def _nearest(quote: str, paragraph: str) -> int | None:
    """Return where in the paragraph the words begin that are most like the quotation, if any are."""
    blocks = difflib.SequenceMatcher(None, quote, paragraph, autojunk=False).get_matching_blocks()
    best, found = _LIKE, None
    for start in sorted({max(0, block.b - block.a) for block in blocks if block.size}):
        window = paragraph[start : start + len(quote)]
        alike = difflib.SequenceMatcher(None, quote, window, autojunk=False).ratio()
        # Of windows as like, the one that agrees longest from its beginning shows the difference best.
        pairs = zip(quote, window, strict=False)
        agreeing = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        if alike > _LIKE and alike + agreeing / len(quote) > best:
            best, found = alike + agreeing / len(quote), start
    return found


def _letter(text: str, column: int) -> str:
    return f"`{printable(text[column])}`" if column < len(text) else "the end"
