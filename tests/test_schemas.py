from __future__ import annotations

import copy
import datetime
import enum
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

import pytest
from jsonschema import Draft7Validator, FormatChecker

from authcheck.loading.folders import (
    read_pack_text,
    shipped_pack,
)
from authcheck.loading.text import parse
from authcheck.schemas import Schema, pack_schema, result_schema, scenario_schema
from tests import shipped

PACK_FILES = {name: data.decode() for name, data in read_pack_text(shipped_pack()).files.items()}


def data(value: object) -> object:
    """Return a value of the program, or of a file, as it stands in JSON."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: data(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [data(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: data(getattr(value, one.name)) for one in fields(value)}
    return value


def faults(schema: Schema, text: str) -> list[str]:
    return faults_of(schema, data(shipped.plain(parse(text, "file.yaml"))))


def faults_of(schema: Schema, value: object) -> list[str]:
    validator = Draft7Validator(schema, format_checker=FormatChecker())
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(value)]


@pytest.fixture(scope="module")
def of_scenarios() -> Schema:
    return scenario_schema(shipped.pack())


@pytest.fixture(scope="module")
def of_answers() -> Schema:
    return result_schema("answer")


@pytest.fixture(scope="module")
def of_packs() -> Schema:
    return pack_schema()


@pytest.fixture(scope="module")
def answers() -> dict[str, object]:
    return {scenario.id: data(shipped.decider().decide(scenario)) for scenario in shipped.scenarios()}


# The form of the schemas.


def test_schemas_are_draft_7_with_ids_of_their_own(of_scenarios: Schema, of_answers: Schema, of_packs: Schema) -> None:
    for schema in (of_scenarios, of_answers, of_packs):
        Draft7Validator.check_schema(schema)
        text = json.dumps(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        assert not any(word in text for word in ("$defs", "prefixItems", "$dynamicRef", "unevaluated"))
    assert [one["$id"] for one in (of_scenarios, of_answers, of_packs)] == [
        "urn:authcheck:scenario:1",
        "urn:authcheck:answer:2",
        "urn:authcheck:pack:1",
    ]


def test_nothing_stands_beside_a_reference(of_scenarios: Schema, of_answers: Schema, of_packs: Schema) -> None:
    def nodes(value: object) -> Iterable[Mapping[str, object]]:
        if isinstance(value, Mapping):
            yield value
            for one in value.values():
                yield from nodes(one)
        elif isinstance(value, list):
            for one in value:
                yield from nodes(one)

    for schema in (of_scenarios, of_answers, of_packs):
        references = [one for one in nodes(schema) if isinstance(one.get("$ref"), str)]
        assert references
        assert [one for one in references if len(one) > 1] == []
        names = {str(one["$ref"]).removeprefix("#/definitions/") for one in references}
        assert names <= schema["definitions"].keys()


def test_the_same_pack_has_the_same_schema(of_scenarios: Schema) -> None:
    assert json.dumps(scenario_schema(shipped.pack())) == json.dumps(of_scenarios)
    assert json.dumps(result_schema("answer")) == json.dumps(result_schema("answer"))
    assert json.dumps(pack_schema()) == json.dumps(pack_schema())


# Scenarios.


@pytest.mark.parametrize("name", shipped.EVERY_PATH)
def test_every_shipped_scenario_fits(name: str, of_scenarios: Schema) -> None:
    assert faults(of_scenarios, shipped.EVERY_PATH[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "facts",
    [
        "uses_armed_force: true",
        "uses_armed_force: unknown",
        "uses_armed_force: [true, false]",
        "operation_type: airstrike",
        "operation_type: [airstrike, ground_raid]",
        "operation_type: {value: airstrike, status: reported, note: as told}",
        "operation_type: {value: [airstrike, ground_raid], status: disputed}",
        "operation_type: {value: unknown}",
        "days_since_hostilities_began: 3",
        "days_since_hostilities_began: {at_least: 3}",
        "days_since_hostilities_began: {at_least: 3, at_most: 5}",
        "days_since_hostilities_began: [3, {at_least: 60}]",
        "days_since_hostilities_began: {value: {at_most: 3}}",
        "days_since_hostilities_began: unknown",
        "hostilities_start_date: 2025-02-04",
        'hostilities_start_date: "2025-02-04"',
        "hostilities_start_date: unknown",
        "attack: {status: occurred, location: united_states}",
        "host: {consent: {status: given, covers_operation: true}}",
        "target: {is: {us_person: false}, type: cartel}",
        "days: {since: {hostilities_began: 1}}",
        "executive: {order: {signed: true}}",
    ],
)
def test_every_way_to_state_a_fact_fits(facts: str, of_scenarios: Schema) -> None:
    assert faults(of_scenarios, f"scenario: a\nfacts:\n  {facts}\n") == []
    assert faults(of_scenarios, f"scenario: a\noptions:\n  one:\n    {facts}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "facts: {uses_armed_force: true}",
        "scenario: ''",
        "scenario: a\nscenaro: b",
        "scenario: a\nas_of: yesterday",
        "scenario: a\nas_of: '2025-02-31'",
        "scenario: a\nunstated: perhaps",
        "scenario: a\ncite: [no-such-passage]",
        "scenario: a\nfacts: {uses_armed_forc: true}",
        "scenario: a\nfacts: {uses_armed_force: 'true'}",
        "scenario: a\nfacts: {uses_armed_force: 1}",
        "scenario: a\nfacts: {uses_armed_force: []}",
        "scenario: a\nfacts: {operation_type: airstrik}",
        "scenario: a\nfacts: {operation_type: [airstrike, unknown]}",
        "scenario: a\nfacts: {operation_type: {valu: airstrike}}",
        "scenario: a\nfacts: {operation_type: {status: reported}}",
        "scenario: a\nfacts: {operation_type: {value: airstrike, status: certain}}",
        "scenario: a\nfacts: {operation_type: {at_least: 3}}",
        "scenario: a\nfacts: {days_since_hostilities_began: -1}",
        "scenario: a\nfacts: {days_since_hostilities_began: {at_last: 3}}",
        "scenario: a\nfacts: {days_since_hostilities_began: {}}",
        "scenario: a\nfacts: {days_since_hostilities_began: many}",
        "scenario: a\nfacts: {hostilities_start_date: 3}",
        "scenario: a\nfacts: {hostilities_start_date: [2025-02-04]}",
        "scenario: a\nfacts: {attack: {stats: occurred}}",
        "scenario: a\nfacts: {attack: {status: ocurred}}",
        "scenario: a\nfacts: {attack: occurred}",
        "scenario: a\noptions: {one: {operation_type: airstrik}}",
        "scenario: a\noptions: {'o n e': {operation_type: airstrike}}",
        "scenario: a\nexpect: {verdicts: {article-3: available}}",
        "scenario: a\nexpect: {verdicts: {article-ii: perhaps}}",
        "scenario: a\nexpect: [{lens: none-such, verdicts: {}}]",
        "scenario: a\nexpect: {relies_on: [article-3], verdicts: {}}",
        "scenario: a\nexpect: {relies_on: [article-ii]}",
        "scenario: a\nprecedent: {authorities: [article-3], text: b}",
    ],
)
def test_what_the_loader_refuses_does_not_fit(text: str, of_scenarios: Schema) -> None:
    assert faults(of_scenarios, text) != []


def test_an_expectation_may_stand_alone_or_in_a_list(of_scenarios: Schema) -> None:
    expectation = "{lens: all, unstated: absent, match: subset, relies_on: [], verdicts: {article-ii: available}}"

    assert faults(of_scenarios, f"scenario: a\nexpect: {expectation}\n") == []
    assert faults(of_scenarios, f"scenario: a\nexpect: [{expectation}, {expectation}]\n") == []


def test_every_fact_is_described_by_its_question_meaning_and_values(of_scenarios: Schema) -> None:
    described = {name: of_scenarios["definitions"][f"fact-{name}"]["description"] for name in shipped.pack().facts}

    for name, fact in shipped.pack().facts.items():
        assert of_scenarios["definitions"][f"fact-{name}"]["title"] == fact.question
        assert fact.meaning in described[name]
        assert all(meaning in described[name] for meaning in fact.values.values())
    assert set(of_scenarios["definitions"]["facts"]["properties"]) >= set(shipped.pack().facts)


# Answers.


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_answer_to_a_shipped_scenario_fits(name: str, answers: Mapping[str, object], of_answers: Schema) -> None:
    assert faults_of(of_answers, answers[name]) == []


def test_an_answer_with_another_form_does_not_fit(answers: Mapping[str, object], of_answers: Schema) -> None:
    whole = answers["drone-attack"]
    assert isinstance(whole, dict)

    def changed(*path: str, value: object) -> object:
        answer = copy.deepcopy(whole)
        at = answer
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
        return answer

    for key in whole:
        assert faults_of(of_answers, {name: value for name, value in whole.items() if name != key}) != []
    for broken in (
        changed("schema", value="authcheck.answer/1"),
        changed("more", value=1),
        changed("verdicts", "article-ii", value="perhaps"),
        changed("receipt", "as_of", value="yesterday"),
        changed("receipt", "time", value="12:30"),
        changed("authorities", "article-ii", "tree", "outcome", value=None),
        changed("authorities", "article-ii", "tree", "parts", value=[{}]),
    ):
        assert faults_of(of_answers, broken) != []


def test_every_object_of_an_answer_is_closed_and_complete(of_answers: Schema) -> None:
    for part in (of_answers, *of_answers["definitions"].values()):
        if "properties" in part:
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])


# Packs.


@pytest.mark.parametrize("name", PACK_FILES)
def test_every_file_of_the_shipped_pack_fits(name: str, of_packs: Schema) -> None:
    assert faults(of_packs, PACK_FILES[name]) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("pack.yaml", "version:", "versio:"),
        ("pack.yaml", "as_of: 2025-02-04", "as_of: spring"),
        ("article-ii.yaml", "role: source", "role: sauce"),
        ("article-ii.yaml", "not_engaged:", "unengaged:"),
        ("vocabulary/facts.yaml", "type: yes-no", "type: yes-or-no"),
        ("vocabulary/lenses.yaml", "admits: all", "admits: some"),
        ("sources/war-zone.yaml", "kind: law", "kind: lore"),
        ("claims.yaml", "never_lower:", "never_lowr:"),
        ("claims.yaml", "from: unavailable", "from: undetermined"),
        ("claims.yaml", "[none, introduced, failed]", "[failed]"),
    ],
)
def test_a_broken_file_of_a_pack_does_not_fit(name: str, old: str, new: str, of_packs: Schema) -> None:
    assert old in PACK_FILES[name]
    assert faults(of_packs, PACK_FILES[name].replace(old, new)) != []


def test_each_kind_of_file_has_a_schema_of_its_own(of_packs: Schema) -> None:
    part = {"$ref": "#/definitions/FactsForm", "definitions": of_packs["definitions"]}

    assert faults(part, PACK_FILES["vocabulary/facts.yaml"]) == []
    assert faults(part, PACK_FILES["vocabulary/terms.yaml"]) != []
