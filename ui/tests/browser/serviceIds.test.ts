/** Service IDs at the counter: by keys alone, with a scanner, and where a card is not the one it should be. */
import { expect, test } from 'vitest';
import { looksUp, toCardWith, toConfirmWith, toLookUp, toNumber } from './support/serviceIdGallery';
import { windows } from './support/window';

const open = windows();
const LIBRARY = 'place=library';
const NUMBER = '0012345678';

test('a number is registered by keys alone and shown back', async () => {
  const clerk = await open(LIBRARY);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  expect(await clerk.heard('register_service_id')).toEqual([]);
  await clerk.press('Enter');
  await clerk.sees('service_id_registered');
  expect(await clerk.reads()).toContain(NUMBER);
  expect(await clerk.reads()).toContain('川崎市立図書館');
  expect(await clerk.heard('register_service_id')).toEqual([{ visit: 1, number: NUMBER, replaces: null }]);
  await clerk.press('Enter');
  await clerk.sees('service_menu');
});

test('from the first menu the points are behind the password, service IDs are not', async () => {
  const clerk = await open('place=street&sign_in=needed');
  await clerk.sees('service_menu');
  await clerk.press('3');
  await clerk.sees('sign_in');
  await clerk.press('Escape');
  await clerk.sees('service_menu');
  await clerk.press('2');
  await clerk.sees('service_id_number');
});

test('a library that does not work with points reads why, and its key presses nothing', async () => {
  const clerk = await open(LIBRARY);
  await clerk.sees('service_menu');
  await clerk.press('3');
  await clerk.sees('service_menu');
  expect(await clerk.reads()).toContain('この端末では、ポイントを扱いません');
});

test('a scanned card fills the field, and its Enter presses nothing', async () => {
  const clerk = await open(LIBRARY);
  await toNumber(clerk);
  await clerk.scans(`A${NUMBER}B`);
  await expect.poll(() => clerk.page.locator('#card-number').inputValue()).toBe(NUMBER);
  await clerk.sees('service_id_number');
  expect(await clerk.heard('check_customer_number')).toEqual([]);
  await clerk.press('Enter');
  await clerk.sees('card');
});

test('a library card on the reader fills the field, by itself and by the key', async () => {
  const clerk = await open(LIBRARY);
  await toNumber(clerk);
  await clerk.putsCard('felica');
  await clerk.page.getByText('見本市立図書館 利用者カードから読み取りました').waitFor();
  expect(await clerk.page.locator('#card-number').inputValue()).toBe('2900012345');
  await clerk.page.locator('#card-number').fill('1');
  expect(await clerk.reads()).not.toContain('読み取りました');
  await clerk.press('F4');
  await expect.poll(() => clerk.page.locator('#card-number').inputValue()).toBe('2900012345');
  await clerk.world((double) => double.takeCard());
  expect(await clerk.page.locator('#card-number').inputValue()).toBe('2900012345');
  await clerk.press('F4');
  await clerk.page.getByText('読取装置に、カードがありません').waitFor();
  await clerk.press('Enter');
  await clerk.sees('card');
});

test('the resident’s card may lie there first, and what cannot be read is said', async () => {
  const clerk = await open(LIBRARY);
  await toNumber(clerk);
  await clerk.putsCard();
  await clerk.page.getByText('マイナンバーカードなら、').waitFor();
  await clerk.putsCard('card_number_blank');
  await clerk.page.getByRole('alert').waitFor();
  expect(await clerk.reads()).toContain('番号が書き込まれていません');
  await clerk.type('99');
  expect(await clerk.page.getByRole('alert').count()).toBe(0);
});

test('a library card that still lies there is to be taken off first', async () => {
  const clerk = await open(LIBRARY);
  await toNumber(clerk);
  await clerk.putsCard('felica');
  await clerk.page.getByText('くらべてください').waitFor();
  await clerk.press('Enter');
  await clerk.page.getByText('利用カードを取り、').waitFor();
  await clerk.world((double) => double.takeCard());
  await clerk.putsCard();
  await clerk.sees('confirm_service_id');
});

test('over the confirmation a scan registers nothing', async () => {
  const clerk = await open(LIBRARY);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.scans('9784003101018');
  await clerk.sees('confirm_service_id');
  expect(await clerk.heard('register_service_id')).toEqual([]);
});

