"""Reports how well the phrases of the vocabulary read stories: precision and recall, for each fact.

    python -m tests.bench.suggestions [--words]

The first stories are those of the scenarios that come with the pack; then come the known ones of `narratives.yaml`, and
the held, from which no phrase was written. Of the scenarios, what they state is what their stories are held to tell; an
author states more than the words say, so their recall is low. A fact that is suggested and not told counts as neither
right nor wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import yaml

from authcheck.asking.suggestions import suggestions
from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, load_scenario, shipped_pack, shipped_scenarios
from authcheck.model.pack import Pack

Told: TypeAlias = Mapping[str, tuple[bool | str, ...]]
Story: TypeAlias = tuple[str, str, Told]


def shipped_stories(pack: Pack) -> Iterator[Story]:
    for name, path in shipped_scenarios(shipped_pack()).items():
        scenario = load_scenario(path, pack, Cache(None))
        told = {fact: stated.values for fact, stated in scenario.facts.items() if stated.values}
        yield name, scenario.description, told


def other_stories(group: str) -> Iterator[Story]:
    text = Path(__file__).with_name("narratives.yaml").read_text(encoding="utf-8")
    for number, entry in enumerate(yaml.safe_load(text)[group], start=1):
        told = {fact: tuple(value) if isinstance(value, list) else (value,) for fact, value in entry["facts"].items()}
        yield f"{group} {number}", entry["story"], told


def report(title: str, stories: Iterable[Story], pack: Pack, *, words: bool) -> None:
    told, right, wrong, beyond = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for name, story, facts in stories:
        told.update(facts.keys())
        for one in suggestions(story, pack, pack.as_of):
            kind = beyond if one.fact not in facts else right if one.value in facts[one.fact] else wrong
            kind[one.fact] += 1
            if words or kind is wrong:
                verdict = {id(right): "right", id(wrong): "WRONG", id(beyond): "not told"}[id(kind)]
                print(f"{verdict:8} {name}: {one.fact}: {one.value}  # {one.words}")
    print(f"\n{title}\n{'fact':46}{'told':>6}{'right':>7}{'wrong':>7}{'beyond':>8}{'precision':>11}{'recall':>8}")
    for fact in [*pack.facts, ""]:
        of = [sum(count.values()) if not fact else count[fact] for count in (told, right, wrong, beyond)]
        if any(of):
            precision = f"{of[1] / (of[1] + of[2]):.0%}" if of[1] + of[2] else "-"
            recall = f"{of[1] / of[0]:.0%}" if of[0] else "-"
            print(f"{fact or 'all':46}{of[0]:>6}{of[1]:>7}{of[2]:>7}{of[3]:>8}{precision:>11}{recall:>8}")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true", help="show the words of every suggestion")
    words = parser.parse_args().words
    pack = load_pack(shipped_pack(), Cache(None))
    report("The scenarios of the pack", shipped_stories(pack), pack, words=words)
    report("Known stories", other_stories("known"), pack, words=words)
    report("Held stories", other_stories("held"), pack, words=words)


if __name__ == "__main__":
    main()
