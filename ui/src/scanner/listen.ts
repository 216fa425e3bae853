/**
 * The one place that hears a scanner: before every control, every screen and every other listener.
 *
 * - The key that ends a scan reaches nobody: it presses no button, sends no form, moves no focus.
 * - Characters of a scan that went into a field before it was known as one are taken back out of it.
 * - A character that no field takes could be a screen's key (1 to 9, P). It waits for the next one; a hand's
 *   is passed on after that moment to the control it was meant for, a scanner's never. What a field takes
 *   never waits: no character goes in late, twice or out of order.
 * - A scanner too slow for any rhythm is known by where its characters go: no hand types twelve digits that no field
 *   takes and Enter behind them. Six such characters may be too few for a scan; their end presses nothing either.
 */
import { remember, takesCharacters } from './field';
import { hear, type Run, type Scan, type ScannerHabits, slowScanOf, USUAL_HABITS } from './recogniser';
import { type Stroke, strokeOf } from './stroke';

/** How long after a character that no field took its end may come, in milliseconds. */
const SLOWEST_GAP_MS = 500;
/** How late one key of a scan can be heard. No hand presses a key and the scanner's trigger within it. */
const LATE_KEY_MS = 150;

export function listenForScans(
  page: Window,
  scanned: (scan: Scan) => void,
  habits: ScannerHabits = USUAL_HABITS,
): void {
  const ear = new Ear(page, scanned, habits);
  page.addEventListener('keydown', (event) => ear.hear(event), { capture: true });
  page.addEventListener('compositionstart', () => (ear.isComposing = true), { capture: true });
  page.addEventListener('compositionend', () => (ear.isComposing = false), { capture: true });
}

class Ear {
  isComposing = false;
  #run: Run = [];
  #takeBack: (isComposing: boolean) => void = () => undefined;
  /** Characters that wait for the next one, and what had the focus. */
  #waiting: { event: KeyboardEvent; focus: Element }[] = [];
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** The characters in a row that no field took. */
  #stray: Stroke[] = [];
  /** Events passed on, which are not heard again. */
  readonly #passedOn = new WeakSet<Event>();

  constructor(
    private readonly page: Window,
    private readonly scanned: (scan: Scan) => void,
    private readonly habits: ScannerHabits,
  ) {}

  hear(event: KeyboardEvent): void {
    if (this.#passedOn.has(event)) return;
    const stroke = strokeOf(event);
    if (!stroke) return;
    const heard = hear(this.#run, stroke, this.habits);
    if (heard.run.length <= 1 && !heard.scan) this.#passOn();
    // What a composition has put there by now is not how the field was.
    if (heard.run.length === 1) this.#takeBack = remember(this.page.document);
    this.#run = heard.run;
    const stray = this.#endedStray(stroke);
    const slow = stray && slowScanOf(stray, stroke, this.habits);
    // A busy PC hears one key late: what came in rhythm after it is only the code's end.
    const scan = slow && slow.gapsMs.every((gap) => gap <= LATE_KEY_MS) ? slow : (heard.scan ?? slow);
    if (scan) this.#keep(event, scan);
    else if (stray) stop(event);
    else if (heard.run.length > 0) this.#wait(event);
  }

  /** The characters that no field took, where this key ends what no hand can have typed. */
  #endedStray(stroke: Stroke): Run | null {
    const last = this.#stray.at(-1);
    const before = last && stroke.atMs - last.atMs <= SLOWEST_GAP_MS ? this.#stray : [];
    const isStray = stroke.character !== null && !stroke.repeated && !takesCharacters(this.page.document);
    this.#stray = isStray ? [...before, stroke] : [];
    return before.length >= this.habits.fewestCharacters && this.habits.suffixes.includes(stroke.key) ? before : null;
  }

  /** A scan: nobody else hears its end, and what it left behind goes. */
  #keep(event: KeyboardEvent, scan: Scan): void {
    stop(event);
    clearTimeout(this.#patience);
    this.#waiting = [];
    this.#takeBack(this.isComposing);
    this.scanned(scan);
  }

  #wait(event: KeyboardEvent): void {
    const isShortcut = event.ctrlKey || event.altKey || event.metaKey;
    if (isShortcut || takesCharacters(this.page.document)) return;
    // A space bar pressed by itself presses the control with the focus, as it should.
    if (event.key === ' ' && this.#run.length === 1) return;
    stop(event);
    this.#waiting.push({ event, focus: this.#focus() });
    clearTimeout(this.#patience);
    // A busy page hears late of a key that was pressed in time.
    this.#patience = setTimeout(() => this.#passOn(), 2 * this.habits.longestGapMs);
  }

  /** They were a hand's after all; a screen that came since then was not meant. */
  #passOn(): void {
    clearTimeout(this.#patience);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { event, focus } of waiting) {
      if (focus !== this.#focus()) continue;
      const { key, code, shiftKey, repeat } = event;
      const again = new KeyboardEvent('keydown', { key, code, shiftKey, repeat, bubbles: true, cancelable: true });
      this.#passedOn.add(again);
      focus.dispatchEvent(again);
    }
  }

  #focus(): Element {
    return this.page.document.activeElement ?? this.page.document.body;
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
