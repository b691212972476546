"""The files of a folder become a pack, or every problem that they have."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.loading.claims import ClaimReader
from authcheck.loading.conditions import Scope, read_condition
from authcheck.loading.fields import Fields, Problems
from authcheck.loading.files import PackText, decode, quoted, with_excerpt
from authcheck.loading.forms import FILES, DocumentForm, ElementForm
from authcheck.loading.reader import Reader
from authcheck.loading.shape import check_shape
from authcheck.loading.text import Node, parse
from authcheck.model.authority import ALWAYS, Authority, Clock, Duty, Element, Role, Rule
from authcheck.model.condition import Condition, tests_of
from authcheck.model.fact import NOT_KNOWN, Derivation, Fact, FactKind, FactType, Value, as_said
from authcheck.model.pack import Caution, Pack, Power
from authcheck.model.period import Period
from authcheck.model.question import Holder, Lens, Question, Reading
from authcheck.model.source import Document, Passage, Speech

__all__ = ["build_pack"]

Thing = TypeVar("Thing")

NOT_ASKED = "not-asked"
"""What stands under `readings` for a reading that does not ask for the element."""


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
        authorities = [name for name in self.files if "/" not in name and name not in FILES]
        self.authority_files = {name: self.files[name] for name in authorities}
        # What cannot be read is left out here, so that names in the rest of the pack still resolve.
        self.passages: dict[str, Passage] = {}
        self.documents: dict[str, Document] = {}
        self.questions: dict[str, Question] = {}
        self.holders: dict[str, Holder] = {}
        self.facts: dict[str, Fact] = {}
        self.powers: dict[str, Power] = {}
        ids = [fields.text("authority") for fields in self.authority_files.values()]
        self.authority_ids = frozenset(ids)
        self.scope = Scope(self.facts, self.authority_ids, self.problems)
        known: dict[str, Collection[str]] = {
            "passage": self.passages,
            "holder": self.holders,
            "power": self.powers,
            "question": self.questions,
            "authority": self.authority_ids,
        }
        own: dict[type, Callable[[Node], Any]] = {
            Element: self._element,
            Reading: self._reading,
            Duty: self._duty,
            Clock: self._clock,
            Period: self._period,
        }
        self.reader = Reader(self.scope, known, own)
        # Where a file could not be read, names that it may define are not called unknown.
        self.whole = not self.problems

    def _parsed(self) -> Iterator[tuple[str, Fields]]:
        """Return each file whose text and shape are sound."""
        for name, data in self.text.files.items():
            form = _form_of(name)
            if form is None:
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
            faults = check_shape(node, form)
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
        cautions = self._named("vocabulary/cautions.yaml", "cautions", "caution", partial(self.reader.read, Caution))
        authorities = self._authorities()
        lenses = self._named("vocabulary/lenses.yaml", "lenses", "lens", lambda node: self._lens(Fields(node)))
        if "documents" not in lenses:
            self._missing("vocabulary/lenses.yaml", "the lens `documents`, which is the default")
        reader = ClaimReader(self.scope, authorities, self.powers, cautions, lenses, self._cite, self._period)
        claims = self._named("claims.yaml", "claims", "claim", lambda node: reader.claim(Fields(node)))
        head = self.files.get("pack.yaml")
        as_of = datetime.date.min if head is None else self.reader.day("as_of", head.whole_of("as_of"))
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
            self.problems.found = [problem for problem in self.problems.found if problem.code not in _OF_NAMES]
        return [
            with_excerpt(problem, texts[problem.place.file])
            if problem.place.file in texts and problem.place.line
            else problem
            for problem in self.problems.found
        ]

    def _missing(self, name: str, what: str) -> None:
        if name in self.files or name not in self.text.files:
            self.problems.add("missing", f"{what}, is missing", Place(f"{self.text.folder}/{name}"))

    # --- names

    def _named(self, file: str, key: str, id: str, build: Callable[[Node], Thing | None]) -> dict[str, Thing]:
        """Return the things of a vocabulary file by id; a second one of the same id is a problem."""
        found: dict[str, Thing] = {}
        fields = self.files.get(file)
        for part in fields.each(key) if fields is not None else ():
            name = part.text(id)
            if self._is_new(id, name, part):
                thing = build(part.whole)
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

    def _cite(self, fields: Fields) -> tuple[str, ...]:
        return tuple(self.reader.name("passage", node) for node in fields.nodes("cite"))

    # --- sources and vocabulary

    def _document(self, fields: Fields) -> None:
        name = fields.text("document")
        if not self._is_new("document", name, fields):
            return
        document = self.documents[name] = self.reader.read(Document, fields.whole)
        for part in fields.each("passages"):
            id = part.text("passage")
            if self._is_new("passage", id, part):
                given = {"quote": "", "speaker": document.voice}
                missing = {key: value for key, value in given.items() if key not in part}
                place = part.place_of("quote")
                passage = self.reader.read(Passage, part.whole, document=name, place=place, **missing)
                self._attribution(passage, part)
                self.passages[id] = passage

    def _attribution(self, passage: Passage, fields: Fields) -> None:
        """Say where a passage tells whose speech it is without saying who speaks, or who passed on what is not told."""
        if passage.speech is not None and "speaker" not in fields:
            self.problems.add(
                "no-speaker",
                f"`{passage.passage}` is {passage.speech.value} speech of nobody",
                fields.key_place("speech"),
                "add `speaker:`, or leave `speech` out where the document speaks itself",
            )
        if passage.through and passage.speech is not Speech.INDIRECT:
            self.problems.add(
                "not-passed-on",
                f"nobody passes on words that are not indirect speech: `{passage.passage}`",
                fields.key_place("through"),
                "write `speech: indirect`, or leave `through` out",
            )

    def _facts(self) -> None:
        fields = self.files.get("vocabulary/facts.yaml")
        parts = fields.each("facts") if fields is not None else ()
        kept = []
        for part in parts:
            if self._is_new("fact", part.text("fact"), part):
                self.facts[part.text("fact")] = self._fact(part)
                kept.append(part)
        # Constraints name other facts, so they are read once all facts are known.
        for part in kept:
            if any(key in part for key in ("only_if", "implies", "excludes")):
                self._constrain(part)
            self._derive(part)
            self._check_opened(part.text("fact"), part.inner("opens"))

    def _fact(self, fields: Fields) -> Fact:
        given: dict[str, object] = {
            "only_if": None,
            "implies": {},
            "excludes": {},
            "derived": None,
            "absent": None,
            "unless_stated": None,
        }
        fact = self.reader.read(Fact, fields.whole, **given)
        if (fact.type is FactType.CHOICE) != bool(fact.values):
            self.problems.add("values", f"a choice, and nothing else, lists its values: `{fact.fact}`", fields.place)
        self._values_of(fact, fields.inner("brief"))
        self._values_of(fact, fields.inner("also"))
        self._values_of(fact, fields.inner("phrases"))
        for phrase in (phrase for phrases in fact.phrases.values() for phrase in phrases):
            if as_said(phrase) != phrase or not phrase.strip("*.| "):
                message = f"no story has the words {quoted(phrase)}"
                help = "write them in small letters without hyphens"
                self.problems.add("bad-phrase", message, fields.key_place("phrases"), help)
        called = [name for names in fact.also.values() for name in names]
        for name in called:
            if as_said(name) != name or called.count(name) > 1 or name in NOT_KNOWN:
                message = f"no reply to `{fact.fact}` can be told by {quoted(name)}"
                help = "write it in small letters without hyphens, for one value alone"
                self.problems.add("unclear-name", message, fields.key_place("also"), help)
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
        if fact.type is FactType.CHOICE and fact.in_force and not {"absent", "unless_stated"} & set(fields):
            message = f"`{fact.fact}` has a time in force, so it needs a value for when there is nothing of the kind"
            self.problems.add("no-absent-value", message, fields.key_place("in_force"), "add `absent:`")
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
        if fact.type is FactType.NUMBER or (fact.type is FactType.DATE and {"implies", "excludes"} & set(fields)):
            self.problems.add(
                "wrong-type",
                f"`only_if`, `implies` and `excludes` are for yes/no facts and choices, not for `{fact.fact}`",
                fields.place,
                "a date may have `only_if`" if fact.type is FactType.DATE else "",
            )
            return
        only_if = None
        if "only_if" in fields:
            only_if = self.reader.plain("only_if", fields.whole_of("only_if"))
            if fact.absent is None and fact.unless_stated is None and fact.type is not FactType.DATE:
                self.problems.add(
                    "no-absent-value",
                    f"`{fact.fact}` has `only_if`, so it needs a value for when it does not apply",
                    fields.key_place("only_if"),
                    "add `absent:`",
                )
        implies, excludes = self._by_value(fact, fields, "implies"), self._by_value(fact, fields, "excludes")
        self.facts[fact.fact] = _with(fact, only_if=only_if, implies=implies, excludes=excludes)

    def _by_value(self, fact: Fact, fields: Fields, key: str) -> dict[str, Condition]:
        """Return the conditions that stand under a key, by the value of the fact for which each is."""
        part = fields.inner(key)
        self._values_of(fact, part)
        return {value: self.reader.plain(value, part.whole_of(value)) for value in part} if part else {}

    def _values_of(self, fact: Fact, fields: Fields | None) -> None:
        """Refuse a key that is no value of the fact."""
        for value in fields or ():
            assert fields is not None
            if value not in {*fact.values, *(("true", "false") if fact.type is FactType.YES_NO else ())}:
                self.problems.unknown(
                    "unknown-value", f"value of `{fact.fact}`", value, fields.key_place(value), fact.values
                )

    def _check_opened(self, fact: str, opens: Fields | None) -> None:
        """Refuse a value that the fact does not have, and what is no fact."""
        self._values_of(self.facts[fact], opens)
        for value in opens or ():
            assert opens is not None
            for name, place in opens.placed_names(value):
                if name not in self.facts:
                    self.problems.unknown("unknown-fact", "fact", name, place, self.facts)

    def _derive(self, fields: Fields) -> None:
        part = fields.inner("derived")
        if part is None:
            return
        fact, derived = self.facts[fields.text("fact")], self.reader.read(Derivation, part.whole)
        start = self.facts.get(derived.from_date)
        counts = fact.type in {FactType.NUMBER, FactType.YES_NO}
        if not counts or start is None or start.type is not FactType.DATE:
            message = f"`{fact.fact}` must be a number or a yes/no, and be derived from a date"
            self.problems.add("derived", message, part.place)
            return
        self.facts[fact.fact] = _with(fact, derived=derived)

    def _terms(self) -> None:
        fields = self.files.get("vocabulary/terms.yaml")
        kept = []
        for part in fields.each("terms") if fields is not None else ():
            name = part.text("term")
            if name in self.facts:
                self.problems.add("defined-twice", f"`{name}` is a fact; a term needs another name", part.place)
            elif self._is_new("term", name, part):
                node = part.node("when")
                assert node is not None  # Invariant: the shape demands it.
                self.scope.unread_terms[name] = (node, part.text("text"), self._cite(part))
                kept.append(part)
        for part in kept:
            node = part.node("term")
            assert node is not None
            self.scope.term(part.text("term"), node)

    def _questions(self) -> None:
        read = self.reader.read
        self.holders.update(self._named("vocabulary/lenses.yaml", "holders", "holder", partial(read, Holder)))
        self.questions.update(self._named("vocabulary/questions.yaml", "questions", "question", self._question))

    def _reading(self, node: Node) -> Reading:
        reading = self.reader.read(Reading, node)
        documents = (self.passages[id].document for id in reading.cite if id in self.passages)
        return replace(reading, in_documents=any(self.documents[name].carries_rules for name in documents))

    def _question(self, node: Node) -> Question:
        question = self.reader.read(Question, node)
        if not any(reading.in_documents for reading in question.readings.values()):
            self.problems.add(
                "no-reading",
                f"no reading of `{question.question}` stands in a document that carries rules",
                question.place,
                "the lens `documents` would admit none",
            )
        return question

    def _lens(self, fields: Fields) -> Lens | None:
        if ("admits" in fields) == ("holder" in fields):
            self.problems.add("lens", "a lens has either `admits` or `holder`", fields.place)
            return None
        if "holder" in fields:
            self.reader.name("holder", fields.whole_of("holder"))
        holder = fields.text("holder")
        # What a holder reports of another is on its record too; whose view it is stands beside it.
        speaks = self.holders[holder].name if holder in self.holders else ""
        admits: dict[str, tuple[str, ...]] = {}
        off_record = []
        for name, question in self.questions.items():
            documents = tuple(id for id, reading in question.readings.items() if reading.in_documents)
            held = tuple(
                id
                for id, reading in question.readings.items()
                if holder in reading.holders or (speaks and reading.reported_by == speaks)
            )
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

        def rank(authority: Authority) -> tuple[int, bool, str]:
            powers = [*(supply.power for supply in authority.supplies), *authority.means_for]
            return (
                min((order.get(power, 0) for power in powers), default=len(order)),
                bool(authority.means_for),
                authority.authority,
            )

        return {authority.authority: authority for authority in sorted(found.values(), key=rank)}

    def _authority(self, fields: Fields) -> Authority:
        authority = self.reader.read(Authority, fields.whole)
        is_means, is_source = bool(authority.means_for), bool(authority.supplies)
        if (authority.role is Role.MEANS) != is_means or (authority.role is Role.SOURCE) != is_source:
            self.problems.add("role", "a source has `supplies`, a means has `means_for`", fields.place_of("role"))
        if "governs" in fields and "not_engaged" not in fields:
            self.problems.add("missing-key", "`not_engaged` is missing beside `governs`", fields.key_place("governs"))
        clocks = [clock.clock for clock in authority.clocks]
        for duty in authority.duties:
            if duty.clock and duty.clock not in clocks:
                self.problems.unknown("unknown-clock", "clock", duty.clock, duty.place, clocks)
        for index, duty in enumerate(authority.duties):
            before = [earlier.duty for earlier in authority.duties[:index]]
            if duty.done_with and duty.done_with not in before:
                self.problems.unknown("unknown-duty", "earlier duty", duty.done_with, duty.place, before)
        return authority

    def _element(self, node: Node) -> Element:
        form, fields = (
            self.reader.read(ElementForm, node, when=None, unless=None, silent_when=None, readings={}),
            Fields(node),
        )
        readings: dict[str, Rule] = {}
        rule = None
        if form.contested:
            for key in ("when", "unless", "silent_when", "silence", "hedge", "hedge_unmet"):
                if key in fields:
                    self.problems.add(
                        "contested",
                        f"`{key}` stands beside `contested`",
                        fields.key_place(key),
                        "give each reading its own, under `readings`",
                    )
            readings = self._contested(fields)
        elif "when" not in fields:
            message = f"the element `{form.element}` has neither `when` nor `contested`"
            self.problems.add("missing-key", message, fields.place)
        else:
            if "readings" in fields:
                self.problems.add("contested", "`readings` needs `contested` beside it", fields.key_place("readings"))
            rule = self._rule(node)
        return Element(
            element=form.element,
            text=form.text,
            cite=form.cite,
            place=fields.place,
            rule=rule,
            question=form.contested if readings else "",
            readings=readings,
            see_also=form.see_also,
            in_force=form.in_force,
            inferred=form.inferred,
            speaks_of=self._speaks_of(form.speaks_of, fields, rule, readings),
            cite_unmet=form.cite_unmet,
        )

    def _speaks_of(
        self, told: Condition | None, fields: Fields, rule: Rule | None, readings: Mapping[str, Rule]
    ) -> Condition | None:
        """Return of what the passages of an element speak; refuse a fact for which it does not ask itself."""
        rules = [rule] if rule is not None else readings.values()
        asked = [condition for one in rules for condition in one.conditions]
        named = {test.fact for condition in asked for test in tests_of(condition)}
        for test in tests_of(told) if told is not None else ():
            if test.fact not in named:
                message = f"`speaks_of` names the fact `{test.fact}`, for which the element does not ask"
                self.problems.add(
                    "unasked-fact", message, fields.key_place("speaks_of"), "name a fact of its condition"
                )
        return told

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
            if node.value != NOT_ASKED:
                found[reading] = self._reading_rule(node)
        for reading in question.readings:
            if part is None or reading not in part:
                self.problems.add(
                    "missing-reading",
                    f"the reading `{reading}` of `{name}` has no condition here",
                    fields.place_of("contested"),
                )
        if part is not None and all(part.text(reading) == NOT_ASKED for reading in question.readings):
            self.problems.add("contested", "no reading asks for it", part.place, "leave the element out")
        return found

    def _reading_rule(self, node: Node) -> Rule:
        if isinstance(node.value, Mapping) and "when" in node.value:
            faults = check_shape(node, Rule)
            self.problems.found.extend(faults)
            return Rule(ALWAYS) if faults else self._rule(node)
        return Rule(read_condition(node, self.scope) or ALWAYS)

    def _rule(self, node: Node) -> Rule:
        self._silence_told(Fields(node))
        return self.reader.read(Rule, node)

    def _power(self, node: Node) -> Power:
        self._silence_told(Fields(node))
        return self.reader.read(Power, node)

    def _silence_told(self, fields: Fields) -> None:
        """Refuse a silence of which it is not said what about, and words for one that there is not."""
        if ("silent_when" in fields) != ("silence" in fields):
            self.problems.add(
                "silence",
                "`silent_when` and `silence` go together",
                fields.place,
                "say in `silence` what the sources do not say",
            )

    def _duty(self, node: Node) -> Duty:
        duty, fields = self.reader.read(Duty, node), Fields(node)
        if duty.due is not None:
            self._typed(duty.due.from_date, FactType.DATE, fields.inner("due"), "from")
            if duty.due.done_on:
                self._typed(duty.due.done_on, FactType.DATE, fields.inner("due"), "done_on")
        if duty.due is not None and duty.clock:
            self.problems.add("two-times", "`due` stands beside `clock`", fields.key_place("clock"), "leave one out")
        return duty

    def _clock(self, node: Node) -> Clock:
        self._silence_told(Fields(node))
        clock, fields = self.reader.read(Clock, node), Fields(node)
        if bool(clock.starts) != (clock.days > 0):
            self.problems.add("missing-key", "a clock has both `from` and `days`, or neither", fields.place)
        for start in fields.each("from") if "from" in fields else ():
            self._typed(start.text("date"), FactType.DATE, start, "date")
        return clock

    def _period(self, node: Node) -> Period:
        period, fields = self.reader.read(Period, node), Fields(node)
        if not period.days:
            self.problems.add("missing-key", "`in_force` has neither `from` nor `to`", fields.place)
        elif period.first is not None and period.over is not None and period.first >= period.over:
            self.problems.add("bad-date", "`to` is not after `from`", fields.place_of("to"))
        return period

    def _typed(self, name: str, type: FactType, fields: Fields | None, key: str) -> None:
        """Refuse a name that is none of a fact of this type."""
        assert fields is not None  # Invariant: what has been read stands in the file.
        fact = self.facts.get(name)
        if fact is None:
            self.problems.unknown("unknown-fact", "fact", name, fields.place_of(key), self.facts)
        elif fact.type is not type:
            message = f"`{name}` is a {fact.type.value}, not a {type.value}"
            self.problems.add("wrong-type", message, fields.place_of(key))


_KINDS = ("authority", "caution", "fact", "holder", "lens", "passage", "power", "question", "reading")
_OF_NAMES = frozenset(
    {"missing", "missing-reading", "no-reading", "unknown-name"} | {f"unknown-{kind}" for kind in _KINDS}
)


def _with(fact: Fact, **changes: object) -> Fact:
    return replace(fact, **changes)  # type: ignore[arg-type]


def _form_of(name: str) -> type | None:
    """Return what a file of a pack is written as, by its path; None for a file that has no place in a pack."""
    folder = name.rpartition("/")[0]
    if folder == "sources":
        return DocumentForm
    return FILES.get(name, None if folder else Authority)
