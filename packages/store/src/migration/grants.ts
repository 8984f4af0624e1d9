/**
 * What the role that serves may do, table by table: nothing that is not listed. It owns no table, so it can neither
 * change their shape nor switch a trigger off.
 */
export const grants: Readonly<Record<string, string>> = {
  schema_version: 'select',
  log_head: 'select, update (size)',
  entry: 'select, insert',
  tile_hash: 'select, insert',
  exchange_lock: 'select, insert, update (version)',
  proposal: 'select, insert',
  approval: 'select, insert, update (withdrawn)',
  schedule: 'select, insert',
  closed_tranche: 'select, insert',
  coupled_leg: 'select, insert',
  step: 'select, insert, update (closed, outcome)',
  checkpoint: 'select, insert',
  cosignature: 'select, insert, update (line, time)',
  payload: 'select, insert, update (ciphertext, erased_at)',
  payload_recipient: 'select, insert, delete',
  pending_act: 'select, insert, update (status, attempts, problem), delete',
  peer: 'select, insert, update, delete',
  setting: 'select, insert, update, delete',
};
