import { join } from 'node:path';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { fingerprintOf, generateActKey, generateNodeKeys, toPublicLine, type KeyFile } from '@homeward/keys';

const help = `Usage: homeward keygen --role host --origin ORIGIN --out DIR
       homeward keygen --role party|observer --name NAME --out DIR
       homeward keygen --act LABEL --out FILE

Makes keys as files that only you can read (mode 0600), and never overwrites one. Prints what is public: give it
to the other parties, and compare fingerprints with them over another channel.

  --role ROLE      the node's role
  --origin ORIGIN  origin of the log, for example homeward.example/exchange-7
  --name NAME      name of the node, for example party-a.example
  --act LABEL      a key for one person to sign acts with; the label is for its holder
  --out PATH       folder for a node's keys, or file for a person's key
  --json           print the public half as JSON
`;

/** As long as a key file's name may be, with room for what a key's purpose adds to an origin. */
const nameCharsMax = 180;

/** Makes keys. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    {
      role: { type: 'string' },
      origin: { type: 'string' },
      name: { type: 'string' },
      act: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
    },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const { role, origin, name, act, out, json } = parsed.values;
  const [stray] = parsed.positionals;
  if (stray !== undefined) return refuseUsage(`keygen does not know what to do with "${stray}".`, help);
  if (out === undefined) return refuseUsage('keygen needs --out.', help);
  for (const [option, text] of Object.entries({ '--act': act, '--name': name, '--origin': origin })) {
    if (text !== undefined && (text.trim() === '' || text.length > nameCharsMax))
      return refuseUsage(`${option} takes 1 to ${String(nameCharsMax)} characters.`, help);
  }
  try {
    if (act !== undefined) {
      if (role !== undefined || origin !== undefined || name !== undefined)
        return refuseUsage(
          '--act makes a key for a person: it goes without --role, --origin and --name.',
          help,
        );
      print([await generateActKey(out, act)], json === true);
      process.stderr.write(`The private key is in ${out}.\n`);
      return 0;
    }
    if (role === 'host' && origin !== undefined) {
      print(await generateNodeKeys(out, { role, name: origin, origin }), json === true);
    } else if ((role === 'party' || role === 'observer') && name !== undefined) {
      print(await generateNodeKeys(out, { role, name }), json === true);
    } else {
      return refuseUsage(
        'keygen needs --role host with --origin, --role party|observer with --name, or --act.',
        help,
      );
    }
    process.stderr.write(`The private keys are in ${join(out, '*.key')}.\n`);
    return 0;
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = error instanceof Error ? error.message : String(error);
    const says = isTaken
      ? `a key file is already there in ${out}; it stays as it is.`
      : error instanceof RangeError
        ? `${why}: a name has no blanks and no "+".`
        : `no key was made in ${out}: ${why}`;
    return refuseInput(says);
  }
}

function print(keys: readonly KeyFile[], isJson: boolean): void {
  const rows = keys.map((key) => ({
    purpose: key.purpose,
    public: toPublicLine(key),
    fingerprint: fingerprintOf(Buffer.from(key.publicKey, 'base64')),
  }));
  if (isJson) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const row of rows)
      process.stdout.write(`${row.purpose}  ${row.public}\n  sha256 ${row.fingerprint}\n`);
}
