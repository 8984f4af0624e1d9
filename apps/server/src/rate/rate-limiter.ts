/**
 * How much one party may send: a bucket of bytes that refills at a steady rate, one for each party of each exchange.
 *
 * Law     Over any span of t seconds a name is let through at most `burstBytes + t * bytesPerSecond`, and who has been
 *         told to wait is let through after waiting that long. Names do not touch each other.
 * Cost    Constant per request; memory for each name that was ever let through.
 */
export interface Allowance {
  readonly burstBytes: number;
  readonly bytesPerSecond: number;
}

export interface RateLimiter {
  /** Takes `bytes` off the allowance of `name`; answers 0, or the seconds to wait, and then nothing is taken. */
  take(name: string, bytes: number): number;
}

/** `now` gives milliseconds that never go back. */
export function createRateLimiter(
  { burstBytes, bytesPerSecond }: Allowance,
  now: () => number = () => performance.now(),
): RateLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(name, bytes) {
      const at = now();
      const bucket = buckets.get(name) ?? { left: burstBytes, at };
      const left = Math.min(burstBytes, bucket.left + ((at - bucket.at) / 1_000) * bytesPerSecond);
      // What is larger than a full bucket passes when the bucket is full: nothing is refused for ever.
      const missing = Math.min(bytes, burstBytes) - left;
      if (missing > 0) {
        buckets.set(name, { left, at });
        return Math.ceil(missing / bytesPerSecond);
      }
      buckets.set(name, { left: left - bytes, at });
      return 0;
    },
  };
}
