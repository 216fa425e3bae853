/** What a clerk does with a pile of used tickets: scanner and keyboard alone. */
import { describe, expect, test } from 'vitest';
import { type Clerk, windows } from './support/window';

const open = windows();

const code = (last: number): string => `T1.141305.20865531904${last}.7.0123456789ABCDEF`;
const number = (last: number): string => `2086 5531 904${last}`;

/** At a chamber, in a new pile of やまだ八百屋, or in one that holds so many tickets already. */
async function atPile(query = '', held = 0): Promise<Clerk> {
  const clerk = await open(`place=clearing&pile=${held}&${query}`);
  await clerk.sees('home');
  await clerk.press('1');
  if (held > 0) {
    await clerk.sees('scanning');
    return clerk;
  }
  await clerk.page.locator('#search').waitFor();
  await clerk.type('やまだ');
  await clerk.press('Enter');
  await clerk.sees('scanning');
  return clerk;
}

/** Scans tickets and waits until the panel has the last one's answer. */
async function scans(clerk: Clerk, tone: 'ok' | 'check' | 'stop', ...tickets: number[]): Promise<void> {
  for (const ticket of tickets) {
    await clerk.scans(code(ticket));
    await clerk.page.locator(`[data-tone="${tone}"]`, { hasText: number(ticket) }).waitFor();
  }
}

const panel = (clerk: Clerk): Promise<string> => clerk.reads('[data-tone]');
const sum = (clerk: Clerk): Promise<string> => clerk.reads('dl');

test('a pile is scanned, the last one taken back, and the pile finished, by the keyboard alone', async () => {
  const clerk = await atPile();
  await scans(clerk, 'ok', 1, 2, 3);
  expect(await panel(clerk)).toContain('3枚目 消し込みました');
  expect(await sum(clerk)).toContain('3枚 合計');
  await clerk.press('F8');
  await clerk.sees('take_back');
  expect(await clerk.reads()).toContain(number(3));
  await clerk.press('Enter');
  await clerk.page.locator('[data-tone="check"]', { hasText: '戻しました' }).waitFor();
  expect(await sum(clerk)).toContain('2枚');
  await clerk.press('F12');
  await clerk.sees('pile_check');
  expect(await clerk.reads()).toContain('手もとの券は、2枚ですか');
  await clerk.press('Enter');
  await clerk.sees('pile_done');
  expect(await clerk.reads()).toContain('やまだ八百屋 2');
  expect(await clerk.heard('scan_ticket')).toHaveLength(3);
  expect(await clerk.heard('take_back_scan')).toHaveLength(1);
  expect(await clerk.heard('finish_pile')).toHaveLength(1);
  await clerk.press('Escape');
  await clerk.sees('home');
  await clerk.page.getByText('本日の消込').waitFor();
  expect(await clerk.reads('aside')).toMatch(/本日の消込 2枚 1店/);
});

test('a number is typed without looking for its field, looked at, and cleared', async () => {
  const clerk = await atPile();
  await clerk.type('208655319047');
  await clerk.press('Enter');
  await clerk.sees('typed_ticket');
  expect(await clerk.reads()).toContain('2086 5531 9047');
  await clerk.press('Enter');
  await clerk.page.locator('[data-tone="ok"]').waitFor();
  expect(await clerk.heard('look_up_ticket')).toEqual([{ text: '208655319047' }]);
  expect(await clerk.heard('scan_ticket')).toEqual([{ text: '208655319047' }]);
  await clerk.type('12345');
  await clerk.press('Enter');
  await clerk.sees('typed_ticket');
  await clerk.page.getByText('ポイント券のコードではありません').waitFor();
  await clerk.press('Enter');
  await clerk.sees('scanning');
  expect(await clerk.heard('scan_ticket')).toHaveLength(1);
});

test('the scanner’s Enter presses no button, whichever has the focus', async () => {
  const clerk = await atPile('', 1);
  const visited = new Set<string>();
  for (let ticket = 1; ticket <= 9; ticket += 1) {
    await clerk.press('Tab');
    visited.add((await clerk.page.evaluate(() => document.activeElement?.textContent ?? '')).replace(/\s+/g, ''));
    await scans(clerk, 'ok', ticket);
    await clerk.sees('scanning');
  }
  expect([...visited].join()).toContain('読み取りを終える');
  expect(await clerk.heard('finish_pile')).toEqual([]);
  expect(await clerk.heard('take_back_scan')).toEqual([]);
  expect(await sum(clerk)).toContain('10枚');
});

describe('what is not cleared', () => {
  test('is set aside with its reason, and is in neither count nor sum', async () => {
    const clerk = await atPile('clear=ticket_cleared');
    await scans(clerk, 'stop', 1);
    expect(await panel(clerk)).toContain('すでに消込済みです');
    expect(await clerk.reads()).toContain('みなみ商工会（佐藤クリーニング店の分）');
    expect(await sum(clerk)).toContain('0枚');
    await clerk.world((double) => (double.scenario.clear = 'done'));
    await scans(clerk, 'ok', 2);
    expect(await clerk.reads()).toContain('別に置く券 1枚');
    expect(await sum(clerk)).toContain('1枚');
  });

  test('is no ticket at all: said at once, and the next one is scanned as ever', async () => {
    const clerk = await atPile();
    for (const [ticket, scanned] of ['https://example.jp/menu', '4901234567894'].entries()) {
      await clerk.scans(scanned);
      await clerk.page.getByRole('alert').waitFor();
      expect(await panel(clerk)).toContain('ポイント券ではありません');
      await scans(clerk, 'ok', ticket);
    }
    expect(await sum(clerk)).toContain('2枚');
  });

  test('is in the pile already: which one it is, is said', async () => {
    const clerk = await atPile();
    await scans(clerk, 'ok', 1, 2);
    await scans(clerk, 'check', 1);
    expect(await panel(clerk)).toContain('もう読み取っています 1枚目です');
    expect(await sum(clerk)).toContain('2枚');
  });
});

