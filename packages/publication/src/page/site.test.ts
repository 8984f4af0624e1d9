/** The public pages as files: five languages alike, light, escaped, and with nothing in them that may not be read. */
import { inflateSync } from 'node:zlib';
import { judgeClaims, readClaims, type Claim } from '@homeward/core/statements';
import { describe, expect, it } from 'vitest';
import { readHistory } from '../history/history.ts';
import type { Publication, PublishedStatement } from '../public/publication.ts';
import { parseTable } from '../table/read-table.ts';
import { allWords } from '../words/all.ts';
import { english } from '../words/en.ts';
import { escape } from './html.ts';
import { toSite } from './to-site.ts';

const history = readHistory();
if (!history.ok) throw new Error(history.error);

const table = parseTable(
  Buffer.from(
    'statement_id,made_at,speaker,role,affiliation,about_event,claim_kind,direction,value,value_kind,unit,reported_by\n' +
      'one,2025-05-23,<b>Somebody</b>,speaker & spokesperson,A,ua-ru-2025-05-23,count,each,1000,exact,persons,page\n' +
      'two,2025-05-16,Someone else,,B,ua-ru-2025-05-23,agreed,each,1000,exact,prisoners_of_war,page\n',
  ),
  'statements',
);
if (!table.ok) throw new Error(table.error);
const claims = readClaims(table.value);
if (!claims.ok) throw new Error(JSON.stringify(claims.error));
const judgements = judgeClaims(history.value.record, claims.value);
const statements = claims.value.map((claim: Claim, at): PublishedStatement => ({
  claim,
  madeAt: table.value.rows[at]!.cells['made_at']!,
  judgement: judgements[at]!,
  reports: at,
  earlier: [],
}));

const publication: Publication = {
  log: {
    origin: 'log.example/exchange',
    size: 12,
    root: 'AAAA',
    vkey: 'log.example+00000000+AAAA',
    cosigners: ['a.example'],
  },
  rules: { delayHours: 24, cellMin: 5 },
  asOf: '2025-05-25',
  exchanges: [
    {
      id: 'abc-DEF_123',
      title: 'A <script>alert(1)</script> exchange',
      status: 'completed',
      opened: '2025-05-16',
      changed: '2025-05-25',
      acts: 12,
      parties: { A: 'Side & A', B: 'Side B' },
      isCountedByPartiesAlone: true,
      ways: [
        {
          leg: 'A-B',
          from: 'A',
          to: 'B',
          lane: 'exchange',
          agreed: 1000,
          verified: { kind: 'shown', value: 1000 },
          reported: { kind: 'shown', value: 0 },
          disputed: { kind: 'shown', value: 0 },
          days: [
            { day: '2025-05-23', verified: 390 },
            { day: '2025-05-25', verified: 1000 },
          ],
        },
        {
          leg: 'B-A',
          from: 'B',
          to: '',
          lane: 'remains',
          agreed: undefined,
          verified: { kind: 'held-back' },
          reported: { kind: 'undisclosed' },
          disputed: { kind: 'shown', value: 0 },
          days: [],
        },
      ],
      obligations: [
        {
          id: 'undertaking stay',
          kind: 'undertaking',
          owedBy: ['A'] as never,
          guarantor: { party: 'B' as never, hasSigned: false },
          name: 'stay',
          text: '',
          until: undefined,
          untilText: 'the end of hostilities',
          standing: 'alleged',
          evidence: [{ what: 'alleged', by: 'B', day: '2025-05-24', index: 7, hash: 'ff'.repeat(32) }],
          reminders: ['answer-awaited'],
        },
      ],
      statements,
      silences: [{ event: 'x', party: 'B', since: '2025-05-23', until: undefined }],
    },
  ],
};
const site = toSite(publication, history.value, { url: 'https://news.example/homeward/', hasLog: true });
const pages = [...site].flatMap(([path, content]) =>
  path.endsWith('.html') && typeof content === 'string' ? [[path, content] as const] : [],
);

