/**
 * The walls, attacked: each forbidden import is planted in a temporary copy of the tree, and the gate must name it.
 *
 * One copy holds every plant, each in a file of its own, so that one run of each checker judges all of them; a
 * checker that names a file nobody planted is wrong too, and fails the last test of its group.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findWorkspaceRoots, findWorkspaces } from './workspaces.mjs';

const root = resolve(import.meta.dirname, '..');
const folders = [...findWorkspaceRoots(root), 'scripts'];
const left = new Set(['node_modules', 'dist', '.tsc-test', '.homeward']);

interface Plant {
  readonly wall: string;
  readonly file: string;
  readonly text: string;
  readonly says: RegExp;
}

/** Seen by scripts/boundaries.mjs: the direction of edges and what a workspace declares. */
const imports: readonly Plant[] = [
  {
    wall: 'core uses node:fs',
    file: 'packages/core/src/exchange/planted-fs.ts',
    text: `import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n`,
    says: /pure-touches-no-runtime/,
  },
  {
    wall: 'tlog imports core',
    file: 'packages/tlog/src/planted-core.ts',
    text: `export * from '@homeward/core/exchange';\n`,
    says: /wall-of-packages\/tlog/,
  },
  {
    wall: 'tlog imports core without declaring it',
    file: 'packages/tlog/src/planted-undeclared-core.ts',
    text: `export * from '@homeward/core/exchange';\n`,
    says: /does not declare/,
  },
  {
    wall: 'linkage imports exchange',
    file: 'packages/core/src/linkage/planted-exchange.ts',
    text: `export * from '../exchange/index.ts';\n`,
    says: /linkage-knows-names-only/,
  },
  {
    wall: 'names imports linkage',
    file: 'packages/core/src/names/planted-linkage.ts',
    text: `export * from '../linkage/index.ts';\n`,
    says: /names-stand-alone/,
  },
  {
    wall: 'planning imports exchange',
    file: 'packages/core/src/planning/planted-exchange.ts',
    text: `export * from '../exchange/index.ts';\n`,
    says: /planning-stands-alone/,
  },
  {
    wall: 'exchange imports planning',
    file: 'packages/core/src/exchange/planted-planning.ts',
    text: `export * from '../planning/index.ts';\n`,
    says: /exchange-stands-alone/,
  },
  {
    wall: 'statements import planning',
    file: 'packages/core/src/statements/planted-planning.ts',
    text: `export * from '../planning/index.ts';\n`,
    says: /statements-stand-alone/,
  },
  {
    wall: 'what the public reads imports the store',
    file: 'packages/publication/src/planted-store.ts',
    text: `export * from '@homeward/store';\n`,
    says: /wall-of-packages\/publication/,
  },
  {
    wall: 'exchange imports access',
    file: 'packages/core/src/exchange/planted-access.ts',
    text: `export * from '../access/index.ts';\n`,
    says: /exchange-stands-alone/,
  },
  {
    wall: 'choice imports linkage',
    file: 'packages/core/src/choice/planted-linkage.ts',
    text: `export * from '../linkage/index.ts';\n`,
    says: /choice-bridges-exchange-and-planning/,
  },
  {
    wall: 'choice imports a room of the exchange past its door',
    file: 'packages/core/src/choice/planted-room.ts',
    text: `export * from '../exchange/decide.ts';\n`,
    says: /choice-bridges-exchange-and-planning/,
  },
  {
    wall: 'reconciliation imports planning',
    file: 'packages/core/src/reconciliation/planted-planning.ts',
    text: `export * from '../planning/index.ts';\n`,
    says: /reconciliation-bridges-exchange-and-linkage/,
  },
  {
    wall: 'rehearsing imports planning',
    file: 'packages/core/src/rehearsing/planted-planning.ts',
    text: `export * from '../planning/index.ts';\n`,
    says: /rehearsing-asks-the-rules-alone/,
  },
  {
    wall: 'access imports the decider',
    file: 'packages/core/src/access/planted-decider.ts',
    text: `export * from '../exchange/index.ts';\n`,
    says: /access-knows-roles-only/,
  },
  {
    wall: 'core imports the wire',
    file: 'packages/core/src/exchange/planted-contract.ts',
    text: `export * from '@homeward/contract';\n`,
    says: /wall-of-packages\/core/,
  },
  {
    wall: 'the store imports the wire',
    file: 'packages/store/src/planted-contract.ts',
    text: `export * from '@homeward/contract';\n`,
    says: /wall-of-packages\/store/,
  },
  {
    wall: 'the solver imports the store',
    file: 'packages/solver/src/planted-store.ts',
    text: `export * from '@homeward/store';\n`,
    says: /wall-of-packages\/solver/,
  },
  {
    wall: 'a library imports an app',
    file: 'packages/contract/src/planted-server.ts',
    text: `export * from '@homeward/server';\n`,
    says: /wall-of-packages\/contract/,
  },
  {
    wall: 'the page imports the node',
    file: 'apps/web/src/planted-server.ts',
    text: `export * from '@homeward/server';\n`,
    says: /wall-of-apps\/web/,
  },
  {
    wall: 'the node imports the command',
    file: 'apps/server/src/planted-cli.ts',
    text: `export * from '../../cli/src/main.ts';\n`,
    says: /wall-of-apps\/server/,
  },
  {
    wall: 'a command that starts no node imports the node',
    file: 'apps/cli/src/link/planted-server.ts',
    text: `export * from '@homeward/server';\n`,
    says: /apps-import-no-app/,
  },
  {
    wall: 'a page imports another page',
    file: 'apps/web/src/pages/start/planted-page.ts',
    text: `export * from '../board/planted-other.ts';\n`,
    says: /pages-are-strangers/,
  },
  ...(
    [
      ['reading', 'words/planted-floor.ts'],
      ['words', 'browser/planted-floor.ts'],
      ['marks', 'node/planted-floor.ts'],
      ['theme', 'board/planted-floor.ts'],
      ['node', 'replica/planted-floor.ts'],
      ['replica', 'telling/planted-floor.ts'],
      ['verifier', 'board/planted-floor.ts'],
      ['telling', 'board/planted-floor.ts'],
      ['board', 'pages/board/planted-other.ts'],
      ['pages/start', 'app/planted-floor.ts'],
    ] as const
  ).map(([floor, above]) => ({
    wall: `a floor of the pages imports one above it: ${floor} → ${above.slice(0, above.lastIndexOf('/'))}`,
    file: `apps/web/src/${floor}/planted-up.ts`,
    text: `export * from '${floor.includes('/') ? '../../' : '../'}${above}';\n`,
    says: /floors-of-the-pages/,
  })),
  {
    wall: 'a page takes what only tests need',
    file: 'apps/web/src/board/planted-testing.ts',
    text: `export * from '../testing/words-of.ts';\n`,
    says: /test-support-is-for-tests/,
  },
  {
    wall: 'a class is declared by two stylesheets',
    file: 'apps/web/src/board/planted.css',
    text: `.hw-panel {\n  color: red;\n}\n.hw-planted {\n  color: red;\n}\n`,
    says: /declares the class hw-panel, which apps\/web\/src\/theme/,
  },
  {
    wall: 'a component uses the class of another folder',
    file: 'apps/web/src/telling/planted-class.tsx',
    text: `export const name = 'hw-planted';\n`,
    says: /uses the class hw-planted, which belongs to apps\/web\/src\/board/,
  },
  {
    wall: 'a component uses a class that nothing declares',
    file: 'apps/web/src/board/planted-none.tsx',
    text: `export const name = 'hw-planted-nowhere';\n`,
    says: /which no stylesheet declares/,
  },
  {
    wall: 'a desk of the node imports another desk',
    file: 'apps/server/src/desks/planted-lists/routes.ts',
    text: `export * from '../planted-crossing/routes.ts';\n`,
    says: /desks-are-strangers/,
  },
  {
    wall: 'a desk of the page imports another desk',
    file: 'apps/web/src/desks/planted-lists/desk.ts',
    text: `export * from '../planted-crossing/desk.ts';\n`,
    says: /pages-are-strangers/,
  },
  {
    wall: 'another desk reads what a medic wrote',
    file: 'apps/server/src/desks/planted-lists/medical.ts',
    text: `export * from '../medical/planted.ts';\n`,
    says: /medical-behind-its-wall/,
  },
  {
    wall: 'two folders import each other, and no two files do',
    file: 'packages/store/src/planted-above/top.ts',
    text: `export * from '../planted-below/bottom.ts';\n`,
    says: /no-folder-cycles/,
  },
  {
    wall: 'an example imports an app',
    file: 'examples/istanbul-2025/src/planted-server.ts',
    text: `export * from '@homeward/server';\n`,
    says: /wall-of-examples\/istanbul-2025/,
  },
  {
    wall: 'two files import each other',
    file: 'packages/core/src/exchange/planted-cycle.ts',
    text: `export * from './planted-cycle-other.ts';\n`,
    says: /no-cycles/,
  },
  {
    wall: 'a workspace is imported that nothing declares',
    file: 'packages/store/src/planted-undeclared.ts',
    text: `import '@homeward/example-istanbul-2025';\n`,
    says: /does not declare/,
  },
  {
    wall: 'a package is imported that nothing declares',
    file: 'packages/contract/src/planted-npm.ts',
    text: `import 'typescript';\n`,
    says: /does not declare/,
  },
  {
    wall: 'a workspace is added that no wall knows',
    file: 'packages/planted/package.json',
    text: JSON.stringify({ name: '@homeward/planted', dependencies: { '@homeward/tlog': '0.1.0' } }),
    says: /has no row in scripts\/walls.mjs/,
  },
  {
    wall: 'a workspace is declared but not referenced',
    file: 'packages/planted/tsconfig.json',
    text: JSON.stringify({ extends: '../../tsconfig/node.json' }),
    says: /references are not what package.json declares/,
  },
  {
    wall: 'a built-in is named without its scheme',
    file: 'apps/server/src/planted-scheme.ts',
    text: `import 'fs';\n`,
    says: /write "node:fs"/,
  },
];

