/** What-if changes from the command line: `--strike ID`, `--place ID=TRANCHE`, `--forbid ID[=TRANCHE]`, and rules. */
import { parseChangedRule, type WhatIf } from '@homeward/core/planning';
import { toFaultText } from './check-command.ts';
import { readJsonFile } from './read-json-file.ts';

export const whatIfOptions = {
  strike: { type: 'string', multiple: true },
  place: { type: 'string', multiple: true },
  forbid: { type: 'string', multiple: true },
  'drop-rule': { type: 'string', multiple: true },
  'set-rule': { type: 'string', multiple: true },
} as const;

type WhatIfValues = Readonly<Partial<Record<keyof typeof whatIfOptions, readonly string[]>>>;

/** The changes asked for, or what is wrong with them. The changed problem is still to be parsed. */
export function readWhatIf(
  values: WhatIfValues,
): { readonly changes: readonly WhatIf[] } | { readonly says: string } {
  const changes: WhatIf[] = [];
  for (const person of values.strike ?? []) changes.push({ kind: 'strike', person, reason: 'struck' });
  for (const text of values.place ?? []) {
    const [person, tranche] = splitLast(text);
    if (tranche === undefined) return { says: '--place needs ID=TRANCHE, or ID=off.' };
    changes.push({ kind: 'place', persons: [person], tranche: tranche === 'off' ? null : tranche });
  }
  for (const text of values.forbid ?? []) {
    const [person, tranche] = splitLast(text);
    changes.push({ kind: 'forbid', persons: [person], ...(tranche === undefined ? {} : { tranche }) });
  }
  for (const rule of values['drop-rule'] ?? []) changes.push({ kind: 'drop-rule', rule });
  for (const file of values['set-rule'] ?? []) {
    const read = readJsonFile(file);
    if (!read.isRead) return { says: read.says };
    const rule = parseChangedRule(read.data);
    if (!rule.isParsed) return { says: toFaultText(file, rule.faults) };
    changes.push({ kind: 'set-rule', rule: rule.value });
  }
  return { changes };
}

function splitLast(text: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
