/** What every page stands in: head, ways to the others, languages, foot. Readable without a script. */
import { fillSentence, type Because } from '@homeward/core/statements';
import type { Released } from '../release/release.ts';
import type { TextKey, Words } from '../words/words.ts';
import { markup, type Html, type Piece } from './html.ts';

/** Where the site stands and what it carries. */
export interface Site {
  /** The address of its root with a slash at its end; empty where it is not known. */
  readonly url: string;
  readonly languages: readonly Words[];
  /** True if the tiles of the log lie in `log/`. */
  readonly hasLog: boolean;
  readonly asOf: string;
}

/** A page of a language: its path below that language's folder ('' for its first page). */
export interface PageHead {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly current: 'exchanges' | 'history' | 'reporters' | 'verify';
  readonly script?: string;
}

export type Values = Readonly<Record<string, string | number>>;

/** A text of a language with its values. */
export function say({ texts, direction }: Words, key: TextKey, values: Values = {}): string {
  return texts[key].replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    isolate(direction, String(values[name] ?? '')),
  );
}

/** Keeps a value of another direction from turning round the words about it (U+2068 … U+2069). */
function isolate(direction: Words['direction'], text: string): string {
  return direction === 'ltr' || text === '' ? text : `\u2068${text}\u2069`;
}

export function sayReason(words: Words, { code, values }: Because): string {
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isUnit(name) ? value : isolate(words.direction, toNumber(words, value)),
    ]),
  );
  return fillSentence(words.reasons[code], shown, (unit) => words.units[unit]);
}

/** Values that the sentence puts into the words of its language itself. */
function isUnit(name: string): boolean {
  return name === 'unit' || name === 'part' || name === 'recordUnit';
}

/** Grouped digits of the language; Latin digits everywhere, so that figures can be compared across pages. */
export function toNumber({ language }: Words, value: number | string): string {
  return typeof value === 'number' ? new Intl.NumberFormat(`${language}-u-nu-latn`).format(value) : value;
}

export function toReleasedText(words: Words, released: Released, cellMin: number): string {
  switch (released.kind) {
    case 'shown':
      return toNumber(words, released.value);
    case 'held-back':
      return say(words, 'heldBack', { cell: cellMin });
    case 'undisclosed':
      return say(words, 'undisclosed');
  }
}

/** A direction, from the one who gives to the one who receives, in every direction of writing. */
export function wayName(from: string, to: string): Html {
  return markup`<span class="way-name"
    ><bdi>${from}</bdi> <span aria-hidden="true">→</span> <bdi>${to}</bdi></span
  >`;
}

/** A day or a span of days, left to right in every language. */
export function dayName(from: string, to = from): Html {
  return markup`<bdi dir="ltr">${from}${to === from || to === '' ? '' : ` – ${to}`}</bdi>`;
}

/** As of when the numbers hold, and what of them is held back. */
export function sayAsOf(
  words: Words,
  asOf: string,
  { delayHours, cellMin }: { readonly delayHours: number; readonly cellMin: number },
): string {
  return [
    asOf === '' ? '' : say(words, 'asOf', { day: asOf }),
    delayHours === 0 ? '' : say(words, 'delay', { hours: delayHours }),
    cellMin > 1 ? say(words, 'cell', { cell: cellMin }) : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** `../` as often as a page lies below the root of the site. */
export function toRoot(path: string): string {
  return '../'.repeat(path.split('/').filter((part) => part !== '').length + 1);
}

const links = [
  ['exchanges', '', 'nav.exchanges'],
  ['history', 'history/', 'nav.history'],
  ['reporters', 'reporters/', 'nav.reporters'],
  ['verify', 'verify/', 'nav.verify'],
] as const;

/** A whole page. */
export function toPage(site: Site, words: Words, head: PageHead, content: Piece): string {
  const root = toRoot(head.path);
  const home = `${root}${words.language}/`;
  const address = `${site.url}${words.language}/${head.path}`;
  const others = site.languages.map(
    (other) =>
      markup`<link
        rel="alternate"
        hreflang="${other.language}"
        href="${site.url === '' ? root : site.url}${other.language}/${head.path}"
      />`,
  );
  const preview =
    site.url === ''
      ? ''
      : markup`<link rel="canonical" href="${address}" /><meta property="og:url" content="${address}" /><meta
            property="og:image"
            content="${site.url}card.png"
          /><meta property="og:image:alt" content="${words.texts['home.title']}" /><meta
            name="twitter:card"
            content="summary_large_image"
          />`;
  const page = markup`<!doctype html>
    <html lang="${words.language}" dir="${words.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${head.title} · ${words.texts.product}</title>
        <meta name="description" content="${head.description}" />
        <meta property="og:title" content="${head.title}" />
        <meta property="og:description" content="${head.description}" />
        <meta property="og:type" content="article" />
        ${preview}${others}
        <link
          rel="alternate"
          type="application/atom+xml"
          title="${words.texts['feed.title']}"
          href="${home}feed.xml"
        />
        <link rel="stylesheet" href="${root}style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#content">${words.texts.skip}</a>
        <header>
          <a class="product" href="${home}">${words.texts.product}</a>
          <nav aria-label="${words.texts.pages}">
            <ul>
              ${links.map(
                ([name, path, key]) =>
                  markup`<li>
                    <a href="${home}${path}" ${name === head.current ? markup` aria-current="page"` : ''}
                      >${words.texts[key]}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
          <nav class="languages" aria-label="${words.texts.languages}">
            <ul>
              ${site.languages.map(
                (other) =>
                  markup`<li>
                    <a
                      lang="${other.language}"
                      hreflang="${other.language}"
                      dir="${other.direction}"
                      href="${root}${other.language}/${head.path}"
                      ${other === words ? markup` aria-current="true"` : ''}
                      >${other.name}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
        </header>
        <main id="content">${content}</main>
        <footer>
          <p>${words.texts.generated}</p>
          <p class="screen">
            <a href="${home}feed.xml">${words.texts.feed}</a> ·
            <a href="${root}data/publication.json">${words.texts.data}</a>
          </p>
          ${site.url === '' ? '' : markup`<p class="print">${words.texts.printed} ${address}</p>`}
        </footer>
        ${head.script === undefined ? '' : markup`<script type="module" src="${root}${head.script}"></script>`}
      </body>
    </html> `;
  return page.text;
}
