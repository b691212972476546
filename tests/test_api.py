"""Python: one scenario, many of them, and tables, as scripts and notebooks ask for them."""

from __future__ import annotations

import datetime
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import authcheck
from authcheck import AuthcheckError, Cache, NotInstalledError, Record, decide, decide_many, decide_table, load_scenario
from authcheck.answer import Decider
from authcheck.model.pack import Pack
from authcheck.model.scenario import Unstated
from tests import shipped

STRIKE = {"operation_type": "airstrike", "operation_location": "host_country"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return authcheck.load_pack(cache=Cache(None))


def record(found: Record | AuthcheckError) -> Record:
    assert isinstance(found, Record)
    return found


def test_the_pack_that_is_installed_needs_no_name(pack: Pack) -> None:
    assert pack == shipped.pack()


def test_a_scenario_is_named_or_a_file(pack: Pack, tmp_path: Path) -> None:
    assert (
        load_scenario("drone-attack", pack, Cache(None)).facts.keys() == shipped.scenario("drone-attack").facts.keys()
    )
    (tmp_path / "mine.yaml").write_text("scenario: Mine\nfacts: {operation_type: airstrike}\n", encoding="utf-8")
    assert load_scenario(str(tmp_path / "mine.yaml"), pack, Cache(None)).title == "Mine"
    with pytest.raises(AuthcheckError, match="there is no file `nowhere`"):
        load_scenario("nowhere", pack, Cache(None))


def test_facts_do_in_place_of_a_scenario(pack: Pack) -> None:
    by_facts = decide(pack, {**STRIKE, "host_consent_status": None, "days_since_hostilities_began": float("nan")})
    by_text = decide(pack, shipped.written("facts: {operation: {type: airstrike, location: host_country}}\n"))
    assert by_facts.verdicts == by_text.verdicts
    assert decide(pack, {"facts": STRIKE, "as_of": datetime.date(1975, 1, 1)}).receipt.as_of.year == 1975
    with pytest.raises(AuthcheckError, match="no value of"):
        decide(pack, {"operation_type": "airstrke"})
    with pytest.raises(KeyError):
        decide(pack, STRIKE, lens="nobody")


def test_many_are_decided_in_their_order_and_each_as_it_would_be_alone(pack: Pack) -> None:
    given = [
        {**STRIKE, "host_consent_status": status, "days_since_hostilities_began": days}
        for status in ("given", "refused", "unknown")
        for days in (1, 2, 70)
    ]
    for found, facts in zip(decide_many(pack, given, lens="ali"), given, strict=True):
        answer = decide(pack, facts, lens="ali")
        assert {name: one.verdict for name, one in record(found).authorities.items()} == answer.verdicts
    stories = shipped.scenarios()
    decider = Decider(pack)
    for found, story in zip(decide_many(pack, stories), stories, strict=True):
        if story.activities:
            assert isinstance(found, AuthcheckError)
        else:
            assert record(found) == decider.record(story)


def test_what_cannot_be_decided_has_its_error_in_its_place(pack: Pack) -> None:
    bad: list[Mapping[str, object]] = [
        {"operation_type": "airstrke"},
        {"no_such_fact": True},
        {"operation_type": object()},
        {"attack_status": "none", "attack_is_direct": True},
    ]
    found = list(decide_many(pack, [STRIKE, *itertools.chain(*((one, STRIKE) for one in bad))]))
    assert [isinstance(one, AuthcheckError) for one in found] == [False, *[True, False] * len(bad)]
    words = [one.diagnostics[0] for one in found if isinstance(one, AuthcheckError)]
    assert [one.place.line for one in words] == [2, 4, 6, 8]
    assert "did you mean" in words[0].help
    assert "a object is no value of a fact" in words[2].message


def test_nothing_is_read_ahead_or_held(pack: Pack) -> None:
    taken = []

    def without_end() -> Iterator[Mapping[str, object]]:
        for number in itertools.count():
            taken.append(number)
            yield {**STRIKE, "days_since_hostilities_began": number}

    first = list(itertools.islice(decide_many(pack, without_end()), 3))
    assert taken == [0, 1, 2]
    assert [record(one).scenario for one in first] == ["line-1", "line-2", "line-3"]


FACTS: Mapping[str, Sequence[object]] = {
    "operation_type": ["airstrike", "training", "airstrke", None],
    "host_consent_status": ["given", "given|refused", None, "unknown"],
    "enters_host_airspace": [True, None, None, False],
    "days_since_hostilities_began": [1, 70, None, None],
}


def test_a_table_of_arrow_becomes_one_of_verdicts(pack: Pack) -> None:
    arrow = pytest.importorskip("pyarrow")
    found: Any = decide_table(pack, arrow.table(FACTS), lens="all")
    rows = found.to_pylist()
    assert [row["scenario"] for row in rows] == ["line-1", "line-2", "<python>:3", "line-4"]
    assert {row["lens"] for row in rows} == {"all", None}
    assert "`airstrke` is no value of `operation_type`" in rows[2]["problem"]
    told = [{name: column[at] for name, column in FACTS.items()} for at in (0, 3)]
    for row, one in zip([rows[0], rows[3]], decide_many(pack, told, lens="all"), strict=True):
        assert row["article-ii"] == record(one).authorities["article-ii"].verdict.value
        assert row["problem"] is None
    assert decide_table(pack, arrow.table({"operation_type": arrow.array([], arrow.string())})).num_rows == 0


def test_a_table_of_pandas_keeps_its_index(pack: Pack) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({**FACTS, "enters_host_airspace": [True, None, "unknown", False]}, index=list("abcd"))
    found: Any = decide_table(pack, frame)
    assert type(found) is type(frame)
    assert list(found.index) == list("abcd")
    assert found.loc["a", "host-consent"] == "undetermined"
    assert "airstrke" in found.loc["c", "problem"]


@pytest.mark.parametrize(
    "table", [{"operation_typ": ["airstrike"]}, {"attack_is_direct": [2.5]}, {"operation_typ": []}]
)
def test_a_wrong_column_is_refused(table: Mapping[str, Any], pack: Pack) -> None:
    arrow = pytest.importorskip("pyarrow")
    with pytest.raises(AuthcheckError, match=next(iter(table))):
        decide_table(pack, arrow.table(table))


def verdict(found: Record | AuthcheckError, authority: str = "article-ii") -> str:
    return record(found).authorities[authority].verdict.value


moment = datetime.datetime.fromisoformat


def problems(found: Any) -> list[str]:  # noqa: ANN401 - a frame of pandas.
    """What is said of each row of a frame of verdicts; nothing where it is answered."""
    return [one if isinstance(one, str) else "" for one in found["problem"].tolist()]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"lense": "ali"}, "there is no term `lense`: the terms are lens, readings"),
        ({"foo": None}, "there is no term `foo`"),
        ({"as_of": "2025-02-01"}, "`as_of` is a date, .*, and no str"),
        ({"as_of": moment("2025-02-01")}, "`as_of` is a date, .*, and no datetime"),
        ({"readings": [("a", "b")]}, "`readings` is readings by their questions, and no list"),
        ({"lens": 5}, "`lens` is a name, and no int"),
    ],
)
def test_a_term_that_is_none_is_refused(terms: dict[str, Any], words: str, pack: Pack) -> None:
    with pytest.raises(TypeError, match=words):
        decide(pack, STRIKE, **terms)
    with pytest.raises(TypeError, match=words):
        list(decide_many(pack, [], **terms))
    arrow = pytest.importorskip("pyarrow")
    with pytest.raises(TypeError, match=words):
        decide_table(pack, arrow.table({"operation_type": ["airstrike"]}), **terms)


