/** What a clerk does, by keyboard alone. */
import { describe, expect, test } from 'vitest';
import { FULL, windows } from './support/window';

const open = windows();

const focused = (clerk: Awaited<ReturnType<typeof open>>) =>
  clerk.page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id || '');

test('a new PC is registered and the first customer pays with points', async () => {
  const clerk = await open('place=unregistered');
  await clerk.sees('register');
  expect(await clerk.reads()).toContain('様式Ⅱ');
  await clerk.type('1413 0001');
  await clerk.press('Tab');
  await clerk.type('k7mw3pxrd');
  await clerk.press('Enter');

  await clerk.sees('contact');
  await clerk.type('Yamada');
  await clerk.press('Tab', 'Tab');
  await clerk.type('２１０－８５７７');
  await clerk.press('Tab');
  await clerk.type('川崎区宮本町1');
  await clerk.press('Tab');
  await clerk.type('044-200-2111');
  await clerk.press('Tab');
  await clerk.type('yamada@example.jp');
  await clerk.press('Enter');
  await clerk.sees('registered');
  expect(await clerk.heard('register_terminal')).toMatchObject([
    { contact: { shop_name: 'やまだ八百屋', postal_code: '2108577', phone: '044-200-2111', id_provider: null } },
  ]);

  await clerk.press('Enter');
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('card');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('1500');
  expect(await clerk.page.locator('#amount').inputValue()).toBe('1,500');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  expect(await clerk.reads()).toContain('まだポイントは動いていません');
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await clerk.reads()).toContain('1,500ポイントを使いました');
  expect(await clerk.heard('use_points')).toEqual([
    { visit: 1, parts: [{ currency: { book: '141305', number: 1 }, typed: '1500' }] },
  ]);

  await clerk.press('p');
  await clerk.page.getByText('印刷しました').waitFor();
  await clerk.press('Enter');
  await clerk.sees('home');
  expect(await clerk.heard('acknowledge_last_operation')).toHaveLength(1);
  expect(await clerk.reads('aside')).toContain('成立しています');
});

test('the last receipt is printed again from the first screen, and nothing else happens', async () => {
  const clerk = await open('last=done');
  await clerk.sees('last_operation');
  await clerk.press('p');
  await clerk.page.getByText('印刷しました').waitFor();
  await clerk.press('Enter');
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '内容と明細を見る' }).focus();
  await clerk.press('Enter');
  await clerk.sees('last_operation');
  await clerk.press('p');
  await clerk.page.getByText('再発行 1回目').waitFor();
  await clerk.press('Enter');
  await clerk.sees('home');
  expect(await clerk.heard('acknowledge_last_operation')).toHaveLength(1);
  expect([...(await clerk.heard('use_points')), ...(await clerk.heard('void_use'))]).toEqual([]);
});

test('a receipt on paper of 58 mm lies there as narrow as it will be printed', async () => {
  const widthOn = async (roll: string) => {
    const clerk = await open(`roll=${roll}`);
    await clerk.sees('home');
    await clerk.press('2');
    await clerk.page.getByRole('button', { name: /^明細/ }).first().click();
    await clerk.sees('receipt');
    return (await clerk.page.locator('.paper').boundingBox())?.width ?? 0;
  };
  expect((await widthOn('mm58')) / (await widthOn('mm80'))).toBeCloseTo(58 / 80, 2);
});

test('any operation of today is printed again from the list, and Esc leads back to the list', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '一覧と明細を見る' }).click();
  await clerk.sees('voidable');
  await clerk.page.getByRole('button', { name: '明細' }).nth(1).click();
  await clerk.sees('receipt');
  expect(await clerk.reads()).toContain('20261120-0013');
  await clerk.press('p');
  await clerk.page.getByText('印刷しました').waitFor();
  expect(await clerk.heard('print_receipt')).toEqual([{ key: 'k13' }]);
  await clerk.press('Escape');
  await clerk.sees('voidable');
});

