/** Who takes part and under which terms: opened by the host, agreed by two persons of each power. */
import { termsHash } from '@homeward/core/exchange';
import type { Base64Hash, Founder, PartyId } from '@homeward/core/exchange';
import type { Actor } from '../actors.ts';
import { madeUpWitness } from '../actors.ts';
import { labels, parties } from '../terms.ts';
import type { World } from '../world.ts';
import { powers } from '../world.ts';
import type { Script } from './task.ts';

function base64(bytes: Uint8Array): Base64Hash {
  return Buffer.from(bytes).toString('base64') as Base64Hash;
}

function foundersOf(world: World, party: PartyId): readonly Founder[] {
  return actorsOf(world, party).map(({ actor, role, key }) => ({ actor, role, key }));
}

function actorsOf(world: World, party: PartyId): readonly Actor[] {
  return [...world.actors.values()].filter((actor) => actor.party === party);
}

/** Adds the tasks; gives back the labels after which terms are in force. */
export function addAccession(
  script: Script,
  world: World,
  witnesses: Readonly<Record<string, string>>,
): readonly string[] {
  const mediator = world.actors.get('H.mediator')!;
  const opened = script.add({
    label: 'open',
    actor: mediator.name,
    kind: 'ExchangeOpened',
    needs: [],
    body: () => ({
      title: world.title,
      host: parties.host,
      label: labels[parties.host] ?? parties.host,
      publicKey: base64(mediator.publicKey),
      founders: foundersOf(world, parties.host),
    }),
  });
  const enrolled: string[] = [];
  for (const party of [parties.a, parties.b, parties.neutral]) {
    const accredited = script.add({
      label: `accredit ${party}`,
      actor: mediator.name,
      kind: 'PartyAccredited',
      needs: [opened],
      body: () => ({
        party,
        kind: party === parties.neutral ? 'neutral' : 'power',
        label: labels[party] ?? party,
        founders: foundersOf(world, party),
        witness: witnesses[party] ?? madeUpWitness(world.seed, party),
      }),
    });
    for (const { name, publicKey } of actorsOf(world, party)) {
      enrolled.push(
        script.add({
          label: `enrol ${name}`,
          actor: name,
          kind: 'KeyEnrolled',
          needs: [accredited],
          body: () => ({ publicKey: base64(publicKey) }),
        }),
      );
    }
  }
  const proposed = script.add({
    label: 'propose terms',
    actor: mediator.name,
    kind: 'TermsProposed',
    needs: enrolled,
    body: () => ({ terms: world.terms }),
  });
  const terms = termsHash(world.terms);
  return powers.flatMap((power) =>
    ['coordinator', 'approver'].map((role) =>
      script.add({
        label: `accept terms ${power} ${role}`,
        actor: `${power}.${role}`,
        kind: 'TermsAccepted',
        needs: [proposed],
        body: () => ({ terms }),
      }),
    ),
  );
}
