import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortNameOf } from './act-line.ts';

const ids = ['A', 'B', 'C'] as const;
const withParties = (names: readonly (readonly [label: string, short: string])[]) =>
  names.map(([label, short], at) => ({ id: ids[at]!, label, short }));

describe('the short name of a party', () => {
  it('[EX-77] stands for the label only where it tells the parties apart', () => {
    const parties = withParties([
      ['Ministry of the Interior of A', 'MoI A'],
      ['Ministry of the Interior of B', ''],
      ['Ministry of Defence of B', 'MoD B'],
    ]);
    expect(ids.map((id) => shortNameOf(parties, id))).toEqual([
      'MoI A',
      'Ministry of the Interior of B',
      'MoD B',
    ]);
  });

  it('[EX-77] never makes two parties of different labels look alike', () => {
    const name = fc.constantFrom('', 'x', 'y', 'long x', 'long y');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 2, maxLength: 3 }), (names) => {
        const labels = new Set(names.map(([label]) => label));
        fc.pre(labels.size === names.length);
        const parties = withParties(names);
        const shown = names.map((_, at) => shortNameOf(parties, ids[at]!));
        expect(new Set(shown).size).toBe(names.length);
      }),
    );
  });
});
