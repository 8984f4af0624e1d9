import {
  checkPlan,
  type MovementDocument,
  type PlanningProblem,
  type TranchePlan,
} from '@homeward/core/planning';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { toHtmlConflict, toHtmlReport } from './html-report.ts';
import { readJsonFile } from './read-json-file.ts';
import { toHeading } from './text-report.ts';

const main = fileURLToPath(new URL('../../bin/from-source.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'homeward-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function homeward(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=homeward-source', main, ...args],
      { maxBuffer: 1 << 26 },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

function write(name: string, data: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data));
  return file;
}

const problem = {
  format: 'homeward-planning-problem',
  version: 1,
  name: 'Two days <b>',
  tranches: [{ id: 't1' }, { id: 't2' }],
  legs: [{ id: 'ab', from: 'a', to: 'b' }],
  persons: ['p1', 'p2', 'p3'].map((id, index) => ({
    id,
    leg: 'ab',
    category: 'soldier',
    lane: 'exchange',
    days: 900 - 100 * index,
    need: 'seat',
  })),
  rules: [{ id: 'one a day', kind: 'quota', who: {}, max: 1 }],
};

describe('homeward plan and check', () => {
  test('plans, reports, explains and checks; the same problem gives the same bytes', async () => {
    const file = write('problem.json', problem);
    const [plan, again, page] = [
      join(folder, 'plan.json'),
      join(folder, 'again.json'),
      join(folder, 'page.html'),
    ];
    const made = await homeward('plan', file, '--out', plan, '--report', page, '--explain', 'p2');
    expect(made.err).toContain('Proven best by the published order');
    expect(made.out).toBe(
      'p2: In t2: "one a day" allows at most in t1: 1 of 1. All there have been held 900 days or more; this person 800. Would change it: "one a day" allows one more in t1.\nGoing, or going earlier, makes captivity-total, steps: 82 instead of 86.\n',
    );
    expect(made.code).toBe(0);
    await homeward('plan', file, '--out', again);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(plan, 'utf8'));
    expect((await homeward('check', file, plan)).code).toBe(0);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('Two days &lt;b&gt;');
    expect(html).not.toMatch(/<script|https?:|src=|<b>/);

    const broken = write('broken.json', readFileSync(plan, 'utf8').replace('"t2"', '"t1"'));
    const refused = await homeward('check', file, broken);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('one a day: tranche t1: 2, at most 1 allowed');

    const struck = write('struck.json', {
      ...problem,
      persons: problem.persons.map((one) => (one.id === 'p1' ? { ...one, ineligible: 'unfit' } : one)),
    });
    const moved = await homeward('plan', struck, '--previous', plan, '--out', join(folder, 'moved.json'));
    expect(moved.err).toContain(
      '2 places differ from the plan on the table:\n  p1: t1 → off\n  p3: off → t1\n' +
        'What becomes better or worse, most important first:\n',
    );
    expect(moved.err).toMatch(/\n {2}captivity-total, steps: \d+ instead of 86, worse\n/);
  });

  test('[PL-39] a re-plan is verified from the same problem alone, and says what it was made against', async () => {
    const full = write('full.json', problem);
    const { persons } = problem;
    const struck = write('struck.json', {
      ...problem,
      persons: persons.map((one) => (one.id === 'p1' ? { ...one, ineligible: 'unfit' } : one)),
    });
    const deleted = write('deleted.json', { ...problem, persons: persons.slice(1) });
    const plan = join(folder, 'full.plan.json');
    const again = join(folder, 'again.plan.json');
    await homeward('plan', full, '--out', plan);
    await homeward('plan', struck, '--previous', plan, '--out', again);
    const checked = await homeward('check', struck, again);
    expect([checked.code, checked.err]).toEqual([0, '']);
    expect(checked.out).toContain('A re-plan against a plan on the table of 2 persons.\nThe plan holds');
    expect(checked.out).toContain('shown by what the plan carries');
    // Against another problem, it is none of its plans.
    expect((await homeward('check', full, again)).code).toBe(1);

    const ifs = ['--strike', 'p2', '--forbid', 'p3=t1'];
    const made = await homeward('plan', full, '--previous', plan, '--out', again, ...ifs);
    expect(made.code).toBe(0);
    const asked = await homeward('check', full, again, '--prove');
    expect([asked.code, asked.err]).toEqual([0, '']);
    expect(asked.out).toContain('  what if: p2 drops out (struck)\n  what if: p3 not in t1\n');
    expect(asked.out).toContain('Proven again: nothing better exists');
    const text = readFileSync(again, 'utf8');
    const tampered = write('tampered.json', text.replace('"forbid"', '"place"'));
    expect((await homeward('check', full, tampered)).out).toContain('are not those of the re-plan');

    // Who was taken out of the problem has dropped out.
    const gone = await homeward('plan', deleted, '--previous', plan, '--out', again);
    expect(gone.code).toBe(0);
    expect(gone.err).toContain('no longer in the problem: p1\n');
    expect(gone.err).toContain('  p1: t1 → off\n');
    expect((await homeward('check', deleted, again)).out).toContain('no longer in the problem: p1\n');
    const other = write('other.json', { ...problem, tranches: [{ id: 't1' }, { id: 't9' }] });
    const foreign = await homeward('plan', other, '--previous', plan, '--out', again);
    expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining('names the tranche "t2"')]);
  });

  test('[PL-25] [PL-42] a forged optimum is refused by what it carries, and found by planning again', async () => {
    const file = write('forge.json', problem);
    const plan = join(folder, 'forge.plan.json');
    await homeward('plan', file, '--out', plan);
    const honest = JSON.parse(readFileSync(plan, 'utf8')) as TranchePlan;
    const places = honest.places.slice(0, 1);
    const forged = {
      ...honest,
      places,
      certificate: {
        ...honest.certificate,
        levels: checkPlan(problem as PlanningProblem, { ...honest, places }).levels.map((level) => ({
          ...level,
          bound: level.value,
          proof: 'relaxation',
        })),
      },
    };
    const bad = write('forged.json', forged);
    const claimed = await homeward('check', file, bad);
    expect([claimed.code, claimed.out]).toEqual([1, expect.stringContaining('REFUSED')]);
    const { transcript, ...bare } = forged.certificate;
    const without = await homeward('check', file, write('bare.json', { ...forged, certificate: bare }));
    expect([without.code, without.out]).toEqual([1, expect.stringContaining('carries no proof')]);
    expect(transcript?.length).toBeGreaterThan(0);
    const proven = await homeward('check', file, bad, '--prove');
    expect(proven.code).toBe(1);
    expect(proven.out).toContain('A better plan exists: returned (persons) is 1, and 2 can be reached.');
  });

  test('[PL-36] what if: changes are made to a copy, and the plan is shown as a difference', async () => {
    const file = write('what-if.json', problem);
    const plan = join(folder, 'what-if-plan.json');
    await homeward('plan', file, '--out', plan);
    const out = join(folder, 'what-if-again.json');
    const ask = async (...changes: readonly string[]): Promise<string> => {
      const { code, err } = await homeward('plan', file, '--previous', plan, '--out', out, ...changes);
      const differs = err.split('on the table:\n')[1] ?? '';
      return code === 0 ? (/^(?: .*\n)*/.exec(differs)?.[0] ?? '') : `${code}`;
    };
    const rule = write('rule.json', { id: 'one a day', kind: 'quota', who: {}, max: 2 });
    expect(await ask('--strike', 'p2')).toBe('  p2: t2 → off\n  p3: off → t2\n');
    expect(await ask('--place', 'p3=t1')).toBe('  p1: t1 → off\n  p3: off → t1\n');
    expect(await ask('--forbid', 'p1=t1')).toBe('  p1: t1 → t2\n  p2: t2 → t1\n');
    expect(await ask('--set-rule', rule)).toBe('  p3: off → t1\n');
    expect(await ask('--drop-rule', 'one a day')).toBe('  p3: off → t1\n');
    expect(await ask('--strike', 'nobody')).toBe('2');
    expect(await ask('--place', 'p1=never')).toBe('2');
    expect((await homeward('plan', file, '--strike', 'p1')).code).toBe(2);
  });

  test('[PL-37] of the other side only numbers are known, and they are counted where they go', async () => {
    const file = write('one-sided.json', {
      ...problem,
      legs: [...problem.legs, { id: 'ba', from: 'b', to: 'a' }],
      counted: [{ id: 'theirs', leg: 'ba', category: 'soldier', lane: 'exchange', count: 2 }],
      rules: [{ id: 'even', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] }],
    });
    const plan = join(folder, 'one-sided-plan.json');
    const ran = await homeward('plan', file, '--out', plan);
    expect(ran.err).toContain('b to a (ba): 2 + 0 = 2\n');
    expect((await homeward('check', file, plan)).out).toContain('The plan holds: 4 persons placed');
    const out = join(folder, 'one-sided-again.json');
    const again = await homeward('plan', file, '--previous', plan, '--forbid', 'p1=t1', '--out', out);
    expect(again.err).toMatch(
      /\n {2}theirs, known by number: 2 → 1 in t1\n {2}theirs, known by number: 0 → 1 in t2\n/,
    );
  });

  test('[PL-9] a rule that counts nobody is said, and the plan is made', async () => {
    const slip = { id: 'slip', kind: 'quota', who: { categories: ['civillian'] }, max: 0 };
    const file = write('slip.json', { ...problem, rules: [...problem.rules, slip] });
    const ran = await homeward('plan', file, '--json');
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('homeward: "slip" counts nobody: nobody is of the category "civillian".\n');
    expect((JSON.parse(ran.out) as { readonly idle: unknown }).idle).toEqual([
      { rule: 'slip', text: '"slip" counts nobody: nobody is of the category "civillian".' },
    ]);
  });

  test('[PL-29] [PL-32] manifests for people and for programs, checked from the raw problem', async () => {
    const file = write('moving.json', problem);
    const [plan, text, data] = ['moving-plan.json', 'manifests.txt', 'manifests.json'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const given = {
      format: 'homeward-movement-terms',
      version: 1,
      stepSizes: [],
      stepMinutes: 10,
      leadMinutes: 30,
      windows: [{ tranche: 't1', leg: 'ab', opensAt: 540, closesAt: 600 }],
      vehicles: [{ leg: 'ab', vehicles: [{ id: 'bus', seats: 3 }] }],
    };
    const terms = write('terms.json', given);
    const made = await homeward('plan', file, '--out', plan, '--movement', terms, '--manifests', text);
    expect(made.code).toBe(0);
    expect(readFileSync(text, 'utf8')).toBe(
      [
        'Tranche t1',
        '  bus, leg ab (a to b): departs 08:30, 1 persons',
        '    1. p1: seat 1',
        '  Steps',
        '    1. 09:00 (paired)',
        '       ab: 1 (p1)',
        'Tranche t2',
        '  bus, leg ab (a to b): departs 23:30 (1 day before), 1 persons',
        '    1. p2: seat 1',
        '  Steps',
        '    1. 00:00 (paired)',
        '       ab: 1 (p2)',
        '',
      ].join('\n'),
    );
    await homeward('plan', file, '--out', plan, '--movement', terms, '--manifests', data);
    const checked = await homeward('check', file, plan, data, terms);
    expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('The movements hold.\n')]);
    const late = write('late.json', readFileSync(data, 'utf8').replace('"opensAt": 540', '"opensAt": 595'));
    const refused = await homeward('check', file, plan, late, terms);
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringContaining('movement: t1: step 1 lies outside the window of leg ab\n'),
    ]);

    const [none, small] = [join(folder, 'none.txt'), { ...given, vehicles: [] }];
    const impossible = ['--movement', write('small.json', small), '--manifests', none];
    const without = await homeward('plan', file, '--out', plan, ...impossible);
    expect([without.code, without.err]).toEqual([
      1,
      expect.stringContaining('no movement: t1, leg ab: 1 persons have no place in the vehicles named\n'),
    ]);
    expect(existsSync(none)).toBe(false);
    const wrong = write('wrong-terms.json', { ...given, leadMinutes: -1 });
    const bad = await homeward('plan', file, '--out', plan, '--movement', wrong, '--manifests', none);
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('wrong-terms.json#/leadMinutes')]);
    expect((await homeward('plan', file, '--movement', terms)).code).toBe(2);
    expect((await homeward('check', file, plan, data)).code).toBe(2);
  });

  test('[PL-39] movements of a re-plan whose changes do not fit are not checked, and that is said', async () => {
    const file = write('hostile.json', problem);
    const [plan, again] = [join(folder, 'hostile-plan.json'), join(folder, 'hostile-again.json')];
    const terms = write('hostile-terms.json', {
      format: 'homeward-movement-terms',
      version: 1,
      stepSizes: [],
      stepMinutes: 10,
      leadMinutes: 30,
      windows: [],
      vehicles: [{ leg: 'ab', vehicles: [{ id: 'bus', seats: 3 }] }],
    });
    await homeward('plan', file, '--out', plan);
    const moves = join(folder, 'hostile-moves.json');
    const movement = ['--movement', terms, '--manifests', moves];
    await homeward('plan', file, '--previous', plan, '--out', again, '--forbid', 'p3', ...movement);
    expect((await homeward('check', file, again, moves, terms)).out).toContain('The movements hold.\n');
    const made = JSON.parse(readFileSync(again, 'utf8')) as TranchePlan;
    const rule = { id: 'bad', kind: 'parity', form: 'equal', left: 'ab' };
    const bad = write('hostile-bad.json', {
      ...made,
      replan: { ...made.replan, changes: [{ kind: 'set-rule', rule }] },
    });
    const refused = await homeward('check', file, bad, moves, terms);
    expect([refused.code, refused.err]).toEqual([1, '']);
    expect(refused.out).toContain('the re-plan does not fit the problem: /rules/1/left: expected a list\n');
    expect(refused.out).toContain('The movements were not checked: the plan does not hold.\n');
    const told = await homeward('check', file, bad, moves, terms, '--json');
    expect(told.code).toBe(1);
    expect(JSON.parse(told.out)).toMatchObject({ isHolding: false, movementFaults: null });

    // What a file sets the length of is not printed whole.
    const names = Array.from({ length: 2_000 }, (_, index) => `n${index}`);
    const long = write('hostile-long.json', {
      ...made,
      replan: {
        ...made.replan,
        changes: [
          { kind: 'set-rule', rule: { ...rule, persons: names } },
          ...names.map((person) => ({ kind: 'forbid', persons: [person, ...names] })),
        ],
      },
    });
    const cut = await homeward('check', file, long);
    expect(cut.code).toBe(1);
    expect(cut.out).toMatch(/… and \d+ characters more\n/);
    expect(cut.out).toContain('n0, n0, n1, n2, n3, n4,');
    expect(cut.out).toContain('n37, n38 and 1961 more not at all\n');
    expect(cut.out).toContain('\n  and 1961 more\n');
    expect(cut.out.length).toBeLessThan(20_000);
  });

  test('[PL-25] what a file says cannot write over what the commands say', async () => {
    const spoof = 'x\u001b[2J\nThe plan holds: 3 persons placed\u202e';
    const shown = 'x\\u{1b}[2J\\u{a}The plan holds: 3 persons placed\\u{202e}';
    const written = /^The plan holds|[^\P{Cc}\n]|\u202e/mu;
    const file = write('spoof.json', problem);
    const [plan, again] = [join(folder, 'spoof-plan.json'), join(folder, 'spoof-again.json')];
    await homeward('plan', file, '--out', plan);
    await homeward('plan', file, '--previous', plan, '--out', again, '--strike', 'p3');
    const made = JSON.parse(readFileSync(again, 'utf8')) as TranchePlan;
    const strike = { kind: 'strike', person: 'p3', reason: spoof };
    const places = [...made.places, { person: spoof, tranche: 't1' }];
    const forged = { ...made, places, replan: { ...made.replan, changes: [strike] } };
    const checked = await homeward('check', file, write('spoof-forged.json', forged));
    expect(checked.out).toContain(`  what if: p3 drops out (${shown})\n`);
    expect(checked.out).toContain(`the plan places ${shown}, who is not in the problem\n`);
    const extra = write('spoof-extra.json', { ...problem, [spoof]: 1 });
    expect((await homeward('check', extra, plan)).err).toContain(
      `homeward: ${extra}#/${shown}: expected no such field`,
    );

    // Every name is one: of persons, legs, tranches, rules and vehicles.
    const [one] = problem.persons;
    const named = {
      ...problem,
      tranches: [{ id: spoof }],
      legs: [{ id: spoof, from: spoof, to: `${spoof} too`, crossing: spoof }],
      persons: [
        { ...one, id: spoof, leg: spoof },
        { ...one, id: 'p2', leg: spoof },
      ],
      rules: [
        { id: spoof, kind: 'quota', who: {}, max: 1 },
        { id: `${spoof} idle`, kind: 'quota', who: { categories: ['none'] }, max: 1 },
      ],
    };
    const terms = write('spoof-terms.json', {
      format: 'homeward-movement-terms',
      version: 1,
      stepSizes: [],
      stepMinutes: 10,
      leadMinutes: 30,
      windows: [],
      vehicles: [{ leg: spoof, vehicles: [{ id: spoof, seats: 3 }] }],
    });
    const [text, page] = [join(folder, 'spoof-moves.txt'), join(folder, 'spoof-moves.json')];
    const asked = ['--prices', 'all', '--explain', spoof, '--progress', '--previous'];
    const all = write('spoof-all.json', named);
    const old = write('spoof-old.json', {
      ...made,
      places: ['p2', `${spoof} gone`].map((person) => ({ person, tranche: spoof })),
    });
    for (const manifests of [text, page]) {
      const movement = ['--movement', terms, '--manifests', manifests];
      const ran = await homeward('plan', all, '--out', plan, ...asked, old, ...movement);
      expect([ran.code, ran.out, ran.err]).toEqual([
        0,
        expect.stringContaining(shown),
        expect.stringContaining(shown),
      ]);
      for (const said of [ran.out, ran.err]) expect(said).not.toMatch(written);
    }
    expect(readFileSync(text, 'utf8')).toContain(`Tranche ${shown}\n`);
    expect(readFileSync(text, 'utf8')).not.toMatch(written);
    const none = write('spoof-none.json', {
      ...named,
      rules: [{ id: spoof, kind: 'quota', who: {}, min: 5 }],
    });
    const ways = await homeward('plan', none);
    expect([ways.code, ways.err]).toEqual([1, expect.stringContaining(`"${shown}" asks for`)]);
    expect(ways.err).not.toMatch(written);
    const broken = JSON.parse(readFileSync(page, 'utf8')) as MovementDocument;
    const empty = { ...broken, movements: broken.movements.map((each) => ({ ...each, steps: [] })) };
    const faulty = await homeward('check', all, plan, write('spoof-empty.json', empty), terms);
    expect(faulty.out).toContain(`movement: ${shown}: `);
    expect(faulty.out.match(/^The plan holds/gmu)).toHaveLength(1);
  });

  test('an impossible problem says which rules, and writes nothing', async () => {
    const out = join(folder, 'none.json');
    const rule = { id: 'five', kind: 'quota', who: {}, tranche: 't1', min: 5 };
    const file = write('impossible.json', { ...problem, rules: [rule] });
    const ran = await homeward('plan', file, '--out', out);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('"five": at least 5 persons are required in t1; 3 are eligible.');
    expect(ran.err).toContain('no plan keeps every rule (proven)');
    expect(ran.err).toContain('"five" asks for at least');
    expect(existsSync(out)).toBe(false);
    const page = join(folder, 'none.html');
    await homeward('plan', file, '--out', out, '--report', page);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('No plan keeps every rule: proven.');
    expect(html).toContain('<li>&quot;five&quot; asks for at least');
  });

  test('bad input names file and place, exits 2 and writes nothing', async () => {
    const out = join(folder, 'nothing.json');
    const wrong = write('wrong.json', { ...problem, persons: [{ ...problem.persons[0], value: 9 }] });
    const ran = await homeward('plan', wrong, '--out', out);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(`${wrong}#/persons/0/value: expected no such field`);
    expect(existsSync(out)).toBe(false);
    const whole = await homeward('plan', write('list.json', []));
    expect(whole.err).toContain('list.json#: expected an object');
    expect((await homeward('plan')).code).toBe(2);
    expect((await homeward('plan', wrong, '--time-limit', 'soon')).code).toBe(2);
    expect((await homeward('check', wrong, join(folder, 'missing.json'))).code).toBe(2);
  });
});

