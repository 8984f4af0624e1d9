/**
 * A run as one HTML page that stands alone: coverage, weights chart, histogram, review list, waterfalls. No script, no
 * address outside the page, made for screen and paper. It holds names, so nobody writes it unasked.
 */
import { createExplainer, describeCoverage, type Explanation } from './explain.ts';
import type { LinkResult } from '../decision/result.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe inside HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => escapes[sign]!);
}

const bits = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(1)}`;

function drawBar(value: number, scale: number): string {
  const width = Math.min(140, Math.abs(value) * scale);
  const x = value >= 0 ? 150 : 150 - width;
  return `<svg width="300" height="14" role="img" aria-label="${bits(value)} bits"><line x1="150" x2="150" y1="0" y2="14" class="axis"/><rect x="${x.toFixed(1)}" y="2" width="${width.toFixed(1)}" height="10" class="${value >= 0 ? 'for' : 'against'}"/></svg>`;
}

function writeWaterfall(explanation: Explanation): string {
  const rows = explanation.fields
    .map((field) => {
      const words = [
        field.level,
        ...(field.oneIn > 0 ? [`about 1 person in ${field.oneIn}`] : []),
        ...field.notes,
      ];
      const missing = field.level === 'missing' ? ' class="missing"' : '';
      return `<tr${missing}><th scope="row">${escapeHtml(field.column)}</th><td>${escapeHtml(field.left) || '–'}</td><td>${escapeHtml(field.right) || '–'}</td><td>${escapeHtml(words.join('; '))}</td><td class="n">${bits(field.weight)}</td><td>${drawBar(field.weight, 7)}</td></tr>`;
    })
    .join('\n');
  const rivals =
    explanation.rivals.length === 0
      ? 'no rival'
      : `rivals: ${explanation.rivals.map((rival) => `${escapeHtml(rival.id)} (${bits(rival.weight)})`).join(', ')}`;
  return `<section class="pair"><h3>${escapeHtml(explanation.left)} · ${escapeHtml(explanation.right)} <span class="${explanation.decision === 'match' ? 'match' : 'review'}">${explanation.decision}</span></h3>
<table><tr><th>column</th><th>left</th><th>right</th><th>what agrees</th><th>bits</th><th></th></tr>
<tr><th scope="row">before</th><td></td><td></td><td>how rare a match is between these lists</td><td class="n">${bits(explanation.prior)}</td><td>${drawBar(explanation.prior, 7)}</td></tr>
${rows}
<tr class="total"><th scope="row">total</th><td></td><td></td><td>probability ${explanation.probability.toFixed(4)}, margin ${explanation.margin.toFixed(1)}; ${rivals}; together by ${escapeHtml(explanation.blockedBy.join(', '))}</td><td class="n">${bits(explanation.weight)}</td><td></td></tr></table></section>`;
}

function drawHistogram(result: LinkResult): string {
  const counts = new Map<number, [number, number]>();
  for (const pair of result.pairs) {
    const at = Math.max(-10, Math.min(60, Math.floor(pair.weight / 2) * 2));
    const known = counts.get(at) ?? [0, 0];
    known[pair.decision === 'match' ? 0 : 1] += 1;
    counts.set(at, known);
  }
  let most = 1;
  for (const [match, review] of counts.values()) most = Math.max(most, match + review);
  let out = '';
  for (let at = -10; at <= 60; at += 2) {
    const [match, review] = counts.get(at) ?? [0, 0];
    const x = (at + 10) * 8;
    const high = (match / most) * 120;
    const low = (review / most) * 120;
    out += `<rect x="${x}" y="${(130 - high).toFixed(1)}" width="14" height="${high.toFixed(1)}" class="for"/><rect x="${x}" y="${(130 - high - low).toFixed(1)}" width="14" height="${low.toFixed(1)}" class="review"/>`;
    if (at % 10 === 0) out += `<text x="${x}" y="145">${at}</text>`;
  }
  return `<svg width="590" height="150" role="img" aria-label="pairs by weight in bits">${out}</svg>`;
}

function drawWeights(result: LinkResult): string {
  return result.model.fields
    .map((field, index) => {
      const names = result.comparison.fields[index]!.levelNames;
      const rows = field.base
        .map((base, level) =>
          level === 0
            ? ''
            : `<tr><td>${escapeHtml(names[level]!)}</td><td class="n">${field.m[level]!.toFixed(4)}</td><td class="n">${field.u[level]!.toExponential(1)}</td><td class="n">${field.rarity[level] === 'own' ? 'rarity' : bits(base)}</td><td>${field.rarity[level] === 'own' ? '' : drawBar(base, 10)}</td></tr>`,
        )
        .join('');
      return `<h3>${escapeHtml(field.name)}</h3><table><tr><th>level</th><th>same person</th><th>two persons</th><th>bits</th><th></th></tr>${rows}</table>`;
    })
    .join('\n');
}

/**
 * Writes the page.
 *
 * @param examples at most this many review pairs are shown in full, and a few matches
 */
export function writeReport(result: LinkResult, examples = 200): string {
  const review = result.pairs.filter((pair) => pair.decision === 'review').slice(0, examples);
  const matches = result.pairs.filter((pair) => pair.decision === 'match');
  const weakest = matches.slice(-10);
  const explain = createExplainer(result);
  const waterfalls = (pairs: typeof review): string =>
    pairs.map((pair) => writeWaterfall(explain(pair.left, pair.right))).join('\n') || '<p>none</p>';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Linkage report</title>
<style>body{font:15px/1.45 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.15rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #ddd;font-weight:400}tr:first-child th,.total td,.total th{font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums}.for{fill:#2b6cb0}.against{fill:#b7791f}rect.review{fill:#d69e2e}.axis{stroke:#888}.missing{color:#777}span.match{color:#2b6cb0}span.review{color:#8a5a00}text{font-size:11px}.pair{break-inside:avoid}@media print{body{margin:0;max-width:none}}</style></head><body>
<h1>Who is who</h1><p>${describeCoverage(result).split('\n').map(escapeHtml).join('<br>')}</p>
<p>Columns compared: ${escapeHtml(result.compared.map((column) => column.name).join(', '))}. Not compared: ${escapeHtml(result.ignored.join(', ')) || 'none'}.</p>
<h2>Pairs by weight</h2>${drawHistogram(result)}
<h2>Awaiting a decision</h2>${waterfalls(review)}
<h2>The weakest matches</h2>${waterfalls(weakest)}
<h2>What was learnt</h2><p>${result.model.training.rounds} rounds, ${result.model.training.settled ? 'settled' : 'stopped at the limit'}, from ${result.model.training.pairs} pairs; ${result.model.training.learnt ? 'learnt from these lists' : 'mostly the shipped priors: the lists are short'}.</p>
${drawWeights(result)}
</body></html>
`;
}
