/** Every file of the public site by its path. Any web server or CDN can carry them; none of them needs a server. */
import { readFileSync } from 'node:fs';
import { becauseToSentence } from '@homeward/core/statements';
import type { History } from '../history/history.ts';
import { historyFile } from '../history/history.ts';
import type { Publication } from '../public/publication.ts';
import { toCsv } from '../table/to-csv.ts';
import { allWords } from '../words/all.ts';
import type { Words } from '../words/words.ts';
import { toCard } from './card.ts';
import { toEmbedPage } from './embed-page.ts';
import { exchangePath, toExchange } from './exchange-page.ts';
import { toFeed } from './feed.ts';
import { toHistoryPage } from './history-page.ts';
import { toHome } from './home-page.ts';
import { markup, type Piece } from './html.ts';
import { toPage, type PageHead, type Site } from './page.ts';
import { toReportersPage } from './reporters-page.ts';
import { style } from './style.ts';
import { toVerifyPage } from './verify-page.ts';

export interface SiteOptions {
  /** The address at which the site will stand, with a slash at its end; empty where it is not known. */
  readonly url: string;
  readonly hasLog: boolean;
}

/** The script that checks the log in a browser; the caller lays it at this path. */
export const verifierPath = 'verify.js';

export function toSite(
  publication: Publication,
  history: History,
  { url, hasLog }: SiteOptions,
): ReadonlyMap<string, string | Uint8Array> {
  const site: Site = { url, languages: allWords, hasLog, asOf: publication.asOf };
  const files = new Map<string, string | Uint8Array>();
  for (const words of allWords) addLanguage(files, site, words, publication, history);
  files.set('index.html', toEntrance(site));
  files.set('style.css', style);
  files.set('card.png', toCard(publication));
  files.set('data/publication.json', toJson(publication));
  files.set('data/statements.csv', toStatementsCsv(publication));
  files.set('data/history.csv', readFileSync(historyFile));
  files.set('data/history.json', toJson(history.table.rows.map(({ cells }) => cells)));
  files.set('data/history.md', readFileSync(new URL('../../history/README.md', import.meta.url)));
  return files;
}

function addLanguage(
  files: Map<string, string | Uint8Array>,
  site: Site,
  words: Words,
  publication: Publication,
  history: History,
): void {
  const { texts, language } = words;
  const add = (head: PageHead, content: Piece): void => {
    files.set(`${language}/${head.path}index.html`, toPage(site, words, head, content));
  };
  add(
    { path: '', title: texts['home.title'], description: texts['home.lead'], current: 'exchanges' },
    toHome(words, publication),
  );
  for (const exchange of publication.exchanges) {
    const path = exchangePath(exchange);
    const address = `${site.url}${language}/embed/${exchange.id}/`;
    const share = markup`<details class="screen">
        <summary>${texts.embed}</summary>
        <p>${texts.embedNote}</p>
        <pre>
${`<iframe src="${address}" title="${exchange.title}" width="100%" height="420" loading="lazy"></iframe>`}</pre>
      </details>
      ${site.url === '' ? '' : markup`<p class="small quiet">${texts.address}: <a href="${site.url}${language}/${path}">${site.url}${language}/${path}</a></p>`}`;
    add(
      { path, title: exchange.title, description: texts['home.lead'], current: 'exchanges' },
      markup`${toExchange(words, publication, exchange)}${share}`,
    );
    files.set(`${language}/embed/${exchange.id}/index.html`, toEmbedPage(words, publication, exchange));
  }
  add(
    {
      path: 'history/',
      title: texts['history.title'],
      description: texts['history.lead'],
      current: 'history',
    },
    toHistoryPage(words, history),
  );
  add(
    {
      path: 'reporters/',
      title: texts['reporters.title'],
      description: texts['reporters.whatText'],
      current: 'reporters',
    },
    toReportersPage(words),
  );
  add(
    {
      path: 'verify/',
      title: texts.check,
      description: texts['check.lead'],
      current: 'verify',
      ...(site.hasLog ? { script: verifierPath } : {}),
    },
    toVerifyPage(site, words, publication),
  );
  files.set(`${language}/feed.xml`, toFeed(site, words, publication));
}

/** The first file: it chooses nothing for anybody, and goes on to English by itself for who has no script. */
function toEntrance({ languages }: Site): string {
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Homeward</title>
        <link rel="stylesheet" href="style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1>Homeward</h1>
          <ul>
            ${languages.map(
              ({ language, direction, name, texts }) =>
                markup`<li lang="${language}" dir="${direction}">
                  <a href="${language}/">${name}: ${texts['home.title']}</a>
                </li>`,
            )}
          </ul>
        </main>
      </body>
    </html> `;
  return page.text;
}

function toJson(data: unknown): string {
  return `${JSON.stringify(data, (_, value: unknown) => (value instanceof Set ? [...(value as ReadonlySet<unknown>)] : value), 1)}\n`;
}

function toStatementsCsv({ exchanges }: Publication): string {
  const rows = exchanges.flatMap(({ id, statements }) =>
    statements.map(({ claim, madeAt, judgement: { label, later } }) => [
      claim.id,
      id,
      madeAt,
      claim.speaker,
      label.label,
      becauseToSentence(label.because),
      label.delta ?? '',
      later.label,
    ]),
  );
  return toCsv(['statement_id', 'exchange', 'made_at', 'speaker', 'label', 'reason', 'delta', 'later'], rows);
}