def test_a_term_that_is_nothing_is_left_out(pack: Pack) -> None:
    nothing: Any = {"lens": None, "readings": None, "unstated": None, "as_of": None, "option": None}
    assert decide(pack, STRIKE, **nothing).verdicts == decide(pack, STRIKE).verdicts
    assert list(decide_many(pack, [STRIKE], **nothing)) == list(decide_many(pack, [STRIKE]))


def test_values_of_numpy_and_pandas_are_taken_for_what_they_are(pack: Pack) -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    alike: list[tuple[Mapping[str, object], Mapping[str, object]]] = [
        ({"enters_host_airspace": pandas.NA, "presidential_decision_date": pandas.NaT}, {}),
        ({"operation_type": numpy.array(["airstrike", "training"])}, {"operation_type": ["airstrike", "training"]}),
        ({"days_since_hostilities_began": numpy.float64(61)}, {"days_since_hostilities_began": 61}),
        (
            {"hostilities_start_date": numpy.datetime64("2024-12-20", "ns")},
            {"hostilities_start_date": datetime.date(2024, 12, 20)},
        ),
        (
            {"hostilities_start_date": moment("2024-12-20")},
            {"hostilities_start_date": datetime.date(2024, 12, 20)},
        ),
    ]
    for given, plain in alike:
        one, other = decide_many(pack, [{**STRIKE, **given}, {**STRIKE, **plain}])
        assert record(one).authorities == record(other).authorities


