"""The files of a folder become a pack, or every problem that they have."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading import documents
from authcheck.loading.claims import ClaimReader
from authcheck.loading.conditions import Scope, is_plain, read_condition
from authcheck.loading.fields import Fields, Problems
from authcheck.loading.files import decode, with_excerpt
from authcheck.loading.folders import PackText
from authcheck.loading.shape import check_shape
from authcheck.loading.text import Node, parse
from authcheck.model.authority import (
    ALWAYS,
    Authority,
    Clock,
    Displacement,
    Due,
    Duty,
    Element,
    End,
    Exclusion,
    Ground,
    NonEffect,
    Remark,
    Role,
    Rule,
    Supply,
    Waiver,
)
from authcheck.model.condition import Condition, Constant, Truth
from authcheck.model.fact import Derivation, Fact, FactKind, FactType, Value
from authcheck.model.pack import Caution, Pack, Power
from authcheck.model.question import Holder, Lens, Question, Reading
from authcheck.model.source import Document, DocumentClass, Passage

__all__ = ["build_pack"]

Thing = TypeVar("Thing")

VOCABULARY: Mapping[str, type[BaseModel]] = {
    "facts": documents.FactsFile,
    "terms": documents.TermsFile,
    "powers": documents.PowersFile,
    "questions": documents.QuestionsFile,
    "lenses": documents.LensesFile,
    "cautions": documents.CautionsFile,
}
_ROOT: Mapping[str, type[BaseModel]] = {"pack.yaml": documents.PackFile, "claims.yaml": documents.ClaimsFile}


def build_pack(text: PackText) -> Pack:
    """Return the pack that the texts make; all names resolved. Raises AuthcheckError with every problem."""
    return _Builder(text).pack()


class _Builder:
    def __init__(self, text: PackText) -> None:
        self.text = text
        self.problems = Problems()
        self.places: dict[str, Place] = {}
        self.texts: dict[str, str] = {}
        self.files = dict(self._parsed())
        authorities = [name for name in self.files if "/" not in name and name not in _ROOT]
        self.authority_files = {name: self.files[name] for name in authorities}
        # What cannot be read is left out here, so that names in the rest of the pack still resolve.
        self.passages: dict[str, Passage] = {}
        self.documents: dict[str, Document] = {}
        self.questions: dict[str, Question] = {}
        self.holders: dict[str, Holder] = {}
        self.facts: dict[str, Fact] = {}
        self.powers: dict[str, Power] = {}
        ids = [one.text("authority") for one in self.authority_files.values()]
        self.authority_ids = frozenset(ids)
        self.scope = Scope(self.facts, self.authority_ids, self.problems)
        # Where a file could not be read, names that it may define are not called unknown.
        self.whole = not self.problems

    def _parsed(self) -> Iterator[tuple[str, Fields]]:
        """Return each file whose text and shape are sound."""
        for name, data in self.text.files.items():
            model = _shape_of(name)
            if model is None:
                place = Place(f"{self.text.folder}/{name}")
                self.problems.add(
                    "unknown-file",
                    f"`{name}` is no file of a pack",
                    place,
                    "see the README of the pack for its layout",
                )
                continue
            try:
                self.texts[name] = decode(data, f"{self.text.folder}/{name}")
                node = parse(self.texts[name], f"{self.text.folder}/{name}")
            except AuthcheckError as error:
                self.problems.found.extend(error.diagnostics)
                continue
            faults = check_shape(node, model)
            self.problems.found.extend(faults)
            if not faults:
                yield name, Fields(node)

    def pack(self) -> Pack:
        for name, fields in self.files.items():
            if name.startswith("sources/"):
                self._document(fields)
        self._facts()
        self._terms()
        self.powers.update(self._named("vocabulary/powers.yaml", "powers", "power", self._power))
        self._questions()
        cautions = self._named("vocabulary/cautions.yaml", "cautions", "caution", self._caution)
        authorities = self._authorities()
        lenses = self._named("vocabulary/lenses.yaml", "lenses", "lens", self._lens)
        if "documents" not in lenses:
            self._missing("vocabulary/lenses.yaml", "the lens `documents`, which is the default")
        reader = ClaimReader(self.scope, authorities, self.powers, cautions, lenses, self._cite)
        claims = self._named("claims.yaml", "claims", "claim", reader.claim)
        head = self.files.get("pack.yaml")
        as_of = datetime.date.min if head is None else self._date(head, "as_of")
        if self.problems or head is None:
            raise AuthcheckError(self._with_excerpts())
        return Pack(
            id=head.text("pack"),
            title=head.text("title"),
            version=head.text("version"),
            as_of=as_of,
            review=head.text("review"),
            disclaimer=head.text("disclaimer"),
            digest=self.text.digest,
            authorities=authorities,
            facts=self.facts,
            terms={name: term for name, term in self.scope.terms.items() if term is not None},
            powers=self.powers,
            questions=self.questions,
            holders=self.holders,
            lenses=lenses,
            cautions=cautions,
            documents=self.documents,
            passages=self.passages,
            places=self.places,
            claims=claims,
        )

    def _with_excerpts(self) -> list[Diagnostic]:
        texts = {f"{self.text.folder}/{name}": text for name, text in self.texts.items()}
        if not self.whole:
            self.problems.found = [one for one in self.problems.found if one.code not in _OF_NAMES]
        return [
            with_excerpt(one, texts[one.place.file]) if one.place.file in texts and not one.excerpt else one
            for one in self.problems.found
        ]

    def _missing(self, name: str, what: str) -> None:
        if name in self.files or name not in self.text.files:
            self.problems.add("missing", f"{what}, is missing", Place(f"{self.text.folder}/{name}"))

    # --- names

    def _named(self, file: str, key: str, id: str, build: Callable[[Fields], Thing | None]) -> dict[str, Thing]:
        """Return the things of a vocabulary file by id; a second one of the same id is a problem."""
        found: dict[str, Thing] = {}
        fields = self.files.get(file)
        for one in fields.each(key) if fields is not None else ():
            name = one.text(id)
            if self._is_new(id, name, one):
                thing = build(one)
                if thing is not None:
                    found[name] = thing
        return found

    def _is_new(self, kind: str, name: str, fields: Fields) -> bool:
        place = fields.place_of(kind)
        key = f"{kind}:{name}"
        if key in self.places:
            self.problems.add(
                "defined-twice",
                f"the {kind} `{name}` is defined a second time",
                place,
                f"the first is at {self.places[key]}",
            )
            return False
        self.places[key] = place
        return True

    def _cite(self, fields: Fields, key: str = "cite") -> tuple[str, ...]:
        for name, place in fields.placed_names(key):
            if name not in self.passages:
                self.problems.unknown("unknown-passage", "passage", name, place, self.passages)
        return fields.names(key)

    def _known(
        self, fields: Fields, key: str, kind: str, known: Mapping[str, object] | frozenset[str]
    ) -> tuple[str, ...]:
        for name, place in fields.placed_names(key):
            if name not in known:
                self.problems.unknown(f"unknown-{kind}", kind, name, place, known)
        return fields.names(key)

    def _condition(self, fields: Fields, key: str) -> Condition:
        """Return the condition under a key; true where the key is missing or the condition is broken."""
        node = fields.node(key)
        return (None if node is None else read_condition(node, self.scope)) or ALWAYS

    def _optional(self, fields: Fields, key: str) -> Condition | None:
        return self._condition(fields, key) if key in fields else None

    def _plain(self, fields: Fields, key: str) -> Condition:
        """Return a condition that turns on facts alone and is never silent."""
        condition = self._condition(fields, key)
        if not is_plain(condition):
            self.problems.add(
                "not-plain",
                f"`{key}` may not be silent, and may not ask what is in force",
                fields.place_of(key),
            )
        return condition

    def _date(self, fields: Fields, key: str) -> datetime.date:
        found = fields.date(key)
        if found is None:
            self.problems.add("bad-date", f"`{key}` is no day of the calendar", fields.place_of(key))
        return found or datetime.date.min

    # --- sources and vocabulary

    def _document(self, fields: Fields) -> None:
        name = fields.text("document")
        if not self._is_new("document", name, fields):
            return
        self.documents[name] = Document(
            document=name,
            title=fields.text("title"),
            document_class=DocumentClass(fields.text("class")),
            place=fields.place,
            publisher=fields.text("publisher"),
            author=fields.text("author"),
            date=fields.text("date"),
            carries_rules=fields.flag("carries_rules"),
            file=fields.text("file"),
            sha256=fields.text("sha256"),
            numbering=fields.text("numbering"),
            restates=fields.text("restates"),
            note=fields.text("note"),
        )
        for one in fields.each("passages"):
            id = one.text("passage")
            if self._is_new("passage", id, one):
                node = one.node("quote")
                quote = str(node.value) if node is not None else ""
                self.passages[id] = Passage(
                    passage=id,
                    document=name,
                    quote=quote,
                    at=one.text("at"),
                    speaker=one.text("speaker"),
                    kind=one.text("kind"),
                    place=one.place_of("quote"),
                    role=one.text("role"),
                    anonymous=one.flag("anonymous"),
                    status=one.text("status"),
                    note=one.text("note"),
                )

    def _facts(self) -> None:
        fields = self.files.get("vocabulary/facts.yaml")
        parts = fields.each("facts") if fields is not None else ()
        kept = []
        for one in parts:
            if self._is_new("fact", one.text("fact"), one):
                self.facts[one.text("fact")] = self._fact(one)
                kept.append(one)
        # Constraints name other facts, so they are read once all facts are known.
        for one in kept:
            if "only_if" in one or "implies" in one:
                self._constrain(one)
            self._derive(one)

    def _fact(self, fields: Fields) -> Fact:
        type = FactType(fields.text("type"))
        values = fields.inner("values")
        fact = Fact(
            fact=fields.text("fact"),
            group=fields.text("group"),
            kind=FactKind(fields.text("kind")),
            type=type,
            question=fields.text("question"),
            meaning=fields.text("meaning"),
            place=fields.place,
            values={name: values.text(name) for name in values} if values is not None else {},
            unit=fields.text("unit"),
            minimum=fields.number("minimum"),
            judgement=fields.flag("judgement"),
            narrative=fields.flag("narrative"),
            cite=self._cite(fields),
        )
        if (type is FactType.CHOICE) != bool(fact.values):
            self.problems.add("values", f"a choice, and nothing else, lists its values: `{fact.fact}`", fields.place)
        for key, kinds in (
            ("absent", {FactKind.ACTIVITY, FactKind.STATUS}),
            ("unless_stated", {FactKind.EVENT}),
        ):
            if key in fields and fact.kind not in kinds:
                self.problems.add(
                    "wrong-kind",
                    f"`{key}` is not for the kind `{fact.kind.value}`",
                    fields.key_place(key),
                    "events take `unless_stated`, activities and statuses `absent`",
                )
        return _with(
            fact,
            absent=self._value(fact, fields, "absent"),
            unless_stated=self._value(fact, fields, "unless_stated"),
        )

    def _value(self, fact: Fact, fields: Fields, key: str) -> Value | None:
        node = fields.node(key)
        if node is None:
            return None
        value = node.value
        if fact.type is FactType.NUMBER and isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, bool | str) and value in fact.options:
            return value
        self.problems.add("unknown-value", f"`{key}` is no value of `{fact.fact}`", node.place)
        return None

    def _constrain(self, fields: Fields) -> None:
        fact = self.facts[fields.text("fact")]
        if fact.type in {FactType.NUMBER, FactType.DATE}:
            self.problems.add(
                "wrong-type",
                f"`only_if` and `implies` are for yes/no facts and choices, not for `{fact.fact}`",
                fields.place,
            )
            return
        only_if = None
        if "only_if" in fields:
            only_if = self._plain(fields, "only_if")
            if fact.absent is None and fact.unless_stated is None:
                self.problems.add(
                    "no-absent-value",
                    f"`{fact.fact}` has `only_if`, so it needs a value for when it does not apply",
                    fields.key_place("only_if"),
                    "add `absent:`",
                )
        implies: dict[str, Condition] = {}
        follows = fields.inner("implies")
        for value in follows or ():
            assert follows is not None
            if value not in {*fact.values, *(("true", "false") if fact.type is FactType.YES_NO else ())}:
                self.problems.unknown(
                    "unknown-value", f"value of `{fact.fact}`", value, follows.key_place(value), fact.values
                )
            implies[value] = self._plain(follows, value)
        self.facts[fact.fact] = _with(fact, only_if=only_if, implies=implies)

    def _derive(self, fields: Fields) -> None:
        part = fields.inner("derived")
        if part is None:
            return
        fact = self.facts[fields.text("fact")]
        start = self.facts.get(part.text("from"))
        if fact.type is not FactType.NUMBER or start is None or start.type is not FactType.DATE:
            self.problems.add("derived", f"`{fact.fact}` must be a number, and be derived from a date", part.place)
            return
        self.facts[fact.fact] = _with(fact, derived=Derivation(start.fact, part.number("first"), part.text("rule")))

    def _terms(self) -> None:
        fields = self.files.get("vocabulary/terms.yaml")
        kept = []
        for one in fields.each("terms") if fields is not None else ():
            name = one.text("term")
            if name in self.facts:
                self.problems.add("defined-twice", f"`{name}` is a fact; a term needs another name", one.place)
            elif self._is_new("term", name, one):
                node = one.node("when")
                assert node is not None  # Invariant: the shape demands it.
                self.scope.unread_terms[name] = (node, one.text("text"), self._cite(one))
                kept.append(one)
        for one in kept:
            node = one.node("term")
            assert node is not None
            self.scope.term(one.text("term"), node)

    def _power(self, fields: Fields) -> Power:
        return Power(
            fields.text("power"),
            fields.text("title"),
            fields.text("meaning"),
            self._plain(fields, "needed_when"),
            fields.place,
            self._cite(fields),
        )

    def _caution(self, fields: Fields) -> Caution:
        return Caution(
            fields.text("caution"),
            fields.text("text"),
            self._plain(fields, "when"),
            self._cite(fields),
            fields.place,
        )

    def _questions(self) -> None:
        self.holders.update(
            self._named(
                "vocabulary/lenses.yaml",
                "holders",
                "holder",
                lambda one: Holder(one.text("holder"), one.text("name")),
            )
        )
        self.questions.update(self._named("vocabulary/questions.yaml", "questions", "question", self._question))

    def _question(self, fields: Fields) -> Question:
        readings: dict[str, Reading] = {}
        for one in fields.each("readings"):
            name = one.text("reading")
            if name in readings:
                self.problems.add("defined-twice", f"the reading `{name}` stands here twice", one.place)
            cite = self._cite(one)
            carried = any(
                self.documents[self.passages[id].document].carries_rules for id in cite if id in self.passages
            )
            readings[name] = Reading(
                name,
                one.text("text"),
                self._known(one, "holders", "holder", self.holders),
                cite,
                one.text("reported_by"),
                carried,
            )
        if not any(one.in_documents for one in readings.values()):
            self.problems.add(
                "no-reading",
                f"no reading of `{fields.text('question')}` stands in a document that carries rules",
                fields.place,
                "the lens `documents` would admit none",
            )
        return Question(
            fields.text("question"),
            fields.text("text"),
            readings,
            fields.place,
            self._known(fields, "shown_with", "authority", self.authority_ids),
            fields.text("note"),
        )

    def _lens(self, fields: Fields) -> Lens | None:
        if ("admits" in fields) == ("holder" in fields):
            self.problems.add("lens", "a lens has either `admits` or `holder`", fields.place)
            return None
        if "holder" in fields:
            self._known(fields, "holder", "holder", self.holders)
        holder = fields.text("holder")
        admits: dict[str, tuple[str, ...]] = {}
        off_record = []
        for name, question in self.questions.items():
            documents = tuple(id for id, one in question.readings.items() if one.in_documents)
            held = tuple(id for id, one in question.readings.items() if holder in one.holders)
            if fields.text("admits") == "all":
                admits[name] = tuple(question.readings)
            else:
                admits[name] = held or documents
                if holder and not held:
                    off_record.append(name)
        return Lens(fields.text("lens"), fields.text("title"), fields.place, admits, tuple(off_record))

    # --- authorities

    def _authorities(self) -> dict[str, Authority]:
        """Return the authorities by the order of the powers that they supply, then by id."""
        order = {name: position for position, name in enumerate(self.powers)}
        found = {}
        for file, fields in self.authority_files.items():
            name = fields.text("authority")
            if f"{name}.yaml" != file:
                self.problems.add(
                    "file-name",
                    f"the authority `{name}` stands in `{file}`",
                    fields.place_of("authority"),
                    f"name the file `{name}.yaml`",
                )
            elif self._is_new("authority", name, fields):
                found[name] = self._authority(fields)

        def rank(one: Authority) -> tuple[int, bool, str]:
            powers = [*(supply.power for supply in one.supplies), *one.means_for]
            return (
                min((order.get(power, 0) for power in powers), default=len(order)),
                bool(one.means_for),
                one.authority,
            )

        return {one.authority: one for one in sorted(found.values(), key=rank)}

    def _authority(self, fields: Fields) -> Authority:
        in_force = fields.inner("in_force")
        role = Role(fields.text("role"))
        supplies = tuple(self._supplies(fields))
        means_for = self._known(fields, "means_for", "power", self.powers)
        if (role is Role.MEANS) != bool(means_for) or (role is Role.SOURCE) != bool(supplies):
            self.problems.add("role", "a source has `supplies`, a means has `means_for`", fields.place_of("role"))
        if "governs" in fields and "not_engaged" not in fields:
            self.problems.add("missing-key", "`not_engaged` is missing beside `governs`", fields.key_place("governs"))
        return Authority(
            authority=fields.text("authority"),
            title=fields.text("title"),
            law=fields.text("law"),
            authority_class=fields.text("class"),
            role=role,
            place=fields.place,
            summary=fields.text("summary"),
            in_effect=fields.text("in_effect"),
            governs=self._plain(fields, "governs") if "governs" in fields else Constant(Truth.TRUE),
            governs_text=fields.text("not_engaged"),
            supplies=supplies,
            means_for=means_for,
            in_force_from=None if in_force is None else self._end(in_force, "from"),
            in_force_to=None if in_force is None else self._end(in_force, "to"),
            displaced_by=tuple(self._displacement(one) for one in fields.each("displaced_by")),
            grounds=tuple(self._ground(one) for one in self._unique(fields, "grounds", "ground")),
            exceptions=tuple(self._exception(one) for one in self._unique(fields, "exceptions", "exception")),
            duties=tuple(self._duty(one) for one in self._unique(fields, "duties", "duty")),
            does_not_supply=tuple(
                NonEffect(self._power_of(one), one.text("text"), one.text("misconception"), self._cite(one))
                for one in fields.each("does_not_supply")
            ),
            waives=tuple(
                Waiver(self._power_of(one), one.text("text"), self._cite(one)) for one in fields.each("waives")
            ),
            limits=self._remarks(fields, "limits"),
            notes=self._remarks(fields, "notes"),
            not_said=self._remarks(fields, "not_said"),
            see_also=self._cite(fields, "see_also"),
        )

    def _unique(self, fields: Fields, key: str, id: str) -> Iterator[Fields]:
        seen: set[str] = set()
        for one in fields.each(key):
            name = one.text(id)
            if name in seen:
                self.problems.add("defined-twice", f"the {id} `{name}` stands here twice", one.place_of(id))
            seen.add(name)
            yield one

    def _supplies(self, fields: Fields) -> Iterator[Supply]:
        node = fields.node("supplies")
        for one in node.value if node is not None and isinstance(node.value, tuple) else ():
            if isinstance(one.value, str):
                if one.value not in self.powers:
                    self.problems.unknown("unknown-power", "power", one.value, one.place, self.powers)
                yield Supply(one.value)
            else:
                part = Fields(one)
                yield Supply(self._power_of(part), self._only_on(part), self._cite(part))

    def _power_of(self, fields: Fields) -> str:
        return self._known(fields, "power", "power", self.powers)[0]

    def _remarks(self, fields: Fields, key: str) -> tuple[Remark, ...]:
        return tuple(Remark(one.text("text"), self._cite(one)) for one in fields.each(key))

    def _end(self, fields: Fields, key: str) -> End | None:
        part = fields.inner(key)
        return None if part is None else End(self._date(part, "date"), self._cite(part))

    def _only_on(self, fields: Fields) -> dict[str, tuple[str, ...]]:
        part = fields.inner("only_on")
        found: dict[str, tuple[str, ...]] = {}
        for name in part or ():
            assert part is not None
            question = self.questions.get(name)
            if question is None:
                self.problems.unknown("unknown-question", "question", name, part.key_place(name), self.questions)
            else:
                found[name] = self._known(part, name, "reading", question.readings)
        return found

    def _displacement(self, fields: Fields) -> Displacement:
        when = self._condition(fields, "when")
        return Displacement(fields.text("text"), when, self._cite(fields), fields.place, self._only_on(fields))

    def _ground(self, fields: Fields) -> Ground:
        return Ground(
            ground=fields.text("ground"),
            title=fields.text("title"),
            elements=tuple(self._element(one) for one in self._unique(fields, "elements", "element")),
            place=fields.place,
            exceptions=tuple(self._exception(one) for one in self._unique(fields, "exceptions", "exception")),
            only_on=self._only_on(fields),
        )

    def _exception(self, fields: Fields) -> Exclusion:
        return Exclusion(
            fields.text("exception"),
            fields.text("text"),
            self._condition(fields, "when"),
            self._cite(fields),
            fields.place,
            self._cite(fields, "see_also"),
        )

    def _element(self, fields: Fields) -> Element:
        question, readings = "", {}
        rule = None
        if "contested" in fields:
            for key in ("when", "unless", "silent_when", "silence"):
                if key in fields:
                    self.problems.add(
                        "contested",
                        f"`{key}` stands beside `contested`",
                        fields.key_place(key),
                        "give each reading its own, under `readings`",
                    )
            question, readings = fields.text("contested"), self._contested(fields)
        elif "when" not in fields:
            self.problems.add(
                "missing-key",
                f"the element `{fields.text('element')}` has neither `when` nor `contested`",
                fields.place,
            )
        else:
            if "readings" in fields:
                self.problems.add("contested", "`readings` needs `contested` beside it", fields.key_place("readings"))
            rule = self._rule(fields)
        return Element(
            element=fields.text("element"),
            text=fields.text("text"),
            cite=self._cite(fields),
            place=fields.place,
            rule=rule,
            question=question if readings else "",
            readings=readings,
            see_also=self._cite(fields, "see_also"),
        )

    def _contested(self, fields: Fields) -> dict[str, Rule]:
        name = fields.text("contested")
        question = self.questions.get(name)
        if question is None:
            self.problems.unknown("unknown-question", "question", name, fields.place_of("contested"), self.questions)
            return {}
        part = fields.inner("readings")
        found: dict[str, Rule] = {}
        for reading in part or ():
            assert part is not None
            if reading not in question.readings:
                self.problems.unknown(
                    "unknown-reading",
                    f"reading of `{name}`",
                    reading,
                    part.key_place(reading),
                    question.readings,
                )
            node = part.node(reading)
            assert node is not None
            found[reading] = self._reading_rule(node)
        for reading in question.readings:
            if reading not in found:
                self.problems.add(
                    "missing-reading",
                    f"the reading `{reading}` of `{name}` has no condition here",
                    fields.place_of("contested"),
                )
        return found if set(found) == set(question.readings) else {}

    def _reading_rule(self, node: Node) -> Rule:
        if isinstance(node.value, Mapping) and "when" in node.value:
            faults = check_shape(node, documents.RulePart)
            self.problems.found.extend(faults)
            return Rule(ALWAYS) if faults else self._rule(Fields(node))
        return Rule(read_condition(node, self.scope) or ALWAYS)

    def _rule(self, fields: Fields) -> Rule:
        if ("silent_when" in fields) != ("silence" in fields):
            self.problems.add(
                "silence",
                "`silent_when` and `silence` go together",
                fields.place,
                "say in `silence` what the sources do not say",
            )
        return Rule(
            self._condition(fields, "when"),
            self._optional(fields, "unless"),
            self._optional(fields, "silent_when"),
            fields.text("silence"),
        )

    def _duty(self, fields: Fields) -> Duty:
        due, clock = fields.inner("due"), fields.inner("clock")
        return Duty(
            duty=fields.text("duty"),
            text=fields.text("text"),
            by=fields.text("by"),
            when=self._plain(fields, "when"),
            cite=self._cite(fields),
            place=fields.place,
            done_when=self._plain(fields, "done_when") if "done_when" in fields else None,
            with_engagement=fields.text("arises_with") == "activity",
            due=None
            if due is None
            else Due(self._fact_of(due, "from", FactType.DATE), due.number("days"), due.text("words")),
            clock=None
            if clock is None
            else Clock(self._fact_of(clock, "counter", FactType.NUMBER), clock.number("limit")),
            see_also=self._cite(fields, "see_also"),
        )

    def _fact_of(self, fields: Fields, key: str, type: FactType) -> str:
        name = fields.text(key)
        fact = self.facts.get(name)
        if fact is None:
            self.problems.unknown("unknown-fact", "fact", name, fields.place_of(key), self.facts)
        elif fact.type is not type:
            self.problems.add(
                "wrong-type", f"`{name}` is a {fact.type.value}, not a {type.value}", fields.place_of(key)
            )
        return name


_KINDS = ("authority", "caution", "fact", "holder", "lens", "passage", "power", "question", "reading")
_OF_NAMES = frozenset(
    {"missing", "missing-reading", "no-reading", "unknown-name"} | {f"unknown-{kind}" for kind in _KINDS}
)


def _with(fact: Fact, **changes: object) -> Fact:
    return replace(fact, **changes)  # type: ignore[arg-type]


def _shape_of(name: str) -> type[BaseModel] | None:
    """Return the shape that a file of a pack has, by its path; None for a file that has no place in a pack."""
    folder, _, file = name.rpartition("/")
    if folder == "vocabulary":
        return VOCABULARY.get(file.removesuffix(".yaml"))
    if folder == "sources":
        return documents.DocumentFile
    return _ROOT.get(file, documents.AuthorityFile)
