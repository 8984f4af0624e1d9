/** The `homeward` command: a table of commands, each loaded only when it is asked for. */
import { readFileSync } from 'node:fs';
import { toCommandList, type Command } from './command.ts';

const commands: readonly Command[] = [
  {
    name: 'demo',
    summary: 'play an exchange on four real nodes on this machine',
    load: async () => (await import('./demo/demo-command.ts')).run,
  },
  {
    name: 'serve',
    summary: 'run one node: host, party or observer',
    load: async () => (await import('./serve/serve-command.ts')).run,
  },
  {
    name: 'restore',
    summary: 'rebuild the database of a host from its members or a published log',
    load: async () => (await import('./serve/restore-command.ts')).run,
  },
  {
    name: 'rehearse',
    summary: 'try an exchange against the rules alone, from a scenario written by hand',
    load: async () => (await import('./rehearse/rehearse-command.ts')).run,
  },
  {
    name: 'keygen',
    summary: 'make the keys of a node, or the key a person signs acts with',
    load: async () => (await import('./keygen/keygen-command.ts')).run,
  },
  {
    name: 'approve',
    summary: 'read a proposal decoded from its bytes, and sign its approval with your own key',
    load: async () => (await import('./signing/approve-command.ts')).run,
  },
  {
    name: 'sign',
    summary: 'sign one act with your own key and hand it to your node',
    load: async () => (await import('./signing/sign-command.ts')).run,
  },
  {
    name: 'verify',
    summary: 'check a published log: tiles, root, signatures, and every rule of every exchange',
    load: async () => (await import('./verify/verify-command.ts')).run,
  },
  {
    name: 'list',
    summary: 'make the lists of an exchange from files of persons',
    load: async () => (await import('./list/list-command.ts')).run,
  },
  {
    name: 'link',
    summary: 'find who on one list is who on another',
    load: async () => (await import('./link/link-command.ts')).run,
  },
  {
    name: 'dedupe',
    summary: 'find who is on one list more than once',
    load: async () => (await import('./link/dedupe-command.ts')).run,
  },
  {
    name: 'plan',
    summary: 'plan which persons go in which tranche, with a proof and a reason for every person',
    load: async () => (await import('./plan/plan-command.ts')).run,
  },
  {
    name: 'check',
    summary: 'verify a plan from the raw problem alone',
    load: async () => (await import('./plan/check-command.ts')).run,
  },
  {
    name: 'public',
    summary: 'make the static pages for the public from a published log',
    load: async () => (await import('./public/public-command.ts')).run,
  },
  {
    name: 'statements',
    summary: 'compare what was said in public with the record, with a reason for every label',
    load: async () => (await import('./statements/statements-command.ts')).run,
  },
];

/** The version of package.json, where releases set it. */
function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    process.stdout.write(`homeward ${readVersion()}\n`);
    return 0;
  }
  if (name === 'help' && rest[0] !== undefined) return main([rest[0], '--help']);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(toCommandList(commands));
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    process.stderr.write(`homeward: there is no command "${name}".\n\n${toCommandList(commands)}`);
    return 2;
  }
  const run = await command.load();
  return run(rest);
}

process.exitCode = await main(process.argv.slice(2));
