"""Measures tables of many records beside engines that do the same work, as ratios within one run.

    pip install 'authcheck[tables]' rule-engine zen-engine polars duckdb
    python -m tests.bench.tables [--repeats N] [--records N]

The work is what every engine can do: every fact is stated, one reading is chosen for each question, and asked is which
authorities are available. The rules of the shipped pack are written for each engine, and what each says of every
distinct record is compared with `decide` before anything is timed: one that says something else gets no ratio, and one
that is not installed is listed as such. The product does more: it gives verdicts of five kinds with their hedges, the
powers and the gaps. Rows in memory are asked with some of their facts unknown as well, of DuckDB in its three-valued
logic, which gets no ratio where it contradicts the product. Nothing is asserted: machines are shared and noisy, and
only ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from authcheck.answer import Decider
from authcheck.diagnostics import AuthcheckError
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, load_record, shipped_pack
from authcheck.model.authority import Authority, Ground
from authcheck.model.condition import (
    AllOf,
    AnyOf,
    CautionShown,
    Condition,
    Constant,
    InForce,
    Not,
    Option,
    Range,
    Term,
    Test,
    Truth,
    VerdictIs,
)
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario
from authcheck.model.verdict import Verdict
from tests.bench.measuring import ENVIRONMENT, interleaved, table, timed, used

Record: TypeAlias = Mapping[str, bool | str | int]
Available: TypeAlias = Mapping[str, bool]
TRUE, FALSE = "true", "false"


# --- the rules, for an engine that knows true and false


class Writer:
    """Writes where a condition is true, and where it is false, in the words of SQL or of rule-engine."""

    def __init__(self, pack: Pack, in_force: frozenset[str], readings: Mapping[str, str], *, sql: bool) -> None:
        self.pack = pack
        self.in_force = in_force
        self.readings = readings
        self.sql = sql

    def available(self, authority: Authority) -> str:
        """Return where the authority is available."""
        if authority.authority not in self.in_force:
            return FALSE
        displaced = (one for one in authority.displaced_by if self.exists(one.only_on))
        return self.all(
            [
                self.true(authority.governs),
                *(self.negated(self.true(one.when)) for one in displaced),
                self.any([self.ground(one) for one in authority.grounds if self.exists(one.only_on)]),
                *(self.false(one.when) for one in authority.exceptions),
            ]
        )

    def ground(self, ground: Ground) -> str:
        needed = []
        for element in ground.elements:
            rule = element.readings.get(self.readings[element.question]) if element.question else element.rule
            if rule is not None:
                needed += [self.true(rule.when), *([self.false(rule.unless)] if rule.unless is not None else [])]
        return self.all([*needed, *(self.false(one.when) for one in ground.exceptions)])

    def exists(self, only_on: Mapping[str, tuple[str, ...]]) -> bool:
        return all(self.readings[question] in readings for question, readings in only_on.items())

    def true(self, condition: Condition) -> str:
        match condition:
            case Constant(truth):
                return TRUE if truth is Truth.TRUE else FALSE
            case InForce(authority):
                return TRUE if authority in self.in_force else FALSE
            case Test():
                return self.test(condition)
            case AllOf(parts):
                return self.all([self.true(part) for part in parts])
            case AnyOf(parts):
                return self.any([self.true(part) for part in parts])
            case Not(part):
                return self.false(part)
            case Term(condition=part):
                return self.true(part)
            case VerdictIs() | CautionShown():
                raise TypeError(condition)

    def false(self, condition: Condition) -> str:
        match condition:
            case Constant(truth):
                return TRUE if truth is Truth.FALSE else FALSE
            case AllOf(parts):
                return self.any([self.false(part) for part in parts])
            case AnyOf(parts):
                return self.all([self.false(part) for part in parts])
            case Not(part):
                return self.true(part)
            case Term(condition=part):
                return self.false(part)
            case _:
                return self.negated(self.true(condition))

    def test(self, test: Test) -> str:
        fact = self.pack.facts[test.fact]
        if test.range is not None:
            top = [] if test.range.high is None else [f"{test.fact} <= {test.range.high}"]
            return self.all([f"{test.fact} >= {test.range.low}", *top])
        values = [one for one in fact.options if test.has(one)]
        if fact.type is FactType.YES_NO:
            return TRUE if len(values) > 1 else self.equal(test.fact, TRUE if values[0] is True else FALSE)
        return self.any([self.equal(test.fact, f"'{one}'") for one in values])

    def equal(self, fact: str, value: str) -> str:
        return f"{fact} {'=' if self.sql else '=='} {value}"

    def negated(self, inner: str) -> str:
        return f"(not {inner})"

    def all(self, parts: Sequence[str]) -> str:
        return f"({' and '.join(parts)})" if parts else TRUE

    def any(self, parts: Sequence[str]) -> str:
        return f"({' or '.join(parts)})" if parts else FALSE


# --- the records


def drawn(fact: Fact, draw: random.Random) -> bool | str | int:
    """Return some value of a fact."""
    return draw.randint(fact.minimum, 120) if fact.type is FactType.NUMBER else draw.choice(single(fact.options))


def single(values: Sequence[Option]) -> list[Option]:
    """Return the values but those that are two at once, which no cell of a table can say."""
    return [one for one in values if not (isinstance(one, str) and " and " in one)]


def whole(decider: Decider, readings: Mapping[str, str], draw: random.Random) -> Record | None:
    """Return a record that states every fact but dates, or none where what is drawn cannot be so."""
    pack = decider.pack
    names = draw.sample([one.fact for one in pack.facts.values() if one.type is not FactType.DATE], 6)
    stated: dict[str, bool | str | int] = {name: drawn(pack.facts[name], draw) for name in names}
    stated |= {"operation_type": draw.choice(("airstrike", "ground_raid", "training", "capture_operation"))}
    while True:
        try:
            known = decider.decision(of_record(stated, pack), readings=readings).known
        except AuthcheckError:
            return None
        values = {name: one.allowed for name, one in known.facts.items() if one.fact.type is not FactType.DATE}
        told = {
            name: one[0].low if isinstance(one[0], Range) else one[0]
            for name, one in values.items()
            if len(one) == 1 and not (isinstance(one[0], Range) and one[0].low != one[0].high)
        }
        left = [name for name in values if name not in told]
        if not left:
            return told
        first = values[left[0]][-1]
        stated = {**told, left[0]: first.low if isinstance(first, Range) else single(values[left[0]])[-1]}  # type: ignore[arg-type]


def of_record(record: Record, pack: Pack) -> Scenario:
    """Return the scenario that states this. Raises AuthcheckError where it cannot be read."""
    loaded = load_record(json.dumps({"scenario": "One", "unstated": "absent", "facts": record}), 1, "bench", pack)
    if loaded.scenario is None:
        raise AuthcheckError(loaded.problems)
    return loaded.scenario


# --- each engine


def by_rule_engine(rules: Mapping[str, str]) -> Callable[[Record], Available]:
    """Return what rule-engine makes of a record."""
    import rule_engine

    made = {name: rule_engine.Rule(text) for name, text in rules.items()}
    return lambda record: {name: rule.matches(record) for name, rule in made.items()}


def by_zen(rules: Mapping[str, str]) -> Callable[[Record], Available]:
    """Return what zen makes of a record, with the trace of its graph."""
    import zen

    graph = json.loads(json.dumps(ZEN))
    graph["nodes"][1]["content"]["expressions"] = [
        {"id": name, "key": name, "value": text} for name, text in rules.items()
    ]
    decision = zen.ZenEngine().create_decision(json.dumps(graph))

    def work(record: Record) -> Available:
        found: Available = decision.evaluate(dict(record), {"trace": True})["result"]
        return found

    return work


POLARS = """
import json, sys, polars as pl
rules, read, write = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
table = pl.scan_parquet(read) if read.endswith("parquet") else pl.scan_ndjson(read).unnest("facts")
out = table.select("id", *(pl.sql_expr(text).alias(name) for name, text in rules.items()))
out.sink_parquet(write, compression="zstd") if write.endswith("parquet") else out.sink_csv(write)
"""
DUCKDB = """
import json, sys, duckdb
rules, read, write = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
columns = ", ".join(f'{text} as "{name}"' for name, text in rules.items())
if read.endswith("jsonl"): read = f"select id, unnest(facts) from '{read}'"
else: read = f"from '{read}'"
form = "(format parquet, compression zstd)" if write.endswith("parquet") else "(format csv)"
duckdb.sql(f"copy (select id, {columns} from ({read})) to '{write}' {form}")
"""
ZEN = {
    "nodes": [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "rules", "type": "expressionNode", "name": "rules", "content": {"expressions": []}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ],
    "edges": [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "b", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ],
}
LOADS = "import json, sys\nfor line in open(sys.argv[1], encoding='utf-8'): json.loads(line)"


# --- the measurements


class Bench:
    """Distinct records, the rules for each engine, and files of many records."""

    def __init__(self, folder: Path, distinct: int) -> None:
        self.folder = folder
        self.pack = load_pack(shipped_pack(), Cache(None))
        self.decider = Decider(self.pack)
        law = self.decider.law.on(self.pack.as_of)
        self.readings = {name: next(iter(one.readings)) for name, one in law.pack.questions.items()}
        draw = random.Random(4)  # noqa: S311 - nothing is secret here.
        self.records: list[Record] = []
        while len(self.records) < distinct:
            record = whole(self.decider, self.readings, draw)
            if record is not None:
                self.records.append(record)
        self.scenarios = [of_record(one, self.pack) for one in self.records]
        self.rules = {
            sql: {name: writer.available(one) for name, one in law.pack.authorities.items()}
            for sql, writer in ((sql, Writer(law.pack, law.in_force, self.readings, sql=sql)) for sql in (False, True))
        }
        (folder / "rules.json").write_text(json.dumps(self.rules[True]), encoding="utf-8")

    def record(self, decider: Decider, scenario: Scenario) -> Available:
        """Return what the product makes of a scenario by look-up."""
        found = decider.record(scenario, readings=self.readings).authorities
        return {name: one.verdict is Verdict.AVAILABLE for name, one in found.items()}

    def expected(self) -> list[Available]:
        """Return what each record comes to by a decision of its own."""
        decisions = (self.decider.decision(one, readings=self.readings) for one in self.scenarios)
        return [{name: one is Verdict.AVAILABLE for name, one in found.verdicts.items()} for found in decisions]

    def write(self, name: str, count: int) -> Path:
        """Return a file of so many records, by the ending of its name of lines of JSON or of Parquet."""
        rows = [
            {"id": f"r{number}", "unstated": "absent", **self.records[number % len(self.records)]}
            for number in range(count)
        ]
        file = self.folder / name
        if file.suffix == ".jsonl":
            own = ({"id": row.pop("id"), "scenario": "One", "unstated": row.pop("unstated")} for row in rows)
            lines = (json.dumps({**told, "facts": row}) for told, row in zip(own, rows, strict=True))
            file.write_text("\n".join(lines), encoding="utf-8")
        else:
            import pyarrow as pa
            import pyarrow.parquet as pq

            pq.write_table(pa.Table.from_pylist(rows), file)
        return file

    def product(self, read: Path, write: str, *options: str, fresh: bool = False) -> Callable[[], float]:
        """Return what times `batch` on a file under the same readings; fresh, no run before has met a state."""
        chosen = [word for name, reading in self.readings.items() for word in ("--reading", f"{name}={reading}")]
        command = ["batch", str(read), "-o", str(self.folder / write), "--force", *chosen, *options]

        def work() -> float:
            for kept in Path(ENVIRONMENT["AUTHCHECK_CACHE"]).glob("verdicts-*") if fresh else ():
                kept.unlink()
            return used([sys.executable, "-m", "authcheck", *command])

        return work

    def engine(self, script: str, read: Path, write: str) -> Callable[[], float]:
        """Return what times an engine on a file."""
        rules = str(self.folder / "rules.json")
        return lambda: used([sys.executable, "-c", script, rules, str(read), str(self.folder / write)])


def differs(bench: Bench, name: str, script: str, expected: Sequence[Available]) -> bool:
    """Whether an engine says something else of a distinct record than a decision of it."""
    import pyarrow.parquet as pq

    bench.engine(script, bench.write("distinct.parquet", len(bench.records)), f"{name}.parquet")()
    rows = pq.read_table(bench.folder / f"{name}.parquet").to_pylist()
    return [{key: value for key, value in row.items() if key != "id"} for row in rows] != list(expected)


def in_process(bench: Bench, repeats: int, expected: Sequence[Available]) -> str:
    """Return how long one record takes, met for the first time and again, beside the bare verdicts of rule-engine."""
    works: dict[str, Callable[[], float]] = {}

    def each(work: Callable[[int], object]) -> float:
        start = time.process_time()
        for number in range(len(bench.records)):
            work(number)
        return (time.process_time() - start) / len(bench.records)

    def asked_of(peer: Callable[[Record], Available], number: int) -> Available:
        return peer(bench.records[number])

    for module, name, make in (
        ("rule_engine", "rule-engine, bare verdicts", by_rule_engine),
        ("zen", "zen, with the trace of its graph", by_zen),
    ):
        if find_spec(module) is None:
            print(f"{name}: not installed")
            continue
        peer = make(bench.rules[False])
        if [peer(one) for one in bench.records] == list(expected):
            works[name] = partial(each, partial(asked_of, peer))
        else:
            print(f"{name}: says something else, and gets no ratio")
    known = Decider(bench.pack)
    assert [bench.record(known, one) for one in bench.scenarios] == list(expected)

    def first() -> float:
        new = Decider(bench.pack)
        return each(lambda number: bench.record(new, bench.scenarios[number]))

    def answered(decider: Decider) -> float:
        return each(lambda number: decider.decide(bench.scenarios[number], readings=bench.readings))

    works["record, state met before"] = lambda: each(lambda number: bench.record(known, bench.scenarios[number]))
    works["record, states of a new run"] = first
    answered(known)
    works["full answer, state met before"] = lambda: answered(known)
    works["full answer, states of a new run"] = lambda: answered(Decider(bench.pack))
    targets = {
        "record, state met before": 0.1,
        "full answer, state met before": 1.0,
        "full answer, states of a new run": 10.0,
    }
    title = f"one of {len(bench.records)} records, all stated, in process"
    return table(title, interleaved(works, repeats), targets if next(iter(works)).startswith("rule-engine") else {})


def of_tables(bench: Bench, repeats: int, count: int, engines: Mapping[str, str]) -> str:
    """Return how long Parquet to Parquet takes, whole processes."""
    read = bench.write("in.parquet", count)
    works = {f"{name}, availability": bench.engine(script, read, "out.parquet") for name, script in engines.items()}
    works |= {
        "batch, every column, no state met before": bench.product(read, "out.parquet", fresh=True),
        "batch, every column": bench.product(read, "out.parquet"),
        "batch, availability of the authorities": bench.product(
            read, "out.parquet", "--select", ",".join(("scenario", *bench.pack.authorities))
        ),
    }
    targets = {name: 1.5 for name in works if name.startswith("batch")} if "polars" in engines else {}
    return table(f"{count:,} rows, Parquet to Parquet", interleaved(works, repeats), targets)


def of_lines(bench: Bench, repeats: int, count: int, engines: Mapping[str, str]) -> str:
    """Return how long JSON lines to a table of text take, whole processes."""
    read = bench.write("in.jsonl", count)
    select = ("--select", ",".join(("scenario", *bench.pack.authorities)))
    works: dict[str, Callable[[], float]] = {
        **{f"{name}, availability": bench.engine(script, read, "out.csv") for name, script in engines.items()},
        "json.loads alone": lambda: used([sys.executable, "-c", LOADS, str(read)]),
        "batch, every column, no state met before": bench.product(read, "out.csv", fresh=True),
        "batch, every column": bench.product(read, "out.csv"),
        "batch, availability of the authorities": bench.product(read, "out.csv", *select),
    }
    targets = {name: 3.0 for name in works if name.startswith("batch")} if "polars" in engines else {}
    return table(f"{count:,} lines of JSON to CSV", interleaved(works, repeats), targets)


# So much of what a record states is not known, where that is asked.
UNKNOWN = 0.15


def in_memory(bench: Bench, repeats: int, count: int) -> str:
    """Return how long so many rows in memory take, of which a part is unknown, beside the three-valued logic of DuckDB.

    That is weaker: where it says true or false the product must say so too, and where it does not, the product may.
    """
    import duckdb
    import pyarrow as pa

    from authcheck.arrow import BatchDecider

    draw = random.Random(6)  # noqa: S311 - nothing is secret here.
    open_in = [{name: draw.random() < UNKNOWN for name in one} for one in bench.records]
    told = list(zip(bench.records, open_in, strict=True))
    rows = [{name: None if is_open[name] else one for name, one in record.items()} for record, is_open in told]
    # A column of the product is of the type of its fact, or text: of these, text alone can say that it is not known.
    words = [{name: "unknown" if one is None else _word(one) for name, one in row.items()} for row in rows]
    which = pa.array([number % len(rows) for number in range(count)])
    peer_rows, own_rows = (pa.Table.from_pylist(some).take(which).combine_chunks() for some in (rows, words))
    encoded = [column.combine_chunks().dictionary_encode() for column in own_rows.columns]
    # As files of Parquet are read, and as pandas has categories.
    by_dictionary = pa.Table.from_arrays(encoded, own_rows.column_names)
    names = tuple(bench.pack.authorities)
    rules = ", ".join(f'{text} as "{name}"' for name, text in bench.rules[True].items())
    connection = duckdb.connect()
    connection.register("facts", peer_rows)

    def peer() -> pa.Table:
        return connection.sql(f"select {rules} from facts").arrow().read_all()  # noqa: S608 - of the pack alone.

    def own(decide: BatchDecider, table: pa.Table = own_rows) -> list[pa.RecordBatch]:
        return [decide(batch) for batch in table.to_batches(max_chunksize=1 << 18)]

    def new() -> BatchDecider:
        return BatchDecider(Decider(bench.pack), columns=names, readings=bench.readings)

    known = new()
    found = pa.Table.from_batches(own(known)).slice(0, len(rows)).to_pylist()
    assert pa.Table.from_batches(own(known, by_dictionary)).slice(0, len(rows)).to_pylist() == found
    weaker = peer().slice(0, len(rows)).to_pylist()
    for row, peer_row in zip(found, weaker, strict=True):
        for name, said in peer_row.items():
            if said is not None and (row[name] == Verdict.AVAILABLE.value) is not said:
                return f"duckdb says something else of {name}: it gets no ratio"

    works = {
        "duckdb, three-valued": timed(peer),
        "exact, states met before, words by dictionary": timed(lambda: own(known, by_dictionary)),
        "exact, states met before, words as text": timed(lambda: own(known)),
        f"exact, {len(rows)} states of a new run": timed(lambda: own(new())),
    }
    targets = {name: 0.5 for name in works if "met before" in name}
    return table(f"{count:,} rows in memory, 15 % unknown", interleaved(works, repeats), targets)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def main() -> int:
    """Return 0 if everything could be timed, else 1."""
    parser = argparse.ArgumentParser(description="Ratios of tables of records to engines that do the same work.")
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="runs of each (3)")
    parser.add_argument("--distinct", type=int, default=300, metavar="N", help="records that differ (300)")
    parser.add_argument("--records", type=int, default=1_000_000, metavar="N", help="rows of Parquet (1000000)")
    parser.add_argument("--lines", type=int, default=20_000, metavar="N", help="lines of JSON (20000)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        ENVIRONMENT["AUTHCHECK_CACHE"] = str(Path(name, "kept"))
        try:
            bench = Bench(Path(name), asked.distinct)
            expected = bench.expected()
            version = platform.python_version()
            print(f"Python {version}, medians of {asked.repeats} interleaved runs, time of the processor.\n")
            print(in_process(bench, asked.repeats, expected) + "\n", flush=True)
            if find_spec("pyarrow") is None:
                print(of_lines(bench, asked.repeats, asked.lines, {}) + "\n", flush=True)
                print("pyarrow is not installed: no tables of Parquet")
                return 0
            engines = {}
            for peer, script in (("polars", POLARS), ("duckdb", DUCKDB)):
                if find_spec(peer) is None:
                    print(f"{peer} is not installed")
                elif differs(bench, peer, script, expected):
                    print(f"{peer} says something else: it gets no ratio")
                else:
                    engines[peer] = script
            print(of_lines(bench, asked.repeats, asked.lines, engines) + "\n", flush=True)
            print(of_tables(bench, asked.repeats, asked.records, engines) + "\n", flush=True)
            if "duckdb" in engines:
                print(in_memory(bench, asked.repeats, asked.records))
        except subprocess.CalledProcessError as error:
            print(f"no ratios: a command failed while it was timed: {error}\n{error.stderr.decode()}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
