import { expect, test } from 'vitest';
import { settingFaults, settingWarnings, versionFaults } from './server-check.ts';

const fit = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  data_checksums: 'on',
  default_transaction_read_only: 'off',
};

test('[ST-65] every setting that durability rests on is asked for', () => {
  expect(settingFaults(fit)).toEqual([]);
  expect(settingFaults({ ...fit, synchronous_commit: 'remote_apply' })).toEqual([]);
  for (const name of Object.keys(fit)) {
    expect(
      settingFaults({ ...fit, [name]: name === 'default_transaction_read_only' ? 'on' : 'off' }),
    ).toEqual([expect.stringContaining(name)]);
  }
  expect(settingFaults({ ...fit, synchronous_commit: 'local' })).toHaveLength(1);
  expect(settingFaults({})).toHaveLength(5);
});

test('[ST-65] versions with a known hole are refused', () => {
  const refused = [140_020, 150_013, 160_009, 170_005, Number.NaN];
  const accepted = [150_014, 160_010, 170_006, 180_000, 180_004, 190_001];
  for (const version of refused) expect(versionFaults(version), String(version)).toHaveLength(1);
  for (const version of accepted) expect(versionFaults(version), String(version)).toEqual([]);
});

test('[ST-65] a server that stays down after a crash is told of', () => {
  expect(settingWarnings({ restart_after_crash: 'on' })).toEqual([]);
  for (const settings of [{ restart_after_crash: 'off' }, {}]) {
    expect(settingWarnings(settings)).toEqual([expect.stringContaining('restart_after_crash')]);
  }
});
