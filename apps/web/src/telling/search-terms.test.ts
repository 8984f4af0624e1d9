import { decide, evolve, initial, type Exchange } from '@homeward/core/exchange';
import { createWorld, play, writeScript } from '@homeward/example-istanbul-2025';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ActLine, toActLine } from '../reading/act-line.ts';
import { foldForSearch } from '../reading/fold.ts';
import { isAsked } from '../reading/record-query.ts';
import { wordsOf } from '../testing/words-of.ts';
import { languages } from '../words/languages.ts';
import type { Words } from '../words/use-words.ts';
import { toSearchTerms } from './search-terms.ts';
import { toSentence } from './sentence.ts';

const lines: { readonly line: ActLine; readonly folded: string }[] = [];
beforeAll(() => {
  const world = createWorld({ seed: 6, people: 12 });
  let state: Exchange = initial;
  for (const [index, { act, id }] of play({ world, tasks: writeScript(world) }).acts.entries()) {
    expect(decide(state, act, id).kind).toBe('accepted');
    const next = evolve(state, act, id);
    lines.push({ line: toActLine(index, id, act, state, next), folded: foldForSearch(JSON.stringify(act)) });
    state = next;
  }
});

const find = (typed: string, words: Words) => {
  const query = { text: foldForSearch(typed.trim()), terms: toSearchTerms(typed, words) };
  return lines.filter(({ line, folded }) => isAsked(query, line, folded)).map(({ line }) => line);
};

describe.each(languages)('a search in %s', (language) => {
  let words: Words;
  beforeAll(async () => {
    words = await wordsOf(language);
  });

  it('[WB-48] finds a line by its own words, and by its tranche', () => {
    const tranche = lines.filter(({ line }) => line.facts.tranche === 2).map(({ line }) => line.index);
    expect(tranche.length).toBeGreaterThan(0);
    const [spoken] = foldForSearch(words.t('word.tranche', { number: '' }).trim()).split(/\s/u);
    const found = new Set(find(`${spoken!.replace(/\W+$/u, '')} 2`, words).map(({ index }) => index));
    const proposed = lines.find(({ line }) => line.kind === 'TrancheProposed' && line.facts.tranche === 2)!;
    expect(found.has(proposed.line.index)).toBe(true);
  });

  it('[WB-48] finds a line by any word of its sentence that is ours', () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(1000), (at, pick) => {
        const { line } = lines[at]!;
        const template = words.t(`act.${line.kind}`).replaceAll(/\{\{.*?\}\}/gu, ' ');
        const own = template.split(/[\s,.:;()«»“”]+/u).filter((word) => foldForSearch(word).length > 2);
        fc.pre(own.length > 0);
        const word = own[pick % own.length]!;
        expect(
          find(word, words).map(({ index }) => index),
          word,
        ).toContain(line.index);
      }),
      { numRuns: 60 },
    );
  });

  it('[WB-48] finds a day as the line writes it', () => {
    const { line } = lines[20]!;
    const day = words.date(line.at);
    expect(
      find(day, words).map(({ index }) => index),
      day,
    ).toContain(line.index);
    expect(toSentence(line, words).length).toBeGreaterThan(0);
  });
});

it('[WB-48] narrows by role and by day, whatever else is asked', async () => {
  const words = await wordsOf('en');
  fc.assert(
    fc.property(
      fc.constantFrom('officer', 'coordinator', 'observer' as const),
      fc.constantFrom('', 'tranche', 'step 2', 'Nov'),
      (role, typed) => {
        const day = lines[0]!.line.at.slice(0, 10);
        const query = {
          role: role as 'officer',
          from: day,
          to: day,
          text: foldForSearch(typed),
          terms: toSearchTerms(typed, words),
        };
        for (const { line, folded } of lines) {
          if (isAsked(query, line, folded)) expect(line.role === role && line.at.startsWith(day)).toBe(true);
        }
      },
    ),
  );
});
