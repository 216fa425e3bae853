/** A scanner that types like a keyboard, in every place where it could do harm. */
import { describe, expect, test } from 'vitest';
import { type Clerk, windows } from './support/window';

const open = windows();
const CODE = '1413058801234567';

const atPile = async (query = '') => {
  const clerk = await open(`place=clearing&pile=3${query}`);
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('scanning');
  return clerk;
};

const toConfirm = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('300');
  await clerk.press('Enter');
  await clerk.sees('confirm');
};

test.each(['Enter', 'Tab'] as const)('over an open confirmation a scan with %s uses nothing', async (suffix) => {
  const clerk = await open();
  await toConfirm(clerk);
  const focus = await clerk.page.evaluate(() => document.activeElement?.textContent);
  await clerk.scans(CODE, suffix);
  await clerk.scans(CODE, suffix);
  await clerk.sees('confirm');
  expect(await clerk.heard('use_points')).toEqual([]);
  expect(await clerk.page.evaluate(() => document.activeElement?.textContent)).toBe(focus);
  // The clerk's own Enter still counts.
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await clerk.heard('use_points')).toHaveLength(1);
});

test('a scanner too slow to be known as one uses nothing over an open confirmation', async () => {
  const clerk = await open();
  await toConfirm(clerk);
  await clerk.page.keyboard.type(CODE, { delay: 60 });
  await clerk.press('Enter');
  await clerk.sees('confirm');
  expect(await clerk.heard('use_points')).toEqual([]);
  await clerk.press('Enter');
  await clerk.sees('result');
});

test('a slow scanner’s numbers are typed ones, and none is lost without a word', async () => {
  const clerk = await atPile();
  const scansSlowly = async (number: string) => {
    await clerk.page.keyboard.type(number, { delay: 60 });
    await clerk.press('Enter');
  };
  await scansSlowly('208655319047');
  await clerk.sees('typed_ticket');
  // No field takes the next one; the number that is looked at has to be cleared first.
  await scansSlowly('208655319048');
  await clerk.page.getByRole('alert').filter({ hasText: '取り込んでいません' }).waitFor();
  await clerk.sees('typed_ticket');
  await clerk.press('Enter');
  await clerk.sees('scanning');
  expect(await clerk.heard('scan_ticket')).toEqual([{ text: '208655319047' }]);
});

test('a code of which one key was heard late is whole, not only its end', async () => {
  const clerk = await atPile();
  await clerk.type('208655319047');
  await clerk.press('Enter');
  await clerk.sees('typed_ticket');
  // The same ticket once more: no field has the focus, and the fifth key comes late.
  await clerk.page.clock.pauseAt(await clerk.page.evaluate(() => Date.now() + 1000));
  await clerk.page.keyboard.type('2086');
  await clerk.page.clock.runFor(90);
  await clerk.page.keyboard.type('55319047');
  await clerk.press('Enter');
  await clerk.page.clock.resume();
  await clerk.sees('scanning');
  expect(await clerk.heard('scan_ticket')).toEqual([{ text: '208655319047' }]);
});

test('scanning is being there, and what is scanned behind the lock is said not to be taken', async () => {
  const clerk = await atPile('&lock_after=5');
  for (let third = 0; third < 18; third += 1) {
    await clerk.page.clock.runFor(20_000);
    await clerk.scans(`1000000000${10 + third}`);
  }
  await clerk.sees('scanning');
  await clerk.page.clock.runFor(5 * 60_000 + 2000);
  await clerk.sees('sign_in');
  await clerk.scans('100000000099');
  await clerk.page.getByRole('alert').filter({ hasText: '取り込んでいません' }).waitFor();
  expect(await clerk.heard('scan_ticket')).toHaveLength(18);
});

