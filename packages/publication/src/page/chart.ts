/** Published numbers over days as a stair for each direction, in plain SVG. The same numbers stand in a table beside it. */
import type { PublishedExchange } from '../public/publication.ts';
import { daysBetween } from '@homeward/core/statements';
import { markup, type Html } from './html.ts';

const size = { width: 640, height: 200, left: 60, right: 12, top: 12, bottom: 26 } as const;
const dashes = ['none', '7 4', '2 3', '9 3 2 3'] as const;

/** Nothing where nobody has crossed yet. */
export function toChart(
  { ways, opened, changed, statements }: PublishedExchange,
  alt: string,
  legend: string,
): Html | undefined {
  const moving = ways.filter(({ days }) => days.length > 0);
  if (moving.length === 0) return undefined;
  const said = statements.flatMap(({ claim: { amount }, madeAt }) =>
    amount === undefined || amount.kind === 'undisclosed' || !/^\d{4}-\d{2}-\d{2}/u.test(madeAt)
      ? []
      : [{ day: madeAt.slice(0, 10), value: amount.value }],
  );
  const days = [
    ...moving.flatMap((way) => way.days.map(({ day }) => day)),
    ...said.map(({ day }) => day),
  ].sort();
  const first = days[0] ?? opened;
  const last = days.at(-1) ?? changed;
  const span = Math.max(1, daysBetween(first, last) + 1);
  const most = Math.max(
    1,
    ...said.map(({ value }) => value),
    ...moving.flatMap((way) => [way.agreed ?? 0, ...way.days.map(({ verified }) => verified)]),
  );
  const x = (day: string, after: number): number =>
    size.left + ((daysBetween(first, day) + after) / span) * (size.width - size.left - size.right);
  const y = (value: number): number =>
    size.height - size.bottom - (value / most) * (size.height - size.top - size.bottom);
  const stairs = moving.map((way, at) => {
    const points = [`M${size.left} ${y(0)}`];
    let before = 0;
    for (const { day, verified } of way.days) {
      const middle = x(day, 0.5).toFixed(1);
      points.push(`L${middle} ${y(before).toFixed(1)}`, `L${middle} ${y(verified).toFixed(1)}`);
      before = verified;
    }
    points.push(`L${size.width - size.right} ${y(before).toFixed(1)}`);
    // Equal stairs of two directions lie on one another; the second is drawn beside the first.
    return markup`<path
      class="c${(at % 4) + 1}"
      d="${points.join('')}"
      transform="translate(0 ${at * 3})"
      fill="none"
      stroke-width="3"
      stroke-dasharray="${dashes[at % 4]}"
    />`;
  });
  // Several statements of one day stand side by side.
  const marks = said.map(({ day, value }, at) => {
    const left = x(day, 0.5) + (said.slice(0, at).filter((one) => one.day === day).length + 1) * 12;
    return markup`<path d="M${left.toFixed(1)} ${(y(value) - 5).toFixed(1)}l5 5l-5 5l-5 -5z" fill="var(--page)" stroke="var(--ink)" stroke-width="1.5" />`;
  });
  const note =
    said.length === 0 ? '' : markup`<p class="small quiet"><span aria-hidden="true">◇</span> ${legend}</p>`;
  return markup`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${alt}">
    <line
      x1="${size.left}"
      x2="${size.width - size.right}"
      y1="${y(0)}"
      y2="${y(0)}"
      stroke="var(--strong)"
    />
    <line
      x1="${size.left}"
      x2="${size.width - size.right}"
      y1="${y(most)}"
      y2="${y(most)}"
      stroke="var(--line)"
    />
    <text x="${size.left - 6}" y="${y(most) + 4}" text-anchor="end">${most}</text>
    <text x="${size.left - 6}" y="${y(0) + 4}" text-anchor="end">0</text>
    <text x="${size.left}" y="${size.height - 6}">${first}</text>
    ${last === first ? '' : markup`<text x="${size.width - size.right}" y="${size.height - 6}" text-anchor="end">${last}</text>`}
    ${stairs}${marks}
  </svg>
  ${note}`;
}
