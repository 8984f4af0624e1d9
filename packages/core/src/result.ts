/**
 * One answer for work that can fail by its input: a value, or what is wrong with it.
 *
 * Law: a `Result` is returned, never thrown; a bug throws. `ok` alone tells the two apart, so a caller cannot read
 * `value` before it has looked.
 */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}