test('over the confirmation of a void it voids nothing', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.page.getByRole('table').waitFor();
  await clerk.page
    .getByRole('button', { name: /^取り消す/ })
    .first()
    .click();
  await clerk.sees('confirm_void');
  await clerk.scans(CODE);
  await clerk.sees('confirm_void');
  expect(await clerk.heard('void_use')).toEqual([]);
});

test('over the menu it begins none of the tasks whose numbers it holds', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.scans('123123123p');
  await clerk.sees('home');
  expect(await clerk.heard('site_statement')).toEqual([]);
  await clerk.press('1');
  await clerk.sees('card');
});

test('in a field it leaves what stood there, and takes back what had gone in', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('15');
  await clerk.scans(CODE);
  await clerk.sees('amount');
  expect(await clerk.page.locator('#amount').inputValue()).toBe('15');
  await clerk.type('0');
  expect(await clerk.page.locator('#amount').inputValue()).toBe('150');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  expect(await clerk.reads()).toContain('150');
});

test.each([
  ['at once', 0],
  ['in a scanner’s rhythm', 10],
  ['as a hand does', 80],
])('an amount typed %s is that amount', async (_, delay) => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.page.keyboard.type('300', { delay });
  expect(await clerk.page.locator('#amount').inputValue()).toBe('300');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await clerk.heard('use_points')).toMatchObject([{ parts: [{ typed: '300' }] }]);
});

test('a key pressed just before the screen changes does nothing on the next', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.press('F1');
  await clerk.sees('help');
  await clerk.page.clock.pauseAt(await clerk.page.evaluate(() => Date.now() + 1000));
  await clerk.press('2');
  await clerk.page.getByRole('button', { name: 'もどる' }).click();
  await clerk.sees('home');
  await clerk.page.clock.runFor(1000);
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.page.clock.runFor(1000);
  await clerk.sees('voidable');
});

test('in a form it sends nothing and moves no focus', async () => {
  const clerk = await open('place=unregistered');
  await clerk.sees('register');
  await clerk.type('1413');
  await clerk.scans(CODE);
  await clerk.scans(CODE, 'Tab');
  expect(await clerk.page.locator('input').first().inputValue()).toBe('1413');
  await clerk.type('0001');
  expect(await clerk.page.locator('input').first().inputValue()).toBe('14130001');
  expect(await clerk.heard('begin_registration')).toEqual([]);
});

describe('where a scan is tried', () => {
  const toTest = async (clerk: Clerk) => {
    await clerk.sees('home');
    await clerk.page.getByRole('button', { name: '設定', exact: true }).click();
    await clerk.sees('settings');
    await clerk.page.getByRole('button', { name: 'スキャナーをためす' }).click();
    await clerk.sees('scanner_test');
  };

  test('it is shown with its rhythm and its end, and a hand is not', async () => {
    const clerk = await open();
    await toTest(clerk);
    await clerk.scans('ABC-12345', 'Tab');
    await clerk.page.getByRole('heading', { name: 'ABC-12345' }).waitFor();
    expect(await clerk.reads()).toMatch(/9文字.*Tab/);
    for (const key of '99999999') {
      await clerk.press(key);
      await clerk.page.clock.runFor(80);
    }
    await clerk.press('Enter');
    expect(await clerk.reads()).toContain('1回目');
    await clerk.press('Escape');
    await clerk.sees('home');
  });

  test('an input method in between does not hide it', async () => {
    const clerk = await open();
    await toTest(clerk);
    await clerk.page.clock.pauseAt(new Date('2026-11-20T05:40:00Z'));
    await clerk.page.evaluate(() => {
      for (const code of ['Digit1', 'Digit4', 'Digit1', 'Digit3', 'Digit0', 'Digit5', 'Enter']) {
        const event = { key: 'Process', code, keyCode: 229, isComposing: true, bubbles: true, cancelable: true };
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', event));
      }
    });
    await clerk.page.clock.resume();
    await clerk.page.getByRole('heading', { name: '141305' }).waitFor();
  });
});
