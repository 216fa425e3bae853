/** The used tickets of the double: every number is a ticket of some points, and meets what the scenario says. */
import type {
  ClearedToday,
  Clearing,
  ClearingSite,
  ErrorCode,
  Failure,
  FinishedPile,
  Pile,
  Scan,
  ScanHeard,
  ScanState,
  ScanTold,
  SiteSum,
  TicketCleared,
  TicketLookedUp,
} from '../../generated/types';
import { failureOf } from './failures';
import { NOW_MS } from './samples';
import type { Scenario } from './scenario';

const POINTS = [1000, 500, 2000, 1000, 500];

const site = (number: number, name: string): ClearingSite => ({ site: number, name });

export const SITES: ClearingSite[] = [
  site(11, '青山書店'),
  site(12, 'うめの屋'),
  site(13, '川崎ベーカリー本店'),
  site(14, 'コーヒーハウス・ポプラ'),
  site(15, '佐藤クリーニング店'),
  site(16, 'すずき鮮魚'),
  site(17, '多摩川生花'),
  site(18, '中村薬局'),
  site(19, 'ひかり食堂'),
  site(20, '本町文具'),
  site(21, 'まるや豆腐店'),
  site(1, 'やまだ八百屋'),
];

/** The pile of `LOOK`: seven tickets, one of them to be set aside. Newest first. */
const SAMPLES: [string, number, boolean][] = [
  ['7713 0082 4619', 1000, true],
  ['4410 2937 5568', 500, false],
  ['2086 5531 9047', 500, true],
  ['9150 3376 2284', 2000, true],
  ['3348 7102 6695', 1000, true],
  ['6021 9984 1730', 500, true],
  ['8897 4415 0263', 1000, true],
  ['1572 6630 8841', 500, true],
  ['5240 1198 7736', 1000, true],
];

const CLEARED_BEFORE: TicketCleared = {
  at_ms: Date.UTC(2026, 10, 18, 1, 42),
  site_name: '佐藤クリーニング店',
  cleared_at: 'みなみ商工会',
};

/** Digits in fours; `null` for what is no ticket. */
function numberIn(text: string): string | null {
  const plain = text.normalize('NFKC');
  const code = /^T1\.\d{6}\.(\d{12})\.\d{1,3}\.[0-9A-F]{16}$/i.exec(plain.trim());
  const digits = code?.[1] ?? plain.replace(/[\s-]/g, '');
  return /^\d{12}$/.test(digits) ? digits.replace(/(\d{4})(?=\d)/g, '$1 ') : null;
}

export class UsedTickets {
  #pile: Pile | null = null;
  #lists = new Map<number, number>();
  #past: { at_ms: number; pile: Pile }[] = [];
  #count = 0;
  #revision = 0;
  #recent: ClearingSite[];
  #foundLater: Scan[] = [];

