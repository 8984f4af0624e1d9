/**
 * Which acts of the record are asked for, and whether a line is one of them. Pure, and in no language: what words of the
 * reader's language a line says arrives with the query, as the kinds and codes that those words stand for.
 */
import type { ActKind, Role } from '@homeward/core/exchange';
import type { ActLine } from './act-line.ts';

/** The choice of `RecordQuery.party` that stands for the host of any exchange. */
export const anyHost = '@host';

/** One word that was typed. A line has it where any of these holds. */
export interface SearchTerm {
  /** As a search folds it: in the bytes of the act, or at the beginning of its id. */
  readonly text: string;
  /** Kinds whose name or sentence has the word. */
  readonly kinds: readonly ActKind[];
  /** Codes of the record that the reader's language calls so, as they stand in the bytes. */
  readonly codes: readonly string[];
  /** Months, from 1, that are called so. */
  readonly months: readonly number[];
}

/** What the record is narrowed to. Absent fields let everything through. */
export interface RecordQuery {
  readonly exchange?: string;
  readonly kinds?: readonly ActKind[];
  /** The label of a party, or `anyHost`. */
  readonly party?: string;
  readonly role?: Role;
  /** Days, `2025-06-02`, by the time that the signers claim; both included. */
  readonly from?: string;
  readonly to?: string;
  /** All that was typed, folded: found as it stands, or word by word. */
  readonly text: string;
  readonly terms: readonly SearchTerm[];
}

/** Whether a query is narrowed by anything that only an act which can be read may have. */
export function asksForActs({ exchange, kinds, party, role, from, to, text }: RecordQuery): boolean {
  return [exchange, kinds, party, role, from, to].some((one) => one !== undefined) || text !== '';
}

/** Whether an act is asked for. `folded` is the text of its bytes as a search folds it. */
export function isAsked(query: RecordQuery, line: ActLine, folded: string): boolean {
  const day = line.at.slice(0, 10);
  return (
    (query.exchange === undefined || line.exchange === query.exchange) &&
    (query.kinds === undefined || query.kinds.includes(line.kind)) &&
    (query.party === undefined || (query.party === anyHost ? line.host : line.party === query.party)) &&
    (query.role === undefined || line.role === query.role) &&
    (query.from === undefined || day >= query.from) &&
    (query.to === undefined || day <= query.to) &&
    (query.text === '' || hasText(query, line, folded))
  );
}

function hasText({ text, terms }: RecordQuery, line: ActLine, folded: string): boolean {
  const place = /^#?(\d[\d.,'’\s]*)$/u.exec(text)?.[1]?.replaceAll(/\D/gu, '');
  if (place === String(line.index) || folded.includes(text) || line.id.startsWith(text)) return true;
  const dated = terms.some(({ months }) => months.length > 0);
  return terms.length > 0 && terms.every((term) => hasTerm(term, line, folded, dated));
}

function hasTerm(
  { text, kinds, codes, months }: SearchTerm,
  line: ActLine,
  folded: string,
  dated: boolean,
): boolean {
  if (/^\d+$/u.test(text)) {
    const number = Number(text);
    return (
      numbersOf(line.facts).has(number) ||
      number === Number(line.at.slice(0, 4)) ||
      (dated && number === Number(line.at.slice(8, 10)))
    );
  }
  return (
    kinds.includes(line.kind) ||
    months.includes(Number(line.at.slice(5, 7))) ||
    folded.includes(text) ||
    codes.some((code) => folded.includes(`"${code}"`))
  );
}

/** Every figure that a line's sentence may tell. */
function numbersOf(facts: unknown, found = new Set<number>()): ReadonlySet<number> {
  if (typeof facts === 'number') found.add(facts);
  else if (typeof facts === 'object' && facts !== null) {
    for (const value of Object.values(facts)) numbersOf(value, found);
  }
  return found;
}
