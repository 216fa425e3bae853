/** Every screen of the street's own software, and how its clerk gets there. */
import type { StreetDouble } from '../../../src/backend/double/street';
import type { Clerk } from './window';

export interface StreetPicture {
  name: string;
  screen: string;
  query?: string;
  arrive?: (clerk: Clerk) => Promise<void>;
}

export const street = <T>(clerk: Clerk, act: (double: StreetDouble) => T): Promise<T> =>
  clerk.page.evaluateHandle(() => window.street).then((double) => double.evaluate(act));

export const heard = (clerk: Clerk, command: string): Promise<unknown[]> =>
  clerk.page.evaluate(
    (name) => window.street.heard.filter((call) => call.command === name).map((call) => call.args),
    command,
  );

/** From the first field to the last, and Enter there. */
export const fillsIn = async (clerk: Clerk, texts: string[]) => {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await clerk.press('Tab');
    await clerk.page.keyboard.insertText(text);
  }
  await clerk.press('Enter');
};
export const toStreetForm = async (clerk: Clerk) => {
  await clerk.sees('register_terminal');
  await fillsIn(clerk, ['GINZA-03', 'ginza-2345', 'ginza-2345']);
  await clerk.sees('register_street');
};
export const toContact = async (clerk: Clerk) => {
  await toStreetForm(clerk);
  await fillsIn(clerk, ['川崎銀座街', '140002', '/media/usb/keys.toml', '/home/shop/merge']);
  await clerk.sees('register_contact');
};
export const toCheck = async (clerk: Clerk) => {
  await toContact(clerk);
  await fillsIn(clerk, [
    '小麦 花',
    'こむぎベーカリー',
    '210-8577',
    '神奈川県川崎市川崎区宮本町1',
    '044-200-2111',
    'komugi@example.jp',
  ]);
  await clerk.sees('register_check');
};
const toReceiving = async (clerk: Clerk) => {
  await clerk.sees('menu');
  await clerk.press('2');
  await clerk.sees('receiving');
};
export const receive = async (clerk: Clerk) => {
  await toReceiving(clerk);
  await clerk.press('Enter');
  await clerk.page.getByRole('table').waitFor();
};
/** One merge by its number, from the list of those in quarantine. */
export const toMerge = async (clerk: Clerk) => {
  await receive(clerk);
  await clerk.page
    .getByRole('button', { name: /^見る$|^Look$/ })
    .first()
    .click();
  await clerk.sees('merge');
  await clerk.page.getByText('G-1004502').waitFor();
};
/** The same, typed. */
export const toTypedMerge = (number: string) => async (clerk: Clerk) => {
  await receive(clerk);
  await clerk.page.getByRole('button', { name: /^取引済番号でさがす|^Find a transaction/ }).click();
  await clerk.sees('merge');
  await clerk.type(number);
  await clerk.press('Enter');
  await clerk.page.getByRole('definition').first().waitFor();
};
export const toAmount = (key: string) => async (clerk: Clerk) => {
  await clerk.sees('menu');
  await clerk.press(key);
  await clerk.sees('seek');
  await clerk.type('G-1004478');
  await clerk.press('Enter');
  await clerk.sees('amount');
};
export const toConfirm = async (clerk: Clerk) => {
  await toAmount('1')(clerk);
  await clerk.type('500');
  await clerk.press('Enter');
  await clerk.sees('confirm');
};
export const use = async (clerk: Clerk) => {
  await toConfirm(clerk);
  await clerk.press('Enter');
  await clerk.sees('done');
};
export const toToday = async (clerk: Clerk) => {
  await use(clerk);
  await clerk.press('Enter');
  await clerk.sees('menu');
  await clerk.press('7');
  await clerk.sees('today');
};
const toConfirmVoid = async (clerk: Clerk) => {
  await toToday(clerk);
  await clerk.page.getByRole('button', { name: /^取り消す|^Void/ }).click();
};
const toMember = async (clerk: Clerk) => {
  await use(clerk);
  await clerk.press('Enter');
  await clerk.sees('menu');
  await clerk.scans('G-1004478');
  await clerk.sees('member');
  await clerk.page.getByRole('table').waitFor();
};

