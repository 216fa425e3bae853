/** What the screens read from a pile. The sums are the program's; here is only order and choice. */
import type { ClearingSite, Failure, Pile, Scan, SiteSum } from '../generated/types';
import { halfWidth } from './amounts';

/** The sum of the site whose stamp is chosen; nothing yet is a sum too. */
export const sumHere = ({ site, sums }: Pile): SiteSum =>
  sums.sites.find((sum) => sum.site.site === site.site) ?? {
    site,
    cleared: 0,
    points: 0,
    unconfirmed: 0,
    refused: 0,
  };

const isCounted = ({ state }: Scan): boolean => state.state !== 'refused' && state.state !== 'taken_back';

/** The how-manieth ticket of its shop a scan is: those to be set aside are not counted. */
export function nthOf({ scans }: Pile, scan: Scan): number {
  const since = scans.findIndex(({ key }) => key === scan.key);
  const older = scans.slice(Math.max(since, 0));
  return older.filter((one) => one.site.site === scan.site.site && isCounted(one)).length;
}

/** The scans that stand for a paper each: a refused one that was scanned again is there once. */
export const papersOf = ({ scans }: Pile): Scan[] => scans.filter(({ is_replaced }) => !is_replaced);

export const refusedIn = (pile: Pile): Scan[] => papersOf(pile).filter(({ state }) => state.state === 'refused');

export const unconfirmedIn = ({ scans }: Pile): Scan[] => scans.filter(({ state }) => state.state === 'unconfirmed');

/** Why scans wait, where it is not just the line: what the clerk has to know of. */
export const heldUpBy = (pile: Pile): Failure | null =>
  unconfirmedIn(pile)
    .map(({ state }) => (state.state === 'unconfirmed' ? state.failure : null))
    .find((failure) => failure !== null && !failure.number.startsWith('N-')) ?? null;

/** What was found later of finished piles: tickets that are not cleared, that are and should not be, or that came
    to be cleared when the list was printed already. */
export interface FoundLater {
  notCleared: Scan[];
  notTakenBack: Scan[];
  clearedLate: Scan[];
}

export const foundLaterIn = (scans: Scan[]): FoundLater => ({
  notCleared: scans.filter(({ state }) => state.state === 'refused'),
  notTakenBack: notTakenBackIn(scans),
  clearedLate: scans.filter(({ state }) => state.state === 'cleared' && state.not_taken_back === null),
});

/** Cleared, counted, and asked back in vain. */
export const notTakenBackIn = (scans: Scan[]): Scan[] =>
  scans.filter(({ state }) => state.state === 'cleared' && state.not_taken_back !== null);

export type ScanOrder = 'newest' | 'largest' | 'refused_first';

/** Scans whose number holds what was typed, in an order. */
export function orderedScans(scans: Scan[], search: string, order: ScanOrder): Scan[] {
  const digits = halfWidth(search).replace(/\D/g, '');
  const found = scans.filter(({ number }) => digits === '' || (number ?? '').replace(/ /g, '').includes(digits));
  const rank = (scan: Scan) =>
    order === 'largest' ? -(scan.points ?? 0) : order === 'refused_first' && scan.state.state === 'refused' ? -1 : 0;
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** Letters as one would write them either way: width, case, hiragana and katakana. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/\s/g, '');

export const sitesNamed = (sites: ClearingSite[], search: string): ClearingSite[] =>
  sites.filter(({ name }) => plain(name).includes(plain(search)));
