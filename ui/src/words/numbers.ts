/** Numbers, days and times as people here write them. Japan time, whatever this PC is set to. */

const JAPAN_OFFSET_MS = 9 * 60 * 60 * 1000;

/** Japan has no summer time: the offset is always the same. */
const inJapan = (atMs: number): Date => new Date(atMs + JAPAN_OFFSET_MS);

/** `1,500`. */
export const grouped = (n: number): string => n.toLocaleString('en-US');

/** `14:32` in Japan. */
export const clockTime = (atMs: number): string => inJapan(atMs).toISOString().slice(11, 16);

/** `14:32:08` in Japan. */
export const clockSeconds = (atMs: number): string => inJapan(atMs).toISOString().slice(11, 19);

/** `2026-11-20` in Japan. */
export const isoDay = (atMs: number): string => inJapan(atMs).toISOString().slice(0, 10);

/** `2026/11/20` in Japan. */
export const japanDay = (atMs: number): string => isoDay(atMs).replaceAll('-', '/');

/** Year, month (1–12), day of `2026-11-20`. */
export function partsOfDay(day: string): [number, number, number] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
}