/** Where a card is awaited, from the menu's first row. */
export const toCard = async (clerk: Clerk) => {
  await clerk.sees('menu');
  await clerk.press('1');
  await clerk.sees('seek');
  await clerk.press('F4');
  await clerk.sees('card');
};
export const toIds = async (clerk: Clerk) => {
  await clerk.sees('menu');
  await clerk.scans('G-1004478');
  await clerk.sees('member');
  await clerk.page.getByRole('button', { name: /^番号を直す|^Correct or add/ }).click();
  await clerk.sees('ids');
};
/** A card's number that was read for the wrong member. */
export const addsCard = async (clerk: Clerk) => {
  await toIds(clerk);
  await clerk.press('Enter');
  await clerk.sees('ids_add');
  await clerk.press('F4');
  await clerk.sees('card');
  await street(clerk, (double) => double.putsCard({ says: { kind: 'card', id: '0000980012345677' } }));
  await clerk.page.getByText('0000980012345677').waitFor();
  await clerk.press('Enter');
  await clerk.sees('ids');
};
const toPairing = async (clerk: Clerk) => {
  await clerk.sees('menu');
  await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
  await clerk.page.getByRole('button', { name: /^カードの読み取り|^Reading cards/ }).click();
  await clerk.sees('pairing');
};