/** Seen by the compiler: what the pure packages cannot even name, and doors that are not in \`exports\`. */
const types: readonly Plant[] = [
  ...[
    'console',
    'process',
    'Buffer',
    'fetch',
    'setTimeout',
    'crypto',
    'structuredClone',
    'TextEncoder',
    'URL',
  ].map((name) => ({
    wall: `core uses ${name}`,
    file: `packages/core/src/planted/${name.toLowerCase()}.ts`,
    text: `export const used: unknown = ${name};\n`,
    says: /TS(2304|2580|2584|2591)/,
  })),
  {
    wall: 'a deep import past the exports of a package',
    file: 'packages/core/src/planted/deep.ts',
    text: `import '@homeward/tlog/src/index.ts';\nexport {};\n`,
    says: /TS(2307|2882)/,
  },
  {
    wall: 'a relative import into another package',
    file: 'packages/core/src/planted/relative.ts',
    text: `export * from '../../../contract/src/planted-empty.ts';\n`,
    says: /TS(2878|6059|6307)/,
  },
  {
    wall: 'syntax that Node cannot erase',
    file: 'packages/core/src/planted/enum.ts',
    text: `export enum Planted {\n  One,\n}\n`,
    says: /TS1294/,
  },
  {
    wall: 'a public type that only inference knows',
    file: 'packages/tlog/src/planted/inferred.ts',
    text: `export function sum(a: number, b: number) {\n  return a + b;\n}\n`,
    says: /TS9007/,
  },
];

