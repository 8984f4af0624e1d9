import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const sheet = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const paper = readFileSync(join(import.meta.dirname, '../../../../docs/design-language.md'), 'utf8');

function coloursOf(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = new RegExp(`scheme='${scheme}'\\]\\s*\\{([^}]*)\\}`, 'u').exec(sheet)![1]!;
  return new Map(
    [...block.matchAll(/--hw-([\w-]+):\s*(#[0-9a-f]{6});/gu)].map(([, name, value]) => [name!, value!]),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

/** Rows of the table in the design language: `| ink | page | text | 15.1 | 14.2 |`. */
const rows = [
  ...paper.matchAll(/^\| `([\w-]+)` \| `([\w-]+)` \| (text|mark) \| ([\d.]+) \| ([\d.]+) \|$/gmu),
].map(([, front, ground, use, light, dark]) => ({ front: front!, ground: ground!, use, light, dark }));

describe('colour', () => {
  it('[WB-8] has every pair of the design language at its stated contrast, and enough of it', () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
    const told: string[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      const colours = coloursOf(scheme);
      for (const row of rows) {
        const ratio = contrast(colours.get(row.front)!, colours.get(row.ground)!);
        expect(ratio, `${row.front} on ${row.ground}, ${scheme}`).toBeGreaterThanOrEqual(
          row.use === 'text' ? 4.5 : 3,
        );
        if (ratio.toFixed(1) !== row[scheme]) {
          told.push(
            `${row.front} on ${row.ground}, ${scheme}: ${ratio.toFixed(1)}, stated ${String(row[scheme])}`,
          );
        }
      }
    }
    expect(told).toEqual([]);
  });
});
