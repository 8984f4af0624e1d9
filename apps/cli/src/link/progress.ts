/** One line on stderr that says what is going on, how fast and for how much longer; silent when nobody watches. */
export class Progress {
  private readonly shown: boolean;
  private started = performance.now();
  private last = 0;
  private step = '';

  constructor(shown: boolean = process.stderr.isTTY) {
    this.shown = shown;
  }

  /** Begins a step, or moves within it; `share` from 0 to 1, `rate` in words ("3.1 M pairs/s"). */
  show(step: string, share: number, rate = ''): void {
    if (!this.shown) return;
    const now = performance.now();
    if (step !== this.step) {
      this.step = step;
      this.started = now;
      this.last = 0;
    }
    if (now - this.last < 100 && share < 1) return;
    this.last = now;
    const width = 24;
    const full = Math.round(Math.min(1, share) * width);
    const elapsed = (now - this.started) / 1000;
    const left = share > 0.02 && share < 1 ? `, ${Math.ceil((elapsed / share) * (1 - share))} s left` : '';
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    process.stderr.write(
      `\r\u001b[2K${step.padEnd(9)} ${bar} ${Math.round(share * 100)} %${rate === '' ? '' : `, ${rate}`}${left}`,
    );
  }

  /** Clears the line, so that plain messages stand alone. */
  end(): void {
    if (this.shown && this.step !== '') process.stderr.write('\r\u001b[2K');
    this.step = '';
  }
}
