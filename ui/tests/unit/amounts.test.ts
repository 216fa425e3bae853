import { describe, expect, test } from 'vitest';
import { ACCOUNTS, KAWASAKI, TODAY } from '../../src/backend/double/samples';
import type { Visit } from '../../src/generated/types';
import { hintFor, needsPin, partsOf, readEntry, shown, withDigits, withoutLast } from '../../src/journey/amounts';

const VISIT: Visit = {
  visit: 7,
  masked_mykey_id: 'MY****56',
  accounts: ACCOUNTS,
  left_today: 2500,
  per_use: 3000,
  by_card_of: null,
  ticket_days: { from: TODAY, to: '2026-12-20' },
};
const amounts = (...typed: string[]) => ({
  visit: VISIT,
  typed: VISIT.accounts.map((_, index) => typed[index] ?? ''),
  active: 0,
  lastDay: null,
  count: 1,
  street: null,
});

describe('an entry', () => {
  test.each([
    ['1500', 1500],
    ['1,500', 1500],
    ['１５００', 1500],
    ['１，５００', 1500],
    [' 1 500 ', 1500],
    ['007', 7],
    ['0', 0],
    ['999999999', 999_999_999],
  ])('%j says %i points', (typed, points) => {
    expect(readEntry(typed)).toEqual({ is: 'points', points });
  });

  test.each(['1.5', '-1', '−1', '+1', '1e3', '千五百', 'あ', '1500円', '１．５'])(
    '%j is no whole number and is not made one',
    (typed) => {
      expect(readEntry(typed)).toEqual({ is: 'not_a_number' });
      expect(shown(typed)).toBe(typed);
    },
  );

  test.each(['1000000000', '9223372036854775808'])('%j is too long', (typed) => {
    expect(readEntry(typed)).toEqual({ is: 'too_long' });
  });

  test.each(['', ' ', '　', ','])('%j is empty', (typed) => {
    expect(readEntry(typed)).toEqual({ is: 'empty' });
  });

  test('stands with separators', () => {
    expect(shown('１２３４５６７')).toBe('1,234,567');
  });
});

describe('the keypad', () => {
  test.each([
    ['', '5', '5'],
    ['', '00', '0'],
    ['0', '7', '7'],
    ['15', '00', '1500'],
    ['1,500', '0', '15000'],
    ['999999999', '9', '999999999'],
    ['1.5', '2', '2'],
  ])('on %j the key %j gives %j', (stands, key, gives) => {
    expect(withDigits(stands, key)).toBe(gives);
  });

  test('takes back one digit, not a separator', () => {
    expect(withoutLast('1,500')).toBe('150');
    expect(withoutLast('')).toBe('');
  });
});

describe('a hint', () => {
  test.each([
    [['1500'], null],
    [[], { is: 'nothing_typed' }],
    [['0'], { is: 'nothing_typed' }],
    [['3001'], { is: 'over_balance', account: 0, balance: 3000 }],
    [['100', '801'], { is: 'over_balance', account: 1, balance: 800 }],
    [['2501'], null],
    [['1.5'], { is: 'not_a_number' }],
  ])('for %j is %j', (typed, hint) => {
    expect(hintFor(amounts(...typed))).toEqual(hint);
  });

  test('is about the account being typed in before another one', () => {
    expect(hintFor({ ...amounts('9999', '801'), active: 1 })).toEqual({ is: 'over_balance', account: 1, balance: 800 });
  });
});

test('above what is left without PIN, for this use or today, the PIN is needed', () => {
  expect(needsPin(amounts('2500'))).toBe(false);
  expect(needsPin(amounts('2501'))).toBe(true);
  expect(needsPin(amounts('2500', '1'))).toBe(true);
  expect(needsPin({ ...amounts('3000'), visit: { ...VISIT, left_today: 5000 } })).toBe(false);
  expect(needsPin({ ...amounts('3000', '1'), visit: { ...VISIT, left_today: 5000 } })).toBe(true);
});

test('what is sent has one part per account with an amount', () => {
  expect(partsOf(VISIT, ['1500', '0', ''])).toEqual([{ currency: KAWASAKI, typed: '1500' }]);
});
