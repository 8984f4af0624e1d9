/** Given names by class: which civil name a spelling stands for, in whatever script it is written. */
import { easternNameClassLines } from './eastern-name-classes.ts';
import { englishShortNames, givenNameClassLines, weakLinks } from './given-name-classes.ts';
import { getCoarseKey, getFineKey, getReadings } from './skeleton.ts';

/** One civil name: `id` is its place in the table and is stable within one version of the project. */
export interface GivenNameClass {
  readonly id: number;
  /** The head of the class, by which a trace names it. */
  readonly head: string;
  readonly sex: 'm' | 'f' | 'unknown';
  readonly members: readonly string[];
}

/** What the table knows about one spelling. All three lists are sorted and usually have at most one entry. */
export interface GivenNameFinding {
  /** Classes this spelling is a full name of. */
  readonly classes: readonly number[];
  /** Classes this spelling is a short or pet name of. */
  readonly shortOf: readonly number[];
  /** Classes that are weakly linked with one of `classes`: once one name, today two. */
  readonly weak: readonly number[];
}

const none: GivenNameFinding = { classes: [], shortOf: [], weak: [] };

interface Index {
  readonly classes: readonly GivenNameClass[];
  readonly byFine: ReadonlyMap<string, readonly number[]>;
  readonly byCoarse: ReadonlyMap<string, readonly number[]>;
  readonly shortByFine: ReadonlyMap<string, readonly number[]>;
  readonly byFather: ReadonlyMap<string, readonly number[]>;
  readonly byFineFather: ReadonlyMap<string, readonly number[]>;
  /** Fathers who are called by a short name: Ілько's daughter is Ільківна. */
  readonly byShortFather: ReadonlyMap<string, readonly number[]>;
  readonly weak: readonly (readonly number[])[];
}

function put(map: Map<string, number[]>, key: string, id: number): void {
  if (key === '') return;
  const known = map.get(key);
  if (known === undefined) map.set(key, [id]);
  else if (!known.includes(id)) {
    known.push(id);
    known.sort((a, b) => a - b);
  }
}

const toFatherStem = (fine: string): string => fine.replace(/[aeiou]+$/u, '').replace(/f$/u, 'v');

/** The same on the fine key, which keeps Ігор and Єгор apart. */
function getFineFatherKey(name: string): string {
  return toFatherStem(getFineKey(name));
}

/** A father's name without its final vowels, as it stands before a patronymic's suffix. */
export function getFatherKey(name: string): string {
  // A final f is read as v in a whole name; a stem ends in it by chance (Євстаф-ович), so here both are v.
  return getCoarseKey(getFineKey(name))
    .replace(/[AI]+$/u, '')
    .replace(/f$/u, 'v');
}

let built: Index | undefined;

