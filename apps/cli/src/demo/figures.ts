/** What a demo found out, for programs (`--json`) and for people (the table at the end). */
import type { ExchangeSummary } from '@homeward/contract';
import type { World } from '@homeward/example-istanbul-2025';

export interface DemoFigures {
  readonly completed: boolean;
  readonly legs: readonly {
    readonly from: string;
    readonly to: string;
    readonly agreed: number;
    readonly returned: number;
  }[];
  readonly tranches: readonly {
    readonly number: number;
    readonly returned: Readonly<Record<string, number>>;
  }[];
  readonly maxImbalance: number;
  readonly stepSize: number;
  /** Acts of this exchange in the log. */
  readonly acts: number;
  /** Acts that the script meant to be refused, and were. */
  readonly refusedActs: number;
  /** What a verification of the published folder found, all of it from that one reading. */
  readonly log: {
    readonly size: number;
    readonly root: string;
    readonly verified: boolean;
    readonly cosigners: readonly string[];
  };
  /** From the start of the command to the completed exchange. */
  readonly seconds: number;
  /** Highest resident memory of all processes together, PostgreSQL included; null where it cannot be measured. */
  readonly peakMemoryBytes: number | null;
  readonly restarts: number;
  readonly linkage: World['linkage'];
  readonly planning: World['planning'];
  readonly seed: number;
  readonly exchange: string;
}

/** The figures, taken from what a node folded out of its own verified replica. */
export function toFigures(work: {
  readonly world: World;
  readonly summary: ExchangeSummary;
  readonly refusedActs: number;
  readonly log: DemoFigures['log'];
  readonly seconds: number;
  readonly peakMemoryBytes: number | undefined;
  readonly restarts: number;
}): DemoFigures {
  const { world, summary } = work;
  return {
    completed: summary.status === 'completed',
    legs: summary.legs.map(({ from, to = '', agreed = 0, returned }) => ({ from, to, agreed, returned })),
    tranches: summary.tranches
      .filter(({ status }) => status !== 'withdrawn' && status !== 'cancelled')
      .map(({ number, legs }) => ({
        number,
        returned: Object.fromEntries(legs.map(({ leg, returned }) => [leg, returned])),
      }))
      .toSorted((a, b) => a.number - b.number),
    maxImbalance: summary.imbalanceMax,
    stepSize: world.figures.stepSize,
    acts: summary.acts,
    refusedActs: work.refusedActs,
    log: work.log,
    seconds: Math.round(work.seconds * 10) / 10,
    peakMemoryBytes: work.peakMemoryBytes ?? null,
    restarts: work.restarts,
    linkage: world.linkage,
    planning: world.planning,
    seed: world.seed,
    exchange: world.exchange,
  };
}

/** The table for people. */
export function toTable(figures: DemoFigures): string {
  const { legs, tranches, log, linkage, planning } = figures;
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
  const names = legs.map(({ from, to }) => `${from} → ${to}`);
  const row = (...cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(22) : String(cell).padStart(10))).join('');
  return [
    row('verified returns', ...names),
    ...tranches.map(({ number, returned }) => row(`  tranche ${number}`, ...Object.values(returned))),
    row('  together', ...legs.map(({ returned }) => returned)),
    row('  agreed', ...legs.map(({ agreed }) => agreed)),
    '',
    `balance          never more than ${figures.maxImbalance} apart; the agreed step is ${figures.stepSize}`,
    `acts             ${figures.acts} in the log, ${figures.refusedActs} refused as they should be`,
    `log              ${log.size} entries, ${log.verified ? 'verified' : 'NOT VERIFIED'}, cosigned by ${log.cosigners.join(', ') || 'nobody'}`,
    `lists            ${linkage.compared} persons looked for, ${linkage.matched} matched, ${linkage.unsure} put to the other side; against the truth: precision ${percent(linkage.precision)}, recall ${percent(linkage.recall)}`,
    `choice           ${planning.eligible} persons eligible; by ${planning.by}${planning.proven ? ', proven best' : ''}, in ${planning.seconds.first.toFixed(2)} s`,
    `                 ${planning.packagesKept} of ${planning.packages} packages and ${planning.familiesKept} of ${planning.families} families kept together`,
    `last minute      ${planning.droppedOut} persons dropped out; ${planning.changedForIt} others changed place for it, in ${planning.seconds.change.toFixed(2)} s at most`,
    `time             ${figures.seconds} s`,
    `memory           ${figures.peakMemoryBytes === null ? 'not measured here' : `${Math.round(figures.peakMemoryBytes / 1_048_576)} MB at most, all processes`}`,
  ].join('\n');
}
