"""How a page looks: its colours in two schemes, its style sheet, and the few lines of script."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DARK", "LIGHT", "SCRIPT", "STYLE"]

# Each kind of verdict has a colour for its word and one behind it; the word itself is always there.
LIGHT: Mapping[str, str] = {
    "page": "#fbfaf7",
    "card": "#ffffff",
    "text": "#1f1e1b",
    "muted": "#5a5852",
    "rule": "#dedbd3",
    "link": "#1d4f80",
    "focus": "#b3530b",
    "available": "#14532d",
    "available-behind": "#dff2e5",
    "contested": "#5b1a94",
    "contested-behind": "#f0e5fb",
    "silent": "#1d3d8f",
    "silent-behind": "#e2ebfc",
    "unavailable": "#8a1c1c",
    "unavailable-behind": "#fbe5e3",
    "undetermined": "#6b430a",
    "undetermined-behind": "#fbefcd",
    "quiet": "#4b4a45",
    "quiet-behind": "#eceae4",
}
DARK: Mapping[str, str] = {
    "page": "#16171a",
    "card": "#1e2023",
    "text": "#e9e7e1",
    "muted": "#aeaba3",
    "rule": "#3a3c40",
    "link": "#9cc7f2",
    "focus": "#f0a35c",
    "available": "#a9e6bd",
    "available-behind": "#163524",
    "contested": "#dcc3fb",
    "contested-behind": "#372250",
    "silent": "#bcd2fb",
    "silent-behind": "#1f3157",
    "unavailable": "#f9bfb8",
    "unavailable-behind": "#4c201e",
    "undetermined": "#f4d88b",
    "undetermined-behind": "#423312",
    "quiet": "#cbc9c2",
    "quiet-behind": "#303236",
}


_SHEET = """
/*light*/
:root{color-scheme:light dark;}
@media (prefers-color-scheme: dark){/*dark*/}
*,*::before,*::after{box-sizing:border-box;}
html{font-size:106.25%;scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%;}
body{margin:0;background:var(--page);color:var(--text);overflow-wrap:break-word;
  font:400 1rem/1.55 Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Georgia,Cambria,serif;}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:0;font-weight:650;text-wrap:balance;}
h1{font-size:1.9rem;letter-spacing:-.01em;}
.title{font-size:1.6rem;}
.section-title{font-size:1.35rem;padding-top:.9rem;border-top:2px solid var(--text);margin-bottom:1rem;}
.card-title{font-size:1.08rem;}
.small-title{font-size:.98rem;}
p,ul,ol,dl,figure,blockquote,table{margin:0;}
p+p,p+ul,ul+p{margin-top:.55rem;}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em;}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px;}
code{font:.84em ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;color:var(--muted);
  overflow-wrap:anywhere;}
.plain,.meta,.badge,.label,figcaption,th,nav,footer,summary,button,.basis{
  font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;}
.meta,figcaption,.basis,.law,.aside{color:var(--muted);font-size:.86rem;line-height:1.45;}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;}
.skip{position:absolute;left:1rem;top:-6rem;padding:.6rem 1rem;background:var(--card);z-index:2;}
.skip:focus{top:1rem;}
.frame{max-width:78rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;}
.page-head{max-width:46rem;display:grid;gap:.7rem;margin-bottom:1.6rem;}
nav{font-size:.88rem;line-height:1.4;margin-bottom:1.8rem;}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;}
nav a{text-decoration:none;display:inline-block;padding:.2rem 0;}
nav a:hover{text-decoration:underline;}
.controls{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.8rem;}
button{font-size:.85rem;padding:.35rem .8rem;color:var(--text);background:var(--card);border:1px solid var(--muted);
  border-radius:6px;cursor:pointer;}
section+section,article+article{margin-top:2.4rem;}
.answer+.answer{margin-top:4rem;}
.stack{display:grid;gap:1rem;}
.card{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:1.05rem 1.2rem;}
.card+.card,.stack>*+*{margin-top:0;}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:.35rem .7rem;}
.head+.pair{margin-top:.8rem;}
.readings+.aside,.readings+p{margin-top:.8rem;}
.badge{display:inline-block;font-size:.78rem;font-weight:600;line-height:1.35;padding:.13rem .55rem;
  border-radius:5px;letter-spacing:.005em;}
/*verdicts*/
.pair{display:grid;gap:.8rem 2rem;}
.pair+.pair,.ground+.pair,.readings+.pair{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--rule);}
.tight{list-style:none;padding:0;display:grid;gap:.4rem;}
.listed{padding-left:1.15rem;display:grid;gap:.45rem;}
.readings{display:grid;gap:.9rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));margin-top:.8rem;}
.reading{border:1px solid var(--rule);border-top:3px solid var(--contested);border-radius:8px;padding:.8rem .95rem;
  display:grid;gap:.55rem;align-content:start;background:var(--card);}