def test_whatever_is_wrong_with_one_the_rest_goes_on(pack: Pack) -> None:
    within: list[object] = []
    within.append(within)
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    bad: list[Mapping[str, object]] = [
        {"operation_type": "\ud800"},
        {"\ud800": True},
        {"scenario": "\ud800", "facts": STRIKE},
        {"operation_type": within},
        {"operation_type": deep},
        {"days_since_hostilities_began": 10**5000},
        {"days_since_hostilities_began": 5.5},
        {"hostilities_start_date": moment("2025-02-01 23:59")},
    ]
    for one in bad:
        found = list(decide_many(pack, [STRIKE, one, STRIKE]))
        assert [isinstance(some, AuthcheckError) for some in found] == [False, True, False]


def test_a_frame_with_two_columns_of_one_name_is_refused(pack: Pack) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([["airstrike", "training"]], columns=["operation_type"] * 2)
    with pytest.raises(AuthcheckError, match="the column `operation_type` stands here twice"):
        decide_table(pack, frame)
    with pytest.raises(AuthcheckError, match="it has no column"):
        decide_table(pack, pandas.DataFrame(index=[0, 1]))


def test_what_pandas_has_of_nothing_states_nothing(pack: Pack) -> None:
    pandas = pytest.importorskip("pandas")
    nothing = {
        "host_consent_status": [float("nan")] * 2,
        "enters_host_airspace": [float("nan")] * 2,
        "operation_location": pandas.to_datetime([None, None]),
        "hostilities_start_date": [pandas.NaT] * 2,
    }
    frame = pandas.DataFrame({"operation_type": ["airstrike", "training"], **nothing})
    found: Any = decide_table(pack, frame)
    assert found.equals(decide_table(pack, frame[["operation_type"]]))
    assert len(decide_table(pack, pandas.DataFrame({"operation_type": []}))) == 0


def test_a_day_may_be_a_moment_of_pandas_and_no_hour_is_lost(pack: Pack) -> None:
    pandas = pytest.importorskip("pandas")
    days = ["2024-12-20", None, "2024-12-20 23:59"]
    for zone in (None, "America/New_York"):
        moments = pandas.to_datetime(days, format="ISO8601").tz_localize(zone)
        found: Any = decide_table(
            pack, pandas.DataFrame({"operation_type": ["airstrike"] * 3, "hostilities_start_date": moments})
        )
        assert [bool(one) for one in problems(found)] == [False, False, True]
        assert "2024-12-20 23:59:00" in problems(found)[2]
        told = {"operation_type": "airstrike", "hostilities_start_date": datetime.date(2024, 12, 20)}
        by_facts = next(decide_many(pack, [told]))
        assert found["war-powers"][0] == verdict(by_facts, "war-powers")


