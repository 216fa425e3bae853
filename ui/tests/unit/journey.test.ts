/** Where the window goes: a table of steps, and a walk of every event at every place. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { ACCOUNTS, OPERATIONS, SHOP, TODAY } from '../../src/backend/double/samples';
import type { Counter, LastOperation, OperationState, Visit } from '../../src/generated/types';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { CLEARING } from './clearingEvents';
import { expectationOf } from '../../src/journey/expectation';
import { beforeOpening, type Model } from '../../src/journey/model';
import { remedyFor } from '../../src/journey/remedy';
import { step } from '../../src/journey/step';

const VISIT: Visit = {
  visit: 1,
  masked_mykey_id: 'MY****56',
  accounts: ACCOUNTS.slice(0, 1),
  left_today: 5000,
  per_use: 3000,
  by_card_of: null,
  ticket_days: { from: TODAY, to: '2026-12-20' },
};
const DONE: OperationState = {
  state: 'done',
  number: '20261120-0015',
  voided_number: null,
  accounts: [],
  ticket: null,
  day_close: null,
  merge: null,
};
const operation = (state: OperationState, acknowledged = false): LastOperation => ({
  key: 'k1',
  kind: 'use',
  points: 1500,
  at_ms: 0,
  series: null,
  state,
  acknowledged,
});
const opened = (change: Partial<Counter> = {}): CounterEvent => {
  const { settings, devices, sign_in } = beforeOpening(TODAY, 'ja');
  const answer = {
    place: { state: 'registered', profile: SHOP },
    sign_in,
    settings,
    devices,
    card: { state: 'absent' },
    last_operation: null,
    version: '0.1.0',
    ...change,
  } as Counter;
  return { type: 'answered', command: 'open_counter', args: null, answer };
};
const card = (
  content: Extract<Extract<CounterEvent, { type: 'told' }>['notice'], { notice: 'card' }>['content'],
): CounterEvent => ({ type: 'told', notice: { notice: 'card', content } });
const told = (content: LastOperation): CounterEvent => ({
  type: 'told',
  notice: { notice: 'last_operation', content },
});
const read = card({ state: 'read', visit: VISIT });
const typed = (text: string): CounterEvent => ({ type: 'type_amount', account: 0, typed: text });
const used = (state: OperationState): CounterEvent => ({
  type: 'answered',
  command: 'use_points',
  args: { visit: 1, parts: [] },
  answer: operation(state),
});

/** A walk: where one is at its end, and everything asked for on the way. */
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
const atConfirm = [opened(), read, typed('1500'), { type: 'check_amounts' }] satisfies CounterEvent[];

describe('at start', () => {
  test.each([
    [{ place: { state: 'unregistered' } }, 'register'],
    [{ place: { state: 'barred', failure: failureOf('terminal_suspended'), may_register: false } }, 'barred'],
    [{}, 'home'],
    [{ last_operation: operation(DONE) }, 'last_operation'],
    [{ last_operation: operation(DONE, true) }, 'home'],
    [{ last_operation: operation({ state: 'not_done' }) }, 'last_operation'],
    [{ last_operation: operation({ state: 'checking' }, true) }, 'last_operation'],
  ] as [Partial<Counter>, string][])('%j opens %s', (change, at) => {
    expect(walk(opened(change)).model.task.at).toBe(at);
  });
});

