/** What a clerk of an issuing desk does, by keyboard alone. */
import { expect, test } from 'vitest';
import { toConfirmIssue } from './support/desk';
import { windows } from './support/window';

const open = windows();

test('points become a ticket, and the resident is shown the sum and the last day', async () => {
  const clerk = await open('place=chamber&accounts=2&resident=movable');
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('card');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('500');
  await clerk.press('ArrowDown', 'Enter');
  await clerk.sees('last_day');
  await clerk.press('1', 'ArrowRight', 'ArrowDown');
  expect(await clerk.reads()).toContain('2026年12月5日');
  await clerk.press('Enter');
  await clerk.sees('confirm_issue');
  expect(await clerk.page.getByRole('img').getAttribute('aria-label')).toContain('かわさき宙フェス参加店のみ');
  await clerk.press('Enter');
  await clerk.sees('ticket_result');
  await clerk.page.getByText('券を印刷しました').waitFor();
  const part = { currency: { book: '141305', number: 2 }, typed: '500' };
  expect(await clerk.heard('issue_ticket')).toEqual([{ visit: 1, part, last_day: '2026-12-05', count: 1 }]);
  expect(await clerk.heard('print_ticket')).toHaveLength(1);
  expect(await clerk.heard('show_resident')).toContainEqual({
    step: 'confirm',
    parts: { visit: 1, parts: [part] },
    last_day: '2026-12-05',
    sending: false,
  });
  await clerk.press('Enter');
  await clerk.sees('home');
  expect(await clerk.heard('acknowledge_last_operation')).toHaveLength(1);
});

test('several tickets come out of one card, and the first that is not issued ends it', async () => {
  const clerk = await open('place=chamber&issue=insufficient');
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('card');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('500');
  await clerk.press('Enter');
  await clerk.sees('last_day');
  await clerk.press('+', '+', '-', '+');
  await clerk.page.getByText('あわせて 1,500ポイント').waitFor();
  await clerk.press('Enter');
  await clerk.sees('confirm_issue');
  expect(await clerk.reads()).toContain('この券を 3枚');
  await clerk.press('Enter');
  await clerk.sees('ticket_result');
  expect(await clerk.reads()).toContain('3枚のうち 2枚発行しました');
  expect(await clerk.heard('print_ticket')).toHaveLength(1);
});

test('the calendar stays within the days that may be chosen', async () => {
  const clerk = await open('place=chamber');
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('card');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('100');
  await clerk.press('Enter');
  await clerk.sees('last_day');
  await clerk.press('ArrowRight', 'ArrowDown');
  expect(await clerk.reads()).toContain('2026年12月20日');
  for (let day = 0; day < 40; day += 1) await clerk.press('ArrowLeft');
  expect(await clerk.reads()).toContain('本日かぎり');
  expect(await clerk.page.getByRole('button', { pressed: true }).innerText()).toContain('20');
});

test('a lost paper leads to a reissue and never to the same number again', async () => {
  const clerk = await open('place=chamber&print=printer_refused');
  await toConfirmIssue(clerk);
  await clerk.press('Enter');
  await clerk.sees('ticket_result');
  await clerk.page.getByRole('alert').waitFor();
  expect(await clerk.reads()).toContain('券は発行されています。紙は出ていません。');
  await clerk.world((double) => (double.scenario.print = 'done'));
  await clerk.press('p', 'Enter');
  await clerk.sees('confirm_ticket');
  await clerk.press('Enter');
  await clerk.page.getByText('前の番号の券は').waitFor();
  await clerk.page.getByText('券を印刷しました').waitFor();
  expect(await clerk.heard('print_ticket')).toEqual([{ key: 'k15' }, { key: 'k16' }]);
  expect(await clerk.heard('reissue_ticket')).toEqual([{ ticket: '987654321012' }]);
});

test('a paper that may have come out is looked at before Enter kills it', async () => {
  const clerk = await open('place=chamber&print=paper_incomplete');
  await toConfirmIssue(clerk);
  await clerk.press('Enter');
  await clerk.sees('ticket_result');
  await clerk.page.getByRole('alert').waitFor();
  expect(await clerk.reads()).toContain('紙が出たか、お確かめください。');
  expect(await clerk.reads()).not.toContain('紙は出ていません');
  expect(await clerk.page.getByRole('button', { name: '再発行する' }).count()).toBe(1);
  await clerk.press('Enter');
  await clerk.sees('home');
  expect(await clerk.heard('reissue_ticket')).toEqual([]);
});

test('a ticket is found, voided after a question, and left alone by Esc', async () => {
  const clerk = await open('place=chamber');
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.sees('tickets');
  await clerk.page.getByLabel(/^券の番号、/).fill('３３１６');
  expect(await clerk.page.locator('tbody tr').count()).toBe(1);
  await clerk.press('Tab', 'Tab', 'Tab', 'Enter');
  await clerk.sees('confirm_ticket');
  await clerk.press('Escape');
  await clerk.sees('tickets');
  expect(await clerk.heard('void_ticket')).toEqual([]);
  await clerk.page.getByRole('button', { name: '取消' }).first().focus();
  await clerk.press('Enter');
  await clerk.sees('confirm_ticket');
  await clerk.press('Enter');
  await clerk.page.getByText('500ポイントの券を取り消しました').waitFor();
  expect(await clerk.heard('void_ticket')).toEqual([{ ticket: '482910573316' }]);
});

test('a day is closed after a question and its paper printed twice', async () => {
  const clerk = await open('place=chamber');
  await clerk.sees('home');
  await clerk.press('4');
  await clerk.sees('day');
  await clerk.page.getByRole('table').waitFor();
  await clerk.press('Enter');
  await clerk.sees('confirm_close');
  await clerk.press('Enter');
  await clerk.sees('day_closed');
  expect(await clerk.reads()).toContain('日計 第13号を締めました');
  await clerk.press('Enter');
  await clerk.page.getByText('印刷しました', { exact: false }).first().waitFor();
  await clerk.press('Enter');
  await clerk.page.getByText('再印刷 1回目').first().waitFor();
  expect(await clerk.heard('close_day')).toHaveLength(1);
  await clerk.press('Escape');
  await clerk.sees('home');
});
