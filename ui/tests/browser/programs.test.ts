/** ほかのプログラム: allowed, paired by a code, removed, by the keyboard alone. */
import { expect, test } from 'vitest';
import { type Clerk, windows } from './support/window';

const open = windows();

async function toPrograms(query: string): Promise<Clerk> {
  const clerk = await open(`place=library&${query}`);
  await clerk.sees('service_menu');
  await clerk.page.getByRole('button', { name: '設定', exact: true }).press('Enter');
  await clerk.sees('settings');
  await clerk.page.getByRole('button', { name: 'ほかのプログラム' }).press('Enter');
  await clerk.sees('programs');
  return clerk;
}

test('a clerk allows it, pairs a program by its code, and sees it in the list', async () => {
  const clerk = await toPrograms('programs=none');
  await clerk.page.getByText('使っていません').waitFor();
  await clerk.press('Enter');
  await clerk.page.getByText('http://127.0.0.1:24725').waitFor();
  await clerk.press('Enter');
  await clerk.page.getByLabel('名前').fill('図書館システム');
  await clerk.press('Enter');
  await clerk.page.getByText('482 913').waitFor();
  expect(await clerk.heard('offer_pairing')).toEqual([
    { name: '図書館システム', origin: null, learns: 'customer_number', own_cards: false },
  ]);
  await clerk.world((double) => double.programs.says(false));
  await clerk.page.getByText('2回まで', { exact: false }).waitFor();
  await clerk.world((double) => double.programs.says(true));
  await clerk.page.getByText('「図書館システム」をつなぎました。').waitFor();
  await clerk.page.getByText('まだたずねていません', { exact: false }).waitFor();
});

test('a code that was tried too often is said to be no longer good', async () => {
  const clerk = await toPrograms('bridge=open&programs=none');
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  await clerk.page.getByLabel('名前').fill('図書館システム');
  await clerk.press('Enter');
  await clerk.page.getByText('482 913').waitFor();
  for (let tried = 0; tried < 3; tried += 1) await clerk.world((double) => double.programs.says(false));
  await clerk.page.getByText('つなぐ番号は、使えなくなりました', { exact: false }).waitFor();
});

test('a page is paired by its origin, and what is none is said', async () => {
  const clerk = await toPrograms('bridge=open');
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  await clerk.page.getByLabel('名前').fill('蔵書検索');
  await clerk.page.getByRole('radio', { name: 'ウェブのページ' }).check();
  await clerk.page.getByLabel('ページの場所').fill('https://library.example.jp/opac');
  await clerk.press('Enter');
  await clerk.page.getByText('B-807').waitFor();
  await clerk.page.getByLabel('ページの場所').fill('https://library.example.jp');
  await clerk.press('Enter');
  await clerk.page.getByText('482 913').waitFor();
  await clerk.press('Escape');
  await expect.poll(async () => (await clerk.heard('withdraw_pairing')).length).toBe(1);
});

test('a program is removed after a second look', async () => {
  const clerk = await toPrograms('bridge=open');
  await clerk.page.getByRole('button', { name: 'はずす' }).first().press('Enter');
  await clerk.page.getByText('「図書館システム」をはずしますか', { exact: false }).waitFor();
  expect(await clerk.heard('unpair')).toEqual([]);
  await clerk.page.getByRole('button', { name: 'はずす', exact: true }).first().press('Enter');
  await expect.poll(async () => await clerk.heard('unpair')).toEqual([{ pairing: 1 }]);
  await clerk.page.getByText('図書館システム', { exact: true }).waitFor({ state: 'detached' });
});

test('a port that somebody else occupies is said', async () => {
  const clerk = await toPrograms('bridge=port_taken');
  await clerk.page.getByText('別のプログラムが、つなぎ口を使っています', { exact: false }).waitFor();
});

