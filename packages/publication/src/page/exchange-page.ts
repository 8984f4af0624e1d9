/** One exchange for the public: numbers, days, what was said beside them, what was promised. */
import type { Claim } from '@homeward/core/statements';
import type {
  Publication,
  PublishedExchange,
  PublishedStatement,
  PublishedWay,
} from '../public/publication.ts';
import { sumReleased } from '../release/release.ts';
import type { TextKey, Words } from '../words/words.ts';
import { toChart } from './chart.ts';
import { markup, type Html, type Piece } from './html.ts';
import { dayName, say, sayAsOf, sayReason, toNumber, toReleasedText, wayName } from './page.ts';

/** The folder of an exchange below `exchange/`: its id, which is random and safe in an address. */
export function exchangePath({ id }: { readonly id: string }): string {
  return `exchange/${encodeURIComponent(id)}/`;
}

const labelOf = ({ parties }: PublishedExchange, code: string): string =>
  Object.hasOwn(parties, code) ? (parties[code] ?? code) : code;

function nameOf(words: Words, exchange: PublishedExchange, { from, to }: PublishedWay): Html {
  return wayName(labelOf(exchange, from), to === '' ? words.texts.free : labelOf(exchange, to));
}

/** The head of an exchange: its numbers by direction. */
export function toNumbers(words: Words, publication: Publication, exchange: PublishedExchange): Html {
  const { cellMin } = publication.rules;
  const ways = exchange.ways.map((way, at) => toWay(words, cellMin, exchange, way, at));
  const total = sumReleased(exchange.ways.map(({ verified }) => verified));
  const sum =
    exchange.ways.length > 1 && total.kind === 'shown'
      ? markup`<p class="quiet">${words.texts.total}: ${toNumber(words, total.value)}</p>`
      : '';
  const alone = exchange.isCountedByPartiesAlone ? markup`<p>${words.texts.alone}</p>` : '';
  return markup`<ul class="ways">
      ${ways}
    </ul>
    ${sum}${alone}`;
}

function toWay(
  words: Words,
  cellMin: number,
  exchange: PublishedExchange,
  way: PublishedWay,
  at: number,
): Html {
  const { verified, reported, disputed, agreed } = way;
  const isShown = verified.kind === 'shown';
  const bar =
    isShown && agreed !== undefined && agreed > 0
      ? markup`<span class="bar" aria-hidden="true"
          ><i style="width:${Math.min(100, (100 * verified.value) / agreed).toFixed(1)}%"></i
        ></span>`
      : '';
  const of =
    agreed === undefined
      ? ''
      : isShown
        ? markup`<span class="quiet"
            >${say(words, 'ofAgreed', { verified: toNumber(words, verified.value), agreed: toNumber(words, agreed) })}</span
          >`
        : markup`<span class="quiet">${words.texts.agreed}: ${toNumber(words, agreed)}</span>`;
  const beside = (
    [
      ['reported', reported],
      ['disputed', disputed],
    ] as const
  ).flatMap(([key, number]) =>
    number.kind === 'shown' && number.value === 0
      ? []
      : [
          markup`<dt>${words.texts[key]}</dt>
            <dd>${toReleasedText(words, number, cellMin)}</dd>`,
        ],
  );
  return markup`<li class="way leg-${(at % 4) + 1}${at % 2 === 1 ? ' dashed' : ''}">
    <strong>${nameOf(words, exchange, way)}</strong
    >${way.lane === 'exchange' ? '' : markup`<br /><span class="small quiet">${words.texts[`lane.${way.lane}` as TextKey]}</span>`}
    <span class="number${isShown ? '' : ' word'}">${toReleasedText(words, verified, cellMin)}</span>
    <span class="small">${words.texts.verified}</span>${bar}${of}
    ${beside.length === 0 ? '' : markup`<dl class="facts small">${beside}</dl>`}
  </li>`;
}

