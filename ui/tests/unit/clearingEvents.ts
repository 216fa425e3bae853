/** What happens around a pile, for tests of the journey. */
import { failureOf } from '../../src/backend/double/failures';
import type { Pile, PileSums, Scan, ScanState } from '../../src/generated/types';
import type { CounterEvent } from '../../src/journey/events';

export const SITE = { site: 1, name: 'やまだ八百屋' };
export const OTHER_SITE = { site: 15, name: '佐藤クリーニング店' };
export const CLEARED: ScanState = { state: 'cleared', not_taken_back: null };
export const REFUSED: ScanState = { state: 'refused', failure: failureOf('ticket_lapsed'), cleared: null };

/** Each one that is made is later than those before. */
let latest = 0;

export const scanOf = (key: string, state: ScanState, points: number | null = 500): Scan => ({
  key,
  pile: 1,
  site: SITE,
  scanned_at_ms: 0,
  number: '9876 5432 1012',
  points,
  state,
  is_replaced: false,
  revision: (latest += 1),
});

export const pileOf = (...scans: Scan[]): Pile => ({
  site: SITE,
  scans,
  sums: {
    pile: 1,
    sites: [],
    cleared: 0,
    points: 0,
    unconfirmed: 0,
    refused: 0,
    revision: Math.max(0, ...scans.map((scan) => scan.revision)),
  },
});

export const opened = (pile: Pile): CounterEvent => ({
  type: 'answered',
  command: 'open_pile',
  args: { site: null },
  answer: pile,
});

export const scanned = (text: string): CounterEvent => ({
  type: 'scanned',
  scan: { text, before: [], suffix: 'Enter', gapsMs: [] },
});

export const heard = (scan: Scan): CounterEvent => ({
  type: 'answered',
  command: 'scan_ticket',
  args: { text: '' },
  answer: { heard: 'taken', told: { scan, sums: pileOf(scan).sums } },
});

export const told = (scan: Scan, sums: Partial<PileSums> = {}): CounterEvent => ({
  type: 'told',
  notice: { notice: 'scan', content: { scan, sums: { ...pileOf(scan).sums, ...sums } } },
});

export const takingBack = (scan: Scan): CounterEvent => ({
  type: 'answered',
  command: 'take_back_scan',
  args: { key: scan.key },
  answer: { scan, sums: pileOf(scan).sums },
});

/** One of each, for the walk of every event at every place. */
export const CLEARING: CounterEvent[] = [
  { type: 'choose', item: 'clear_tickets' },
  { type: 'change_site' },
  { type: 'ask_sites_again' },
  { type: 'choose_site', site: OTHER_SITE },
  { type: 'answered', command: 'list_clearing_sites', args: null, answer: { recent: [], all: [SITE, OTHER_SITE] } },
  { type: 'failed', command: 'open_pile', args: { site: null }, failure: failureOf('cloud_unreachable') },
  opened(pileOf(scanOf('a', CLEARED))),
  scanned('987654321012'),
  heard(scanOf('b', { state: 'under_way' }, null)),
  told(scanOf('b', CLEARED)),
  told(scanOf('a', REFUSED)),
  { type: 'failed', command: 'scan_ticket', args: { text: 'x' }, failure: failureOf('not_a_ticket') },
  { type: 'type_ticket', text: '987654321012' },
  {
    type: 'failed',
    command: 'look_up_ticket',
    args: { text: '987654321012' },
    failure: failureOf('ticket_unknown'),
  },
  { type: 'clear_typed' },
  { type: 'show_scans' },
  { type: 'choose_take_back', scan: scanOf('a', CLEARED) },
  { type: 'take_back' },
  { type: 'finish_scanning' },
  { type: 'finish_pile' },
  { type: 'answered', command: 'finish_pile', args: null, answer: pileOf(scanOf('a', CLEARED)) },
  { type: 'next_pile' },
  {
    type: 'answered',
    command: 'look_at_clearing',
    args: null,
    answer: {
      open: null,
      last: null,
      today: { tickets: 0, points: 0, sites: 0 },
      unconfirmed: 0,
      found_later: [scanOf('c', REFUSED)],
      revision: 0,
    },
  },
  { type: 'show_found_later' },
  { type: 'found_later_seen' },
];
