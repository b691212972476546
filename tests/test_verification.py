from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from authcheck.asking.verification import DocumentCheck, paragraphs, totals, verify_sources
from authcheck.diagnostics import Diagnostic
from authcheck.loading.files import PackText
from authcheck.loading.packs import build_pack
from authcheck.model.pack import Pack
from authcheck.model.source import Speech
from tests import shipped

TEXT = """A story

  The board may act once it has approved.\t

Once upon a time, and once again, it did.
The end
"""

PACK = {
    "pack.yaml": """
pack: tiny
title: A tiny pack
version: 1.0.0
as_of: 2025-02-04
review: Made up.
disclaimer: Made up.
""",
    "vocabulary/lenses.yaml": """
holders: []
lenses: [{lens: documents, title: What the story says, admits: documents}]
""",
    "sources/law.yaml": """
document: law
title: The law
class: statute
passages:
  - {passage: law-1, quote: The board may act., at: art. 1, speaker: the law, kind: law}
  - {passage: law-2, at: art. 2, speaker: the law, kind: law}
""",
}

STORY = """
document: story
title: A story
class: reporting
file: story.txt
sha256: {sha256}
passages:
  - passage: heading
    at: {at}
    quote: {quote}
    speaker: the teller
    kind: law
  - {{passage: story-0, at: paragraph 1, speaker: the teller, kind: law}}
"""


def pack_with(quote: str, at: str = "paragraph 2", sha256: str = "") -> Pack:
    digest = sha256 or f'"{hashlib.sha256(TEXT.encode()).hexdigest()}"'
    story = STORY.format(quote=f'"{quote}"', at=at, sha256=digest)
    files = {**PACK, "sources/story.yaml": story}
    return build_pack(PackText("tiny", {name: one.encode() for name, one in files.items()}, "sha256:0"))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def story_of(pack: Pack, folder: Path) -> DocumentCheck:
    return next(one for one in verify_sources(pack, folder) if one.document == "story")


def problem_of(pack: Pack, folder: Path) -> Diagnostic:
    (found,) = story_of(pack, folder).problems
    return found


def test_a_paragraph_is_a_line_that_is_not_empty_once_stripped() -> None:
    assert paragraphs("one\r\n\r\n \ttwo \rthree\n\n") == ("one", "two", "three")


def test_a_quotation_that_stands_in_its_paragraph_is_found(texts: Path) -> None:
    checks = verify_sources(pack_with("The board may act"), texts)

    assert [one.problems for one in checks] == [(), ()]
    assert {one.document: (one.checkable, one.quotes, one.found, one.citations) for one in checks} == {
        "law": (False, 1, 0, 1),
        "story": (True, 1, 1, 1),
    }


def test_totals_tell_what_could_not_be_checked(texts: Path) -> None:
    found = totals(verify_sources(pack_with("The board may act"), texts))

    assert (found.documents, found.checkable, found.quotes, found.found) == (2, 1, 1, 1)
    assert (found.unchecked, found.problems) == (1, 0)


@pytest.mark.parametrize(
    ("quote", "at", "code", "help"),
    [
        (
            "The board nay act once",
            "paragraph 2",
            "quote-not-found",
            "letter 11 is `n` in the quotation and `m` in the text, which has “The board may act once”",
        ),
        (
            "board mayact once it",
            "paragraph 2",
            "quote-not-found",
            "letter 10 is `a` in the quotation and ` ` in the text, which has “board may act once it”",
        ),
        (
            "it has approved. Or not",
            "paragraph 2",
            "quote-not-found",
            "letter 17 is ` ` in the quotation and the end in the text, which has “it has approved.”",
        ),
        ("the board may act", "paragraph 2", "quote-not-found", "letter 1 is `t` in the quotation and `T`"),
        ("The board may act", "paragraph 3", "quote-not-found", "it stands in paragraph 2: correct `at`"),
        ("The board nay act", "paragraph 9", "quote-not-found", "the text has 4 paragraphs: correct `at`"),
        ("Zzz", "paragraph 2", "quote-not-found", "nothing like it stands there: the paragraph begins “The board"),
        ("nce", "paragraph 3", "quote-ambiguous", "quote a few words more"),
        ("The board", "section 2", "no-paragraph", "write `at: paragraph` and its number"),
        ("The board", "paragraph 02", "no-paragraph", "write `at: paragraph` and its number"),
    ],
)
def test_a_quotation_that_does_not_stand_there_once_is_a_problem_at_its_place(
    quote: str, at: str, code: str, help: str, texts: Path
) -> None:
    found = problem_of(pack_with(quote, at), texts)

    assert found.code == code
    assert str(found.place) == "tiny/sources/story.yaml:10:12"
    assert found.help.startswith(help)
    assert "`heading`" in found.message


