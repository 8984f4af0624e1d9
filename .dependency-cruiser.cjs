/** The walls of the project (ARCHITECTURE.md): every edge that is not allowed here fails the gate. */
const ban = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const pure = '^packages/(tlog|core)/src/';
const tests = '\\.(test|contract)\\.tsx?$';

module.exports = {
  forbidden: [
    ban('no-cycles', 'A cycle has no bottom to read from.', {}, { circular: true }),
    ban(
      'tlog-stands-alone',
      'An auditor reads only this.',
      { path: '^packages/tlog/' },
      { path: '^(packages|apps|examples|bench|e2e|sim)/', pathNot: '^packages/tlog/' },
    ),
    ban(
      'core-sees-only-tlog',
      'The functional core knows the log and nothing else.',
      { path: '^packages/core/' },
      { path: '^(packages|apps|examples|bench|e2e|sim)/', pathNot: '^packages/(core|tlog)/' },
    ),
    ban(
      'contract-sees-core-and-tlog',
      'The wire is described on top of the core.',
      { path: '^packages/contract/' },
      { path: '^(packages|apps|examples|bench|e2e|sim)/', pathNot: '^packages/(contract|core|tlog)/' },
    ),
    ban(
      'store-sees-core-and-tlog',
      'Repositories hold what the core defines.',
      { path: '^packages/store/' },
      { path: '^(packages|apps|examples|bench|e2e|sim)/', pathNot: '^packages/(store|core|tlog)/' },
    ),
    ban('libraries-import-no-app', 'Downward only.', { path: '^packages/' }, { path: '^apps/' }),
    ban(
      'web-not-server',
      'The page speaks to a node through the contract.',
      { path: '^apps/web/' },
      { path: '^(apps/(server|cli)|packages/store)/' },
    ),
    ban(
      'server-not-web-nor-cli',
      'A node serves built assets; it does not import them.',
      { path: '^apps/server/' },
      { path: '^apps/(web|cli)/' },
    ),
    ban(
      'examples-import-no-app',
      'An example shows the libraries.',
      { path: '^examples/', pathNot: tests },
      { path: '^apps/' },
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
