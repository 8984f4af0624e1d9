/** What a node says about itself. Public: it names no person and no key that opens anything. */
import * as z from 'zod';
import { Base64, Count, Instant, LogIndex, PartyCode } from './encoding.ts';
import { ExchangeSummary } from './exchange-summary.ts';

export const NodeRole = z.enum(['host', 'party', 'observer']);
export type NodeRole = z.infer<typeof NodeRole>;

/**
 * Something a human must look at. A node with an alarm of kind `fork`, `rollback`, `rewrite`, `refused-act`
 * or `store` cosigns nothing until an operator has acted.
 */
export const Alarm = z
  .strictObject({
    kind: z.enum([
      'fork', // two checkpoints of one size, or an inconsistent larger one
      'rollback', // an older copy of the log was taken up again
      'stale', // for long the host has shown only checkpoints that are older than one seen before
      'rewrite', // tiles or entries that do not hash to the signed root
      'dropped-act', // a receipt's promise is overdue, or the log holds the act at another place
      'refused-act', // the log holds an act that decide refuses
      'other-witness', // an exchange accredits this node's party with another witness key than this node's
      'frozen', // no newer checkpoint or cosignature within the allowed age
      'store', // the node's own stored data does not match what it signed
    ]),
    since: Instant,
    detail: z.string().describe('A sentence that says what was seen, without personal data.'),
  })
  .meta({ id: 'Alarm' });
export type Alarm = z.infer<typeof Alarm>;

export const CheckpointSummary = z
  .strictObject({
    size: LogIndex,
    root: Base64,
    note: z.string().describe('The signed note, with every cosignature this node knows.'),
    cosigners: z.array(z.string()).describe('Names of the witnesses whose cosignature verified.'),
    quorum: z.boolean().describe('Whether the policy of this node is satisfied.'),
  })
  .meta({ id: 'CheckpointSummary' });
export type CheckpointSummary = z.infer<typeof CheckpointSummary>;

export const NodeStatus = z
  .strictObject({
    role: NodeRole,
    party: PartyCode,
    name: z.string(),
    version: z.string(),
    origin: z.string().describe('Origin line of the log that this node keeps or follows.'),
    keys: z
      .strictObject({
        log: z.string().describe('vkey of the log.'),
        receipt: z.string().describe('vkey that signs receipts.'),
        witness: z.string().optional().describe('vkey of this node as a witness.'),
        sealing: Base64.optional().describe('X25519 public key that payloads for this party are sealed to.'),
      })
      .describe('Compare them with the fingerprints you were given by another way.'),
    log: z.strictObject({
      size: LogIndex.describe('Acts this node holds durably; may be ahead of the last checkpoint.'),
      checkpoint: CheckpointSummary.optional(),
    }),
    exchanges: z.array(ExchangeSummary),
    outbox: Count.describe('Acts accepted from clients and not yet in a verified checkpoint.'),
    peers: z.array(
      z.strictObject({
        name: z.string(),
        url: z.string(),
        role: NodeRole,
        lastHeard: Instant.optional(),
        size: LogIndex.optional().describe('Tree size it last cosigned or published.'),
      }),
    ),
    alarms: z.array(Alarm),
    startedAt: Instant,
    at: Instant.describe(
      'This node’s clock as it said so: what the other times here are to be compared with.',
    ),
  })
  .meta({ id: 'NodeStatus' });
export type NodeStatus = z.infer<typeof NodeStatus>;
