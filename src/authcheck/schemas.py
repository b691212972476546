"""The published forms of scenarios, packs and results, as JSON Schema that editors and programs read (draft 7)."""

from __future__ import annotations

import datetime
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from pydantic import TypeAdapter

from authcheck import asking
from authcheck.answer import apart, passages, problem, record
from authcheck.answer.answer import RESULT, Answer, AuthorityAnswer
from authcheck.answer.result import ResultType
from authcheck.loading.forms import AS_WRITTEN, PACK_FILES, ScenarioForm
from authcheck.loading.slots import Slot, Written, slots
from authcheck.model.authority import Rule
from authcheck.model.fact import Fact, FactType
from authcheck.model.pack import Pack
from authcheck.model.scenario import FactStatus
from authcheck.model.verdict import Verdict

__all__ = ["RESULTS", "Schema", "pack_schema", "result_schema", "scenario_schema"]

Schema: TypeAlias = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/{model}"
_DATE: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_IDS: Schema = {"type": "array", "items": {"type": "string"}}
_CITED = "What is cited, by id; the ids alone where a record of `authcheck.passages/1` stands before the answers."
_NAMED_PART: Schema = {
    "description": "The part of this name, of a record of `authcheck.part/1` before this line.",
    "type": "object",
    "properties": {apart.REFERENCE: {"type": "string"}},
    "required": [apart.REFERENCE],
    "additionalProperties": False,
}
_UNKNOWN: Schema = {"const": "unknown", "description": "Left open, whatever is assumed of it otherwise."}


def _results() -> Iterator[ResultType]:
    """Return the answer, the records of verdicts, problems, passages and parts, and every result of `asking`."""
    yield RESULT
    yield record.RESULT
    yield problem.RESULT
    yield passages.RESULT
    yield apart.RESULT
    for module in pkgutil.walk_packages(asking.__path__, f"{asking.__name__}."):
        result = getattr(importlib.import_module(module.name), "RESULT", None)
        if isinstance(result, ResultType):
            yield result


RESULTS: Mapping[str, ResultType] = {result.name: result for result in _results()}
"""What commands write as JSON, by name."""


def result_schema(name: str) -> Schema:
    """Return the schema of a result as JSON, with every key that it has."""
    result = RESULTS[name]
    found = TypeAdapter(result.form).json_schema(mode="serialization", ref_template=_REF)
    for node in _nodes(found):
        _plain(node)
        if "prefixItems" in node:
            # So draft 7 says what stands at each place of a list.
            node["items"] = node.pop("prefixItems")
        if "properties" in node:
            # A result has all of its keys always, so that readers need not ask.
            node["required"] = list(node["properties"])
            node["additionalProperties"] = False
            for part in node["properties"].values():
                part.pop("default", None)
    parts = found.get("$defs", {})
    answer = found if result.form is Answer else parts.get(Answer.__name__)
    if answer is not None:
        cited = answer["properties"]["passages"]
        answer["properties"]["passages"] = {"anyOf": [cited, _IDS], "description": _CITED}
        _allow_parts(answer["properties"])
    if answer is not None or result.form is apart.Part:
        parts["NamedPart"] = dict(_NAMED_PART)
        tree = parts[AuthorityAnswer.__name__]["properties"]
        tree["tree"] = _or_part(tree["tree"])
    found["properties"]["schema"] = {"const": result.version, "type": "string"}
    _, _, version = result.version.partition("/")
    return _published(name, result.title, found, version)


def _allow_parts(keys: dict[str, Schema]) -> None:
    """Let parts of an answer be named in their place."""
    for key in apart.WHOLE:
        keys[key] = _or_part(keys[key])
    for key in apart.ENTRIES:
        entries = "items" if "items" in keys[key] else "additionalProperties"
        keys[key] = {**keys[key], entries: _or_part(keys[key][entries])}


def _or_part(schema: Schema) -> Schema:
    """Return the schema of what it is of, or of the name of a part in its place."""
    return (
        {**schema, "anyOf": [*schema["anyOf"], _ref("NamedPart")]}
        if "anyOf" in schema
        else {"anyOf": [schema, _ref("NamedPart")]}
    )


def pack_schema() -> Schema:
    """Return the schema of the files of a pack: any one of them, or each by its name under `definitions`."""
    parts: dict[str, Schema] = {}
    forms = [_part(form, parts) for form in PACK_FILES]
    rule = _part(Rule, parts)
    readings = parts["ElementForm"]["properties"]["readings"]
    readings["patternProperties"] = {_PATTERNS["id"]: {"anyOf": [dict(_CONDITION), rule]}}
    for form in ("UnchangedForm", "ChangesForm"):
        parts[form]["properties"]["by"]["patternProperties"] = {_PATTERNS["fact"]: dict(_RUN)}
    return _published("pack", "A file of a pack of authcheck", {"oneOf": forms, "$defs": parts})


