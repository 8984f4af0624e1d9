import { expect, test } from 'vitest';
import { err, ok, type Result } from './result.ts';

/** Halves an even number; the shape of every border that uses `Result`. */
function half(n: number): Result<number, string> {
  return n % 2 === 0 ? ok(n / 2) : err(`${n} is odd`);
}

test('a value and a fault are told apart by `ok` alone', () => {
  const even = half(4);
  const odd = half(3);
  expect(even.ok && even.value).toBe(2);
  expect(!odd.ok && odd.error).toBe('3 is odd');
});
