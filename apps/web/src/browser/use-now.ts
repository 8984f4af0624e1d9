/** The clock of this device. */
import { useEffect, useState } from 'react';

/** This device's clock, read every `every` milliseconds; for ages on the page, never for an order. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
