/** The PIN, by keyboard and by touch: right, wrong, the last try, the card away or swapped, a phone. */
import { expect, test } from 'vitest';
import { type Clerk, windows } from './support/window';

const open = windows();

async function toPin(clerk: Clerk) {
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('3000');
  await clerk.press('ArrowDown');
  await clerk.type('500');
  expect(await clerk.reads('footer, .counter')).toContain('暗証番号が必要です');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  await clerk.press('Enter');
  await clerk.sees('pin');
}

const digitsShown = (clerk: Clerk) => clerk.page.locator('.dots .full').count();

test('above the limit the customer types the PIN and the card signs', async () => {
  const clerk = await open('accounts=2');
  await toPin(clerk);
  await clerk.page.getByText('あと3回').waitFor();
  await clerk.type('12');
  expect(await digitsShown(clerk)).toBe(2);
  await clerk.press('Enter');
  await clerk.type('３4');
  expect(await clerk.reads()).not.toContain('1234');
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await clerk.heard('use_points')).toEqual([]);
  expect(await clerk.heard('use_points_with_pin')).toMatchObject([
    { visit: 1, pin: { digits: '1234', last_try_agreed: false } },
  ]);
});

test('the pad alone does it, and takes back one digit or all', async () => {
  const clerk = await open('accounts=2');
  await toPin(clerk);
  const key = (name: string) => clerk.page.getByRole('button', { name, exact: true }).click();
  for (const name of ['9', '8', '7', '1字消す']) await key(name);
  expect(await digitsShown(clerk)).toBe(2);
  for (const name of ['全部消す', '1', '2', '3', '4', '5']) await key(name);
  expect(await digitsShown(clerk)).toBe(4);
  await clerk.press('Enter');
  await clerk.sees('result');
});

test('after a wrong PIN the next one is typed where the last one was, whatever was pressed', async () => {
  const clerk = await open('accounts=2');
  await toPin(clerk);
  await clerk.type('0000');
  await clerk.page.getByRole('button', { name: /3,500ポイントを使う/ }).click();
  await clerk.page.getByText('あと2回まちがえると').waitFor();
  await clerk.type('1234');
  await clerk.press('Enter');
  await clerk.sees('result');
});

test('a wrong PIN says how often it can still be wrong, and the last try needs a yes', async () => {
  const clerk = await open('accounts=2');
  await toPin(clerk);
  await clerk.type('0000');
  await clerk.press('Enter');
  await clerk.page.getByText('あと2回まちがえると').waitFor();
  expect(await digitsShown(clerk)).toBe(0);
  await clerk.type('0000');
  await clerk.press('Enter');
  await clerk.page.getByText('暗証番号は、あと1回です').waitFor();
  expect(await clerk.page.locator('#pin').count()).toBe(0);
  await clerk.press('Enter');
  await clerk.page.locator('#pin').waitFor();
  await clerk.type('1234');
  await clerk.press('Enter');
  await clerk.sees('result');
  const pins = (await clerk.heard('use_points_with_pin')) as { pin: { last_try_agreed: boolean } }[];
  expect(pins.map(({ pin }) => pin.last_try_agreed)).toEqual([false, false, true]);
});

test('a PIN that locks says where to go, and a smaller use goes on', async () => {
  const clerk = await open('accounts=2&tries=1');
  await toPin(clerk);
  await clerk.press('Enter');
  await clerk.page.locator('#pin').waitFor();
  await clerk.type('0000');
  await clerk.press('Enter');
  await clerk.sees('refused');
  expect(await clerk.reads()).toContain('市区町村の窓口');
  await clerk.press('Enter');
  await clerk.sees('amount');
});

test('Esc leaves the PIN for the confirmation, and nothing was sent', async () => {
  const clerk = await open('accounts=2');
  await toPin(clerk);
  await clerk.type('12');
  await clerk.press('Escape');
  await clerk.sees('confirm');
  await clerk.press('Enter');
  await clerk.sees('pin');
  expect(await digitsShown(clerk)).toBe(0);
  expect(await clerk.heard('use_points_with_pin')).toEqual([]);
  expect(await clerk.heard('leave_visit')).toEqual([]);
});

test('a card taken away or swapped is said, and the first one put back goes on', async () => {
  const clerk = await open('accounts=2');
  await toPin(clerk);
  await clerk.type('12');
  await clerk.world((double) => double.takeCard());
  await clerk.page.getByText('C-117').waitFor();
  await clerk.world((double) => double.putCard('other_card'));
  await clerk.page.getByText('C-113').waitFor();
  await clerk.world((double) => double.putCard());
  await clerk.page.locator('#pin').waitFor();
  expect(await digitsShown(clerk)).toBe(0);
});

test('a phone asks for its PIN before the balances', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('card');
  await clerk.putsCard('phone');
  await clerk.sees('phone_pin');
  await clerk.type('0000');
  await clerk.press('Enter');
  await clerk.page.getByText('あと2回まちがえると').waitFor();
  await clerk.type('1234');
  await clerk.press('Enter');
  await clerk.sees('amount');
});
