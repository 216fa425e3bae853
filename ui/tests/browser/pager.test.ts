/** Long lists a page at a time: the scans of a pile, the piles that were finished, the tickets of a desk. */
import { expect, test } from 'vitest';
import { type Clerk, windows, ZOOMED } from './support/window';

const open = windows();
const rowsOf = (clerk: Clerk) => clerk.page.locator('tbody tr').count();
const button = (clerk: Clerk, name: string) => clerk.page.getByRole('button', { name, exact: true });
const isUnavailable = async (clerk: Clerk, name: string) =>
  (await button(clerk, name).getAttribute('aria-disabled')) === 'true';

test('in the scans one goes on and back, and a search brings to the page that is left', async () => {
  const clerk = await open('place=clearing&pile=45');
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('scanning');
  await clerk.page.getByRole('button', { name: /^ほか .*を見る$/ }).click();
  await clerk.sees('scans');
  await clerk.page.getByText('1〜20枚目（全 45枚）').waitFor();
  expect([await rowsOf(clerk), await isUnavailable(clerk, '前の券')]).toEqual([20, true]);
  await button(clerk, '次の券').click();
  await button(clerk, '次の券').click();
  await clerk.page.getByText('41〜45枚目（全 45枚）').waitFor();
  expect([await rowsOf(clerk), await isUnavailable(clerk, '次の券')]).toEqual([5, true]);
  await button(clerk, '前の券').click();
  await clerk.page.getByText('21〜40枚目（全 45枚）').waitFor();
  const found = await clerk.page.locator('tbody .code').first().innerText();
  await clerk.page.locator('#search').fill(found);
  await clerk.page.getByText('21〜40枚目').waitFor({ state: 'detached' });
  expect(await rowsOf(clerk)).toBe(1);
  expect(await button(clerk, '次の券').count()).toBe(0);
});

test('finished piles come newest first, the older ones on the next page', async () => {
  const clerk = await open('place=clearing&piles=7');
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '終えた束を見る' }).click();
  await clerk.page.getByText('1〜5束目（全 7束）').waitFor();
  await button(clerk, '前の束').click();
  await clerk.page.getByText('6〜7束目（全 7束）').waitFor();
  expect(await rowsOf(clerk)).toBe(2);
});

test('the tickets of a desk begin with their first page whichever list is shown', async () => {
  const clerk = await open('place=chamber');
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.sees('tickets');
  await clerk.page.getByRole('radio', { name: '使える券すべて' }).check();
  await button(clerk, '次の券').click();
  await clerk.page.getByText(/^21〜/).waitFor();
  await clerk.page.getByRole('radio', { name: '本日の券' }).check();
  await clerk.page.getByRole('radio', { name: '使える券すべて' }).check();
  await clerk.page.getByText(/^1〜20枚目/).waitFor();
});

test('where a list ends before its last ticket, a part of a number is looked for in all', async () => {
  const clerk = await open('place=chamber&most_listed=4');
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.sees('tickets');
  await clerk.page.getByRole('radio', { name: '使える券すべて' }).check();
  await clerk.page.locator('tbody tr').nth(3).waitFor();
  // The last of them all: not among the four.
  await clerk.page.locator('#search').fill('9199-1364');
  await clerk.page.getByText('7104 9199 1364', { exact: true }).waitFor();
});

test('where a list ends before its last ticket, another order begins with others of all', async () => {
  const clerk = await open('place=chamber&most_listed=4');
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.sees('tickets');
  await clerk.page.getByRole('radio', { name: '使える券すべて' }).check();
  await clerk.page.getByText('並べ方の順に4枚まで').waitFor();
  const first = clerk.page.locator('tbody tr').first();
  await first.getByText('1,500', { exact: true }).waitFor();
  expect(await clerk.reads('tbody')).not.toContain('2,000');
  await clerk.page.locator('#order').selectOption('largest');
  await first.getByText('2,000', { exact: true }).waitFor();
});

test('at 200 % a row says all it says at 100 %', async () => {
  const rows = async (clerk: Clerk) => (await clerk.reads('tbody')).replace(/ /g, '');
  const chamber = await open('place=clearing&pile=12', ZOOMED);
  await chamber.sees('home');
  await chamber.press('1');
  await chamber.sees('scanning');
  await chamber.page.getByRole('button', { name: /^ほか .*を見る$/ }).click();
  await chamber.sees('scans');
  expect(await rows(chamber)).toMatch(/441029375568.*\d\d:\d\d.*すでに消込済みです/);

  const piles = await open('place=clearing&piles=7', ZOOMED);
  await piles.sees('home');
  await piles.page.getByRole('button', { name: '終えた束を見る' }).click();
  await piles.page.locator('tbody').waitFor();
  expect(await rows(piles)).toMatch(/1,000ポイント別に置く券1/);

  const desk = await open('place=chamber', ZOOMED);
  await desk.sees('home');
  await desk.press('2');
  await desk.page.locator('tbody').waitFor();
  expect(await rows(desk)).toMatch(/120948837752.*期限12月4日.*消込済み佐藤クリーニング店/);
});
