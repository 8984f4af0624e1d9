/**
 * Levels of Jaro–Winkler similarity between the values of one column, exact for any alphabet: small numbers for letters,
 * bounds before the kernel, one word of bits per letter, and every pair of values of a small dictionary compared once.
 */
import { getJaroWinkler } from '../../names/index.ts';

/** Letters per value in the packed table; longer values take the exact path on strings. */
const place = 32;
/** Dictionaries of up to this many pairs of values remember their levels: one byte each. */
const mostRemembered = 16_000_000;
/** Bits of a value's mask that say which letters it has; the six above say which of the commonest it has twice. */
const letterBits = 26;

function countBits(word: number): number {
  let rest = word - ((word >>> 1) & 0x5555_5555);
  rest = (rest & 0x3333_3333) + ((rest >>> 2) & 0x3333_3333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** Numbers code units by how often they occur, the commonest first: `numbers[code]`. */
function numberLetters(values: readonly string[]): { readonly numbers: Uint16Array; readonly size: number } {
  const counts = new Int32Array(65_536);
  for (const value of values)
    for (let at = 0; at < value.length && at < place; at += 1) counts[value.charCodeAt(at)]! += 1;
  const codes: number[] = [];
  for (let code = 0; code < counts.length; code += 1) if (counts[code] !== 0) codes.push(code);
  codes.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const numbers = new Uint16Array(65_536);
  for (const [index, code] of codes.entries()) numbers[code] = index;
  return { numbers, size: codes.length };
}

export class SimilarityLevels {
  private readonly values: readonly string[];
  private readonly thresholds: readonly number[];
  private readonly size: number;
  private readonly letters: Uint8Array | Uint16Array;
  /** Per value: which letters it has, and its length; a value too long to be packed has the length −1. */
  private readonly heads: Int32Array;
  /** Least common letters with which two lengths can reach the lowest threshold. */
  private readonly least: Uint8Array;
  /** Most bits in which the masks of two values of these lengths can differ and still have so many letters in common. */
  private readonly apart: Int8Array;
  /** Where each letter stands in the left value that was asked for last. */
  private readonly where: Int32Array;
  private readonly table: Uint8Array | undefined;
  private hot = -1;
  /** Scratch: places that the bounds have left. */
  private left = new Int32Array(256);

  /**
   * @param values distinct strings; letters are UTF-16 code units
   * @param thresholds descending, between 0 and 1; `n` of them make levels 0 to `n + 1`
   */
  constructor(values: readonly string[], thresholds: readonly number[]) {
    this.values = values;
    this.thresholds = thresholds;
    this.size = values.length;
    const { numbers, size } = numberLetters(values);
    this.letters = size <= 256 ? new Uint8Array(this.size * place) : new Uint16Array(this.size * place);
    this.heads = new Int32Array(this.size * 2);
    this.where = new Int32Array(size);
    for (const [index, value] of values.entries()) {
      this.heads[index * 2 + 1] = value.length > place ? -1 : value.length;
      let mask = 0;
      for (let at = 0; at < value.length && at < place; at += 1) {
        const letter = numbers[value.charCodeAt(at)]!;
        this.letters[index * place + at] = letter;
        const bit = 1 << (letter % letterBits);
        if (letter < 32 - letterBits && (mask & bit) !== 0 && value.indexOf(value.charAt(at)) < at)
          mask |= 1 << (letterBits + letter);
        mask |= bit;
      }
      this.heads[index * 2] = mask;
    }
    // The bonus for a common beginning is given above 0.7 only and is at most 0.4 of what is missing.
    const floor = thresholds.at(-1) ?? 1;
    const jaro = floor <= 0.7 ? floor : Math.max(0.7, (floor - 0.4) / 0.6);
    this.least = new Uint8Array((place + 1) * (place + 1));
    this.apart = new Int8Array(this.least.length).fill(-1);
    for (let a = 1; a <= place; a += 1)
      for (let b = 1; b <= place; b += 1) {
        const least = Math.max(1, Math.ceil((3 * jaro - 1 - 1e-9) / (1 / a + 1 / b)));
        this.least[a * (place + 1) + b] = least;
        this.apart[a * (place + 1) + b] = Math.max(-1, a + b - 2 * least);
      }
    this.table = this.size * this.size <= mostRemembered ? new Uint8Array(this.size * this.size) : undefined;
  }

  /**
   * The level of two values by their numbers: 0 below every threshold, one more for each that is reached, and one more
   * again for the same value. Cheapest when one left value is asked for many right ones in turn.
   */
  get(a: number, b: number): number {
    if (a === b) return this.thresholds.length + 1;
    if (this.table === undefined) return this.compare(a, b);
    const at = a * this.size + b;
    const known = this.table[at]!;
    if (known !== 0) return known - 1;
    const level = this.compare(a, b);
    this.table[at] = level + 1;
    return level;
  }

  /**
   * The levels of one left value beside many right ones: `out[at]` is the level of `a` and `rights[from + at]`.
   *
   * @param rights values by their numbers, of which those from `from` up to before `to` are asked for
   * @param out room for `to - from` levels
   */
  getMany(a: number, rights: Int32Array, from: number, to: number, out: Uint8Array): void {
    const { table, heads, apart, size } = this;
    const count = to - from;
    if (table !== undefined) {
      const row = a * size;
      for (let at = 0; at < count; at += 1) {
        const b = rights[from + at]!;
        const known = table[row + b]!;
        out[at] = known === 0 ? this.get(a, b) : known - 1;
      }
      return;
    }
    const la = heads[a * 2 + 1]!;
    if (la <= 0) {
      for (let at = 0; at < count; at += 1) out[at] = this.get(a, rights[from + at]!);
      return;
    }
    const same = this.thresholds.length + 1;
    const maskA = heads[a * 2]!;
    const lengthOf = la * (place + 1);
    if (this.left.length < count) this.left = new Int32Array(count * 2);
    const { left } = this;
    let kept = 0;
    // First whom the bounds leave, without a branch on the outcome; then those are measured.
    for (let at = 0; at < count; at += 1) {
      const b = rights[from + at]!;
      const lb = heads[b * 2 + 1]!;
      const most = lb < 0 ? 127 : apart[lengthOf + lb]!;
      out[at] = 0;
      left[kept] = at;
      kept += ((countBits(maskA ^ heads[b * 2]!) - most - 1) >>> 31) & 1;
    }
    for (let index = 0; index < kept; index += 1) {
      const at = left[index]!;
      const b = rights[from + at]!;
      const lb = heads[b * 2 + 1]!;
      out[at] = a === b ? same : lb < 0 ? this.get(a, b) : this.measure(a, b, la, lb);
    }
  }

  private compare(a: number, b: number): number {
    const { heads } = this;
    const la = heads[a * 2 + 1]!;
    const lb = heads[b * 2 + 1]!;
    if (la <= 0 || lb <= 0)
      return la === 0 || lb === 0 ? 0 : this.toLevel(getJaroWinkler(this.values[a]!, this.values[b]!));
    if (countBits(heads[a * 2]! ^ heads[b * 2]!) > this.apart[la * (place + 1) + lb]!) return 0;
    return this.measure(a, b, la, lb);
  }

  private turnTo(a: number): void {
    const { letters, where, hot, heads } = this;
    if (hot >= 0)
      for (let at = hot * place, end = at + heads[hot * 2 + 1]!; at < end; at += 1) where[letters[at]!] = 0;
    const from = a * place;
    for (let at = 0; at < heads[a * 2 + 1]!; at += 1) where[letters[from + at]!]! |= 1 << at;
    this.hot = a;
  }

  private measure(a: number, b: number, la: number, lb: number): number {
    const { letters, where, heads } = this;
    const least = this.least[la * (place + 1) + lb]!;
    const maskA = heads[a * 2]!;
    const maskB = heads[b * 2]!;
    if (la - countBits(maskA & ~maskB) < least || lb - countBits(maskB & ~maskA) < least) return 0;
    if (this.hot !== a) this.turnTo(a);
    const reach = Math.max(0, ((la > lb ? la : lb) >> 1) - 1);
    const fromA = a * place;
    const fromB = b * place;
    // A letter may be matched up to `reach` places away; the window of places grows, then moves on.
    let window = reach >= 31 ? -1 : (1 << (reach + 1)) - 1;
    let takenA = 0;
    let takenB = 0;
    let spare = lb - least;
    for (let at = 0; at < lb; at += 1) {
      const open = where[letters[fromB + at]!]! & window & ~takenA;
      window = (window << 1) | ((at - reach) >>> 31);
      // Without a branch: which letters match is not to be foretold, that too few are left is.
      const one = open & -open;
      const matched = (one | -one) >>> 31;
      takenA |= one;
      takenB |= matched << at;
      spare += matched - 1;
      if (spare < 0) return 0;
    }
    const common = spare + least;
    let moved = 0;
    let restB = takenB;
    for (let restA = takenA; restA !== 0; restA &= restA - 1) {
      if (
        letters[fromA + 31 - Math.clz32(restA & -restA)] !== letters[fromB + 31 - Math.clz32(restB & -restB)]
      )
        moved += 1;
      restB &= restB - 1;
    }
    let similarity = (common / la + common / lb + (common - (moved >> 1)) / common) / 3;
    if (similarity > 0.7) {
      let prefix = 0;
      while (prefix < 4 && prefix < la && prefix < lb && letters[fromA + prefix] === letters[fromB + prefix])
        prefix += 1;
      similarity += prefix * 0.1 * (1 - similarity);
    }
    return this.toLevel(similarity);
  }

  private toLevel(similarity: number): number {
    const { thresholds } = this;
    for (let index = 0; index < thresholds.length; index += 1)
      if (similarity >= thresholds[index]!) return thresholds.length - index;
    return 0;
  }
}