def scenario_schema(pack: Pack) -> Schema:
    """Return the schema of a scenario in the vocabulary of the pack."""
    parts: dict[str, Schema] = {}
    _part(ScenarioForm, parts)
    found = parts.pop("ScenarioForm")
    for name, fact in pack.facts.items():
        parts[f"value-{name}"] = _value(fact)
        parts[f"fact-{name}"] = _fact(fact)
    parts.update(_groups(tuple(pack.facts), ""))
    properties, expected = found["properties"], parts["ExpectForm"]["properties"]
    properties["facts"] = _ref("facts")
    for key in ("options", "activities"):
        choices = properties[key]["patternProperties"]
        choices.update(dict.fromkeys(choices, _ref("facts")))
    properties["cite"]["items"] = {"enum": list(pack.passages)}
    authorities = {"enum": list(pack.authorities)}
    parts["Precedent"]["properties"]["authorities"]["items"] = authorities
    parts["Unmodelled"]["properties"]["bears_on"]["items"] = {"enum": [*pack.authorities, *pack.powers]}
    parts["Claimed"]["properties"] |= {"authority": authorities}
    parts["Claimed"]["properties"]["cite"]["items"] = properties["cite"]["items"]
    expected["lens"] = {"enum": list(pack.lenses), "description": "Whose readings the answer admits."}
    expected["relies_on"]["items"] = authorities
    expected["verdicts"] = {
        "type": "object",
        "properties": {
            name: {"enum": [verdict.value for verdict in Verdict], "description": authority.title}
            for name, authority in pack.authorities.items()
        },
        "additionalProperties": False,
    }
    return _published("scenario", "A scenario of authcheck", {**found, "$defs": parts})


# What authors write.

_PATTERNS: Mapping[str, str] = {"id": "^[A-Za-z0-9][A-Za-z0-9-]*$", "fact": "^[a-z][a-z0-9_]*$"}
_CONDITION: Schema = {
    "description": "A fact or term by name; {fact: value}; {fact: [values]}; {fact: {not: value}}; "
    "{fact: {at_least: n, at_most: n}}; {in_force: authority}; all, any, not; true, false, silent. "
    "In a claim also {verdict: {authority: verdict}}, with one, a list or {not: verdict}, and {caution: id}.",
    "type": ["string", "boolean", "object"],
    "minProperties": 1,
    "maxProperties": 1,
}
_RUN: Schema = {"anyOf": [{"const": "any"}, {"type": "array", "items": {"type": ["string", "boolean"]}, "minItems": 2}]}
_SCALARS: Mapping[object, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    datetime.date: _DATE,
}


def _part(cls: Any, parts: dict[str, Schema]) -> Schema:  # noqa: ANN401 - any class of a part.
    """Return a reference to the schema of a part as it is written, which is put to the parts."""
    form = AS_WRITTEN.get(cls, cls)
    if form.__name__ not in parts:
        parts[form.__name__] = {}
        parts[form.__name__] |= _keys([(slot.path, slot) for slot in slots(form)], parts, form.__doc__ or "")
    return _ref(form.__name__)


