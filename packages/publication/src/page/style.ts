/** The one style sheet of the public pages: light, dark, print, right-to-left by logical sides. */
export const style = `:root{color-scheme:light dark;--page:#f6f4ef;--surface:#fff;--sunken:#ece9e2;--ink:#1b2026;--quiet:#4b535c;--line:#d6d2c9;--strong:#767268;--accent:#1d4e7a;--soft:#e4ecf3;--leg-1:#875800;--leg-2:#414f94;--leg-3:#75456f;--leg-4:#1f6565;--attention:#8a4a00;--attention-soft:#f8ecd9}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--surface:#1c2026;--sunken:#101316;--ink:#ebe8e1;--quiet:#b3b8be;--line:#373d45;--strong:#858d95;--accent:#93bce4;--soft:#22303d;--leg-1:#dcab4f;--leg-2:#a5b3f0;--leg-3:#d5a6cf;--leg-4:#82c6c4;--attention:#e8b266;--attention-soft:#33291a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans Arabic',sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
[dir=rtl] body{line-height:1.7}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;inset-inline-start:-100vw}
.skip:focus{inset-inline-start:1rem;inset-block-start:.5rem;background:var(--surface);padding:.5rem;z-index:1}
header,main,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding-block:1rem;border-block-end:1px solid var(--line)}
header .product{font-weight:650;font-size:1.2rem;text-decoration:none;color:var(--ink)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1rem;margin:0;padding:0}
nav a{display:inline-block;padding-block:.4rem}
nav a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none;border-block-end:2px solid var(--accent)}
.languages{margin-inline-start:auto;font-size:.9rem}
h1{font-size:1.75rem;line-height:1.2;margin:1.5rem 0 .5rem}
h2{font-size:1.3rem;line-height:1.25;margin:2.25rem 0 .5rem}
h3{font-size:1.05rem;margin:1.25rem 0 .25rem}
p,li,dd{max-width:70ch}
.lead{font-size:1.08rem}
.quiet{color:var(--quiet)}
.small{font-size:.9rem}
.card{background:var(--surface);border:1px solid var(--line);border-radius:.375rem;padding:1rem;margin-block:.75rem}
.card>:first-child{margin-block-start:0}
.card>:last-child{margin-block-end:0}
.ways{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:.75rem;list-style:none;margin:0;padding:0}
.way{border-inline-start:.35rem solid var(--leg);padding-inline-start:.75rem}
.way.dashed{border-inline-start-style:dashed}
.number{font-size:2.5rem;line-height:1.1;font-weight:650;display:block}
.number.word{font-size:1.3rem}
.bar{display:block;height:.5rem;border:1px solid var(--leg);border-radius:.25rem;overflow:hidden;margin-block:.35rem;background:var(--sunken)}
.bar>i{display:block;height:100%;background:var(--leg)}
.leg-1{--leg:var(--leg-1)}.leg-2{--leg:var(--leg-2)}.leg-3{--leg:var(--leg-3)}.leg-4{--leg:var(--leg-4)}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}
dl.facts dt{color:var(--quiet)}
dl.facts dd{margin:0;min-width:0}
.mono,code,pre{font-family:ui-monospace,'Cascadia Mono','Noto Sans Mono','DejaVu Sans Mono',monospace;font-size:.88em;direction:ltr;unicode-bidi:isolate}
pre{background:var(--sunken);padding:.75rem;border-radius:.375rem;overflow-x:auto;text-align:left;white-space:pre-wrap}
.label{display:inline-block;border:1px solid var(--strong);border-radius:1rem;padding:.05rem .65rem;font-size:.9rem;background:var(--surface);white-space:nowrap}
.label.agrees{border-width:2px;border-color:var(--accent);background:var(--soft)}
.label.ahead_of_record,.label.differs_by_n,.standing-late,.standing-alleged{border-width:2px;border-color:var(--attention);background:var(--attention-soft)}
.label.contradicts{border-style:double;border-width:3px}
.label.not_comparable,.label.unverifiable,.label.different_unit{border-style:dashed}
.statement h3{margin:0;font-size:1rem;font-weight:600}
.table{overflow-x:auto}
table{border-collapse:collapse;font-size:.92rem;width:100%}
th,td{text-align:start;vertical-align:top;padding:.35rem .6rem .35rem 0;border-block-end:1px solid var(--line)}
td.n,th.n{text-align:end}
.way-name{unicode-bidi:isolate}
svg{display:block;width:100%;height:auto;direction:ltr}
svg text{fill:var(--quiet);font-size:12px}
.c1{stroke:var(--leg-1)}.c2{stroke:var(--leg-2)}.c3{stroke:var(--leg-3)}.c4{stroke:var(--leg-4)}
button{font:inherit;min-height:2.5rem;padding:.3rem 1.1rem;border:0;border-radius:.375rem;background:var(--accent);color:var(--surface);cursor:pointer}
footer{margin-block-start:3rem;padding-block:1rem;border-block-start:1px solid var(--line);font-size:.9rem;color:var(--quiet)}
details{margin-block:.5rem}
.print{display:none}
@media (max-width:30rem){svg text{font-size:21px}.number{font-size:2rem}h1{font-size:1.45rem}dl.facts{grid-template-columns:1fr}dl.facts dd{margin-block-end:.4rem}.languages{margin-inline-start:0}}
@media print{:root{color-scheme:light;--page:#fff;--surface:#fff;--sunken:#fff;--ink:#000;--quiet:#333;--line:#999;--strong:#555;--accent:#000;--soft:#fff;--leg-1:#000;--leg-2:#555;--leg-3:#333;--leg-4:#777;--attention:#000;--attention-soft:#fff}nav,.skip,button,.screen{display:none!important}.print{display:block}.card{break-inside:avoid}a{color:inherit}body{font-size:10.5pt}}
`;
