/**
 * What a number counts, as data: whether two numbers can be compared is computed from this table, never guessed.
 *
 * `domain`  living people, the dead, or something that is not people at all
 * `within`  the unit of which this one is a part: who is military is a person; a person need not be military
 */
export interface UnitMeaning {
  readonly domain: 'living' | 'remains' | 'other';
  readonly within?: Unit;
  /** In the plural, for a sentence. */
  readonly word: string;
}

export const units = {
  persons: { domain: 'living', word: 'persons' },
  military: { domain: 'living', within: 'persons', word: 'military persons' },
  civilians: { domain: 'living', within: 'persons', word: 'civilians' },
  children: { domain: 'living', within: 'persons', word: 'children' },
  women: { domain: 'living', within: 'persons', word: 'women' },
  wounded: { domain: 'living', within: 'persons', word: 'wounded persons' },
  // A legal status that somebody claims, and neither a service nor everybody who crosses.
  prisoners_of_war: { domain: 'living', within: 'persons', word: 'prisoners of war' },
  remains: { domain: 'remains', word: 'remains' },
  names_on_list: { domain: 'other', word: 'names on a list' },
  list: { domain: 'other', word: 'lists' },
  exchanges: { domain: 'other', word: 'exchanges' },
  operations: { domain: 'other', word: 'operations' },
  talks: { domain: 'other', word: 'talks' },
  hours: { domain: 'other', word: 'hours' },
  days: { domain: 'other', word: 'days' },
  regions: { domain: 'other', word: 'regions' },
  crossings: { domain: 'other', word: 'crossings' },
  vehicles: { domain: 'other', word: 'vehicles' },
  aircraft: { domain: 'other', word: 'aircraft' },
  drones: { domain: 'other', word: 'drones' },
  none: { domain: 'other', word: 'nothing' },
} as const satisfies Readonly<Record<string, { domain: string; within?: string; word: string }>>;

export type Unit = keyof typeof units;

export function meaningOf(unit: Unit): UnitMeaning {
  return units[unit];
}

/**
 * Bodies that count the people they handle themselves. Such a count measures something else than everybody released:
 * it stands beside the record as a number of its own.
 */
export const neutralBodies: ReadonlySet<string> = new Set(['ICRC', 'UN', 'OSCE', 'NNRC', 'IOM', 'UNHCR']);
