/**
 * What each power knows: the list it seeks, the list it holds, the list it withholds (GC III 119), and the truth
 * that only the generator knows, against which linking is measured.
 */
import { chanceOf } from './chance.ts';
import type { Language, Person } from './person.ts';
import { generatePeople } from './person.ts';
import type { WrittenPerson } from './written.ts';
import { heldDamage, soughtDamage, writeDown } from './written.ts';

export type PowerCode = 'A' | 'B';

export const languageOf: Readonly<Record<PowerCode, Language>> = { A: 'uk', B: 'ru' };

export function otherPower(power: PowerCode): PowerCode {
  return power === 'A' ? 'B' : 'A';
}

/** The lists of one power. */
export interface PowerLists {
  /** Its own people, whom it asks for. */
  readonly sought: readonly WrittenPerson[];
  /** The other power's people, whom it acknowledges to hold. */
  readonly held: readonly WrittenPerson[];
  /** The other power's people, whom it holds back for pending proceedings. */
  readonly withheld: readonly WrittenPerson[];
}

/** What became of a sought person who is on no list of the other side. */
export type Fate = 'not-held' | 'reported-dead' | 'transferred-to-third-power';

export interface Lists {
  readonly of: Readonly<Record<PowerCode, PowerLists>>;
  /** Sought entry → the entry of the same person on the other side's held or withheld list. */
  readonly truth: ReadonlyMap<string, string>;
  /** Sought entries with no entry opposite, and why. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Entries of one family, over both powers' held lists. */
  readonly families: readonly (readonly string[])[];
  /** One person per power who is on nobody's held list and comes home all the same; by power of origin. */
  readonly unlisted: Readonly<Record<PowerCode, WrittenPerson>>;
}

/** How many of a population of 1,400 stand where; other sizes in proportion, at least one each. */
const share = {
  population: 1_400,
  withheld: 14,
  heldNotSought: 28,
  soughtNotHeld: 36,
  reportedDead: 3,
  transferred: 2,
};

/** `count` people of each power on the other's lists, with the seed's damage. */
export function generateLists(wish: {
  readonly seed: number;
  readonly count: number;
  /** Of them, civilians. */
  readonly civilians: number;
  /** Families over both powers. */
  readonly families: number;
}): Lists {
  const { seed, count } = wish;
  const scaled = (number: number): number => Math.max(1, Math.round((number * count) / share.population));
  const truth = new Map<string, string>();
  const fates = new Map<string, Fate>();
  const drafts = (['A', 'B'] as const).map((origin) => {
    const chance = chanceOf(seed, `lists ${origin}`);
    const own = languageOf[origin];
    const holders = languageOf[otherPower(origin)];
    const absent = scaled(share.soughtNotHeld) + scaled(share.reportedDead) + scaled(share.transferred);
    const people = generatePeople({
      seed,
      language: own,
      count: count + absent + 1,
      civilians: wish.civilians,
      families: origin === 'A' ? Math.ceil(wish.families / 2) : Math.floor(wish.families / 2),
    });
    const families = new Map<number, string[]>();
    const asSought = (person: Person): WrittenPerson =>
      writeDown({ person, id: chance.id(), language: own, rates: soughtDamage, keeps: 'sought', chance });
    const asHeld = (person: Person): WrittenPerson =>
      writeDown({ person, id: chance.id(), language: holders, rates: heldDamage, keeps: 'held', chance });

    const present = people.slice(0, count);
    const sought: WrittenPerson[] = [];
    const held: WrittenPerson[] = [];
    const withheld: WrittenPerson[] = [];
    present.forEach((person, index) => {
      const opposite = asHeld(person);
      if (person.family !== undefined) {
        families.set(person.family, [...(families.get(person.family) ?? []), opposite.id]);
      }
      const isWithheld = index < scaled(share.withheld);
      (isWithheld ? withheld : held).push(opposite);
      if (isWithheld || index >= scaled(share.withheld) + scaled(share.heldNotSought)) {
        const entry = asSought(person);
        sought.push(entry);
        truth.set(entry.id, opposite.id);
      }
    });
    people.slice(count, count + absent).forEach((person, index) => {
      const entry = asSought(person);
      sought.push(entry);
      const dead = scaled(share.reportedDead);
      fates.set(
        entry.id,
        index < dead
          ? 'reported-dead'
          : index < dead + scaled(share.transferred)
            ? 'transferred-to-third-power'
            : 'not-held',
      );
    });
    const last = people.at(-1);
    if (last === undefined) throw new Error('nobody was generated');
    return {
      sought: chance.shuffled(sought),
      held: chance.shuffled(held),
      withheld: chance.shuffled(withheld),
      unlisted: asHeld(last),
      families: [...families.values()].filter((family) => family.length > 1),
    };
  });
  const [a, b] = drafts;
  if (a === undefined || b === undefined) throw new Error('both powers have lists');
  return {
    of: {
      A: { sought: a.sought, held: b.held, withheld: b.withheld },
      B: { sought: b.sought, held: a.held, withheld: a.withheld },
    },
    truth,
    fates,
    families: [...a.families, ...b.families],
    unlisted: { A: a.unlisted, B: b.unlisted },
  };
}
