import { describe, expect, it } from 'vitest';
import type { CounterEvent } from '../../src/journey/events';
import { beforeOpening, type Model } from '../../src/journey/model';
import { step } from '../../src/journey/step';
import { Double } from '../../src/backend/double/double';
import { scenarioFrom } from '../../src/backend/double/scenario';
import { STREET } from '../../src/backend/double/samples';
import { streetFoldersOf, wrongStreetFolders } from '../../src/journey/streetFolders';
import type { Turn } from '../../src/journey/turn';
import type { LastOperation, MergeStreetShown, Visit } from '../../src/generated/types';

const GINZA: MergeStreetShown = { street: '140002', name: '銀座街', is_member: true, has_folder: true };

const VISIT: Visit = {
  visit: 7,
  masked_mykey_id: 'MY****56',
  accounts: [
    {
      currency: { book: '141305', number: 1 },
      kind: 'municipal',
      name: '川崎市ポイント',
      balance: 3000,
      by_last_day: [],
      usable_until: null,
      issuer_name: null,
    },
    {
      currency: { book: '141305', number: 2 },
      kind: 'event',
      name: 'かわさき宙フェス',
      balance: 800,
      by_last_day: [],
      usable_until: null,
      issuer_name: null,
    },
  ],
  left_today: 5000,
  per_use: 3000,
  by_card_of: null,
  ticket_days: { from: '2026-11-20', to: '2026-12-20' },
};

const home: Model = {
  ...beforeOpening('2026-11-20', 'ja'),
  place: { state: 'registered', profile: STREET },
  task: { at: 'home' },
};

const through = (start: Model, ...events: CounterEvent[]): Turn =>
  events.reduce<Turn>((turn, event) => step(turn.model, event), { model: start, effects: [] });

const called = ({ effects }: Turn): string[] =>
  effects.flatMap((effect) => (effect.effect === 'call' ? [effect.command] : []));

const cardRead: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'read', visit: VISIT } } };
const byCardOf = (street: MergeStreetShown): CounterEvent => ({
  type: 'told',
  notice: { notice: 'card', content: { state: 'read', visit: { ...VISIT, by_card_of: street } } },
});
const scanned: CounterEvent = {
  type: 'scanned',
  scan: { text: '30010100000017', before: [], suffix: 'Enter', gapsMs: [] },
};
const streets = (...known: MergeStreetShown[]): CounterEvent => ({
  type: 'answered',
  command: 'list_merge_streets',
  args: { visit: 7 },
  answer: { streets: known },
});
const begun: CounterEvent[] = [{ type: 'choose', item: 'merge_points' }, cardRead];
const typed: CounterEvent[] = [{ type: 'type_amount', account: 0, typed: '1500' }, { type: 'check_amounts' }];

const merged = (file: 'put' | 'not_put'): LastOperation => ({
  key: 'k1',
  kind: 'merge_points',
  points: 1500,
  at_ms: 0,
  acknowledged: false,
  series: null,
  state: {
    state: 'done',
    number: '20261120-15',
    accounts: [],
    voided_number: null,
    ticket: null,
    day_close: null,
    merge: {
      street_name: '銀座街',
      number: '20261120143200000015',
      file:
        file === 'put'
          ? { is: 'put', name: 'merge_140002_20261120143200000015.dat' }
          : {
              is: 'not_put',
              failure: {
                code: 'merge_file_not_put',
                number: 'M-905',
                tone: 'check',
                points: 'not_concerned',
                what: { ja: '', en: '' },
                now: { ja: '', en: '' },
              },
            },
    },
  },
});

