"""A picture in DOT, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authcheck.loading.files import printable
from authcheck.rendering.graph.picture import Cluster, Edge, Graph, Node, wrapped

__all__ = ["dot_text"]

# A value has a colour and a border of its own, and always its word: no colour is needed to read it.
_TONES: Mapping[str, str] = {
    "": 'fillcolor="#ffffff", color="#57606a", style="filled"',
    "available": 'fillcolor="#dcf3e1", color="#1a7f37", style="filled"',
    "unavailable": 'fillcolor="#fbe3e1", color="#b42318", style="filled,dashed"',
    "silent": 'fillcolor="#e0ecfb", color="#1f5fbf", style="filled,dotted"',
    "undetermined": 'fillcolor="#fdf3d1", color="#8a6100", style="filled", peripheries=2',
    "contested": 'fillcolor="#f3e3f7", color="#8b2fa3", style="filled", penwidth=4',
    "quiet": 'fillcolor="#f0f0f0", color="#8c959f", style="filled"',
}
# Details are written smaller, so that more of them fits a row.
_DETAIL_WIDTH = 42
# In points: what the longest row takes.
_WIDTH = 200
_ROUND = frozenset({"authority", "ground"})


def dot_text(graph: Graph) -> str:
    """Return the graph in DOT; it reads from left to right, with a cluster for each of several authorities."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield f"digraph {_quoted(graph.title)} {{"
    yield f"  graph [rankdir=LR, nodesep=0.18, ranksep=0.7, {_FONT}, fontsize=14, labelloc=t,"
    yield f"    label={_title(graph)}, tooltip={_quoted(graph.description)}]"
    yield f'  node [shape=box, {_FONT}, fontsize=11, fontcolor="#1f2328", penwidth=1.5, margin="0.14,0.08"]'
    yield '  edge [color="#57606a", arrowsize=0.6, tailport=e, headport=w]'
    framed = len(graph.clusters) > 1
    # Graphviz draws what stands in frames from the bottom up: so the last goes first.
    for number, cluster in enumerate(reversed(graph.clusters)):
        if framed:
            yield f"  subgraph cluster_{number} {{"
            yield f'    graph [label={_quoted(cluster.title)}, labeljust=l, color="#d0d7de"]'
        yield from _cluster(cluster)
        yield from _in_order(cluster, upwards=framed)
        if framed:
            yield "  }"
    yield "}"


_FONT = 'fontname="Helvetica,Arial,sans-serif"'


def _cluster(cluster: Cluster) -> Iterator[str]:
    for node in cluster.nodes:
        tone = _TONES[node.tone]
        if node.kind in _ROUND:
            tone = tone.replace('style="filled', 'style="rounded,filled')
        tip = node.tip or node.text or node.head
        yield f"    {_quoted(node.name)} [label={_label(node)}, {tone}, tooltip={_quoted(tip)}]"
    for edge in cluster.edges:
        yield f"    {_quoted(edge.start)} -> {_quoted(edge.end)}{_edge(edge)}"


def _in_order(cluster: Cluster, *, upwards: bool) -> Iterator[str]:
    """Return what keeps the boxes of one column in their order."""
    above = {edge.end: edge.start for edge in cluster.edges}
    depths: dict[str, int] = {}
    columns: dict[int, list[str]] = {}
    for node in cluster.nodes:
        depths[node.name] = depths[above[node.name]] + 1 if node.name in above else 0
        columns.setdefault(depths[node.name], []).append(node.name)
    for names in columns.values():
        if len(names) > 1:
            ordered = reversed(names) if upwards else names
            yield f"    {{ rank=same; {' -> '.join(map(_quoted, ordered))} [style=invis] }}"


def _edge(edge: Edge) -> str:
    return " [style=dashed, arrowhead=tee]" if edge.defeats else ""


def _title(graph: Graph) -> str:
    return _html([f"<B>{_escaped(row)}</B>" for row in _rows(graph.title, 3)]) if graph.title else '""'


def _rows(text: str, times: int) -> Iterator[str]:
    """Return the text in rows that are as many times as long as a box is wide."""
    rows = wrapped(text)
    yield from (" ".join(rows[start : start + times]) for start in range(0, len(rows), times))


def _label(node: Node) -> str:
    rows = [f"<B>{_escaped(row)}</B>" for row in wrapped(node.head)] if node.head else []
    size = 13 if node.kind == "authority" else 11
    rows += [f'<FONT POINT-SIZE="{size}">{_escaped(row)}</FONT>' for row in wrapped(node.text)] if node.text else []
    for detail in node.details:
        rows += [
            f'<FONT POINT-SIZE="9" COLOR="#424a53">{_escaped(row)}</FONT>' for row in wrapped(detail, _DETAIL_WIDTH)
        ]
    return _html(rows)


def _html(rows: Iterable[str]) -> str:
    """Return the rows as a label that keeps to the left of its box, however wide that is."""
    cell = "".join(f'{row}<BR ALIGN="LEFT"/>' for row in rows)
    table = f'<TABLE BORDER="0" CELLPADDING="0" WIDTH="{_WIDTH}">'
    return f'<{table}<TR><TD ALIGN="LEFT" BALIGN="LEFT">{cell}</TD></TR></TABLE>>'


def _escaped(text: str) -> str:
    """Return the text for a label of Graphviz, whose tags are marked with angle brackets."""
    for character, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, name)
    return text or " "


def _quoted(text: str) -> str:
    """Return the text as a string of DOT, in which a backslash is an escape of its own."""
    rows = [printable(row).replace("\\", "\\\\").replace('"', '\\"') for row in text.split("\n")]
    return '"' + "\\n".join(rows) + '"'
