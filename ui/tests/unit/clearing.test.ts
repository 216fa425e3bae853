/** The pile: what a scan does wherever one stands, what is heard of it, and what adds up. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/backend/double/failures';
import { CLEARING_PLACE, SHOP, TODAY } from '../../src/backend/double/samples';
import type { ClearingSite, TerminalProfile } from '../../src/generated/types';
import type { CounterEvent, Effect } from '../../src/journey/events';
import { beforeOpening, type Model, type Task } from '../../src/journey/model';
import { nthOf, orderedScans, sitesNamed } from '../../src/journey/pile';
import { step } from '../../src/journey/step';
import {
  CLEARED,
  heard,
  takingBack,
  opened,
  OTHER_SITE,
  pileOf,
  REFUSED,
  scanned,
  scanOf,
  SITE,
  told,
} from './clearingEvents';

const CODE = 'T1.141305.987654321012.7.0123456789ABCDEF';
const UNDER_WAY = { state: 'under_way' } as const;

function walkOf(profile: TerminalProfile, ...events: CounterEvent[]): { model: Model; effects: Effect[] } {
  let model: Model = {
    ...beforeOpening(TODAY, 'ja'),
    place: { state: 'registered', profile },
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
const walk = (...events: CounterEvent[]) =>
  walkOf(SHOP, { type: 'choose', item: 'clear_tickets' }, opened(pileOf()), ...events);
const asked = (effects: Effect[], command: string) =>
  effects.filter((effect) => effect.effect === 'call' && effect.command === command).length;
const sounds = (effects: Effect[]) => effects.flatMap((effect) => (effect.effect === 'sound' ? [effect.mark] : []));
const scansOf = ({ task }: Model) => ('pile' in task ? task.pile.scans.map(({ key }) => key) : null);

describe('the shop on the stamp', () => {
  test('is the own one of a shop, and chosen first at a place that clears for others', () => {
    expect(walkOf(SHOP, { type: 'choose', item: 'clear_tickets' }).effects).toContainEqual({
      effect: 'call',
      command: 'open_pile',
      args: { site: null },
    });
    const chamber = walkOf(CLEARING_PLACE, { type: 'choose', item: 'clear_tickets' });
    expect(chamber.model.task.at).toBe('clearing_sites');
  });

  test('can be changed in the middle of a pile, which stays', () => {
    const pile = pileOf(scanOf('a', CLEARED));
    const changing: CounterEvent[] = [
      { type: 'choose', item: 'clear_tickets' },
      opened(pile),
      { type: 'change_site' },
      { type: 'choose_site', site: OTHER_SITE },
      opened({ ...pile, site: OTHER_SITE }),
    ];
    const { model } = walkOf(CLEARING_PLACE, ...changing);
    expect(model.task).toMatchObject({ at: 'scanning', pile: { site: OTHER_SITE } });
    expect(scansOf(model)).toEqual(['a']);
    expect(walkOf(CLEARING_PLACE, ...changing.slice(0, 3), { type: 'back' }).model.task.at).toBe('scanning');
  });

  test('a pile that is open is gone on with, without asking for the shop', () => {
    const open = { site: OTHER_SITE, sums: pileOf().sums };
    const { effects } = walkOf(
      CLEARING_PLACE,
      {
        type: 'answered',
        command: 'look_at_clearing',
        args: null,
        answer: {
          open,
          last: null,
          today: { tickets: 0, points: 0, sites: 0 },
          unconfirmed: 0,
          found_later: [],
          revision: 0,
        },
      },
      { type: 'choose', item: 'clear_tickets' },
    );
    expect(effects).toContainEqual({ effect: 'call', command: 'open_pile', args: { site: OTHER_SITE } });
  });
});

describe('a scan', () => {
  const before = opened(pileOf(scanOf('a', CLEARED)));
  test.each<[string, CounterEvent[]]>([
    ['scanning', []],
    ['scans', [{ type: 'show_scans' }]],
    ['take_back', [{ type: 'choose_take_back', scan: scanOf('a', CLEARED) }]],
    ['pile_check', [{ type: 'finish_scanning' }]],
  ])('is taken where %s is on the screen, and shown', (at, way) => {
    const there = walkOf(SHOP, { type: 'choose', item: 'clear_tickets' }, before, ...way);
    expect(there.model.task.at).toBe(at);
    const { model, effects } = step(there.model, scanned(CODE));
    expect([model.task.at, asked(effects, 'scan_ticket')]).toEqual(['scanning', 1]);
    expect(asked(effects, 'take_back_scan') + asked(effects, 'finish_pile')).toBe(0);
  });

  test('waits for a typed number that is still to be cleared, unless it is of the same ticket', () => {
    const typed = walkOf(SHOP, { type: 'choose', item: 'clear_tickets' }, before, { type: 'type_ticket', text: CODE });
    const other = step(typed.model, scanned('987654321012'));
    expect(other.model).toMatchObject({ task: { at: 'typed_ticket', text: CODE }, untaken: true });
    expect(other.effects).toEqual([{ effect: 'sound', mark: 'stop' }]);
    const same = step(other.model, scanned(CODE));
    expect([same.model.task.at, same.model.untaken, asked(same.effects, 'scan_ticket')]).toEqual([
      'scanning',
      false,
      1,
    ]);
    const task = { ...typed.model.task, looked: { is: 'failed', failure: failureOf('not_a_ticket') } } as Task;
    expect(step({ ...typed.model, task }, scanned('987654321012')).model.task.at, 'nothing to clear').toBe('scanning');
  });

  test('is taken under a screen that lies over the pile', () => {
    const { model, effects } = walk({ type: 'open_aside', aside: 'help' }, scanned(CODE));
    expect([model.aside, asked(effects, 'scan_ticket')]).toEqual([null, 1]);
  });

  test('means nothing on the first screen', () => {
    expect(asked(walkOf(SHOP, scanned(CODE)).effects, 'scan_ticket')).toBe(0);
  });

  test('ticks when it is cleared, falls when it is refused, and is heard once', () => {
    const taken = heard(scanOf('b', UNDER_WAY, null));
    expect(sounds(walk(taken, told(scanOf('b', CLEARED)), told(scanOf('b', CLEARED))).effects)).toEqual(['read']);
    expect(sounds(walk(taken, told(scanOf('b', REFUSED))).effects)).toEqual(['stop']);
    const waits = told(scanOf('b', { state: 'unconfirmed', failure: null }, null));
    expect(sounds(walk(taken, waits, told(scanOf('b', CLEARED))).effects)).toEqual(['check']);
    expect(sounds(walk(taken, waits, told(scanOf('b', REFUSED))).effects)).toEqual(['check', 'stop']);
  });

  test('whose fate overtakes the answer stands once, as it was told last', () => {
    const answer = heard(scanOf('b', UNDER_WAY, null));
    const { model } = walk(told(scanOf('b', CLEARED)), answer);
    expect(scansOf(model)).toEqual(['b']);
    expect(model.task).toMatchObject({ pile: { scans: [{ state: CLEARED }] }, heard: { key: 'b' } });
  });

  test('that was taken back before the answer said that it is being taken back stays taken back', () => {
    const before = [heard(scanOf('b', UNDER_WAY, null)), told(scanOf('b', CLEARED))];
    const answer = takingBack(scanOf('b', { state: 'taking_back' }));
    const { model } = walk(...before, told(scanOf('b', { state: 'taken_back' })), answer);
    expect(model.task).toMatchObject({ pile: { scans: [{ state: { state: 'taken_back' } }] } });
  });

  test('of which two notices overtake each other stands, and is added up, as the later says', () => {
    const taken = heard(scanOf('b', UNDER_WAY, null));
    const earlier = told(scanOf('b', { state: 'unconfirmed', failure: null }, null), { unconfirmed: 1 });
    const { model, effects } = walk(taken, told(scanOf('b', CLEARED), { cleared: 1 }), earlier);
    expect(model.task).toMatchObject({ pile: { scans: [{ state: CLEARED }], sums: { cleared: 1, unconfirmed: 0 } } });
    expect(sounds(effects)).toEqual(['read']);
  });

  test('whose news came before the pile that it belongs to has the pile asked for once more', () => {
    const begun = opened(pileOf(scanOf('b', UNDER_WAY, null)));
    const chosen: CounterEvent = { type: 'choose', item: 'clear_tickets' };
    const { model, effects } = walkOf(SHOP, chosen, told(scanOf('b', CLEARED)), begun);
    expect([model.task.at, asked(effects, 'open_pile')]).toEqual(['home', 2]);
    expect(step(model, opened(pileOf(scanOf('b', CLEARED)))).model.task.at).toBe('scanning');
  });

  test('of another pile changes nothing here', () => {
    const { model } = walk(told({ ...scanOf('z', REFUSED), pile: 7 }));
    expect(scansOf(model)).toEqual([]);
  });

  test('that was not taken is said, and nothing is kept of it', () => {
    const { model } = walk({
      type: 'failed',
      command: 'scan_ticket',
      args: { text: 'x' },
      failure: failureOf('not_a_ticket'),
    });
    expect(model.task).toMatchObject({ heard: { is: 'not_taken' }, pile: { scans: [] } });
  });
});

describe('the end of a pile', () => {
  const before = opened(pileOf(scanOf('a', CLEARED)));
  const toCheck: CounterEvent[] = [{ type: 'choose', item: 'clear_tickets' }, before, { type: 'finish_scanning' }];

  test('needs a scan, then the check of the sum, and is asked for once', () => {
    expect(walk({ type: 'finish_scanning' }).model.task.at).toBe('scanning');
    const { model, effects } = walkOf(
      SHOP,
      ...toCheck,
      { type: 'finish_pile' },
      { type: 'finish_pile' },
      scanned(CODE),
    );
    expect(model.task.at).toBe('pile_check');
    expect([asked(effects, 'finish_pile'), asked(effects, 'scan_ticket')]).toEqual([1, 0]);
  });

  test('says what became known while the answer was on its way', () => {
    const answer = pileOf(scanOf('a', UNDER_WAY, null));
    const overtaking = told(scanOf('a', CLEARED), { cleared: 1 });
    const done: CounterEvent = { type: 'answered', command: 'finish_pile', args: null, answer };
    const { model } = walkOf(SHOP, ...toCheck, { type: 'finish_pile' }, overtaking, done);
    expect(model.task).toMatchObject({ at: 'pile_done', pile: { scans: [{ state: CLEARED }], sums: { cleared: 1 } } });
  });

  test('leads to the next pile', () => {
    const done: CounterEvent = { type: 'answered', command: 'finish_pile', args: null, answer: pileOf() };
    const { model } = walkOf(CLEARING_PLACE, ...toCheck, { type: 'finish_pile' }, done, { type: 'next_pile' });
    expect(model.task).toMatchObject({ at: 'clearing_sites', before: null });
  });

  const sumOf = (site: ClearingSite, cleared: number) => ({ site, cleared, points: 0, unconfirmed: 0, refused: 0 });
  const THIRD: ClearingSite = { site: 99, name: 'うめの屋' };
  const ended = pileOf(scanOf('a', CLEARED));
  const pile = {
    ...ended,
    sums: { ...ended.sums, sites: [sumOf(SITE, 2), sumOf(THIRD, 0), sumOf(OTHER_SITE, 1)] },
  };
  const done: CounterEvent = { type: 'answered', command: 'finish_pile', args: null, answer: pile };
  const printed = (site: ClearingSite): CounterEvent => ({
    type: 'answered',
    command: 'print_pile',
    args: { pile: 1, site: site.site },
    answer: { to: 'file', path: '/lists', printed: 1 },
  });
  const print: CounterEvent = { type: 'print' };
  const listsOf = (...events: CounterEvent[]) =>
    walkOf(CLEARING_PLACE, ...toCheck, { type: 'finish_pile' }, done, ...events);
  const sitesOf = (effects: Effect[]) =>
    effects.flatMap((effect) =>
      effect.effect === 'call' && effect.command === 'print_pile' ? [effect.args.site] : [],
    );

  test('prints a list for each shop with a cleared ticket, one after the other', () => {
    const half = listsOf(print, print, printed(SITE), print);
    expect(sitesOf(half.effects)).toEqual([SITE.site, OTHER_SITE.site]);
    expect(half.model.task).toMatchObject({ printed: { is: 'coming' } });
    const whole = listsOf(print, printed(SITE), printed(OTHER_SITE));
    expect(whole.model.task).toMatchObject({ at: 'pile_done', printed: { is: 'here' } });
  });

  test('stops at the list that did not come, and begins anew when asked again', () => {
    const failure = failureOf('paper_out');
    const failed: CounterEvent = { type: 'failed', command: 'print_pile', args: { pile: 1, site: SITE.site }, failure };
    const { model, effects } = listsOf(print, failed, print);
    expect(sitesOf(effects)).toEqual([SITE.site, SITE.site]);
    expect(model.task).toMatchObject({ printed: { is: 'coming' } });
  });
});

test('the how-manieth ticket counts those of the same shop that are not set aside', () => {
  const other = { ...scanOf('x', CLEARED), site: OTHER_SITE };
  const pile = pileOf(scanOf('c', CLEARED), scanOf('r', REFUSED), other, scanOf('b', CLEARED), scanOf('a', CLEARED));
  expect(pile.scans.map((scan) => nthOf(pile, scan))).toEqual([3, 2, 1, 2, 1]);
});

test('scans are found by a part of their number, and ordered', () => {
  const scans = [scanOf('a', CLEARED, 500), scanOf('b', REFUSED, null), scanOf('c', CLEARED, 1000)];
  const keys = (order: Parameters<typeof orderedScans>[2], search = '') =>
    orderedScans(scans, search, order).map(({ key }) => key);
  expect(keys('newest')).toEqual(['a', 'b', 'c']);
  expect(keys('largest')).toEqual(['c', 'a', 'b']);
  expect(keys('refused_first')).toEqual(['b', 'a', 'c']);
  expect(keys('newest', '５４３２')).toHaveLength(3);
  expect(keys('newest', '1111')).toEqual([]);
});

test('a scan where none is taken is heard and said', () => {
  const chamber = walkOf(CLEARING_PLACE, { type: 'choose', item: 'clear_tickets' });
  expect(chamber.model).toMatchObject({ task: { at: 'clearing_sites' }, untaken: false });
  const early = step(chamber.model, scanned('987654321012'));
  expect(early.model).toMatchObject({ task: { at: 'clearing_sites' }, untaken: true });
  expect(early.effects).toEqual([{ effect: 'sound', mark: 'stop' }]);
  expect(step(early.model, { type: 'back' }).model.untaken, 'until the clerk does something').toBe(false);
  const told = step(early.model, { type: 'told', notice: { notice: 'card', card: { state: 'absent' } } } as never);
  expect(told.model.untaken, 'what the program tells takes no word away').toBe(true);
});

test('a scan behind the lock, or while its pile is being finished, is heard and said as well', () => {
  const { model } = walkOf(CLEARING_PLACE);
  const tasks: Task[] = [
    { at: 'sign_in', waiting: false, failure: null },
    { at: 'pile_check', pile: pileOf(), heard: null, finishing: true, failure: null },
    { at: 'piles', list: { is: 'coming' } },
    { at: 'found_later', scans: [] },
    { at: 'home' },
  ];
  for (const task of tasks) {
    const sign_in = { ...model.sign_in, state: task.at === 'sign_in' ? ('locked' as const) : model.sign_in.state };
    const heard = step({ ...model, sign_in, task }, scanned('987654321012'));
    expect(heard.model, task.at).toMatchObject({ task: { at: task.at }, untaken: true });
    expect(heard.effects, task.at).toEqual([{ effect: 'sound', mark: 'stop' }]);
  }
});

test('only conflicts that were shown are acknowledged', () => {
  const found = [scanOf('a', REFUSED), scanOf('b', REFUSED)];
  const model = { ...walk().model, task: { at: 'found_later' as const, scans: found } };
  expect(step(model, { type: 'found_later_seen' }).effects).toContainEqual(
    expect.objectContaining({ command: 'acknowledge_found_later', args: { keys: ['a', 'b'] } }),
  );
});

test('shops are found in any way of writing', () => {
  const sites = [SITE, OTHER_SITE, { site: 2, name: 'コーヒーハウス ABC' }];
  const found = (search: string) => sitesNamed(sites, search).map(({ site }) => site);
  expect([found('八百'), found('こーひー'), found('ａｂｃ'), found('ｸﾘｰﾆﾝｸﾞ'), found('ない')]).toEqual([
    [1],
    [2],
    [2],
    [15],
    [],
  ]);
});
