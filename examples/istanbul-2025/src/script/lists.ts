/**
 * Lists sealed on both sides, opened together, answered entry by entry, and commented in two rounds where linking
 * was not sure.
 */
import { createHash } from 'node:crypto';
import { canonicalText, listRoot, personsPerActMax } from '@homeward/core/exchange';
import type { Base64Hash, EntryId, EntryOpening } from '@homeward/core/exchange';
import {
  reconcile,
  reconciliationFaultToSentence,
  type Judgement,
  type LinkedEntries,
  type Listed,
} from '@homeward/core/reconciliation';
import { chanceOf } from '../chance.ts';
import type { Pair } from '../linking.ts';
import type { PowerCode } from '../lists.ts';
import { otherPower } from '../lists.ts';
import type { World } from '../world.ts';
import { listKinds, powers } from '../world.ts';
import type { WrittenPerson } from '../written.ts';
import { inChunks } from './chunks.ts';
import type { Payloads } from './payloads.ts';
import { lockedRecords, paper, revealKeyOf } from './payloads.ts';
import type { Script } from './task.ts';

/** What stands for a person in the log: an id drawn at random and a salted commitment to the record. */
export function openingOf(world: World, person: WrittenPerson): EntryOpening {
  const salt = chanceOf(world.seed, `salt ${person.id}`).bytes();
  return {
    entry: person.id as EntryId,
    commitment: createHash('sha256')
      .update(salt)
      .update(canonicalText(person))
      .digest('base64') as Base64Hash,
    category: person.category === 'civilian' ? 'civilian' : 'military',
    lane: 'exchange',
  };
}

/** What `judge` answers to the other side's lists before any comment. */
function answersOf(world: World, judge: PowerCode): readonly Judgement[] {
  const owner = otherPower(judge);
  const listed = (power: PowerCode): readonly Listed[] =>
    listKinds.flatMap((kind) =>
      world.lists.of[power][kind].map(({ id }) => ({ entry: id as EntryId, kind })),
    );
  const theirs = listed(owner);
  const sought = new Set(world.lists.of[owner].sought.map(({ id }) => id));
  const pairOf = (pair: Pair, decision: 'match' | 'review'): LinkedEntries => {
    const [seeking, holding] = [pair.sought as EntryId, pair.held as EntryId];
    const isSought = sought.has(seeking);
    return {
      theirs: isSought ? seeking : holding,
      ours: isSought ? holding : seeking,
      ...{ decision, probability: decision === 'match' ? 1 : 0.5 },
    };
  };
  const answers = reconcile({
    theirs,
    ours: listed(judge),
    pairs: [
      ...[...world.pairs].map(([seeking, holding]) => pairOf({ sought: seeking, held: holding }, 'match')),
      ...world.unsure.map((pair) => pairOf(pair, 'review')),
    ],
    // What became of those whom linking finds nowhere is known to the people who held them.
    decided: theirs.flatMap(({ entry }) => {
      const fate = world.pairs.has(entry) ? undefined : world.lists.fates.get(entry);
      return fate === undefined ? [] : [{ theirs: entry, says: fate }];
    }),
  });
  if (!answers.ok) throw new Error(reconciliationFaultToSentence(answers.error));
  return answers.value.judgements;
}

/**
 * Entries of the sought list of `power` that the other side asks about: first those it has a guess for, then those
 * it has none for, then some that it is sure not to hold.
 */
function doubtful(world: World, power: PowerCode): readonly EntryId[] {
  const { pairs, lists } = world;
  const unsure = new Set(world.unsure.map(({ sought }) => sought));
  const open = lists.of[power].sought.map(({ id }) => id as EntryId).filter((id) => !pairs.has(id));
  return [
    ...open.filter((id) => unsure.has(id)),
    ...open.filter((id) => !unsure.has(id) && !lists.fates.has(id)),
    ...open.filter((id) => lists.fates.get(id) === 'not-held' && !unsure.has(id)),
  ];
}

/** Comments made per power in each of the two rounds. */
const commentsInRound = [6, 2];

