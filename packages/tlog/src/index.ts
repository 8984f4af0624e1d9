/** The transparency log: what an auditor, a node, a command and a browser need. Each file names its specification. */
export {
  type AppendPlan,
  emptyTip,
  type LogFile,
  type LogTip,
  planAppend,
  resumeTip,
  tipRoot,
} from './append.ts';
export { entryLengthMax, formatBundle, parseBundle } from './bundle.ts';
export {
  addSignatures,
  type Checkpoint,
  type CheckpointKeys,
  formatCheckpoint,
  keepSignatures,
  parseCheckpoint,
  readCheckpoint,
  signCheckpoint,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts';
export { type ConsistencyClaim, verifyConsistency } from './consistency.ts';
export { type Cosignature, cosignedMessage, formatCosignature, parseCosignature } from './cosignature.ts';
export {
  type Ed25519,
  type Ed25519Sign,
  isStrictSignature,
  publicKeyLength,
  signatureLength,
  toStrictEd25519,
} from './ed25519.ts';
export { assessPublicKey } from './enrolment.ts';
export { appendLeaf, emptyFrontier, type Frontier, frontierRoot } from './frontier.ts';
export type { TreeEdge } from './growth.ts';
export { emptyRoot, type Hash, hashLength, leafHash, nodeHash, pureSha256, type Sha256 } from './hashing.ts';
export { type InclusionClaim, verifyInclusion } from './inclusion.ts';
export {
  formatNote,
  formatSignatures,
  type Note,
  noteLengthMax,
  type NoteSignature,
  parseNote,
  parseSignatures,
  type VerifiedNote,
  type VerifiedSignature,
  verifyNote,
} from './note.ts';
export {
  formatPolicy,
  isQuorum,
  parsePolicy,
  type Policy,
  type PolicyGroup,
  policyKeys,
  type PolicyLog,
  type PolicyWitness,
  quorumNone,
  verifyByPolicy,
} from './policy.ts';
export type { Problem, ProblemKind, Refused, Result, Verdict } from './problem.ts';
export {
  type ConsistencyProof,
  type ConsistencyQuestion,
  type InclusionProof,
  type InclusionQuestion,
  proveConsistency,
  proveInclusion,
  Prover,
} from './prove.ts';
export { cosign, type NoteSigner, signNote } from './sign.ts';
export { decodeBase64, decodeUtf8, encodeBase64, isEqualBytes, parseDecimal } from './text.ts';
export {
  checkpointPath,
  edgeTiles,
  levelSize,
  parseTilePath,
  type TileAddress,
  tilePath,
  tileWidth,
} from './tile-path.ts';
export { readBundle, readEntries, readTile, type TileSource, type TreeHead } from './tile-source.ts';
export {
  formatTlogProof,
  parseTlogProof,
  type ProofExpectation,
  type ProvenEntry,
  type TlogProof,
  verifyTlogProof,
} from './tlog-proof.ts';
export { toUint64, type Uint64 } from './uint64.ts';
export {
  formatVerifierKey,
  isKeyName,
  type KeyType,
  type NamedKey,
  parseVerifierKey,
  toVerifierKey,
  type VerifierKey,
} from './verifier-key.ts';
export {
  type EntryRun,
  type LogProblem,
  type LogReport,
  type LogVerification,
  verifyLog,
} from './verify-log.ts';
export {
  addCheckpoint,
  decideWitness,
  formatWitnessRequest,
  parseWitnessRequest,
  type Witness,
  type WitnessAnswer,
  type WitnessDecision,
  type WitnessQuestion,
  type WitnessRequest,
  witnessSizeType,
  type WitnessStore,
} from './witness.ts';