describe('a search that ends early', () => {
  /** Packages and persons to be kept apart, compared in single days: some hundred levels that each cost a search. */
  function toLongProblem(): unknown {
    let state = 7;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    const persons = Array.from({ length: 400 }, (_, index) => ({
      id: `p${String(index).padStart(3, '0')}`,
      leg: index % 2 === 0 ? 'ba' : 'ab',
      category: 'soldier',
      lane: 'exchange',
      days: 100 + below(900),
      need: 'seat',
    }));
    const draw = (count: number): string[] => {
      const drawn = new Set<string>();
      while (drawn.size < count) drawn.add(persons[below(400)]?.id ?? '');
      return [...drawn];
    };
    const tied = Array.from({ length: 90 }, (_, number) => {
      const [first = '', ...rest] = draw(3 + (number % 4));
      const id = `tied ${number}`;
      if (number % 3 === 0) return { id, kind: 'apart', persons: [first, ...rest] };
      if (number % 3 === 1) return { id, kind: 'package', form: 'only-with', persons: [first], with: rest };
      return { id, kind: 'package', form: 'together', persons: [first, ...rest].slice(0, 3) };
    });
    return {
      format: 'homeward-planning-problem',
      version: 1,
      tranches: ['t1', 't2', 't3', 't4'].map((id) => ({ id })),
      legs: [
        { id: 'ab', from: 'a', to: 'b' },
        { id: 'ba', from: 'b', to: 'a' },
      ],
      persons,
      rules: [
        { id: 'parity', kind: 'parity', form: 'equal', left: ['ab'], right: ['ba'] },
        { id: 'most', kind: 'quota', who: { legs: ['ab'] }, max: 41 },
        ...tied,
      ],
      objectives: [
        { kind: 'returned' },
        { kind: 'captivity-total', stepDays: 1 },
        { kind: 'captivity-leximin', stepDays: 1 },
      ],
    };
  }

  test('[PL-27] by time: the best plan so far, its bounds, and the checker agrees', async () => {
    const file = write('long.json', toLongProblem());
    const out = join(folder, 'long.plan.json');
    const ran = await homeward('plan', file, '--time-limit', '0.7', '--out', out);
    expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('ended early (time-limit)')]);
    const { certificate } = JSON.parse(readFileSync(out, 'utf8')) as TranchePlan;
    expect([certificate.status, certificate.stopped]).toEqual(['feasible', 'time-limit']);
    expect(certificate.levels.filter(({ bound }) => bound === null)).toEqual([]);
    const checked = await homeward('check', file, out);
    expect([checked.code, checked.out]).toEqual([
      0,
      expect.stringContaining('does not claim to be the best'),
    ]);
  });

  test('[PL-27] by Ctrl-C: the best plan so far, exit 0, and the checker agrees', async () => {
    const file = write('long.json', toLongProblem());
    const out = join(folder, 'interrupted.plan.json');
    const child = spawn(
      process.execPath,
      ['--conditions=homeward-source', main, 'plan', file, '--progress', '--out', out],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let err = '';
    let isAsked = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      if (isAsked || !err.includes('planning: returned')) return;
      isAsked = true;
      child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, err]).toEqual([0, expect.stringContaining('ending with the best plan so far')]);
    const { certificate } = JSON.parse(readFileSync(out, 'utf8')) as TranchePlan;
    expect([certificate.status, certificate.stopped]).toEqual(['feasible', 'interrupted']);
    expect((await homeward('check', file, out)).code).toBe(0);
  });
});

