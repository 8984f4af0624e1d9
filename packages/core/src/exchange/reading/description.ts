/** An act in English, and the facts that every other language tells it by. */
import type { PartyId } from '../act/ids.ts';
import { acts, type Act, type ActKind } from '../acts.ts';
import type { Facts, Row } from '../rules/rule.ts';
import { findIn } from '../state/persistent-map.ts';
import type { Exchange } from '../state/state.ts';

/** What an act says, for people: a kind to translate by, its facts, and an English sentence. */
export interface Description {
  readonly kind: ActKind;
  /** Who signed: their party, if the record knows the key. */
  readonly party: PartyId | undefined;
  readonly facts: Facts;
  readonly sentence: string;
}

/** What an act says, as data in no language, read against a state around it. */
export function factsOf(state: Exchange, act: Act): Facts {
  const { tell } = acts[act.kind] as Row<Act['body']>;
  return tell(act.body, { state, party: partyOf(state, act), key: act.by });
}

function partyOf(state: Exchange, act: Act): PartyId | undefined {
  const opened = act.kind === 'ExchangeOpened' ? act.body.host : undefined;
  return findIn(state.keys, act.by)?.party ?? opened;
}

/**
 * What an act says, read against the state it follows. The sentence names no person: entries, actors and payloads stay
 * out, and of free texts only titles, labels and names of conditions are repeated.
 */
export function describeAct(state: Exchange, act: Act): Description {
  const facts = factsOf(state, act);
  const party = partyOf(state, act);
  const said = acts[act.kind].says.replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    inWords(facts[name as keyof Facts]),
  );
  return { kind: act.kind, party, facts, sentence: `${party ?? 'Somebody'} (${act.role}) ${said}.` };
}

function inWords(fact: Facts[keyof Facts]): string {
  if (fact === undefined) return '';
  if (typeof fact !== 'object') return String(fact);
  if ('of' in fact) return String(fact.is);
  if (Array.isArray(fact)) return fact.join(', ');
  return Object.entries(fact)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}
