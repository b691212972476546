"""What scripts and notebooks ask: one scenario, many of them, or a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, TypeVar, Unpack

from authcheck import __version__
from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.answer.decider import Terms, check_terms
from authcheck.answer.record import Record
from authcheck.arrow import require
from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.keeping import keep
from authcheck.loading import folders
from authcheck.loading.cache import Cache, default_cache
from authcheck.loading.plain import is_nothing, plain
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = ["Given", "decide", "decide_many", "decide_table", "load_pack", "load_scenario"]

Table = TypeVar("Table")
Given: TypeAlias = Scenario | Mapping[str, object]
"""A scenario, the facts of one by name, or a record with `facts` as a line of JSON has it.

Values are those of JSON, dates, and what numpy and pandas have of them; None, NaN, NaT and NA state nothing.
"""

_FILE = "<python>"


def load_pack(folder: Path | str | None = None, cache: Cache | None = None) -> Pack:
    """Return the pack of a folder, or the one that is installed.

    What is built of it is kept in the user's cache, unless another is given; `Cache(None)`, and AUTHCHECK_CACHE=off,
    keep nothing. Raises AuthcheckError with every problem of every file.
    """
    return folders.load_pack(Path(folder) if folder else folders.shipped_pack(), _cache(cache))


def load_scenario(source: Path | str, pack: Pack, cache: Cache | None = None) -> Scenario:
    """Return the scenario of a file, or that of a name which comes with the pack that is installed.

    Raises AuthcheckError with every problem of the file.
    """
    shipped = folders.shipped_scenarios(folders.shipped_pack())
    if isinstance(source, str) and source in shipped and not Path(source).exists():
        return folders.load_scenario(shipped[source], pack, _cache(cache), shown_as=source)
    return folders.load_scenario(Path(source), pack, _cache(cache))


def decide(pack: Pack, scenario: Given, **terms: Unpack[Terms]) -> Answer:
    """Return the answer to one scenario; a notebook shows it as its first part.

    Raises AuthcheckError where it cannot be read or contradicts itself, KeyError for a lens, a question, a reading or
    an option that does not exist, TypeError for a term that does not, or is of another type, and ValueError for a
    scenario of several activities that is not taken `alone`.
    """
    return Decider(pack, version=__version__).decide(_scenario(scenario, 1, pack), **terms)


def decide_many(pack: Pack, scenarios: Iterable[Given], **terms: Unpack[Terms]) -> Iterator[Record | AuthcheckError]:
    """Return the verdicts on each scenario in its place, as they are asked for; nothing is held of those before.

    What the law does not tell apart is decided once. A scenario that cannot be decided has its AuthcheckError in its
    place, and the rest goes on. Raises KeyError and TypeError as `decide` does, when the first is asked for.
    """
    many = _Many(pack, terms)
    for number, scenario in enumerate(scenarios, start=1):
        if isinstance(scenario, Scenario):
            yield many.decided(scenario)
        else:
            yield many.told(scenario, number)


def decide_table(pack: Pack, table: Table, **terms: Unpack[Terms]) -> Table:
    """Return a table of verdicts on a table of facts, row by row, of the same kind: of pandas or of Arrow.

    The columns of the table are facts, and what else a table of `batch` has: an empty cell states nothing, `unknown`
    that it is not known, and `a|b` that it is one of several. Those of the result are the columns of `batch` but for
    what is of a file; where a row cannot be decided, `problem` says why. Any other table that Arrow reads comes
    back as one of Arrow. Raises NotInstalledError where pyarrow is not installed, AuthcheckError where a column is no
    fact, stands twice or is of a type that it cannot have, and KeyError and TypeError as `decide` does.
    """
    require("a table")
    from authcheck.arrow.frames import decided

    return decided(table, _FILE, Decider(pack, version=__version__), **check_terms(terms))


class _Many:
    """Decides one after another on the same terms; records that state the same are read once."""

    def __init__(self, pack: Pack, terms: Terms) -> None:
        self.pack = pack
        self.terms = check_terms(terms)
        self.decider = Decider(pack, version=__version__)
        self._alike: dict[str, Record] = {}

    def told(self, given: Mapping[str, object], number: int) -> Record | AuthcheckError:
        """Return the verdicts on what is given, or what is wrong with it."""
        try:
            return self.read(_line(given, number), number)
        except AuthcheckError as error:
            return error

    def read(self, line: str, number: int) -> Record | AuthcheckError:
        """Return the verdicts on a record of JSON, or what is wrong with it."""
        from authcheck.loading.records import what_is_alike

        id, alike = what_is_alike(line, self.pack, self.decider.law.first_alike)
        known = self._alike.get(alike)
        if known is not None:
            return replace(known, scenario=id or f"line-{number}", place=Place(_FILE, number, 1))
        loaded = folders.load_record(line, number, _FILE, self.pack)
        if loaded.scenario is None:
            return AuthcheckError(loaded.problems)
        found = self.decided(loaded.scenario)
        if alike and isinstance(found, Record):
            keep(self._alike, alike, found)
        return found

    def decided(self, scenario: Scenario) -> Record | AuthcheckError:
        """Return the verdicts on a scenario, or what is wrong with it."""
        if scenario.activities:
            message = "the scenario has several activities: give each of its `parts`"
            return AuthcheckError([Diagnostic("several-activities", message, scenario.place)])
        try:
            return self.decider.record(scenario, **self.terms)
        except AuthcheckError as error:
            return error


def _scenario(given: Given, number: int, pack: Pack) -> Scenario:
    if isinstance(given, Scenario):
        return given
    loaded = folders.load_record(_line(given, number), number, _FILE, pack)
    if loaded.scenario is None:
        raise AuthcheckError(loaded.problems)
    return loaded.scenario


def _line(given: object, number: int) -> str:
    """Return what is given as a line of JSON. Raises AuthcheckError where it is none."""
    if not isinstance(given, Mapping):
        message = f"this is no record: a {type(given).__name__} is neither a scenario nor facts by name"
        raise AuthcheckError([Diagnostic("no-record", message, Place(_FILE, number, 1))])
    record = dict(given) if isinstance(given.get("facts"), Mapping) else {"facts": given}
    facts = record["facts"]
    assert isinstance(facts, Mapping)
    record["facts"] = {name: value for name, value in facts.items() if not is_nothing(value)}
    try:
        line = json.dumps({"scenario": f"Number {number}", **record}, ensure_ascii=False, default=plain)
    except (TypeError, ValueError, RecursionError) as error:
        problem = Diagnostic("no-record", f"this is no record: {error}", Place(_FILE, number, 1))
        raise AuthcheckError([problem]) from None
    # Half a character, which cannot be written, stands as JSON escapes it.
    return line.encode(errors="backslashreplace").decode()


def _cache(cache: Cache | None) -> Cache:
    return default_cache(__version__) if cache is None else cache
