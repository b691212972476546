"""What is kept of a pack and read back is the pack that was built."""

from __future__ import annotations

from pathlib import Path

from authcheck.loading.cache import Cache
from authcheck.loading.folders import load_pack, shipped_pack
from authcheck.model.condition import Term
from authcheck.model.pack import Pack


def terms_of(pack: Pack) -> list[Term]:
    rules = (
        rule.when
        for one in pack.authorities.values()
        for ground in one.grounds
        for element in ground.elements
        for rule in element.rules
    )
    return [when for when in rules if isinstance(when, Term)]


def test_a_pack_read_back_is_the_one_that_was_built(tmp_path: Path) -> None:
    built = load_pack(shipped_pack(), Cache(tmp_path))
    (kept,) = tmp_path.iterdir()
    stamp = kept.stat().st_mtime_ns

    read = load_pack(shipped_pack(), Cache(tmp_path))

    assert kept.stat().st_mtime_ns == stamp
    assert read is not built
    assert read == built
    assert (dict(read.claims), dict(read.places)) == (dict(built.claims), dict(built.places))


def test_what_stands_in_a_pack_again_and_again_is_kept_and_built_once(tmp_path: Path) -> None:
    load_pack(shipped_pack(), Cache(tmp_path))
    read = load_pack(shipped_pack(), Cache(tmp_path))

    terms = terms_of(read)
    assert len({id(one) for one in terms}) == len(set(terms)) < len(terms)
