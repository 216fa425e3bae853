/** Periods of Japan dates for the own totals. */
import type { Period } from '../generated/types';
import type { Model } from './model';

/** Today in Japan: the cloud's word where there is one, else this PC's. */
export const todayOf = ({ today, today_here }: Pick<Model, 'today' | 'today_here'>): string =>
  today.is === 'here' ? today.value.date : today_here;

export const dayOf = (date: string): Period => ({ from: date, to: date });

const pad = (n: number): string => String(n).padStart(2, '0');

/** The days of the month of a date; `back` months earlier. The current month ends today. */
export function monthOf(today: string, back = 0): Period {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - back;
  const first = new Date(Date.UTC(year, month - 1, 1));
  const last = new Date(Date.UTC(year, month, 0));
  const stem = `${first.getUTCFullYear()}-${pad(first.getUTCMonth() + 1)}`;
  return { from: `${stem}-01`, to: back === 0 ? today : `${stem}-${pad(last.getUTCDate())}` };
}

/** A date as typed (2026/11/20, 2026-11-20, 20261120, 2026年11月20日, full-width), if there is such a day. */
export function readDate(typed: string): string | null {
  const [, year, month, day] =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(typed.normalize('NFKC').replace(/\s/g, '')) ?? [];
  if (!year || !month || !day) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso;
}