describe('merging', () => {
  it('asks for the streets once the card is read, and for none of them where there is one', () => {
    expect(called(through(home, ...begun))).toContain('list_merge_streets');
    const turn = through(home, ...begun, streets(GINZA));
    expect(turn.model.task).toMatchObject({ at: 'amount', street: GINZA });
  });

  it('offers the municipality’s own points alone', () => {
    const { task } = through(home, ...begun, streets(GINZA)).model;
    expect('visit' in task && task.visit.accounts.map(({ kind }) => kind)).toEqual(['municipal']);
  });

  it('lets the clerk choose among several, and none that cannot take points', () => {
    const nakamise = { ...GINZA, street: '140003', name: '仲見世', is_member: false };
    const asked = through(home, ...begun, streets(GINZA, nakamise));
    expect(asked.model.task.at).toBe('merge_street');
    expect(step(asked.model, { type: 'choose_street', street: nakamise }).model.task.at).toBe('merge_street');
    expect(step(asked.model, { type: 'choose_street', street: GINZA }).model.task.at).toBe('amount');
  });

  it('leads whoever has no number to registering one', () => {
    const unknown = { ...GINZA, is_member: false };
    const asked = through(home, ...begun, streets(unknown));
    expect(asked.model.task.at).toBe('merge_street');
    expect(step(asked.model, { type: 'register_for_street' }).model.task.at).toBe('service_id_number');
  });

  it('sends what was confirmed once', () => {
    const asked = through(home, ...begun, streets(GINZA), ...typed);
    expect(asked.model.task.at).toBe('confirm_merge');
    const sent = step(asked.model, { type: 'confirm' });
    expect(sent.effects).toContainEqual({
      effect: 'call',
      command: 'merge_points',
      args: { visit: 7, street: '140002', part: { currency: { book: '141305', number: 1 }, typed: '1500' } },
    });
    expect(called(step(sent.model, { type: 'confirm' }))).not.toContain('merge_points');
  });

  it('goes to the PIN above the limits', () => {
    const above: CounterEvent[] = [{ type: 'type_amount', account: 0, typed: '3000' }, { type: 'check_amounts' }];
    const low = { ...VISIT, per_use: 1000 };
    const read: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'read', visit: low } } };
    const asked = through(home, { type: 'choose', item: 'merge_points' }, read, streets(GINZA), ...above);
    expect(step(asked.model, { type: 'confirm' }).model.task.at).toBe('pin');
  });

  it('says where the file is, and puts it again where it is not', () => {
    const confirmed = through(home, ...begun, streets(GINZA), ...typed, { type: 'confirm' }).model;
    const args = { visit: 7, street: '140002', part: { currency: { book: '141305', number: 1 }, typed: '1500' } };
    const done = step(confirmed, { type: 'answered', command: 'merge_points', args, answer: merged('not_put') });
    expect(done.model.task.at).toBe('merge_result');
    expect(done.effects).toContainEqual({ effect: 'sound', mark: 'check' });
    const again = step(done.model, { type: 'put_file_again', key: 'k1' });
    expect(called(again)).toEqual(['put_merge_file']);
    expect(called(step(again.model, { type: 'put_file_again', key: 'k1' }))).toEqual([]);
    const merge = {
      street_name: '銀座街',
      number: '20261120143200000015',
      file: { is: 'put' as const, name: 'm.dat' },
    };
    const put = step(again.model, { type: 'answered', command: 'put_merge_file', args: { key: 'k1' }, answer: merge });
    expect(put.model.task).toMatchObject({ at: 'merge_result', putting: false, operation: { state: { merge } } });
  });

  it('takes the card of its own street, on the reader or scanned, and asks for no other street', () => {
    const waiting = step(home, { type: 'choose', item: 'merge_points' });
    expect(waiting.effects).toContainEqual({ effect: 'call', command: 'expect_card', args: 'merge_card_now' });
    const heard = step(waiting.model, scanned);
    expect(heard.effects).toContainEqual({ effect: 'call', command: 'scan_street_card', args: '30010100000017' });
    const read = step(waiting.model, byCardOf(GINZA));
    expect(read.model.task).toMatchObject({ at: 'amount', street: GINZA });
    expect(called(read)).not.toContain('list_merge_streets');
    const unset = step(waiting.model, byCardOf({ ...GINZA, has_folder: false }));
    expect(unset.model.task.at).toBe('merge_street');
  });

  it('takes no scan for a card where this terminal is of no provider', () => {
    const shop: Model = { ...home, place: { state: 'registered', profile: { ...STREET, id_provider: null } } };
    const waiting = step(shop, { type: 'choose', item: 'merge_points' }).model;
    expect(called(step(waiting, scanned))).not.toContain('scan_street_card');
  });

  it('stays within the limits by a street’s card and never asks for a PIN', () => {
    const waiting = step(home, { type: 'choose', item: 'merge_points' }).model;
    const at = step(waiting, byCardOf(GINZA)).model;
    const above = through(at, { type: 'type_amount', account: 0, typed: '3001' }, { type: 'check_amounts' });
    expect(above.model.task.at).toBe('amount');
    const within = through(
      at,
      { type: 'type_amount', account: 0, typed: '3000' },
      { type: 'check_amounts' },
      { type: 'confirm' },
    );
    expect(called(within)).toContain('merge_points');
  });

  it('leads from a street’s card that is nobody’s to registering its number', () => {
    const waiting = step(home, { type: 'choose', item: 'merge_points' }).model;
    const failure = {
      code: 'street_card_unknown' as const,
      number: 'M-906',
      tone: 'check' as const,
      points: 'no' as const,
      what: { ja: '', en: '' },
      now: { ja: '', en: '' },
    };
    const failed: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'failed', failure } } };
    const told = step(waiting, failed).model;
    expect(step(told, { type: 'register_for_street' }).model.task.at).toBe('service_id_number');
    expect(step(waiting, { type: 'register_for_street' }).model.task.at).toBe('card');
  });

  it('cannot be begun while an operation is open', () => {
    const open: LastOperation = { ...merged('put'), state: { state: 'checking' } };
    const turn = step({ ...home, last: open }, { type: 'choose', item: 'merge_points' });
    expect(turn.model.task.at).toBe('last_operation');
  });

  it('shows in an open list what a street has answered since, and leaves every other screen alone', () => {
    const merges: CounterEvent = { type: 'told', notice: { notice: 'merges', content: { merges: [] } } };
    expect(step(home, merges).model).toEqual(home);
    const list = { at: 'merges', list: { is: 'coming' }, putting: 'key', put: false, failure: null } as const;
    const told = step({ ...home, task: list }, merges).model.task;
    expect(told).toEqual({ ...list, list: { is: 'here', value: { merges: [] } } });
  });

  it('is answered by the double as by the program', async () => {
    const double = new Double(scenarioFrom(new URLSearchParams('place=street')));
    const known = await double.call('list_merge_streets', { visit: 1 });
    expect(known.streets.every(({ is_member, has_folder }) => is_member && has_folder)).toBe(true);
  });
});

describe('the folders of streets as they are being set', () => {
  const typed = (...rows: [string, string][]) => ({
    streetFolders: rows.map(([street, folder]) => ({ street, folder })),
  });

  it('keeps what was typed and leaves empty rows out', () => {
    expect(streetFoldersOf(typed(['１４０００２', ' /ginza '], ['', '']))).toEqual([
      { street: '140002', folder: '/ginza' },
    ]);
    expect(wrongStreetFolders(typed(['140002', '/ginza'], ['', '']))).toEqual([]);
  });

  it('says which field is wrong', () => {
    expect(wrongStreetFolders(typed(['14000', '/ginza'], ['140002', '']))).toEqual(['street-0', 'street-folder-1']);
    expect(wrongStreetFolders(typed(['140002', '/a'], ['140002', '/b']))).toEqual(['street-1']);
  });
});
