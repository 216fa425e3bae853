/** ほかのプログラム, at each of its steps. */
import type { Picture } from './gallery';
import type { Clerk } from './window';

const toPrograms = async (clerk: Clerk) => {
  await clerk.sees('service_menu');
  await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
  await clerk.page.getByRole('button', { name: /ほかのプログラム|Other programs/ }).click();
  await clerk.sees('programs');
};
const toForm = async (clerk: Clerk) => {
  await toPrograms(clerk);
  await clerk.page.getByRole('button', { name: /プログラムをつなぐ|Pair a program/ }).click();
  await clerk.page.locator('#program-name').fill('蔵書検索');
  await clerk.page.getByRole('radio', { name: /ウェブのページ|A web page/ }).check();
  await clerk.page.locator('#page-origin').fill('https://library.example.jp');
};

export const PROGRAM_GALLERY: Picture[] = [
  { name: 'programs-off', screen: 'programs', query: 'place=library&programs=none', arrive: toPrograms },
  { name: 'programs', screen: 'programs', query: 'place=library&bridge=open', arrive: toPrograms },
  { name: 'programs-taken', screen: 'programs', query: 'place=library&bridge=port_taken', arrive: toPrograms },
  { name: 'programs-form', screen: 'programs', query: 'place=library&bridge=open', arrive: toForm },
  {
    name: 'programs-code',
    screen: 'programs',
    query: 'place=library&bridge=open',
    arrive: async (clerk) => {
      await toForm(clerk);
      await clerk.press('Enter');
      await clerk.page.getByText('482 913').waitFor();
    },
  },
  {
    name: 'programs-mykey-ids',
    screen: 'programs',
    query: 'place=library&bridge=open&mykey_ids',
    arrive: toPrograms,
  },
  {
    name: 'programs-mykey-ids-form',
    screen: 'programs',
    query: 'place=library&bridge=open&mykey_ids',
    arrive: toForm,
  },
  {
    name: 'programs-mykey-ids-code',
    screen: 'programs',
    query: 'place=library&bridge=open&mykey_ids',
    arrive: async (clerk) => {
      await toForm(clerk);
      await clerk.page.getByRole('radio', { name: /マイキーID|MyKey ID/ }).check();
      await clerk.page.getByRole('button', { name: /つなぐ番号を出す|Show the code/ }).click();
      await clerk.page.getByText('482 913').waitFor();
    },
  },
  {
    name: 'programs-unpair',
    screen: 'programs',
    query: 'place=library&bridge=open',
    arrive: async (clerk) => {
      await toPrograms(clerk);
      await clerk.page
        .getByRole('button', { name: /はずす|Remove/ })
        .first()
        .click();
      await clerk.page.getByRole('alert').waitFor();
    },
  },
];