def test_overlapping_quotations_are_counted(texts: Path) -> None:
    (texts / "story.txt").write_text("x\nanana\n", encoding="utf-8")

    codes = [one.code for one in story_of(pack_with("ana"), texts).problems]

    assert codes == ["document-changed", "quote-ambiguous"]


def test_a_changed_text_is_a_problem_even_where_its_quotations_stand(texts: Path) -> None:
    (texts / "story.txt").write_text(TEXT + "More.\n", encoding="utf-8")

    check = story_of(pack_with("The board may act"), texts)

    assert check.found == 1
    assert [one.code for one in check.problems] == ["document-changed"]


def test_a_digest_in_capitals_is_the_same_digest(texts: Path) -> None:
    digest = f'"{hashlib.sha256(TEXT.encode()).hexdigest().upper()}"'

    assert story_of(pack_with("The board", sha256=digest), texts).problems == ()


def test_a_byte_order_mark_is_no_letter(texts: Path) -> None:
    data = b"\xef\xbb\xbf" + TEXT.encode()
    (texts / "story.txt").write_bytes(data)
    digest = f'"{hashlib.sha256(data).hexdigest()}"'

    assert story_of(pack_with("A story", "paragraph 1", digest), texts).problems == ()


def test_a_missing_text_is_one_problem_for_all_its_quotations(tmp_path: Path) -> None:
    found = problem_of(pack_with("The board"), tmp_path)

    assert found.code == "document-missing"
    assert found.place.file == "tiny/sources/story.yaml"


def test_a_text_that_is_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "story.txt").mkdir()

    assert problem_of(pack_with("The board"), tmp_path).code == "document-unreadable"


def test_a_text_that_nobody_writes_into_is_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    os.mkfifo(tmp_path / "story.txt")

    assert problem_of(pack_with("The board"), tmp_path).code == "document-unreadable"


def test_a_binary_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_bytes(b"\x89PNG\xff\xfe\x00")

    codes = [one.code for one in story_of(pack_with("The board"), tmp_path).problems]

    assert codes == ["document-changed", "document-unreadable"]


