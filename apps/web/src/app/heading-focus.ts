/** Where the focus goes after a change of page. */
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * After a change of page, brings the focus to its heading, so that a reader who does not see the page hears where they are
 * and goes on from there. The first page is left as the browser opened it.
 */
export function useHeadingFocus(): void {
  const router = useRouter();
  useEffect(() => {
    // A page may first say that it is reading, and then show another heading: it is followed until the reader acts.
    let following: MutationObserver | undefined;
    const leave = () => {
      following?.disconnect();
      following = undefined;
    };
    const focusHeading = () => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const heading = document.querySelector<HTMLElement>('main h1');
      if (heading === null) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    const unsubscribe = router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
      if (fromLocation === undefined || fromLocation.pathname === toLocation.pathname) return;
      leave();
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      focusHeading();
      following = new MutationObserver(focusHeading);
      following.observe(document.getElementById('content') ?? document.body, {
        childList: true,
        subtree: true,
      });
    });
    for (const act of ['keydown', 'pointerdown'] as const) addEventListener(act, leave, true);
    return () => {
      unsubscribe();
      leave();
      for (const act of ['keydown', 'pointerdown'] as const) removeEventListener(act, leave, true);
    };
  }, [router]);
}
