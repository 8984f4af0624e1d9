/** A small page for a frame in somebody's article: one exchange's numbers, and where they come from. */
import type { Publication, PublishedExchange } from '../public/publication.ts';
import type { Words } from '../words/words.ts';
import { exchangePath, toNumbers } from './exchange-page.ts';
import { markup } from './html.ts';
import { sayAsOf, toRoot } from './page.ts';

export function toEmbedPage(words: Words, publication: Publication, exchange: PublishedExchange): string {
  const root = toRoot(`embed/${exchange.id}/`);
  const page = markup`<!doctype html>
    <html lang="${words.language}" dir="${words.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${exchange.title} · ${words.texts.product}</title>
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href="${root}style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1 style="font-size:1.1rem"><bdi>${exchange.title}</bdi></h1>
          ${toNumbers(words, publication, exchange)}
          <p class="small quiet">
            ${sayAsOf(words, publication.asOf, publication.rules)}
            <a target="_top" href="${root}${words.language}/${exchangePath(exchange)}"
              >${words.texts['home.details']}</a
            >
          </p>
        </main>
      </body>
    </html> `;
  return page.text;
}