def test_a_list_of_nothing_is_at_fault_in_a_table_as_it_is_in_json(pack: Pack) -> None:
    pandas = pytest.importorskip("pandas")
    lists = {"operation_type": [["airstrike"], [], [None], [""], None]}
    mixed = {"operation_type": ["airstrike", [], ["airstrike", "training"], pandas.NA]}
    for columns, empty in ((lists, [1, 2, 3]), (mixed, [1])):
        told = problems(decide_table(pack, pandas.DataFrame(columns)))
        assert [at for at, words in enumerate(told) if words] == empty
        assert all("`operation_type` has an empty list" in told[at] for at in empty)


def test_what_is_no_table_is_refused(pack: Pack) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(AuthcheckError, match="no table"):
        decide_table(pack, 3)


def test_without_the_library_the_extra_is_named(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NotInstalledError, match=r"pip install 'authcheck\[tables\]'"):
        decide_table(pack, object())


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.mark.parametrize("name", ["drone-attack", "title-50-raid", "bank-pressure"])
def test_a_notebook_shows_the_first_part_of_an_answer_and_runs_nothing(name: str, pack: Pack) -> None:
    answer = decide(pack, shipped.scenario(name))
    shown = answer._repr_html_()
    reader = Reader()
    reader.feed(shown)
    assert shown.startswith('<div class="authcheck">')
    assert not reader.tags & {"script", "html", "body", "link", "img", "iframe"}
    assert not {one for one in reader.attributes if one.startswith("on")} | (reader.attributes & {"id", "src"})
    style = re.sub(r"/\*.*?\*/", "", shown.partition("<style>")[2].partition("</style>")[0], flags=re.DOTALL)
    selectors = [one.strip() for one in re.findall(r"([^{}]+){", style)]
    assert len(selectors) > 10
    assert all(one.startswith((".authcheck", "@media")) for one in selectors)
    for words in (answer.title, answer.disclaimer):
        assert words.replace("'", "&#x27;") in shown


def test_a_name_of_the_package_is_loaded_when_it_is_used(clean_environment: Mapping[str, str]) -> None:
    program = "import sys, authcheck; print([name for name in sys.modules if name.startswith('authcheck.')])"
    done = subprocess.run(
        [sys.executable, "-c", program], env=clean_environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
    assert all(getattr(authcheck, name) is not None for name in authcheck.__all__)


@pytest.mark.parametrize("word", list(Unstated))
def test_what_is_unstated_may_be_said_as_a_scenario_says_it(pack: Pack, word: Unstated) -> None:
    meant, said = (decide(pack, STRIKE, unstated=one) for one in (word, word.value))
    assert (said.verdicts, said.receipt) == (meant.verdicts, meant.receipt)
    assert next(iter(decide_many(pack, [STRIKE], unstated=word.value))) == next(
        iter(decide_many(pack, [STRIKE], unstated=word))
    )


def test_a_word_that_says_nothing_of_what_is_unstated_is_refused(pack: Pack) -> None:
    with pytest.raises(KeyError, match="unkown"):
        decide(pack, STRIKE, unstated="unkown")
    with pytest.raises(KeyError):
        list(decide_many(pack, [STRIKE], unstated=""))


def test_what_is_no_record_has_its_error_in_its_place(pack: Pack) -> None:
    given: list[Any] = [STRIKE, None, 5, STRIKE]
    found = [*decide_many(pack, given)]
    assert [isinstance(one, AuthcheckError) for one in found] == [False, True, True, False]
    assert "a NoneType is neither a scenario nor facts by name" in str(found[1])
