/** The screen turned to the resident, and what of the clerk's steps reaches it. */
import { expect, test } from 'vitest';
import { FULL, windows, ZOOMED } from './support/window';

const openClerks = windows();
const openResidents = windows('resident.html');

test('the resident’s own language ends with the visit', async () => {
  const resident = await openResidents('view=ask');
  await resident.page.getByRole('button', { name: 'English' }).click();
  await resident.page.getByText('If this is right, please tell the staff.').waitFor();
  expect(await resident.page.locator('html').getAttribute('lang')).toBe('en');
  await resident.page.evaluate(() => window.showResident({ view: 'wait' }));
  await resident.page.getByText('One moment, please').waitFor();
  await resident.page.evaluate(() => window.showResident({ view: 'rest' }));
  await resident.page.getByText('いらっしゃいませ').waitFor();
});

test.each([
  ['at 100 %', FULL],
  ['at 200 %', ZOOMED],
])('every view stands on the screen whole, without scrolling, %s', async (_, options) => {
  for (const view of ['rest', 'card', 'balances&accounts=3', 'ask', 'ask&accounts=2', 'done']) {
    const { page } = await openResidents(`view=${view}`, options);
    await page.locator('[data-screen="resident"]').waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect([view, over]).toEqual([view, 0]);
    await page.context().close();
  }
});

test('the program is told the steps of a use and nothing of the clerk’s other work', async () => {
  const clerk = await openClerks('resident=movable');
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('1500');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  await clerk.press('Enter');
  await clerk.sees('result');
  await clerk.press('Enter');
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.sees('voidable');
  const parts = { visit: 1, parts: [{ currency: { book: '141305', number: 1 }, typed: '1500' }] };
  expect(await clerk.heard('show_resident')).toEqual([
    { step: 'amount', visit: 1 },
    { step: 'confirm', parts, last_day: null, sending: false },
    { step: 'confirm', parts, last_day: null, sending: true },
    { step: 'done', key: 'k15' },
    { step: 'rest' },
  ]);
});

test('without a resident’s window the program is told nothing', async () => {
  const clerk = await openClerks();
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  expect(await clerk.heard('show_resident')).toEqual([]);
});

test('the window turned to the resident is chosen among the monitors and kept', async () => {
  const clerk = await openClerks();
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '設定' }).click();
  await clerk.sees('settings');
  await clerk.page.getByLabel('お客様に向けた画面').selectOption('EIZO EV2495 1920×1200+1280+0');
  await clerk.press('Enter');
  await clerk.page.getByText('設定を保存しました').waitFor();
  expect(await clerk.heard('save_settings')).toMatchObject([
    { resident_window: { shown: 'monitor', name: 'EIZO EV2495 1920×1200+1280+0' } },
  ]);
});
