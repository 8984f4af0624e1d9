/** `homeward public build`: the pages that the public reads, from a published log, as files for any web server. */
import { LogFold, findMoving, toPublication, type EnteredClaims } from '@homeward/publication/public';
import { readHistory } from '@homeward/publication/history';
import { toSite } from '@homeward/publication/page';
import { readTable } from '@homeward/publication/table';
import type { PublicationRules } from '@homeward/publication/release';
import { cellFaultToSentence, readClaims } from '@homeward/core/statements';
import { nativeSha256, verifyEd25519Aside } from '@homeward/keys';
import { verifyLog, type Verification } from '@homeward/ledger';
import {
  appendLeaf,
  emptyFrontier,
  encodeBase64,
  formatVerifierKey,
  frontierRoot,
  isEqualBytes,
  leafHash,
  readEntries,
  type TileSource,
} from '@homeward/tlog';
import { toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { findLog } from '../verify/log-source.ts';
import { writeSite } from './write-site.ts';

const help = `Usage: homeward public build --from DIR --out DIR [options]

Verifies a published log and makes static pages for the public from it: verified, reported and disputed totals of each
exchange, statements beside them, what was promised, the history of exchanges, and how to check all of it. In five
languages, with an Atom feed, embeds and permanent addresses. Any web server or CDN can carry the files.

  --from DIR         a published log, cut off at a checkpoint that is old enough (checkpoint, tile/, vkey, policy), or its URL
  --out DIR          where the pages go; a folder that holds anything but an earlier publication is refused
  --url URL          the address at which the pages will stand: permanent links, previews and the feed need it
  --statements FILE  public statements (CSV, spec/statements.md); about_event is the id of an exchange
  --delay HOURS      the age that the newest act must have (default 24)
  --cell-min N       the smallest group of persons that may be read (default 5)
  --undisclosed LEG  a leg whose numbers the terms keep undisclosed; may be repeated
  --now TIME         the time to measure the delay by (default: this machine's)
  --without-log      leave the log itself out, and with it the check in the browser

Exit: 0 done, 1 it may not be published (does not verify, too young, or people are on the way), 2 bad usage or input.
`;

const options = {
  from: { type: 'string' },
  out: { type: 'string' },
  url: { type: 'string' },
  statements: { type: 'string' },
  delay: { type: 'string' },
  'cell-min': { type: 'string' },
  undisclosed: { type: 'string', multiple: true },
  now: { type: 'string' },
  'without-log': { type: 'boolean' },
} as const;

/** Runs the command. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, options, help);
  if (!parsed.ok) return parsed.exitCode;
  const { values, positionals } = parsed;
  if (positionals.length !== 1 || positionals[0] !== 'build')
    return refuseUsage('public has one command: build.', help);
  const { from, out, url = '' } = values;
  if (from === undefined || out === undefined)
    return refuseUsage('public build needs --from and --out.', help);
  if (url !== '' && !/^https?:\/\/[^\s?#]+$/u.test(url)) {
    return refuseUsage('--url takes an address that begins with https:// and has no query.', help);
  }
  const rules = readRules(values);
  if (typeof rules === 'string') return refuseUsage(rules, help);
  const now = values.now === undefined ? Date.now() : Date.parse(values.now);
  if (Number.isNaN(now)) return refuseUsage('--now takes a time as 2031-05-12T08:00:00Z.', help);
  const entered = values.statements === undefined ? noClaims : readStatements(values.statements);
  if (typeof entered === 'string') return refuseInput(entered);
  const history = readHistory();
  if (!history.ok) return refuseInput(history.error);
  const found = await findLog(from);
  if (!found.ok) return refuseInput(found.says);
  const { source } = found.log;

  const verification = await verify(source);
  const refused = refuseUnverified(verification, from);
  if (refused !== undefined) return refuse(refused);
  const fold = new LogFold(rules);
  const newest = await foldEntries(fold, source, verification);
  if (newest === undefined) return refuse('the log changed while it was read; run the command again.');
  const ageHours = (now - newest) / 3_600_000;
  if (verification.entries > 0 && ageHours < rules.delayHours) {
    return refuse(
      `the newest act is ${Math.max(0, ageHours).toFixed(1)} hours old, and ${rules.delayHours} are agreed: publish a copy of the log that ends earlier.`,
    );
  }
  const exchanges = fold.exchanges();
  const moving = findMoving(exchanges);
  if (moving !== undefined) {
    return refuse(
      `people of "${toPlainText(moving.state.title)}" are on the way in this log: publish a copy that ends before they left or after the last step.`,
    );
  }
  const { checkpoint, key, cosigners } = verification;
  const publication = toPublication(
    exchanges,
    {
      origin: checkpoint?.origin ?? '',
      size: checkpoint?.size ?? 0,
      root: checkpoint === undefined ? '' : encodeBase64(checkpoint.root),
      vkey: key === undefined ? '' : formatVerifierKey(key),
      cosigners,
    },
    rules,
    entered,
    history.value.record,
  );
  const hasLog = values['without-log'] !== true;
  const site = toSite(publication, history.value, {
    url: url === '' || url.endsWith('/') ? url : `${url}/`,
    hasLog,
  });
  const written = await writeSite(out, site, hasLog ? source : undefined);
  if (!written.ok) return refuseInput(written.error);
  process.stderr.write(
    `${written.value.files} files in ${toPlainText(out)}: ${exchanges.length} exchange(s) as of ${publication.asOf}, ${verification.entries} entries verified.\n`,
  );
  return 0;
}

function refuse(says: string): 1 {
  process.stderr.write(`homeward: ${says}\nNothing was written.\n`);
  return 1;
}

const noClaims: EnteredClaims = { claims: [], madeAt: new Map() };
const wholeNumber = /^\d{1,6}$/u;

function readRules(values: {
  readonly delay?: string | undefined;
  readonly 'cell-min'?: string | undefined;
  readonly undisclosed?: readonly string[] | undefined;
}): PublicationRules | string {
  const { delay = '24', 'cell-min': cellMin = '5', undisclosed = [] } = values;
  if (!wholeNumber.test(delay)) return '--delay takes a whole number of hours.';
  if (!wholeNumber.test(cellMin)) return '--cell-min takes a whole number of persons.';
  return { delayHours: Number(delay), cellMin: Number(cellMin), undisclosed: new Set(undisclosed) };
}

function readStatements(file: string): EnteredClaims | string {
  const table = readTable(file);
  if (!table.ok) return toPlainText(table.error);
  const claims = readClaims(table.value);
  if (!claims.ok) {
    return claims.error
      .slice(0, 20)
      .map((fault) => toPlainText(`${file}, ${cellFaultToSentence(fault)}`))
      .join('\n');
  }
  const madeAt = table.value.rows.map(
    ({ cells }) => [cells['statement_id'] ?? '', cells['made_at'] ?? ''] as const,
  );
  return { claims: claims.value, madeAt: new Map(madeAt) };
}

async function verify(source: TileSource): Promise<Verification> {
  return verifyLog(
    source,
    {},
    {
      ed25519: { verify: verifyEd25519Aside },
      sha256: nativeSha256,
      pause: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
  );
}

function refuseUnverified({ ok, findings, findingCount }: Verification, from: string): string | undefined {
  if (ok) return undefined;
  const first = findings[0];
  const says = first === undefined ? '' : ` ${toPlainText(`${first.path}: ${first.says}`)}`;
  return `the log in ${toPlainText(from)} does not verify (${findingCount} fault(s)).${says}`;
}

/** How many entries are read at a time. */
const stretch = 4_096;

/**
 * Folds every entry, and makes sure that they are still the ones that were verified: a folder may change between two
 * readings. The time that the newest act claims, in milliseconds; nothing if the entries are others.
 */
async function foldEntries(
  fold: LogFold,
  source: TileSource,
  { checkpoint }: Verification,
): Promise<number | undefined> {
  let newest = 0;
  if (checkpoint === undefined) return newest;
  const { size, root } = checkpoint;
  let frontier = emptyFrontier;
  for (let from = 0; from < size; from += stretch) {
    const entries = await readEntries(source, { from, to: Math.min(size, from + stretch), size });
    if (!entries.ok) return undefined;
    for (const bytes of entries.value) {
      frontier = appendLeaf(frontier, leafHash(bytes, nativeSha256), nativeSha256);
      newest = Math.max(newest, fold.take(bytes));
    }
  }
  return isEqualBytes(frontierRoot(frontier, nativeSha256), root) ? newest : undefined;
}
