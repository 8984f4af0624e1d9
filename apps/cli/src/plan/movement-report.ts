/** Movements in words, for the people who stand at vehicles and crossings. */
import type { MovementDocument, PlanningProblem } from '@homeward/core/planning';
import { toPlainLines } from '../plain-text.ts';

export function toMovementReport(problem: PlanningProblem, { movements }: MovementDocument): string {
  const legs = new Map(problem.legs.map((leg) => [leg.id, leg]));
  const lines: string[] = [];
  for (const { tranche, manifests, steps } of movements) {
    lines.push(`Tranche ${tranche}`);
    for (const { leg, crossing, vehicle, departsAt, boarding } of manifests) {
      const { from = '', to = '' } = legs.get(leg) ?? {};
      lines.push(
        `  ${vehicle}, leg ${leg} (${from} to ${to})${crossing === null ? '' : `, crossing ${crossing}`}: departs ${toClock(departsAt)}, ${boarding.length} persons`,
      );
      boarding.forEach(({ person, place, number }, at) =>
        lines.push(`    ${at + 1}. ${person}: ${place} ${number}`),
      );
    }
    lines.push('  Steps');
    for (const { number, opensAt, kind, crossings } of steps) {
      lines.push(`    ${number}. ${toClock(opensAt)} (${kind})`);
      for (const { leg, persons, count } of crossings) {
        const unnamed = count - persons.length;
        const names = [...persons, ...(unnamed === 0 ? [] : [`${unnamed} known by number`])];
        lines.push(`       ${leg}: ${count} (${names.join(', ')})`);
      }
    }
  }
  return toPlainLines(lines);
}

/** Minutes from midnight as a time of day, with the day where it is another. */
function toClock(minutes: number): string {
  const day = Math.floor(minutes / 1440);
  const rest = minutes - day * 1440;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const time = `${pad(Math.floor(rest / 60))}:${pad(rest % 60)}`;
  if (day === 0) return time;
  return `${time} (${Math.abs(day)} ${Math.abs(day) === 1 ? 'day' : 'days'} ${day < 0 ? 'before' : 'after'})`;
}
