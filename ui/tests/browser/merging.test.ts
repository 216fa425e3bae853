/** Merging at the counter of a shop in a street: by keys alone, once, and what becomes of the file. */
import { describe, expect, test } from 'vitest';
import {
  merges,
  toConfirmMerge,
  toMergeAmount,
  toMergeByStreetCard,
  toMergeCard,
  toMerges,
} from './support/mergingGallery';
import { type Clerk, windows } from './support/window';

const open = windows();
const AT_STREET = 'place=street';

const says = (clerk: Clerk, text: string) =>
  expect.poll(async () => (await clerk.reads()).replaceAll(' ', ''), { timeout: 10_000 }).toContain(text);

describe('merging into a street’s points', () => {
  test('by keyboard alone, from the card to the file', async () => {
    const clerk = await open(AT_STREET);
    await merges(clerk);
    await clerk.sees('merge_result');
    await says(clerk, 'ファイルを、商店街のフォルダーに置きました');
    const asked = await clerk.heard('merge_points');
    expect(asked).toEqual([
      { visit: 1, street: '140002', part: { currency: { book: '141305', number: 1 }, typed: '1500' } },
    ]);
    await clerk.press('Enter');
    await clerk.sees('home');
  });

  test('by the street’s own card, on the reader', async () => {
    const clerk = await open(`${AT_STREET}&per_use=1000`);
    await toMergeByStreetCard(clerk);
    await says(clerk, '商店街カードで合算できるのは、1回1,000ポイントまで');
    await clerk.type('1500');
    await says(clerk, '商店街カードでは1,000ポイントまで');
    await clerk.press('Enter');
    await clerk.sees('amount');
    await clerk.press('Backspace');
    await clerk.press('Enter');
    await clerk.sees('confirm_merge');
    await clerk.press('Enter');
    await clerk.sees('merge_result');
  });

  test('by the street’s own card, scanned', async () => {
    const clerk = await open(AT_STREET);
    await toMergeCard(clerk);
    await clerk.scans('30010100000017');
    await clerk.sees('amount');
    expect(await clerk.heard('scan_street_card')).toEqual(['30010100000017']);
  });

  test('a street card that is nobody’s leads to registering its number', async () => {
    const clerk = await open(`${AT_STREET}&street_card=street_card_unknown`);
    await toMergeCard(clerk);
    await clerk.putsCard('felica');
    await says(clerk, 'この商店街カードの番号は、まだ登録されていません');
    await clerk.press('Enter');
    await clerk.sees('service_id_number');
  });

  test('pressing Enter twice merges once', async () => {
    const clerk = await open(`${AT_STREET}&delay=150`);
    await toConfirmMerge(clerk);
    await clerk.press('Enter');
    await clerk.press('Enter');
    await clerk.sees('merge_result');
    expect(await clerk.heard('merge_points')).toHaveLength(1);
  });

  test('Esc leads back step by step, and nothing was sent', async () => {
    const clerk = await open(AT_STREET);
    await toConfirmMerge(clerk);
    await clerk.press('Escape');
    await clerk.sees('amount');
    await clerk.press('Escape');
    await clerk.sees('home');
    expect(await clerk.heard('merge_points')).toEqual([]);
  });

  test('of several streets one is chosen by its number', async () => {
    const clerk = await open(`${AT_STREET}&streets=two`);
    await toMergeCard(clerk);
    await clerk.putsCard();
    await clerk.sees('merge_street');
    await clerk.press('2');
    await clerk.sees('amount');
    await says(clerk, '仲見世通りのポイントにします');
  });

  test('a file that is not there is put again by one key', async () => {
    const clerk = await open(`${AT_STREET}&put=merge_file_not_put`);
    await merges(clerk);
    await clerk.sees('merge_result');
    await says(clerk, 'ファイルを、フォルダーに置けませんでした');
    await clerk.world((double) => {
      double.scenario.put = 'done';
    });
    await clerk.press('Enter');
    await says(clerk, 'ファイルを、商店街のフォルダーに置きました');
    expect(await clerk.heard('merge_points')).toHaveLength(1);
  });

  test('the list says what lies there and puts a lost one again', async () => {
    const clerk = await open(AT_STREET);
    await toMerges(clerk);
    await says(clerk, 'まだ受け取られていません');
    await clerk.page
      .getByRole('button', { name: /もう一度置く/ })
      .first()
      .click();
    await says(clerk, 'ファイルを置きました。');
    expect(await clerk.heard('put_merge_file')).toHaveLength(1);
  });

  test('a long list is shown a page at a time, with what the street has answered', async () => {
    const clerk = await open(`${AT_STREET}&merges=many`);
    await toMerges(clerk);
    await says(clerk, '1〜20件目（全45件）');
    await says(clerk, '商店街が受け取りました');
    await clerk.page.getByRole('button', { name: '前の合算' }).click();
    await says(clerk, '21〜40件目（全45件）');
    expect(await clerk.page.getByRole('row').count()).toBe(21);
  });

  test('the municipality’s points are the only ones offered', async () => {
    const clerk = await open(`${AT_STREET}&accounts=3`);
    await toMergeAmount(clerk);
    expect(await clerk.page.getByText('かわさき宙フェス').count()).toBe(0);
  });
});
