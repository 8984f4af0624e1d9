/**
 * What the record holds about one event: its directions, its totals, and how far it had come on a day.
 *
 * Law     Rows overlap. Only `event_total` rows are added up, or stages where an event has no total; parts, subsets,
 *         alternatives, plans, refusals and one-sided claims never are.
 */
import { sumAmounts, type Amount } from './amount.ts';
import { daysBetween, joinSpans, type Day, type Span } from './day.ts';
import type { EventRecord, Figure, FigureId, FigureRole } from './figure.ts';
import { meaningOf, type Unit } from './unit.ts';

/** One direction. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

export type Domain = 'living' | 'remains';

export function wayToText({ from, to }: Way): string {
  return `${from}>${to}`;
}

export function domainOf(unit: Unit): Domain {
  return unit === 'remains' ? 'remains' : 'living';
}

/** How far one direction, or the whole event, had come. */
export type Progress =
  | { readonly kind: 'unknown' | 'cancelled' | 'agreed-only' }
  | { readonly kind: 'not-begun'; readonly begins: Day; readonly whole: Amount }
  /** `crossed` is undefined where the record does not say how many had crossed by then. */
  | {
      readonly kind: 'open';
      readonly crossed: Amount | undefined;
      readonly whole: Amount;
      readonly ends: Day;
    }
  /** `isWhole` is false where the record has stages and no total: there may have been more. */
  | { readonly kind: 'complete'; readonly whole: Amount; readonly ends: Day; readonly isWhole: boolean };

export class EventView {
  readonly figures: readonly Figure[];
  readonly #byId: ReadonlyMap<FigureId, Figure>;

  constructor(figures: readonly Figure[]) {
    this.figures = figures;
    this.#byId = new Map(figures.map((figure) => [figure.id, figure]));
  }

  find(id: FigureId | undefined): Figure | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /**
   * What had happened by a day. Totals and plans stay, because they are what was agreed to come; stages, parts and
   * counts of later days go, so that nothing later can change what is said of that day.
   */
  asOf(day: Day | undefined): EventView {
    if (day === undefined) return this;
    return new EventView(
      this.figures.filter(
        ({ role, starts }) => role === 'event_total' || role === 'plan' || starts.from <= day,
      ),
    );
  }

  parties(): readonly string[] {
    return [...new Set(this.figures.flatMap(({ from, to }) => [from, to]))];
  }

  withRole(...roles: readonly FigureRole[]): readonly Figure[] {
    return this.figures.filter(({ role }) => roles.includes(role));
  }

  /** Totals of one kind of people: event totals, or stages of an event that has none. */
  totals(domain: Domain): readonly Figure[] {
    const isOf = ({ unit }: Figure): boolean => domainOf(unit) === domain;
    const wholes = this.withRole('event_total').filter(isOf);
    if (wholes.length > 0) return wholes;
    return this.withRole('stage_total').filter((figure) => isOf(figure) && figure.partOf === undefined);
  }

  /** The directions that the event has, from its totals or else from what was agreed. */
  ways(domain: Domain): readonly Way[] {
    const totals = this.totals(domain);
    const rows =
      totals.length > 0 ? totals : this.withRole('plan').filter(({ unit }) => domainOf(unit) === domain);
    const ways = new Map(rows.map(({ from, to }) => [`${from}>${to}`, { from, to }]));
    return [...ways.values()];
  }

  /** Rows of one direction, with the rows below them: a leg to a third state is part of its total. */
  inWay(way: Way, domain: Domain): readonly Figure[] {
    const isInWay = (figure: Figure): boolean => {
      if (figure.from === way.from && figure.to === way.to) return true;
      const parent = this.find(figure.partOf);
      return parent !== undefined && isInWay(parent);
    };
    return this.figures.filter((figure) => domainOf(figure.unit) === domain && isInWay(figure));
  }

  hasWay(way: Way, domain: Domain): boolean {
    return this.figures.some(
      ({ from, to, unit }) => from === way.from && to === way.to && domainOf(unit) === domain,
    );
  }

  /** How far the totals given had come on a day; undefined for the day asks about the whole. */
  progress(totals: readonly Figure[], day: Day | undefined): Progress {
    if (totals.length === 0) {
      return { kind: this.withRole('plan').length > 0 ? 'agreed-only' : 'unknown' };
    }
    if (totals.every(({ status }) => status === 'cancelled')) return { kind: 'cancelled' };
    if (totals.every(({ status }) => status === 'agreed_only')) return { kind: 'agreed-only' };
    const isWhole = totals.every(({ role }) => role === 'event_total');
    const begins = totals.map(({ starts }) => starts.from).reduce((a, b) => (a < b ? a : b));
    const ends = totals.map((figure) => figure.ends.from).reduce((a, b) => (a > b ? a : b));
    const whole = sumAmounts(totals.map(({ amount }) => amount));
    if (day !== undefined && day < begins) return { kind: 'not-begun', begins, whole };
    if (day === undefined || day >= ends) {
      return { kind: 'complete', whole, ends, isWhole };
    }
    const crossed = totals.map((total) => {
      if (day >= total.ends.from) return total.amount;
      if (!isWhole) return { kind: 'exact', value: 0 } as const;
      const stages = this.withRole('stage_total').filter(({ partOf }) => partOf === total.id);
      if (stages.length === 0) return undefined;
      return sumAmounts(stages.filter((stage) => day >= stage.ends.from).map(({ amount }) => amount));
    });
    if (crossed.some((amount) => amount === undefined)) {
      // The night between two days: a report of either day may mean the whole.
      return daysBetween(day, ends) <= 1
        ? { kind: 'complete', whole, ends, isWhole }
        : { kind: 'open', crossed: undefined, whole, ends };
    }
    return { kind: 'open', crossed: sumAmounts(crossed.filter((one) => one !== undefined)), whole, ends };
  }

  /** From the first crossing to the last; undefined if nothing of that kind is recorded. */
  span(domain: Domain): Span | undefined {
    return this.totals(domain)
      .map(({ starts, ends }) => joinSpans(starts, ends))
      .reduce<Span | undefined>((all, one) => (all === undefined ? one : joinSpans(all, one)), undefined);
  }
}

/** Everything that a figure stands for is of this unit: a total of all living counts as persons whatever its unit. */
export function countsAs(figure: Figure, unit: Unit): boolean {
  if (figure.unit === unit) return true;
  const isTotal = figure.role === 'event_total' || figure.role === 'stage_total';
  return unit === 'persons' && isTotal && meaningOf(figure.unit).domain === 'living';
}

/** The events of a record, each once, in the order of the record. */
export function viewEvents(record: EventRecord): ReadonlyMap<string, EventView> {
  const byEvent = new Map<string, Figure[]>();
  for (const figure of record) {
    const rows = byEvent.get(figure.event);
    if (rows === undefined) byEvent.set(figure.event, [figure]);
    else rows.push(figure);
  }
  return new Map([...byEvent].map(([event, figures]) => [event, new EventView(figures)]));
}
