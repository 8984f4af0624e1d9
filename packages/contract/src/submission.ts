/** What a client gets for an act it submitted. */
import * as z from 'zod';
import { Hex32, LogIndex } from './encoding.ts';

export const Submission = z
  .strictObject({
    id: Hex32.describe('SHA-256 of the act’s canonical bytes, without signatures.'),
    index: LogIndex.describe('Its place in the log.'),
    receipt: z.string().describe('Signed note of the host: a promise to publish the act (`receipt.ts`).'),
  })
  .meta({ id: 'Submission' });
export type Submission = z.infer<typeof Submission>;

export const LoggedAct = z
  .strictObject({
    id: Hex32,
    index: LogIndex,
    envelope: z.string().describe('The DSSE envelope, base64 of its exact bytes.'),
    included: z.boolean().describe('Whether a checkpoint that this node verified covers it.'),
  })
  .meta({ id: 'LoggedAct' });
export type LoggedAct = z.infer<typeof LoggedAct>;
