/** Functions that run in a page with one `.scroller`. Where it scrolls by `step` px a frame, it does so from its place. */

/** One frame: scrolls, and waits until the frame in which that is drawn is over. */
export function scrollOnce(step: number): Promise<void> {
  const scroller = document.querySelector('.scroller');
  if (scroller) scroller.scrollTop += step;
  return new Promise((resolve) =>
    // The first frame brings the event of the scrolling, and what is drawn for it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
  );
}

/** Scrolls for so many frames, as fast as they are rendered; returns the times between them, in ms. */
export function scrollOn({ step, frames }: { step: number; frames: number }): Promise<number[]> {
  return new Promise((resolve) => {
    const scroller = document.querySelector('.scroller');
    const times: number[] = [];
    let last: number | undefined;
    const frame = (now: number): void => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (times.length === frames) return resolve(times);
      if (scroller) scroller.scrollTop += step;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/**
 * Scrolls to the end; gives how many frames would show neither a row nor an end of the thread at the top, the middle or
 * the bottom, and how many frames there were.
 */
export function countBlanks(step: number): Promise<{ blanks: number; frames: number }> {
  return new Promise((resolve) => {
    const scroller = document.querySelector('.scroller');
    let blanks = 0;
    let frames = 0;
    const frame = (): void => {
      if (!scroller || scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) {
        return resolve({ blanks, frames });
      }
      scroller.scrollTop += step;
      // This frame shows the current rows; the page receives the scroll event in the next frame.
      const view = scroller.getBoundingClientRect();
      const rows = [...scroller.querySelectorAll('article, .edge')].map((row) => row.getBoundingClientRect());
      const covered = [0.05, 0.5, 0.95].every((share) => {
        const y = view.top + view.height * share;
        return rows.some(({ top, bottom }) => top <= y && bottom >= y);
      });
      frames += 1;
      if (!covered) blanks += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
