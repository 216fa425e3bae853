/** Every screen in every state worth looking at, and how a clerk gets there. */
import { DESK } from './desk';
import { PROGRAM_GALLERY } from './programGallery';
import { TRAINING_GALLERY } from './trainingGallery';
import { CLEARING_GALLERY } from './clearingGallery';
import { MERGING_GALLERY } from './mergingGallery';
import { NOTICES } from './noticeGallery';
import { SERVICE_IDS } from './serviceIdGallery';
import type { Clerk } from './window';

export interface Picture {
  name: string;
  screen: string;
  query?: string;
  arrive?: (clerk: Clerk) => Promise<void>;
}

const toAmount = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
};
const toConfirm = async (clerk: Clerk) => {
  await toAmount(clerk);
  await clerk.type('1500');
  await clerk.press('Enter');
  await clerk.sees('confirm');
};
const toAmountAboveTheLimit = async (clerk: Clerk) => {
  await toAmount(clerk);
  await clerk.type('3000');
  await clerk.press('ArrowDown');
  await clerk.type('500');
};
const toPin = async (clerk: Clerk) => {
  await toAmountAboveTheLimit(clerk);
  await clerk.press('Enter');
  await clerk.sees('confirm');
  await clerk.press('Enter');
  await clerk.sees('pin');
};
const use = async (clerk: Clerk) => {
  await toConfirm(clerk);
  await clerk.press('Enter');
};
const toVoidable = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.press('2');
  await clerk.page.getByRole('table').waitFor();
};
const toReceipt = async (clerk: Clerk) => {
  await toVoidable(clerk);
  await clerk.page
    .getByRole('button', { name: /^明細|^Receipt/ })
    .first()
    .click();
  await clerk.sees('receipt');
};
const toConfirmVoid = async (clerk: Clerk) => {
  await toVoidable(clerk);
  await clerk.page
    .getByRole('button', { name: /^取り消す|^Void/ })
    .first()
    .click();
  await clerk.sees('confirm_void');
};
const withCard = (card: string) => async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('card');
  await clerk.putsCard(card);
};
const toDoctor = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.press('F2');
};
const toScannerTest = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
  await clerk.page.getByRole('button', { name: /スキャナーをためす|Try the scanner/ }).click();
};
const toCardDescriptions = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
  await clerk.page.getByRole('button', { name: /カードの読み方|Card descriptions/ }).click();
  await clerk.sees('card_descriptions');
};
const withFelica = async (clerk: Clerk) => {
  await toCardDescriptions(clerk);
  await clerk.putsCard('felica');
  await clerk.page.locator('.met').waitFor();
};
const signUp = async (clerk: Clerk) => {
  await clerk.sees('register');
  await clerk.type('14130001');
  await clerk.press('Tab');
  await clerk.type('k7mw3pxrd');
  await clerk.press('Enter');
};

