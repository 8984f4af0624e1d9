/** The walls of the project (ARCHITECTURE.md): every edge that is not allowed here fails the gate. */
import { walls } from './scripts/walls.mjs';
import { findWorkspaceRoots, findWorkspaces } from './scripts/workspaces.mjs';

const ban = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const pure = '^packages/(tlog|core)/src/';
const tests = '\\.(test|contract)\\.tsx?$';
const anyWorkspace = `^(${findWorkspaceRoots('.').join('|')})/`;
const oneOf = (folders) => `^(${folders.join('|')})/`;

/** Each workspace by its row of walls.mjs, and what its tests may import besides. */
const betweenWorkspaces = findWorkspaces('.').flatMap(({ folder }) => {
  const { may = [], tests: forTests = [], because = '' } = walls[folder] ?? {};
  const wall = (name, from, allowed) =>
    ban(name, because, { path: `^${folder}/`, ...from }, { path: anyWorkspace, pathNot: oneOf(allowed) });
  return [
    wall(`wall-of-${folder}`, { pathNot: tests }, [folder, ...may]),
    wall(`wall-of-tests-of-${folder}`, { path: `^${folder}/.*${tests}` }, [folder, ...may, ...forTests]),
  ];
});

export default {
  forbidden: [
    ban('no-cycles', 'A cycle has no bottom to read from.', {}, { circular: true }),
    ...betweenWorkspaces,
    ban(
      'pure-touches-no-runtime',
      'No Node in tlog and core.',
      { path: pure, pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    ban(
      'linkage-knows-names-only',
      'design: linkage -> names.',
      { path: '^packages/core/src/linkage/' },
      { path: '^packages/core/src/(exchange|planning|statements)/' },
    ),
    ban(
      'names-stand-alone',
      'Names know no list and no exchange.',
      { path: '^packages/core/src/names/' },
      { path: '^packages/core/src/(exchange|planning|statements|linkage)/' },
    ),
    ban(
      'planning-stands-alone',
      'A plan is made from plain data.',
      { path: '^packages/core/src/planning/' },
      { path: '^packages/core/src/(exchange|linkage|names|statements)/' },
    ),
    ban(
      'exchange-stands-alone',
      'The decider needs no solver.',
      { path: '^packages/core/src/exchange/' },
      { path: '^packages/core/src/(planning|linkage|names|statements)/' },
    ),
    ban(
      'declared-packages-only',
      'What is imported is declared.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules|\\.tsc-test)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['homeward-source', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