def _keys(entries: Sequence[tuple[tuple[str, ...], Slot]], parts: dict[str, Schema], words: str = "") -> Schema:
    """Return the schema of a mapping with these keys, by the first steps of their paths, and no others."""
    properties: dict[str, Schema] = {}
    for path, slot in entries:
        if len(path) == 1:
            properties[path[0]] = _described_by(slot.said, _written(slot, parts))
        else:
            under = [(inner[1:], text) for inner, text in entries if inner[0] == path[0]]
            properties[path[0]] = _keys(under, parts)
    needed = [path[0] for path, slot in entries if slot.needed]
    return {
        **({"description": " ".join(words.split())} if words else {}),
        "type": "object",
        "properties": properties,
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _described_by(words: str, schema: Schema) -> Schema:
    """Return the schema with what is said of its key; in draft 7, what stands beside a reference is not read."""
    if not words:
        return schema
    return {"description": words, "allOf": [schema]} if "$ref" in schema else {**schema, "description": words}


def _written(slot: Slot, parts: dict[str, Schema]) -> Schema:
    match slot.written:
        case Written.FREELY:
            return {}
        case Written.CONDITION:
            return dict(_CONDITION)
        case Written.PART:
            part = _part(slot.hint, parts)
            return {"anyOf": [_name(slot), part]} if slot.short else part
        case Written.LIST | Written.KEYED_LIST:
            assert slot.inner is not None
            inner = _written(slot.inner, parts)
            several = {"type": "array", "items": inner, **({"minItems": slot.least} if slot.least else {})}
            return {"anyOf": [inner, several]} if slot.or_one else several
        case Written.MAPPING:
            assert slot.inner is not None
            inner = _written(slot.inner, parts)
            least = {"minProperties": slot.least} if slot.least else {}
            if not slot.named:
                return {"type": "object", "additionalProperties": inner, **least}
            pattern = {_PATTERNS[slot.named]: inner}
            return {"type": "object", "patternProperties": pattern, "additionalProperties": False, **least}
        case Written.SCALAR:
            return _scalar(slot)
        case _:  # pragma: no cover
            assert_never(slot.written)


def _scalar(slot: Slot) -> Schema:
    if slot.words:
        return {"enum": list(slot.words)}
    if slot.hint is str:
        return _name(slot)
    return dict(_SCALARS.get(slot.hint, {"type": ["boolean", "integer", "string"]}))


def _name(slot: Slot) -> Schema:
    """Return the schema of a name, or of a text, which says something where it is needed."""
    if slot.named:
        return {"type": "string", "pattern": _PATTERNS[slot.named]}
    return {"type": "string", **({"minLength": 1} if slot.needed and not slot.exact else {})}


# The facts of a scenario.


def _fact(fact: Fact) -> Schema:
    """Return the schema of what a scenario may say of a fact: its value, or that with a status and a note."""
    value = _ref(f"value-{fact.fact}")
    return {
        "title": fact.question,
        "description": _described(fact),
        "anyOf": [
            value,
            {
                "type": "object",
                "properties": {
                    "value": value,
                    "status": {"enum": [status.value for status in FactStatus]},
                    "note": {"type": "string"},
                },
                "required": ["value"],
                "additionalProperties": False,
            },
        ],
    }


def _described(fact: Fact) -> str:
    values = (f"{name}: {meaning}" for name, meaning in fact.values.items())
    return "\n".join([fact.meaning, *values])


def _value(fact: Fact) -> Schema:
    """Return the schema of a value of the fact, of several that it may have, and of `unknown`."""
    match fact.type:
        case FactType.DATE:
            return {"anyOf": [_DATE, _UNKNOWN]}
        case FactType.NUMBER:
            number = {"type": "integer", "minimum": fact.minimum}
            bounds = {
                "type": "object",
                "properties": {"at_least": number, "at_most": number},
                "minProperties": 1,
                "additionalProperties": False,
            }
            forms: list[Schema] = [number, bounds]
        case _:
            single: Schema = {"enum": list(fact.options)}
            forms = [single, _at_once(fact)] if fact.several else [single]
    several = {"type": "array", "items": {"anyOf": forms}, "minItems": 1, "description": "One of these."}
    return {"anyOf": [*forms, several, _UNKNOWN]}


def _at_once(fact: Fact) -> Schema:
    """Return the schema of two values that are so at once."""
    values = sorted({value for pair in fact.pairs.values() for value in pair}, key=list(fact.values).index)
    both = {"type": "array", "items": {"enum": values}, "minItems": 2, "maxItems": 2, "uniqueItems": True}
    return {
        "type": "object",
        "description": "Both at once.",
        "properties": {"all_of": both},
        "required": ["all_of"],
        "additionalProperties": False,
    }


def _groups(names: tuple[str, ...], prefix: str) -> Schema:
    """Return the schema of facts that share the beginning of their names, with those of the groups in it."""
    mine = [name for name in names if name.startswith(prefix)]
    properties = {name.removeprefix(prefix): _ref(f"fact-{name}") for name in mine}
    found: Schema = {}
    for head in _heads(name.removeprefix(prefix) for name in mine):
        if head not in properties:
            group = f"{prefix}{head}"
            found |= _groups(names, f"{group}_")
            properties[head] = _ref(f"facts-{group}")
    key = f"facts-{prefix.removesuffix('_')}" if prefix else "facts"
    found[key] = {
        "type": "object",
        "description": f"Facts whose names begin with `{prefix}`." if prefix else "What the scenario states.",
        "properties": properties,
        # Any beginning of a name may be nested, also one that no other fact shares.
        "additionalProperties": {"type": "object", "errorMessage": "this is no fact, and no beginning of several"},
    }
    return found


def _heads(names: Iterable[str]) -> tuple[str, ...]:
    """Return the first words that several of the names share, as many as these names share."""
    count: dict[str, int] = {}
    for name in names:
        words = name.split("_")
        for size in range(1, len(words)):
            head = "_".join(words[:size])
            count[head] = count.get(head, 0) + 1
    return tuple(
        head
        for head, times in count.items()
        if times > 1 and not any(other.startswith(f"{head}_") and count[other] == times for other in count)
    )


# The form.


def _ref(name: str) -> Schema:
    return {"$ref": _REF.format(model=name)}


def _published(name: str, title: str, schema: Schema, version: str = "1") -> Schema:
    """Return the schema in the form of draft 7, under its id."""
    parts = schema.pop("$defs", {})
    head = {"$schema": _DRAFT, "$id": f"urn:authcheck:{name}:{version}", "title": title}
    return {**head, **schema, "definitions": {key: parts[key] for key in sorted(parts)}}


def _nodes(schema: Schema) -> Iterator[Schema]:
    """Return the schema and every schema in it, innermost first."""
    for key in ("properties", "patternProperties", "$defs"):
        for part in schema.get(key, {}).values():
            yield from _nodes(part)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _nodes(schema[key])
    for part in schema.get("anyOf", []):
        yield from _nodes(part)
    yield schema


def _plain(node: Schema) -> None:
    """Leave out the titles, which repeat the names, and the line ends of descriptions."""
    node.pop("title", None)
    if "description" in node:
        node["description"] = " ".join(node["description"].split())
    if "$ref" in node and len(node) > 1:
        # In draft 7, what stands beside a reference is not read.
        node["allOf"] = [{"$ref": node.pop("$ref")}]
