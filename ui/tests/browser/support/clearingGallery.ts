/** Every screen of clearing in every state worth looking at. */
import type { Picture } from './gallery';
import type { Clerk } from './window';

const toPile = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /ポイント券消込|Clear tickets/ }).click();
  await clerk.sees('scanning');
};
/** Scans so many tickets; the double has thought about the last one when this is over. */
const scanTickets = (count: number) => async (clerk: Clerk) => {
  await toPile(clerk);
  for (let ticket = 1; ticket <= count; ticket += 1) {
    await clerk.scans(`T1.141305.20865531904${ticket}.7.0123456789ABCDEF`);
    await clerk.page.getByText(`2086 5531 904${ticket}`).first().waitFor();
  }
};
const toTypedTicket = async (clerk: Clerk) => {
  await toPile(clerk);
  await clerk.type('208655319047');
  await clerk.press('Enter');
  await clerk.sees('typed_ticket');
};
const toTakeBack = async (clerk: Clerk) => {
  await toPile(clerk);
  await clerk.press('F8');
};
const toPileCheck = async (clerk: Clerk) => {
  await toPile(clerk);
  await clerk.press('F12');
  await clerk.sees('pile_check');
};

const toPiles = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /終えた束を見る|Show finished piles/ }).click();
  await clerk.sees('piles');
};

const toScansOfAPile = async (clerk: Clerk) => {
  await toPiles(clerk);
  await clerk.page
    .getByRole('button', { name: /^見る|^Show/ })
    .last()
    .click();
  await clerk.sees('pile_done');
  await clerk.page.getByRole('button', { name: /読み取った券を見る|See the scanned/ }).click();
  await clerk.sees('scans');
};

