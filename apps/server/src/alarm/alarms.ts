/**
 * What a node saw that a human must look at. Kept in the node's database, so that a restart does not forget.
 *
 * Law     After an alarm that says the log lies (`fork`, `rollback`, `rewrite`, `refused-act`) or that the node's
 *         own data is damaged (`store`) the node is halted: it signs and cosigns nothing more, until a human who has
 *         looked says that it may go on. What is still wrong then is found and raised again.
 */
import type { Alarm } from '@homeward/contract';
import type { SettingRepository } from '@homeward/store';
import * as z from 'zod';
import { Alarm as AlarmSchema } from '@homeward/contract';

export type AlarmKind = Alarm['kind'];

const halting: ReadonlySet<AlarmKind> = new Set<AlarmKind>([
  'fork',
  'rollback',
  'rewrite',
  'refused-act',
  'store',
]);
const setting = 'alarms';
/** One alarm per kind and detail; a flood of details from a lying host must not fill the database. */
const alarmsMax = 100;

export interface Alarms {
  raise(kind: AlarmKind, detail: string): Promise<void>;
  /** Takes back an alarm that the passing of time cured, of one detail or of all; never one that halts. */
  clear(kind: 'frozen' | 'dropped-act', detail?: string): Promise<void>;
  all(): readonly Alarm[];
  /** The sentence of the first alarm that halts this node, if there is one. */
  halted(): string | undefined;
}

export async function loadAlarms(
  settings: SettingRepository,
  report: (line: string) => void,
  { isLifting = false }: { readonly isLifting?: boolean } = {},
): Promise<Alarms> {
  const kept = z.array(AlarmSchema).safeParse(await settings.find(setting));
  let alarms: readonly Alarm[] = kept.data ?? [];
  const keep = async (next: readonly Alarm[]): Promise<void> => {
    alarms = next;
    await settings.put(setting, next);
  };
  const isLifted = (kind: AlarmKind): boolean => halting.has(kind) || kind === 'other-witness';
  if (isLifting) {
    for (const { kind, since, detail } of alarms) {
      if (isLifted(kind)) report(`the operator lifted the alarm ${kind} of ${since}: ${detail}`);
    }
    await keep(alarms.filter(({ kind }) => !isLifted(kind)));
  }
  return {
    async raise(kind, told) {
      // The detail may quote what a liar sent: what the database cannot hold would leave the alarm unkept.
      const detail = told.replaceAll(/\p{Cc}|\p{Surrogate}/gu, '\ufffd');
      if (alarms.some((alarm) => alarm.kind === kind && (kind === 'frozen' || alarm.detail === detail)))
        return;
      if (alarms.length >= alarmsMax) return;
      report(`alarm ${kind}: ${detail}`);
      await keep([...alarms, { kind, since: new Date().toISOString(), detail }]);
    },
    async clear(kind, detail) {
      const isCured = (alarm: Alarm): boolean =>
        alarm.kind === kind && (detail === undefined || alarm.detail === detail);
      if (alarms.some(isCured)) await keep(alarms.filter((alarm) => !isCured(alarm)));
    },
    all: () => alarms,
    halted: () => alarms.find(({ kind }) => halting.has(kind))?.detail,
  };
}
