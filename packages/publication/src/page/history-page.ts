/** The history of exchanges as one reads and cites it: totals with their uncertainty, a year's bars, every event. */
import type { Amount } from '@homeward/core/statements';
import type { History, HistoryEvent, HistoryFigure } from '../history/history.ts';
import type { TextKey, Words } from '../words/words.ts';
import { markup, type Html, type Piece } from './html.ts';
import { dayName, say, toNumber, toRoot, wayName } from './page.ts';

function toAmount(words: Words, amount: Amount): string {
  if (amount.kind === 'undisclosed') return words.texts['amount.undisclosed'];
  const value = toNumber(words, amount.value);
  return amount.kind === 'exact' ? value : say(words, `amount.${amount.kind}`, { value });
}

export function toHistoryPage(words: Words, { events, totals, record }: History): Piece {
  const { texts } = words;
  const root = toRoot('history/');
  const rows = totals.map(
    ({ from, to, isRemains, events: count, sum, inexact, undisclosed }) =>
      markup`<tr>
        <th scope="row">
          ${wayName(from, to)}<br /><span class="small quiet"
            >${isRemains ? texts['history.remains'] : texts['history.living']}</span
          >
        </th>
        <td class="n">${toNumber(words, sum)}</td>
        <td class="n">${count}</td>
        <td class="n">${inexact}</td>
        <td class="n">${undisclosed}</td>
      </tr>`,
  );
  return markup`<h1>${texts['history.title']}</h1>
    <p class="lead">${texts['history.lead']}</p>
    <p>
      ${texts['history.download']}: <a href="${root}data/history.csv" download>CSV</a>,
      <a href="${root}data/history.json" download>JSON</a>,
      <a href="${root}data/history.md">${texts['history.dictionary']}</a>.
      ${say(words, 'history.cite', { row: record[0]?.id ?? '' })}
    </p>
    ${toBars(words, events)}
    <h2>${texts['history.totals']}</h2>
    <p>${texts['history.totalsNote']}</p>
    <div class="table" tabindex="0" role="region" aria-label="${texts['history.totals']}">
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.direction}</th>
            <th scope="col" class="n">${texts['history.sum']}</th>
            <th scope="col" class="n">${texts['history.events']}</th>
            <th scope="col" class="n">${texts['history.inexact']}</th>
            <th scope="col" class="n">${texts['history.withheld']}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <h2>${texts.timeline}</h2>
    ${events.map((event) => toEvent(words, event))}`;
}

function toEvent(words: Words, { id, date, dateEnd, place, mediators, status, figures }: HistoryEvent): Html {
  const { texts } = words;
  const about = [texts[`event.${status}` as TextKey], place, mediators.join(', ')]
    .filter((part) => part !== '')
    .join(' · ');
  return markup`<article class="card" id="${id}">
    <h3>${dayName(date, dateEnd)}</h3>
    <p class="small quiet"><bdi>${about}</bdi></p>
    <ul>
      ${figures.map((figure) => toFigure(words, figure))}
    </ul>
  </article>`;
}

function toFigure(
  words: Words,
  { id, from, to, amount, unit, role, countedBy, sources, composition }: HistoryFigure,
): Html {
  const { texts } = words;
  return markup`<li id="${id}">
    ${wayName(from, to)}:
    <strong>${toAmount(words, amount)}</strong>
    ${words.units[unit as keyof Words['units']]}${role === 'event_total' ? '' : ` (${texts[`role.${role}` as TextKey]})`}
    <span class="small quiet"
      >${composition === '' ? '' : markup`<bdi lang="en">${composition}</bdi> · `}${texts['history.countedBy']}
      <bdi>${countedBy}</bdi> · <bdi lang="en">${sources === '' ? texts['history.noSource'] : sources}</bdi> ·
      ${id}</span
    >
  </li>`;
}

const size = { width: 640, height: 190, left: 60, right: 8, middle: 95 } as const;

/** Living people between Ukraine and Russia by event since 2022: one direction up, the other down; withheld ones hollow. */
function toBars(words: Words, events: readonly HistoryEvent[]): Piece {
  const shown = events
    .filter(({ id, status }) => id.startsWith('ua-ru-2') && status === 'completed' && id >= 'ua-ru-2022')
    .toReversed();
  const totalOf = ({ figures }: HistoryEvent, from: string): Amount | undefined =>
    figures.find(
      (figure) => figure.from === from && figure.role === 'event_total' && figure.unit !== 'remains',
    )?.amount;
  const most = 1_000;
  const step = (size.width - size.left - size.right) / Math.max(1, shown.length);
  const bars = shown.flatMap((event, at) =>
    (['RUS', 'UKR'] as const).flatMap((from, side) => {
      const amount = totalOf(event, from);
      if (amount === undefined) return [];
      const isOpen = amount.kind === 'undisclosed';
      const height = isOpen ? 6 : Math.max(1, (Math.min(most, amount.value) / most) * 78);
      const y = side === 0 ? size.middle - height - 1 : size.middle + 1;
      return [
        markup`<rect
          class="c${side + 1}"
          x="${(size.left + at * step + 2).toFixed(1)}"
          y="${y.toFixed(1)}"
          width="${(step - 4).toFixed(1)}"
          height="${height.toFixed(1)}"
          stroke-width="1.5"
          ${amount.kind === 'exact' ? markup`fill="var(--leg-${side + 1})"` : markup`fill="none" stroke-dasharray="3 2"`}
        />`,
      ];
    }),
  );
  const years = shown.flatMap(({ date }, at) =>
    at === 0 || shown[at - 1]?.date.slice(0, 4) !== date.slice(0, 4)
      ? [
          markup`<text x="${(size.left + at * step).toFixed(1)}" y="${size.height - 3}"
            >${date.slice(0, 4)}</text
          >`,
        ]
      : [],
  );
  return markup`<figure style="margin:0">
    <svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${words.texts['history.title']}">
      <line
        x1="${size.left}"
        x2="${size.width}"
        y1="${size.middle}"
        y2="${size.middle}"
        stroke="var(--strong)"
      />
      <text x="${size.left - 6}" y="26" text-anchor="end">1000</text>
      <text x="${size.left - 6}" y="${size.middle + 4}" text-anchor="end">0</text>
      ${bars}${years}
    </svg>
    <figcaption class="small quiet">↑ ${wayName('RUS', 'UKR')} · ↓ ${wayName('UKR', 'RUS')}</figcaption>
  </figure>`;
}