/** Seen by ESLint: what the compiler allows and the core does not. */
const lint: readonly Plant[] = [
  {
    wall: 'core asks the time',
    file: 'packages/core/src/planted/clock.ts',
    text: `export const now: number = Date.now();\n`,
    says: /no-restricted-globals/,
  },
  {
    wall: 'core rolls dice',
    file: 'packages/core/src/planted/chance.ts',
    text: `export const chance: number = Math.random();\n`,
    says: /no-restricted-properties/,
  },
  {
    wall: 'core sorts by the machine’s language',
    file: 'packages/core/src/planted/locale.ts',
    text: `export const order: number = 'a'.localeCompare('b');\n`,
    says: /no-restricted-properties/,
  },
  {
    wall: 'a case of a union is hidden',
    file: 'packages/core/src/planted/union.ts',
    text: `export function word(kind: 'one' | 'two'): string {\n  switch (kind) {\n    case 'one':\n      return kind;\n    default:\n      return '';\n  }\n}\n`,
    says: /switch-exhaustiveness-check/,
  },
  {
    wall: 'a promise that nobody awaits',
    file: 'packages/core/src/planted/promise.ts',
    text: `export function forget(work: () => Promise<void>): void {\n  work();\n}\n`,
    says: /no-floating-promises/,
  },
];

/** Where plants for the compiler stand. */
const purePackages = ['packages/core', 'packages/tlog'];
let copy = '';