/** Everything about one exchange. */
export function toExchange(words: Words, publication: Publication, exchange: PublishedExchange): Piece {
  const { texts } = words;
  const chart = toChart(exchange, texts['chart.alt'], texts['chart.said']);
  return markup`<h1><bdi>${exchange.title}</bdi></h1>
    <p class="quiet">
      ${texts[`status.${exchange.status}`]} · ${dayName(exchange.opened, exchange.changed)}
    </p>
    ${toNumbers(words, publication, exchange)}
    <p class="small quiet">${sayAsOf(words, publication.asOf, publication.rules)}</p>
    ${
      chart === undefined
        ? ''
        : markup`<h2>${texts.timeline}</h2>
            ${chart}${toDayTable(words, exchange)}`
    }
    <h2 id="said">${texts.said}</h2>
    <p>${texts['said.lead']}</p>
    ${exchange.statements.length === 0 ? markup`<p class="quiet">${texts['said.none']}</p>` : sortedByDay(exchange.statements).map((one) => toStatement(words, one))}
    ${toSilences(words, exchange)}
    <h2 id="promised">${texts.promised}</h2>
    ${toPromises(words, exchange)}`;
}

function toDayTable(words: Words, exchange: PublishedExchange): Html {
  const ways = exchange.ways.filter(({ days }) => days.length > 0);
  const days = [...new Set(ways.flatMap((way) => way.days.map(({ day }) => day)))].sort();
  const rows = days.map((day) => {
    const cells = ways.map((way) => {
      const upTo = way.days.filter((one) => one.day <= day).at(-1)?.verified;
      return markup`<td class="n">${upTo === undefined ? '' : toNumber(words, upTo)}</td>`;
    });
    return markup`<tr>
      <th scope="row">${dayName(day)}</th>
      ${cells}
    </tr>`;
  });
  const heads = ways.map((way) => markup`<th scope="col" class="n">${nameOf(words, exchange, way)}</th>`);
  return markup`<div class="table" tabindex="0" role="region" aria-label="${words.texts.chart}">
    <table>
      <caption class="small quiet">
        ${words.texts.chart}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.texts.day}</th>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function sortedByDay(statements: readonly PublishedStatement[]): readonly PublishedStatement[] {
  return statements.toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : a.madeAt > b.madeAt ? 1 : 0));
}

/** What was claimed, as short as it can be said: kind, number, unit, direction. */
function toClaim(words: Words, { kind, amount, unit, direction }: Claim): Piece {
  const number =
    amount === undefined
      ? ''
      : amount.kind === 'undisclosed'
        ? words.texts['amount.undisclosed']
        : amount.kind === 'exact'
          ? toNumber(words, amount.value)
          : say(words, `amount.${amount.kind}`, { value: toNumber(words, amount.value) });
  const counted = number === '' ? '' : `: ${number}${unit === 'none' ? '' : ` ${words.units[unit]}`}`;
  const way =
    direction.kind === 'way'
      ? markup` (${wayName(direction.from, direction.to)})`
      : amount === undefined || direction.kind === 'none'
        ? ''
        : ` (${words.texts[`said.${direction.kind}`]})`;
  return markup`${words.kinds[kind]}${counted}${way}`;
}

/** One statement beside its label. */
export function toStatement(
  words: Words,
  { claim, madeAt, judgement, reports, earlier }: PublishedStatement,
): Html {
  const { texts } = words;
  const { label, later } = judgement;
  const who = [claim.speaker, [claim.role, claim.affiliation].filter((part) => part !== '').join(', ')]
    .filter((part) => part !== '')
    .join(' · ');
  const changed =
    later.label === label.label
      ? ''
      : markup`<p class="small">
          ${texts['said.later']}:
          <span class="label ${later.label}">${texts[`label.${later.label}`]}</span>
          ${sayReason(words, later.because)}
        </p>`;
  const kept = earlier.map(
    (one) =>
      markup`<p class="small">
        ${texts['said.earlier']}: ${toClaim(words, one.claim)} ·
        <span class="label ${one.judgement.label.label}">${texts[`label.${one.judgement.label.label}`]}</span>
      </p>`,
  );
  const source =
    claim.reportedBy.length === 0
      ? ''
      : markup`<p class="small quiet">${texts['said.source']}: <bdi>${claim.reportedBy.join('; ')}</bdi></p>`;
  const archived =
    claim.archived === undefined
      ? ''
      : markup`<p class="small quiet">
          ${texts['said.archived']}: <span class="mono">${claim.archived}</span>
        </p>`;
  return markup`<article class="card statement" id="s-${encodeURIComponent(claim.id)}">
    <h3><bdi>${who}</bdi></h3>
    <p class="small quiet">
      ${madeAt === '' ? texts['said.undated'] : dayName(madeAt)}${claim.venue === '' ? '' : markup` · <bdi>${claim.venue}</bdi>`}
    </p>
    <p>${toClaim(words, claim)}</p>
    <p>
      <span class="label ${label.label}">${texts[`label.${label.label}`]}</span>
      ${sayReason(words, label.because)}${label.delta === undefined || label.delta === 0 ? '' : markup` <span class="quiet">${texts['said.difference']}: <bdi>${label.delta > 0 ? '+' : '−'}${toNumber(words, Math.abs(label.delta))}</bdi></span>`}
    </p>
    ${changed}${kept}${reports === 0 ? '' : markup`<p class="small quiet">${say(words, 'said.reports', { count: reports })}</p>`}${source}${archived}
  </article>`;
}

function toSilences(words: Words, exchange: PublishedExchange): Piece {
  // Before anybody entered a statement, everybody would seem silent.
  if (exchange.silences.length === 0 || exchange.statements.length === 0) return '';
  const lines = exchange.silences.map(({ party, since, until }) => {
    const values = { party: labelOf(exchange, party), since, until: until ?? '' };
    return markup`<li>${say(words, until === undefined ? 'silence.open' : 'silence.ended', values)}</li>`;
  });
  return markup`<h3>${words.texts.silences}</h3>
    <ul>
      ${lines}
    </ul>`;
}

function toPromises(words: Words, exchange: PublishedExchange): Piece {
  const { texts } = words;
  const { obligations } = exchange;
  if (obligations.length === 0) return markup`<p class="quiet">${texts['promised.none']}</p>`;
  const cards = obligations.map((one) => {
    const kind = texts[`promise.${one.kind}` as TextKey];
    const way = one.kind === 'numbers' ? exchange.ways.find(({ leg }) => leg === one.name) : undefined;
    const name =
      way === undefined
        ? markup`<bdi>${one.text === '' ? one.name : one.text}</bdi>`
        : nameOf(words, exchange, way);
    const owed = one.owedBy.map((party) => labelOf(exchange, party)).join(', ');
    const lines: readonly Piece[] = [
      owed === '' ? '' : say(words, 'promise.owedBy', { parties: owed }),
      one.guarantor === undefined
        ? ''
        : say(words, one.guarantor.hasSigned ? 'promise.guarantor' : 'promise.unsigned', {
            party: labelOf(exchange, one.guarantor.party),
          }),
      one.until === undefined && one.untilText === ''
        ? ''
        : say(words, 'promise.until', { until: one.until ?? one.untilText }),
    ].filter((line) => line !== '');
    const evidence = one.evidence.map(
      ({ what, by, day, index, hash }) =>
        markup`<li>
          ${texts[`evidence.${what}` as TextKey]}: <bdi>${labelOf(exchange, by)}</bdi>, ${dayName(day)},
          ${say(words, 'entry', { index })}${hash === undefined ? '' : markup` <span class="mono">${hash}</span>`}
        </li>`,
    );
    return markup`<article class="card">
      <h3>
        ${name} <span class="label standing-${one.standing}">${texts[`standing.${one.standing}`]}</span>
      </h3>
      <p class="small quiet">${kind}${lines.map((line) => markup` · ${line}`)}</p>
      ${
        evidence.length === 0
          ? ''
          : markup`<ul class="small">
              ${evidence}
            </ul>`
      }
    </article>`;
  });
  return markup`<p>${texts['promised.lead']}</p>
    ${cards}`;
}
