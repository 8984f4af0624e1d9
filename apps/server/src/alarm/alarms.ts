/**
 * What a node saw that a human must look at. Kept in the node's database, so that a restart does not forget.
 *
 * Law     After an alarm that says the log lies (`fork`, `rollback`, `rewrite`, `refused-act`) or that the node's
 *         own data is damaged (`store`) the node is halted: it signs and cosigns nothing more, until a human who has
 *         looked says that it may go on. What is still wrong then is found and raised again. No number of other
 *         alarms keeps such a one out.
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
/** Of one kind. A flood of details from a lying host must neither fill the database nor hide another kind. */
const listedMax = 16;
/** Stands for all that are beyond what is listed of a kind. */
const more = 'More of this kind were seen than are listed here.';

export interface Alarms {
  raise(kind: AlarmKind, detail: string): Promise<void>;
  /**
   * Takes back an alarm that the passing of time cured, of one detail or of all; never one that halts. Whoever clears
   * one detail raises again, in time, what was not listed for want of room.
   */
  clear(kind: 'frozen' | 'stale' | 'dropped-act', detail?: string): Promise<void>;
  all(): readonly Alarm[];
  /** The sentence of the first alarm that halts this node, if there is one. */
  halted(): string | undefined;
}

/** Rejects when the alarms kept cannot be read and their operator does not lift them. */
export async function loadAlarms(
  settings: SettingRepository,
  report: (line: string) => void,
  { isLifting = false }: { readonly isLifting?: boolean } = {},
): Promise<Alarms> {
  const found = await settings.find(setting);
  const kept = z.array(AlarmSchema).safeParse(found ?? []);
  if (!kept.success && !isLifting) {
    throw new Error(
      'The alarms that this node kept cannot be read: it might be halted, so it does not start.',
    );
  }
  let alarms: readonly Alarm[] = kept.data ?? [];
  let written: Promise<void> = Promise.resolve();
  /** Connections overtake each other: an older list must not come last. */
  const keep = async (next: readonly Alarm[]): Promise<void> => {
    alarms = next;
    const turn = async (): Promise<void> => settings.put(setting, alarms);
    written = written.then(turn, turn);
    return written;
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
      const clean = told.replaceAll(/\p{Cc}|\p{Surrogate}/gu, '\ufffd');
      const alike = alarms.filter((alarm) => alarm.kind === kind);
      if (alike.some((alarm) => kind === 'frozen' || kind === 'stale' || alarm.detail === clean)) return;
      const detail = alike.length < listedMax ? clean : more;
      if (alike.some((alarm) => alarm.detail === detail)) return;
      report(`alarm ${kind}: ${detail}`);
      await keep([...alarms, { kind, since: new Date().toISOString(), detail }]);
    },
    async clear(kind, detail) {
      const isCured = (alarm: Alarm): boolean =>
        alarm.kind === kind && (detail === undefined || alarm.detail === detail);
      if (!alarms.some(isCured)) return;
      await keep(alarms.filter((alarm) => !isCured(alarm) && (alarm.kind !== kind || alarm.detail !== more)));
    },
    all: () => alarms,
    halted: () => alarms.find(({ kind }) => halting.has(kind))?.detail,
  };
}
