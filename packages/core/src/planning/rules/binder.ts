/**
 * What the rules say of each person by name, and which persons they tie to others.
 *
 * Cost    One pass over the persons, and one over the names in rules.
 */
import { getPersons, isPlannable, type Roster } from '../problem/roster.ts';

/** What is left open to each person by name. */
export interface Binding {
  /** Tranches open to each person, `trancheCount` apart. */
  readonly open: Uint8Array;
  readonly mustGo: Uint8Array;
  /** Persons who need a cell of their own. */
  readonly isBound: Uint8Array;
  /** Union-find parent over persons who move as one. */
  readonly unitOf: Int32Array;
}

/** Collects a binding while each rule says what it asks of whom. */
export class Binder {
  readonly roster: Roster;
  readonly off: number;
  readonly #open: Uint8Array;
  readonly #mustGo: Uint8Array;
  readonly #isBound: Uint8Array;
  readonly #unitOf: Int32Array;

  constructor(roster: Roster) {
    const size = roster.persons.length;
    this.roster = roster;
    this.off = roster.trancheCount;
    this.#open = new Uint8Array(size * this.off);
    this.#mustGo = new Uint8Array(size);
    this.#isBound = new Uint8Array(size);
    this.#unitOf = Int32Array.from({ length: size }, (_, index) => index);
    roster.persons.forEach((person, index) => {
      if (isPlannable(person))
        this.#open.fill(1, index * this.off + person.first, index * this.off + person.last + 1);
    });
  }

  persons(names: readonly string[]): readonly number[] {
    return getPersons(this.roster, names);
  }

  /** Of those named, who can be planned. */
  plannable(names: readonly string[]): readonly number[] {
    return this.persons(names).filter((index) => {
      const person = this.roster.persons[index];
      return person !== undefined && isPlannable(person);
    });
  }

  close(index: number, isClosed: (tranche: number) => boolean): void {
    for (let tranche = 0; tranche < this.off; tranche += 1)
      if (isClosed(tranche)) this.#open[index * this.off + tranche] = 0;
  }

  must(index: number): void {
    this.#mustGo[index] = 1;
  }

  /** They need cells of their own. */
  bind(indexes: readonly number[]): void {
    for (const index of indexes) this.#isBound[index] = 1;
  }

  /** They move as one. */
  unite(indexes: readonly number[]): void {
    const [first, ...others] = indexes;
    if (first === undefined) return;
    this.#isBound[first] = 1;
    for (const other of others) {
      this.#isBound[other] = 1;
      const [low, high] = [this.#find(first), this.#find(other)].sort((a, b) => a - b);
      if (low !== undefined && high !== undefined) this.#unitOf[high] = low;
    }
  }

  /** The binding, with all that those who move as one share. */
  end(): Binding {
    const size = this.roster.persons.length;
    for (let index = 0; index < size; index += 1) this.#unitOf[index] = this.#find(index);
    // Who moves as one shares every closed tranche and every must.
    for (const isSecondPass of [false, true]) {
      for (let index = 0; index < size; index += 1) {
        const root = this.#unitOf[index] ?? index;
        if (root === index) continue;
        const [from, to] = isSecondPass ? [root, index] : [index, root];
        for (let tranche = 0; tranche < this.off; tranche += 1)
          if (this.#open[from * this.off + tranche] === 0) this.#open[to * this.off + tranche] = 0;
        if (this.#mustGo[from] === 1) this.#mustGo[to] = 1;
      }
    }
    return { open: this.#open, mustGo: this.#mustGo, isBound: this.#isBound, unitOf: this.#unitOf };
  }

  #find(index: number): number {
    let root = index;
    while ((this.#unitOf[root] ?? root) !== root) root = this.#unitOf[root] ?? root;
    for (let at = index; at !== root;) {
      const next = this.#unitOf[at] ?? root;
      this.#unitOf[at] = root;
      at = next;
    }
    return root;
  }
}
