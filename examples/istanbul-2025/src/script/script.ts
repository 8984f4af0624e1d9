/** The whole exchange as one script: from the first key to the last verified return. */
import type { World } from '../world.ts';
import { legFrom } from '../terms.ts';
import { addAccession } from './accession.ts';
import { addChoice, addInterviews } from './choice.ts';
import { addCrossing, addFailedAttempt } from './crossing.ts';
import { addLists } from './lists.ts';
import type { Payloads } from './payloads.ts';
import { unsealedPayloads } from './payloads.ts';
import type { Task } from './task.ts';
import { createScript } from './task.ts';

/** Every task of the exchange. `witnesses` are the verifier keys of the parties' nodes, by party; made up where left out. */
export function writeScript(
  world: World,
  around: { readonly payloads?: Payloads; readonly witnesses?: Readonly<Record<string, string>> } = {},
): readonly Task[] {
  const payloads = around.payloads ?? unsealedPayloads(world.exchange);
  const script = createScript();
  const agreed = addAccession(script, world, around.witnesses ?? {});
  const answered = addLists(script, world, payloads, agreed);
  const interviewed = addInterviews(script, world, answered);
  let before = interviewed;
  for (const tranche of world.tranches) {
    if (tranche.number === world.misidentified.number) {
      before = addFailedAttempt(script, world, payloads, before);
    }
    const scheduled = addChoice(script, world, tranche, payloads, before);
    before = addCrossing(script, world, tranche, payloads, scheduled);
  }
  script.add({
    label: 'complete',
    actor: 'H.mediator',
    kind: 'ExchangeCompleted',
    needs: before,
    body: () => ({ returned: { [legFrom.A]: world.figures.agreed, [legFrom.B]: world.figures.agreed } }),
  });
  return script.tasks;
}