function getIndex(): Index {
  if (built !== undefined) return built;
  const classes: GivenNameClass[] = [];
  const byFine = new Map<string, number[]>();
  const byCoarse = new Map<string, number[]>();
  const shortByFine = new Map<string, number[]>();
  const byFather = new Map<string, number[]>();
  const byFineFather = new Map<string, number[]>();
  const byShortFather = new Map<string, number[]>();
  const ofExonyms = new Set<string>();
  const exonyms: [key: string, id: number][] = [];
  const words = (text: string | undefined): string[] =>
    (text ?? '').split(/\s+/u).filter((word) => word !== '');
  for (const line of [...givenNameClassLines, ...easternNameClassLines]) {
    const [left, latin, short] = line.split('|');
    const [sex, ...members] = words(left);
    const id = classes.length;
    classes.push({
      id,
      head: members[0]!,
      sex: sex === 'f' ? 'f' : 'm',
      members: [...members, ...words(latin)],
    });
    for (const member of members) {
      put(byFine, getFineKey(member), id);
      put(byCoarse, getCoarseKey(getFineKey(member)), id);
      if (sex === 'm') {
        put(byFather, getFatherKey(member), id);
        put(byFineFather, getFineFatherKey(member), id);
      }
    }
    for (const member of words(latin)) {
      put(byFine, getFineKey(member), id);
      // Victorovich is Викторович; a spelling that is also another father's own stays that father's.
      if (sex === 'm') exonyms.push([getFineFatherKey(member), id]);
    }
    for (const member of words(short)) {
      put(shortByFine, getFineKey(member), id);
      if (sex === 'm' && /[кл]о$/u.test(member)) put(byShortFather, getFineFatherKey(member), id);
    }
  }
  for (const [key, id] of exonyms) {
    const own = byFineFather.get(key);
    if (own === undefined || ofExonyms.has(key)) {
      ofExonyms.add(key);
      put(byFineFather, key, id);
    }
  }
  for (const line of englishShortNames) {
    const [full, ...shorts] = words(line);
    const key = getFineKey(full!);
    const own = byFine.get(key);
    let ids = own;
    if (ids === undefined) {
      const id = classes.length;
      classes.push({ id, head: full!, sex: 'unknown', members: [full!] });
      put(byFine, key, id);
      ids = [id];
    }
    for (const short of shorts) for (const id of ids) put(shortByFine, getFineKey(short), id);
  }
  const weak: number[][] = classes.map(() => []);
  const byHead = new Map(classes.map((one) => [one.head, one.id] as const));
  for (const [one, other] of weakLinks) {
    const a = byHead.get(one);
    const b = byHead.get(other);
    if (a === undefined || b === undefined) throw new Error(`weak link names no class: ${one}, ${other}`);
    weak[a]!.push(b);
    weak[b]!.push(a);
  }
  built = { classes, byFine, byCoarse, shortByFine, byFather, byFineFather, byShortFather, weak };
  return built;
}

/** All classes, in the order of the table. */
export function getGivenNameClasses(): readonly GivenNameClass[] {
  return getIndex().classes;
}

/**
 * Looks a spelling up by its fine key, then by its readings, then by its coarse key if that names one class only.
 *
 * @param token one repaired name token, any case and script; cost: a few hash look-ups
 */
export function findGivenName(token: string): GivenNameFinding {
  const index = getIndex();
  const fine = getFineKey(token);
  let classes = index.byFine.get(fine);
  const shortOf = index.shortByFine.get(fine) ?? [];
  if (classes === undefined)
    for (const reading of getReadings(token, true)) {
      const ids = index.byFine.get(reading.fine);
      if (ids?.length === 1) {
        classes = ids;
        break;
      }
    }
  if (classes === undefined && shortOf.length === 0 && fine.length > 3) {
    const ids = index.byCoarse.get(getCoarseKey(fine));
    if (ids?.length === 1) classes = ids;
  }
  if (classes === undefined && shortOf.length === 0) return none;
  const own = classes ?? [];
  const weak = own.flatMap((id) => index.weak[id]!).filter((id) => !own.includes(id));
  return { classes: own, shortOf, weak: [...new Set(weak)].sort((a, b) => a - b) };
}

/** The class that a fine key is a full name of, when it is one class only; one hash look-up. */
export function findClassOfKey(fine: string): number | undefined {
  const ids = getIndex().byFine.get(fine);
  return ids?.length === 1 ? ids[0] : undefined;
}

/** The classes whose bearers' children have a patronymic with this stem (a name without its suffix, any script). */
export function findFatherClasses(stem: string): readonly number[] {
  const index = getIndex();
  const fine = getFineFatherKey(stem);
  const own = index.byFineFather.get(fine) ?? index.byFather.get(getFatherKey(stem));
  // A single consonant is left of many names: of Haji, whose j is read as й, as of Гія.
  if (own !== undefined && fine.length > 1) return own;
  for (const reading of getReadings(stem, true)) {
    const ids = index.byFineFather.get(toFatherStem(reading.fine));
    if (ids?.length === 1) return ids;
  }
  if (own !== undefined) return own;
  const short = index.byShortFather.get(fine);
  return short?.length === 1 ? short : [];
}

/** Classes weakly linked with this one. */
export function getWeaklyLinked(id: number): readonly number[] {
  return getIndex().weak[id] ?? [];
}
