export type {
  ActId,
  ActorId,
  ContentHash,
  ExchangeId,
  KeyFingerprint,
  LegId,
  PartyId,
  PayloadHash,
  TrancheId,
} from './ids.ts';
