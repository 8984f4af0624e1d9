/**
 * The day itself: notices, manifests, head counts by giver, neutral and receiver, and one step after the other on
 * both crossings at once, each waiting for the step before it on either side.
 */
import { personsPerActMax } from '@homeward/core/exchange';
import type { EntryId } from '@homeward/core/exchange';
import type { PowerCode } from '../lists.ts';
import { otherPower } from '../lists.ts';
import { crossings, legFrom } from '../terms.ts';
import type { TranchePlan, World } from '../world.ts';
import { byPower, powers } from '../world.ts';
import { addAgreedTranche, windowOf } from './choice.ts';
import { inChunks } from './chunks.ts';
import { openingOf } from './lists.ts';
import type { Payloads } from './payloads.ts';
import { paper } from './payloads.ts';
import type { Script } from './task.ts';

/** Adds one tranche from its schedule to its certificate. */
export function addCrossing(
  script: Script,
  world: World,
  tranche: TranchePlan,
  payloads: Payloads,
  needs: readonly string[],
): readonly string[] {
  const name = `tranche ${tranche.number}`;
  const ready = powers.map((power) => addMovement(script, world, { tranche, name, power, payloads }, needs));
  const steps = byPower((power) => inChunks(tranche.persons[power], world.figures.stepSize));
  const last = Math.max(steps.A.length, steps.B.length);
  const manifests = addManifests(script, world, tranche, steps, ready);
  const closed: (readonly string[])[] = [];
  let resumed: readonly string[] = [];
  for (let step = 1; step <= last; step++) {
    const busses = powers.flatMap((power) => {
      const persons = steps[power][step - 1];
      return persons === undefined ? [] : [{ tranche, power, step, persons }];
    });
    // One bus waits behind the one that crosses; the third has not left yet.
    const stage = [...manifests, ...(closed.at(-2) ?? []), ...resumed];
    const staged = busses.map((bus) => addStaging(script, bus, nameOf(bus), stage));
    const before = [...(closed.at(-1) ?? ready), ...staged];
    const stop = addStop(script, tranche, step, last, before);
    resumed = [...resumed, ...stop];
    closed.push(busses.flatMap((bus) => addPassage(script, world, bus, payloads, [...before, ...stop])));
  }
  const confirmed = powers.flatMap((power) =>
    powers.flatMap((by) =>
      inChunks(homeBy(world, tranche, power), personsPerActMax).map((persons, index) =>
        script.add({
          label: `confirm ${name} from ${power} by ${by} ${index + 1}`,
          actor: `${by}.coordinator`,
          kind: 'ReturnConfirmed',
          needs: closed.at(-1) ?? [],
          body: () => ({ tranche: tranche.id, leg: legFrom[power], persons }),
        }),
      ),
    ),
  );
  return [
    script.add({
      label: `certify ${name}`,
      actor: 'N1.observer',
      kind: 'TrancheCertified',
      needs: confirmed,
      body: () => ({
        tranche: tranche.id,
        returned: {
          [legFrom.A]: tranche.persons.A.length,
          [legFrom.B]: tranche.persons.B.length,
        },
      }),
    }),
  ];
}

/** Who came home on this leg: the tranche, and whoever came on no list. */
function homeBy(world: World, tranche: TranchePlan, power: PowerCode): readonly EntryId[] {
  const last = Math.ceil(tranche.persons[power].length / world.figures.stepSize);
  return bringsUnlisted(tranche, power, last, last)
    ? [...tranche.persons[power], world.lists.unlisted[otherPower(power)].id as EntryId]
    : tranche.persons[power];
}

/** One person whom nobody had listed comes with the last bus of the third tranche. */
function bringsUnlisted(tranche: TranchePlan, power: PowerCode, step: number, last: number): boolean {
  return tranche.number === 3 && power === 'B' && step === last;
}

/** Every bus of the tranche on paper, in order, before the first one leaves. */
function addManifests(
  script: Script,
  world: World,
  tranche: TranchePlan,
  steps: Readonly<Record<PowerCode, readonly (readonly EntryId[])[]>>,
  needs: readonly string[],
): readonly string[] {
  const size = world.figures.stepSize;
  const tooMany =
    tranche.number === 1
      ? [
          script.add({
            label: 'overfill a bus',
            actor: 'A.officer',
            kind: 'ManifestIssued',
            needs,
            mustBeRefused: true,
            body: () => ({
              ...{ tranche: tranche.id, leg: legFrom.A, step: 1, vehicle: 'bus-A-1' },
              persons: tranche.persons.A.slice(0, size + 1),
            }),
          }),
        ]
      : [];
  return powers.flatMap((power) => {
    let before = [...needs, ...tooMany];
    for (const [index, persons] of steps[power].entries()) {
      before = [addManifest(script, { tranche, power, step: index + 1, persons }, before)];
    }
    return before;
  });
}

