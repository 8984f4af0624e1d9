/**
 * The check of a published log on a public page: no worker, no framework, no server. The page says what it needs in its
 * own language, in `data-` attributes of the element `#check`; the answer goes into `#outcome`.
 */
import { toHttpSource, toReason, verifyLog, type Progress } from '@homeward/ledger';
import { encodeBase64 } from '@homeward/tlog';
import { hasEd25519, webEd25519 } from './web-ed25519.ts';

const sha256Pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function readAtMost(reply: Response, bytesMax: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(await reply.arrayBuffer());
  return bytes.length > bytesMax ? undefined : bytes;
}

function fill(text: string | undefined, values: Readonly<Record<string, string | number>>): string {
  return (text ?? '').replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
}

async function check(place: HTMLElement, say: (text: string) => void): Promise<void> {
  const { log = 'log', key, running, yes, no, failed } = place.dataset;
  try {
    if (!(await hasEd25519()))
      throw new Error('this browser has no Ed25519, or the page is not served over https');
    const source = toHttpSource(new URL(log, location.href).href, {
      fetch: async (url) => fetch(url, { cache: 'no-store' }),
      readAtMost,
    });
    const verification = await verifyLog(
      source,
      { ...(key === undefined ? {} : { key }) },
      {
        ed25519: webEd25519,
        pause: sha256Pause,
        onProgress: async ({ size, entries }: Progress) => {
          say(fill(running, { done: entries, size }));
          await sha256Pause(0);
        },
      },
    );
    const { ok, checkpoint, entries, signatures, findings, findingCount } = verification;
    const root = checkpoint === undefined ? '' : encodeBase64(checkpoint.root);
    say(
      ok
        ? fill(yes, { entries, signatures, root })
        : fill(no, { count: findingCount, first: findings[0]?.says ?? '' }),
    );
  } catch (error) {
    say(fill(failed, { reason: toReason(error) }));
  }
}

const place = document.getElementById('check');
const outcome = document.getElementById('outcome');
const button = place?.querySelector('button');
if (place !== null && outcome !== null && button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    void check(place, (text) => {
      outcome.textContent = text;
    }).finally(() => {
      button.disabled = false;
    });
  });
}