test('on a dead line scanning goes on, and what waited becomes known by itself', async () => {
  const clerk = await atPile('clear=dead');
  await scans(clerk, 'check', 1, 2, 3);
  expect(await panel(clerk)).toContain('3枚目 まだ確認できていません 続けて読み取れます');
  expect(await clerk.reads()).toContain('まだ確認できていません 3枚');
  expect(await sum(clerk)).toContain('0枚');
  await clerk.world((double) => double.used.settleAll());
  await clerk.page.locator('[data-tone="ok"]', { hasText: '3枚目 消し込みました' }).waitFor();
  expect(await clerk.reads()).not.toContain('まだ確認できていません');
  expect(await sum(clerk)).toContain('3枚');
});

test('in the list a ticket is found by its number and taken back', async () => {
  const clerk = await atPile('', 30);
  await clerk.page.getByRole('button', { name: /ほか 23枚を見る/ }).press('Enter');
  await clerk.sees('scans');
  await clerk.page.getByLabel('券の番号で探す').fill('7713');
  const row = clerk.page.getByRole('row').filter({ hasText: '7713 0082 4619' });
  await row.first().getByRole('button', { name: '戻す' }).press('Enter');
  await clerk.sees('take_back');
  await clerk.press('Escape');
  await clerk.sees('scans');
  expect(await clerk.heard('take_back_scan')).toEqual([]);
});

test('from scan to scan nothing moves: panel, field and sum stay in their places', async () => {
  const clerk = await atPile('', 3);
  const places = async () => {
    const boxes = ['[data-tone]', '#ticket', 'dl'].map((part) => clerk.page.locator(part).boundingBox());
    return Promise.all(boxes);
  };
  const before = await places();
  for (const [ticket, clear, tone] of [
    [1, 'done', 'ok'],
    [2, 'ticket_cleared', 'stop'],
    [3, 'dead', 'check'],
    [4, 'done', 'ok'],
  ] as const) {
    await clerk.page.evaluate((meets) => (window.double.scenario.clear = meets), clear);
    await scans(clerk, tone, ticket);
    expect(await places()).toEqual(before);
  }
});

test('a clearing is taken back from a pile that is finished, and its list is to be printed anew', async () => {
  const clerk = await open('place=clearing&piles=2');
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '終えた束を見る' }).click();
  await clerk.page.getByRole('button', { name: /^見る/ }).last().click();
  await clerk.sees('pile_done');
  expect(await clerk.reads()).not.toContain('一覧を印刷し直し');
  await clerk.page.getByRole('button', { name: '読み取った券を見る・戻す' }).click();
  await clerk.sees('scans');
  await clerk.page.getByRole('button', { name: /^戻す/ }).first().click();
  await clerk.sees('take_back');
  await clerk.press('Enter');
  await clerk.sees('scans');
  await clerk.page.getByText('戻しました').first().waitFor({ state: 'attached' });
  await clerk.press('Escape');
  await clerk.sees('pile_done');
  expect(await clerk.reads()).toContain('一覧を印刷し直し');
  expect(await clerk.heard('take_back_scan')).toHaveLength(1);
  expect(await clerk.heard('scan_ticket')).toHaveLength(0);
});

test('what waits is given up in the list, and is to be set aside', async () => {
  const clerk = await atPile('clear=dead', 2);
  await clerk.scans(code(1));
  await clerk.page.locator('[data-tone="check"]', { hasText: number(1) }).waitFor();
  await clerk.page.getByRole('button', { name: /^読み取った券/ }).click();
  await clerk.sees('scans');
  await clerk.page.getByRole('button', { name: /^取りやめる/ }).click();
  await clerk.page.getByText('取りやめました').first().waitFor({ state: 'attached' });
  expect(await clerk.heard('drop_scan')).toHaveLength(1);
  expect(await clerk.page.getByRole('button', { name: /^取りやめる/ }).count()).toBe(0);
});

test('before a day close it is said that a pile is open and what is not confirmed', async () => {
  const clerk = await open('pile=3&clear=dead');
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /ポイント券消込/ }).click();
  await clerk.sees('scanning');
  await clerk.scans(code(1));
  await clerk.page.locator('[data-tone="check"]', { hasText: number(1) }).waitFor();
  await clerk.press('Escape');
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /日計/ }).click();
  await clerk.sees('day');
  await clerk.press('Enter');
  await clerk.sees('confirm_close');
  const said = await clerk.reads();
  expect(said).toContain('読み取りの途中の束があります');
  expect(said).toContain('まだ確認できていない券が 1枚あります');
  expect(said).toContain('次の日計に入ります');
});