export const CLEARING_GALLERY: Picture[] = [
  { name: 'home-clearing', screen: 'home', query: 'place=clearing&pile=8' },
  { name: 'home-clearing-found-later', screen: 'home', query: 'place=clearing&found_later=2' },
  {
    name: 'found-later',
    screen: 'found_later',
    query: 'place=clearing&found_later=3',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^見る$|^Show$/ }).click();
    },
  },
  {
    name: 'found-later-both',
    screen: 'found_later',
    query: 'place=clearing&found_later=2&found_later_back=1',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^見る$|^Show$/ }).click();
    },
  },
  {
    name: 'clearing-sites',
    screen: 'clearing_sites',
    query: 'place=clearing',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('1');
      await clerk.page.locator('#search').waitFor();
    },
  },
  {
    name: 'clearing-sites-found',
    screen: 'clearing_sites',
    query: 'place=clearing',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('1');
      await clerk.page.locator('#search').fill('や');
      await clerk.page.getByText(/見つかったお店|Found:/).waitFor();
    },
  },
  {
    name: 'clearing-sites-failed',
    screen: 'clearing_sites',
    query: 'place=clearing&sites=cloud_unreachable',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('1');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  { name: 'scanning-empty', screen: 'scanning', arrive: toPile },
  { name: 'scanning', screen: 'scanning', query: 'place=clearing&pile=9', arrive: toPile },
  { name: 'scanning-cleared', screen: 'scanning', query: 'place=clearing&pile=7', arrive: scanTickets(1) },
  {
    name: 'scanning-refused',
    screen: 'scanning',
    query: 'place=clearing&pile=7&clear=ticket_cleared',
    arrive: scanTickets(1),
  },
  {
    name: 'scanning-forged',
    screen: 'scanning',
    query: 'clear=ticket_elsewhere',
    arrive: scanTickets(2),
  },
  { name: 'scanning-under-way', screen: 'scanning', query: 'pile=2&clear=held', arrive: scanTickets(1) },
  { name: 'scanning-dead-line', screen: 'scanning', query: 'pile=9&clear=dead', arrive: scanTickets(3) },
  {
    name: 'scanning-locked',
    screen: 'scanning',
    query: 'place=clearing&pile=4&clear=ticket_guessing_locked',
    arrive: async (clerk) => {
      await toPile(clerk);
      // What is not tried is not kept: no number stands there.
      await clerk.scans('208655319041');
      await clerk.page.locator('[data-tone="stop"]').waitFor();
    },
  },
  {
    name: 'scanning-not-a-ticket',
    screen: 'scanning',
    query: 'pile=3',
    arrive: async (clerk) => {
      await toPile(clerk);
      await clerk.scans('https://example.jp/menu');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'scanning-again',
    screen: 'scanning',
    query: 'pile=4',
    arrive: async (clerk) => {
      await toPile(clerk);
      await clerk.scans('7713 0082 4619');
      await clerk.page.locator('[data-tone="check"]').waitFor();
    },
  },
  { name: 'typed-ticket', screen: 'typed_ticket', query: 'place=clearing&pile=1', arrive: toTypedTicket },
  {
    name: 'typed-ticket-refused',
    screen: 'typed_ticket',
    query: 'pile=1&clear=ticket_cleared',
    arrive: toTypedTicket,
  },
  {
    name: 'scans',
    screen: 'scans',
    query: 'place=clearing&pile=30',
    arrive: async (clerk) => {
      await toPile(clerk);
      await clerk.page.getByRole('button', { name: /ほか 23枚を見る|Show 23 more/ }).click();
    },
  },
  { name: 'take-back', screen: 'take_back', query: 'place=clearing&pile=8', arrive: toTakeBack },
  {
    name: 'taken-back',
    screen: 'scanning',
    query: 'pile=5',
    arrive: async (clerk) => {
      await toTakeBack(clerk);
      await clerk.press('Enter');
      await clerk.sees('scanning');
      await clerk.page.locator('[data-tone="check"]').waitFor();
    },
  },
  { name: 'pile-check', screen: 'pile_check', query: 'place=clearing&pile=9', arrive: toPileCheck },
  {
    name: 'pile-check-waiting',
    screen: 'pile_check',
    query: 'pile=4&clear=dead',
    arrive: async (clerk) => {
      await scanTickets(3)(clerk);
      await clerk.press('F12');
    },
  },
  {
    name: 'pile-done',
    screen: 'pile_done',
    query: 'place=clearing&pile=9',
    arrive: async (clerk) => {
      await toPileCheck(clerk);
      await clerk.press('Enter');
    },
  },
  { name: 'home-clearing-piles', screen: 'home', query: 'place=clearing&piles=3' },
  { name: 'piles', screen: 'piles', query: 'place=clearing&piles=11', arrive: toPiles },
  { name: 'piles-none', screen: 'piles', query: 'place=clearing', arrive: toPiles },
  {
    name: 'pile-found-again',
    screen: 'pile_done',
    query: 'place=clearing&piles=11',
    arrive: async (clerk) => {
      await toPiles(clerk);
      await clerk.page
        .getByRole('button', { name: /^見る|^Show/ })
        .first()
        .click();
      await clerk.sees('pile_done');
      await clerk.scans('7713 0082 4619');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'pile-found-scans',
    screen: 'scans',
    query: 'place=clearing&piles=4',
    arrive: toScansOfAPile,
  },
  {
    name: 'pile-found-taken-back',
    screen: 'pile_done',
    query: 'place=clearing&piles=4',
    arrive: async (clerk) => {
      await toScansOfAPile(clerk);
      await clerk.page
        .getByRole('button', { name: /^戻す|^Take back/ })
        .first()
        .click();
      await clerk.sees('take_back');
      await clerk.press('Enter');
      await clerk.sees('scans');
      await clerk.page
        .getByText(/^戻しました$|^taken back$/)
        .first()
        .waitFor({ state: 'attached' });
      await clerk.press('Escape');
    },
  },
  {
    name: 'scans-waiting',
    screen: 'scans',
    query: 'pile=4&clear=dead',
    arrive: async (clerk) => {
      await scanTickets(2)(clerk);
      await clerk.page.getByRole('button', { name: /^読み取った券|^Scanned tickets/ }).click();
    },
  },
  {
    name: 'found-later-cleared',
    screen: 'found_later',
    query: 'place=clearing&found_later_cleared=2',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /^見る$|^Show$/ }).click();
    },
  },
  { name: 'home-found-later-cleared', screen: 'home', query: 'place=clearing&found_later_cleared=2' },
  {
    name: 'day-confirm-open-pile',
    screen: 'confirm_close',
    query: 'pile=3&clear=dead',
    arrive: async (clerk) => {
      await scanTickets(2)(clerk);
      await clerk.press('Escape');
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /日計|Day close/ }).click();
      await clerk.sees('day');
      await clerk.press('Enter');
    },
  },
  {
    name: 'day-open-pile',
    screen: 'day',
    query: 'pile=3&clear=dead',
    arrive: async (clerk) => {
      await scanTickets(2)(clerk);
      await clerk.press('Escape');
      await clerk.sees('home');
      await clerk.page.getByRole('button', { name: /日計|Day close/ }).click();
    },
  },
  {
    name: 'sites-scanned-too-early',
    screen: 'clearing_sites',
    query: 'place=clearing',
    arrive: async (clerk) => {
      await clerk.sees('home');
      await clerk.press('1');
      await clerk.sees('clearing_sites');
      await clerk.scans('7713 0082 4619');
      await clerk.page.getByRole('alert').waitFor();
    },
  },
];
