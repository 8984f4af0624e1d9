/** A plan as one page that needs nothing else: no network, no script, charts as SVG, readable in print. */
import type { CaptivitySpread, Conflict, PlanningProblem } from '@homeward/core/planning';
import { countByTranche, findChanged, toGainText, toHeading, type ShownPlan } from './text-report.ts';

const grounds = {
  relaxation: 'proven',
  enumeration: 'proven by dividing the plans',
  forced: 'nothing left to choose',
  'branch-and-bound': 'on the solver’s word',
  none: 'not proven',
} as const;

/** Text made safe for HTML: names come from files. */
function escape(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  );
}

const style = `
:root { color-scheme: light dark; --ink: #1a1c1e; --soft: #5b6168; --line: #d4d8dc; --paper: #fff; --a: #2b6cb0; --b: #b7791f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3aab2; --line: #3b4148; --paper: #16181b; --a: #7fb3e6; --b: #e0b35f; } }
@media print { :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --a: #245; --b: #863; } body { font-size: 9pt; } tr, figure { break-inside: avoid; } thead { display: table-header-group; } }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; } .soft { color: var(--soft); }
figure { margin: 1rem 0; } figcaption { color: var(--soft); } svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
`;

function toRow(cells: readonly (string | number)[]): string {
  return `<tr>${cells.map((cell) => (typeof cell === 'number' ? `<td class="n">${cell}</td>` : `<td>${escape(cell)}</td>`)).join('')}</tr>`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `<table><thead><tr>${head.map((cell, column) => `<th scope="col"${rows.some((one) => typeof one[column] === 'number') ? ' class="n"' : ''}>${escape(cell)}</th>`).join('')}</tr></thead><tbody>${rows.map(toRow).join('\n')}</tbody></table>`;
}

function toList(texts: readonly string[]): string {
  return `<ul>${texts.map((text) => `<li>${escape(text)}</li>`).join('\n')}</ul>`;
}

/** The page for a problem without a plan: which rules cannot hold together, and the ways out. */
export function toHtmlConflict(
  problem: PlanningProblem,
  isProven: boolean,
  conflict: Conflict | null,
): string {
  const title = problem.name ?? 'Plan of tranches';
  const texts = (list: readonly { readonly text: string }[]): string => toList(list.map(({ text }) => text));
  const sections = [
    `<h1>${escape(title)}</h1>`,
    `<p>${
      isProven
        ? 'No plan keeps every rule: proven.'
        : 'The solver says that no plan keeps every rule; this could not be proven.'
    }</p>`,
  ];
  if (conflict !== null) {
    for (const set of [conflict.rules, ...conflict.others])
      sections.push('<h2>These rules cannot hold together</h2>', texts(set));
    if (conflict.relaxations.length > 0)
      sections.push('<h2>Ways out: each of them alone is enough</h2>', texts(conflict.relaxations));
    if (conflict.together.length > 0)
      sections.push('<h2>A way out: all of it together</h2>', texts(conflict.together));
  }
  return toPage(title, sections);
}

