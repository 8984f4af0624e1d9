/** Clearance, deaths and remains: what the record says of a person who does not go, and what it does not. */
import { describe, expect, it } from 'vitest';
import { byLeg, madeUpHash, madeUpTerms, personsOf, player, Rehearsal } from '../../../testing/rehearsal.ts';
import type { EntryId, LegId, PartyId } from '../act/ids.ts';
import { getFrom } from '../state/persistent-map.ts';

const leg = (id: string, from: string, to: string, lane = 'exchange') =>
  ({ id, from, to, lane, count: 4 }) as never;
const terms = madeUpTerms({ legs: [leg('A-B', 'A', 'B'), leg('dead', 'A', 'B', 'remains')] });
const there = 'A-B' as LegId;
const persons = personsOf(there, 4);
const bodies = personsOf('dead', 4);

function ready(): Rehearsal {
  const r = new Rehearsal('clearance');
  r.open(['A', 'B'], ['N']);
  r.agree(terms);
  r.list(terms, [
    { leg: there, persons: 4 },
    { leg: 'dead' as LegId, persons: 4 },
  ]);
  r.askAndExamine('N', 'A', persons);
  return r;
}
const observer = player('N', 'observer');
const entry = (r: Rehearsal, id: EntryId) => getFrom(r.state.entries, id);

describe('a person who does not go', () => {
  it('[EX-80] N8. leaves the same trace whatever the ground: will, health, the holder or the law', () => {
    const grounds = ['will', 'health', 'holder', 'law'].map((ground) => {
      const r = ready();
      r.play(observer, 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: persons[0]!, cleared: false }],
        grounds: madeUpHash(ground),
      });
      const tranche = r.prepare(terms, 1, byLeg({ [there]: persons.slice(1) }));
      const ref = { tranche, leg: there, step: 1 };
      r.bringToLine(terms, ref, persons.slice(1), 'N', [persons[1]!]);
      const said = r.acts.map(({ act }) => JSON.stringify(act.body).replaceAll(/[0-9a-f]{64}/gu, 'hash'));
      return said.join('\n');
    });
    expect(new Set(grounds).size).toBe(1);
    expect(grounds[0]).not.toMatch(/"(goes|fitness|unfit|will|reason)"/u);
  });

  it('[EX-80] is one of a number in which nobody is told from another', () => {
    const r = ready();
    const tranche = r.prepare(terms, 1, byLeg({ [there]: persons }));
    const ref = { tranche, leg: there, step: 1 };
    r.bringToLine(terms, ref, persons.slice(0, 3), 'N', [persons[0]!]);
    r.play(observer, 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: persons[3]!, cleared: false }],
    });
    expect(getFrom(r.state.legs, there).notGoing).toBe(2);
  });
});

describe('a death', () => {
  it('[EX-78] is said by who has the person, or a neutral, and by nobody else', () => {
    const r = ready();
    const tranche = r.prepare(terms, 1, byLeg({ [there]: persons }));
    const ref = { tranche, leg: there, step: 1 };
    r.bringToLine(terms, ref, persons, 'N');
    const say = (party: string, id: EntryId) =>
      r.fork().attempt(player(party, party === 'N' ? 'observer' : 'officer'), 'DeathRecorded', { entry: id })
        .decision.kind;
    expect([say('B', persons[0]!), say('A', persons[0]!), say('N', persons[0]!)]).toEqual([
      'refused',
      'accepted',
      'accepted',
    ]);
    r.play(player('A', 'officer'), 'DeathRecorded', { entry: persons[0]! });
    expect(entry(r, persons[0]!)).toMatchObject({ whereabouts: 'died', notGoing: there });
    expect(r.step(ref).persons).toHaveLength(3);
    // F11. Giver and neutral count again: nobody lowered their counts.
    const release = r.attempt(player('A', 'officer'), 'StepReleased', ref);
    expect(release.decision).toMatchObject({ refusal: { kind: 'CountsMissing' } });
    for (const by of [player('A', 'officer'), observer]) {
      r.play(by, 'HeadCounted', { ...ref, place: 'departure', count: 3 });
    }
    r.cross(terms, ref, 'N');
    // Across, that they arrived is confirmed first; and no later death takes a verified return away.
    expect([say('A', persons[1]!), say('B', persons[1]!)]).toEqual(['refused', 'refused']);
    r.confirm(terms, ref);
    expect([say('A', persons[1]!), say('B', persons[1]!)]).toEqual(['refused', 'refused']);
    expect(getFrom(r.state.legs, there).returned).toBe(3);
  });

  it('[EX-79] ties remains to persons, many to many, and to nobody who came home (P8)', () => {
    const r = ready();
    r.play(player('A', 'coordinator'), 'DeathRecorded', { entry: persons[0]!, remains: bodies[0]! });
    expect(entry(r, persons[0]!).remains).toEqual([bodies[0]]);
    const identify = (remains: EntryId, ids: readonly EntryId[]) =>
      r.attempt(player('B', 'coordinator'), 'RemainsIdentified', {
        remains,
        persons: ids,
        numberedOn: '2025-06-01',
        identifiedOn: '2026-08-01',
      }).decision;
    expect(identify(bodies[1]!, [persons[0]!, persons[1]!])).toEqual({ kind: 'accepted' });
    expect(entry(r, persons[0]!).remains).toEqual([bodies[0], bodies[1]]);
    expect(entry(r, bodies[1]!).identifiedAs).toEqual([persons[0], persons[1]]);
    expect(entry(r, persons[1]!).whereabouts).toBe('died');
    expect(identify(persons[2]!, [persons[3]!])).toMatchObject({ refusal: { kind: 'NotRemains' } });
    const tranche = r.prepare(terms, 1, byLeg({ [there]: persons.slice(2) }));
    r.carry(terms, tranche, { [there]: 2 }, 'N');
    expect(identify(bodies[2]!, [persons[2]!])).toMatchObject({ refusal: { kind: 'PersonGone' } });
    expect(identify(bodies[2]!, [bodies[2]!])).toMatchObject({ refusal: { kind: 'EntryRepeated' } });
  });
});

describe('without a neutral', () => {
  it('[EX-31] the party that has the person clears them, and the parties count alone', () => {
    const alone = madeUpTerms({
      legs: [leg('A-B', 'A', 'B')],
      neutrals: [],
      unwitnessed: 'by-the-parties-alone',
    });
    const r = new Rehearsal('alone');
    r.open(['A', 'B'], []);
    r.agree(alone);
    r.list(alone, [{ leg: there, persons: 4 }]);
    const clear = (by: string) =>
      r.attempt(player(by as PartyId, 'officer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: persons.map((id) => ({ entry: id, cleared: true })),
      }).decision.kind;
    expect([clear('B'), clear('A')]).toEqual(['refused', 'accepted']);
  });
});
