/** Small values a node keeps about itself, as JSON. No private key belongs here: those stay in files of mode 0600. */
export interface SettingRepository {
  find(name: string): Promise<unknown>;
  /** Every value whose name begins so, by its whole name. */
  under(prefix: string): Promise<ReadonlyMap<string, unknown>>;
  put(name: string, json: unknown): Promise<void>;
  delete(name: string): Promise<void>;
}
