import { describe, expect, test } from 'vitest';
import { contactOf, isPassword, isTerminalId, wrongFields } from '../../src/journey/registration';
import { settingsOf, typedSettings, wrongSettings } from '../../src/journey/settings';
import { beforeOpening } from '../../src/journey/model';

const TYPED = {
  staff_name: ' 山田太郎 ',
  shop_name: 'やまだ八百屋',
  postal_code: '〒２１０－８５７７',
  address: '神奈川県川崎市川崎区宮本町1',
  phone: '０４４ー２００ー２１１１',
  mail: 'yamada@example.jp',
  id_provider: '',
};

test('contact details are sent without stray spaces and in half-width numbers', () => {
  expect(contactOf(TYPED)).toEqual({
    staff_name: '山田太郎',
    shop_name: 'やまだ八百屋',
    postal_code: '2108577',
    address: '神奈川県川崎市川崎区宮本町1',
    phone: '044-200-2111',
    mail: 'yamada@example.jp',
    id_provider: null,
  });
  expect(wrongFields(contactOf(TYPED), false)).toEqual([]);
});

test.each([
  ['staff_name', '　'],
  ['shop_name', ''],
  ['postal_code', '210-857'],
  ['postal_code', '210-85777'],
  ['address', ' '],
  ['phone', '200-2111'],
  ['phone', '1234567890'],
  ['phone', '044-200-211x'],
  ['mail', 'yamada'],
  ['mail', 'yamada@example'],
  ['mail', 'yamada@@example.jp'],
  ['mail', 'ya mada@example.jp'],
] as const)('%s as %j is told', (field, typed) => {
  expect(wrongFields(contactOf({ ...TYPED, [field]: typed }), false)).toEqual([field]);
});

test('a service-ID counter must choose its ID provider', () => {
  expect(wrongFields(contactOf(TYPED), true)).toEqual(['id_provider']);
  expect(wrongFields(contactOf({ ...TYPED, id_provider: '000123' }), true)).toEqual([]);
});

test('terminal ID and password are taken as people type them', () => {
  expect(['14130001', '1413 0001', '1413-0001', '１４１３０００１'].every(isTerminalId)).toBe(true);
  expect(['', '1413000', '141300011', '1413000a'].some(isTerminalId)).toBe(false);
  expect(['k7mw3pxrd', 'k7mw3pxr'].every(isPassword)).toBe(true);
  expect(['', 'k7mw3px', 'k7mw3pxrd1', 'K7MW3PXRD'].some(isPassword)).toBe(false);
});

describe('settings', () => {
  const stand = {
    ...beforeOpening('2026-11-20', 'ja').settings,
    cloud_address: 'http://127.0.0.1:8433',
    printer: { to: 'folder' as const, path: '/papers' },
    ticket_printer: {
      on: 'sheets' as const,
      sheet: 'a6' as const,
      printer: { to: 'folder' as const, path: '/tickets' },
    },
  };
  const typed = typedSettings(stand);

  test('come back as they stood', () => {
    expect(wrongSettings(typed)).toEqual([]);
    expect(settingsOf(typed, stand)).toEqual(stand);
  });

  test.each([
    { by: 'network' as const, address: '192.0.2.10:9100' },
    { by: 'device' as const, path: '/dev/usb/lp1' },
    { by: 'queue' as const, name: 'counter' },
  ])('a receipt printer by $by comes back as it stood', (connection) => {
    const printer = { to: 'receipt' as const, connection, roll: 'mm58' as const, kanji: false };
    expect(settingsOf(typedSettings({ ...stand, printer }), stand).printer).toEqual(printer);
  });

  test.each([
    { on: 'roll' as const },
    { on: 'sheets' as const, sheet: 'a4' as const, printer: { to: 'queue' as const, name: 'office' } },
  ])('a printer of tickets comes back as it stood: %j', (ticket_printer) => {
    expect(settingsOf(typedSettings({ ...stand, ticket_printer }), stand).ticket_printer).toEqual(ticket_printer);
  });

  test('sheets that were never set go where receipts go', () => {
    const roll = typedSettings({ ...stand, ticket_printer: { on: 'roll' } });
    expect(settingsOf({ ...roll, on: 'a6' }, stand).ticket_printer).toEqual({
      on: 'sheets',
      sheet: 'a6',
      printer: stand.printer,
    });
  });

  test.each([
    [{ address: '' }, ['address']],
    [{ address: 'counter.example.jp' }, ['address']],
    [{ address: 'http://counter.example.jp' }, ['address']],
    [{ address: 'http://127.0.0.1.example.jp' }, ['address']],
    [{ address: 'https://counter.example.jp' }, ['authority']],
    [{ address: 'https://counter.example.jp', authority: '/ca.pem' }, []],
    [{ folder: ' ' }, ['folder']],
    [{ to: 'queue' as const }, ['queue']],
    [{ to: 'queue' as const, queue: 'counter' }, []],
    [{ to: 'receipt' as const }, ['host']],
    [{ to: 'receipt' as const, host: '192.0.2.10:9100' }, []],
    [{ to: 'receipt' as const, host: 'printer.example.jp' }, []],
    [{ to: 'receipt' as const, host: 'プリンター' }, ['host']],
    [{ to: 'receipt' as const, by: 'device' as const, device: ' ' }, ['device']],
    [{ to: 'receipt' as const, by: 'device' as const }, []],
    [{ to: 'receipt' as const, by: 'queue' as const }, ['queue']],
    [{ sheetFolder: ' ' }, ['sheet-folder']],
    [{ sheetsTo: 'queue' as const }, ['sheet-queue']],
    [{ sheetsTo: 'queue' as const, sheetQueue: 'office' }, []],
    [{ on: 'roll' as const, sheetFolder: '' }, []],
  ])('%j: %j', (change, wrong) => {
    expect(wrongSettings({ ...typed, ...change })).toEqual(wrong);
  });
});
