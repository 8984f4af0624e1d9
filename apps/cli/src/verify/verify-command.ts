import { writeFile } from 'node:fs/promises';
import type { ExchangeId } from '@homeward/core/exchange';
import { summarizeLogged } from '@homeward/ledger';
import { parseVerifierKey, readCheckpoint } from '@homeward/tlog';
import { findOutputFault } from '../output-files.ts';
import { toPlainText } from '../plain-text.ts';
import { openProgress } from '../progress.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { findLog } from './log-source.ts';
import { verifyPublished, type Verification } from './verify-published.ts';

const help = `Usage: homeward verify DIR|URL [--key VKEY] [--exchange ID] [--json FILE]

Verifies a whole published log from its files alone: every tile and entry against the signed root, the checkpoint
and its cosignatures against the policy beside it, every act's signature, and every act by the rules of its
exchange. Says what is wrong: which file, which entry, which rule.

  DIR|URL      a folder with the log (checkpoint, tile/, vkey, policy), or a node's address
  --key VKEY   the log's verifier key as you were given it by another way; without it, the key beside the log
  --exchange   ask for the cosigners of this exchange alone; without it, each exchange must be cosigned by its own
  --json FILE  write the outcome as JSON

Exit: 0 it verifies, 1 it does not, 2 it cannot be read.
`;

/** Verifies a published log. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    { exchange: { type: 'string' }, json: { type: 'string' }, key: { type: 'string' } },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const [where, ...more] = parsed.positionals;
  if (where === undefined || more.length > 0) return refuseUsage('verify needs one folder or address.', help);
  const { exchange, key, json } = parsed.values;
  if (key !== undefined && !parseVerifierKey(key).ok)
    return refuseUsage('--key takes a verifier key: name+8 hex digits+base64, as keygen printed it.', help);
  const fault = findOutputFault({ '--json': json }, []);
  if (fault !== undefined) return refuseInput(fault);
  const found = await findLog(where);
  if (!found.ok) return refuseInput(found.says);
  const { log } = found;
  const startedAt = performance.now();
  let verification: Verification;
  try {
    const progress = openProgress('acts', await readClaimedSize(log.source));
    verification = await verifyPublished(log, {
      ...(key !== undefined && { key }),
      ...(exchange !== undefined && { exchange }),
      onProgress: progress.show,
    });
    progress.close();
  } catch (error) {
    return refuseInput(
      `${log.place} cannot be read: ${toPlainText(error instanceof Error ? error.message : String(error))}`,
    );
  }
  if (
    exchange !== undefined &&
    verification.ok &&
    !verification.ledger.exchanges.has(exchange as ExchangeId)
  ) {
    return refuseInput(`the log in ${log.place} holds no exchange ${toPlainText(exchange)}.`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(toText(verification, log.place, seconds));
  if (json !== undefined)
    await writeFile(json, `${JSON.stringify(toJson(verification, seconds), null, 2)}\n`);
  return verification.ok ? 0 : 1;
}

/** What the checkpoint says of its size, before anything is believed: for the progress bar only. */
async function readClaimedSize(source: {
  read(path: string): Promise<Uint8Array | undefined>;
}): Promise<number> {
  const bytes = await source.read('checkpoint');
  const claimed = bytes === undefined ? undefined : readCheckpoint(bytes);
  return claimed?.ok === true ? claimed.value.checkpoint.size : 0;
}

function toText(verification: Verification, place: string, seconds: number): string {
  const { ok, origin, size, root, cosigners, acts, findings, findingCount, ledger } = verification;
  if (!ok) {
    const lines = findings.map(({ path, entry, rule, says }) =>
      entry === undefined
        ? `  ${path} [${rule}]: ${says}`
        : `  ${path}, entry ${String(entry)} [${rule}]: ${says}`,
    );
    const more =
      findingCount > findings.length ? [`  … and ${String(findingCount - findings.length)} more.`] : [];
    return [`NO: the log in ${place} does not verify.`, ...lines.map(toPlainText), ...more, ''].join('\n');
  }
  const exchanges = [...ledger.exchanges.values()]
    .map(summarizeLogged)
    .flatMap(({ title, status, acts: count, legs }) => [
      `  ${title}: ${status}, ${String(count)} acts`,
      ...legs.map(
        ({ id, from, to, agreed, returned }) =>
          `    ${id}: ${from} to ${to}, ${String(agreed)} agreed, ${String(returned)} verified returns`,
      ),
    ]);
  const says = [
    `YES: the log in ${place} verifies.`,
    `  origin ${origin ?? ''}`,
    `  ${String(size)} entries, root ${root ?? ''}`,
    `  cosigned by ${cosigners.join(', ') || 'nobody, and the policy asks for nobody'}`,
    `  ${String(acts)} signatures and as many acts checked in ${seconds.toFixed(1)} s`,
    ...exchanges,
  ];
  return `${says.map(toPlainText).join('\n')}\n`;
}

function toJson(verification: Verification, seconds: number): object {
  const { ledger, findings, ...rest } = verification;
  const told = findings.map(({ path, entry, rule, says }) => ({ path, entry, rule, says }));
  return { ...rest, findings: told, exchanges: [...ledger.exchanges.values()].map(summarizeLogged), seconds };
}