test('a card put on at home starts by itself, and its balances are reported as painted', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await expect.poll(() => clerk.heard('visit_painted')).toEqual([1]);
  expect(await clerk.heard('expect_card')).toEqual(['next_card', 'none']);
});

test('a use is voided from its result, and Esc leaves it as it was', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('300');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  await clerk.press('Enter');
  await clerk.sees('result');
  await clerk.page.getByRole('button', { name: 'この利用を取り消す' }).focus();
  await clerk.press('Enter');
  await clerk.sees('confirm_void');
  await clerk.press('Escape');
  await clerk.sees('voidable');
  expect(await clerk.heard('void_use')).toEqual([]);
  await clerk.page.getByRole('button', { name: '取り消す' }).first().focus();
  await clerk.press('Enter');
  await clerk.sees('confirm_void');
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await clerk.reads()).toContain('300ポイントの利用を取り消しました');
});

describe('the amount', () => {
  const atAmount = async (query = '') => {
    const clerk = await open(query);
    await clerk.sees('home');
    await clerk.putsCard();
    await clerk.sees('amount');
    return clerk;
  };

  test('is understood in full-width digits, also from an input method', async () => {
    const clerk = await atAmount();
    await clerk.page.keyboard.insertText('１５００');
    expect(await clerk.page.locator('#amount').inputValue()).toBe('1,500');
    await clerk.press('Enter');
    await clerk.sees('confirm');
    expect(await clerk.reads()).toContain('−1,500');
  });

  test.each(['1.5', '-1', 'abc', '1500円'])('%s is not quietly turned into a number', async (typed) => {
    const clerk = await atAmount();
    await clerk.type(typed);
    expect(await clerk.page.locator('#amount-said').innerText()).toContain('数字だけ');
    await clerk.press('Enter');
    await clerk.sees('amount');
    expect(await clerk.heard('use_points')).toEqual([]);
  });

  test.each([
    ['3001', '残高は 3,000ポイントです'],
    ['9223372036854775808', '数が大きすぎます'],
  ])('%s is refused at once under the field', async (typed, said) => {
    const clerk = await atAmount();
    await clerk.type(typed);
    expect(await clerk.page.locator('#amount-said').innerText()).toContain(said);
  });

  test('0 does not go on', async () => {
    const clerk = await atAmount();
    await clerk.type('0');
    await clerk.press('Enter');
    await clerk.sees('amount');
  });

  test('keeps the caret where digits are taken out in the middle', async () => {
    const clerk = await atAmount();
    await clerk.type('1234');
    await clerk.press('ArrowLeft', 'ArrowLeft', 'Backspace');
    expect(await clerk.page.locator('#amount').inputValue()).toBe('134');
    await clerk.type('9');
    expect(await clerk.page.locator('#amount').inputValue()).toBe('1,934');
  });

  test('comes from several accounts with the arrow keys', async () => {
    const clerk = await atAmount('accounts=2');
    await clerk.type('1500');
    await clerk.press('ArrowDown');
    await clerk.type('800');
    await clerk.press('Enter');
    await clerk.sees('confirm');
    await clerk.press('Enter');
    await clerk.sees('result');
    expect(await clerk.heard('use_points')).toMatchObject([{ parts: [{ typed: '1500' }, { typed: '800' }] }]);
  });

  test('survives a look at 困ったとき', async () => {
    const clerk = await atAmount();
    await clerk.type('700');
    await clerk.press('F1');
    await clerk.sees('help');
    await clerk.press('Escape');
    await clerk.sees('amount');
    expect(await clerk.page.locator('#amount').inputValue()).toBe('700');
  });

  test('can be touched in on the keypad', async () => {
    const clerk = await atAmount();
    for (const key of ['1', '5', '00', '1字消す'])
      await clerk.page.getByRole('button', { name: key, exact: true }).click();
    expect(await clerk.page.locator('#amount').inputValue()).toBe('150');
    await clerk.page.getByRole('button', { name: '残高を全部使う' }).click();
    expect(await clerk.page.locator('#amount').inputValue()).toBe('3,000');
  });
});