test('it starts with the PC where the clerk chooses so, and as before where that is not kept', async () => {
  const clerk = await toPrograms('bridge=open');
  await clerk.page.getByRole('radio', { name: 'パソコンと一緒に始める' }).check();
  await expect
    .poll(async () => await clerk.heard('save_settings'))
    .toEqual([expect.objectContaining({ bridge: true, start_with_pc: true })]);
  await clerk.world((double) => (double.scenario.save = 'store_not_writable'));
  await clerk.page.getByRole('radio', { name: '開いたときだけ' }).press('Space');
  await clerk.page.getByRole('alert').waitFor();
  expect(await clerk.page.getByRole('radio', { name: 'パソコンと一緒に始める' }).isChecked()).toBe(true);
});

test('at a provider that keeps MyKey IDs the clerk chooses what a program learns, and sees it ever after', async () => {
  const clerk = await toPrograms('bridge=open&mykey_ids&programs=none');
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  await clerk.page.getByLabel('名前').fill('商店街ポイント');
  expect(await clerk.page.getByRole('radio', { name: '利用カード番号' }).isChecked()).toBe(true);
  await clerk.page.getByRole('radio', { name: 'マイキーID' }).check();
  await clerk.page.getByRole('button', { name: 'つなぐ番号を出す' }).press('Enter');
  await clerk.page.getByText('482 913').waitFor();
  await clerk.page.getByText('渡すもの：マイキーID').waitFor();
  expect(await clerk.heard('offer_pairing')).toEqual([
    { name: '商店街ポイント', origin: null, learns: 'mykey_id', own_cards: false },
  ]);
  await clerk.world((double) => double.programs.says(true));
  await clerk.page.getByText('「商店街ポイント」をつなぎました。').waitFor();
  await clerk.page.getByText('渡すもの：マイキーID').waitFor();
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  expect(await clerk.page.getByLabel('名前').inputValue()).toBe('');
  expect(await clerk.page.getByRole('radio', { name: '利用カード番号' }).isChecked()).toBe(true);
});

test('everywhere else nobody can choose MyKey IDs, and what is passed on is said', async () => {
  const clerk = await toPrograms('bridge=open&programs=none');
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  await clerk.page.getByText('渡すもの：利用カード番号').waitFor();
  expect(await clerk.page.getByRole('radio', { name: 'マイキーID' }).count()).toBe(0);
});

test('only where the clerk says so a program may have the numbers on own cards, which is said ever after', async () => {
  const clerk = await toPrograms('bridge=open&programs=none');
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  await clerk.page.getByLabel('名前').fill('会員システム');
  expect(await clerk.page.getByRole('radio', { name: 'マイナンバーカードだけ' }).isChecked()).toBe(true);
  await clerk.page.getByRole('radio', { name: '利用カードも' }).check();
  await clerk.page.getByRole('button', { name: 'つなぐ番号を出す' }).press('Enter');
  await clerk.page.getByText('渡すもの：利用カード番号、利用カードから読んだ番号').waitFor();
  expect(await clerk.heard('offer_pairing')).toEqual([
    { name: '会員システム', origin: null, learns: 'customer_number', own_cards: true },
  ]);
  await clerk.world((double) => double.programs.says(true));
  await clerk.page.getByText('「会員システム」をつなぎました。').waitFor();
  await clerk.page.getByText('渡すもの：利用カード番号、利用カードから読んだ番号').waitFor();
  await clerk.page.getByRole('button', { name: 'プログラムをつなぐ' }).press('Enter');
  expect(await clerk.page.getByRole('radio', { name: 'マイナンバーカードだけ' }).isChecked()).toBe(true);
});

test('the reader doctor says that the port is taken, beside what it finds', async () => {
  const clerk = await open('place=library&bridge=port_taken');
  await clerk.sees('service_menu');
  await clerk.press('F2');
  await clerk.sees('reader_doctor');
  await clerk.page.getByText('別のプログラムが使っています', { exact: false }).waitFor();
});
