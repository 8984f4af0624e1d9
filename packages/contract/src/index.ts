/** The wire of a node: what is sent, what comes back, how it says no, and a client for it. `spec/wire.md`. */
export { readAtMost } from './bounded-body.ts';
export { createNodeClient } from './client.ts';
export type { FetchLike, NodeClient, Reply, SignRequest } from './client.ts';
export { findRefusalStatus, toExchangeProblem } from './exchange-problem.ts';
export { ExchangeSummary, LegSummary, TrancheSummary } from './exchange-summary.ts';
export { Alarm, CheckpointSummary, NodeRole, NodeStatus } from './node-status.ts';
export { nodeProblems, Problem, problemMediaType, toNodeProblem } from './problem.ts';
export type { NodeProblemKind, ProblemRow } from './problem.ts';
export { parseReceiptText, signReceipt, toReceiptText, verifyReceipt } from './receipt.ts';
export type { Receipt, ReceiptExpected, ReceiptVerdict } from './receipt.ts';
export { parseAuthorization, requestAgeMsMax, toAuthorization, toRequestBytes } from './request-signature.ts';
export type { RequestFacts, SignedRequest } from './request-signature.ts';
export { fetchUntilSilent } from './silence.ts';
export type { Silence } from './silence.ts';
export { readStream, StreamAct, StreamHello } from './stream.ts';
export type { StreamEvent } from './stream.ts';
export { KeptAct, LoggedAct, Submission } from './submission.ts';