export function toHtmlReport(shown: ShownPlan): string {
  const { problem, plan, reasons, fairness, difference, prices } = shown;
  const { certificate } = plan;
  const title = problem.name ?? 'Plan of tranches';
  const counts = problem.legs.map(({ id }) => ({ leg: id, of: countByTranche(shown, id) }));
  const sections = [
    `<h1>${escape(title)}</h1>`,
    `<p>${escape(toHeading(plan))}. Every rule is kept and every figure verified by the independent checker. <span class="soft">${escape(certificate.solver)} · problem ${escape(plan.problem.slice(0, 16))}…</span></p>`,
    '<h2>Who goes when</h2>',
    table(
      ['Leg', ...problem.tranches.map(({ id }) => id), 'Together'],
      counts.map(({ leg, of }) => [leg, ...of, of.reduce((a, b) => a + b, 0)]),
    ),
    '<h2>Captivity</h2>',
    ...problem.legs.map(({ id }) => toSpreadChart(id, fairness.spreads)),
    table(
      ['Leg', 'Pairs', 'Longer goes later', 'Why (persons)'],
      fairness.inversions.map(({ leg, pairs, comparable, waiting }) => [
        leg,
        comparable,
        pairs,
        waiting
          .map(({ code, rule, persons }) => `${rule === null ? code : `${code} “${rule}”`}: ${persons}`)
          .join('; '),
      ]),
    ),
    '<h2>Objectives, most important first</h2>',
    table(
      ['Objective', 'Part', 'Value', 'Bound', 'Proof'],
      certificate.levels.map(({ objective, part, value, bound, proof }) => [
        objective,
        part,
        value,
        bound ?? 'not proven',
        grounds[proof],
      ]),
    ),
  ];
  if (difference !== null)
    sections.push(
      `<h2>Against the plan on the table: ${difference.moves.length} places differ</h2>`,
      table(
        ['Person', 'Was', 'Is'],
        difference.moves.map(({ person, from, to }) => [person, from ?? 'off', to ?? 'off']),
      ),
      ...(difference.counted.length === 0
        ? []
        : [
            table(
              ['Known by number', 'Tranche', 'Was', 'Is'],
              difference.counted.map(({ group, tranche, before, after }) => [group, tranche, before, after]),
            ),
          ]),
      findChanged(difference).length === 0
        ? '<p>Every level that both plans count has the same value.</p>'
        : table(
            ['Objective', 'Part', 'Was', 'Is', ''],
            findChanged(difference).map(({ objective, part, before, after, verdict }) => [
              objective,
              part,
              before,
              after,
              verdict,
            ]),
          ),
    );
  if (prices.length > 0)
    sections.push(
      '<h2>Price of rules</h2>',
      table(
        ['Rule', 'Relaxed', 'Gain'],
        prices.map((price) => [price.rule, price.relaxed, toGainText(price)]),
      ),
    );
  sections.push(
    '<h2>Rules</h2>',
    table(
      ['Rule', 'Kind', 'Said by'],
      problem.rules.map(({ id, kind, saidBy }) => [id, kind, saidBy ?? 'all']),
    ),
    '<h2>Every person</h2>',
    table(
      ['Person', 'Tranche', 'Why', 'What would change it'],
      reasons.map(({ person, tranche, text, remedy }) => [person, tranche ?? 'off', text, remedy ?? '']),
    ),
  );
  return toPage(title, sections);
}

function toPage(title: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title><style>${style}</style></head><body>
${sections.join('\n')}
</body></html>
`;
}

/** Boxes from quarter to quarter with whiskers to the ends: days in captivity for each tranche of a leg. */
function toSpreadChart(leg: string, spreads: readonly CaptivitySpread[]): string {
  const own = spreads.filter((spread) => spread.leg === leg && spread.persons > 0);
  const longest = Math.max(1, ...own.map(({ days }) => days[4]));
  const [left, width, line] = [150, 760, 26];
  const x = (days: number): string => (left + (days / longest) * width).toFixed(1);
  const height = own.length * line + 34;
  const marks = own.map(({ tranche, persons, days }, index) => {
    const y = index * line + 14;
    const [low, lower, middle, upper, high] = days;
    return `<text x="0" y="${y + 4}">${escape(tranche ?? 'off')} (${persons})</text>
<line x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke="var(--soft)"/>
<rect x="${x(lower)}" y="${y - 7}" width="${Math.max(1, Number(x(upper)) - Number(x(lower))).toFixed(1)}" height="14" fill="${tranche === null ? 'var(--b)' : 'var(--a)'}"><title>${low}, ${lower}, ${middle}, ${upper}, ${high} days</title></rect>
<line x1="${x(middle)}" x2="${x(middle)}" y1="${y - 7}" y2="${y + 7}" stroke="var(--paper)" stroke-width="2"/>`;
  });
  const axis = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (part) =>
        `<text x="${x(part * longest)}" y="${height - 6}" text-anchor="middle">${Math.round(part * longest)}</text>`,
    )
    .join('');
  return `<figure><svg viewBox="0 0 930 ${height}" role="img" aria-label="Days in captivity by tranche on leg ${escape(leg)}">${marks.join('\n')}${axis}</svg><figcaption>${escape(leg)}: days in captivity by tranche; box from the lower to the upper quarter, line at the middle, whiskers to the shortest and longest.</figcaption></figure>`;
}
