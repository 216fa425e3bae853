/** 住所変更の自動通知, from the wish to the word at a look-up. */
import type { Picture } from './gallery';
import { looksUp, toConfirmWith } from './serviceIdGallery';
import type { Clerk } from './window';

const OFFERED = 'place=library&address_notices=not_wanted';

export const wishes = async (clerk: Clerk) => {
  await toConfirmWith('0012345678')(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.page.getByRole('radio', { name: /^希望する$|^Wanted$/ }).check();
};
export const toPassword = async (clerk: Clerk) => {
  await wishes(clerk);
  await clerk.page.getByRole('button', { name: /この番号を登録する|Register this number/ }).press('Enter');
  await clerk.sees('address_notice');
};
export const givesPassword = (password: string) => async (clerk: Clerk) => {
  await clerk.page.locator('#signing-password').fill(password);
  await clerk.page.locator('#signing-password').press('Enter');
};

export const NOTICES: Picture[] = [
  { name: 'notice-wish', screen: 'confirm_service_id', query: OFFERED, arrive: wishes },
  { name: 'notice-password', screen: 'address_notice', query: OFFERED, arrive: toPassword },
  {
    name: 'notice-password-wrong',
    screen: 'address_notice',
    query: OFFERED,
    arrive: async (clerk) => {
      await toPassword(clerk);
      await givesPassword('XYZ789')(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  { name: 'notice-last-try', screen: 'address_notice', query: `${OFFERED}&signing_tries=1`, arrive: toPassword },
  { name: 'notice-locked', screen: 'address_notice', query: `${OFFERED}&signing_tries=0`, arrive: toPassword },
  {
    name: 'notice-set',
    screen: 'service_id_registered',
    query: OFFERED,
    arrive: async (clerk) => {
      await toPassword(clerk);
      await givesPassword('ABC123')(clerk);
    },
  },
  {
    name: 'notice-check-address',
    screen: 'service_id',
    query: 'place=library&address_notices=check_address&number=0012345678',
    arrive: looksUp,
  },
];
