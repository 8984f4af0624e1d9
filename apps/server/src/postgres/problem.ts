/** Why the embedded PostgreSQL cannot be had. The message says what to do about it. */
export type PostgresProblemKind =
  'no-program' | 'no-account' | 'in-use' | 'other-version' | 'not-a-data-folder' | 'did-not-start';

export class PostgresProblem extends Error {
  override readonly name = 'PostgresProblem';
  readonly kind: PostgresProblemKind;
  constructor(kind: PostgresProblemKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