describe('the public pages', () => {
  it('[PB-20] stand in five languages with the same pages, links among them, and every text said', () => {
    const of = (language: string): readonly string[] =>
      [...site.keys()]
        .filter((path) => path.startsWith(`${language}/`))
        .map((path) => path.slice(3))
        .sort();
    expect(pages).toHaveLength(31);
    for (const { language, direction } of allWords) {
      expect(of(language)).toEqual(of('en'));
      const home = String(site.get(`${language}/index.html`));
      expect(home).toContain(`<html lang="${language}" dir="${direction}">`);
      for (const other of allWords) expect(home).toContain(`hreflang="${other.language}"`);
    }
    for (const [path, content] of pages)
      expect([
        path,
        /\{\w+\}|undefined|NaN|\[object/u.exec(content.replaceAll(/data-\w+="[^"]*"/gu, ''))?.[0],
      ]).toEqual([path, undefined]);
  });

  it('[PB-20] every language has the values of each sentence that English has, and none beside them', () => {
    const valuesOf = (text: string): string =>
      [...new Set([...text.matchAll(/\{\w+\}/gu)].map(([value]) => value))].sort().join(' ');
    for (const words of allWords) {
      for (const part of ['texts', 'reasons'] as const) {
        for (const [key, text] of Object.entries(words[part])) {
          expect([words.language, key, valuesOf(text)]).toEqual([
            words.language,
            key,
            valuesOf((english[part] as Record<string, string>)[key]!),
          ]);
        }
      }
    }
  });

  it('[PB-21] every link and file that a page names is there', () => {
    for (const [path, content] of pages) {
      const base = new URL(path, 'https://news.example/homeward/');
      for (const [, target] of content.matchAll(/(?:href|src|data-log)="([^"#]+)/gu)) {
        if (target!.startsWith('data:')) continue;
        const url = new URL(target!, base);
        const file = url.pathname.replace('/homeward/', '');
        const isThere =
          site.has(file) || site.has(`${file}index.html`) || ['verify.js', 'log'].includes(file);
        expect([path, target, isThere]).toEqual([path, target, true]);
      }
    }
  });

  it('[PB-22] a page weighs at most 100 kB with its style, and needs no script to be read', () => {
    const styleBytes = Buffer.byteLength(String(site.get('style.css')));
    for (const [path, content] of pages) {
      expect([path, Buffer.byteLength(content) + styleBytes <= 100_000]).toEqual([path, true]);
      if (!path.includes('verify/')) expect(content).not.toContain('<script');
    }
  });

  it('[PB-23] what others wrote is text, wherever it stands', () => {
    for (const [, content] of pages) {
      expect(content).not.toContain('<script>alert');
      expect(content).not.toContain('<b>Somebody');
    }
    expect(escape(`<&>"'\u0000\u0007x`)).toBe('&lt;&amp;&gt;&quot;&#39;x');
    const feed = String(site.get('en/feed.xml'));
    expect(feed).toContain('&lt;script&gt;');
    expect(feed.match(/<entry\b/gu)).toHaveLength(2);
  });

  it('[PB-24] a statement stands with its label, reason, difference and source; what is held back is no zero', () => {
    const page = String(site.get('en/exchange/abc-DEF_123/index.html'));
    expect(page).toContain('ahead of the record');
    expect(page).toContain('By 2025-05-23 the record shows 390 of 1,000 persons across');
    expect(page).toContain('different unit');
    expect(page).toContain('fewer than 5, or none');
    expect(page).toContain('Silence is neither denial nor consent');
    expect(page).toContain('alleged broken, not answered');
    expect(page).toContain('named as guarantor and has not signed');
    expect(page).toContain('Counted by the parties alone');
  });

  it('[PB-25] the picture for previews is a PNG of 1200 × 630', () => {
    const card = Buffer.from(site.get('card.png') as Uint8Array);
    expect(card.subarray(1, 4).toString()).toBe('PNG');
    expect([card.readUInt32BE(16), card.readUInt32BE(20)]).toEqual([1200, 630]);
    const at = card.indexOf('IDAT');
    const pixels = inflateSync(card.subarray(at + 4, at + 4 + card.readUInt32BE(at - 4)));
    expect(pixels).toHaveLength(1201 * 630);
    expect(card.length).toBeLessThan(20_000);
  });
});
