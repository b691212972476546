"""Which files hold many records, by their names."""

from __future__ import annotations

from pathlib import Path

__all__ = ["PARQUET", "TABLE", "ZSTD", "is_other_table", "is_packed", "is_record_file", "unpacked"]

TABLE, PARQUET, ZSTD = ".csv", ".parquet", ".zst"
_LINES = (".jsonl", ".ndjson")
_PACKED = (".gz", ZSTD)
_OTHER_TABLES = (".tsv", ".tab", ".xlsx", ".xls", ".xlsm", ".ods", ".arrow", ".feather", ".orc", ".avro")


def is_record_file(path: str | Path) -> bool:
    """Whether the name of a file says that it holds many records: lines of JSON, or a table."""
    name = str(path).lower()
    return name.endswith(PARQUET) or unpacked(name).endswith((*_LINES, TABLE))


def is_other_table(path: Path) -> bool:
    """Whether the name of a file says that it is a table of a kind that is not read."""
    return unpacked(path.name.lower()).endswith(_OTHER_TABLES)


def is_packed(path: Path) -> bool:
    """Whether the name of a file says that it is packed."""
    return path.suffix.lower() in _PACKED


def unpacked(name: str) -> str:
    """Return the name of a file, given in small letters, without the ending that says that it is packed."""
    for ending in _PACKED:
        name = name.removesuffix(ending)
    return name