function write(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

/** Each checker's complaints, by the planted file that they are about. */
function run(...command: readonly string[]): string {
  const done = spawnSync(process.execPath, command, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(done.status, 'the checker says no').toBeGreaterThan(0);
  return done.stdout + done.stderr;
}

function linesAbout(output: string, { file }: Plant): string {
  return output
    .split('\n')
    .filter((line) => line.replaceAll('\\', '/').includes(file))
    .join('\n');
}

function strangers(output: string, plants: readonly Plant[]): readonly string[] {
  return (
    output
      .split('\n')
      .filter((line) => /\.tsx?\b/.test(line) && !plants.some(({ file }) => line.includes(file)))
      .filter((line) => !line.includes('planted'))
      // Plants between the parts of the core, and between the floors of the pages, close circles there, which name every edge of the circle.
      .filter((line) => !/the folders of (packages\/core|apps\/web)\/src\/ form a circle/u.test(line))
  );
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'homeward-walls-'));
  for (const file of readdirSync(root, { withFileTypes: true })) {
    if (file.isFile() && file.name !== 'package-lock.json')
      cpSync(join(root, file.name), join(copy, file.name));
  }
  cpSync(join(root, 'tsconfig'), join(copy, 'tsconfig'), { recursive: true });
  for (const folder of folders) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !left.has(path.slice(path.lastIndexOf('/') + 1)),
      errorOnExist: false,
      force: true,
    });
  }
  // What npm installed is linked, not copied; the workspaces point into the copy.
  mkdirSync(join(copy, 'node_modules', '@homeward'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@homeward') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const { name, folder } of findWorkspaces(root)) {
    symlinkSync(join(copy, folder), join(copy, 'node_modules', name));
    const own = join(root, folder, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(copy, folder, 'node_modules'));
  }
  for (const { file, text } of [...imports, ...types, ...lint]) write(file, text);
  write('packages/core/src/exchange/planted-cycle-other.ts', `export * from './planted-cycle.ts';\n`);
  write('packages/contract/src/planted-empty.ts', 'export {};\n');
  for (const file of [
    'apps/web/src/pages/board/planted-other.ts',
    ...['words', 'browser', 'node', 'board', 'replica', 'telling', 'app'].map(
      (floor) => `apps/web/src/${floor}/planted-floor.ts`,
    ),
    'apps/web/src/desks/planted-crossing/desk.ts',
    'apps/server/src/desks/planted-crossing/routes.ts',
    'apps/server/src/desks/medical/planted.ts',
    'packages/store/src/planted-below/bottom.ts',
    'packages/store/src/planted-above/middle.ts',
  ]) {
    write(file, 'export {};\n');
  }
  write('packages/store/src/planted-below/other.ts', `export * from '../planted-above/middle.ts';\n`);
  for (const folder of purePackages) {
    write(
      `${folder}/tsconfig.planted.json`,
      JSON.stringify({ extends: './tsconfig.json', include: ['src/planted'], references: [] }),
    );
  }
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe('the walls between workspaces', () => {
  let output = '';
  beforeAll(() => {
    output = run(join(root, 'scripts', 'boundaries.mjs'), copy);
  });
  test.each(imports)('$wall: the gate names it', (plant) => {
    expect(linesAbout(output, plant)).toMatch(plant.says);
  });
  test('nothing else in the tree is accused', () => {
    expect(strangers(output, imports)).toEqual([]);
  });
});

describe('the walls around the pure packages', () => {
  let output = '';
  beforeAll(() => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    output = purePackages
      .map((folder) => run(compiler, '-p', `${folder}/tsconfig.planted.json`, '--pretty', 'false'))
      .join('\n');
  });
  test.each(types)('$wall: the compiler names it', (plant) => {
    expect(linesAbout(output, plant)).toMatch(plant.says);
  });
});

describe('the rules that the compiler does not know', () => {
  const complaints = new Map<string, string>();
  beforeAll(() => {
    const output = run(
      join(root, 'node_modules/eslint/bin/eslint.js'),
      '--format',
      'json',
      ...lint.map(({ file }) => file),
    );
    for (const { filePath, messages } of JSON.parse(output) as {
      filePath: string;
      messages: { ruleId: string | null }[];
    }[]) {
      const file = lint.find((plant) => filePath.endsWith(plant.file))?.file ?? filePath;
      complaints.set(file, messages.map(({ ruleId }) => ruleId).join(' '));
    }
  });
  test.each(lint)('$wall: ESLint names it', (plant) => {
    expect(complaints.get(plant.file)).toMatch(plant.says);
  });
});
