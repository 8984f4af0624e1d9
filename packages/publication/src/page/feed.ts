/** An Atom feed (RFC 4287): one entry for each exchange and day on which its published numbers changed. */
import type { Publication } from '../public/publication.ts';
import { sumReleased } from '../release/release.ts';
import type { Words } from '../words/words.ts';
import { exchangePath } from './exchange-page.ts';
import { markup, type Html } from './html.ts';
import { say, toNumber, type Site } from './page.ts';

/** Times are the ends of days: a publication knows days, not hours. */
const endOf = (day: string): string => `${day === '' ? '1970-01-01' : day}T23:59:59Z`;

export function toFeed(site: Site, words: Words, publication: Publication): string {
  const home = `${site.url}${words.language}/`;
  const entries = publication.exchanges.flatMap((exchange): readonly Html[] => {
    const days = [...new Set(exchange.ways.flatMap((way) => way.days.map(({ day }) => day)))].sort();
    return days.map((day) => {
      const upTo = exchange.ways.map((way) => ({
        way,
        verified: way.days.filter((one) => one.day <= day).at(-1)?.verified ?? 0,
      }));
      const sum = sumReleased(upTo.map(({ verified }) => ({ kind: 'shown', value: verified })));
      const title = say(words, 'feed.entry', {
        title: exchange.title,
        verified: sum.kind === 'shown' ? toNumber(words, sum.value) : '',
      });
      const text = upTo
        .filter(({ way }) => way.verified.kind === 'shown')
        .map(({ way, verified }) => `${way.from} → ${way.to}: ${toNumber(words, verified)}`)
        .join('; ');
      const address = `${home}${exchangePath(exchange)}`;
      return markup`<entry
        ><id>urn:homeward:${exchange.id}:${day}</id><title>${title}</title><updated>${endOf(day)}</updated
        ><link href="${address}" /><content type="text">${text}</content></entry
      >`;
    });
  });
  const feed = markup`<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.language}"
      ><id>urn:homeward:log:${encodeURIComponent(publication.log.origin)}</id
      ><title>${words.texts['feed.title']}</title><updated>${endOf(publication.asOf)}</updated
      ><author><name>${words.texts.product}</name></author
      ><link rel="self" href="${home}feed.xml" /><link href="${home}" />${entries.toReversed()}</feed
    > `;
  return feed.text;
}
