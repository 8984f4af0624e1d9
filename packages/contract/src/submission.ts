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

/** What a party's node answers while the host cannot be reached: it has the act on disk and goes on handing it in. */
export const KeptAct = z.strictObject({ id: Hex32 }).meta({ id: 'KeptAct' });
export type KeptAct = z.infer<typeof KeptAct>;

export const LoggedAct = z
  .strictObject({
    id: Hex32,
    index: LogIndex,
    envelope: z.string().describe('The DSSE envelope, base64 of its exact bytes.'),
    included: z.boolean().describe('Whether a checkpoint that this node verified covers it.'),
  })
  .meta({ id: 'LoggedAct' });
export type LoggedAct = z.infer<typeof LoggedAct>;
