/** Jaro–Winkler similarity on letters: exact for any alphabet, bit-parallel for names of up to 32 letters. */

/** Winkler's prefix bonus is given above this Jaro similarity only (W. E. Winkler 1990; as rapidfuzz and DuckDB do). */
const boostAbove = 0.7;

function withPrefix(jaro: number, a: string, b: string): number {
  if (jaro <= boostAbove) return jaro;
  let prefix = 0;
  while (
    prefix < 4 &&
    prefix < a.length &&
    prefix < b.length &&
    a.charCodeAt(prefix) === b.charCodeAt(prefix)
  )
    prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** The similarity of two strings, 0 to 1; two empty strings are equal. Cost: O(length²) bit operations per 32 letters. */
export function getJaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const la = a.length;
  const lb = b.length;
  if (la === 0 || lb === 0) return 0;
  if (la > 32 || lb > 32) return getJaroWinklerSlowly(a, b);
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1);
  let takenA = 0;
  let takenB = 0;
  let common = 0;
  for (let at = 0; at < la; at += 1) {
    const sign = a.charCodeAt(at);
    const to = Math.min(lb - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= to; other += 1) {
      if (((takenB >>> other) & 1) === 0 && b.charCodeAt(other) === sign) {
        takenB |= 1 << other;
        takenA |= 1 << at;
        common += 1;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let moved = 0;
  let restB = takenB;
  for (let restA = takenA; restA !== 0; restA &= restA - 1) {
    const inA = 31 - Math.clz32(restA & -restA);
    const inB = 31 - Math.clz32(restB & -restB);
    restB &= restB - 1;
    if (a.charCodeAt(inA) !== b.charCodeAt(inB)) moved += 1;
  }
  const jaro = (common / la + common / lb + (common - (moved >> 1)) / common) / 3;
  return withPrefix(jaro, a, b);
}

/** The definition, letter by letter, for strings of any length: the oracle. */
export function getJaroWinklerSlowly(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Array<boolean>(b.length).fill(false);
  const left: string[] = [];
  for (let at = 0; at < a.length; at += 1)
    for (let other = Math.max(0, at - reach); other <= Math.min(b.length - 1, at + reach); other += 1)
      if (taken[other] === false && a.charAt(at) === b.charAt(other)) {
        taken[other] = true;
        left.push(a.charAt(at));
        break;
      }
  if (left.length === 0) return 0;
  const right = Array.from({ length: b.length }, (_, at) => at).filter((at) => taken[at]);
  let moved = 0;
  for (const [index, letter] of left.entries()) if (letter !== b.charAt(right[index]!)) moved += 1;
  const jaro =
    (left.length / a.length + left.length / b.length + (left.length - Math.floor(moved / 2)) / left.length) /
    3;
  return withPrefix(jaro, a, b);
}
