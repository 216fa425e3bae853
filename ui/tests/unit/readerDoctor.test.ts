/** When 読取装置を調べる opens and closes by itself. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { examinationOf } from '../../src/backend/double/reader';
import { SHOP, TODAY } from '../../src/backend/double/samples';
import type { CardState, Counter, DeviceState } from '../../src/generated/types';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { expectationOf } from '../../src/journey/expectation';
import { beforeOpening, type Model } from '../../src/journey/model';
import { step } from '../../src/journey/step';

const READY: DeviceState = { state: 'ready', name: 'A' };
const MISSING: DeviceState = { state: 'missing', failure: failureOf('reader_absent') };
const devices = (reader: DeviceState) => ({ ...beforeOpening(TODAY, 'ja').devices, reader });
const opened = (reader: DeviceState): CounterEvent => {
  const { settings, sign_in } = beforeOpening(TODAY, 'ja');
  const answer: Counter = {
    place: { state: 'registered', profile: SHOP },
    sign_in,
    settings,
    devices: devices(reader),
    card: { state: 'absent' },
    last_operation: null,
    version: '0.1.0',
  };
  return { type: 'answered', command: 'open_counter', args: null, answer };
};
const reader = (state: DeviceState): CounterEvent => ({
  type: 'told',
  notice: { notice: 'devices', content: devices(state) },
});
const card = (content: CardState): CounterEvent => ({ type: 'told', notice: { notice: 'card', content } });
const failed = (code: string) => card({ state: 'failed', failure: failureOf(code) });
const examined = (device: string, lying: string): CounterEvent => ({
  type: 'answered',
  command: 'examine_reader',
  args: { pin_tries: false },
  answer: examinationOf(device, lying, false, false),
});
const toCard: CounterEvent = { type: 'choose', item: 'use_points' };
const F2: CounterEvent = { type: 'open_aside', aside: 'reader_doctor' };
const healed: CounterEvent = { type: 'reader_healed' };

function walk(...events: CounterEvent[]): { model: Model; effects: Effect[] } {
  let model = beforeOpening(TODAY, 'ja');
  let effects: Effect[] = [];
  for (const event of events) ({ model, effects } = step(model, event));
  return { model, effects };
}
const at = (...events: CounterEvent[]) => {
  const { model } = walk(...events);
  return [model.task.at, model.aside?.at ?? null];
};
const asked = (effects: Effect[]) => effects.flatMap((effect) => (effect.effect === 'call' ? [effect] : []));

describe('by itself', () => {
  test.each([
    ['no reader', [opened(MISSING), toCard]],
    ['the reader goes while a card is awaited', [opened(READY), toCard, reader(MISSING)]],
    ['another card', [opened(READY), toCard, failed('not_my_number_card')]],
    ['another card at home', [opened(READY), card({ state: 'reading' }), failed('not_my_number_card')]],
    ['a card in use', [opened(READY), toCard, failed('card_busy')]],
    ['a mute card', [opened(READY), toCard, failed('card_unresponsive')]],
  ] as [string, CounterEvent[]][])('%s opens it in place of the waiting screen', (_, events) => {
    expect(at(...events)).toEqual(['card', 'reader_doctor']);
  });

  test.each([
    ['no reader at home', [opened(MISSING)]],
    ['a card lifted too early', [opened(READY), toCard, failed('card_removed')]],
    ['a card without MyKey ID', [opened(READY), toCard, failed('card_without_mykey_id')]],
  ] as [string, CounterEvent[]][])('%s does not open it', (_, events) => {
    expect(walk(...events).model.aside).toBeNull();
  });

  test('it closes once nothing is wrong, and a card that lies there is read', () => {
    const busy = [opened(READY), toCard, failed('card_busy'), examined('ready', 'card_busy')];
    expect(at(...busy, healed)).toEqual(['card', 'reader_doctor']);
    const { model, effects } = walk(...busy, examined('ready', 'sample'), healed);
    expect([model.task.at, model.aside, model.card.state]).toEqual(['card', null, 'lying']);
    expect(asked(effects)).toEqual([{ effect: 'call', command: 'expect_card', args: 'card_now' }]);
  });

  test('it stays until the program says of the reader what was found', () => {
    const found = [opened(MISSING), toCard, examined('ready', 'none')];
    expect(at(...found, healed)).toEqual(['card', 'reader_doctor']);
    expect(at(...found, reader(READY), healed)).toEqual(['card', null]);
  });

  test('a card that is being read closes it at once', () => {
    expect(at(opened(READY), toCard, failed('not_my_number_card'), card({ state: 'reading' }))).toEqual(['card', null]);
  });

  test('leaving it leaves the task that cannot go on', () => {
    expect(at(opened(MISSING), toCard, { type: 'back' })).toEqual(['home', null]);
  });
});

describe('by the clerk', () => {
  test('a card put on is examined and begins nothing', () => {
    const { model } = walk(opened(READY), toCard, F2);
    expect(expectationOf(model)).toBe('none');
    expect(asked(walk(opened(READY), F2, examined('ready', 'none'), card({ state: 'lying' })).effects)).toEqual([
      { effect: 'call', command: 'examine_reader', args: { pin_tries: false } },
    ]);
  });

  test('it stays while nothing was ever wrong', () => {
    expect(at(opened(READY), F2, examined('ready', 'sample'), healed)).toEqual(['home', 'reader_doctor']);
  });

  test('it goes back to where the clerk was once the trouble is over', () => {
    const totals: CounterEvent = { type: 'choose', item: 'own_totals' };
    const mended = [F2, examined('reader_absent', 'none'), examined('ready', 'none'), healed];
    expect(at(opened(READY), totals, ...mended)).toEqual(['totals', null]);
  });

  test('one examination is asked for at a time', () => {
    expect(asked(walk(opened(READY), F2, { type: 'examine_reader' }).effects)).toEqual([]);
  });

  test('the tries of a PIN are asked for when wanted, and not of the next card', () => {
    const lies = [opened(READY), F2, examined('ready', 'sample')];
    const wanted: CounterEvent = { type: 'ask_pin_tries' };
    expect(asked(walk(...lies, wanted).effects)).toMatchObject([{ args: { pin_tries: true } }]);
    const gone = [...lies, wanted, examined('ready', 'none')];
    expect(asked(walk(...gone, { type: 'examine_reader' }).effects)).toMatchObject([{ args: { pin_tries: false } }]);
  });
});
