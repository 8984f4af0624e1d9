/** The routes of a node as data: the server mounts them, and `/v1/openapi.json` is made from them. */
import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { Hex32, LogIndex } from './encoding.ts';
import { ExchangeSummary } from './exchange-summary.ts';
import { NodeStatus } from './node-status.ts';
import { Problem, problemMediaType } from './problem.ts';
import { KeptAct, LoggedAct, Submission } from './submission.ts';

const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});
const text = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
});
const bytes = (description: string, type = 'application/octet-stream') => ({
  description,
  content: { [type]: { schema: z.string().meta({ format: 'binary' }) } },
});
const problem = (description: string) => ({
  description,
  content: { [problemMediaType]: { schema: Problem } },
});
const HashParam = z.strictObject({ hash: Hex32 });

/** Largest sealed payload: a part of a list of some thousand persons, or a photograph. */
export const payloadBytesMax = 16_777_216;

export const submitAct = createRoute({
  method: 'post',
  path: '/v1/acts',
  summary: 'Hand in a signed act',
  description:
    'The body is the DSSE envelope, at most 65,535 bytes. The host answers when the act is durable; a party’s ' +
    'node keeps it, hands it to the host and answers with the host’s receipt. The same act again gets the ' +
    'same receipt.',
  request: {
    body: {
      required: true,
      content: {
        'application/vnd.dsse+json': { schema: z.string().meta({ format: 'binary' }) },
        'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) },
      },
    },
  },
  responses: {
    201: json('The act is in the log.', Submission),
    200: json('The log had this act already.', Submission),
    202: json('Kept by a party’s node while the host cannot be reached; no receipt yet.', KeptAct),
    default: problem('The act was refused and nothing changed.'),
  },
});

export const getAct = createRoute({
  method: 'get',
  path: '/v1/acts/{id}',
  summary: 'One act of the log',
  request: { params: z.strictObject({ id: Hex32 }) },
  responses: { 200: json('The act.', LoggedAct), default: problem('No such act.') },
});

export const getActProof = createRoute({
  method: 'get',
  path: '/v1/acts/{id}/proof',
  summary: 'Offline proof that an act is logged and witnessed (c2sp.org/tlog-proof)',
  request: { params: z.strictObject({ id: Hex32 }) },
  responses: {
    200: text('The proof.', 'text/plain'),
    default: problem('No such act, or no checkpoint covers it yet.'),
  },
});

export const getStatus = createRoute({
  method: 'get',
  path: '/v1/status',
  summary: 'What this node is and sees',
  responses: { 200: json('The status.', NodeStatus) },
});

export const getExchange = createRoute({
  method: 'get',
  path: '/v1/exchanges/{id}',
  summary: 'One exchange at a glance',
  request: { params: z.strictObject({ id: z.string().max(64) }) },
  responses: { 200: json('The summary.', ExchangeSummary), default: problem('No such exchange.') },
});

export const getStream = createRoute({
  method: 'get',
  path: '/v1/stream',
  summary: 'Acts and checkpoints as they come (server-sent events)',
  request: { query: z.object({ from: z.coerce.number().pipe(LogIndex).optional() }) },
  responses: {
    200: text('Events `hello`, `act`, `checkpoint`.', 'text/event-stream'),
    default: problem('The request cannot be served.'),
  },
});

export const getPayload = createRoute({
  method: 'get',
  path: '/v1/payloads/{hash}',
  summary: 'A sealed payload, for an addressed party',
  request: { params: HashParam },
  responses: {
    200: bytes('The sealed payload.'),
    default: problem('Unknown, erased or not addressed to the asker.'),
  },
});

export const putPayload = createRoute({
  method: 'put',
  path: '/v1/payloads/{hash}',
  summary: 'Leave a sealed payload for its recipients',
  request: {
    params: HashParam,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: { 204: { description: 'Kept.' }, default: problem('Not kept.') },
});

export const erasePayload = createRoute({
  method: 'delete',
  path: '/v1/payloads/{hash}',
  summary: 'Destroy the wrapped keys of a payload: nobody can open it again',
  request: { params: HashParam },
  responses: { 204: { description: 'Erased.' }, default: problem('Not erased.') },
});

export const getNewestCheckpoint = createRoute({
  method: 'get',
  path: '/v1/checkpoint',
  summary: 'The newest checkpoint this node stands by, whoever has cosigned it yet: for members of the log',
  responses: { 200: text('A signed note.', 'text/plain'), default: problem('No checkpoint stands yet.') },
});

export const getCheckpoint = createRoute({
  method: 'get',
  path: '/log/checkpoint',
  summary: 'Newest checkpoint with cosignatures (c2sp.org/tlog-tiles)',
  responses: { 200: text('A signed note.', 'text/plain'), default: problem('No checkpoint yet.') },
});

export const getLogKey = createRoute({
  method: 'get',
  path: '/log/vkey',
  summary: 'Verifier key of the log',
  responses: { 200: text('One vkey line.', 'text/plain') },
});

export const getLogPolicy = createRoute({
  method: 'get',
  path: '/log/policy',
  summary: 'Witness policy of this node (c2sp.org/tlog-policy)',
  responses: { 200: text('A policy file.', 'text/plain') },
});

/** `path` is `<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`, where `N` may hold slashes (`x001/x234/067`). */
export const getTile = createRoute({
  method: 'get',
  path: '/log/tile/{path}',
  summary: 'Hash tile or entry bundle (c2sp.org/tlog-tiles)',
  request: { params: z.strictObject({ path: z.string() }) },
  responses: { 200: bytes('The tile, immutable.'), default: problem('No such tile.') },
});

export const addCheckpoint = createRoute({
  method: 'post',
  path: '/add-checkpoint',
  summary: 'Ask this node as a witness to cosign (c2sp.org/tlog-witness)',
  request: { body: { required: true, content: { 'text/plain': { schema: z.string() } } } },
  responses: {
    200: text('Signature lines.', 'text/plain'),
    409: text('The size last cosigned.', 'text/x.tlog.size'),
    default: text('Refused: 400, 403, 404, 422 as specified.', 'text/plain'),
  },
});

export const getWitnessedCheckpoint = createRoute({
  method: 'get',
  path: '/{origin}/checkpoint',
  summary: 'Last checkpoint this witness cosigned, by SHA-256 of the origin',
  request: { params: z.strictObject({ origin: Hex32 }) },
  responses: {
    200: text('A signed note.', 'text/plain'),
    default: problem('Nothing cosigned for this origin.'),
  },
});
