/** カードの読み方: what a card and a scan make of each file, by the keyboard alone. */
import { expect, test } from 'vitest';
import { type Clerk, windows } from './support/window';

const open = windows();

async function toDescriptions(query?: string): Promise<Clerk> {
  const clerk = await open(query);
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '設定', exact: true }).press('Enter');
  await clerk.sees('settings');
  await clerk.page.getByRole('button', { name: 'カードの読み方' }).press('Enter');
  await clerk.sees('card_descriptions');
  return clerk;
}

test('a card put on is read by every description, and the one that counts is shown large', async () => {
  const clerk = await toDescriptions();
  await clerk.page.getByText('カードを置くか').waitFor();
  await clerk.putsCard('felica');
  await clerk.page.locator('.met').getByText('2900012345').waitFor();
  await clerk.page.getByText('このカードに、その場所はありません').waitFor();
  await clerk.world((double) => double.takeCard());
  await clerk.page.getByText('カードを置くか').waitFor();
});

test('a scan is read by the descriptions of bar codes and presses nothing', async () => {
  const clerk = await toDescriptions();
  await clerk.scans('A12345678B');
  await clerk.page.locator('.met').getByText('12345678').waitFor();
  await clerk.scans('ABC-123');
  await clerk.page.getByText('どの読み方にも、当てはまりませんでした').waitFor();
  await clerk.sees('card_descriptions');
});

test('what is wrong with a file is said with its line and its column', async () => {
  const clerk = await toDescriptions('descriptions=wrong');
  await clerk.page.getByText('6行目の12文字目').waitFor();
  await clerk.page.getByText('「encoding」に、その値は使えません。', { exact: false }).waitFor();
});

test('two descriptions that claim one card are said', async () => {
  const clerk = await toDescriptions('descriptions=two');
  await clerk.putsCard('felica');
  await clerk.page.getByText('二つの読み方が当てはまります', { exact: false }).waitFor();
});

test('F4 opens the folder, F5 reads again, Escape leaves', async () => {
  const clerk = await toDescriptions('descriptions=none');
  await clerk.page.getByText('読み方のファイルが、まだありません').waitFor();
  const before = (await clerk.heard('try_card_descriptions')).length;
  await clerk.press('F4');
  await expect.poll(async () => (await clerk.heard('open_card_descriptions')).length).toBe(1);
  await expect.poll(async () => (await clerk.heard('try_card_descriptions')).length).toBe(before + 1);
  await clerk.press('F5');
  await expect.poll(async () => (await clerk.heard('try_card_descriptions')).length).toBe(before + 2);
  await clerk.press('Escape');
  await clerk.sees('home');
});
