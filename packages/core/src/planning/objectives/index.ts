/** Every kind of objective: one file and one line for each. */
import type { Objective } from '../problem/problem.ts';
import { captivityLeximin } from './captivity-leximin.ts';
import { captivityTotal } from './captivity-total.ts';
import { change } from './change.ts';
import { facilities } from './facilities.ts';
import { fallback } from './fallback.ts';
import { families } from './families.ts';
import { legalLanes } from './legal-lanes.ts';
import { medical } from './medical.ts';
import { counted } from './counted.ts';
import type { ObjectiveKind } from './objective-kind.ts';
import { returned } from './returned.ts';

type OfKind<K extends Objective['kind']> = Objective & { readonly kind: K };

const kinds = {
  returned,
  'legal-lanes': legalLanes,
  'captivity-total': captivityTotal,
  'captivity-leximin': captivityLeximin,
  medical,
  families,
  facilities,
  change,
  fallback,
  counted,
} as const satisfies { readonly [K in Objective['kind']]: ObjectiveKind<OfKind<K>> };

/** What planning knows of a kind of objective. */
export function objectiveKindOf(kind: Objective['kind']): ObjectiveKind<Objective> {
  // The table has a row of the objective's own type: the compiler checks it above, not here.
  return kinds[kind] as unknown as ObjectiveKind<Objective>;
}
