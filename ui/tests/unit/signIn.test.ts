/** Where the window goes when the terminal password is wanted. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { ACCOUNTS, SHOP, TODAY } from '../../src/backend/double/samples';
import type { LastOperation, SignIn, SignInState, Visit } from '../../src/generated/types';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { beforeOpening, type Model } from '../../src/journey/model';
import { step } from '../../src/journey/step';

const signIn = (state: SignInState): SignIn => ({
  state,
  terminal: '1413 0001',
  staff_name: 'no',
  signed_in_as: null,
  names: [],
});
const toldThat = (state: SignInState): CounterEvent => ({
  type: 'told',
  notice: { notice: 'sign_in', content: signIn(state) },
});
const opened = (state: SignInState): CounterEvent => {
  const { settings, devices } = beforeOpening(TODAY, 'ja');
  return {
    type: 'answered',
    command: 'open_counter',
    args: null,
    answer: {
      place: { state: 'registered', profile: SHOP },
      sign_in: signIn(state),
      settings,
      devices: { ...devices, reader: { state: 'ready', name: 'A' } },
      card: { state: 'absent' },
      last_operation: null,
      version: '0.1.0',
    },
  };
};
const VISIT: Visit = {
  visit: 1,
  masked_mykey_id: 'MY****56',
  accounts: ACCOUNTS.slice(0, 1),
  left_today: 5000,
  per_use: 3000,
  by_card_of: null,
  ticket_days: { from: TODAY, to: '2026-12-20' },
};
const read: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'read', visit: VISIT } } };
const toConfirm: CounterEvent[] = [read, { type: 'type_amount', account: 0, typed: '1500' }, { type: 'check_amounts' }];
const done: LastOperation = {
  key: 'k1',
  kind: 'use',
  points: 1500,
  at_ms: 0,
  acknowledged: false,
  series: null,
  state: {
    state: 'done',
    number: '20261120-0015',
    voided_number: null,
    accounts: [],
    ticket: null,
    day_close: null,
    merge: null,
  },
};
const used: CounterEvent = { type: 'answered', command: 'use_points', args: { visit: 1, parts: [] }, answer: done };

function walk(...events: CounterEvent[]): { model: Model; effects: Effect[] } {
  let model = beforeOpening(TODAY, 'ja');
  const effects: Effect[] = [];
  for (const event of events) {
    const turn = step(model, event);
    model = turn.model;
    effects.push(...turn.effects);
  }
  return { model, effects };
}
const commands = (effects: Effect[]) => effects.flatMap((effect) => (effect.effect === 'call' ? [effect.command] : []));

describe('the password', () => {
  test.each([
    ['not_needed', 'home'],
    ['signed_in', 'home'],
    ['needed', 'sign_in'],
    ['locked', 'sign_in'],
  ] as [SignInState, string][])('%s at the start shows %s', (state, at) => {
    expect(walk(opened(state)).model.task.at).toBe(at);
  });

  test('is asked for before a list of operations is', () => {
    expect(commands(walk(opened('needed')).effects)).not.toContain('list_operations');
  });

  test('typed goes to the program once, and its rightness leads to the menu', () => {
    const typed: CounterEvent = { type: 'sign_in', password: 'k7mw3pxrd', staffName: '' };
    const { model, effects } = walk(opened('needed'), typed, typed, toldThat('signed_in'));
    expect(commands(effects).filter((command) => command === 'sign_in')).toHaveLength(1);
    expect(model.task.at).toBe('home');
    expect(commands(effects)).toContain('list_operations');
  });

  test('that is wrong is said where it was typed', () => {
    const failure = failureOf('wrong_terminal_password');
    const { model } = walk(
      opened('locked'),
      { type: 'sign_in', password: 'wrong2345', staffName: '' },
      { type: 'failed', command: 'sign_in', args: { password: 'wrong2345', staff_name: '' }, failure },
    );
    expect(model.task).toEqual({ at: 'sign_in', waiting: false, failure });
  });
});

describe('a day that ends, and a lock', () => {
  test.each(['needed', 'locked'] as SignInState[])('take a visit off the screen (%s)', (state) => {
    const { model, effects } = walk(opened('signed_in'), ...toConfirm, toldThat(state));
    expect(model.task.at).toBe('sign_in');
    expect(commands(effects)).toContain('leave_visit');
  });

  test.each(['needed', 'locked'] as SignInState[])('never hide a use that is being sent (%s)', (state) => {
    const { model } = walk(opened('signed_in'), ...toConfirm, { type: 'confirm' }, toldThat(state));
    expect(model.task).toMatchObject({ at: 'confirm', sending: true });
  });

  test('leave a fate on the screen at midnight, and come after it', () => {
    const sent: CounterEvent[] = [opened('signed_in'), ...toConfirm, { type: 'confirm' }, used, toldThat('needed')];
    expect(walk(...sent).model.task.at).toBe('result');
    expect(walk(...sent, { type: 'acknowledge', then: 'home' }).model.task.at).toBe('sign_in');
    expect(walk(...sent, { type: 'acknowledge', then: 'use_points' }).model.task.at).toBe('sign_in');
  });

  test('a fate nobody has acknowledged is shown again after the lock', () => {
    const sent: CounterEvent[] = [opened('signed_in'), ...toConfirm, { type: 'confirm' }, used, toldThat('locked')];
    expect(walk(...sent).model.task.at).toBe('sign_in');
    expect(walk(...sent, toldThat('signed_in')).model.task).toMatchObject({ at: 'last_operation', operation: done });
  });

  test('the lock is asked for only where somebody is signed in and nothing is being sent', () => {
    const asks = (...events: CounterEvent[]) => commands(walk(...events, { type: 'lock' }).effects).includes('lock');
    expect(asks(opened('signed_in'))).toBe(true);
    expect(asks(opened('signed_in'), ...toConfirm)).toBe(true);
    expect(asks(opened('signed_in'), ...toConfirm, { type: 'confirm' })).toBe(false);
    expect(asks(opened('not_needed'))).toBe(false);
    expect(asks(opened('locked'))).toBe(false);
  });
});