test('an Enter that is held down stops at the confirmation', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('1500');
  await clerk.page.keyboard.down('Enter');
  await clerk.sees('confirm');
  for (let repeat = 0; repeat < 20; repeat += 1) await clerk.page.keyboard.down('Enter');
  expect(await clerk.heard('use_points')).toEqual([]);
  await clerk.page.keyboard.up('Enter');
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await clerk.heard('use_points')).toHaveLength(1);
});

test('a slow cloud is said in words on the locked button, then in a sentence', async () => {
  const clerk = await open('use=never');
  await clerk.sees('home');
  await clerk.putsCard();
  await clerk.sees('amount');
  await clerk.type('1500');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  await clerk.press('Enter', 'Enter', 'Enter', 'Escape');
  expect(await clerk.reads('footer')).toContain('1,500ポイントを使う');
  await clerk.page.clock.runFor(400);
  expect(await clerk.reads('footer')).toContain('クラウドに伝えています');
  await clerk.page.clock.runFor(3000);
  expect(await clerk.reads('footer')).toContain('通信に時間がかかっています');
  await clerk.sees('confirm');
  expect(await clerk.heard('use_points')).toHaveLength(1);
});

describe('an operation whose fate is open', () => {
  test('is told at start, resolves by itself and stays until it was seen', async () => {
    const clerk = await open('last=checking&network=cloud_unreachable');
    await clerk.sees('last_operation');
    expect(await clerk.reads()).toContain('確かめています');
    await clerk.world((double) => double.settle('done'));
    await clerk.page.getByRole('heading', { name: '成立しています' }).waitFor();
    expect(await focused(clerk)).toContain('確かめました');
    await clerk.press('Enter');
    await clerk.sees('home');
  });

  test('lets other work be done, but no card is read and no use begun', async () => {
    const clerk = await open('last=checking');
    await clerk.sees('last_operation');
    await clerk.press('Escape');
    await clerk.sees('home');
    await clerk.putsCard();
    await clerk.sees('home');
    await clerk.press('1');
    await clerk.sees('last_operation');
  });

  test('comes back large when it becomes known meanwhile', async () => {
    const clerk = await open('last=checking');
    await clerk.sees('last_operation');
    await clerk.press('Escape');
    await clerk.sees('home');
    await clerk.world((double) => double.settle('not_done'));
    await clerk.sees('last_operation');
    expect(await clerk.reads()).toContain('成立していません');
  });
});

test('a card lifted too early is said in one sentence and the next one is read', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard('card_removed');
  await clerk.sees('card');
  expect(await clerk.reads('[role="alert"]')).toBe('カードが、読み終わる前に離れました ポイントは動いていません。');
  await clerk.putsCard();
  await clerk.sees('amount');
});

test('a reader that is plugged in again heals the screen by itself', async () => {
  const clerk = await open('reader=reader_absent');
  await clerk.sees('home');
  await clerk.press('1');
  await clerk.sees('reader_doctor');
  await clerk.page.getByText('つながっていません').waitFor();
  await clerk.world((double) => double.setDevice('reader', 'ready'));
  await clerk.page.getByRole('heading', { name: '読取装置は使えます' }).waitFor();
  await clerk.sees('card');
  expect(await clerk.reads()).toContain('読取装置は使えます');
});

test('another card is named, and the right one put in its place goes on at once', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard('felica');
  await clerk.sees('reader_doctor');
  await clerk.page.getByText('電子マネー').waitFor();
  await clerk.putsCard();
  await clerk.sees('amount');
});

test('a card another program lets go of is read without being put on again', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.putsCard('card_busy');
  await clerk.sees('reader_doctor');
  await clerk.page.getByText('ほかのソフトが、カードを').waitFor();
  await clerk.world((double) => double.becomes('sample'));
  await clerk.sees('amount');
});

