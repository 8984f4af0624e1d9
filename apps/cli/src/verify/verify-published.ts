/** Verifies a published log on this machine: `@homeward/ledger` with Node's hash, signatures and threads. */
import { verifyLog, type Finding, type Ledger, type Progress, type Trust } from '@homeward/ledger';
import { nativeSha256, verifyEd25519Aside } from '@homeward/keys';
import { encodeBase64 } from '@homeward/tlog';
import type { PublishedLog } from './log-source.ts';

/** The outcome as commands tell it and as `--json` writes it. */
export interface Verification {
  readonly ok: boolean;
  readonly origin: string | undefined;
  readonly size: number;
  /** Base64. */
  readonly root: string | undefined;
  /** Witnesses of the policy whose cosignature verified. */
  readonly cosigners: readonly string[];
  /** Acts whose signature and rules were checked. */
  readonly acts: number;
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  readonly ledger: Ledger;
}

export interface VerifyOptions extends Trust {
  readonly onProgress?: (done: number) => void;
}

/** Rejects where the log cannot be read. */
export async function verifyPublished(
  { source }: PublishedLog,
  { onProgress, ...trust }: VerifyOptions = {},
): Promise<Verification> {
  const { ok, checkpoint, cosigners, acts, findings, findingCount, ledger } = await verifyLog(source, trust, {
    ed25519: { verify: verifyEd25519Aside },
    sha256: nativeSha256,
    pause: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onProgress: async ({ entries }: Progress) => {
      onProgress?.(entries);
      // Reads and verdicts of signatures that came meanwhile have their turn.
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  return {
    ok,
    origin: checkpoint?.origin,
    size: checkpoint?.size ?? 0,
    root: checkpoint === undefined ? undefined : encodeBase64(checkpoint.root),
    cosigners,
    acts,
    findings,
    findingCount,
    ledger,
  };
}