  constructor(
    private readonly scenario: Scenario,
    private readonly own: ClearingSite,
    private readonly tell: (told: ScanTold) => void,
  ) {
    this.#recent = SITES.filter(({ site }) => [1, 15, 19].includes(site)).toReversed();
    for (let before = scenario.piles; before > 0; before -= 1) {
      this.#begin(SITES[before % SITES.length] ?? own, (before % SAMPLES.length) + 1);
      this.finish(NOW_MS - before * 5 * 3_600_000);
    }
    if (scenario.pile > 0) this.open(null);
    this.#foundLater = [
      ...this.#samples(scenario.foundLater, () => this.#refused()),
      ...this.#samples(scenario.foundLaterBack, () => ({
        state: 'cleared',
        not_taken_back: failureOf('day_closed'),
      })),
      ...this.#samples(scenario.foundLaterCleared, () => ({ state: 'cleared', not_taken_back: null })),
    ];
  }

  look(): Clearing {
    const open = this.#pile ? { site: this.#pile.site, sums: this.#pile.sums } : null;
    const unconfirmed = this.#pile?.sums.unconfirmed ?? 0;
    const [last = null] = open ? [] : this.piles();
    return { open, last, today: this.#today(), unconfirmed, found_later: this.#foundLater, revision: this.#revision };
  }

  #today(): ClearedToday {
    const isToday = ({ at_ms }: { at_ms: number }) => at_ms >= NOW_MS;
    const finished = this.#past.filter(isToday).map(({ pile }) => pile.sums);
    const piles = [this.#pile?.sums, ...finished].filter((sums) => sums !== undefined);
    const sites = piles.flatMap(({ sites }) => sites.filter(({ cleared }) => cleared > 0).map(({ site }) => site.site));
    return {
      tickets: piles.reduce((sum, { cleared }) => sum + cleared, 0),
      points: piles.reduce((sum, { points }) => sum + points, 0),
      sites: new Set(sites).size,
    };
  }

  sites() {
    if (this.scenario.sites !== 'done') throw failureOf(this.scenario.sites);
    return { recent: this.#recent, all: SITES };
  }

  open(chosen: ClearingSite | null): Pile {
    const site = chosen ?? this.own;
    if (this.#pile) this.#pile = { ...this.#pile, site };
    else this.#begin(site, this.scenario.pile);
    return this.#added();
  }

  /** A pile with so many tickets in it already. */
  #begin(site: ClearingSite, count: number): void {
    const sums = {
      pile: this.#past.length + 1,
      sites: [],
      cleared: 0,
      points: 0,
      unconfirmed: 0,
      refused: 0,
      revision: 0,
    };
    this.#pile = { site, scans: [], sums };
    const stateOf = (cleared: boolean): ScanState =>
      cleared ? { state: 'cleared', not_taken_back: null } : this.#refused();
    this.#pile.scans = this.#samples(count, stateOf);
  }

  scan(text: string): ScanHeard {
    const number = numberIn(text);
    const pile = this.#pile;
    if (!pile) throw failureOf('no_open_pile');
    if (number === null) throw failureOf('not_a_ticket');
    const first = pile.scans.find(
      (scan) => scan.number === number && !['refused', 'taken_back'].includes(scan.state.state),
    );
    if (first) return { heard: 'again', first };
    const state: ScanState =
      this.scenario.clear === 'dead' ? { state: 'unconfirmed', failure: null } : { state: 'under_way' };
    const scan = this.#scan(number, null, state);
    pile.scans = [scan, ...pile.scans];
    if (this.scenario.clear !== 'held' && this.scenario.clear !== 'dead') setTimeout(() => this.settle(scan.key));
    return { heard: 'taken', told: { scan, sums: this.#added().sums } };
  }

  /** The cloud says its word to a scan. */
  settle(key: string): void {
    const points = POINTS[this.#count % POINTS.length] ?? 500;
    const { clear } = this.scenario;
    if (clear === 'done' || clear === 'dead' || clear === 'held') {
      this.#change(key, { points, state: { state: 'cleared', not_taken_back: null } });
    } else if (clear === 'unconfirmed') {
      this.#change(key, { state: { state: 'unconfirmed', failure: failureOf('cloud_unreachable') } });
    } else {
      // What no ticket has, and what was never asked for, is not kept.
      const unknown = clear === 'ticket_unknown' || clear === 'ticket_guessing_locked' ? { number: null } : {};
      this.#change(key, { ...unknown, state: this.#refused(clear as ErrorCode) });
    }
  }

  /** The line is back: what was not confirmed becomes known, as the scenario says. */
  settleAll(): void {
    for (const { key, state } of this.#pile?.scans ?? []) {
      if (state.state === 'unconfirmed' || state.state === 'under_way') this.settle(key);
    }
  }

  lookUp(text: string): TicketLookedUp {
    const number = numberIn(text);
    if (number === null) throw failureOf('not_a_ticket');
    const { clear } = this.scenario;
    if (clear === 'ticket_unknown' || clear === 'ticket_guessing_slowed') throw failureOf(clear);
    const failure: Failure | null = ['done', 'held', 'dead'].includes(clear) ? null : failureOf(clear);
    return {
      number,
      points: 1000,
      currency_name: '川崎市ポイント',
      event_name: null,
      issued_at: 'みなみ商工会',
      issued_on: '2026-11-10',
      last_day: '2026-12-10',
      failure,
      cleared: clear === 'ticket_cleared' ? CLEARED_BEFORE : null,
    };
  }

  takeBack(key: string): ScanTold {
    setTimeout(() => {
      const { unclear } = this.scenario;
      const state: ScanState =
        unclear === 'done' ? { state: 'taken_back' } : { state: 'cleared', not_taken_back: failureOf(unclear) };
      this.#change(key, { state });
    });
    return this.#change(key, { state: { state: 'taking_back' } }, false);
  }

  /** What waits is given up, whatever the line does. */
  drop(key: string): ScanTold {
    return this.#change(key, { state: { state: 'refused', failure: failureOf('scan_dropped'), cleared: null } }, false);
  }

  finish(at_ms = NOW_MS): Pile {
    if (!this.#pile) throw failureOf('no_open_pile');
    const done = this.#added();
    this.#past.push({ at_ms, pile: done });
    this.#pile = null;
    return done;
  }

  piles(): FinishedPile[] {
    return this.#past.map(({ at_ms, pile }) => ({ at_ms, sums: pile.sums })).toReversed();
  }

  past(wanted: number): Pile {
    const found = this.#past.find(({ pile }) => pile.sums.pile === wanted);
    if (!found) throw failureOf('unknown_operation');
    return { ...found.pile };
  }

  /** How often the list of a shop is printed now. */
  printed(site: number): number {
    const printed = (this.#lists.get(site) ?? 0) + 1;
    this.#lists.set(site, printed);
    return printed;
  }

  acknowledge(seen: string[]): null {
    this.#foundLater = this.#foundLater.filter(({ key }) => !seen.includes(key));
    return null;
  }

  #refused(code: ErrorCode = 'ticket_cleared'): ScanState {
    return { state: 'refused', failure: failureOf(code), cleared: code === 'ticket_cleared' ? CLEARED_BEFORE : null };
  }

  #samples(count: number, stateOf: (cleared: boolean) => ScanState): Scan[] {
    return Array.from({ length: count }, (_, index) => {
      const [number, points, cleared] = SAMPLES[index % SAMPLES.length] ?? ['0000 0000 0000', 500, true];
      const turned = index < SAMPLES.length ? number : `${1000 + index}${number.slice(4)}`;
      return this.#scan(turned, cleared ? points : null, stateOf(cleared));
    });
  }

  #scan(number: string, points: number | null, state: ScanState): Scan {
    this.#count += 1;
    const here = this.#pile?.site ?? this.own;
    const pile = this.#pile?.sums.pile ?? 0;
    const scan = { key: `scan-${this.#count}`, pile, site: here, scanned_at_ms: NOW_MS, number, points, state };
    return { ...scan, is_replaced: false, revision: this.#next() };
  }

  #next(): number {
    this.#revision += 1;
    return this.#revision;
  }

  #change(key: string, change: Partial<Scan>, isNews = true): ScanTold {
    const piles = [this.#pile, ...this.#past.map(({ pile }) => pile)].filter((pile) => pile !== null);
    const pile = piles.find(({ scans }) => scans.some((scan) => scan.key === key));
    const before = pile?.scans.find((scan) => scan.key === key);
    if (!pile || !before) throw failureOf('scan_not_cleared');
    const scan = { ...before, ...change, revision: this.#next() };
    pile.scans = pile.scans.map((one) => (one.key === key ? scan : one));
    const { sums } = this.#summed(pile);
    const told = { scan, sums: pile === this.#pile ? sums : null };
    if (isNews) this.tell(told);
    return told;
  }

  /** The pile with its sums as they are now. */
  #added(): Pile {
    if (!this.#pile) throw failureOf('no_open_pile');
    return this.#summed(this.#pile);
  }

  #summed(pile: Pile): Pile {
    const sites: SiteSum[] = [];
    for (const scan of pile.scans.toReversed()) addTo(sites, scan);
    const over = (of: (sum: SiteSum) => number) => sites.reduce((sum, one) => sum + of(one), 0);
    pile.sums = {
      pile: pile.sums.pile,
      sites,
      cleared: over((sum) => sum.cleared),
      points: over((sum) => sum.points),
      unconfirmed: over((sum) => sum.unconfirmed),
      refused: over((sum) => sum.refused),
      revision: this.#revision,
    };
    return pile;
  }
}

function addTo(sites: SiteSum[], { site, state, points }: Scan): void {
  let sum = sites.find((one) => one.site.site === site.site);
  if (!sum) {
    sum = { site, cleared: 0, points: 0, unconfirmed: 0, refused: 0 };
    sites.push(sum);
  }
  switch (state.state) {
    case 'cleared':
      sum.cleared += 1;
      sum.points += points ?? 0;
      break;
    case 'refused':
      sum.refused += 1;
      break;
    case 'taken_back':
      break;
    default:
      sum.unconfirmed += 1;
  }
}