function addManifest(
  script: Script,
  work: Bus & { readonly name?: string },
  needs: readonly string[],
): string {
  const { tranche, power, step, persons } = work;
  return script.add({
    label: `manifest ${work.name ?? `tranche ${tranche.number}`} from ${power} step ${step}`,
    actor: `${power}.officer`,
    kind: 'ManifestIssued',
    needs,
    body: () => ({
      ...{ tranche: tranche.id, leg: legFrom[power], step, vehicle: `bus-${power}-${step}` },
      persons,
    }),
  });
}

/** Notice and acknowledgement of one leg; gives back the label after which buses may be boarded. */
function addMovement(
  script: Script,
  world: World,
  work: {
    readonly tranche: TranchePlan;
    readonly name: string;
    readonly power: PowerCode;
    readonly payloads: Payloads;
  },
  needs: readonly string[],
): string {
  const { tranche, power, payloads } = work;
  const name = `${work.name} from ${power}`;
  const notice = script.add({
    label: `notify ${name}`,
    actor: `${power}.officer`,
    kind: 'MovementNotified',
    needs,
    body: () => ({
      tranche: tranche.id,
      leg: legFrom[power],
      crossing: power === 'A' ? crossings.north : crossings.south,
      carrier: 'road',
      vehicles: Math.ceil(tranche.persons[power].length / world.figures.stepSize),
      ...windowOf(tranche.number),
      airspaceNeeded: false,
      route: payloads.hashOf(
        paper({ label: `route of ${name}`, from: power, to: [otherPower(power), 'N1'] }, () => ({
          road: power === 'A' ? 'by the north road' : 'by the south road',
          vehicles: 'busses with red crosses on their roofs',
        })),
      ),
    }),
  });
  return script.add({
    label: `acknowledge ${name}`,
    actor: `${otherPower(power)}.officer`,
    kind: 'MovementAcknowledged',
    needs: [notice],
    body: ({ idOf }) => ({ notice: idOf(notice) }),
  });
}

/** One step: the persons of one bus. */
interface Bus {
  readonly tranche: TranchePlan;
  readonly power: PowerCode;
  readonly step: number;
  readonly persons: readonly EntryId[];
}

function nameOf({ tranche, power, step }: Bus): string {
  return `tranche ${tranche.number} from ${power} step ${step}`;
}

/** One bus over the line: released, received, counted again, every face confirmed. */
function addPassage(
  script: Script,
  world: World,
  bus: Bus,
  payloads: Payloads,
  needs: readonly string[],
): readonly string[] {
  const { tranche, power, step, persons } = bus;
  const receiver = otherPower(power);
  const name = nameOf(bus);
  const ref = { tranche: tranche.id, leg: legFrom[power], step };
  const released = script.add({
    label: `release ${name}`,
    actor: `${power}.officer`,
    kind: 'StepReleased',
    needs,
    body: ({ idOf }) =>
      step === 1
        ? ref
        : {
            ...ref,
            receipts: powers.map((from) =>
              idOf(`receive tranche ${tranche.number} from ${from} step ${step - 1}`),
            ),
          },
  });
  const last = Math.ceil(tranche.persons[power].length / world.figures.stepSize);
  const unlisted = bringsUnlisted(tranche, power, step, last);
  const count = persons.length + (unlisted ? 1 : 0);
  // Who is on no list is recorded first, so that the heads counted are those who should be there.
  const arrivals = unlisted
    ? [
        script.add({
          label: `unlisted ${name}`,
          actor: `${receiver}.officer`,
          kind: 'UnlistedReturnee',
          needs: [released],
          body: () => ({
            ...ref,
            opening: openingOf(world, world.lists.unlisted[receiver]),
            records: payloads.hashOf(
              paper(
                { label: `unlisted ${name}`, from: receiver, to: ['N1'] },
                () => world.lists.unlisted[receiver],
              ),
            ),
          }),
        }),
      ]
    : [];
  return [
    script.add({
      label: `receive ${name}`,
      actor: `${receiver}.officer`,
      kind: 'StepReceived',
      needs: [released, ...arrivals],
      body: () => ({ ...ref, count }),
    }),
    script.add({
      label: `count arrival ${name}`,
      actor: 'N1.observer',
      kind: 'HeadCounted',
      needs: [released, ...arrivals],
      body: () => ({ ...ref, place: 'arrival', count }),
    }),
    script.add({
      label: `faces ${name}`,
      actor: `${receiver}.officer`,
      kind: 'IdentityConfirmed',
      needs: [released],
      body: () => ({ ...ref, persons }),
    }),
    ...arrivals,
  ];
}

