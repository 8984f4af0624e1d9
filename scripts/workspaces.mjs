/**
 * The workspaces of this project, read from `package.json` and nowhere else: whoever adds one adds its folder, its
 * `package.json` and its row of `walls.mjs`; every list that a task needs comes from here.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Every workspace of the tree, by folder.
 *
 * @param {string} tree the root of the tree
 * @returns {{ folder: string, name: string, manifest: Record<string, any> }[]}
 */
export function findWorkspaces(tree) {
  const patterns = readJson(join(tree, 'package.json')).workspaces;
  return globSync(
    patterns.map((pattern) => `${pattern}/package.json`),
    { cwd: tree },
  )
    .map((file) => dirname(file).replaceAll('\\', '/'))
    .sort()
    .map((folder) => {
      const manifest = readJson(join(tree, folder, 'package.json'));
      return { folder, name: manifest.name, manifest };
    });
}

/** The folders at the root of the tree that hold workspaces, as `packages` and `bench`. */
export function findWorkspaceRoots(tree) {
  const roots = new Set(findWorkspaces(tree).map(({ folder }) => folder.split('/')[0]));
  return [...roots].filter((name) => existsSync(join(tree, name))).sort();
}

/**
 * The projects of TypeScript that each workspace must reference, from what its `package.json` declares: the sources by
 * its dependencies, the tests by the development dependencies as well.
 */
export function toReferences(workspace, all) {
  const own = (names) => all.filter(({ name }) => names.includes(name)).map(({ folder }) => folder);
  const declared = Object.keys(workspace.manifest.dependencies ?? {});
  const forTests = Object.keys(workspace.manifest.devDependencies ?? {});
  return { source: own(declared), test: [workspace.folder, ...own([...declared, ...forTests])] };
}
