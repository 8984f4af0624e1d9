/**
 * The marks of state. Each has a shape of its own, so that none depends on colour, and stands beside its word.
 *
 * How far persons have come: agreed (empty circle), approved (half), under way (arrow), verified (full, with a
 * tick). What stops: held (two bars), refused (barred diamond), unsure (dotted circle), fault (cross in an
 * octagon). What was proved in this browser: proven (tick in a shield), unchecked (dotted shield). As it should be, but
 * proved by nobody: well (a plain tick).
 */
export type MarkKind =
  | 'agreed'
  | 'approved'
  | 'under-way'
  | 'verified'
  | 'held'
  | 'refused'
  | 'unsure'
  | 'fault'
  | 'proven'
  | 'well'
  | 'unchecked'
  | 'waiting'
  | 'stopped';

const shield =
  'M8 1.500 13.6 3.400v4.200c0 3.300-2.200 5.600-5.600 6.900-3.400-1.300-5.600-3.600-5.600-6.900V3.400z';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const;

function Shape({ kind }: { readonly kind: MarkKind }) {
  switch (kind) {
    case 'agreed':
      return <circle cx="8" cy="8" r="5.5" {...line} />;
    case 'approved':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" {...line} />
          <path d="M8 2.500a5.5 5.5 0 0 0 0 11z" fill="currentColor" />
        </>
      );
    case 'under-way':
      return <path d="M2 8h10M8.5 4 12.5 8l-4 4" {...line} strokeLinecap="round" strokeLinejoin="round" />;
    case 'verified':
      return (
        <>
          <circle cx="8" cy="8" r="6.3" fill="currentColor" />
          <path d="m5 8.3 2.1 2.100L11 6.2" {...line} stroke="var(--hw-surface)" strokeLinecap="round" />
        </>
      );
    case 'held':
      return <path d="M5.5 3v10M10.5 3v10" {...line} strokeWidth={2.6} strokeLinecap="round" />;
    case 'refused':
      return (
        <>
          <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" {...line} strokeLinejoin="round" />
          <path d="M5 8h6" {...line} strokeLinecap="round" />
        </>
      );
    case 'unsure':
      return <circle cx="8" cy="8" r="5.5" {...line} strokeDasharray="1.2 2.4" strokeLinecap="round" />;
    case 'waiting':
      return (
        <>
          <circle cx="8" cy="8" r="5.5" {...line} />
          <path d="M8 5v3.300l2 1.4" {...line} strokeLinecap="round" />
        </>
      );
    case 'stopped':
      return <rect x="3" y="3" width="10" height="10" rx="1" {...line} strokeWidth={2} />;
    case 'fault':
      return (
        <>
          <path d="M5.3 1.500h5.400l3.8 3.800v5.400l-3.8 3.800H5.300l-3.8-3.800V5.300z" {...line} />
          <path d="m5.6 5.6 4.8 4.800m0-4.8-4.8 4.8" {...line} strokeLinecap="round" />
        </>
      );
    case 'proven':
      return (
        <>
          <path d={shield} {...line} strokeLinejoin="round" />
          <path d="m5.2 7.900 2 2.100 3.700-4.200" {...line} strokeLinecap="round" strokeLinejoin="round" />
        </>
      );
    case 'unchecked':
      return (
        <path d={shield} {...line} strokeDasharray="0.8 2.6" strokeLinecap="round" strokeLinejoin="round" />
      );
    case 'well':
      return (
        <path d="m2.800 8.600 3.400 3.400 7-7.600" {...line} strokeLinecap="round" strokeLinejoin="round" />
      );
  }
}

export function Mark({ kind, className }: { readonly kind: MarkKind; readonly className?: string }) {
  return (
    <svg
      className={`hw-mark hw-mark-${kind} ${className ?? ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <Shape kind={kind} />
    </svg>
  );
}
