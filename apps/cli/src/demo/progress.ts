/** What an onlooker sees while the exchange runs: a block that redraws itself on a terminal, plain lines elsewhere. */
import { countMax, type Act, type LegId } from '@homeward/core/exchange';
import type { World } from '@homeward/example-istanbul-2025';

export interface Progress {
  readonly onAct: (label: string, act: Act) => void;
  readonly onRefused: (label: string, why: string) => void;
  readonly say: (line: string) => void;
  readonly end: () => void;
}

interface Count {
  done: number;
  readonly of: number;
}

const powers = ['A', 'B'] as const;
type PowerCode = (typeof powers)[number];

const redrawMs = 100;

/**
 * Counts acts and steps by the labels of the script, crossings and verified returns by what the acts say: a listed person
 * has returned once both powers confirmed it. The figures of the summary come from a node instead.
 */
export function createProgress(world: World, labels: readonly string[], out: NodeJS.WriteStream): Progress {
  const counted = (pattern: RegExp): Count => ({
    done: 0,
    of: labels.filter((label) => pattern.test(label)).length,
  });
  const patterns: readonly (readonly [string, RegExp, Count])[] = [
    ['lists sealed', /^seal /, counted(/^seal /)],
    ['lists opened', /^open \w+ /, counted(/^open \w+ /)],
    ['verdicts', /^judge /, counted(/^judge /)],
    ['comments', /^(answer )?comment /, counted(/^(answer )?comment /)],
    ['interviews', /^clearance [AB] /, counted(/^clearance [AB] /)],
    ['approvals', /^approve /, counted(/^approve /)],
  ];
  const acts: Count = { done: 0, of: labels.length };
  const agreed = Math.max(...world.terms.legs.map(countMax));
  const legOf = (power: PowerCode): LegId | undefined =>
    world.terms.legs.find(({ from }) => from === power)?.id;
  const tranches = world.tranches.map(({ number, id, persons }) => {
    const steps = Math.ceil(persons.A.length / world.figures.stepSize);
    const returned = { A: 0, B: 0 };
    const listed = { A: new Set<string>(persons.A), B: new Set<string>(persons.B) };
    return { number, id, persons: persons.A.length, A: 0, B: 0, steps, returned, listed, certified: false };
  });
  /** By which crossing each side's persons go, as it was last scheduled; its direction until then. */
  const crossings = { A: '', B: '' };
  const confirmedBy = new Map<string, string>();
  /** The largest difference between the two sides so far. */
  let apart = 0;
  const refusals: string[] = [];
  const started = Date.now();
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;

  function take(act: Act): void {
    if (act.kind === 'TrancheScheduled') {
      for (const power of powers) {
        const id = act.body.routes.find(({ leg }) => leg === legOf(power))?.crossing;
        crossings[power] = world.terms.crossings.find((each) => each.id === id)?.label ?? crossings[power];
      }
    }
    if (act.kind !== 'ReturnConfirmed') return;
    const { tranche: of, leg, persons } = act.body;
    const power = powers.find((each) => legOf(each) === leg);
    const tranche = tranches.find(({ id }) => id === of);
    if (power === undefined || tranche === undefined) return;
    for (const person of persons) {
      const before = confirmedBy.get(person);
      if (before === undefined) confirmedBy.set(person, act.by);
      else if (before !== act.by && tranche.listed[power].delete(person)) tranche.returned[power]++;
    }
  }

  const returnedIn = (power: PowerCode): number =>
    tranches.reduce((sum, { returned }) => sum + returned[power], 0);

  function lines(): readonly string[] {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const size = world.figures.stepSize;
    const counts = patterns.map(([name, , { done, of }]) => `${name} ${done}/${of}`);
    return [
      `${bar(acts, 8)} ${acts.done} of ${acts.of} acts · ${seconds} s · verified returns ${returnedIn('A')}/${agreed} + ${returnedIn('B')}/${agreed}`,
      `  ${counts.slice(0, 3).join(' · ')}`,
      `  ${counts.slice(3).join(' · ')}`,
      `${''.padEnd(13)}${crossings.A.padEnd(18)}${crossings.B.padEnd(26)}balance  returned`,
      ...tranches.map(({ number, persons, A, B, steps, returned, certified }) => {
        const crossed = (step: number): number => Math.min(persons, step * size);
        const way = (name: string, done: number): string =>
          `${name} ${bar({ done, of: steps }, 8)} ${String(crossed(done)).padStart(3)}  `;
        return (
          `  tranche ${number}  ${way('A→B', A)}${way('B→A', B)}of ${String(persons).padStart(3)}  ` +
          `${signed(crossed(A) - crossed(B)).padStart(7)}  ${returned.A} + ${returned.B}${certified ? ' ✓' : ''}`
        );
      }),
      ...(refusals.length === 0
        ? []
        : [`  refused as it should be: ${refusals.length}, last ${refusals.at(-1)}`]),
    ];
  }

  function draw(): void {
    const text = lines().map((line) => line.slice(0, Math.max(20, out.columns - 1)));
    out.write(`${drawn === 0 ? '' : `\u001b[${drawn}A`}${text.map((line) => `\u001b[2K${line}\n`).join('')}`);
    drawn = text.length;
  }

  if (out.isTTY) {
    timer = setInterval(draw, redrawMs);
    timer.unref();
  }
  const plain = (line: string): void => {
    if (!out.isTTY) out.write(`${line}\n`);
  };

  return {
    onAct: (label, act) => {
      acts.done++;
      take(act);
      for (const [name, pattern, count] of patterns) {
        if (!pattern.test(label)) continue;
        count.done++;
        if (count.done === count.of) plain(`${name}: ${count.of} of ${count.of}`);
      }
      const closed = /^faces tranche (\d+) from ([AB]) step (\d+)$/.exec(label);
      if (closed !== null) {
        const tranche = tranches[Number(closed[1]) - 1]!;
        const power = closed[2] as PowerCode;
        tranche[power] = Math.max(tranche[power], Number(closed[3]));
        const crossed = (step: number): number => Math.min(tranche.persons, step * world.figures.stepSize);
        apart = Math.max(apart, Math.abs(crossed(tranche.A) - crossed(tranche.B)));
        if (tranche.A === tranche.B) {
          const way = (name: string, from: PowerCode): string =>
            `${name} ${crossings[from]} ${crossed(tranche[from])}`;
          plain(
            `tranche ${tranche.number}: ${way('A→B', 'A')}, ${way('B→A', 'B')} of ${tranche.persons}; balance 0, never more than ${apart} apart`,
          );
        }
      }
      const certified = /^certify tranche (\d+)$/.exec(label);
      if (certified !== null) {
        const tranche = tranches[Number(certified[1]) - 1]!;
        tranche.certified = true;
        const { A, B } = tranche.returned;
        plain(
          `tranche ${certified[1]!}: certified, verified returns A→B ${A}, B→A ${B}; in all ${returnedIn('A')} and ${returnedIn('B')} of ${agreed} each`,
        );
      }
      if (/^(suspend|resume|complete)/.test(label)) plain(label);
    },
    onRefused: (label, why) => {
      refusals.push(`${label}: ${why}`);
      plain(`refused as it should be: ${label}: ${why}`);
    },
    say: (line) => {
      if (out.isTTY && drawn > 0) {
        out.write(`\u001b[${drawn}A\u001b[J`);
        drawn = 0;
      }
      out.write(`${line}\n`);
    },
    end: () => {
      clearInterval(timer);
      if (out.isTTY) draw();
      drawn = 0;
    },
  };
}

function bar({ done, of }: Count, width: number): string {
  const full = of === 0 ? 0 : Math.round((done / of) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

function signed(number: number): string {
  return number > 0 ? `+${number}` : String(number);
}
