/** The state of every exchange, from the entries that a node's own database holds. Cost: linear in the log. */
import { emptyLedger, followStored, type Ledger } from '@homeward/ledger';
import type { Store } from '@homeward/store';

/** Entries read in one query. */
const page = 1_024;

export async function readLedger(store: Store): Promise<Ledger> {
  let ledger = emptyLedger;
  for (;;) {
    const entries = await store.log.entries(ledger.size, ledger.size + page);
    for (const { bytes } of entries) ledger = followStored(ledger, bytes);
    if (entries.length < page) return ledger;
  }
}
