/** The issuing desk and the day close: from the card to the paper, and what a lost paper leads to. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { ACCOUNTS, CHAMBER, KAWASAKI, TODAY } from '../../src/backend/double/samples';
import { Tickets } from '../../src/backend/double/tickets';
import type { DayCloseLine, LastOperation, Ticket, TicketOrder, Visit } from '../../src/generated/types';
import { dayRows } from '../../src/journey/dayRows';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { beforeOpening, menuOf, type Model, numberOf } from '../../src/journey/model';
import { residentStepOf } from '../../src/journey/resident';
import { missingOf } from '../../src/journey/series';
import { step } from '../../src/journey/step';
import { digitsIn, foundTickets } from '../../src/journey/ticketList';
import { hasMark } from '../../src/journey/tickets';
import { daysBetween, daysLater, weeksOf } from '../../src/look/weeks';

const VISIT: Visit = {
  visit: 1,
  masked_mykey_id: 'MY****56',
  accounts: ACCOUNTS.slice(0, 2),
  left_today: 5000,
  per_use: 3000,
  by_card_of: null,
  ticket_days: { from: TODAY, to: '2026-12-20' },
};
const TICKET: Ticket = {
  number: '987654321012',
  points: 1000,
  currency: KAWASAKI,
  currency_name: '川崎市ポイント',
  issuer_name: '川崎市',
  event_name: null,
  issued_on: TODAY,
  last_day: '2026-12-20',
  issued_at: CHAMBER.site_name,
};
const operation = (kind: LastOperation['kind'], handed_to_printer = false): LastOperation => ({
  key: 'k1',
  kind,
  points: 1000,
  at_ms: 0,
  acknowledged: false,
  series: null,
  state: {
    state: 'done',
    number: '20261120-0015',
    accounts: [],
    voided_number: null,
    ticket: { ticket: TICKET, handed_to_printer },
    day_close: null,
    merge: null,
  },
});
const opened: CounterEvent = {
  type: 'answered',
  command: 'open_counter',
  args: null,
  answer: {
    ...beforeOpening(TODAY, 'ja'),
    place: { state: 'registered', profile: CHAMBER },
    card: { state: 'absent' },
    last_operation: null,
  },
};
const read: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'read', visit: VISIT } } };
const typed: CounterEvent = { type: 'type_amount', account: 0, typed: '1000' };
const ISSUE = { visit: 1, part: { currency: KAWASAKI, typed: '1000' }, last_day: '2026-12-20', count: 1 };
const issued: CounterEvent = {
  type: 'answered',
  command: 'issue_ticket',
  args: ISSUE,
  answer: operation('issue_ticket'),
};
const toConfirm: CounterEvent[] = [opened, read, typed, { type: 'check_amounts' }, { type: 'check_last_day' }];

function walk(...events: CounterEvent[]): { model: Model; effects: Effect[] } {
  let model = beforeOpening(TODAY, 'ja');
  let effects: Effect[] = [];
  for (const event of events) ({ model, effects } = step(model, event));
  return { model, effects };
}
const calls = (effects: Effect[]) =>
  effects.flatMap((effect) => (effect.effect === 'call' ? [{ command: effect.command, args: effect.args }] : []));

test('the menu follows the functions, and its numbers are its keys', () => {
  expect(menuOf(CHAMBER)).toEqual(['issue_ticket', 'tickets', 'own_totals', 'close_day']);
  const { model } = walk(opened);
  expect(numberOf(model, 'close_day')).toBe(4);
  expect(numberOf(model, 'use_points')).toBeUndefined();
});

describe('issuing', () => {
  test.each([
    ['municipal', false],
    ['event', true],
    ['common', true],
    ['reserved', false],
  ] as const)('%s points are marked by their name: %s', (kind, marked) => expect(hasMark({ kind })).toBe(marked));

  test('a card at a desk begins a ticket that is good as long as it may be', () => {
    const { model } = walk(opened, read);
    expect(model.task).toMatchObject({ at: 'amount', lastDay: '2026-12-20' });
  });

  test('a ticket is of one account: its points move with the choice', () => {
    const { model } = walk(opened, read, typed, { type: 'choose_account', account: 1 });
    expect(model.task).toMatchObject({ active: 1, typed: ['', '1000'] });
  });

  test.each([
    ['2026-11-20', '2026-11-20'],
    ['2026-12-20', '2026-12-20'],
    ['2026-11-19', '2026-12-01'],
    ['2026-12-21', '2026-12-01'],
  ])('of %s the last day becomes %s', (day, chosen) => {
    const first: CounterEvent = { type: 'choose_last_day', day: '2026-12-01' };
    const { model } = walk(opened, read, typed, { type: 'check_amounts' }, first, { type: 'choose_last_day', day });
    expect(model.task).toMatchObject({ at: 'last_day', lastDay: chosen });
  });

  const toLastDay: CounterEvent[] = [opened, read, typed, { type: 'check_amounts' }];
  const several = (count: number): CounterEvent => ({ type: 'choose_ticket_count', count });

  test('several tickets are asked for as far as the balance goes', () => {
    const { effects } = walk(...toLastDay, several(3), { type: 'check_last_day' }, { type: 'confirm' });
    expect(calls(effects)).toContainEqual({ command: 'issue_ticket', args: { ...ISSUE, count: 3 } });
    for (const count of [0, 4, -1])
      expect(walk(...toLastDay, several(3), several(count)).model.task).toMatchObject({ count: 3 });
  });

  test('together they may be above the limit of one', () => {
    const small = { ...VISIT, per_use: 2500 };
    const card: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'read', visit: small } } };
    const to = [opened, card, typed, { type: 'check_amounts' }, several(3), { type: 'check_last_day' }] as const;
    expect(walk(...to, { type: 'confirm' }).model.task).toMatchObject({ at: 'pin', count: 3 });
  });

  test('a larger amount leaves as many tickets as it is still good for', () => {
    const more: CounterEvent = { type: 'type_amount', account: 0, typed: '1500' };
    const { model } = walk(...toLastDay, several(3), { type: 'back' }, more, { type: 'check_amounts' });
    expect(model.task).toMatchObject({ at: 'last_day', count: 2 });
  });

  test('of several the resident is asked about the sum', () => {
    const model = walk(...toLastDay, several(3), { type: 'check_last_day' }).model;
    const shown = { ...model, settings: { ...model.settings, resident_window: { shown: 'movable' as const } } };
    expect(residentStepOf(shown)).toMatchObject({ parts: { parts: [{ typed: '3000' }] } });
  });

  test.each(['refused', 'not_done'] as const)('what was issued before one that was %s is printed', (fate) => {
    const failure = failureOf('over_limit_per_day');
    const state: LastOperation['state'] = fate === 'refused' ? { state: 'refused', failure } : { state: 'not_done' };
    const before = [{ ticket: TICKET, handed_to_printer: false }];
    const answer = { ...operation('issue_ticket'), state, series: { wanted: 3, before, ended: null } };
    const { model, effects } = walk(...toConfirm, { type: 'confirm' }, { ...issued, answer });
    expect(model.task).toMatchObject({ at: 'ticket_result', printed: { is: 'coming' } });
    expect(calls(effects)).toContainEqual({ command: 'print_ticket', args: { key: 'k1' } });
    expect(missingOf(answer)).toBe(2);
  });

  test('pressed twice it is sent once', () => {
    const once = walk(...toConfirm, { type: 'confirm' });
    expect(calls(once.effects)).toContainEqual({ command: 'issue_ticket', args: ISSUE });
    expect(step(once.model, { type: 'confirm' }).effects).toEqual([]);
  });

  test('its paper comes out by itself', () => {
    const { model, effects } = walk(...toConfirm, { type: 'confirm' }, issued);
    expect(model.task).toMatchObject({ at: 'ticket_result', printed: { is: 'coming' } });
    expect(calls(effects)).toContainEqual({ command: 'print_ticket', args: { key: 'k1' } });
  });

  test('above the limit the PIN comes first, and what was typed is issued with it', () => {
    const much: CounterEvent = { type: 'type_amount', account: 0, typed: '3000' };
    const small = { ...VISIT, per_use: 500 };
    const card: CounterEvent = { type: 'told', notice: { notice: 'card', content: { state: 'read', visit: small } } };
    const events: CounterEvent[] = [opened, card, much, { type: 'check_amounts' }, { type: 'check_last_day' }];
    const tries: CounterEvent = { type: 'answered', command: 'begin_pin', args: { visit: 1 }, answer: { left: 3 } };
    const pin: CounterEvent = { type: 'give_pin', digits: '1234', lastTryAgreed: false };
    const { effects } = walk(...events, { type: 'confirm' }, tries, pin);
    expect(calls(effects).map(({ command }) => command)).toEqual(expect.arrayContaining(['issue_ticket_with_pin']));
    const back = walk(...events, { type: 'confirm' }, { type: 'back' });
    expect(back.model.task.at).toBe('confirm_issue');
  });
});

describe('a number goes to a printer once', () => {
  const printed = (answer: Extract<CounterEvent, { command: 'print_ticket'; type: 'answered' }>['answer']) =>
    ({ type: 'answered', command: 'print_ticket', args: { key: 'k1' }, answer }) as CounterEvent;
  const failure = failureOf('printer_refused');

  test('handed over and not printed, it is not printed again but reissued', () => {
    const lost = walk(...toConfirm, issued, printed({ outcome: 'not_printed', failure }));
    expect(calls(step(lost.model, { type: 'print' }).effects)).toEqual([]);
    const asked = step(lost.model, { type: 'choose_ticket', act: 'reissue_ticket', ticket: TICKET });
    expect(asked.model.task).toMatchObject({ at: 'confirm_ticket', act: 'reissue_ticket' });
    const sent = step(asked.model, { type: 'confirm' });
    expect(calls(sent.effects)).toEqual([{ command: 'reissue_ticket', args: { ticket: TICKET.number } }]);
  });

  test('not handed over, it can still be printed', () => {
    const kept: CounterEvent = { type: 'failed', command: 'print_ticket', args: { key: 'k1' }, failure };
    const { model } = walk(...toConfirm, issued, kept);
    expect(calls(step(model, { type: 'print' }).effects)).toEqual([{ command: 'print_ticket', args: { key: 'k1' } }]);
  });

  test('a reissue that was printed before is not printed by itself', () => {
    const again: CounterEvent = {
      type: 'answered',
      command: 'reissue_ticket',
      args: { ticket: TICKET.number },
      answer: operation('reissue_ticket', true),
    };
    expect(calls(walk(opened, again).effects).map(({ command }) => command)).not.toContain('print_ticket');
  });
});

test('what is left of a kind stands behind what was taken back of it, by currency', () => {
  const line = (kind: DayCloseLine['kind'], currency: string, count: number, points: number): DayCloseLine => ({
    kind,
    currency,
    count,
    points,
  });
  const rows = dayRows([
    line('use', '市', 4, 5100),
    line('use', '祭', 2, 1200),
    line('void', '祭', 1, 800),
    line('issue_ticket', '市', 4, 3800),
    line('reissue_ticket', '市', 1, 2000),
  ]);
  expect(rows.map(({ kind, currency, count, points, isNet }) => [kind, currency, count, points, isNet])).toEqual([
    ['use', '市', 4, 5100, false],
    ['use', '祭', 2, 1200, false],
    ['void', '祭', 1, 800, false],
    ['use', '市', 4, 5100, true],
    ['use', '祭', 1, 400, true],
    ['issue_ticket', '市', 4, 3800, false],
    ['reissue_ticket', '市', 1, 2000, false],
  ]);
});

test('a day is closed after a question, once, and its paper can be printed at once', () => {
  const close = {
    number: 3,
    date: TODAY,
    at_ms: 0,
    since_ms: null,
    lines: [{ kind: 'issue_ticket' as const, currency: '川崎市ポイント', count: 1, points: 1000 }],
    tickets: [{ currency: '川崎市ポイント', state: 'open' as const, count: 1, points: 1000 }],
    head: 'ab',
  };
  const asked = walk(
    opened,
    { type: 'choose', item: 'close_day' },
    { type: 'answered', command: 'preview_day', args: null, answer: { ...close, number: 0 } },
    { type: 'close_day' },
  );
  expect(asked.model.task.at).toBe('confirm_close');
  const sent = step(asked.model, { type: 'confirm' });
  expect(calls(sent.effects)).toEqual([{ command: 'close_day', args: null }]);
  expect(step(sent.model, { type: 'confirm' }).effects).toEqual([]);
  const done = operation('close_day');
  const state = { ...done.state, ticket: null, day_close: close } as LastOperation['state'];
  const closed = step(sent.model, {
    type: 'answered',
    command: 'close_day',
    args: null,
    answer: { ...done, points: 0, state },
  });
  expect(closed.model.task).toMatchObject({ at: 'day_closed', isNew: true });
  expect(calls(step(closed.model, { type: 'print' }).effects)).toEqual([
    { command: 'print_day_close', args: { number: 3 } },
  ]);
});

describe('a ticket is found', () => {
  const { tickets } = new Tickets(true, 1000).list('issued_today');
  test.each([
    ['3316', ['482910573316']],
    ['４８２９　１０５７', ['482910573316']],
    ['2,000', ['904417286650']],
    ['ko****31', ['550123984471']],
    ['99999', []],
  ])('by %s', (search, numbers) => {
    expect(foundTickets(tickets, search, 'newest').map(({ ticket }) => ticket.number)).toEqual(numbers);
  });

  test('by its points or its last day first', () => {
    expect(foundTickets(tickets, '', 'largest')[0]?.ticket.points).toBe(2000);
    expect(foundTickets(tickets, '', 'earliest')[0]?.ticket.last_day).toBe('2026-11-27');
  });
});

describe('a list that ends before its last ticket', () => {
  const { tickets } = new Tickets(true, 1000).list('open');
  const listed = (count: number): CounterEvent => ({
    type: 'answered',
    command: 'list_tickets',
    args: 'open',
    answer: { date: TODAY, tickets: tickets.slice(0, 4), count },
  });
  const shown: CounterEvent[] = [opened, { type: 'show_tickets', which: 'open' }];
  const seek = (digits: string, order: TicketOrder = 'earliest'): CounterEvent => ({
    type: 'seek_tickets',
    digits,
    order,
  });

  test('is looked through by the cloud, once for what was typed', () => {
    const once = walk(...shown, listed(27), seek('9199'));
    expect(once.effects).toContainEqual(
      expect.objectContaining({
        command: 'find_tickets',
        args: { which: 'open', digits: '9199', order: 'earliest' },
      }),
    );
    expect(walk(...shown, listed(27), seek('9199'), seek('9199')).effects).toEqual([]);
  });

  test('is looked through by the cloud for 5 and 50 points, too', () => {
    for (const digits of ['5', '50'])
      expect(walk(...shown, listed(27), seek(digits)).effects).toContainEqual(
        expect.objectContaining({ command: 'find_tickets', args: { which: 'open', digits, order: 'earliest' } }),
      );
  });

  test('begins with others in another order, which the cloud knows', () => {
    const largest = walk(...shown, listed(27), seek('', 'largest'));
    expect(largest.effects).toContainEqual(
      expect.objectContaining({ command: 'find_tickets', args: { which: 'open', digits: null, order: 'largest' } }),
    );
    expect(largest.model.task).toMatchObject({ sought: { order: 'largest', found: { is: 'coming' } } });
    expect(walk(...shown, listed(27), seek('', 'largest'), seek('')).model.task).toMatchObject({ sought: null });
  });

  test('and only what was typed or chosen last is shown', () => {
    const answer = (digits: string, order: TicketOrder = 'earliest'): CounterEvent => ({
      type: 'answered',
      command: 'find_tickets',
      args: { which: 'open', digits, order },
      answer: { date: TODAY, tickets: tickets.slice(-1), count: 1 },
    });
    const typed = [...shown, listed(27), seek('919'), seek('9199')];
    for (const late of [answer('919'), answer('9199', 'newest')])
      expect(walk(...typed, late).model.task).toMatchObject({
        sought: { digits: '9199', order: 'earliest', found: { is: 'coming' } },
      });
    const here = walk(...shown, listed(27), seek('9199'), answer('9199'));
    expect(here.model.task).toMatchObject({ sought: { found: { is: 'here', value: { count: 1 } } } });
    expect(walk(...shown, listed(27), seek('9199'), answer('9199'), seek('')).model.task).toMatchObject({
      sought: null,
    });
  });

  test.each([
    ['a list that shows all', 4, '9199'],
    ['words', 27, ''],
  ])('is not asked for %s', (_, count, digits) => {
    const { effects } = walk(...shown, listed(count), seek(digits));
    expect(effects.filter((effect) => 'command' in effect)).toEqual([]);
  });

  test.each([
    ['4829 1057', '48291057'],
    ['４８２９－', ''],
    ['9199-1364', '91991364'],
    ['KO****31', ''],
  ])('digits in %s', (typed, digits) => expect(digitsIn(typed)).toBe(digits));
});

describe('the calendar', () => {
  test('counts over the ends of months and years', () => {
    expect(daysLater('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysLater('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-11-20', '2026-12-20')).toBe(30);
  });

  test('has whole weeks from Sunday with every day that can be chosen', () => {
    const weeks = weeksOf('2026-11-20', '2026-12-20');
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(weeks[0]?.[0]).toBe('2026-11-15');
    expect(weeks.flat()).toEqual(expect.arrayContaining(['2026-11-20', '2026-12-20']));
  });
});
