/** A street's own software, by keys: registering, receiving merged points, using them, taking back; for everyone. */
import { describe, expect, test } from 'vitest';
import { isForEveryone } from './support/everyone';
import {
  addsCard,
  arriveAtStreet,
  fillsIn,
  heard,
  receive,
  STREET_GALLERY,
  street,
  toAmount,
  toCard,
  toCheck,
  toMerge,
  toToday,
  toTypedMerge,
  use,
} from './support/streetGallery';
import { type Clerk, windows } from './support/window';

const open = windows('street.html');

const says = (clerk: Clerk, text: string) =>
  expect.poll(async () => (await clerk.reads()).replaceAll(' ', ''), { timeout: 10_000 }).toContain(text);

test.each(STREET_GALLERY)('$name is for everyone, in Japanese', async (picture) => {
  const clerk = await open(picture.query);
  await arriveAtStreet(picture, clerk);
  await isForEveryone(clerk);
});

test.each(STREET_GALLERY)('$name is for everyone, in English', async (picture) => {
  const clerk = await open(`language=en&${picture.query ?? ''}`);
  await arriveAtStreet(picture, clerk);
  await isForEveryone(clerk);
});

describe('a street’s counter', () => {
  test('is registered by keyboard alone, and forgets the password', async () => {
    const clerk = await open('place=unregistered');
    await toCheck(clerk);
    await clerk.press('Enter');
    await clerk.sees('menu');
    const [asked] = (await heard(clerk, 'register_street')) as Record<string, unknown>[];
    expect(asked).toMatchObject({ terminal: 'GINZA-03', street: '140002', drop_folder: '/home/shop/merge' });
    expect(asked).not.toHaveProperty('again');
  });

  test('wants both passwords alike', async () => {
    const clerk = await open('place=unregistered');
    await clerk.sees('register_terminal');
    await fillsIn(clerk, ['GINZA-03', 'ginza-2345', 'ginza-2346']);
    await says(clerk, '2回の入力が、ちがっています。');
  });

  test('locks by F9 and opens by the password', async () => {
    const clerk = await open();
    await clerk.sees('menu');
    await clerk.press('F9');
    await clerk.sees('sign_in');
    await clerk.type('wrong-password');
    await clerk.press('Enter');
    await says(clerk, '端末パスワードがちがいます。');
    await clerk.type('ginza-2345');
    await clerk.press('Enter');
    await clerk.sees('menu');
  });

  test('says of each file what became of it, and leads to the member’s balance', async () => {
    const clerk = await open();
    await receive(clerk);
    await says(clerk, '1件、1,500ポイントを受け取りました');
    await says(clerk, '受取済みです');
    await says(clerk, 'この番号の会員がいません');
    await says(clerk, '正しいファイルではありません');
    await clerk.page.getByRole('button', { name: 'G-1004478' }).first().click();
    await clerk.sees('member');
    await says(clerk, '2,700ポイント');
  });

  test('says on the menu what stands in the way of the watched folder, and when nothing does any more', async () => {
    const clerk = await open();
    await clerk.sees('menu');
    await street(clerk, (double) => double.folderIs('drop_folder_gone'));
    await says(clerk, 'G-401');
    await street(clerk, (double) => double.folderIs(null, 2));
    await says(clerk, '2件は、いま読めないか、移せません。');
    await street(clerk, (double) => double.folderIs(null, 1, 1));
    await says(clerk, '同じ番号で、内容のちがうファイルが、1件あります。');
    await street(clerk, (double) => double.folderIs(null));
    await says(clerk, '受取フォルダーを、また使えるようになりました。');
    expect(await clerk.reads()).not.toContain('G-401');
  });

  test('finds a file in quarantine by a part of its number, in the order that is chosen', async () => {
    const clerk = await open();
    await receive(clerk);
    const rows = () => clerk.page.locator('ul.rows--text li').allInnerTexts();
    await expect.poll(async () => (await rows()).length).toBe(2);
    await clerk.page.getByText('結果の順').click();
    await expect.poll(async () => (await rows())[0]).toContain('broken.dat');
    await clerk.page.locator('#set-aside-part').fill('143100');
    await expect.poll(async () => (await rows()).length).toBe(1);
    await clerk.page.locator('#set-aside-part').fill('nothing such');
    await says(clerk, 'あてはまるものは、ありません。');
  });

  test('lets the stranger in whose genuine file lies in quarantine, and receives it at once', async () => {
    const clerk = await open();
    await toMerge(clerk);
    await says(clerk, '別に置いてあります');
    await says(clerk, 'G-1004502');
    await clerk.press('Enter');
    await clerk.sees('receiving');
    await says(clerk, '1件、500ポイントを受け取りました');
    expect(await heard(clerk, 'join_set_aside')).toEqual([{ number: '20261120143100000002' }]);
  });

  test('finds a merge by its number and books that one back', async () => {
    const clerk = await open();
    await toTypedMerge('20261120 143000 000001')(clerk);
    await says(clerk, '1,500ポイントを受け取っています');
    await clerk.page.getByRole('button', { name: /^合算を戻す/ }).click();
    await clerk.sees('confirm_void');
    await says(clerk, '20261120143000000001');
    await clerk.press('Enter');
    await clerk.sees('done');
    expect(await heard(clerk, 'book_back')).toEqual([{ posting: 1 }]);
  });

  test('declines a number once it was confirmed', async () => {
    const clerk = await open();
    await toTypedMerge('20261120143100000009')(clerk);
    await says(clerk, '来ていません');
    await clerk.page.getByRole('button', { name: /^断る/ }).click();
    await clerk.sees('merge_decline');
    await clerk.press('Escape');
    await clerk.sees('merge');
    expect(await heard(clerk, 'decline_merge')).toEqual([]);
    await clerk.page.getByRole('button', { name: /^断る/ }).click();
    await clerk.sees('merge_decline');
    await clerk.press('Enter');
    await says(clerk, '断りました');
    expect(await heard(clerk, 'decline_merge')).toEqual([{ number: '20261120143100000009' }]);
    await clerk.page.getByRole('button', { name: /^もう一度返事をする/ }).click();
    await says(clerk, '返事をもう一度用意しました');
  });

  test('says what is wrong with a number that is none', async () => {
    const clerk = await open();
    await clerk.sees('menu');
    await clerk.press('2');
    await clerk.page.getByRole('button', { name: /^取引済番号でさがす/ }).click();
    await clerk.sees('merge');
    await clerk.type('2026');
    await clerk.press('Enter');
    await says(clerk, 'G-206');
  });

  test('reaches what happened before the lines of a member’s history', async () => {
    const clerk = await open('lines=1');
    await receive(clerk);
    await clerk.press('Escape');
    await use(clerk);
    await clerk.press('Enter');
    await clerk.sees('menu');
    await clerk.scans('G-1004478');
    await clerk.sees('member');
    const rows = () => clerk.page.locator('tbody tr').count();
    await expect.poll(rows).toBe(1);
    await clerk.page.getByRole('button', { name: 'これより前の記録も見る' }).click();
    await expect.poll(rows).toBe(2);
    await says(clerk, '20261120');
    expect(await clerk.page.getByRole('button', { name: 'これより前の記録も見る' }).count()).toBe(0);
  });

  test('says that the earlier key stays beside the one that is taken', async () => {
    const clerk = await open();
    await clerk.sees('menu');
    await clerk.page.getByRole('button', { name: '設定' }).click();
    await clerk.page.getByRole('button', { name: /^連絡先・/ }).click();
    await clerk.sees('shop');
    await clerk.page.locator('#sheet').fill('/media/usb/keys.toml');
    await clerk.page.getByRole('button', { name: /^鍵を取り込む/ }).click();
    await says(clerk, '前の鍵も残してあるので');
  });

  test('uses points once, however often Enter is pressed', async () => {
    const clerk = await open();
    await use(clerk);
    await says(clerk, '500ポイントを使いました');
    await says(clerk, '残高は700ポイントです。');
    expect(await heard(clerk, 'act_on_points')).toHaveLength(1);
    await clerk.press('p');
    await says(clerk, 'street-1.pdf');
  });

  test('asks for no more than there is', async () => {
    const clerk = await open();
    await toAmount('1')(clerk);
    await clerk.type('1201');
    await clerk.press('Enter');
    await says(clerk, '残高は1,200ポイントです。');
    expect(await heard(clerk, 'act_on_points')).toEqual([]);
  });

  test('adds a scanned ticket’s points, and not a second time', async () => {
    const clerk = await open();
    for (const again of [false, true]) {
      await toAmount('3')(clerk);
      await clerk.scans('T1.141305.987654321012.7.0123456789ABCDEF');
      await clerk.page.locator('#amount').focus();
      await clerk.type('1000');
      await clerk.press('Enter');
      await clerk.sees('confirm');
      await clerk.press('Enter');
      if (again) await says(clerk, 'すでに加算されています');
      else {
        await clerk.sees('done');
        await says(clerk, '1,000ポイントを加算しました');
        await clerk.press('Enter');
      }
    }
  });

  test('gives points for a purchase as the program values it', async () => {
    const clerk = await open();
    await toAmount('4')(clerk);
    await clerk.type('2599');
    await clerk.press('Enter');
    await clerk.sees('confirm');
    await says(clerk, '2,599円');
    await clerk.press('Enter');
    await says(clerk, '25ポイントをつけました');
  });

  test('takes a use of today back', async () => {
    const clerk = await open();
    await toToday(clerk);
    await clerk.page.getByRole('button', { name: /^取り消す/ }).click();
    await clerk.sees('confirm_void');
    await clerk.press('Enter');
    await clerk.sees('done');
    await says(clerk, '500ポイントを取り消しました');
    await says(clerk, '残高は1,200ポイントです。');
  });

  test('lets somebody join whose number nobody has', async () => {
    const clerk = await open();
    await clerk.sees('menu');
    await clerk.press('4');
    await clerk.sees('seek');
    await clerk.type('G-777');
    await clerk.press('Enter');
    await says(clerk, 'この番号の会員は、いません');
    await clerk.page.getByRole('button', { name: 'この番号で会員にする' }).click();
    await clerk.sees('amount');
    expect(await heard(clerk, 'join_member')).toEqual([{ id: 'G-777' }]);
  });

  test('finds the member by the card on the reader, in the time it states', async () => {
    const clerk = await open();
    await toCard(clerk);
    await says(clerk, 'あと60秒、待ちます。');
    await clerk.page.clock.fastForward(10_000);
    await says(clerk, 'あと50秒、待ちます。');
    await street(clerk, (double) => double.putsCard({ says: { kind: 'point_id', id: 'G-1004478' } }));
    await clerk.sees('amount');
    expect(await heard(clerk, 'read_member_card')).toEqual([{ wait_s: 60 }]);
  });

  test('waits no longer when somebody presses Esc, and the program hears of it', async () => {
    const clerk = await open();
    await toCard(clerk);
    await clerk.press('Escape');
    await clerk.sees('seek');
    expect(await heard(clerk, 'cancel_card')).toHaveLength(1);
    await clerk.press('F4');
    await clerk.sees('card');
  });

  test('lets somebody join by the card alone', async () => {
    const clerk = await open();
    await toCard(clerk);
    await street(clerk, (double) => double.putsCard({ says: { kind: 'mykey_id', id: '****MA78' } }));
    await says(clerk, 'この番号の会員は、いません');
    await clerk.press('Enter');
    await clerk.sees('amount');
    expect(await heard(clerk, 'join_by_card')).toEqual([null]);
  });

  test('reads again where no card came, and leads to the settings where nothing is paired', async () => {
    const clerk = await open();
    await toCard(clerk);
    await street(clerk, (double) => double.putsCard({ fails: 'no_card_in_time' }));
    await says(clerk, '時間のうちに置かれませんでした');
    await clerk.press('Enter');
    await says(clerk, '読取装置に置いてください');
    const unpaired = await open('unpaired');
    await toCard(unpaired);
    await says(unpaired, 'まだできていません');
    await unpaired.page.getByRole('button', { name: /^窓口とつなぐ/ }).click();
    await unpaired.sees('pairing');
    await unpaired.page.locator('#code').fill('402719');
    await unpaired.press('Enter');
    await says(unpaired, '窓口とつながっています');
    await unpaired.page.getByRole('button', { name: 'つなぐのをやめる' }).click();
    await says(unpaired, 'つなぐのを、やめますか');
    await unpaired.press('Enter');
    await says(unpaired, 'つなぐのをやめました');
  });

  test('says a wrong code as one', async () => {
    const clerk = await open('unpaired');
    await toCard(clerk);
    await clerk.page.getByRole('button', { name: /^窓口とつなぐ/ }).click();
    await clerk.page.locator('#code').fill('000000');
    await clerk.press('Enter');
    await says(clerk, 'つなぐための番号がちがうか');
  });

  test('corrects a member’s wrong card number, removes it, and tells both', async () => {
    const clerk = await open();
    await addsCard(clerk);
    await says(clerk, '番号を加えました');
    await clerk.page.getByRole('button', { name: /^直す/ }).last().click();
    await clerk.sees('ids_correct');
    await clerk.scans('0000980012345685');
    await clerk.press('Enter');
    await says(clerk, '番号を直しました');
    const [asked] = await heard(clerk, 'correct_member_id');
    expect(asked).toEqual({
      wrong: { member: 1, id: { kind: 'card', id: '0000980012345677' } },
      right: '0000980012345685',
    });
    await clerk.page
      .getByRole('button', { name: /^なくす/ })
      .last()
      .click();
    await says(clerk, 'この番号を、なくしますか');
    await clerk.press('Enter');
    await says(clerk, '番号をなくしました');
    await clerk.press('Escape');
    await clerk.sees('member');
  });

  test('tries the printer before it is kept', async () => {
    const clerk = await open();
    await clerk.sees('menu');
    await clerk.page.getByRole('button', { name: '設定' }).click();
    await clerk.sees('settings');
    await clerk.page.getByText('プリンター', { exact: true }).click();
    await clerk.page.locator('#queue').selectOption('brother-hl-l2375');
    await clerk.page.getByRole('button', { name: 'ためしに印刷する' }).click();
    await says(clerk, '紙をお確かめください');
    expect(await heard(clerk, 'print_street_test_paper')).toEqual([{ to: 'queue', name: 'brother-hl-l2375' }]);
    await clerk.page.getByRole('button', { name: /^保存する/ }).click();
    await clerk.page.getByText('保存しました').waitFor();
    const [kept] = (await heard(clerk, 'save_street_settings')) as { printer: unknown }[];
    expect(kept?.printer).toEqual({ to: 'queue', name: 'brother-hl-l2375' });
  });
});
