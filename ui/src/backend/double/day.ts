/** The double's day closes. */
import type { DayClose, DayCloseShown } from '../../generated/types';
import { NOW_MS, TODAY } from './samples';

const LINES: DayClose['lines'] = [
  { kind: 'use', currency: '川崎市ポイント', count: 4, points: 5100 },
  { kind: 'use', currency: 'かわさき宙フェス', count: 2, points: 1200 },
  { kind: 'void', currency: 'かわさき宙フェス', count: 1, points: 800 },
  { kind: 'issue_ticket', currency: '川崎市ポイント', count: 4, points: 3800 },
  { kind: 'reissue_ticket', currency: '川崎市ポイント', count: 1, points: 2000 },
  { kind: 'void_ticket', currency: '川崎市ポイント', count: 1, points: 300 },
];

const TICKETS: DayClose['tickets'] = [
  { currency: '川崎市ポイント', state: 'open', count: 2, points: 1500 },
  { currency: '川崎市ポイント', state: 'cleared', count: 1, points: 2000 },
  { currency: '川崎市ポイント', state: 'reissued', count: 1, points: 2000 },
  { currency: '川崎市ポイント', state: 'voided', count: 1, points: 300 },
];

const close = (number: number, daysAgo: number, lines: DayClose['lines']): DayClose => ({
  number,
  date: TODAY.slice(0, 8) + String(20 - daysAgo).padStart(2, '0'),
  at_ms: NOW_MS - daysAgo * 86_400_000 + (daysAgo === 0 ? 0 : 10_800_000),
  since_ms: NOW_MS - (daysAgo + 1) * 86_400_000 + 10_800_000,
  lines,
  tickets: lines.length > 0 ? TICKETS : [],
  head: '5d41402abc4b2a76b9719d911017c592ae2f0d8b7c6e4f10233445566778899a',
});

export class Day {
  #lines: DayClose['lines'];
  #closes: DayCloseShown[];

  constructor(some: boolean) {
    this.#lines = some ? LINES : [];
    this.#closes = some
      ? [1, 2, 3, 4].map((daysAgo) => ({ close: close(13 - daysAgo, daysAgo, LINES), printed: 1 }))
      : [];
  }

  preview = (): DayClose => close(0, 0, this.#lines);

  closes = (): DayCloseShown[] => this.#closes;

  closed(): DayClose {
    const made = close((this.#closes[0]?.close.number ?? 0) + 1, 0, this.#lines);
    this.#closes.unshift({ close: made, printed: 0 });
    this.#lines = [];
    return made;
  }

  /** How often it is printed now. */
  printed(number: number): number {
    const shown = this.#closes.find((one) => one.close.number === number);
    if (!shown) return 1;
    shown.printed += 1;
    return shown.printed;
  }
}