describe('a use', () => {
  test.each([
    [DONE, 'result'],
    [{ state: 'refused', failure: failureOf('insufficient') }, 'refused'],
    [{ state: 'checking' }, 'last_operation'],
    [{ state: 'not_done' }, 'last_operation'],
  ] as [OperationState, string][])(
    'answered with %j shows %s and forgets the visit unless it can be corrected',
    (state, at) => {
      const { model, effects } = walk(...atConfirm, { type: 'confirm' }, used(state));
      expect(model.task.at).toBe(at);
      expect(commands(effects).includes('leave_visit')).toBe(at !== 'refused');
    },
  );

  test('is sent once, however often the button is pressed, and cannot be left meanwhile', () => {
    const { model, effects } = walk(
      ...atConfirm,
      { type: 'confirm' },
      { type: 'confirm' },
      { type: 'back' },
      { type: 'confirm' },
    );
    expect(commands(effects).filter((command) => command === 'use_points')).toHaveLength(1);
    expect(model.task.at).toBe('confirm');
  });

  test('is not begun with amounts that cannot be used', () => {
    expect(walk(opened(), read, typed('3001'), { type: 'check_amounts' }).model.task.at).toBe('amount');
  });

  test('is refused in the screen when the visit runs out before the button was pressed', () => {
    const { model } = walk(...atConfirm, card({ state: 'failed', failure: failureOf('visit_expired') }));
    expect(model.task).toMatchObject({ at: 'refused', journalled: false });
    expect(model.task.at === 'refused' && remedyFor(model.task)).toBe('card');
  });

  test('is not disturbed by the visit running out while it is being sent', () => {
    const { model } = walk(
      ...atConfirm,
      { type: 'confirm' },
      card({ state: 'failed', failure: failureOf('visit_expired') }),
    );
    expect(model.task).toMatchObject({ at: 'confirm', sending: true });
  });

  test('that was refused keeps what was typed for correction', () => {
    const { model, effects } = walk(
      ...atConfirm,
      { type: 'confirm' },
      used({ state: 'refused', failure: failureOf('insufficient') }),
      { type: 'correct_amounts' },
    );
    expect(model.task).toMatchObject({ at: 'amount', typed: ['1500'] });
    expect(commands(effects)).toContain('acknowledge_last_operation');
  });

  test('stays on the screen until it was seen, and is acknowledged once', () => {
    const { model, effects } = walk(
      ...atConfirm,
      { type: 'confirm' },
      used(DONE),
      { type: 'back' },
      card({ state: 'absent' }),
      card({ state: 'reading' }),
    );
    expect(model.task.at).toBe('result');
    expect(commands(effects)).not.toContain('acknowledge_last_operation');
    const seen = step(model, { type: 'acknowledge', then: 'home' });
    expect(seen.model.task.at).toBe('home');
    expect(commands(seen.effects)).toEqual([
      'acknowledge_last_operation',
      'expect_card',
      'list_operations',
      'look_at_clearing',
    ]);
  });
});

describe('a card', () => {
  test('on the home screen is not asked for a second time', () => {
    const { effects } = walk(opened(), card({ state: 'reading' }), read);
    const expectations = effects.flatMap((effect) =>
      effect.effect === 'call' && effect.command === 'expect_card' ? [effect.args] : [],
    );
    expect(expectations).toEqual(['next_card', 'none']);
  });

  test('that is asked for by key is read where it lies', () => {
    expect(expectationOf(walk(opened(), card({ state: 'lying' }), { type: 'choose', item: 'use_points' }).model)).toBe(
      'card_now',
    );
  });

  test.each(['help', 'display', 'settings'] as const)('does not start anything under %s', (aside) => {
    const { model } = walk(opened(), { type: 'open_aside', aside }, card({ state: 'reading' }));
    expect(model.task.at).toBe('home');
    expect(expectationOf(model)).toBe('none');
  });

  test('is not read while an operation is open', () => {
    expect(
      expectationOf(walk(opened({ last_operation: operation({ state: 'checking' }) }), { type: 'go_home' }).model),
    ).toBe('none');
  });

  test('that failed leaves the screen waiting for the next', () => {
    const { model } = walk(opened(), card({ state: 'failed', failure: failureOf('card_removed') }), read);
    expect(model.task.at).toBe('amount');
  });
});

