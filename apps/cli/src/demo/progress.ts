/** What an onlooker sees while the exchange runs: a block that redraws itself on a terminal, plain lines elsewhere. */
import type { World } from '@homeward/example-istanbul-2025';

export interface Progress {
  readonly onAct: (label: string) => void;
  readonly onRefused: (label: string, why: string) => void;
  readonly say: (line: string) => void;
  readonly end: () => void;
}

interface Count {
  done: number;
  readonly of: number;
}

const redrawMs = 100;

/** Counts persons by reading the labels of the script; the figures of the summary come from a node instead. */
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
    ['interviews', /^(will|fitness) [AB] /, counted(/^(will|fitness) [AB] /)],
    ['approvals', /^approve /, counted(/^approve /)],
  ];
  const acts: Count = { done: 0, of: labels.length };
  const tranches = world.tranches.map(({ number, persons }) => {
    const steps = Math.ceil(persons.A.length / world.figures.stepSize);
    return { number, persons: persons.A.length, A: 0, B: 0, steps, certified: false };
  });
  const refusals: string[] = [];
  const started = Date.now();
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;

  function lines(): readonly string[] {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const size = world.figures.stepSize;
    return [
      `${bar(acts)} ${acts.done} of ${acts.of} acts · ${seconds} s`,
      `  ${patterns.map(([name, , { done, of }]) => `${name} ${done}/${of}`).join(' · ')}`,
      ...tranches.map(({ number, persons, A, B, steps, certified }) => {
        const crossed = (step: number): string => String(Math.min(persons, step * size)).padStart(3);
        const state = certified ? 'certified' : A + B === 0 ? 'waiting' : 'crossing';
        return (
          `  tranche ${number}  A→B ${bar({ done: A, of: steps })} ${crossed(A)}  ` +
          `B→A ${bar({ done: B, of: steps })} ${crossed(B)}  of ${persons}  ` +
          `balance ${signed(Math.min(persons, A * size) - Math.min(persons, B * size))}  ${state}`
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
    onAct: (label) => {
      acts.done++;
      for (const [name, pattern, count] of patterns) {
        if (!pattern.test(label)) continue;
        count.done++;
        if (count.done === count.of) plain(`${name}: ${count.of} of ${count.of}`);
      }
      const closed = /^faces tranche (\d+) from ([AB]) step (\d+)$/.exec(label);
      if (closed !== null) {
        const tranche = tranches[Number(closed[1]) - 1]!;
        const power = closed[2] as 'A' | 'B';
        tranche[power] = Math.max(tranche[power], Number(closed[3]));
        if (power === 'B' || tranche.A === tranche.B) {
          const crossed = (step: number): number => Math.min(tranche.persons, step * world.figures.stepSize);
          plain(
            `tranche ${tranche.number}: A→B ${crossed(tranche.A)}, B→A ${crossed(tranche.B)} of ${tranche.persons}`,
          );
        }
      }
      const certified = /^certify tranche (\d+)$/.exec(label);
      if (certified !== null) {
        tranches[Number(certified[1]) - 1]!.certified = true;
        plain(`tranche ${certified[1]!}: certified`);
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

function bar({ done, of }: Count): string {
  const width = 14;
  const full = of === 0 ? 0 : Math.round((done / of) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

function signed(number: number): string {
  return number > 0 ? `+${number}` : String(number);
}