/** Counted by giver and neutral, on the way to the line, and asked there once more; gives back the last label. */
function addStaging(script: Script, bus: Bus, name: string, needs: readonly string[]): string {
  const { tranche, power, step, persons } = bus;
  const ref = { tranche: tranche.id, leg: legFrom[power], step };
  const counted = [`${power}.officer`, 'N1.observer'].map((actor) =>
    script.add({
      label: `count departure ${name} by ${actor}`,
      actor,
      kind: 'HeadCounted',
      needs,
      body: () => ({ ...ref, place: 'departure', count: persons.length }),
    }),
  );
  const departed = script.add({
    label: `depart ${name}`,
    actor: `${power}.officer`,
    kind: 'Departed',
    needs: counted,
    body: () => ref,
  });
  return script.add({
    label: `clearance at the line ${name}`,
    actor: 'N1.observer',
    kind: 'ClearanceRecorded',
    needs: [departed],
    body: () => ({ stage: 'at-line', persons: persons.map((entry) => ({ entry, cleared: true })) }),
  });
}

/**
 * The first attempt at the second tranche: at the line the receiver finds that one person is not who the manifest
 * says. Everybody in that bus goes back, and the powers call the tranche off; nothing has crossed.
 */
export function addFailedAttempt(
  script: Script,
  world: World,
  payloads: Payloads,
  needs: readonly string[],
): readonly string[] {
  const tranche = world.firstAttempt;
  const { person, power } = world.misidentified;
  const receiver = otherPower(power);
  const name = 'first attempt';
  const scheduled = addAgreedTranche(script, world, { tranche, name, payloads }, needs);
  const ready = powers.map((from) =>
    addMovement(script, world, { tranche, name, power: from, payloads }, scheduled),
  );
  const others = tranche.persons[power].filter((entry) => entry !== person);
  const persons = [person, ...others.slice(0, world.figures.stepSize - 1)];
  const ref = { tranche: tranche.id, leg: legFrom[power], step: 1 };
  const manifest = addManifest(script, { tranche, power, step: 1, persons, name }, ready);
  const asked = addStaging(script, { tranche, power, step: 1, persons }, name, [manifest]);
  const rejected = script.add({
    label: 'identity rejected at the line',
    actor: `${receiver}.officer`,
    kind: 'IdentityRejected',
    needs: [asked],
    body: () => ({ ...ref, person }),
  });
  const tried = script.add({
    label: 'release in spite of the rejection',
    actor: `${power}.officer`,
    kind: 'StepReleased',
    needs: [rejected],
    mustBeRefused: true,
    body: () => ref,
  });
  const turned = script.add({
    label: 'turn back the first bus',
    actor: `${power}.officer`,
    kind: 'PersonTurnedBack',
    needs: [tried],
    body: () => ({ ...ref, persons }),
  });
  return [
    script.add({
      label: 'cancel the first attempt',
      actor: `${receiver}.coordinator`,
      kind: 'TrancheCancelled',
      needs: [turned],
      body: () => ({ tranche: tranche.id, reason: 'A person was not the one on the manifest.' }),
    }),
  ];
}

/** One power stops everything in the middle of the second tranche, and lets it go on. */
function addStop(
  script: Script,
  tranche: TranchePlan,
  step: number,
  last: number,
  needs: readonly string[],
): readonly string[] {
  if (tranche.number !== 2 || step !== Math.ceil((last + 1) / 2)) return [];
  const suspended = script.add({
    label: 'suspend tranche 2',
    actor: 'B.coordinator',
    kind: 'ExchangeSuspended',
    needs,
    body: () => ({ reason: 'The road to the south crossing is being checked.' }),
  });
  const byAnother = script.add({
    label: 'resume what another power suspended',
    actor: 'A.coordinator',
    kind: 'ExchangeResumed',
    mustBeRefused: true,
    needs: [suspended],
    body: ({ idOf }) => ({ suspension: idOf(suspended) }),
  });
  return [
    script.add({
      label: 'resume tranche 2',
      actor: 'B.coordinator',
      kind: 'ExchangeResumed',
      needs: [byAnother],
      body: ({ idOf }) => ({ suspension: idOf(suspended) }),
    }),
  ];
}
