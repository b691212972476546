"""What the vocabulary demands of some facts, whatever the others are.

Facts that no rule at hand asks for take no room in its table. They are taken away one by one: what is demanded of
one of them and its neighbours becomes a condition of the neighbours alone, which holds exactly where some value of
the fact meets all that is demanded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from authcheck.evaluation.truth import where_all
from authcheck.evaluation.worlds import Allowed, Cell, Cuts, Demands, Dimension, Vocabulary, Worlds, facts_of
from authcheck.keeping import keep, once
from authcheck.model.condition import AllOf, AnyOf, Condition, Constant, Not, Range, Term, Test, Truth

__all__ = ["as_condition", "as_told_apart", "bearing", "bound", "coarsened", "demanded", "is_possible", "reduced"]

TRUE, FALSE = Constant(Truth.TRUE), Constant(Truth.FALSE)


def demanded(names: Collection[str], facts: Vocabulary, allowed: Mapping[str, Allowed]) -> tuple[Condition, ...]:
    """Return conditions of these facts alone, which hold where some values of the others meet every demand on them.

    Raises TooLargeError where too many facts that are tied closely are open at once.
    """
    found: list[Condition] = []
    for group in dict.fromkeys(facts.tied[name] for name in names):
        if facts.clauses[group]:
            kept = tuple(name for name in group if name in names)
            found += _demanded_of(kept, group, facts, allowed)
    return tuple(found)


def as_told_apart(
    cuts: Cuts, facts: Vocabulary, allowed: Mapping[str, Allowed]
) -> tuple[tuple[Condition, ...], Mapping[str, Allowed]]:
    """Return what is demanded of the facts that conditions cut, and what they tell of what is allowed of each.

    Where both are the same, the conditions are the same in the same possible worlds.
    """
    demands = demanded(cuts.names, facts, allowed)
    return demands, cuts.alike(allowed, facts_of(demands))


def coarsened(
    demands: tuple[Condition, ...], tests: Collection[Condition], facts: Vocabulary, allowed: Mapping[str, Allowed]
) -> tuple[Condition, ...]:
    """Return demands that tell no values apart but those that the tests do, and hold where some such values meet them.

    A world of the tests is possible where one of the worlds is that it stands for.
    """
    if not demands:
        return ()
    # The tests are told by what they are, and kept, so that nothing else is taken for them.
    key = (demands, tuple(map(id, tests)), *[allowed[name] for name in facts_of(demands)])
    return once(facts.coarsened, key, lambda: (tuple(tests), _coarsened(demands, tests, facts, allowed)))[1]


def _coarsened(
    demands: tuple[Condition, ...], tests: Collection[Condition], facts: Vocabulary, allowed: Mapping[str, Allowed]
) -> tuple[Condition, ...]:
    cuts = Cuts(tests, facts)
    # What nothing can meet is a demand of no fact.
    found: list[Condition] = [demand for demand in demands if demand == FALSE]
    scopes = {demand: frozenset(facts_of((demand,))) for demand in demands}
    for group in dict.fromkeys(facts.tied[min(scope)] for scope in scopes.values() if scope):
        mine = [demand for demand, scope in scopes.items() if scope <= set(group)]
        names = tuple(name for name in group if any(name in scopes[demand] for demand in mine))
        fine = Worlds(mine, facts, allowed, tuple(tests), only=names)
        possible = where_all(mine, fine)
        for name in names:
            possible = _spread(possible, fine, name, cuts.cells(name, allowed[name]))
        condition = as_condition(fine, possible, fine.everything)
        if condition != TRUE:
            found.append(condition)
    return tuple(found)


def _spread(worlds: int, fine: Worlds, name: str, cells: Sequence[Cell]) -> int:
    """Return the worlds with all that differ from one of them within a cell of the fact alone."""
    dimension = fine.dimensions[name]
    for cell in cells:
        inside = [index for index, part in enumerate(dimension.cells) if _within(part, cell)]
        if len(inside) > 1:
            first, here = fine.column(name, inside[0]), 0
            for index in inside:
                here |= (worlds >> ((index - inside[0]) * dimension.stride)) & first
            for index in inside:
                worlds |= here << ((index - inside[0]) * dimension.stride)
    return worlds


def _within(part: Cell, cell: Cell) -> bool:
    if isinstance(part, Range):
        return isinstance(cell, Range) and part.meets(cell)
    return not isinstance(cell, Range) and any(value in cell for value in part)


def is_possible(group: tuple[str, ...], facts: Vocabulary, allowed: Mapping[str, Allowed]) -> bool:
    """Whether facts that constraints tie together can have some of the values allowed, all at once."""
    return not _demanded_of((), group, facts, allowed)


def bearing(names: Collection[str], facts: Vocabulary, allowed: Mapping[str, Allowed]) -> tuple[str, ...]:
    """Return the other facts of which something may follow for one of these, as far as they are known."""
    found: list[str] = []
    for group in dict.fromkeys(facts.tied[name] for name in names):
        parts = (set().union(*part.values()) for part in _apart(_left_by_what_is_known(group, facts, allowed)))
        reached = set().union(*(part for part in parts if not part.isdisjoint(names)))
        found += [name for name in group if name in reached and name not in names]
    return tuple(found)


def bound(group: tuple[str, ...], facts: Vocabulary, allowed: Mapping[str, Allowed]) -> frozenset[str]:
    """Return the facts of a group on which, as far as they are known, something is demanded still."""
    return frozenset().union(*_left_by_what_is_known(group, facts, allowed).values())


def _demanded_of(
    kept: tuple[str, ...], group: tuple[str, ...], facts: Vocabulary, allowed: Mapping[str, Allowed]
) -> tuple[Condition, ...]:
    key = (kept, group, *(allowed[name] for name in group))
    if key not in facts.projected:
        parts = _apart(_left_by_what_is_known(group, facts, allowed))
        found = tuple(condition for demands in parts for condition in _projected(kept, demands, facts, allowed))
        return keep(facts.projected, key, found)
    return facts.projected[key]


def _apart(demands: Demands) -> Iterator[Demands]:
    """Return demands in parts that share no fact."""
    left = dict(demands)
    while left:
        first = next(iter(left))
        reached = set(left[first])
        while more := set().union(*(scope for scope in left.values() if scope & reached)) - reached:
            reached |= more
        part = {condition: scope for condition, scope in left.items() if scope & reached or condition == first}
        left = {condition: scope for condition, scope in left.items() if condition not in part}
        yield part


def _projected(
    kept: tuple[str, ...], demands: Demands, facts: Vocabulary, allowed: Mapping[str, Allowed]
) -> tuple[Condition, ...]:
    """Return what such a part demands of the facts that are kept."""
    names = sorted(set().union(*demands.values()))
    going = [name for name in names if name not in kept]
    key = (tuple(demands), tuple(going), *[allowed[name] for name in names])
    return once(facts.projected, key, lambda: tuple(_without(set(going), demands, facts, allowed)))


def _left_by_what_is_known(group: tuple[str, ...], facts: Vocabulary, allowed: Mapping[str, Allowed]) -> Demands:
    """Return what the facts that are known leave of the demands on a group."""
    left: dict[Condition, frozenset[str]] = {}
    for at, (clause, names) in enumerate(facts.clauses[group].items()):
        key = (group, at, *[allowed[name] for name in names])
        found = facts.reduced.get(key)
        if found is None:
            condition = reduced(clause, allowed)
            demands = {} if condition == TRUE else {condition: frozenset(facts_of((condition,)))}
            found = keep(facts.reduced, key, demands)
        left.update(found)
    return left


def _without(
    facts_to_drop: set[str], demands: Demands, facts: Vocabulary, allowed: Mapping[str, Allowed]
) -> Iterable[Condition]:
    """Return what is demanded of the other facts; that fact goes first whose going joins the fewest others."""
    left = dict(demands)
    going = facts_to_drop.intersection(*[set().union(*left.values())])
    while going:
        neighbours = {fact: set().union(*(scope for scope in left.values() if fact in scope)) for fact in going}
        fact = min(sorted(going), key=lambda one: len(neighbours[one]))
        going.remove(fact)
        mine = [clause for clause, scope in left.items() if fact in scope]
        if not mine:
            continue
        others = sorted(neighbours[fact] - {fact})
        worlds = Worlds(mine, facts, allowed, only=(*others, fact))
        possible = where_all(mine, worlds)
        folded = worlds.folded(possible, [fact]), worlds.folded(worlds.everything, [fact])
        condition = as_condition(worlds, *folded)
        for clause in mine:
            del left[clause]
        if condition != TRUE:
            left[condition] = frozenset(facts_of((condition,)))
    return left


def reduced(condition: Condition, allowed: Mapping[str, Allowed]) -> Condition:
    """Return the condition with all settled that the values allowed settle."""
    match condition:
        case Test(fact):
            return _settled(condition, allowed[fact])
        case AllOf(inner):
            return _joined(AllOf, inner, TRUE, FALSE, allowed)
        case AnyOf(inner):
            return _joined(AnyOf, inner, FALSE, TRUE, allowed)
        case Not(inside):
            left = reduced(inside, allowed)
            return FALSE if left == TRUE else TRUE if left == FALSE else Not(left)
        case Term(condition=inside):
            return reduced(inside, allowed)
        case _:
            return condition


def _settled(test: Test, allowed: Allowed) -> Condition:
    """Return what the values allowed make of a test: true or false where they settle it."""
    if all(_meets(test, one, wholly=True) for one in allowed):
        return TRUE
    return test if any(_meets(test, one, wholly=False) for one in allowed) else FALSE


def _meets(test: Test, value: bool | str | Range, *, wholly: bool) -> bool:  # noqa: FBT001 - It is one value of a fact.
    if not isinstance(value, Range):
        return test.has(value)
    return test.range is not None and (test.range.holds(value) if wholly else test.range.meets(value))


def _joined(
    form: type[AllOf | AnyOf],
    inner: Iterable[Condition],
    neutral: Constant,
    decisive: Constant,
    allowed: Mapping[str, Allowed],
) -> Condition:
    left = []
    for part in inner:
        remainder = reduced(part, allowed)
        if remainder == decisive:
            return decisive
        if remainder != neutral:
            left.append(remainder)
    if not left:
        return neutral
    return left[0] if len(left) == 1 else form(tuple(left))


def as_condition(worlds: Worlds, truth: int, mask: int) -> Condition:
    """Return a condition that holds in the same worlds of the mask, of no more facts than it takes."""
    true, false = truth & mask, mask & ~truth
    for name in worlds.dimensions:
        folded = worlds.folded(true, [name]), worlds.folded(false, [name])
        # The fact can be left out where the others settle the matter without it.
        if not folded[0] & folded[1]:
            true, false = folded
    outermost_first = tuple(one for one in reversed(worlds.dimensions.values()) if len(one.cells) > 1)
    return _tree(outermost_first, true, true | false)


def _tree(dimensions: Sequence[Dimension], true: int, mask: int) -> Condition:
    """Return a condition that is true in these worlds of the mask and false in its others."""
    if not true:
        return FALSE
    if true == mask:
        return TRUE
    first, rest = dimensions[0], dimensions[1:]
    block = (1 << first.stride) - 1
    branches: dict[Condition, list[Cell]] = {}
    for index, cell in enumerate(first.cells):
        here = (mask >> (index * first.stride)) & block
        if here:
            inner = _tree(rest, (true >> (index * first.stride)) & here, here)
            branches.setdefault(inner, []).append(cell)
    if len(branches) == 1:
        return next(iter(branches))
    ways = [
        _lies_in(first.fact, cells) if inner == TRUE else AllOf((_lies_in(first.fact, cells), inner))
        for inner, cells in branches.items()
        if inner != FALSE
    ]
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def _lies_in(fact: str, cells: Sequence[Cell]) -> Condition:
    """Return the condition that the fact lies in one of the cells."""
    ranges: list[Range] = []
    for cell in cells:
        if isinstance(cell, Range):
            # Ranges that adjoin are one.
            adjoins = bool(ranges) and ranges[-1].high == cell.low - 1
            ranges[-1:] = [Range(ranges[-1].low, cell.high)] if adjoins else [*ranges[-1:], cell]
    tests = tuple(Test(fact, (), one) for one in ranges)
    if tests:
        return tests[0] if len(tests) == 1 else AnyOf(tests)
    return Test(fact, tuple(value for cell in cells if not isinstance(cell, Range) for value in cell))
