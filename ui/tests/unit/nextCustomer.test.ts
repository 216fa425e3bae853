/** 画面 26: the next customer's card, without a press; and what it must not take away. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { LIBRARY, TODAY } from '../../src/backend/double/samples';
import type { CardState, ErrorCode, HandedOver, ServiceIdFound } from '../../src/generated/types';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { expectationOf } from '../../src/journey/expectation';
import { type Asked, beforeOpening, type Model } from '../../src/journey/model';
import { step } from '../../src/journey/step';

const found = (visit: number, number: string | null = '0012345678'): ServiceIdFound => ({
  visit,
  provider_name: '川崎市立図書館',
  number,
  address_notice: 'not_offered',
});
const HERE: Asked<HandedOver> = { is: 'here', value: { by: 'typed' } };

/** A library's window with a number on it. */
function showing(of: ServiceIdFound, handed: Asked<HandedOver> | null = HERE): Model {
  const model = beforeOpening(TODAY, 'ja');
  return {
    ...model,
    place: { state: 'registered', profile: LIBRARY },
    devices: { ...model.devices, reader: { state: 'ready', name: 'A' } },
    card: { state: 'service_id_read', found: of },
    task: { at: 'service_id', found: of, handed, noticeEnds: null },
  };
}

const told = (content: CardState): CounterEvent => ({ type: 'told', notice: { notice: 'card', content } });
const failed = (code: ErrorCode) => told({ state: 'failed', failure: failureOf(code) });
const calls = (effects: Effect[], command: string) =>
  effects.filter((effect) => effect.effect === 'call' && effect.command === command);

describe('while a number is shown', () => {
  test.each<[string, Asked<HandedOver> | null, string]>([
    ['being handed over', { is: 'coming' }, 'none'],
    ['handed over', HERE, 'next_service_id'],
    ['not handed over', { is: 'failed', failure: failureOf('no_other_window') }, 'next_service_id'],
  ])('%s', (_, handed, expected) => {
    expect(expectationOf(showing(found(1), handed))).toBe(expected);
  });

  test('a screen over it, and an address to be checked, are taken away by no card', () => {
    expect(expectationOf({ ...showing(found(1)), aside: { at: 'help' } })).toBe('none');
    expect(expectationOf(showing({ ...found(1), address_notice: 'check_address' }))).toBe('none');
  });

  test('the next card takes the number away as soon as it is read, and ends no visit of its own', () => {
    const reading = step(showing(found(1)), told({ state: 'reading' }));
    expect(reading.model.task).toMatchObject({ at: 'service_id_card', asksFor: 'next_service_id' });
    expect(calls(reading.effects, 'leave_visit')).toEqual([]);
    expect(calls(reading.effects, 'expect_card')).toEqual([]);
    const read = step(reading.model, told({ state: 'service_id_read', found: found(2) }));
    expect(read.model.task).toMatchObject({ at: 'service_id', handed: { is: 'coming' } });
    expect(calls(read.effects, 'hand_over_service_id')).toHaveLength(1);
  });

  test.each<ErrorCode>(['card_absent', 'not_my_number_card'])('%s changes nothing', (code) => {
    for (const number of ['1', null]) {
      const before = showing(found(1, number));
      expect(step(before, failed(code)).model.task).toEqual(before.task);
    }
  });

  test('where none is registered only what is the next resident’s card begins anew', () => {
    const before = showing(found(1, null), null);
    const reading = step(before, told({ state: 'reading' }));
    expect(reading.model.task).toEqual(before.task);
    const read = step(reading.model, told({ state: 'service_id_read', found: found(2) }));
    expect(read.model.task).toMatchObject({ at: 'service_id', found: { visit: 2 } });
    expect(calls(read.effects, 'leave_visit')).toEqual([]);
    expect(step(reading.model, failed('card_removed')).model.task.at).toBe('service_id_card');
  });

  test('after its time it goes, the next card is awaited, and the program is asked what lies there', () => {
    const over = step(showing(found(1)), failed('visit_expired'));
    expect(over.model.task).toMatchObject({ at: 'service_id_card', asksFor: 'next_service_id' });
    expect(calls(over.effects, 'expect_card')).toEqual([
      { effect: 'call', command: 'expect_card', args: 'next_service_id' },
    ]);
    expect(calls(over.effects, 'leave_visit')).toEqual([]);
  });

  test('a lock takes the number from the screen, and the next card is awaited without the password', () => {
    const locked: CounterEvent = { type: 'answered', command: 'lock', args: null, answer: null };
    const shown = step(showing(found(1)), locked);
    const awaited = step(shown.model, locked);
    for (const turn of [shown, awaited]) {
      expect(turn.model.task).toMatchObject({ at: 'service_id_card', asksFor: 'next_service_id' });
      expect(calls(turn.effects, 'expect_card').at(-1)).toMatchObject({ args: 'next_service_id' });
    }
  });

  test('a press for the next customer reads what lies there, and leaves the visit', () => {
    const next = step(showing(found(1)), { type: 'choose', item: 'look_up_service_id' });
    expect(calls(next.effects, 'leave_visit')).toHaveLength(1);
    expect(expectationOf(next.model)).toBe('service_id_now');
  });
});
