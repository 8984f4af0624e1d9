/**
 * Writes the `references` of every `tsconfig.json` from what the `package.json` files declare.
 *
 * `node scripts/references.mjs` writes; scripts/boundaries.mjs checks that nothing is left to write.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import prettier from 'prettier';
import ts from 'typescript';
import { root } from './installed.mjs';
import { findWorkspaces, toReferences } from './workspaces.mjs';

const extra = ['scripts/tsconfig.test.json'];

/** Each `tsconfig` file of the tree with the references that it should have. */
export function findReferences(tree) {
  const all = findWorkspaces(tree);
  const projects = all.flatMap((workspace) => {
    const { source, test } = toReferences(workspace, all);
    const from = (folders) => folders.map((folder) => posix.relative(workspace.folder, folder) || '.');
    return [
      { file: `${workspace.folder}/tsconfig.json`, paths: from(source) },
      { file: `${workspace.folder}/tsconfig.test.json`, paths: from(test) },
    ].filter(({ file }) => existsSync(join(tree, file)));
  });
  const ofRoot = [...projects.map(({ file }) => file.replace(/\/tsconfig\.json$/, '')), ...extra];
  return [...projects, { file: 'tsconfig.json', paths: ofRoot }];
}

/** The `tsconfig` files whose references are not those, with the text that they should hold. */
export function findStaleReferences(tree) {
  return findReferences(tree).flatMap(({ file, paths }) => {
    const { config } = ts.readConfigFile(join(tree, file), ts.sys.readFile);
    const stands = (config.references ?? []).map(({ path }) => posix.normalize(path));
    const wanted = new Set(paths);
    const same = stands.length === wanted.size && stands.every((path) => wanted.has(path));
    return same ? [] : [{ file, config: { ...config, references: paths.map((path) => ({ path })) } }];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { file, config } of findStaleReferences(root)) {
    const options = await prettier.resolveConfig(join(root, file));
    const text = await prettier.format(JSON.stringify(config), { ...options, filepath: file });
    if (text !== readFileSync(join(root, file), 'utf8')) writeFileSync(join(root, file), text);
    process.stderr.write(`${file}: references written\n`);
  }
}
