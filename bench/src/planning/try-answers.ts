/** Whether the answers are right: small ones against every plan there is, large ones by the checker, and lies. */
import { checkPlan, planTranches, type PlanningProblem, type TranchePlan } from '@homeward/core/planning';
import { findBestByTrying, lies, toLiar, toRandomProblem } from '@homeward/core/planning/reference';
import { generateProblem } from './generate-problem.ts';
import type { Bench } from './report.ts';

const isOnWord = ({ certificate }: TranchePlan): boolean =>
  certificate.levels.some(({ proof }) => proof === 'branch-and-bound');

const toValues = ({ certificate }: TranchePlan): string =>
  JSON.stringify(certificate.levels.map(({ value }) => value));

/** Status and every objective value against the oracle's. Answers the number of differences. */
export function tryOracle({ solver, report }: Bench, from: number, count: number): number {
  let infeasible = 0;
  let enumerated = 0;
  let onWord = 0;
  const different: number[] = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const problem = toRandomProblem(seed, 6);
    const best = findBestByTrying(problem);
    const outcome = planTranches(problem, solver);
    if (best === undefined) {
      infeasible += 1;
      if (outcome.kind !== 'infeasible' || !outcome.isProven) different.push(seed);
      continue;
    }
    const wanted = JSON.stringify(best.map(({ value }) => value));
    if (outcome.kind !== 'planned' || toValues(outcome.plan) !== wanted) {
      different.push(seed);
      continue;
    }
    const { certificate } = outcome.plan;
    if (certificate.status !== 'optimal') different.push(seed);
    if (certificate.levels.some(({ proof }) => proof === 'enumeration')) enumerated += 1;
    if (isOnWord(outcome.plan)) onWord += 1;
  }
  report({
    what: 'oracle',
    seeds: `${from} to ${from + count - 1}`,
    problems: count,
    equal: count - different.length,
    infeasible,
    withEnumeration: enumerated,
    onTheSolversWord: onWord,
    differentSeeds: different.slice(0, 50),
  });
  return different.length;
}

function toLargeProblem(seed: number): PlanningProblem {
  return generateProblem({
    seed,
    persons: 40 + (seed % 200),
    tranches: 2 + (seed % 5),
    packages: 2 + (seed % 12),
    families: 1 + (seed % 8),
    facilities: 2 + (seed % 6),
  });
}

/** Large random problems: the checker agrees with every plan. Answers how often it does not. */
export function tryRandom({ solver, report }: Bench, from: number, count: number): number {
  let infeasible = 0;
  let infeasibleProven = 0;
  let optimal = 0;
  let onWord = 0;
  const refused: number[] = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const problem = toLargeProblem(seed);
    const outcome = planTranches(problem, solver);
    if (outcome.kind === 'infeasible') {
      infeasible += 1;
      if (outcome.isProven) infeasibleProven += 1;
      continue;
    }
    if (outcome.kind !== 'planned' || !checkPlan(problem, outcome.plan).isHolding) {
      refused.push(seed);
      continue;
    }
    if (outcome.plan.certificate.status === 'optimal') optimal += 1;
    if (isOnWord(outcome.plan)) onWord += 1;
  }
  report({
    what: 'large random',
    seeds: `${from} to ${from + count - 1}`,
    problems: count,
    checkerAgrees: count - refused.length,
    optimal,
    onTheSolversWord: onWord,
    infeasible,
    infeasibleProven,
    refusedSeeds: refused.slice(0, 50),
  });
  return refused.length;
}

/** Lies of the solver and plans changed after the fact. Answers how many were not caught. */
export function tryPlanted(bench: Bench, from: number): number {
  return tryLies(bench, from) + tryChangedPlans(bench, from);
}

/** Each lie ends in a true plan, a refusal, or a certificate that says less: anything else is not caught. */
function tryLies({ solver, report }: Bench, from: number): number {
  const problems = [
    ...Array.from({ length: 60 }, (_, number) => toRandomProblem(from + number, 6)),
    ...Array.from({ length: 12 }, (_, number) => toLargeProblem(from + number * 7)),
  ];
  const truths = problems.map((problem) => planTranches(problem, solver));
  let missedInAll = 0;
  for (const { name, lie } of lies) {
    const liar = toLiar(solver, lie);
    let harmless = 0;
    let refused = 0;
    let saidLess = 0;
    const missed: number[] = [];
    problems.forEach((problem, number) => {
      const truth = truths[number];
      const outcome = planTranches(problem, liar, { clock: () => performance.now() / 1000, secondsMax: 10 });
      if (outcome.kind === 'refuted' || outcome.kind === 'stopped') refused += 1;
      else if (outcome.kind === 'infeasible') {
        if (truth?.kind === 'infeasible') harmless += 1;
        else if (outcome.isProven) missed.push(number);
        else saidLess += 1;
      } else if (!checkPlan(problem, outcome.plan).isHolding) missed.push(number);
      else if (truth?.kind === 'planned' && toValues(truth.plan) === toValues(outcome.plan)) harmless += 1;
      else if (outcome.plan.certificate.status === 'optimal' && !isOnWord(outcome.plan)) missed.push(number);
      else saidLess += 1;
    });
    missedInAll += missed.length;
    report({
      what: 'planted lie',
      lie: name,
      problems: problems.length,
      sameTruth: harmless,
      refused,
      saidLess,
      missed: missed.length,
    });
  }
  return missedInAll;
}

/** Places, values, bounds and grounds changed in a true plan. */
function tryChangedPlans({ solver, report }: Bench, from: number): number {
  let told = 0;
  let caught = 0;
  for (let seed = from; seed < from + 300; seed += 1) {
    const problem = seed % 10 === 0 ? toLargeProblem(seed) : toRandomProblem(seed, 6);
    const outcome = planTranches(problem, solver);
    if (outcome.kind !== 'planned' || outcome.plan.places.length === 0) continue;
    const { plan } = outcome;
    const { certificate } = plan;
    const [first, ...rest] = plan.places;
    if (first === undefined) continue;
    const changeLevel = (at: number, change: Partial<(typeof certificate.levels)[number]>): TranchePlan => ({
      ...plan,
      certificate: {
        ...certificate,
        levels: certificate.levels.map((level, number) => (number === at ? { ...level, ...change } : level)),
      },
    });
    const wrong: TranchePlan[] = [
      { ...plan, problem: plan.problem.replace(/./, (digit) => (digit === '0' ? '1' : '0')) },
      { ...plan, places: [first, ...plan.places] },
      { ...plan, places: rest.concat({ ...first, tranche: 'nowhere' }) },
      // Where the order does not count who returns, a plan with one person fewer may be as good.
      ...(certificate.levels.some(({ objective }) => objective === 'returned')
        ? [{ ...plan, places: rest }]
        : []),
      { ...plan, certificate: { ...certificate, levels: certificate.levels.slice(1) } },
    ];
    certificate.levels.forEach((level, at) => {
      wrong.push(
        changeLevel(at, { value: level.value + 1 }),
        changeLevel(at, { value: level.value - 1, bound: level.value - 1 }),
        changeLevel(at, { bound: level.value + (level.sense === 'max' ? 1 : -1) }),
        changeLevel(at, { bound: null }),
        changeLevel(at, { proof: 'none' }),
      );
    });
    for (const one of wrong) {
      told += 1;
      if (!checkPlan(problem, one).isHolding) caught += 1;
    }
  }
  report({ what: 'planted wrong plans', told, caught });
  return told - caught;
}
