/** 画面 22: service IDs without a password, and the points behind it. */
import { describe, expect, test } from 'vitest';
import { LIBRARY, SHOP, STREET, TODAY } from '../../src/backend/double/samples';
import type { SignInState, TerminalProfile } from '../../src/generated/types';
import type { CounterEvent } from '../../src/journey/events';
import { beforeOpening, menuOf, type Model, numberOf } from '../../src/journey/model';
import { expectationOf } from '../../src/journey/expectation';
import { step } from '../../src/journey/step';

const signIn = (state: SignInState) => ({
  state,
  terminal: '1413 0005',
  staff_name: 'no' as const,
  signed_in_as: null,
  names: [],
});

const opened = (profile: TerminalProfile, state: SignInState): CounterEvent => {
  const { settings, devices } = beforeOpening(TODAY, 'ja');
  return {
    type: 'answered',
    command: 'open_counter',
    args: null,
    answer: {
      place: { state: 'registered', profile },
      sign_in: signIn(state),
      settings,
      devices: { ...devices, reader: { state: 'ready', name: 'A' } },
      card: { state: 'absent' },
      last_operation: null,
      version: '0.1.0',
    },
  };
};

const walk = (...events: CounterEvent[]): Model =>
  events.reduce((model, event) => step(model, event).model, beforeOpening(TODAY, 'ja'));
const at = (...events: CounterEvent[]) => walk(...events).task.at;
const toPoints: CounterEvent = { type: 'choose', item: 'points' };
const back: CounterEvent = { type: 'back' };
const lookUp: CounterEvent = { type: 'choose', item: 'look_up_service_id' };
const signedIn: CounterEvent = { type: 'told', notice: { notice: 'sign_in', content: signIn('signed_in') } };

describe('the first menu', () => {
  test.each([
    ['of a library', LIBRARY, 'service_menu'],
    ['of a shop of a street', STREET, 'service_menu'],
    ['of a shop without service IDs', SHOP, 'home'],
  ])('%s', (_, profile, first) => {
    expect(at(opened(profile, 'not_needed'))).toBe(first);
  });

  test('service IDs are looked up while the password is wanted, and the points are not', () => {
    expect(at(opened(STREET, 'needed'))).toBe('service_menu');
    expect(at(opened(STREET, 'needed'), lookUp)).toBe('service_id_card');
    expect(at(opened(STREET, 'needed'), toPoints)).toBe('sign_in');
    expect(at(opened(STREET, 'needed'), toPoints, signedIn)).toBe('home');
  });

  test('from the points, and from the password before them, one goes back', () => {
    expect(at(opened(STREET, 'needed'), toPoints, back)).toBe('service_menu');
    expect(at(opened(STREET, 'signed_in'), toPoints)).toBe('home');
    expect(at(opened(STREET, 'signed_in'), toPoints, back)).toBe('service_menu');
    expect(at(opened(SHOP, 'signed_in'), back)).toBe('home');
  });

  test('a task of the points ends among the points, one of service IDs at the first menu', () => {
    const totals: CounterEvent = { type: 'choose', item: 'own_totals' };
    expect(at(opened(STREET, 'signed_in'), toPoints, totals, back)).toBe('home');
    expect(at(opened(STREET, 'signed_in'), lookUp, back)).toBe('service_menu');
  });

  test('a card that is put on begins a use among the points only', () => {
    expect(expectationOf(walk(opened(STREET, 'signed_in')))).toBe('none');
    expect(expectationOf(walk(opened(STREET, 'signed_in'), toPoints))).toBe('next_card');
  });

  test('each row has its own number in its own menu', () => {
    const model = walk(opened(STREET, 'signed_in'));
    expect(
      ['look_up_service_id', 'register_service_id', 'points'].map((item) => numberOf(model, item as 'points')),
    ).toEqual([1, 2, 3]);
    expect(numberOf(model, 'use_points')).toBe(1);
    expect(menuOf(LIBRARY)).toEqual([]);
  });
});
