/**
 * What each workspace may import of the others (ARCHITECTURE.md). A workspace without a row here fails the gate, so
 * that nobody adds one without saying where it stands.
 */

/** The libraries that a browser may hold: none of them touches a disk, a socket or a database. */
const forBrowsers = ['core', 'tlog', 'contract', 'ledger', 'lists', 'papers', 'words', 'device', 'medical'];
const packages = (...names) => names.map((name) => `packages/${name}`);
const libraries = packages(...forBrowsers, 'keys', 'solver', 'store', 'medical-store', 'publication');

/**
 * `may` holds for every file, `tests` for test files besides.
 *
 * @type {Record<string, { may: readonly string[], tests?: readonly string[], because: string }>}
 */
export const walls = {
  'packages/tlog': { may: [], because: 'An auditor reads only this.' },
  'packages/core': { may: packages('tlog'), because: 'The functional core knows the log and nothing else.' },
  'packages/ledger': {
    may: packages('core', 'tlog'),
    tests: packages('keys'),
    because: 'One verifier, for every front end.',
  },
  'packages/contract': {
    may: packages('core', 'tlog'),
    because: 'The wire is described on top of the core.',
  },
  'packages/store': { may: packages('core', 'tlog'), because: 'Repositories hold what the core defines.' },
  'packages/keys': {
    may: packages('contract', 'core', 'tlog'),
    because: 'Keys and signatures serve every app.',
  },
  'packages/solver': { may: packages('core'), because: 'A solver knows the problem, never the exchange.' },
  'packages/lists': { may: packages('core'), because: 'Reading a list needs no node.' },
  'packages/publication': {
    may: packages('core', 'ledger', 'lists', 'tlog'),
    because: 'What the public reads is made from published files alone.',
  },
  'packages/papers': {
    may: packages('contract', 'core', 'tlog'),
    because: 'A paper is sealed by the wire and checked by the core.',
  },
  'packages/words': { may: packages('core'), because: 'Words are told of what the core defines.' },
  'packages/device': {
    may: packages('contract', 'core', 'tlog'),
    because: 'A device speaks by the contract.',
  },
  'packages/medical': { may: packages('core'), because: 'Medical records are a wall of their own.' },
  'packages/medical-store': {
    may: packages('medical', 'core'),
    because: 'Its own role, its own encryption.',
  },
  'apps/server': {
    may: libraries,
    because: 'A node serves built assets; it imports no page and no command.',
  },
  'apps/web': {
    may: packages(...forBrowsers),
    tests: ['examples/istanbul-2025'],
    because: 'The page speaks to a node through the contract.',
  },
  'apps/cli': {
    may: [...libraries, 'apps/server', 'examples/istanbul-2025', 'sim'],
    because: 'A command uses the libraries.',
  },
  'examples/istanbul-2025': { may: libraries, because: 'An example shows the libraries.' },
  sim: { may: [...libraries, 'apps/server'], because: 'The simulator starts nodes.' },
  bench: {
    may: [...libraries, 'apps/server', 'examples/istanbul-2025'],
    because: 'It imports what it measures.',
  },
  e2e: {
    may: [...libraries, 'apps/server', 'apps/web', 'examples/istanbul-2025'],
    because: 'Journeys start real nodes.',
  },
};
