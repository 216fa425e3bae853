/** Weeks of a calendar, Sunday first, and steps between its days. Days are `2026-11-20`. */
const DAY_MS = 86_400_000;

const atMidnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day so many days later, or earlier. */
export const daysLater = (day: string, days: number): string => dayAt(atMidnight(day) + days * DAY_MS);

/** How many days lie between. */
export const daysBetween = (from: string, to: string): number => (atMidnight(to) - atMidnight(from)) / DAY_MS;

/** The whole weeks that hold all days of a span. */
export function weeksOf(from: string, to: string): string[][] {
  const sunday = daysLater(from, -new Date(atMidnight(from)).getUTCDay());
  const weeks = Math.floor(daysBetween(sunday, to) / 7) + 1;
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => daysLater(sunday, week * 7 + day)),
  );
}
