/** The screens of service IDs in every state worth looking at, and how a clerk gets there. */
import type { Picture } from './gallery';
import type { Clerk } from './window';

const AT_LIBRARY = 'place=library';
const LONG = 'KAWASAKI-NAKAHARA-2026-000123456789-ABCDEFGHIJ-0123456789-abcdef';

export const toNumber = async (clerk: Clerk) => {
  await clerk.sees('service_menu');
  await clerk.press('2');
  await clerk.sees('service_id_number');
};
export const toCardWith = (number: string) => async (clerk: Clerk) => {
  await toNumber(clerk);
  await clerk.type(number);
  await clerk.press('Enter');
  await clerk.sees('card');
};
export const toConfirmWith = (number: string) => async (clerk: Clerk) => {
  await toCardWith(number)(clerk);
  await clerk.putsCard();
};
const registers = async (clerk: Clerk) => {
  await toConfirmWith('0012345678')(clerk);
  await clerk.sees('confirm_service_id');
  await clerk.press('Enter');
};
export const toLookUp = async (clerk: Clerk) => {
  await clerk.sees('service_menu');
  await clerk.press('1');
  await clerk.sees('card');
};
export const looksUp = async (clerk: Clerk) => {
  await toLookUp(clerk);
  await clerk.putsCard();
};

export const SERVICE_IDS: Picture[] = [
  { name: 'library-home', screen: 'service_menu', query: AT_LIBRARY },
  { name: 'library-home-street', screen: 'service_menu', query: 'place=street' },
  { name: 'library-number', screen: 'service_id_number', query: AT_LIBRARY, arrive: toNumber },
  {
    name: 'library-number-wrong',
    screen: 'service_id_number',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await toNumber(clerk);
      await clerk.type('12,34');
      await clerk.press('Enter');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'library-number-read',
    screen: 'service_id_number',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await toNumber(clerk);
      await clerk.putsCard('felica');
      await clerk.page.locator('.told p').waitFor();
    },
  },
  {
    name: 'library-number-resident',
    screen: 'service_id_number',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await toNumber(clerk);
      await clerk.putsCard();
      await clerk.page.locator('.told p').waitFor();
    },
  },
  {
    name: 'library-number-several',
    screen: 'service_id_number',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await toNumber(clerk);
      await clerk.putsCard('several_library_cards');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'library-card-to-go',
    screen: 'card',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await toNumber(clerk);
      await clerk.putsCard('felica');
      await clerk.page.locator('.told p').waitFor();
      await clerk.press('Enter');
    },
  },
  { name: 'library-register-card', screen: 'card', query: AT_LIBRARY, arrive: toCardWith('0012345678') },
  {
    name: 'library-register-phone',
    screen: 'phone_pin',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await toCardWith('0012345678')(clerk);
      await clerk.putsCard('phone');
    },
  },
  { name: 'library-confirm', screen: 'confirm_service_id', query: AT_LIBRARY, arrive: toConfirmWith('0012345678') },
  { name: 'library-confirm-long', screen: 'confirm_service_id', query: AT_LIBRARY, arrive: toConfirmWith(LONG) },
  {
    name: 'library-confirm-other',
    screen: 'confirm_service_id',
    query: `${AT_LIBRARY}&number=0087654321`,
    arrive: toConfirmWith('0012345678'),
  },
  {
    name: 'library-confirm-taken',
    screen: 'confirm_service_id',
    query: `${AT_LIBRARY}&register=customer_number_taken`,
    arrive: async (clerk) => {
      await registers(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'library-confirm-unanswered',
    screen: 'confirm_service_id',
    query: `${AT_LIBRARY}&register=service_id_unanswered`,
    arrive: async (clerk) => {
      await registers(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  { name: 'library-registered', screen: 'service_id_registered', query: AT_LIBRARY, arrive: registers },
  {
    name: 'library-registered-already',
    screen: 'service_id_registered',
    query: `${AT_LIBRARY}&number=0012345678`,
    arrive: toConfirmWith('0012345678'),
  },
  {
    name: 'library-correct',
    screen: 'service_id_number',
    query: AT_LIBRARY,
    arrive: async (clerk) => {
      await registers(clerk);
      await clerk.sees('service_id_registered');
      await clerk.press('Escape');
    },
  },
  { name: 'library-look-up-card', screen: 'card', query: AT_LIBRARY, arrive: toLookUp },
  { name: 'library-found', screen: 'service_id', query: `${AT_LIBRARY}&number=0012345678`, arrive: looksUp },
  { name: 'library-found-long', screen: 'service_id', query: `${AT_LIBRARY}&number=${LONG}`, arrive: looksUp },
  {
    name: 'library-found-clipboard',
    screen: 'service_id',
    query: `${AT_LIBRARY}&number=0012345678&hand=clipboard`,
    arrive: looksUp,
  },
  {
    name: 'library-found-file',
    screen: 'service_id',
    query: `${AT_LIBRARY}&number=0012345678&hand=file`,
    arrive: looksUp,
  },
  {
    name: 'library-found-typed',
    screen: 'service_id',
    query: `${AT_LIBRARY}&number=0012345678&hand=typed`,
    arrive: looksUp,
  },
  {
    name: 'library-found-no-window',
    screen: 'service_id',
    query: `${AT_LIBRARY}&number=0012345678&hand=typed&handed=no_other_window`,
    arrive: async (clerk) => {
      await looksUp(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'library-found-not-handed',
    screen: 'service_id',
    query: `${AT_LIBRARY}&number=0012345678&hand=clipboard&handed=clipboard_absent`,
    arrive: async (clerk) => {
      await looksUp(clerk);
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  { name: 'library-not-registered', screen: 'service_id', query: AT_LIBRARY, arrive: looksUp },
  {
    name: 'library-settings-typed',
    screen: 'settings',
    query: `${AT_LIBRARY}&hand=typed`,
    arrive: async (clerk) => {
      await clerk.sees('service_menu');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.locator('#typed-pause').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'library-settings',
    screen: 'settings',
    query: `${AT_LIBRARY}&hand=file`,
    arrive: async (clerk) => {
      await clerk.sees('service_menu');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.getByRole('button', { name: /0000000000/ }).click();
    },
  },
];
