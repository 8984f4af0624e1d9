/** The walls of the project (ARCHITECTURE.md): every edge that is not allowed here fails the gate. */
import { walls } from './scripts/walls.mjs';
import { findWorkspaceRoots, findWorkspaces } from './scripts/workspaces.mjs';

const ban = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const pure = '^packages/(tlog|core|ledger|medical)/src/';
const tests = '(\\.(test|contract)\\.tsx?$|/testing/)';
const medical = '^(packages/medical(-store)?|apps/(server|web)/src/desks/medical)/';
/** Edges that are still to be undone. Nothing may be added here. */
const owed = {
  apps: ['^apps/cli/src/(signing/(signing-session|approval)|verify/[a-z-]+)\\.ts$'],
};
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

/**
 * The floors of the pages, from the ground up: a floor may import those before it. What tests import binds none.
 */
const webFloors = [
  'reading',
  'words',
  'marks',
  'theme',
  'workers',
  'routing',
  'browser',
  'node',
  'replica',
  'verifier',
  'telling',
  'board',
  '(pages|desks)',
  'app',
];
const betweenFloors = webFloors
  .slice(0, -1)
  .map((floor, at) =>
    ban(
      'floors-of-the-pages',
      'A floor stands on those below it.',
      { path: `^apps/web/src/${floor}/`, pathNot: tests },
      { path: webFloors.slice(at + 1).map((above) => `^apps/web/src/${above}/`) },
    ),
  );

export default {
  forbidden: [
    ban('no-cycles', 'A cycle has no bottom to read from.', {}, { circular: true }),
    ...betweenWorkspaces,
    ...betweenFloors,
    ban(
      'test-support-is-for-tests',
      'No page may need what only tests do.',
      { path: '^apps/web/src/', pathNot: tests },
      { path: '^apps/web/src/testing/' },
    ),
    ban(
      'apps-import-no-app',
      'Only the commands that start nodes take the server.',
      { path: '^apps/([^/]+)/', pathNot: [`^apps/cli/src/(serve|demo)/`, tests, ...owed.apps] },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    ban(
      'pages-are-strangers',
      'A page that needs another page needs a component of both.',
      { path: '^apps/web/src/(pages|desks)/([^/]+)/', pathNot: tests },
      { path: '^apps/web/src/(pages|desks)/', pathNot: '^apps/web/src/$1/$2/' },
    ),
    ban(
      'desks-are-strangers',
      'A desk that needs another desk needs a capability below both.',
      { path: '^apps/server/src/desks/([^/]+)/' },
      { path: '^apps/server/src/desks/', pathNot: '^apps/server/src/desks/$1/' },
    ),
    ban(
      'medical-behind-its-wall',
      'Only the medical desk reads what a medic wrote.',
      {
        path: '^(apps|packages)/',
        pathNot: [medical, '^apps/server/src/start/', '^apps/web/src/app/'],
      },
      { path: medical },
    ),
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
      { path: '^packages/core/src/(exchange|planning|statements|choice|reconciliation|access|rehearsing)/' },
    ),
    ban(
      'names-stand-alone',
      'Names know no list and no exchange.',
      { path: '^packages/core/src/names/' },
      {
        path: '^packages/core/src/(exchange|planning|statements|linkage|choice|reconciliation|access|rehearsing)/',
      },
    ),
    ban(
      'planning-stands-alone',
      'A plan is made from plain data.',
      { path: '^packages/core/src/planning/' },
      {
        path: '^packages/core/src/(exchange|linkage|names|statements|choice|reconciliation|access|rehearsing)/',
      },
    ),
    ban(
      'exchange-stands-alone',
      'The decider needs no solver.',
      { path: '^packages/core/src/exchange/' },
      {
        path: '^packages/core/src/(planning|linkage|names|statements|choice|reconciliation|access|rehearsing)/',
      },
    ),
    ban(
      'choice-bridges-exchange-and-planning',
      'design: choice -> exchange, planning.',
      { path: '^packages/core/src/choice/', pathNot: tests },
      {
        path: '^packages/core/src/',
        pathNot: '^packages/core/src/(choice/|(exchange|planning)/index\\.ts|result\\.ts)',
      },
    ),
    ban(
      'reconciliation-bridges-exchange-and-linkage',
      'design: reconciliation -> exchange, linkage.',
      { path: '^packages/core/src/reconciliation/', pathNot: tests },
      {
        path: '^packages/core/src/',
        pathNot: '^packages/core/src/(reconciliation/|(exchange|linkage)/index\\.ts|result\\.ts)',
      },
    ),
    ban(
      'rehearsing-asks-the-rules-alone',
      'A scenario is played against the exchange and nothing else.',
      { path: '^packages/core/src/rehearsing/', pathNot: tests },
      {
        path: '^packages/core/src/',
        pathNot: '^packages/core/src/(rehearsing/|(exchange|json)/index\\.ts|result\\.ts)',
      },
    ),
    ban(
      'access-knows-roles-only',
      'design: access -> exchange/act, for the roles of the record.',
      { path: '^packages/core/src/access/', pathNot: tests },
      {
        path: '^packages/core/src/',
        pathNot: '^packages/core/src/(access/|exchange/act/(vocabulary|ids)\\.ts)',
      },
    ),
    ban(
      'statements-stand-alone',
      'What is said is compared with figures; only what an exchange lets one read may be made into those.',
      { path: '^packages/core/src/(statements|obligations)/', pathNot: tests },
      {
        path: '^packages/core/src/',
        pathNot:
          '^packages/core/src/(statements/|obligations/|result\\.ts|json/|exchange/(index\\.ts|reading/|act/|state/))',
      },
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
