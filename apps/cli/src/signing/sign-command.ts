import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  actKinds,
  checkPhrase,
  decide,
  describeAct,
  faultToSentence,
  findIn,
  isSelfSigned,
  initial,
  parseEnvelope,
  toSentence,
  type ActKind,
  type Envelope,
  type Exchange,
  type ExchangeId,
  type Role,
} from '@homeward/core/exchange';
import { toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { isAgreed, toShownAct } from './consent.ts';
import { sessionOptions, openSession, type SigningSession } from './signing-session.ts';

const help = `Usage: homeward sign KIND --node URL --key FILE [--body FILE] [--exchange ID] [--log-key VKEY] [--yes]

Signs one act with your own key and hands it to your node: the opening of an exchange, an accreditation, a key of
yours, terms, lists, counts, a stop. The whole log is read from the node and verified first, and the act is judged by
the rules on this machine before you are asked; then you see it decoded from the very bytes you would sign.

  KIND            what kind of act: ExchangeOpened, PartyAccredited, KeyEnrolled, TermsProposed, …
  --node URL      your own party's node
  --key FILE      your key, made with: homeward keygen --act LABEL --out FILE
  --body FILE     the body as JSON, as spec/exchange.md and packages/core/src/exchange/acts.ts describe it; "-" reads
                  standard input; without it, an empty body. "publicKey" may be left out: it is your key's
  --exchange ID   which exchange; without it, the only one in the log, or a new one for ExchangeOpened
  --log-key VKEY  the log's verifier key as you were given it by another way; without it, the key that the node shows
  --yes           sign without asking

What two persons have to sign is signed with: homeward approve
Exit: 0 in the log or kept by your node, 1 refused or not signed, 2 bad usage or input.
`;

/** Signs an act and hands it in. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    { ...sessionOptions, body: { type: 'string' }, exchange: { type: 'string' } },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const [kind, ...more] = parsed.positionals;
  const { node, key: keyFile, 'log-key': logKey, yes, body: bodyFile } = parsed.values;
  if (kind === undefined || more.length > 0) return refuseUsage('sign needs one kind of act.', help);
  if (!isActKind(kind)) {
    return refuseUsage(`there is no act of the kind "${kind}". There are: ${actKinds.join(', ')}.`, help);
  }
  const body = await readBody(bodyFile);
  if (typeof body === 'string') return refuseInput(body);
  const opened = await openSession({ command: 'sign', help, node, keyFile, logKey });
  if (!opened.ok) return opened.exitCode;
  const { session } = opened;
  const found = findExchange(session, kind, parsed.values.exchange);
  if (typeof found === 'string') return refuseInput(found);
  const { exchange, state } = found;
  const role = findIn(state.keys, session.by)?.role ?? roleInBody(session, kind, body);
  if (role === undefined) {
    return refuseInput(
      `the exchange ${exchange} knows no key ${session.by}: its party has it granted, or the host accredits it.`,
    );
  }
  const bytes = session.sign({
    ...{ exchange, kind, role },
    body: isSelfSigned(kind) ? { publicKey: session.publicKey, ...body } : body,
  });
  const envelope = parseEnvelope(bytes);
  if (envelope.kind === 'malformed') return refuseInput(faultToSentence(envelope.fault));
  return offer(session, state, envelope.envelope, bytes, yes);
}

/** Judges the act here, shows it, asks, and hands it in. */
async function offer(
  session: SigningSession,
  state: Exchange,
  { act, id }: Envelope,
  bytes: Uint8Array,
  yes: boolean | undefined,
): Promise<number> {
  const unwitnessed = session.findUnwitnessed(act.exchange);
  if (unwitnessed !== undefined) {
    process.stderr.write(`${unwitnessed} Nothing was signed.\n`);
    return 1;
  }
  const decision = decide(state, act, id);
  if (decision.kind === 'refused') {
    process.stderr.write(`Refused: ${toSentence(decision.refusal)} Nothing was signed or sent.\n`);
    return 1;
  }
  const words = checkPhrase(id);
  process.stderr.write(
    `\n${toPlainText(describeAct(state, act).sentence)}\n\n${toShownAct(act)}\n\nYou would sign: ${act.kind}, as ${act.role}\n  act   ${id}\n  words ${words}\n\n`,
  );
  if (!(await isAgreed(yes))) return 1;
  return session.handIn(bytes, { exchange: act.exchange });
}

function isActKind(kind: string): kind is ActKind {
  return (actKinds as readonly string[]).includes(kind);
}

/** The body, or what is wrong with it. */
async function readBody(file: string | undefined): Promise<Record<string, unknown> | string> {
  if (file === undefined) return {};
  let text: string;
  try {
    text = file === '-' ? await readInput() : await readFile(file, 'utf8');
  } catch {
    return `${file} cannot be read.`;
  }
  try {
    const body: unknown = JSON.parse(text.replace(/^\ufeff/u, ''));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>;
    }
    return `${file} is not a JSON object.`;
  } catch (error) {
    return `${file} is not JSON: ${error instanceof Error ? error.message : 'malformed'}`;
  }
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** The exchange that is meant, or why that cannot be told. */
function findExchange(
  { ledger }: SigningSession,
  kind: ActKind,
  wanted: string | undefined,
): { readonly exchange: string; readonly state: Exchange } | string {
  if (kind === 'ExchangeOpened') {
    return { exchange: wanted ?? randomBytes(16).toString('base64url'), state: initial };
  }
  const ids = [...ledger.exchanges.keys()];
  if (wanted === undefined && ids.length !== 1) {
    return ids.length === 0
      ? 'the log holds no exchange yet: the first act is ExchangeOpened.'
      : `the log holds ${String(ids.length)} exchanges; say which with --exchange: ${ids.join(', ')}.`;
  }
  const exchange = (wanted ?? ids[0]!) as ExchangeId;
  const state = ledger.exchanges.get(exchange)?.state;
  return state === undefined ? `the log holds no exchange ${exchange}.` : { exchange, state };
}

/** Who opens an exchange says their own role among its founders. */
function roleInBody(
  { by }: SigningSession,
  kind: ActKind,
  body: Readonly<Record<string, unknown>>,
): Role | undefined {
  if (kind !== 'ExchangeOpened') return undefined;
  const founders = Array.isArray(body['founders']) ? (body['founders'] as readonly unknown[]) : [];
  const own = founders.find(
    (founder): founder is { readonly role: Role } =>
      typeof founder === 'object' && founder !== null && 'key' in founder && founder.key === by,
  );
  return own?.role ?? 'mediator';
}