export const STREET_GALLERY: StreetPicture[] = [
  { name: 'barred', screen: 'barred', query: 'place=barred' },
  { name: 'register', screen: 'register_terminal', query: 'place=unregistered' },
  {
    name: 'register-wrong',
    screen: 'register_terminal',
    query: 'place=unregistered',
    arrive: async (clerk) => {
      await clerk.sees('register_terminal');
      await clerk.press('Enter');
    },
  },
  { name: 'register-street', screen: 'register_street', query: 'place=unregistered', arrive: toStreetForm },
  { name: 'register-contact', screen: 'register_contact', query: 'place=unregistered', arrive: toContact },
  { name: 'register-check', screen: 'register_check', query: 'place=unregistered', arrive: toCheck },
  {
    name: 'register-refused',
    screen: 'register_check',
    query: 'place=unregistered&wrong=register_street:key_sheet_unreadable',
    arrive: async (clerk) => {
      await toCheck(clerk);
      await clerk.press('Enter');
      await clerk.page.getByText('G-107').waitFor();
    },
  },
  { name: 'sign-in', screen: 'sign_in', query: 'sign_in=needed' },
  { name: 'locked', screen: 'sign_in', query: 'sign_in=locked' },
  { name: 'menu', screen: 'menu' },
  {
    name: 'menu-came',
    screen: 'menu',
    query: 'charge',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await street(clerk, (double) => double.comes());
      await clerk.page.getByRole('status').first().waitFor();
    },
  },
  {
    name: 'menu-folder',
    screen: 'menu',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await street(clerk, (double) => double.folderIs('drop_folder_gone'));
      await clerk.page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'receiving', screen: 'receiving', arrive: toReceiving },
  { name: 'received', screen: 'receiving', arrive: receive },
  {
    name: 'merge',
    screen: 'merge',
    arrive: async (clerk) => {
      await toReceiving(clerk);
      await clerk.page.getByRole('button', { name: /^取引済番号でさがす|^Find a transaction/ }).click();
    },
  },
  { name: 'merge-received', screen: 'merge', arrive: toTypedMerge('20261120143000000001') },
  { name: 'merge-stranger', screen: 'merge', arrive: toMerge },
  { name: 'merge-unknown', screen: 'merge', arrive: toTypedMerge('20261120143100000009') },
  {
    name: 'merge-decline',
    screen: 'merge_decline',
    arrive: async (clerk) => {
      await toMerge(clerk);
      await clerk.page.getByRole('button', { name: /^断る|^Decline/ }).click();
    },
  },
  {
    name: 'merge-declined',
    screen: 'merge',
    arrive: async (clerk) => {
      await toMerge(clerk);
      await clerk.page.getByRole('button', { name: /^断る|^Decline/ }).click();
      await clerk.sees('merge_decline');
      await clerk.press('Enter');
      await clerk.page
        .getByText(/断りました|Declined/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'confirm-book-back',
    screen: 'confirm_void',
    arrive: async (clerk) => {
      await toTypedMerge('20261120143000000001')(clerk);
      await clerk.page.getByRole('button', { name: /^合算を戻す|^Book back/ }).click();
    },
  },
  {
    name: 'member-merged',
    screen: 'member',
    query: 'lines=1',
    arrive: async (clerk) => {
      await receive(clerk);
      await clerk.page.getByRole('button', { name: 'G-1004478' }).first().click();
      await clerk.page.getByRole('table').waitFor();
    },
  },
  {
    name: 'shop-keys',
    screen: 'shop',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.getByRole('button', { name: /^連絡先・|^Contact, / }).click();
      await clerk.sees('shop');
      await clerk.page.locator('#sheet').fill('/media/usb/keys.toml');
      await clerk.page.getByRole('button', { name: /^鍵を取り込む|^Take the keys/ }).click();
      await clerk.page.getByText(/前の鍵も|earlier key/).waitFor();
    },
  },
  {
    name: 'receiving-gone',
    screen: 'receiving',
    query: 'wrong=look_at_drop_folder:drop_folder_gone',
    arrive: toReceiving,
  },
  {
    name: 'seek-unknown',
    screen: 'seek',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await clerk.press('1');
      await clerk.sees('seek');
      await clerk.type('G-999');
      await clerk.press('Enter');
      await clerk.page.getByText('G-201').waitFor();
    },
  },
  { name: 'card-waits', screen: 'card', arrive: toCard },
  {
    name: 'card-nobodys',
    screen: 'card',
    arrive: async (clerk) => {
      await toCard(clerk);
      await street(clerk, (double) => double.putsCard({ says: { kind: 'mykey_id', id: '****MA78' } }));
      await clerk.page.getByText('****MA78').waitFor();
    },
  },
  {
    name: 'card-not-registered',
    screen: 'card',
    arrive: async (clerk) => {
      await toCard(clerk);
      await street(clerk, (double) => double.putsCard({ fails: 'no_number_of_this_street' }));
      await clerk.page.getByText('G-505').waitFor();
    },
  },
  {
    name: 'card-unpaired',
    screen: 'card',
    query: 'unpaired',
    arrive: async (clerk) => {
      await toCard(clerk);
      await clerk.page.getByText('G-501').waitFor();
    },
  },
  { name: 'ids', screen: 'ids', arrive: addsCard },
  {
    name: 'ids-add',
    screen: 'ids_add',
    arrive: async (clerk) => {
      await toIds(clerk);
      await clerk.press('Enter');
    },
  },
  {
    name: 'ids-correct',
    screen: 'ids_correct',
    arrive: async (clerk) => {
      await toIds(clerk);
      await clerk.page.getByRole('button', { name: /^直す|^Correct/ }).click();
    },
  },
  {
    name: 'ids-remove',
    screen: 'ids_remove',
    arrive: async (clerk) => {
      await addsCard(clerk);
      await clerk.page
        .getByRole('button', { name: /^なくす|^Remove/ })
        .last()
        .click();
    },
  },
  { name: 'pairing', screen: 'pairing', query: 'unpaired', arrive: toPairing },
  { name: 'pairing-paired', screen: 'pairing', arrive: toPairing },
  { name: 'amount-use', screen: 'amount', arrive: toAmount('1') },
  {
    name: 'amount-too-much',
    screen: 'amount',
    arrive: async (clerk) => {
      await toAmount('1')(clerk);
      await clerk.type('5000');
    },
  },
  { name: 'amount-ticket', screen: 'amount', arrive: toAmount('3') },
  { name: 'amount-purchase', screen: 'amount', arrive: toAmount('4') },
  { name: 'confirm', screen: 'confirm', arrive: toConfirm },
  { name: 'done', screen: 'done', arrive: use },
  { name: 'member', screen: 'member', arrive: toMember },
  {
    name: 'members',
    screen: 'members',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await clerk.press('5');
      await clerk.page.getByRole('table').waitFor();
    },
  },
  { name: 'today', screen: 'today', arrive: toToday },
  { name: 'confirm-void', screen: 'confirm_void', arrive: toConfirmVoid },
  {
    name: 'shop',
    screen: 'shop',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.getByRole('button', { name: /^連絡先・|^Contact, / }).click();
      await clerk.sees('shop');
      await clerk.press('Tab', 'Tab');
    },
  },
  {
    name: 'settings',
    screen: 'settings',
    arrive: async (clerk) => {
      await clerk.sees('menu');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
    },
  },
];

export async function arriveAtStreet({ screen, arrive }: StreetPicture, clerk: Clerk): Promise<void> {
  await arrive?.(clerk);
  await clerk.sees(screen);
}
