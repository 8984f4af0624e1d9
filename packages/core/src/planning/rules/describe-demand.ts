/** What a rule asks for and what there is, in words with figures. */
import type { Lane, Rule, Selector } from '../problem/problem.ts';
import { compareText, getIndex, isSelected, type Roster } from '../problem/roster.ts';

/** Lanes that a rule reaches only by naming them [PL-6]. */
const lanes: readonly Lane[] = ['direct-repatriation', 'civilian-release', 'remains'];

/** What a rule asks for and what there is, in words. */
export function describeDemand(roster: Roster, rule: Rule): string {
  const count = (who: Selector, tranche: string | undefined, isQuota = false): string => {
    const at = tranche === undefined ? undefined : getIndex(roster.trancheIndex, tranche);
    let eligible = 0;
    let outside = 0;
    const grounds = new Map<string, number>();
    for (const person of roster.persons) {
      if (!isSelected(roster, person, who)) continue;
      if (person.ineligible !== undefined)
        grounds.set(person.ineligible, (grounds.get(person.ineligible) ?? 0) + 1);
      else if (at !== undefined && (at < person.first || at > person.last)) outside += 1;
      else eligible += 1;
    }
    const elsewhere =
      isQuota && who.lanes === undefined
        ? lanes.flatMap((lane) => {
            const number = roster.persons.filter(
              (person) =>
                person.ineligible === undefined && isSelected(roster, person, { ...who, lanes: [lane] }),
            ).length;
            return number === 0 ? [] : [`${number} more are in ${lane}, which this rule does not name`];
          })
        : [];
    const rest = [...grounds]
      .sort(([one, many], [other, more]) => more - many || compareText(one, other))
      .map(([ground, number]) => `${number} ${ground}`);
    if (outside > 0) rest.push(`${outside} not in this tranche`);
    return `${eligible} are eligible${rest.length === 0 ? '' : `: ${rest.join(', ')}`}${elsewhere.map((text) => `; ${text}`).join('')}`;
  };
  const names = (list: readonly string[]): string =>
    list.length > 6 ? `${list.slice(0, 6).join(', ')} and ${list.length - 6} more` : list.join(', ');
  switch (rule.kind) {
    case 'quota': {
      const { categories } = rule.who;
      const what = categories === undefined ? 'persons' : `persons (${categories.join(', ')})`;
      const where = rule.tranche ?? (rule.over === 'total' ? 'all tranches together' : 'each tranche');
      const asked =
        rule.exact !== undefined
          ? `exactly ${rule.exact} ${what} are required`
          : [
              ...(rule.min === undefined ? [] : [`at least ${rule.min} ${what} are required`]),
              ...(rule.max === undefined ? [] : [`at most ${rule.max} ${what} are allowed`]),
            ].join(' and ');
      return `"${rule.id}": ${asked} in ${where}; ${count(rule.who, rule.tranche, true)}.`;
    }
    case 'parity':
      switch (rule.form) {
        case 'fixed':
          return `"${rule.id}": ${rule.counts.join(', ')} are fixed on ${names(rule.legs)}; ${rule.legs
            .map((leg) => `on ${leg} ${count({ legs: [leg] }, undefined)}`)
            .join('; ')}.`;
        case 'equal':
          return `"${rule.id}": as many on ${names(rule.left)} as on ${names(rule.right)}; on the first ${count({ legs: rule.left }, undefined)}; on the second ${count({ legs: rule.right }, undefined)}.`;
        case 'ratio':
          return `"${rule.id}": ${rule.ratio.join(' : ')} on ${names(rule.left)} and ${names(rule.right)}.`;
        case 'balance':
          return `"${rule.id}": ${names(rule.powers)} give as many as they receive.`;
        case 'one-way':
          return `"${rule.id}": couples nothing.`;
      }
    // eslint-disable-next-line no-fallthrough -- every form above returns
    case 'must-go': {
      const kept = rule.persons.filter((id) => {
        const person = roster.persons[getIndex(roster.personIndex, id)];
        return person?.ineligible !== undefined;
      });
      return `"${rule.id}": ${names(rule.persons)} must go${rule.by === undefined ? '' : ` by ${rule.by}`}${
        kept.length === 0 ? '' : `; ${names(kept)} cannot be planned`
      }.`;
    }
    case 'veto':
      return `"${rule.id}": ${names(rule.persons)} may not go${rule.tranche === undefined ? '' : ` in ${rule.tranche}`}.`;
    case 'place':
      return `"${rule.id}": ${names(rule.persons)} ${rule.tranche === null ? 'stay off' : `go in ${rule.tranche}`}.`;
    case 'package':
      return rule.form === 'together'
        ? `"${rule.id}": ${names(rule.persons)} go together or not at all.`
        : `"${rule.id}": ${names(rule.persons)} go only with ${names(rule.with)}.`;
    case 'family':
      return `"${rule.id}": ${names(rule.persons)} are one family and go together.`;
    case 'apart':
      return `"${rule.id}": no two of ${names(rule.persons)} share a tranche.`;
    case 'capacity':
      return `"${rule.id}": at most ${rule.max} cross at ${rule.crossing}.`;
    case 'vehicles': {
      const sum = (kind: 'seats' | 'stretchers' | 'ambulances'): number =>
        rule.vehicles.reduce((total, vehicle) => total + (vehicle[kind] ?? 0), 0);
      return `"${rule.id}": ${sum('seats')} seats, ${sum('stretchers')} stretchers and ${sum('ambulances')} ambulance places on ${names(rule.legs)}.`;
    }
    case 'facility':
      return `"${rule.id}": at most ${rule.max} a day are fetched from ${rule.facility}.`;
    case 'circuit':
      return `"${rule.id}": everyone on ${names(rule.legs)} goes in a cycle or chain of at most ${rule.cap} legs.`;
    case 'gate':
      return `"${rule.id}": ${names(rule.open)} open when ${rule.count} have crossed on ${names(rule.after)}.`;
  }
}
