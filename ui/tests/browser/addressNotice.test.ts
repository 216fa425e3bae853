/** 住所変更の自動通知: wished for with the signing password, told at a look-up, ended. By keys alone. */
import { expect, test } from 'vitest';
import { givesPassword, toPassword, wishes } from './support/noticeGallery';
import { looksUp, toConfirmWith } from './support/serviceIdGallery';
import { windows } from './support/window';

const open = windows();
const OFFERED = 'place=library&address_notices=not_wanted';

test('a resident wishes for notices: the number is registered first, then the password, tries shown before', async () => {
  const clerk = await open(OFFERED);
  await wishes(clerk);
  expect(await clerk.reads()).toContain('発行番号だけを取得して利用します');
  await clerk.page.getByRole('button', { name: 'この番号を登録する' }).press('Enter');
  await clerk.sees('address_notice');
  expect(await clerk.heard('register_service_id')).toHaveLength(1);
  await clerk.page.getByText('あと5回まで試せます').waitFor();
  expect(await clerk.heard('ask_address_notice')).toEqual([]);
  await givesPassword('abc123')(clerk);
  await clerk.sees('service_id_registered');
  expect(await clerk.reads()).toContain('希望あり');
  expect(await clerk.heard('ask_address_notice')).toEqual([
    { visit: 1, password: { characters: 'abc123', last_try_agreed: false } },
  ]);
  await clerk.page.getByRole('button', { name: '通知をやめる' }).press('Enter');
  await clerk.page.getByText('住所変更の自動通知　希望なし').waitFor();
});

test('a wrong password says how often it may still be wrong, and the field is empty', async () => {
  const clerk = await open(OFFERED);
  await toPassword(clerk);
  await givesPassword('XYZ789')(clerk);
  await clerk.page.getByText('C-121').waitFor();
  await clerk.page.getByText('あと4回まで試せます').waitFor();
  expect(await clerk.page.locator('#signing-password').inputValue()).toBe('');
});

test('the last try needs a yes of its own', async () => {
  const clerk = await open(`${OFFERED}&signing_tries=1`);
  await toPassword(clerk);
  await clerk.page.getByText('あと1回まちがえると', { exact: false }).first().waitFor();
  await clerk.press('Enter');
  await givesPassword('ABC123')(clerk);
  await clerk.sees('service_id_registered');
  expect(await clerk.heard('ask_address_notice')).toEqual([
    { visit: 1, password: { characters: 'ABC123', last_try_agreed: true } },
  ]);
});

test.each(['signing_tries=0', 'notice=no_signing_certificate'])(
  'without the notice the number stays: %s',
  async (met) => {
    const clerk = await open(`${OFFERED}&${met}`);
    await toPassword(clerk);
    await clerk.page.getByRole('button', { name: '通知なしで終える' }).waitFor();
    await clerk.press('Escape');
    await clerk.sees('service_id_registered');
    expect(await clerk.reads()).toContain('0012345678');
    expect(await clerk.reads()).toContain('希望なし');
  },
);

test('where the provider offers none nothing is asked, and nothing said', async () => {
  const clerk = await open('place=library');
  await toConfirmWith('0012345678')(clerk);
  await clerk.sees('confirm_service_id');
  expect(await clerk.reads()).not.toContain('住所変更');
  await clerk.press('Enter');
  await clerk.sees('service_id_registered');
  expect(await clerk.reads()).not.toContain('住所変更');
});

test('the next card does not take away that an address is to be checked', async () => {
  const clerk = await open('place=library&address_notices=check_address&number=0012345678');
  await looksUp(clerk);
  await clerk.page.getByText('住所をご確認ください').waitFor();
  await clerk.putsCard();
  await clerk.sees('service_id');
  expect(await clerk.heard('hand_over_service_id')).toHaveLength(1);
  await clerk.page.getByRole('button', { name: '住所を確かめた（通知を終える）' }).press('Enter');
  await clerk.page.getByText('通知を終えました。').waitFor();
  await clerk.putsCard();
  await expect.poll(() => clerk.heard('hand_over_service_id')).toHaveLength(2);
});

test('a visit that is over ends the password, and the number leaves the screen', async () => {
  const clerk = await open(OFFERED);
  await toPassword(clerk);
  await clerk.world((double) => double.expireVisit());
  await clerk.page.getByText('P-305').waitFor();
  await clerk.press('Escape');
  await clerk.sees('service_menu');
});

test('a look-up says that the address is to be checked, until it was', async () => {
  const clerk = await open('place=library&address_notices=check_address&number=0012345678');
  await looksUp(clerk);
  await clerk.sees('service_id');
  await clerk.page.getByText('住所をご確認ください').waitFor();
  await clerk.page.getByRole('button', { name: '住所を確かめた（通知を終える）' }).press('Enter');
  await clerk.page.getByText('通知を終えました。').waitFor();
  expect(await clerk.heard('stop_address_notice')).toEqual([{ visit: 1 }]);
  expect(await clerk.reads()).not.toContain('住所をご確認ください');
});