/** Adds the tasks; gives back the labels after which tranches can be chosen. */
export function addLists(
  script: Script,
  world: World,
  payloads: Payloads,
  needs: readonly string[],
): readonly string[] {
  const sealed = powers.flatMap((power) =>
    listKinds.map((kind) => {
      const openings = world.lists.of[power][kind].map((person) => openingOf(world, person));
      const label = `seal ${power} ${kind}`;
      return script.add({
        label,
        actor: `${power}.coordinator`,
        kind: 'ListSealed',
        needs,
        body: () => ({
          list: world.listIds[power][kind],
          kind,
          root: listRoot(openings),
          count: openings.length,
          records: payloads.hashOf({
            ...{ label: `${label} records`, from: power, to: [otherPower(power)] },
            content: () => lockedRecords(world, label, world.lists.of[power][kind]),
          }),
          escrow: payloads.hashOf({
            ...{ label: `${label} escrow`, from: power, to: ['N1'] },
            content: () => revealKeyOf(world, label),
          }),
        }),
      });
    }),
  );
  const opened = powers.flatMap((power) =>
    listKinds.flatMap((kind) => {
      const openings = world.lists.of[power][kind].map((person) => openingOf(world, person));
      const chunks = inChunks(openings, personsPerActMax);
      // A list of nobody is opened too.
      const parts = chunks.length === 0 ? [[]] : chunks;
      let before = sealed;
      for (const [index, entries] of parts.entries()) {
        before = [
          script.add({
            label: `open ${power} ${kind} ${index + 1}`,
            actor: `${power}.coordinator`,
            kind: 'ListOpened',
            needs: before,
            body: () => ({
              ...{ list: world.listIds[power][kind], part: index + 1, parts: parts.length, entries },
              reveal: payloads.hashOf({
                ...{ label: `reveal ${power} ${kind}`, from: power, to: [otherPower(power)] },
                content: () => revealKeyOf(world, `seal ${power} ${kind}`),
              }),
            }),
          }),
        ];
      }
      return before;
    }),
  );
  return powers.flatMap((judge) => {
    const owner = otherPower(judge);
    const answers = new Map(answersOf(world, judge).map((answer) => [answer.entry, answer]));
    const judged = listKinds.flatMap((kind) =>
      inChunks(
        world.lists.of[owner][kind].flatMap(({ id }) => answers.get(id as EntryId) ?? []),
        personsPerActMax,
      ).map((judgements, index) =>
        script.add({
          label: `judge ${owner} ${kind} ${index + 1}`,
          actor: `${judge}.coordinator`,
          kind: 'EntryJudged',
          needs: opened,
          body: () => ({ judgements }),
        }),
      ),
    );
    return [...judged, ...addComments(script, world, payloads, judge, judged)];
  });
}

function addComments(
  script: Script,
  world: World,
  payloads: Payloads,
  judge: PowerCode,
  needs: readonly string[],
): readonly string[] {
  const owner = otherPower(judge);
  const doubts = doubtful(world, owner);
  return doubts.slice(0, commentsInRound[0]).map((entry, index) => {
    const rounds = index < commentsInRound[1]! ? 2 : 1;
    let before = needs;
    for (let round = 1; round <= rounds; round++) {
      const name = `comment ${owner} ${index + 1} round ${round}`;
      const made = script.add({
        label: name,
        actor: `${judge}.coordinator`,
        kind: 'CommentMade',
        needs: before,
        body: () => ({
          ...{ entry, round },
          text: payloads.hashOf(
            paper(
              { label: name, from: judge, to: [owner] },
              () => 'Please send a photograph and the day of capture.',
            ),
          ),
        }),
      });
      before = [
        script.add({
          label: `answer ${name}`,
          actor: `${owner}.coordinator`,
          kind: 'CommentAnswered',
          needs: [made],
          body: ({ idOf }) => ({
            comment: idOf(made),
            text: payloads.hashOf(
              paper({ label: `answer ${name}`, from: owner, to: [judge] }, () => ({
                person: world.lists.of[owner].sought.find(({ id }) => id === entry),
              })),
            ),
          }),
        }),
      ];
    }
    const counterpart = world.lists.truth.get(entry) as EntryId | undefined;
    return script.add({
      label: `judge again ${owner} ${index + 1}`,
      actor: `${judge}.coordinator`,
      kind: 'EntryJudged',
      needs: before,
      body: () => ({
        judgements: [
          // The answers showed who it is, unless linking had given that entry to somebody else.
          counterpart === undefined || world.soughtOf.has(counterpart)
            ? { entry, verdict: world.lists.fates.get(entry) ?? 'conflicting-data' }
            : { entry, verdict: 'acknowledged', counterpart },
        ],
      }),
    });
  });
}
