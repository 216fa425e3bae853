/** A list a page at a time. */
import { expect, test } from 'vitest';
import { pageOf } from '../../src/look/pages';

const rows = Array.from({ length: 45 }, (_, index) => index + 1);

test('pages follow each other, and the last one holds the rest', () => {
  const [first, second, last] = [0, 1, 2].map((wanted) => pageOf(rows, wanted, 20));
  expect([first?.rows.length, second?.rows.length, last?.rows.length]).toEqual([20, 20, 5]);
  expect([first?.from, first?.to, second?.from, second?.to, last?.from, last?.to]).toEqual([1, 20, 21, 40, 41, 45]);
  expect([first?.isFirst, first?.isLast, second?.isFirst, last?.isLast]).toEqual([true, false, false, true]);
});

test('a list that became shorter shows its last page', () => {
  expect(pageOf(rows.slice(0, 25), 2, 20)).toMatchObject({ number: 1, from: 21, to: 25, isLast: true });
  expect(pageOf([], 3, 20)).toMatchObject({ number: 0, rows: [], isFirst: true, isLast: true });
  expect(pageOf(rows, -1, 20).number).toBe(0);
});