export const GALLERY: Picture[] = [
  { name: 'opening-failed', screen: 'opening', query: 'open=vault_absent' },
  { name: 'register', screen: 'register', query: 'place=unregistered&network=looking' },
  {
    name: 'register-empty-sent',
    screen: 'register',
    query: 'place=unregistered',
    arrive: async (clerk) => {
      await clerk.sees('register');
      await clerk.press('Enter');
    },
  },
  { name: 'register-refused', screen: 'register', query: 'place=unregistered&sign_up=wrong_password', arrive: signUp },
  { name: 'contact', screen: 'contact', query: 'place=unregistered', arrive: signUp },
  {
    name: 'contact-wrong',
    screen: 'contact',
    query: 'place=providers',
    arrive: async (clerk) => {
      await signUp(clerk);
      await clerk.sees('contact');
      await clerk.press('Enter');
    },
  },
  {
    name: 'registered',
    screen: 'registered',
    query: 'place=unregistered',
    arrive: async (clerk) => {
      await signUp(clerk);
      await clerk.sees('contact');
      for (const text of [
        '山田太郎',
        '',
        '2108577',
        '神奈川県川崎市川崎区宮本町1',
        '044-200-2111',
        'yamada@example.jp',
      ]) {
        // The shop's name is filled in already.
        if (text !== '') await clerk.page.keyboard.insertText(text);
        await clerk.press('Tab');
      }
      await clerk.press('Shift+Tab', 'Enter');
    },
  },
  { name: 'sign-in', screen: 'sign_in', query: 'sign_in=needed' },
  { name: 'sign-in-name', screen: 'sign_in', query: 'sign_in=needed&staff=required' },
  {
    name: 'sign-in-wrong',
    screen: 'sign_in',
    query: 'sign_in=needed&staff=optional&sign_up=password_slowed',
    arrive: async (clerk) => {
      await clerk.sees('sign_in');
      await clerk.press('Tab', 'Tab', 'Tab');
      await clerk.type('k7mw3pxrd');
      await clerk.press('Enter');
      await clerk.page.getByText('T-102').waitFor();
    },
  },
  {
    name: 'locked',
    screen: 'sign_in',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('F9');
    },
  },
  { name: 'barred-changed', screen: 'barred', query: 'place=fingerprint_changed' },
  { name: 'barred-damaged', screen: 'barred', query: 'place=store_damaged' },
  { name: 'home-staff', screen: 'home', query: 'staff=required' },
  { name: 'home', screen: 'home', query: 'clock_off=-180' },
  {
    name: 'home-after-a-use',
    screen: 'home',
    query: 'last=done',
    arrive: async (clerk) => {
      await clerk.sees('last_operation');
      await clerk.press('Enter');
    },
  },
  { name: 'home-new', screen: 'home', query: 'today=none&reader=looking' },
  { name: 'home-library', screen: 'service_menu', query: 'place=library' },
  {
    name: 'card',
    screen: 'card',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('1');
    },
  },
  {
    name: 'card-reading',
    screen: 'card',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.world((double) => double.holdReading());
    },
  },
  { name: 'card-removed', screen: 'card', arrive: withCard('card_removed') },
  { name: 'reader-other-card', screen: 'reader_doctor', arrive: withCard('felica') },
  { name: 'reader-busy', screen: 'reader_doctor', arrive: withCard('card_busy') },
  { name: 'reader-mute', screen: 'reader_doctor', arrive: withCard('card_unresponsive') },
  { name: 'card-without-mykey-id', screen: 'card', arrive: withCard('card_without_mykey_id') },
  {
    name: 'reader-none',
    screen: 'reader_doctor',
    query: 'reader=reader_absent',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('1');
    },
  },
  { name: 'reader-service', screen: 'reader_doctor', query: 'reader=card_service_absent', arrive: toDoctor },
  { name: 'reader-driver', screen: 'reader_doctor', query: 'reader=without_driver', arrive: toDoctor },
  { name: 'reader-two', screen: 'reader_doctor', query: 'reader=two', arrive: toDoctor },
  {
    name: 'reader-last-try',
    screen: 'reader_doctor',
    arrive: async (clerk) => {
      await toDoctor(clerk);
      await clerk.putsCard('last_try');
      await clerk.page.getByText(/あと1回です|one try left/).waitFor();
    },
  },
  {
    name: 'reader-tries',
    screen: 'reader_doctor',
    arrive: async (clerk) => {
      await toDoctor(clerk);
      await clerk.putsCard();
      await clerk.page.getByRole('button', { name: /暗証番号の残り回数|PIN tries left/ }).click();
      await clerk.page.getByText(/あと3回|3 left/).waitFor();
    },
  },
  {
    name: 'reader-details',
    screen: 'reader_doctor',
    arrive: async (clerk) => {
      await toDoctor(clerk);
      await clerk.page.getByRole('button', { name: /くわしい情報|Details/ }).click();
      await clerk.page.getByRole('button', { name: /コピーする|Copy/ }).click();
    },
  },
  { name: 'amount', screen: 'amount', arrive: toAmount },
  {
    name: 'amount-several',
    screen: 'amount',
    query: 'accounts=3',
    arrive: async (clerk) => {
      await toAmount(clerk);
      await clerk.type('1500');
    },
  },
  {
    name: 'amount-too-much',
    screen: 'amount',
    query: 'accounts=2',
    arrive: async (clerk) => {
      await toAmount(clerk);
      await clerk.type('4000');
    },
  },
  { name: 'amount-nothing-usable', screen: 'amount', query: 'accounts=0', arrive: toAmount },
  { name: 'confirm', screen: 'confirm', arrive: toConfirm },
  {
    name: 'confirm-several',
    screen: 'confirm',
    query: 'accounts=2',
    arrive: async (clerk) => {
      await toAmount(clerk);
      await clerk.type('1500');
      await clerk.press('ArrowDown');
      await clerk.type('800');
      await clerk.press('Enter');
    },
  },
  {
    name: 'confirm-waiting',
    screen: 'confirm',
    query: 'use=never',
    arrive: async (clerk) => {
      await use(clerk);
      await clerk.page.clock.runFor(3500);
    },
  },
  { name: 'amount-pin', screen: 'amount', query: 'accounts=2', arrive: toAmountAboveTheLimit },
  {
    name: 'confirm-pin',
    screen: 'confirm',
    query: 'accounts=2',
    arrive: async (clerk) => {
      await toAmountAboveTheLimit(clerk);
      await clerk.press('Enter');
    },
  },
  { name: 'pin', screen: 'pin', query: 'accounts=2', arrive: toPin },
  {
    name: 'pin-typed',
    screen: 'pin',
    query: 'accounts=2&use=never',
    arrive: async (clerk) => {
      await toPin(clerk);
      await clerk.type('12');
    },
  },
  {
    name: 'pin-signing',
    screen: 'pin',
    query: 'accounts=2&use=never',
    arrive: async (clerk) => {
      await toPin(clerk);
      await clerk.type('1234');
      await clerk.press('Enter');
      await clerk.page.clock.runFor(3500);
    },
  },
  {
    name: 'pin-wrong',
    screen: 'pin',
    query: 'accounts=2',
    arrive: async (clerk) => {
      await toPin(clerk);
      await clerk.type('0000');
      await clerk.press('Enter');
      await clerk.page.getByText('C-110').waitFor();
    },
  },
  { name: 'pin-last-try', screen: 'pin', query: 'accounts=2&tries=1', arrive: toPin },
  {
    name: 'pin-card-away',
    screen: 'pin',
    query: 'accounts=2',
    arrive: async (clerk) => {
      await toPin(clerk);
      await clerk.world((double) => double.takeCard());
      await clerk.page.getByText('C-117').waitFor();
    },
  },
  {
    name: 'pin-locked',
    screen: 'refused',
    query: 'accounts=2&tries=0',
    arrive: async (clerk) => {
      await toAmountAboveTheLimit(clerk);
      await clerk.press('Enter');
      await clerk.sees('confirm');
      await clerk.press('Enter');
    },
  },
  { name: 'phone-pin', screen: 'phone_pin', arrive: withCard('phone') },
  { name: 'result', screen: 'result', arrive: use },
  {
    name: 'result-printed',
    screen: 'result',
    arrive: async (clerk) => {
      await use(clerk);
      await clerk.sees('result');
      await clerk.world((double) => double.takeCard());
      await clerk.press('p');
      await clerk.page.getByText('receipts').waitFor();
    },
  },
  {
    name: 'result-print-failed',
    screen: 'result',
    query: 'print=printer_refused',
    arrive: async (clerk) => {
      await use(clerk);
      await clerk.sees('result');
      await clerk.press('p');
    },
  },
  { name: 'refused', screen: 'refused', query: 'use=insufficient', arrive: use },
  { name: 'refused-expired', screen: 'refused', query: 'use=visit_expired', arrive: use },
  { name: 'checking-now', screen: 'last_operation', query: 'use=checking&network=cloud_unreachable', arrive: use },
  { name: 'last-done', screen: 'last_operation', query: 'last=done' },
  { name: 'last-void', screen: 'last_operation', query: 'last=void' },
  { name: 'last-not-done', screen: 'last_operation', query: 'last=not_done' },
  { name: 'last-checking', screen: 'last_operation', query: 'last=checking&network=cloud_unreachable' },
  { name: 'last-refused', screen: 'last_operation', query: 'last=insufficient' },
  { name: 'voidable', screen: 'voidable', arrive: toVoidable },
  {
    name: 'voidable-none',
    screen: 'voidable',
    query: 'today=none',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('2');
    },
  },
  {
    name: 'voidable-failed',
    screen: 'voidable',
    query: 'today=failed&network=cloud_unreachable',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('2');
    },
  },
  { name: 'receipt', screen: 'receipt', arrive: toReceipt },
  { name: 'receipt-58', screen: 'receipt', query: 'roll=mm58', arrive: toReceipt },
  { name: 'result-58', screen: 'result', query: 'roll=mm58', arrive: use },
  {
    name: 'receipt-printed-again',
    screen: 'receipt',
    arrive: async (clerk) => {
      await toReceipt(clerk);
      await clerk.press('Enter');
      await clerk.page.getByText('receipts').waitFor();
      await clerk.press('Enter');
      await clerk.page.getByText(/再発行 1|reprint 1/i).waitFor();
    },
  },
  { name: 'confirm-void', screen: 'confirm_void', arrive: toConfirmVoid },
  {
    name: 'result-void',
    screen: 'result',
    arrive: async (clerk) => {
      await toConfirmVoid(clerk);
      await clerk.press('Enter');
    },
  },
  {
    name: 'refused-void',
    screen: 'refused',
    query: 'void=already_voided',
    arrive: async (clerk) => {
      await toConfirmVoid(clerk);
      await clerk.press('Enter');
    },
  },
  {
    name: 'totals',
    screen: 'totals',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('3');
    },
  },
  {
    name: 'totals-between-none',
    screen: 'totals',
    query: 'today=none',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('3');
      await clerk.page.locator('input[name="period"]').last().check();
    },
  },
  {
    name: 'display',
    screen: 'display',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /文字・表示|Text & display/ }).click();
    },
  },
  {
    name: 'settings',
    screen: 'settings',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
    },
  },
  {
    name: 'settings-monitor-gone',
    screen: 'settings',
    query: 'resident=monitor_gone',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.getByText(/L-506/).waitFor();
    },
  },
  ...TRAINING_GALLERY,
  ...PROGRAM_GALLERY,
  ...CLEARING_GALLERY,
  { name: 'card-descriptions', screen: 'card_descriptions', arrive: toCardDescriptions },
  {
    name: 'card-descriptions-none',
    screen: 'card_descriptions',
    query: 'descriptions=none',
    arrive: toCardDescriptions,
  },
  { name: 'card-descriptions-card', screen: 'card_descriptions', query: 'descriptions=wrong', arrive: withFelica },
  { name: 'card-descriptions-two', screen: 'card_descriptions', query: 'descriptions=two', arrive: withFelica },
  {
    name: 'card-descriptions-unread',
    screen: 'card_descriptions',
    arrive: async (clerk) => {
      await toCardDescriptions(clerk);
      await clerk.putsCard('sample');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  { name: 'scanner-test', screen: 'scanner_test', arrive: toScannerTest },
  {
    name: 'scanner-test-read',
    screen: 'scanner_test',
    arrive: async (clerk) => {
      await toScannerTest(clerk);
      await clerk.scans('141305-0012-3456-7890');
      await clerk.page.getByText('141305-0012-3456-7890').waitFor();
    },
  },
  {
    name: 'settings-receipt-printer',
    screen: 'settings',
    query: 'print=paper_out',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.getByRole('radio', { name: /レシートプリンター|Receipt printer/ }).check();
      await clerk.page.locator('#host').fill('192.0.2.10');
      await clerk.page.getByRole('button', { name: /ためしに印刷|Print a test/ }).click();
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'settings-ticket-printer',
    screen: 'settings',
    query: 'print=printer_refused',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
      await clerk.page.getByRole('radio', { name: /^A4/ }).check();
      await clerk.page.getByRole('button', { name: /見本の券|sample ticket/ }).click();
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'help',
    screen: 'help',
    query: 'reader=reader_absent',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('F1');
    },
  },
  ...DESK,
  ...SERVICE_IDS,
  ...NOTICES,
  ...MERGING_GALLERY,
];

/** Goes to a picture's screen. */
export async function arriveAt(picture: Picture, clerk: Clerk): Promise<void> {
  await picture.arrive?.(clerk);
  await clerk.sees(picture.screen);
  if (picture.screen === 'reader_doctor') await clerk.page.locator('[aria-current]').waitFor();
}