test('the screen before corrects what was shown back, for the same card', async () => {
  const clerk = await open(LIBRARY);
  await toConfirmWith('0012345679')(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.press('Enter');
  await clerk.sees('service_id_registered');
  await clerk.press('Escape');
  await clerk.sees('service_id_number');
  expect(await clerk.page.locator('#card-number').inputValue()).toBe('0012345679');
  await clerk.page.locator('#card-number').fill(NUMBER);
  await clerk.press('Enter');
  await clerk.sees('confirm_service_id');
  await clerk.press('Enter');
  await clerk.sees('service_id_registered');
  const heard = await clerk.heard('register_service_id');
  expect(heard[1]).toMatchObject({ number: NUMBER, replaces: '0012345679' });
});

test('a number that stands is not replaced unless the clerk says so', async () => {
  const clerk = await open(`${LIBRARY}&number=0087654321`);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  expect(await clerk.reads()).toContain('0087654321');
  await clerk.press('Escape');
  await clerk.sees('service_menu');
  expect(await clerk.heard('register_service_id')).toEqual([]);
});

test('a card that is lifted before the registration leads back to the card', async () => {
  const clerk = await open(LIBRARY);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.world((double) => double.takeCard('card_absent'));
  await clerk.sees('card');
  expect(await clerk.heard('register_service_id')).toEqual([]);
  await clerk.putsCard();
  await clerk.sees('confirm_service_id');
});

test('what is no number is said at once, and typing goes on', async () => {
  const clerk = await open(LIBRARY);
  await toNumber(clerk);
  await clerk.type('1,2');
  await clerk.press('Enter');
  await clerk.page.getByRole('alert').waitFor();
  await clerk.press('Backspace', 'Backspace');
  expect(await clerk.page.getByRole('alert').count()).toBe(0);
  await clerk.press('Enter');
  await clerk.sees('card');
});

test('somebody else’s number leads back to the number', async () => {
  const clerk = await open(`${LIBRARY}&register=customer_number_taken`);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.press('Enter');
  await clerk.page.getByRole('alert').waitFor();
  await clerk.press('Enter');
  await clerk.sees('service_id_number');
});

test('a number that is looked up is handed over once and stays when the card has left', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}&hand=clipboard`);
  await looksUp(clerk);
  await clerk.sees('service_id');
  await clerk.page.getByText('クリップボードに入れました').waitFor();
  expect(await clerk.heard('hand_over_service_id')).toEqual([{ visit: 1 }]);
  await clerk.world((double) => double.takeCard('card_absent'));
  expect(await clerk.reads()).toContain(NUMBER);
  await clerk.press('Enter');
  await clerk.sees('card');
});

test('the next customer’s card leads to the next number without a press, and only one that is newly put on', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}&hand=clipboard`);
  await looksUp(clerk);
  await clerk.page.getByText('クリップボードに入れました').waitFor();
  await clerk.page.getByText('次のお客様のマイナンバーカードを').waitFor();
  expect(await clerk.heard('expect_card')).toEqual(['service_id_now', 'none', 'next_service_id']);
  expect(await clerk.heard('hand_over_service_id')).toEqual([{ visit: 1 }]);
  await clerk.world((double) => double.takeCard('card_absent'));
  await clerk.sees('service_id');
  await clerk.putsCard();
  await expect.poll(() => clerk.heard('hand_over_service_id')).toEqual([{ visit: 1 }, { visit: 2 }]);
  await clerk.sees('service_id');
  // The program ends the visit before by itself; to leave it now would end the next one.
  expect(await clerk.heard('leave_visit')).toEqual([]);
});

