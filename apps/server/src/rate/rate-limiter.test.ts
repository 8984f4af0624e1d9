import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

const burstBytes = 1_000;
const bytesPerSecond = 50;
const requests = fc.array(
  fc.record({
    name: fc.constantFrom('A', 'B'),
    bytes: fc.integer({ min: 0, max: burstBytes }),
    waitMs: fc.integer({ min: 0, max: 40_000 }),
  }),
  { maxLength: 60 },
);

describe('an allowance', () => {
  test('[ND-7] lets through no more than its burst and its rate, in any span, for each party by itself', () => {
    fc.assert(
      fc.property(requests, (sent) => {
        let clock = 0;
        const limiter = createRateLimiter({ burstBytes, bytesPerSecond }, () => clock);
        const passed: Record<string, { at: number; bytes: number }[]> = { A: [], B: [] };
        for (const { name, bytes, waitMs } of sent) {
          clock += waitMs;
          if (limiter.take(name, bytes) === 0) passed[name]!.push({ at: clock, bytes });
        }
        for (const each of Object.values(passed)) {
          for (const [from, first] of each.entries()) {
            let sum = 0;
            for (const { at, bytes } of each.slice(from)) {
              sum += bytes;
              expect(sum).toBeLessThanOrEqual(burstBytes + ((at - first.at) / 1_000) * bytesPerSecond + 1e-6);
            }
          }
        }
      }),
    );
  });

  test('[ND-7] says how long to wait, and holds to it, whatever others send meanwhile', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 3 * burstBytes }), (sent, bytes) => {
        let clock = 0;
        const limiter = createRateLimiter({ burstBytes, bytesPerSecond }, () => clock);
        for (const { name, bytes: taken, waitMs } of sent) {
          clock += waitMs;
          limiter.take(name, taken);
        }
        const wait = limiter.take('A', bytes);
        if (wait === 0) return;
        clock += wait * 1_000;
        limiter.take('B', burstBytes);
        expect(limiter.take('A', bytes)).toBe(0);
      }),
    );
  });
});
