"""A picture in Mermaid, which many sites and editors draw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from authcheck.rendering.graph.picture import Cluster, Edge, Graph, Node, wrapped

__all__ = ["mermaid_text"]

# A value has a colour and a border of its own, and always its word: no colour is needed to read it.
_TONES: Mapping[str, tuple[str, str]] = {
    "": ("plain", "fill:#ffffff,stroke:#57606a,stroke-width:1px,color:#1f2328"),
    "available": ("met", "fill:#dcf3e1,stroke:#1a7f37,stroke-width:2px,color:#1f2328"),
    "unavailable": ("notMet", "fill:#fbe3e1,stroke:#b42318,stroke-width:2px,stroke-dasharray:7 4,color:#1f2328"),
    "silent": ("silent", "fill:#e0ecfb,stroke:#1f5fbf,stroke-width:2px,stroke-dasharray:2 3,color:#1f2328"),
    "undetermined": ("unknown", "fill:#fdf3d1,stroke:#8a6100,stroke-width:2px,stroke-dasharray:9 3 2 3,color:#1f2328"),
    "contested": ("contested", "fill:#f3e3f7,stroke:#8b2fa3,stroke-width:5px,color:#1f2328"),
    "quiet": ("notEngaged", "fill:#f0f0f0,stroke:#8c959f,stroke-width:1px,color:#1f2328"),
}


# The rows are broken here, and not again; lines need room to spread beside the boxes.
_SETTINGS = (
    '{"flowchart": {"wrappingWidth": 400, "nodeSpacing": 20, "rankSpacing": 50, "subGraphTitleMargin": {"bottom": 24}}}'
)


def mermaid_text(graph: Graph) -> str:
    """Return the graph as a flowchart; it reads from left to right, with a frame for each of several authorities."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield f"%%{{init: {_SETTINGS}}}%%"
    yield "flowchart LR"
    yield f"  accTitle: {_described(graph.title)}"
    yield f"  accDescr: {_described(graph.description)}"
    every = [node for cluster in graph.clusters for node in cluster.nodes]
    names = {node.name: f"n{number}" for number, node in enumerate(every, start=1)}
    framed = len(graph.clusters) > 1
    # Mermaid draws frames from the bottom up: so the last goes first.
    for number, cluster in reversed(list(enumerate(graph.clusters, start=1))):
        if framed:
            yield f'  subgraph authority{number} ["{_escaped(cluster.title)}"]'
            yield "    direction LR"
        yield from _cluster(cluster, names)
        if framed:
            yield "  end"
            yield f"  style authority{number} fill:#ffffff,stroke:#d0d7de"
    used = {node.tone for node in every}
    yield from (f"  classDef {name} {style}" for tone, (name, style) in _TONES.items() if tone in used)
    if every:
        yield "  classDef joint fill:#ffffff,stroke:#57606a,color:#1f2328"


def _cluster(cluster: Cluster, names: Mapping[str, str]) -> Iterator[str]:
    for node in cluster.nodes:
        yield f"    {names[node.name]}{_box(node)}:::{_TONES[node.tone][0]}"
    below: dict[str, list[Edge]] = {}
    for edge in cluster.edges:
        below.setdefault(edge.start, []).append(edge)
    for node in cluster.nodes:
        start = names[node.name]
        edges = below.get(node.name, [])
        # Lines that part in a box of their own do not run behind the boxes beside the one that they come from.
        if len(edges) > 1 and node != cluster.nodes[0]:
            yield f'    {start} --- {start}j(("{node.joins or "·"}")):::joint'
            start += "j"
        for edge in edges:
            yield f"    {start} {'-.-x' if edge.defeats else '-->'} {names[edge.end]}"


def _box(node: Node) -> str:
    rows = [row for part in (node.head, node.text, *node.details) if part for row in wrapped(part)]
    label = "<br/>".join(map(_escaped, rows)) or " "
    return f'("{label}")' if node.kind in {"authority", "ground"} else f'["{label}"]'


def _escaped(text: str) -> str:
    """Return the text for a label: no character is left that Mermaid reads as its own, anywhere in a line."""
    found = re.sub(r'[#&<>"`%\\]', lambda found: f"#{ord(found[0])};", text)
    # A colon that is not followed by a space may be taken for that of a style.
    return re.sub(r":(?! |$)", "#58;", found)


def _described(text: str) -> str:
    """Return the text for a description, which ends at a line end and at some of these."""
    return " ".join(re.sub(r"[#;{}%<>]", " ", " ".join(wrapped(text))).split())