describe('what is said of a plan', () => {
  const level = { objective: 'returned', part: 'persons', sense: 'max', value: 3, bound: 3 } as const;
  const plan = (proofs: readonly ('relaxation' | 'branch-and-bound')[]): TranchePlan => ({
    format: 'homeward-tranche-plan',
    version: 1,
    problem: 'ab',
    places: [],
    counted: [],
    circuits: [],
    certificate: {
      status: 'optimal',
      solver: 's',
      levels: proofs.map((proof) => ({ ...level, proof })),
    },
  });

  test('[PL-26] nothing is called proven that rests on the solver’s word', () => {
    expect(toHeading(plan(['relaxation', 'relaxation']))).toBe('Proven best by the published order');
    expect(toHeading(plan(['relaxation', 'branch-and-bound', 'relaxation']))).toBe(
      'Best by the published order, of which 2 of 3 values are proven and 1 rest on the solver’s word',
    );
    const { certificate } = plan(['relaxation']);
    const stopped: TranchePlan = {
      ...plan([]),
      certificate: {
        ...certificate,
        status: 'feasible',
        stopped: 'time-limit',
        levels: [
          { ...level, proof: 'relaxation' },
          { ...level, bound: 5, proof: 'relaxation' },
        ],
      },
    };
    expect(toHeading(stopped)).toContain('1 of 2 values are the best possible');
  });
});

