/**
 * When somebody last touched a key, the screen or a scanner: a window that is left locks itself by it.
 *
 * It hears keys before `scanner/listen.ts` does, which lets nobody else hear a scanner's: whoever scans a pile is there.
 */
export class LastTouch {
  atMs = Date.now();

  constructor(page: Window) {
    const touched = () => this.touched();
    page.addEventListener('keydown', touched, { capture: true });
    page.addEventListener('pointerdown', touched, { capture: true });
  }

  touched(): void {
    this.atMs = Date.now();
  }

  /** Whether nobody has been there for so long. */
  isOver(afterMs: number, nowMs: number): boolean {
    // A clock that was put back does not lengthen the wait.
    this.atMs = Math.min(this.atMs, nowMs);
    return afterMs !== 0 && nowMs - this.atMs >= afterMs;
  }
}
