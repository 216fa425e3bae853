import { describe, expect, test } from 'vitest';
import { found } from '../../src/journey/operations';
import { OPERATIONS } from '../../src/backend/double/samples';
import { monthOf, readDate } from '../../src/journey/period';
import { phrasesOf } from '../../src/look/phrases';
import { TONES } from '../../src/sound/sound';
import { streetWordsIn } from '../../src/street/words';
import { wordsIn } from '../../src/words';
import { clockTime, isoDay } from '../../src/words/numbers';

/** Every text of a dictionary; texts with values get some. */
function texts(entry: unknown, path = ''): [string, string][] {
  if (typeof entry === 'string') return [[path, entry]];
  if (typeof entry === 'function') return texts((entry as (...values: unknown[]) => unknown)(...valuesFor(path)), path);
  return Object.entries(entry as Record<string, unknown>).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

function valuesFor(path: string): unknown[] {
  if (/home\.usable$|last\.kinds.*\.what$/.test(path)) return [['川崎市ポイント']];
  if (/last\.kinds.*\.(taken|notTaken)$/.test(path)) return ['14:32', 1500];
  if (/resident\.askTicket$/.test(path)) return [1500, '2026-12-20'];
  if (/tickets\.confirm\.ask$/.test(path)) return [1500, 2, '2026-12-20'];
  if (/dayClose\.named$/.test(path)) return [12, '2026-11-20', '14:32'];
  if (/dayClose\.(since|closed\.when)$/.test(path)) return ['2026-11-20', '14:32'];
  if (/(tickets\.list\.note\.\w+|weekday|month|doneTicketCue)$/.test(path)) return ['2026-11-20'];
  if (/untilSome$/.test(path)) return [2000, '2027-03-31'];
  if (/resident\.ask$/.test(path)) return ['川崎市ポイント', 1500];
  if (/issuedMany$/.test(path)) return [500, 2, 3];
  if (/(scans|piles|list|members|pages)\.page$/.test(path)) return [1, 20, 30];
  if (/wrong\.out_of_range$/.test(path)) return ['offset', 0, 15];
  if (/lastNote$/.test(path)) return ['14:32', 'やまだ八百屋', 12, 9500];
  if (/monitor$/.test(path)) return ['DELL U2415', true];
  if (/(\.day|shortDay|until|event|today|span)$/.test(path)) return ['2026-11-20', '2026-11-21'];
  if (/street\.done\.rest$/.test(path)) return [3];
  if (/street\.shortDay$/.test(path)) return ['2026-11-20'];
  if (/(rest|back|voidNamed|reissueNamed|clearedAt)$/.test(path)) return ['14:32', 1500];
  if (/(where|shopOf)$/.test(path)) return ['やまだ八百屋', '川崎市'];
  return [3, 2];
}

const ja = texts({ window: await wordsIn('ja'), street: await streetWordsIn('ja') });
const en = texts({ window: await wordsIn('en'), street: await streetWordsIn('en') });

describe('every text', () => {
  test('is there in both languages', () => {
    expect(en.map(([path]) => path)).toEqual(ja.map(([path]) => path));
  });

  test('says something, calmly and without gaps', () => {
    const offending = [...ja, ...en].filter(
      ([, text]) => text.trim() === '' || /[!！]|undefined|NaN|エラーが発生|無効な/.test(text),
    );
    expect(offending).toEqual([]);
  });

  test('in English has no Japanese words beside names', () => {
    const names = /やまだ八百屋|川崎市ポイント|ことば/g;
    expect(en.filter(([, text]) => /[ぁ-んァ-ヶ]/.test(text.replace(names, '')))).toEqual([]);
  });
});

describe('lines break', () => {
  test.each([
    ['カードが、読み終わる前に離れました', ['カードが、', '読み終わる', '前に', '離れました']],
    ['この画面は消えません', ['この画面は', '消えません']],
    ['お客様のカードを置くだけでも、はじまります', ['お客様の', 'カードを', '置くだけでも、はじまります']],
    ['1,500ポイントを使いました', ['1,500ポイントを', '使いました']],
    ['取り消してよいか|お確かめください。', ['取り消してよいか', 'お確かめください。']],
    ['No points have moved.', ['No points have moved.']],
  ])('in %s only between phrases', (text, phrases) => {
    expect(phrasesOf(text)).toEqual(phrases);
  });
});

test('times and days are those of Japan', () => {
  const newYear = Date.UTC(2026, 11, 31, 15, 0);
  expect([clockTime(newYear), isoDay(newYear)]).toEqual(['00:00', '2027-01-01']);
  expect(clockTime(newYear - 1)).toBe('23:59');
});

describe('a period', () => {
  test('of this month ends today, of last month on its last day', () => {
    expect(monthOf('2026-11-20')).toEqual({ from: '2026-11-01', to: '2026-11-20' });
    expect(monthOf('2026-01-05', 1)).toEqual({ from: '2025-12-01', to: '2025-12-31' });
    expect(monthOf('2028-03-31', 1)).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  });

  test.each([
    ['2026/11/20', '2026-11-20'],
    ['2026-1-5', '2026-01-05'],
    ['２０２６／１１／２０', '2026-11-20'],
    ['2026年11月20日', '2026-11-20'],
    ['20261120', '2026-11-20'],
    ['2026/02/29', null],
    ['2026/13/01', null],
    ['11/20', null],
    ['', null],
  ])('day typed as %j is %j', (typed, day) => {
    expect(readDate(typed)).toBe(day);
  });
});

describe('an operation is found', () => {
  test.each([
    ['', 'newest', ['k14', 'k13', 'k12', 'k11']],
    ['0012', 'newest', ['k12']],
    ['2400', 'newest', ['k11']],
    ['２，４', 'newest', ['k11']],
    ['', 'largest', ['k11', 'k14', 'k13', 'k12']],
    ['9999', 'newest', []],
  ] as const)('by %j, %s first', (search, order, keys) => {
    expect(found(OPERATIONS, search, order).map(({ key }) => key)).toEqual(keys);
  });
});

test('all sounds stay below 1.5 kHz and differ in rhythm', () => {
  const all = Object.values(TONES);
  expect(all.flat().every(({ fromHz, toHz }) => fromHz < 1500 && toHz < 1500)).toBe(true);
  const rhythms = all.map((tones) => tones.map(({ startS, lengthS }) => `${startS}+${lengthS}`).join(' '));
  expect(new Set(rhythms).size).toBe(all.length);
});