describe('an open operation', () => {
  const away = [
    opened({ last_operation: operation({ state: 'checking' }) }),
    { type: 'go_home' },
  ] satisfies CounterEvent[];

  test('bars the next use', () => {
    expect(walk(...away, { type: 'choose', item: 'use_points' }).model.task.at).toBe('last_operation');
  });

  test('comes back large once its fate is known', () => {
    const { model, effects } = walk(...away, told(operation({ state: 'not_done' })));
    expect(model.task).toMatchObject({ at: 'last_operation', operation: { state: { state: 'not_done' } } });
    expect(effects).toContainEqual({ effect: 'sound', mark: 'stop' });
  });

  test('waits with that until the list of totals is left', () => {
    const { model } = walk(...away, { type: 'choose', item: 'own_totals' }, told(operation(DONE)));
    expect(model.task.at).toBe('totals');
    expect(step(model, { type: 'back' }).model.task.at).toBe('last_operation');
  });
});

describe('a terminal that is suspended', () => {
  const suspended: CounterEvent = {
    type: 'told',
    notice: {
      notice: 'place',
      content: { state: 'barred', failure: failureOf('terminal_suspended'), may_register: false },
    },
  };

  test('is barred at once', () => {
    expect(walk(opened(), read, suspended).model.task.at).toBe('barred');
  });

  test('is barred only after its result was seen', () => {
    const { model } = walk(...atConfirm, { type: 'confirm' }, suspended, used(DONE));
    expect(model.task.at).toBe('result');
    expect(step(model, { type: 'acknowledge', then: 'home' }).model.task.at).toBe('barred');
  });
});

test('lists that failed are asked for again when the line is back', () => {
  const { devices } = beforeOpening(TODAY, 'ja');
  const network = (state: 'looking' | 'ready'): CounterEvent => ({
    type: 'told',
    notice: {
      notice: 'devices',
      content: { ...devices, network: state === 'ready' ? { state, name: null } : { state } },
    },
  });
  const failedList: CounterEvent = {
    type: 'failed',
    command: 'list_operations',
    args: null,
    failure: failureOf('cloud_unreachable'),
  };
  const { effects } = walk(opened(), failedList, network('looking'), network('ready'), network('ready'));
  expect(commands(effects).filter((command) => command === 'list_operations')).toHaveLength(2);
});

test('settings that could not be kept are said where they were chosen', () => {
  const { settings } = beforeOpening(TODAY, 'ja');
  const change = { ...settings, language: 'en' as const };
  const { model } = walk(
    opened(),
    { type: 'save_settings', settings: change },
    { type: 'failed', command: 'save_settings', args: change, failure: failureOf('settings_invalid') },
  );
  expect(model.settings.language).toBe('en');
  expect(model.aside).toMatchObject({ at: 'display', failure: { code: 'settings_invalid' } });
});

