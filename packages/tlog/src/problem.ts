/**
 * What a verifier answers: a value it vouches for, or one problem in words, with the rule of spec/log.md it breaks.
 *
 * Law     Hostile bytes never throw: whatever another party wrote is answered by a `Result` [LG-56].
 *         An exception from this package means a bug in the calling program, never a bad log.
 */

/** Every way this package can say no. */
export type ProblemKind =
  | 'NumberMalformed'
  | 'NumberTooLarge'
  | 'HashMalformed'
  | 'IndexOutsideTree'
  | 'InclusionWrong'
  | 'OldSizeZero'
  | 'OldSizeAhead'
  | 'ConsistencyWrong'
  | 'PathMalformed'
  | 'FileMissing'
  | 'TileMalformed'
  | 'TileWrong'
  | 'BundleMalformed'
  | 'EntryWrong'
  | 'RootWrong'
  | 'NotText'
  | 'NoteMalformed'
  | 'NoteTooLarge'
  | 'KeyNameMalformed'
  | 'KeyMalformed'
  | 'KeyTypeUnknown'
  | 'KeyIdWrong'
  | 'KeyAmbiguous'
  | 'SignatureWrong'
  | 'SignatureMissing'
  | 'SignatureUnknown'
  | 'CheckpointMalformed'
  | 'CheckpointExtended'
  | 'OriginWrong'
  | 'LogSignatureMissing'
  | 'EmptyRootWrong'
  | 'TimeOutOfRange'
  | 'RequestMalformed'
  | 'ProofMalformed'
  | 'PolicyMalformed'
  | 'PolicyKeyRepeated'
  | 'PolicyNameWrong'
  | 'LogUnknown'
  | 'QuorumMissed'
  | 'KeySmallOrder'
  | 'KeyNotCanonical';

/** The rule of spec/log.md that each kind of problem breaks. */
const rules = {
  NumberMalformed: 'LG-29',
  NumberTooLarge: 'LG-11',
  HashMalformed: 'LG-6',
  IndexOutsideTree: 'LG-6',
  InclusionWrong: 'LG-6',
  OldSizeZero: 'LG-8',
  OldSizeAhead: 'LG-7',
  ConsistencyWrong: 'LG-7',
  PathMalformed: 'LG-12',
  FileMissing: 'LG-52',
  TileMalformed: 'LG-14',
  TileWrong: 'LG-14',
  BundleMalformed: 'LG-15',
  EntryWrong: 'LG-53',
  RootWrong: 'LG-52',
  NotText: 'LG-20',
  NoteMalformed: 'LG-20',
  NoteTooLarge: 'LG-27',
  KeyNameMalformed: 'LG-24',
  KeyMalformed: 'LG-25',
  KeyTypeUnknown: 'LG-25',
  KeyIdWrong: 'LG-25',
  KeyAmbiguous: 'LG-25',
  SignatureWrong: 'LG-22',
  SignatureMissing: 'LG-23',
  SignatureUnknown: 'LG-55',
  CheckpointMalformed: 'LG-28',
  CheckpointExtended: 'LG-30',
  OriginWrong: 'LG-31',
  LogSignatureMissing: 'LG-31',
  EmptyRootWrong: 'LG-3',
  TimeOutOfRange: 'LG-33',
  RequestMalformed: 'LG-34',
  ProofMalformed: 'LG-42',
  PolicyMalformed: 'LG-45',
  PolicyKeyRepeated: 'LG-46',
  PolicyNameWrong: 'LG-45',
  LogUnknown: 'LG-48',
  QuorumMissed: 'LG-47',
  KeySmallOrder: 'LG-49',
  KeyNotCanonical: 'LG-50',
} as const satisfies Record<ProblemKind, `LG-${number}`>;

/** What is wrong: a kind for programs, the rule's id in spec/log.md, a sentence for people. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly rule: `LG-${number}`;
  readonly text: string;
}

/** The answer no. */
export interface Refused {
  readonly ok: false;
  readonly problem: Problem;
}

/** The answer of a parser: the value, or what is wrong with the bytes. */
export type Result<T> = { readonly ok: true; readonly value: T } | Refused;

/** The answer of a verifier that has nothing to hand over but its yes. */
export type Verdict = { readonly ok: true } | Refused;

/** The answer yes, with what was asked for. */
export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Names a problem; its rule comes from the table, so the two cannot drift apart. */
export function toProblem(kind: ProblemKind, text: string): Problem {
  return { kind, rule: rules[kind], text };
}

/** The answer no, in a sentence. */
export function refuse(kind: ProblemKind, text: string): Refused {
  return { ok: false, problem: toProblem(kind, text) };
}
