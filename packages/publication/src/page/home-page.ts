/** The first page: every exchange with its numbers. */
import type { Publication } from '../public/publication.ts';
import type { Words } from '../words/words.ts';
import { exchangePath, toNumbers } from './exchange-page.ts';
import { markup, type Piece } from './html.ts';
import { sayAsOf } from './page.ts';

export function toHome(words: Words, publication: Publication): Piece {
  const { texts } = words;
  const { exchanges, rules, asOf } = publication;
  const cards = exchanges.map(
    (exchange) =>
      markup`<section class="card">
        <h2><bdi>${exchange.title}</bdi></h2>
        <p class="quiet">${texts[`status.${exchange.status}`]}</p>
        ${toNumbers(words, publication, exchange)}
        <p><a href="${exchangePath(exchange)}">${texts['home.details']}: <bdi>${exchange.title}</bdi></a></p>
      </section>`,
  );
  return markup`<h1>${texts['home.title']}</h1>
    <p class="lead">${texts['home.lead']}</p>
    ${exchanges.length === 0 ? markup`<p>${texts['home.none']}</p>` : cards}
    <p class="small quiet">${sayAsOf(words, asOf, rules)}</p>`;
}