describe('every event at every place', () => {
  const list: CounterEvent = {
    type: 'answered',
    command: 'list_operations',
    args: null,
    answer: { date: TODAY, operations: OPERATIONS, uses: 2, voids: 1, points: 3600 },
  };
  const EVENTS: CounterEvent[] = [
    opened(),
    opened({ place: { state: 'unregistered' } }),
    opened({ last_operation: operation({ state: 'checking' }) }),
    card({ state: 'absent' }),
    card({ state: 'lying' }),
    card({ state: 'reading' }),
    read,
    card({ state: 'failed', failure: failureOf('card_removed') }),
    card({ state: 'failed', failure: failureOf('visit_expired') }),
    told(operation(DONE)),
    told(operation({ state: 'checking' })),
    told(operation({ state: 'not_done' })),
    { type: 'told', notice: { notice: 'place', content: { state: 'unregistered' } } },
    {
      type: 'told',
      notice: {
        notice: 'place',
        content: { state: 'barred', failure: failureOf('terminal_suspended'), may_register: false },
      },
    },
    { type: 'told', notice: { notice: 'place', content: { state: 'registered', profile: SHOP } } },
    { type: 'sign_up', terminal: '14130001', password: 'k7mw3pxrd' },
    {
      type: 'answered',
      command: 'begin_registration',
      args: { terminal: '', password: '' },
      answer: { terminal: '1413 0001', municipality: '川崎市', site: 'やまだ八百屋', id_providers: [] },
    },
    { type: 'register_anew' },
    { type: 'choose', item: 'use_points' },
    { type: 'choose', item: 'void_use' },
    { type: 'choose', item: 'own_totals' },
    ...CLEARING,
    { type: 'show_last' },
    { type: 'go_home' },
    { type: 'back' },
    typed('1500'),
    { type: 'choose_account', account: 3 },
    { type: 'check_amounts' },
    { type: 'confirm' },
    used(DONE),
    used({ state: 'checking' }),
    used({ state: 'refused', failure: failureOf('insufficient') }),
    { type: 'failed', command: 'use_points', args: { visit: 1, parts: [] }, failure: failureOf('visit_expired') },
    { type: 'correct_amounts' },
    { type: 'print' },
    { type: 'ask_fate_again' },
    { type: 'acknowledge', then: 'home' },
    { type: 'acknowledge', then: 'use_points' },
    list,
    { type: 'choose_void', use: OPERATIONS[0]! },
    { type: 'choose_receipt', operation: OPERATIONS[0]! },
    { type: 'choose_period', period: { from: TODAY, to: TODAY } },
    { type: 'open_aside', aside: 'help' },
    { type: 'close_aside' },
  ];

  /** All places that can be reached, by their name and what matters for the next step. */
  function reachable(): Model[] {
    const known = new Map<string, Model>();
    const open = [beforeOpening(TODAY, 'ja')];
    for (let model = open.pop(); model; model = open.pop()) {
      const { task, aside, place, last, card: lies } = model;
      const name = [
        task.at,
        'sending' in task && task.sending,
        aside?.at,
        place.state,
        last?.state.state,
        last?.acknowledged,
        lies.state,
        'amounts' in task && task.amounts !== null,
        'typed' in task && task.typed.join(),
      ].join(' ');
      if (known.has(name)) continue;
      known.set(name, model);
      open.push(...EVENTS.map((event) => step(model, event).model));
    }
    return [...known.values()];
  }

  const places = reachable();

  test('leads somewhere, and every screen can be reached', () => {
    const reached = new Set(places.map(({ task }) => task.at));
    const all = [
      'opening',
      'register',
      'contact',
      'barred',
      'home',
      'card',
      'amount',
      'confirm',
      'result',
      'refused',
      'last_operation',
      'voidable',
      'receipt',
      'confirm_void',
      'totals',
    ];
    expect(all.filter((at) => !reached.has(at as Model['task']['at']))).toEqual([]);
  });

  test('never sends a use from anywhere but the confirmation', () => {
    for (const model of places) {
      for (const event of EVENTS) {
        const sends = commands(step(model, event).effects).filter(
          (command) => command === 'use_points' || command === 'void_use',
        );
        if (sends.length > 0)
          expect([model.task.at, event.type]).toEqual([
            sends[0] === 'use_points' ? 'confirm' : 'confirm_void',
            'confirm',
          ]);
      }
    }
  });

  test('never acknowledges what is not on the screen', () => {
    for (const model of places) {
      for (const event of EVENTS) {
        if (!commands(step(model, event).effects).includes('acknowledge_last_operation')) continue;
        expect(['result', 'refused', 'last_operation']).toContain(model.task.at);
        expect(model.last?.state.state).not.toBe('checking');
      }
    }
  });

  test('never leaves a result or an unseen fate but by a person', () => {
    for (const model of places.filter(({ task }) => task.at === 'result')) {
      for (const event of EVENTS.filter(({ type }) => type === 'told'))
        expect(step(model, event).model.task.at).toBe('result');
    }
  });
});
