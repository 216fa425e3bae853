/** A pile that is finished: its list, what is taken back from it, and that no ticket is scanned into it. */
import { expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { CLEARING_PLACE, TODAY } from '../../src/backend/double/samples';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { beforeOpening, type Model } from '../../src/journey/model';
import { papersOf, refusedIn } from '../../src/journey/pile';
import { step } from '../../src/journey/step';
import { CLEARED, pileOf, REFUSED, scanned, scanOf } from './clearingEvents';

const scan = scanOf('a', CLEARED);
const found = (...scans: (typeof scan)[]): CounterEvent => ({
  type: 'answered',
  command: 'show_pile',
  args: { pile: 1 },
  answer: pileOf(...scans),
});
const listed: CounterEvent[] = [{ type: 'show_piles' }, found(scan), { type: 'show_scans' }];

function walk(...events: CounterEvent[]): { model: Model; effects: Effect[] } {
  let model: Model = {
    ...beforeOpening(TODAY, 'ja'),
    place: { state: 'registered', profile: CLEARING_PLACE },
    task: { at: 'home' },
  };
  const effects: Effect[] = [];
  for (const event of events) {
    const turn = step(model, event);
    model = turn.model;
    effects.push(...turn.effects);
  }
  return { model, effects };
}
const calls = (effects: Effect[]) => effects.flatMap((one) => (one.effect === 'call' ? [one.command] : []));

test('a clearing is taken back from its list, and the pile says that its paper is not right any more', () => {
  const { model, effects } = walk(
    ...listed,
    { type: 'choose_take_back', scan },
    { type: 'take_back' },
    {
      type: 'told',
      notice: { notice: 'scan', content: { scan: scanOf('a', { state: 'taken_back' }), sums: null } },
    },
  );
  expect(calls(effects)).toEqual(['list_piles', 'take_back_scan', 'show_pile']);
  expect(model.task).toMatchObject({ at: 'scans', of: { since: 'earlier', isChanged: true } });
  const after = { ...pileOf(scanOf('a', { state: 'taken_back' })), sums: { ...pileOf().sums, cleared: 0 } };
  const summed = step(model, { type: 'answered', command: 'show_pile', args: { pile: 1 }, answer: after }).model;
  const done = step(summed, { type: 'back' }).model;
  expect(done.task).toMatchObject({ at: 'pile_done', isChanged: true, pile: { sums: { cleared: 0 } } });
});

test('one who does not take it back stands in the list again, and then in the pile', () => {
  const asked = walk(...listed, { type: 'choose_take_back', scan }).model;
  const back = step(asked, { type: 'back' }).model;
  expect(back.task).toMatchObject({ at: 'scans', of: { isChanged: false } });
  expect(step(back, { type: 'back' }).model.task).toMatchObject({ at: 'pile_done', since: 'earlier' });
});

test('no ticket is scanned into it', () => {
  for (const events of [listed, [...listed, { type: 'choose_take_back', scan } as const]]) {
    const { model } = walk(...events);
    const turn = step(model, scanned('987654321012'));
    expect([turn.model.task.at, turn.model.untaken, calls(turn.effects)]).toEqual([model.task.at, true, []]);
  }
});

test('what cannot be done in the list is said there', () => {
  const failure = failureOf('cloud_unreachable');
  const { model } = walk(...listed, { type: 'failed', command: 'take_back_scan', args: { key: 'a' }, failure });
  expect(model.task).toMatchObject({ at: 'scans', failure });
  // Also where the clerk has gone on meanwhile: the finished pile never becomes one that is scanned.
  const ways: CounterEvent[][] = [[{ type: 'back' }], [{ type: 'choose_take_back', scan }]];
  for (const way of ways) {
    const gone = walk(...listed, ...way, { type: 'failed', command: 'take_back_scan', args: { key: 'a' }, failure });
    expect(gone.model.task).toMatchObject({ at: 'scans', of: { since: 'earlier' }, failure });
  }
});

test('a scan that waits is given up, and nothing else is', () => {
  const waiting = scanOf('b', { state: 'unconfirmed', failure: null }, null);
  const { model } = walk({ type: 'show_piles' }, found(waiting, scan), { type: 'show_scans' });
  expect(calls(step(model, { type: 'drop_scan', scan: waiting }).effects)).toEqual(['drop_scan']);
  expect(calls(step(model, { type: 'drop_scan', scan }).effects)).toEqual([]);
});

test('a paper that was scanned again is set aside once', () => {
  const pile = pileOf(scanOf('b', REFUSED), { ...scanOf('a', REFUSED), is_replaced: true });
  expect([papersOf(pile).length, refusedIn(pile).map(({ key }) => key)]).toEqual([1, ['b']]);
});