test('the reader is looked at from anywhere, and a card put on then begins nothing', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.press('F2');
  await clerk.sees('reader_doctor');
  await clerk.putsCard();
  await clerk.page.getByRole('heading', { name: '読み取れます' }).waitFor();
  expect(await clerk.heard('examine_reader')).not.toContainEqual({ pin_tries: true });
  await clerk.page.getByRole('button', { name: '暗証番号の残り回数' }).focus();
  await clerk.press('Enter');
  await clerk.page.getByText('あと3回').waitFor();
  await clerk.world((double) => double.takeCard());
  await clerk.page.getByText('置かれていません').waitFor();
  await clerk.press('F5');
  await expect.poll(async () => (await clerk.heard('examine_reader')).at(-1)).toEqual({ pin_tries: false });
  await clerk.press('Escape');
  await clerk.sees('home');
});

test('the technical part is copied as it stands there', async () => {
  const clerk = await open('', { ...FULL, permissions: ['clipboard-read', 'clipboard-write'] });
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /^読取装置/ }).click();
  await clerk.sees('reader_doctor');
  await clerk.page.getByRole('button', { name: 'くわしい情報' }).click();
  await clerk.page.getByRole('button', { name: 'コピーする' }).click();
  await clerk.page.getByText('コピーしました').waitFor();
  const copied = await clerk.page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toContain('カードのATR: 3B8F8001804F0CA00000030611003B0000000042');
});

test('what is chosen under 文字・表示 shows at once and is kept', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '文字・表示' }).focus();
  await clerk.press('Enter');
  await clerk.sees('display');
  await clerk.page.getByRole('radio', { name: '黒', exact: true }).check();
  await clerk.page.getByRole('radio', { name: '150％' }).check();
  await clerk.page.getByRole('radio', { name: 'English' }).check();
  await clerk.page.getByRole('button', { name: 'Close' }).waitFor();
  expect(
    await clerk.page.evaluate(() => [
      document.documentElement.lang,
      document.documentElement.dataset['theme'],
      document.documentElement.style.fontSize,
    ]),
  ).toEqual(['en', 'dark', '150%']);
  expect((await clerk.heard('save_settings')).at(-1)).toMatchObject({ language: 'en', theme: 'dark', text_size: 150 });
});

test('a receipt printer is set and tried with keys alone', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '設定', exact: true }).focus();
  await clerk.press('Enter');
  await clerk.sees('settings');
  await clerk.page.getByRole('radio', { name: 'PDF' }).first().focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Tab', 'Tab']) await clerk.press(key);
  await clerk.type('192.0.2.10');
  for (const key of ['Tab', 'ArrowDown', 'Tab', 'Tab', 'Space']) await clerk.press(key);
  await clerk.page.getByText('印刷しました。').waitFor();
  const printer = { to: 'receipt', connection: { by: 'network', address: '192.0.2.10' }, roll: 'mm58', kanji: true };
  expect(await clerk.heard('print_test_paper')).toEqual([printer]);
  await clerk.page.getByRole('button', { name: '設定を保存する' }).focus();
  await clerk.press('Enter');
  await clerk.page.getByText('設定を保存しました。').waitFor();
  expect((await clerk.heard('save_settings')).at(-1)).toMatchObject({ printer });
});

test('the paper of tickets is set and tried with keys alone', async () => {
  const clerk = await open();
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: '設定', exact: true }).focus();
  await clerk.press('Enter');
  await clerk.sees('settings');
  await clerk.page.getByRole('radio', { name: /^A6/ }).focus();
  for (const key of ['ArrowDown', 'Tab', 'ArrowDown', 'Tab', 'ArrowDown', 'Tab', 'Space']) await clerk.press(key);
  await clerk.page.getByText('印刷しました。').waitFor();
  const ticket_printer = { on: 'sheets', sheet: 'a4', printer: { to: 'queue', name: 'counter' } };
  expect(await clerk.heard('print_test_ticket')).toEqual([expect.objectContaining({ ticket_printer })]);
  await clerk.page.getByRole('button', { name: '設定を保存する' }).focus();
  await clerk.press('Enter');
  await clerk.page.getByText('設定を保存しました。').waitFor();
  expect((await clerk.heard('save_settings')).at(-1)).toMatchObject({ ticket_printer });
});

