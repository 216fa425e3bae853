/**
 * Tells a scanner from a hand, by its rhythm alone.
 *
 * A scanner that plugs in as a keyboard sends its characters a few milliseconds apart and ends them with
 * Enter or Tab. A hand does not: of six characters in a row it is slower at least once. Pure: keys with
 * their times go in, what they are comes out (`listen.ts` hears them).
 */
import type { Stroke } from './stroke';

/** How a scanner is set up. */
export interface ScannerHabits {
  /** The longest wait from one key to the next, in milliseconds. */
  longestGapMs: number;
  /** The fewest characters; shorter runs are typing. */
  fewestCharacters: number;
  /** The keys that end a scan. */
  suffixes: readonly string[];
  /** What stands before every scan and does not belong to it; may be empty. */
  prefix: string;
}

export const USUAL_HABITS: ScannerHabits = {
  longestGapMs: 35,
  fewestCharacters: 6,
  suffixes: ['Enter', 'Tab'],
  prefix: '',
};

/** What was scanned. */
export interface Scan {
  /** Its text: full-width characters as plain ones, without prefix, suffix and control characters. */
  text: string;
  /** The control characters before it, by their names, such as `STX`. */
  before: string[];
  /** The key that ended it. */
  suffix: string;
  /** The waits between its keys, in milliseconds. */
  gapsMs: number[];
}

/** The keys since the last one that came too late to belong to a scan. */
export type Run = readonly Stroke[];

export interface Heard {
  run: Run;
  /** What this key makes of the run. */
  is: 'typing' | 'perhaps' | 'scan';
  scan: Scan | null;
}

/** The fewest characters of a slow scanner: a printed number's digits, or the letters of a longer code. */
const FEWEST_SLOW_DIGITS = 12;
const FEWEST_SLOW_CHARACTERS = 20;

const CONTROL_NAMES = ['NUL', 'SOH', 'STX', 'ETX', 'EOT', 'ENQ', 'ACK', 'BEL'];
const isControl = (character: string): boolean => character < ' ';

/**
 * One key more. `perhaps`: as many characters in this rhythm as no hand types; where it ends as a scan
 * does, it was one.
 */
export function hear(run: Run, stroke: Stroke, habits: ScannerHabits = USUAL_HABITS): Heard {
  const last = run.at(-1);
  const inRhythm = last !== undefined && !stroke.repeated && stroke.atMs - last.atMs <= habits.longestGapMs;
  const before = inRhythm ? run : [];
  if (habits.suffixes.includes(stroke.key)) {
    const scan = scanOf(before, stroke, habits);
    return { run: [], is: scan ? 'scan' : 'typing', scan };
  }
  if (stroke.character === null || stroke.repeated) return { run: [], is: 'typing', scan: null };
  const now = [...before, stroke];
  const isLong = now.length >= habits.fewestCharacters;
  return { run: now, is: isLong ? 'perhaps' : 'typing', scan: null };
}

/** A run that is too slow for the rhythm, but in which no hand types; `null` where a hand could have. */
export function slowScanOf(run: Run, end: Stroke, habits: ScannerHabits): Scan | null {
  const scan = scanOf(run, end, habits);
  if (!scan) return null;
  const fewest = /^\d+$/.test(scan.text) ? FEWEST_SLOW_DIGITS : FEWEST_SLOW_CHARACTERS;
  return scan.text.length >= fewest ? scan : null;
}

function scanOf(run: Run, end: Stroke, habits: ScannerHabits): Scan | null {
  const characters = run.map(({ character }) => character ?? '');
  const start = characters.findIndex((character) => !isControl(character));
  const before = characters.slice(0, Math.max(start, 0));
  const text = characters
    .filter((character) => !isControl(character))
    .join('')
    .normalize('NFKC');
  if ([...text].length < habits.fewestCharacters || !text.startsWith(habits.prefix)) return null;
  const times = [...run, end].map(({ atMs }) => atMs);
  return {
    text: text.slice(habits.prefix.length),
    before: before.map((control) => CONTROL_NAMES[control.charCodeAt(0)] ?? `0x${control.charCodeAt(0).toString(16)}`),
    suffix: end.key,
    gapsMs: times.slice(1).map((at, index) => at - (times[index] ?? at)),
  };
}
