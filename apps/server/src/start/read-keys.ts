/** What a node's configuration names by key: the log, its witnesses, the policy. */
import type { NodeKeys } from '@homeward/keys';
import {
  formatVerifierKey,
  parsePolicy,
  parseVerifierKey,
  type KeyType,
  type Policy,
  type VerifierKey,
} from '@homeward/tlog';
import type { NodeConfig } from '../config/node-config.ts';

/** A start that cannot succeed until a human changes something; the message says what. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

export function readLogKey(config: NodeConfig, keys: NodeKeys): VerifierKey {
  if (keys.role === 'host') {
    if (config.role === 'host' && keys.log.key.name !== config.origin) {
      throw new StartRefused(
        `The log key is for "${keys.log.key.name}", the configuration says "${config.origin}".`,
      );
    }
    return keys.log.key;
  }
  if (config.role === 'host') throw new Error('keys and configuration are of different roles');
  return readKey(config.host.logKey, 'note', 'host.logKey');
}

export function readKey(text: string, type: KeyType, what: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (!key.ok) throw new StartRefused(`${what}: ${key.problem.text}`);
  if (key.value.type !== type) throw new StartRefused(`${what} is not a key of type ${type}.`);
  return key.value;
}

export function readPolicy(text: string, logKey: VerifierKey): Policy {
  const policy = parsePolicy(new TextEncoder().encode(text));
  if (!policy.ok) throw new StartRefused(`The witness policy: ${policy.problem.text}`);
  const [only, ...others] = policy.value.logs;
  if (only === undefined || others.length > 0 || formatVerifierKey(only.key) !== formatVerifierKey(logKey)) {
    throw new StartRefused(`The witness policy must be for one log, ${formatVerifierKey(logKey)}.`);
  }
  return policy.value;
}

export function toSentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
