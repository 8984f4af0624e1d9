/**
 * The walls between packages, checked in two ways because each sees what the other misses (docs/adr/0003):
 * dependency-cruiser for the direction of every edge, and a reading of each import for packages that a
 * workspace uses without declaring them (npm hoists all workspaces, so Node resolves those happily).
 *
 * `node scripts/boundaries.mjs [folder]` checks another copy of the tree; the wall tests use that.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { findClassFaults } from './css-classes.mjs';
import { findFolderCycles } from './folder-cycles.mjs';
import { root } from './installed.mjs';
import { findStaleReferences } from './references.mjs';
import { walls } from './walls.mjs';
import { findWorkspaceRoots, findWorkspaces } from './workspaces.mjs';

const tree = resolve(process.argv[2] ?? root);
const faults = [];

const workspaces = findWorkspaces(tree);
const { version } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8'));
const roots = findWorkspaceRoots(tree);
const builtin = new Set(builtinModules);

for (const { file } of findStaleReferences(tree)) {
  faults.push(
    `${file}: its references are not what package.json declares (run: node scripts/references.mjs)`,
  );
}

for (const { folder, manifest } of workspaces) {
  if (walls[folder] === undefined) faults.push(`${folder}/package.json: has no row in scripts/walls.mjs`);
  if (manifest.version !== version) {
    faults.push(`${folder}/package.json: its version is not ${version}, that of the project`);
  }
  const declared = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})]);
  const forTests = new Set(Object.keys(manifest.devDependencies ?? {}));
  const files = globSync('src/**/*.{ts,tsx}', { cwd: join(tree, folder) }).filter(
    (f) => !f.endsWith('.d.ts'),
  );
  for (const file of files) {
    const text = readFileSync(join(tree, folder, file), 'utf8');
    const isTest = /\.(test|contract)\.tsx?$/.test(file) || manifest.name === '@homeward/e2e';
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (fileName.startsWith('.') || fileName.startsWith('node:') || fileName.startsWith('virtual:'))
        continue;
      const name = fileName
        .split('/')
        .slice(0, fileName.startsWith('@') ? 2 : 1)
        .join('/');
      const place = join(folder, file);
      if (builtin.has(name)) {
        faults.push(`${place}: write "node:${fileName}" for the built-in "${fileName}"`);
      } else if (isTest && (forTests.has(name) || name === 'vitest' || name === 'fast-check')) {
        continue;
      } else if (!declared.has(name) && !(folder === 'apps/web' && forTests.has(name))) {
        faults.push(`${place}: imports "${name}", which ${folder}/package.json does not declare`);
      }
    }
  }
}

faults.push(...findClassFaults(tree));

const sources = globSync(`{${roots.join(',')}}/**/src/**/*.{ts,tsx}`, {
  cwd: tree,
  exclude: (name) => ['node_modules', 'dist', '.tsc-test'].includes(name),
}).filter((file) => !file.endsWith('.d.ts'));
const cruise = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
    ...roots,
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'json',
  ],
  { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 28 },
);
let report;
try {
  report = JSON.parse(cruise.stdout);
} catch {
  faults.push(`dependency-cruiser gave no report: ${cruise.stderr.slice(0, 400)}`);
}
/** Folders whose circles are still to be undone. Nothing may be added here. */
const owed = ['packages/core/src/planning', 'packages/core/src/linkage'];

if (report !== undefined) {
  const inTree = new Set(report.modules.map(({ source }) => source));
  for (const { rule, from, to } of report.summary.violations) {
    faults.push(`${from}: may not import ${to} (${rule.name})`);
  }
  // What tests import binds no floor to another; nor is the folder `reference/` of planning more than a test.
  const isTest = (file) => /\.(test|contract|spec)\.tsx?$|\/(testing|reference)\//.test(file);
  const edges = report.modules
    .filter(({ source }) => !isTest(source))
    .flatMap(({ source, dependencies }) =>
      dependencies
        .map(({ resolved }) => resolved)
        .filter((resolved) => inTree.has(resolved) && !isTest(resolved))
        .map((resolved) => [source, resolved]),
    );
  for (const { folder, edges: circle } of findFolderCycles(edges)) {
    const isInWorkspace = workspaces.some(({ folder: place }) => `${folder}/`.startsWith(`${place}/`));
    if (!isInWorkspace || owed.some((place) => folder.startsWith(place))) continue;
    for (const [from, to] of circle) {
      faults.push(
        `${from}: may not import ${to} (no-folder-cycles: the folders of ${folder}/ form a circle)`,
      );
    }
  }
  const seen = new Set(report.modules.map(({ source }) => source));
  for (const file of sources) {
    if (!seen.has(file.replaceAll('\\', '/'))) faults.push(`${file}: not seen by dependency-cruiser`);
  }
}

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stderr.write(
  faults.length === 0
    ? `boundaries: ${sources.length} files, every edge allowed\n`
    : `boundaries: ${faults.length} fault(s)\n`,
);
process.exit(faults.length === 0 ? 0 : 1);