describe('files', () => {
  test.each([
    ['{"a": }', 1, 7],
    ['{\n "a": 1,\n}', 3, 1],
    ['[1, 2', 1, 6],
    ['[1 2]', 1, 4],
    ['{"a" 1}', 1, 6],
    ['nope', 1, 1],
    ['"a\nb"', 1, 1],
    ['', 1, 1],
    ['[1]]', 1, 4],
  ])('%j is refused at line %i, column %i', (text, line, column) => {
    const file = write('text.json', text);
    expect(readJsonFile(file)).toEqual({ isRead: false, says: `${file}:${line}:${column}: expected JSON.` });
  });

  test('a page shows names as text, whatever they are', () => {
    const name = '"><img src=x>';
    const html = toHtmlReport({
      problem: {
        format: 'homeward-planning-problem',
        version: 1,
        name,
        tranches: [{ id: name }],
        legs: [{ id: name, from: 'a', to: 'b' }],
        persons: [],
        rules: [{ id: name, kind: 'veto', persons: [name], saidBy: name }],
      },
      plan: {
        format: 'homeward-tranche-plan',
        version: 1,
        problem: name,
        places: [],
        counted: [],
        circuits: [],
        certificate: { status: 'optimal', solver: name, levels: [] },
      },
      reasons: [
        {
          person: name,
          tranche: name,
          code: 'full',
          rule: name,
          rules: [name],
          objective: null,
          passedBy: name,
          placedBy: name,
          text: name,
          remedy: name,
        },
      ],
      fairness: {
        spreads: [{ leg: name, tranche: name, persons: 1, days: [1, 1, 1, 1, 1] }],
        inversions: [{ leg: name, pairs: 0, comparable: 0, waiting: [] }],
      },
      difference: {
        moves: [{ person: name, from: name, to: null }],
        counted: [{ group: name, tranche: name, before: 1, after: 2 }],
        levels: [{ objective: 'returned', part: name, before: 1, after: 2, verdict: 'better' }],
      },
      prices: [{ rule: name, relaxed: name, status: 'planned', gain: null }],
    });
    expect(html).not.toContain('<img');
    const rule = { rule: name, text: name };
    const way = { ...rule, by: 1 };
    const none = toHtmlConflict(
      {
        format: 'homeward-planning-problem',
        version: 1,
        name,
        tranches: [],
        legs: [],
        persons: [],
        rules: [],
      },
      true,
      { rules: [rule], others: [[rule]], relaxations: [way], together: [way] },
    );
    expect(none.match(/&lt;img/g)?.length).toBe(6);
    expect(none).not.toContain('<img');
  });
});
