/** Words with figures about whom a rule counts: how many there are, and why others are not. */
import type { Lane, Selector } from '../problem/problem.ts';
import { compareText, getIndex, isSelected, type Roster } from '../problem/roster.ts';

/** Lanes that a rule reaches only by naming them [PL-6]. */
const lanes: readonly Lane[] = ['direct-repatriation', 'civilian-release', 'remains', 'children'];

export class RuleWords {
  readonly roster: Roster;

  constructor(roster: Roster) {
    this.roster = roster;
  }

  /** How many whom the selector chooses are eligible, and why the others are not. */
  eligible(who: Selector, tranche?: string): string {
    const at = tranche === undefined ? undefined : getIndex(this.roster.trancheIndex, tranche);
    let eligible = 0;
    let outside = 0;
    const grounds = new Map<string, number>();
    for (const person of this.roster.persons) {
      if (!isSelected(this.roster, person, who)) continue;
      if (person.ineligible !== undefined)
        grounds.set(person.ineligible, (grounds.get(person.ineligible) ?? 0) + 1);
      else if (at !== undefined && (at < person.first || at > person.last)) outside += 1;
      else eligible += 1;
    }
    const rest = [...grounds]
      .sort(([one, many], [other, more]) => more - many || compareText(one, other))
      .map(([ground, number]) => `${number} ${ground}`);
    if (outside > 0) rest.push(`${outside} not in this tranche`);
    const others = rest.length === 0 ? '' : ` (and not: ${rest.join(', ')})`;
    return `${count(eligible, 'is', 'are')} eligible${others}`;
  }

  /** Those whom a selector without lanes would choose if it named their lane. */
  inOtherLanes(who: Selector): string {
    if (who.lanes !== undefined) return '';
    return lanes
      .map((lane) => {
        const number = this.roster.persons.filter(
          (person) =>
            person.ineligible === undefined && isSelected(this.roster, person, { ...who, lanes: [lane] }),
        ).length;
        return number === 0
          ? ''
          : `; ${count(number, 'more is', 'more are')} in ${lane}, which this rule does not name`;
      })
      .join('');
  }

  /** Whom a selector chooses, after a number: "female persons (soldier) on A-B, aged 18 to 25,". */
  whom(who: Selector, number: number): string {
    const { ageMin, ageMax } = who;
    const age =
      ageMin !== undefined && ageMax !== undefined
        ? `aged ${ageMin} to ${ageMax}`
        : ageMin !== undefined
          ? `aged ${ageMin} or older`
          : ageMax !== undefined
            ? `aged ${ageMax} or younger`
            : undefined;
    const legs = who.legs === undefined ? '' : ` on ${who.legs.join(' or ')}`;
    const details = [
      age,
      who.needs === undefined ? undefined : `who need a place of the kind ${who.needs.join(' or ')}`,
      who.facilities === undefined ? undefined : `held in ${who.facilities.join(' or ')}`,
      who.lanes === undefined ? undefined : `in the lane ${who.lanes.join(' or ')}`,
      who.daysMin === undefined ? undefined : `held ${who.daysMin} days or longer`,
      who.daysMax === undefined ? undefined : `held ${who.daysMax} days or less`,
      who.labels === undefined ? undefined : `labelled ${who.labels.join(' or ')}`,
      who.persons === undefined ? undefined : `of the list ${this.names(who.persons)}`,
    ].filter((detail) => detail !== undefined);
    const categories = who.categories === undefined ? '' : ` (${who.categories.join(' or ')})`;
    const sexes = who.sexes === undefined ? '' : `${who.sexes.join(' or ')} `;
    const noun = number === 1 ? 'person' : 'persons';
    return `${sexes}${noun}${categories}${legs}${details.length === 0 ? '' : `, ${details.join(', ')},`}`;
  }

  /** One word where one is named, another where more are. */
  verb(list: readonly string[], one: string, many: string): string {
    return list.length === 1 ? one : many;
  }

  /** Some of the names, and how many more there are. */
  names(list: readonly string[]): string {
    return list.length > 6 ? `${list.slice(0, 6).join(', ')} and ${list.length - 6} more` : list.join(', ');
  }
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
