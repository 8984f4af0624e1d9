import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What the disk itself can do: pages of 8 KiB written and synced one after another, per second. */
export async function measureSyncs(folder: string, seconds = 3): Promise<number> {
  const file = join(folder, 'sync-rate');
  const handle = await open(file, 'w');
  const page = Buffer.alloc(8_192, 1);
  const started = performance.now();
  let count = 0;
  try {
    while (performance.now() - started < seconds * 1_000) {
      await handle.write(page, 0, page.length, (count % 1_024) * page.length);
      await handle.datasync();
      count += 1;
    }
  } finally {
    await handle.close();
    await rm(file);
  }
  return count / ((performance.now() - started) / 1_000);
}
