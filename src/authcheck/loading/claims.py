"""Claims as they are written, read into the forms of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from authcheck.diagnostics import Place
from authcheck.loading.conditions import Scope, read_choice, read_condition, read_test, shown
from authcheck.loading.fields import Fields
from authcheck.loading.files import printable
from authcheck.loading.text import Node
from authcheck.model.authority import ALWAYS, Authority
from authcheck.model.claim import (
    All,
    Changes,
    Claim,
    Form,
    Iff,
    Moves,
    NeverHigher,
    NeverLower,
    Some,
    Unchanged,
)
from authcheck.model.condition import AllOf, CautionShown, Condition, Constant, Test, Truth, VerdictIs, parts
from authcheck.model.fact import FactType
from authcheck.model.pack import Caution, Power
from authcheck.model.period import Period
from authcheck.model.question import Lens
from authcheck.model.verdict import Verdict

__all__ = ["ClaimReader"]

_SETTLED = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.UNDETERMINED)
_FORMS = ("all", "some", "iff", "unchanged", "changes", "never_lower", "never_higher")
_EVERY, _ANY, _DEFAULT_LENS = "all", "any", "documents"


@dataclass(slots=True)
class ClaimReader:
    """Reads claims about a pack whose other parts are known.

    `cite` reads the passages that something cites, `period` the time of a law.
    """

    scope: Scope
    authorities: Mapping[str, Authority]
    powers: Mapping[str, Power]
    cautions: Mapping[str, Caution]
    lenses: Mapping[str, Lens]
    cite: Callable[[Fields], tuple[str, ...]]
    period: Callable[[Node], Period]

    def __post_init__(self) -> None:
        """Let conditions ask for verdicts and cautions too."""
        self.scope = replace(self.scope, more={"verdict": self._verdict, "caution": self._caution})

    def claim(self, fields: Fields) -> Claim | None:
        """Return the claim, or None after adding what is wrong with its form."""
        lens = fields.text("lens") or _DEFAULT_LENS
        if lens not in self.lenses:
            self.scope.problems.unknown("unknown-lens", "lens", lens, fields.place_of("lens"), self.lenses)
        cite = self.cite(fields)
        form = self._form(fields)
        if form is None:
            return None
        return Claim(
            claim=fields.text("claim"),
            text=fields.text("text"),
            form=form,
            cite=cite,
            place=fields.place,
            lens=lens,
            hedge=fields.text("hedge"),
            note=fields.text("note"),
            in_force=self.period(fields.whole_of("in_force")) if "in_force" in fields else None,
        )

    # --- forms

    def _form(self, fields: Fields) -> Form | None:
        named = [key for key in _FORMS if key in fields]
        if len(named) != 1:
            has = " and ".join(f"`{key}`" for key in named) or "none"
            self.scope.problems.add(
                "claim-form",
                f"a claim has one form; `{fields.text('claim')}` has {has}",
                fields.key_place(named[1]) if named else fields.place,
                f"the forms are {', '.join(f'`{key}`' for key in _FORMS)}",
            )
            return None
        match named[0]:
            case "some":
                return Some(self._condition(fields, "some"))
            case "iff":
                return self._iff(fields)
            case key:
                return self._inner_form(key, _inner(fields, key))

    def _inner_form(self, key: str, inner: Fields) -> Form:
        """Return a form that has keys of its own."""
        match key:
            case "all":
                return All(self._condition(inner, "if"), self._condition(inner, "then"))
            case "unchanged":
                return Unchanged(self._of(inner), self._moves(inner))
            case "changes":
                return self._changes(inner)
            case "never_lower":
                before, after = self._of_facts(inner, "from"), self._of_facts(inner, "to")
                return NeverLower(self._of(inner), self._condition(inner, "if"), before, after)
            case _:
                return NeverHigher(self._of(inner), self._condition(inner, "if"), self._number(inner, "along"))

    def _iff(self, fields: Fields) -> Form | None:
        node = fields.node("iff")
        two = node.value if node is not None else ()
        if not isinstance(two, tuple) or len(two) != 2:  # noqa: PLR2004 - the form says so.
            self.scope.problems.add("claim-form", "`iff` needs two conditions", fields.place_of("iff"))
            return None
        return Iff(self._read(two[0], "iff"), self._read(two[1], "iff"))

    def _changes(self, inner: Fields) -> Form:
        moves = self._moves(inner)
        for name, values in moves.items():
            if len(values) > 2:  # noqa: PLR2004 - one before, one after.
                self.scope.problems.add(
                    "claim-form",
                    f"`{name}` changes from one value to another; here are {len(values)}",
                    _inner(inner, "by").place_of(name),
                    "write two values, or `any`",
                )
        before, after = Verdict(inner.text("from")), Verdict(inner.text("to"))
        if before is after:
            help = "to say that nothing changes, write `unchanged`"
            self.scope.problems.add("claim-form", "`from` and `to` are one verdict", inner.place_of("to"), help)
        return Changes(self._of(inner), moves, before, after)

    def _number(self, inner: Fields, key: str) -> str:
        name, place = inner.text(key), inner.place_of(key)
        fact = self.scope.facts.get(name)
        if fact is None:
            self.scope.problems.unknown("unknown-fact", "fact", name, place, self.scope.facts)
        elif fact.type is not FactType.NUMBER:
            self.scope.problems.add("wrong-type", f"`{name}` is a {fact.type.value}, not a number", place)
        return name

    # --- what they are made of

    def _of(self, fields: Fields) -> tuple[str, ...]:
        """Return the authorities that are named, or that supply a power that is named."""
        node = fields.node("of")
        assert node is not None  # Invariant: the shape demands it.
        if node.value == _EVERY:
            return tuple(self.authorities)
        found: dict[str, None] = {}
        before = len(self.scope.problems.found)
        for part in node.value if isinstance(node.value, tuple) else (node,):
            found.update(dict.fromkeys(self._named(part)))
        if not found and len(self.scope.problems.found) == before:
            self.scope.problems.add("claim-form", "`of` names no authority", node.place)
        return tuple(found)

    def _named(self, node: Node) -> Iterator[str]:
        if isinstance(node.value, Mapping):
            part = Fields(node)
            power, place = part.text("supplies"), part.place_of("supplies")
            if power not in self.powers:
                self.scope.problems.unknown("unknown-power", "power", power, place, self.powers)
            for name, authority in self.authorities.items():
                if any(supply.power == power for supply in authority.supplies):
                    yield name
        elif self._is_authority(str(node.value), node.place):
            yield str(node.value)

    def _is_authority(self, name: str, place: Place) -> bool:
        known = self.scope.authorities
        if name not in known:
            self.scope.problems.unknown("unknown-authority", "authority", printable(name), place, sorted(known))
        return name in known

    def _moves(self, fields: Fields) -> Moves:
        """Return the facts that change, each with the values that it runs through; none stands for all."""
        inner = _inner(fields, "by")
        return {name: self._run(name, inner) for name in inner}

    def _run(self, name: str, fields: Fields) -> tuple[bool | str, ...]:
        problems, node = self.scope.problems, fields.node(name)
        assert node is not None  # Invariant: the name is one of its keys.
        fact = self.scope.facts.get(name)
        if fact is None:
            problems.unknown("unknown-fact", "fact", name, fields.key_place(name), self.scope.facts)
        elif fact.type is FactType.DATE:
            problems.add("date-tested", f"`{name}` is a date, which no rule tests", fields.key_place(name))
        elif node.value != _ANY and fact.type is FactType.NUMBER:
            problems.add("claim-form", f"`{name}` is a number: here it takes `any`", node.place)
        elif node.value != _ANY:
            test = read_test(fact, node, self.scope)
            values = test.values if isinstance(test, Test) else ()
            if test is not None and len(set(values)) < 2:  # noqa: PLR2004 - one value is no change.
                help = f"write `{name}: [one, other]`"
                problems.add("claim-form", f"`{name}` needs two values to change between, or `any`", node.place, help)
            return values
        return ()

    def _condition(self, fields: Fields, key: str) -> Condition:
        """Return the condition under a key; true where the key is missing or the condition is broken."""
        node = fields.node(key)
        return ALWAYS if node is None else self._read(node, key)

    def _of_facts(self, fields: Fields, key: str) -> Condition:
        """Return a condition whose facts are those that move."""
        condition = self._condition(fields, key)
        if any(isinstance(part, VerdictIs | CautionShown) for part in parts(condition)):
            help = "ask for verdicts and cautions under `if`"
            self.scope.problems.add("claim-form", f"`{key}` asks for facts alone", fields.place_of(key), help)
        return condition

    def _read(self, node: Node, key: str) -> Condition:
        condition = read_condition(node, self.scope) or ALWAYS
        if any(isinstance(part, Constant) and part.truth is Truth.SILENT for part in parts(condition)):
            self.scope.problems.add(
                "not-plain",
                f"`{key}` may not be silent: a claim is true or false",
                node.place,
                "ask for the verdict `silent` of an authority",
            )
        return condition

    # --- what only claims ask

    def _verdict(self, node: Node) -> Condition | None:
        """Return the condition that authorities have the verdicts that are named for them."""
        if not isinstance(node.value, Mapping) or not node.value:
            help = "write `{verdict: {authority: verdict}}`"
            self.scope.problems.add("no-condition", "`verdict` needs an authority and its verdict", node.place, help)
            return None
        found = [self._verdict_of(name, part, node) for name, part in node.value.items()]
        read = tuple(part for part in found if part is not None)
        if len(read) < len(found):
            return None
        return read[0] if len(read) == 1 else AllOf(read)

    def _verdict_of(self, name: str, value: Node, node: Node) -> Condition | None:
        if not self._is_authority(name, node.key_place(name)):
            return None
        return read_choice(
            f"verdict of {name}",
            _SETTLED,
            value,
            self.scope,
            lambda values: VerdictIs(name, tuple(map(Verdict, values))),
        )

    def _caution(self, node: Node) -> Condition | None:
        name = shown(node.value)
        if name not in self.cautions:
            self.scope.problems.unknown("unknown-caution", "caution", name, node.place, self.cautions)
            return None
        return CautionShown(name)


def _inner(fields: Fields, key: str) -> Fields:
    found = fields.inner(key)
    assert found is not None  # Invariant: the shape demands it.
    return found
