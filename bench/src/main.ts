/** `npm run bench -- NAME [options]`: each bench says its own options with --help. */
const benches: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<number> }>>> = {
  linkage: () => import('./linkage/run-linkage.ts'),
  log: () => import('./log/bench-log.ts'),
  planning: () => import('./planning/run-planning.ts'),
  statements: () => import('./statements/run-statements.ts'),
  web: () => import('./web/run-web.ts'),
};

const [name, ...args] = process.argv.slice(2);
const load = name === undefined || !Object.hasOwn(benches, name) ? undefined : benches[name];
if (load === undefined) {
  process.stderr.write(`bench: one of ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await (await load()).run(args);
}