test('a card that is put on before the number was handed over takes nothing away', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}&hand=typed&handed=never`);
  await looksUp(clerk);
  await clerk.page.getByText('入力欄を').waitFor();
  await clerk.putsCard();
  await clerk.sees('service_id');
  expect(await clerk.reads()).toContain(NUMBER);
  expect(await clerk.reads()).not.toContain('次のお客様のマイナンバーカードを');
  expect(await clerk.heard('hand_over_service_id')).toEqual([{ visit: 1 }]);
});

test('while a number is typed or corrected the next card takes nothing away', async () => {
  const clerk = await open(LIBRARY);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.press('Enter');
  await clerk.sees('service_id_registered');
  await clerk.putsCard();
  await clerk.sees('service_id_registered');
  await clerk.press('Escape');
  await clerk.sees('service_id_number');
  await clerk.putsCard();
  await clerk.sees('service_id_number');
  expect(await clerk.page.locator('#card-number').inputValue()).toBe(NUMBER);
});

test('where nothing is registered the next resident’s card begins anew, and the library’s own waits', async () => {
  const clerk = await open(LIBRARY);
  await looksUp(clerk);
  await clerk.page.getByText('まだ登録されていません').waitFor();
  await clerk.putsCard('not_my_number_card');
  await clerk.sees('service_id');
  await clerk.world((double) => double.becomes('felica'));
  await clerk.press('Enter');
  await clerk.sees('service_id_number');
  await expect.poll(() => clerk.page.locator('#card-number').inputValue()).toBe('2900012345');
  await clerk.press('Escape');
  await looksUp(clerk);
  await clerk.page.getByText('まだ登録されていません').waitFor();
  await clerk.putsCard('card_without_mykey_id');
  await clerk.sees('card');
});

test('a number is handed over once more by key and by button', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}&hand=clipboard&handed=clipboard_absent`);
  await looksUp(clerk);
  await clerk.page.getByRole('alert').waitFor();
  await clerk.world((double) => (double.scenario.handed = 'done'));
  await clerk.press('F8');
  await clerk.page.getByText('クリップボードに入れました').waitFor();
  await clerk.page.getByRole('button', { name: 'もう一度渡す' }).click();
  await expect.poll(() => clerk.heard('hand_over_service_id')).toEqual([{ visit: 1 }, { visit: 1 }, { visit: 1 }]);
});

test('where a number is only shown there is nothing to hand over once more', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}`);
  await looksUp(clerk);
  await clerk.sees('service_id');
  expect(await clerk.page.getByRole('button', { name: 'もう一度渡す' }).count()).toBe(0);
});

test('a number leaves the screen with its five minutes, and the card that still lies begins nothing', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}&hand=clipboard`);
  await looksUp(clerk);
  await clerk.page.getByText('クリップボードに入れました').waitFor();
  await clerk.world((double) => double.expireVisit());
  await clerk.sees('card');
  expect(await clerk.reads()).not.toContain(NUMBER);
  expect(await clerk.page.getByRole('alert').count()).toBe(0);
  await clerk.world((double) => double.takeCard());
  await clerk.putsCard();
  await clerk.sees('service_id');
  expect(await clerk.heard('hand_over_service_id')).toEqual([{ visit: 1 }, { visit: 2 }]);
  expect(await clerk.heard('leave_visit')).toEqual([]);
});

test('a number that was registered leaves the screen with its five minutes', async () => {
  const clerk = await open(LIBRARY);
  await toConfirmWith(NUMBER)(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.press('Enter');
  await clerk.sees('service_id_registered');
  await clerk.world((double) => double.expireVisit());
  await clerk.sees('service_menu');
});

test('where nothing is registered the way leads to the registration', async () => {
  const clerk = await open(LIBRARY);
  await looksUp(clerk);
  await clerk.sees('service_id');
  expect(await clerk.heard('hand_over_service_id')).toEqual([]);
  await clerk.press('Enter');
  await clerk.sees('service_id_number');
});

test('a phone is read after its PIN', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}`);
  await toLookUp(clerk);
  await clerk.putsCard('phone');
  await clerk.sees('phone_pin');
  await clerk.type('1234');
  await clerk.press('Enter');
  await clerk.sees('service_id');
});

test('from the card one goes back to the number that was typed', async () => {
  const clerk = await open(LIBRARY);
  await toCardWith(NUMBER)(clerk);
  await clerk.press('Escape');
  await clerk.sees('service_id_number');
  expect(await clerk.page.locator('#card-number').inputValue()).toBe(NUMBER);
});

test('a number is typed into another window, as the settings say', async () => {
  const clerk = await open(`${LIBRARY}&number=${NUMBER}`);
  await clerk.sees('service_menu');
  await clerk.page.getByRole('button', { name: '設定', exact: true }).press('Enter');
  await clerk.page.getByRole('radio', { name: 'キーボードで入力' }).check();
  await clerk.page.getByRole('radio', { name: 'Tab' }).check();
  await clerk.page.getByLabel('入力の速さ').selectOption('ゆっくり');
  await clerk.page.getByRole('button', { name: '番号 0000000000 を渡してみる' }).press('Enter');
  await expect
    .poll(async () => await clerk.heard('try_hand_over'))
    .toEqual([{ by: 'typed', end: 'tab', pause_ms: 60 }]);
  await clerk.page.getByText('入力しました。').waitFor();
  await clerk.page.getByRole('button', { name: '設定を保存する' }).press('Enter');
  await clerk.page.getByText('設定を保存しました。').waitFor();
  await clerk.press('Escape');
  await looksUp(clerk);
  await clerk.sees('service_id');
  await clerk.page.getByText('番号を入力しました').waitFor();
});