.reading p+p{margin-top:0;}
.left-out{border-style:dashed;border-top:3px dashed var(--muted);}
.passages{display:grid;gap:.75rem;align-content:start;}
blockquote{padding-left:.85rem;border-left:3px solid var(--rule);font-style:italic;font-size:.96rem;}
figcaption{padding-left:.97rem;margin-top:.15rem;}
.label{font-size:.8rem;font-weight:600;color:var(--muted);}
details{margin-top:.75rem;}
summary{cursor:pointer;font-size:.88rem;color:var(--link);padding:.2rem 0;width:fit-content;max-width:100%;}
summary:hover{text-decoration:underline;}
details[open]>summary{margin-bottom:.7rem;}
.ground{border-top:1px solid var(--rule);padding-top:.9rem;margin-top:1.1rem;}
.ground>.head{margin-bottom:.9rem;}
.tree,.tree ul{list-style:none;padding-left:0;display:grid;gap:.4rem;font-size:.93rem;}
.tree ul{padding-left:.9rem;margin-top:.4rem;border-left:1px solid var(--rule);}
.facts a,.tree a{color:inherit;text-decoration-style:dotted;text-decoration-color:var(--muted);}
.facts{list-style:none;padding:0;margin-top:.45rem;display:grid;gap:.3rem;font-size:.92rem;}
.apart{padding-top:.6rem;border-top:1px solid var(--rule);}
.label+.pair{margin-top:.6rem;}
.gap-note{border-left:4px solid var(--unavailable);}
.page-head,.stack,.pair,.tight,.listed,.reading,.passages,.facts,.tree,.tree ul,footer{
  grid-template-columns:minmax(0,1fr);}
table{border-collapse:collapse;width:100%;font-size:.93rem;}
caption{text-align:left;color:var(--muted);font-size:.86rem;padding-bottom:.4rem;}
th,td{text-align:left;vertical-align:top;padding:.55rem .9rem .55rem 0;border-top:1px solid var(--rule);}
td p.basis,td .basis{line-height:1.4;}
tr>*:last-child{padding-right:0;}
thead th{font-size:.8rem;color:var(--muted);border-top:0;padding-top:0;font-weight:600;}
tbody th{font-weight:500;font-size:.9rem;}
td .passages{gap:.5rem;}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--rule);color:var(--muted);font-size:.84rem;
  display:grid;gap:.4rem;}
@media (min-width:52rem){
  .pair{grid-template-columns:minmax(0,6fr) minmax(0,5fr);}
}
@media (min-width:68rem){
  .frame.wide{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:3rem;}
  .frame.wide>header,.frame.wide>footer{grid-column:2;}
  .frame.wide>nav{grid-column:1;grid-row:1 / span 2;position:sticky;top:1.5rem;align-self:start;
    max-height:calc(100vh - 3rem);overflow-y:auto;padding:.4rem;}
  .frame.wide>nav ul{display:grid;gap:.15rem;}
  .frame.wide>main{grid-column:2;}
}
@media screen and (max-width:42rem){
  html{font-size:100%;}
  h1{font-size:1.55rem;}
  .frame{padding:1rem .9rem 3rem;}
  .card{padding:.9rem .95rem;}
  thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);}
  table,caption,tbody,tr,th,td{display:block;}
  tr{padding:.6rem 0;border-top:1px solid var(--rule);}
  th,td{border:0;padding:.12rem 0;}
  td[data-label]::before{content:attr(data-label) ": ";color:var(--muted);font-size:.8rem;
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;}
}
@media print{
  /*light*/
  :root{--page:#ffffff;color-scheme:light;}
  @page{margin:18mm 16mm;}
  html{font-size:75%;}
  body,.badge{print-color-adjust:exact;-webkit-print-color-adjust:exact;}
  nav,.skip,.controls{display:none;}
  .frame,.frame.wide{display:block;max-width:none;padding:0;}
  .page-head{max-width:none;}
  a{color:inherit;text-decoration:none;}
  summary{list-style:none;color:var(--muted);}
  summary::-webkit-details-marker{display:none;}
  details::details-content{content-visibility:visible;block-size:auto;display:block;}
  .pair{grid-template-columns:minmax(0,6fr) minmax(0,5fr);}
  .answer+.answer{break-before:page;}
  h1,h2,h3,h4,h5,h6,summary,caption,thead{break-after:avoid;}
  figure,tr,.reading,.pair,li{break-inside:avoid;}
  p{orphans:3;widows:3;}
}
@media (prefers-reduced-motion: no-preference){html{scroll-behavior:smooth;}}
"""


def _variables(colours: Mapping[str, str]) -> str:
    return ":root{" + "".join(f"--{name}:{colour};" for name, colour in colours.items()) + "}"


def _verdicts() -> str:
    behind = [name for name in LIGHT if f"{name}-behind" in LIGHT]
    return "\n".join(f".{name}{{color:var(--{name});background:var(--{name}-behind);}}" for name in behind)


STYLE = (
    _SHEET.replace("/*light*/", _variables(LIGHT))
    .replace("/*dark*/", _variables(DARK))
    .replace("/*verdicts*/", _verdicts())
)

# Without the script everything can be read and unfolded; it adds the two buttons, and unfolds for a printer.
SCRIPT = """
(function () {
  "use strict";
  var folds = document.querySelectorAll("details");
  function unfold(open) { folds.forEach(function (one) { one.open = open; }); }
  document.querySelectorAll("[data-unfold]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { unfold(button.dataset.unfold === "all"); });
  });
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = Array.from(folds).filter(function (one) { return !one.open; });
    unfold(true);
  });
  addEventListener("afterprint", function () { folded.forEach(function (one) { one.open = false; }); });
})();
"""