test('every screen puts the focus where the work goes on', async () => {
  const clerk = await open();
  await clerk.sees('home');
  expect(await focused(clerk)).toContain('ポイント利用');
  await clerk.press('1');
  await clerk.sees('card');
  expect(await focused(clerk)).toContain('マイナンバーカードを');
  await clerk.putsCard();
  await clerk.sees('amount');
  expect(await focused(clerk)).toBe('amount');
  await clerk.type('1');
  await clerk.press('Enter');
  await clerk.sees('confirm');
  expect(await focused(clerk)).toContain('1ポイントを使う');
  await clerk.press('Enter');
  await clerk.sees('result');
  expect(await focused(clerk)).toContain('次のお客様へ');
});

describe('the terminal password', () => {
  test('opens the day, by keyboard alone', async () => {
    const clerk = await open('sign_in=needed');
    await clerk.sees('sign_in');
    expect(await clerk.reads()).toContain('1413 0001');
    await clerk.type('wrong2345');
    await clerk.press('Enter');
    await clerk.page.getByText('T-116').waitFor();
    expect(await clerk.page.locator('#password').inputValue()).toBe('');
    await clerk.type('k7mw3pxrd');
    await clerk.press('Enter');
    await clerk.sees('home');
    expect(await clerk.heard('sign_in')).toEqual([
      { password: 'wrong2345', staff_name: '' },
      { password: 'k7mw3pxrd', staff_name: '' },
    ]);
  });

  test('locks what was on the screen, and goes on', async () => {
    const clerk = await open();
    await clerk.sees('home');
    await clerk.putsCard();
    await clerk.sees('amount');
    await clerk.press('F9');
    await clerk.sees('sign_in');
    expect(await clerk.reads()).not.toContain('MY****56');
    expect(await clerk.page.getByRole('button', { name: '設定' }).count()).toBe(0);
    expect(await clerk.reads()).toContain('自治体の担当課にご連絡ください');
    expect(await clerk.heard('leave_visit')).toHaveLength(1);
    await clerk.page.keyboard.insertText('ｋ７ｍｗ３ｐｘｒｄ');
    await clerk.press('Enter');
    await clerk.sees('home');
  });

  test('locks itself after the minutes that were set, unless somebody is there', async () => {
    const clerk = await open('lock_after=5');
    await clerk.sees('home');
    await clerk.page.clock.runFor(4 * 60_000);
    await clerk.press('Tab');
    await clerk.page.clock.runFor(4 * 60_000);
    expect(await clerk.heard('lock')).toHaveLength(0);
    await clerk.page.clock.runFor(70_000);
    await clerk.sees('sign_in');
  });

  test('locks itself in time, also where the clock is put back meanwhile', async () => {
    const clerk = await open('lock_after=5');
    await clerk.sees('home');
    await clerk.page.clock.setSystemTime(new Date('2026-11-19T05:32:00Z'));
    await clerk.page.clock.runFor(5 * 60_000 + 2000);
    await clerk.sees('sign_in');
  });

  test('takes a staff name, typed or chosen', async () => {
    const clerk = await open('sign_in=needed&staff=required');
    await clerk.sees('sign_in');
    await clerk.press('Enter');
    expect(await clerk.reads()).toContain('担当者名を入力してください');
    await clerk.page.getByRole('button', { name: '佐藤 花子' }).click();
    await clerk.type('k7mw3pxrd');
    await clerk.press('Enter');
    await clerk.sees('home');
    expect(await clerk.reads('aside')).toContain('担当 佐藤 花子');
    expect(await clerk.heard('sign_in')).toEqual([{ password: 'k7mw3pxrd', staff_name: '佐藤 花子' }]);
  });
});
