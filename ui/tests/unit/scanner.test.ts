/** What is a scan and what is a hand. */
import { describe, expect, test } from 'vitest';
import { hear, type Run, type Scan, USUAL_HABITS } from '../../src/scanner/recogniser';
import { type KeyDown, strokeOf } from '../../src/scanner/stroke';

type Keys = (Partial<KeyDown> & { after: number })[];

const plain = (text: string, after: number): Keys => [...text].map((key) => ({ key, after }));
const enter = (after: number): Keys => [{ key: 'Enter', code: 'Enter', after }];
const tab = (after: number): Keys => [{ key: 'Tab', code: 'Tab', after }];

/** The scans in a row of keys, each so many milliseconds after the one before. */
function scansIn(keys: Keys, habits = USUAL_HABITS): Scan[] {
  let run: Run = [];
  let atMs = 1000;
  const scans: Scan[] = [];
  for (const { after, ...event } of keys) {
    atMs += after;
    const untouched = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false, code: '' };
    const stroke = strokeOf({ key: '', ...untouched, ...event, timeStamp: atMs });
    if (!stroke) continue;
    const heard = hear(run, stroke, habits);
    run = heard.run;
    if (heard.scan) scans.push(heard.scan);
  }
  return scans;
}
const texts = (keys: Keys, habits = USUAL_HABITS) => scansIn(keys, habits).map(({ text }) => text);

/** The same numbers at every run. */
function chance(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from + Math.floor((state / 2 ** 32) * (to - from + 1));
  };
}

describe('a scan', () => {
  const processed = (codes: string[]): Keys => codes.map((code) => ({ key: 'Process', code, after: 4 }));
  test.each([
    ['ends with Enter', [...plain('1413058801', 4), ...enter(4)], ['1413058801']],
    ['ends with Tab', [...plain('1413058801', 4), ...tab(4)], ['1413058801']],
    ['comes as slowly as scanners do', [...plain('141305', 35), ...enter(35)], ['141305']],
    ['is of six characters at least', [...plain('14130', 4), ...enter(4)], []],
    [
      'is not what came after a hand',
      [...plain('99', 200), ...plain('141305', 200).slice(0, 1), ...plain('41305', 4), ...enter(4)],
      ['141305'],
    ],
    [
      'follows another at once',
      [...plain('141305', 4), ...enter(4), ...plain('880011', 4), ...enter(4)],
      ['141305', '880011'],
    ],
    ['may be full-width', [...plain('１４１３０５－８８', 4), ...enter(4)], ['141305-88']],
    [
      'goes through an input method',
      [...processed(['Digit1', 'Digit4', 'Numpad1', 'Digit3', 'Minus', 'KeyA', 'Enter'])],
      ['1413-a'],
    ],
    ['has capitals with Shift between', [{ key: 'Shift', after: 1 }, ...plain('ABCDEF', 3), ...enter(3)], ['ABCDEF']],
    ['without its end is none', [...plain('141305', 4), ...enter(400)], []],
    [
      'is not a held key',
      [{ key: '1', after: 4 }, ...plain('111111', 4).map((key) => ({ ...key, repeat: true })), ...enter(4)],
      [],
    ],
    ['is broken by another key', [...plain('141305', 4), { key: 'ArrowLeft', after: 4 }, ...enter(4)], []],
  ] as [string, Keys, string[]][])('%s', (_, keys, expected) => {
    expect(texts(keys)).toEqual(expected);
  });

  test('says what stood around it and its rhythm', () => {
    const stx = { key: 'b', ctrlKey: true, after: 5 };
    expect(scansIn([stx, ...plain('141305', 5), ...tab(9)])).toEqual([
      { text: '141305', before: ['STX'], suffix: 'Tab', gapsMs: [5, 5, 5, 5, 5, 5, 9] },
    ]);
  });

  test('of a scanner with a prefix begins with it, and nothing else is one', () => {
    const habits = { ...USUAL_HABITS, prefix: ']Q3' };
    expect(texts([...plain(']Q3141305', 4), ...enter(4)], habits)).toEqual(['141305']);
    expect(texts([...plain('141305', 4), ...enter(4)], habits)).toEqual([]);
  });

  test('with Enter alone at its end leaves Tab to the hand', () => {
    expect(texts([...plain('141305', 4), ...tab(4)], { ...USUAL_HABITS, suffixes: ['Enter'] })).toEqual([]);
  });
});

test('every text in a scanner’s rhythm is a scan, whatever a hand typed before', () => {
  const pick = chance(1);
  for (let world = 0; world < 2000; world += 1) {
    const text = Array.from({ length: pick(6, 40) }, () => String.fromCharCode(pick(0x21, 0x7e))).join('');
    const before = plain('12'.repeat(pick(0, 3)), pick(60, 300));
    const [first, ...rest] = [...text].map((key) => ({ key, after: pick(0, 35) }));
    if (!first) continue;
    expect(texts([...before, { ...first, after: pick(60, 300) }, ...rest, ...enter(pick(0, 35))])).toEqual([text]);
  }
});

test('no hand is a scanner that is slower once in any six keys', () => {
  const pick = chance(2);
  for (let world = 0; world < 2000; world += 1) {
    let sinceSlow = 0;
    // Two hands roll over a few keys fast, never over six and Enter.
    const keys: Keys = Array.from({ length: pick(1, 60) }, () => {
      const isSlow = sinceSlow >= 4 || pick(0, 2) === 0;
      sinceSlow = isSlow ? 0 : sinceSlow + 1;
      const key = pick(0, 9) === 0 ? 'Enter' : String(pick(0, 9));
      return { key, after: isSlow ? pick(36, 400) : pick(5, 35) };
    });
    expect(texts(keys)).toEqual([]);
  }
});