def test_a_text_that_cannot_be_read_is_a_problem(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    found = problem_of(pack_with("The board"), texts)

    assert found.code == "document-unreadable"
    assert found.message == "`story.txt` cannot be read: permission denied"


def test_a_name_that_no_file_can_have_is_a_problem(texts: Path) -> None:
    pack = pack_with("The board")
    story = replace(pack.documents["story"], file="a\0b\x1b[31m")

    found = problem_of(replace(pack, documents={**pack.documents, "story": story}), texts)

    assert found.code in {"document-missing", "document-unreadable"}
    assert "\x1b" not in found.message


def test_every_quotation_of_the_shipped_pack_is_found(documents: Path) -> None:
    checks = verify_sources(shipped.pack(), documents)
    found = totals(checks)

    assert [one for check in checks for one in check.problems] == []
    assert (found.checkable, found.found) == (5, found.quotes)
    assert found.quotes > 100


def test_a_changed_letter_in_the_shipped_pack_fails_with_its_place(documents: Path) -> None:
    id = "war-zone-p9-art2-is-a-claim"
    passage = shipped.pack().passages[id]
    changed = replace(passage, quote=passage.quote.replace("claim", "c1aim"))

    checks = verify_sources(replace(shipped.pack(), passages={**shipped.pack().passages, id: changed}), documents)
    (problem,) = (one for check in checks for one in check.problems)

    assert problem.code == "quote-not-found"
    assert problem.place == passage.place
    assert problem.place.file.endswith("war-zone.yaml")
    assert problem.place.line
    assert problem.help.startswith("letter 6 is `1` in the quotation and `l` in the text")


SAID = """The mayor spoke. Ada Marsh said that the gate was shut.
“The gate is shut,” said Ada Marsh. “It stays so.”
“No mark ever ends this,said Marsh. “The next one does.”
Jonas Pike, whom nobody believed, wanted it open and called it "a shame".
So the gate was opened.
"""

PASSAGE = """
document: story
title: A story
class: reporting
file: story.txt
passages:
  - {{passage: gate, at: paragraph {at}, quote: '{quote}', speaker: {speaker}, speech: {speech}, kind: fact}}
  - {{passage: mayor, at: paragraph 1, quote: that the gate, speaker: Ada Marsh, speech: indirect, kind: fact}}
  - {{passage: pike, at: paragraph 4, quote: wanted it open, speaker: Jonas Pike, speech: indirect, kind: fact}}
"""


def speech_of(folder: Path, quote: str, at: int, speech: str, speaker: str = "Ada Marsh") -> list[str]:
    (folder / "story.txt").write_text(SAID, encoding="utf-8")
    story = PASSAGE.format(quote=quote, at=at, speech=speech, speaker=speaker)
    files = {**PACK, "sources/story.yaml": story}
    pack = build_pack(PackText("tiny", {name: one.encode() for name, one in files.items()}, "sha256:0"))
    return [one.code for one in story_of(pack, folder).problems]


@pytest.mark.parametrize(
    ("quote", "at", "speech", "speaker", "codes"),
    [
        ("The gate is shut", 2, "direct", "Ada Marsh", []),
        ("It stays so.", 2, "direct", "Ada Marsh", []),
        ("The gate is shut", 2, "indirect", "Ada Marsh", ["not-indirect"]),
        ("the gate was shut", 1, "indirect", "Ada Marsh", []),
        ("the gate was shut", 1, "direct", "Ada Marsh", ["not-direct"]),
        ("said Ada Marsh", 2, "direct", "Ada Marsh", ["not-direct"]),
        ("No mark ever ends this", 3, "direct", "Ada Marsh", []),
        ("The next one does.", 3, "direct", "Ada Marsh", []),
        ("The next one does.", 3, "indirect", "Ada Marsh", ["not-indirect"]),
        ('called it "a shame', 4, "indirect", "Jonas Pike", ["mixed-speech"]),
        ("a shame", 4, "direct", "Jonas Pike", []),
        ("The gate is shut", 2, "direct", "Jonas Pike", ["another-speaker"]),
        ("the gate was opened", 5, "indirect", "Jonas Pike", []),
        ("the gate was opened", 5, "indirect", "Ada Marsh", ["another-speaker"]),
        ("the gate was opened", 5, "post", "Ada Marsh", []),
    ],
)
def test_direct_speech_stands_between_quotation_marks_and_a_report_does_not(
    quote: str, at: int, speech: str, speaker: str, codes: list[str], tmp_path: Path
) -> None:
    assert speech_of(tmp_path, quote, at, speech, speaker) == codes


def test_speech_that_is_called_the_other_kind_is_found_in_the_shipped_documents(documents: Path) -> None:
    pack = shipped.pack()
    other = {Speech.DIRECT: Speech.INDIRECT, Speech.INDIRECT: Speech.DIRECT}
    turned = {
        name: replace(passage, speech=other[passage.speech])
        for name, passage in pack.passages.items()
        if passage.speech in other
    }
    checks = verify_sources(replace(pack, passages={**pack.passages, **turned}), documents)

    found = {problem.message.split("`")[1] for check in checks for problem in check.problems}
    # The mark before these words is never closed in the document.
    assert turned.keys() - found == {"war-zone-p17-fto-some-effects"}
