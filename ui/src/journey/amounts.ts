/**
 * What a clerk types into an amount field, and the hints that are said at once.
 *
 * Only hints: the program decides whether points may be used. Points are whole numbers, 1 point = 1 yen.
 */
import type { Visit, VisitPart } from '../generated/types';
import type { Amounts, CardPurpose } from './model';

/** No account holds more; longer entries are a slip of the finger. */
const MOST_DIGITS = 9;

/** What an entry says. */
export type Entry = { is: 'empty' } | { is: 'points'; points: number } | { is: 'not_a_number' } | { is: 'too_long' };

/** Full-width digits and separators as half-width ones; everything else as typed. */
export function halfWidth(typed: string): string {
  return typed
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[，、]/g, ',')
    .replace(/[\s　]/g, '');
}

/** Reads an entry. A sign, a decimal point or a letter is not quietly dropped: 1.5 is not 15. */
export function readEntry(typed: string): Entry {
  const digits = halfWidth(typed).replace(/,/g, '');
  if (digits === '') return { is: 'empty' };
  if (!/^[0-9]+$/.test(digits)) return { is: 'not_a_number' };
  const significant = digits.replace(/^0+(?=[0-9])/, '');
  if (significant.length > MOST_DIGITS) return { is: 'too_long' };
  return { is: 'points', points: Number(significant) };
}

/** The points of an entry; 0 where it says none. */
export function pointsOf(typed: string): number {
  const entry = readEntry(typed);
  return entry.is === 'points' ? entry.points : 0;
}

/** An entry as it stands in the field: numbers with separators, everything else as typed. */
export function shown(typed: string): string {
  const entry = readEntry(typed);
  return entry.is === 'points' ? entry.points.toLocaleString('en-US') : typed;
}

/** A key of the keypad at the end of an entry. */
export function withDigits(typed: string, digits: string): string {
  const entry = readEntry(typed);
  const stands = entry.is === 'points' ? String(entry.points) : '';
  const longer = `${stands}${digits}`.replace(/^0+(?=[0-9])/, '');
  return longer.length > MOST_DIGITS ? typed : longer;
}

/** 1字消す. */
export const withoutLast = (typed: string): string => halfWidth(typed).replace(/,/g, '').slice(0, -1);

export const totalOf = (typed: string[]): number => typed.reduce((sum, entry) => sum + pointsOf(entry), 0);

/** Why the amounts cannot go on to the confirmation, in the order it is said. */
export type Hint =
  | { is: 'not_a_number' }
  | { is: 'too_long' }
  | { is: 'over_balance'; account: number; balance: number }
  | { is: 'over_limit'; most: number }
  | { is: 'nothing_typed' };

/** The first hint there is, the account being typed in before the others. */
export function hintFor({ visit, typed, active }: Amounts): Hint | null {
  const order = [active, ...visit.accounts.keys()];
  for (const account of order) {
    const entry = readEntry(typed[account] ?? '');
    const balance = visit.accounts[account]?.balance ?? 0;
    if (entry.is === 'not_a_number' || entry.is === 'too_long') return entry;
    if (entry.is === 'points' && entry.points > balance) return { is: 'over_balance', account, balance };
  }
  // A street's card has no PIN: what is above the limits is for the resident's own.
  const most = withoutPin(visit);
  if (visit.by_card_of !== null && totalOf(typed) > most) return { is: 'over_limit', most };
  return totalOf(typed) === 0 ? { is: 'nothing_typed' } : null;
}

const withoutPin = ({ per_use, left_today }: Visit): number => Math.min(per_use, left_today);

/** Whether the limits without PIN are passed, so that the card must sign. The cloud decides in the end. */
export const needsPin = ({ visit, typed, count }: Pick<Amounts, 'visit' | 'typed' | 'count'>): boolean =>
  visit.by_card_of === null && totalOf(typed) * count > withoutPin(visit);

/** What was typed, without what the screen adds to it. */
export const amountsIn = ({ visit, typed, active, lastDay, count, street }: Amounts): Amounts => ({
  visit,
  typed,
  active,
  lastDay,
  count,
  street,
});

/** The most tickets that are issued in one go; the program's own rule decides. */
const MOST_AT_ONCE = 8;

/** How many tickets of what was typed the balance is good for: one at least, which is checked elsewhere. */
export function mostTickets({ visit, typed, active }: Amounts): number {
  const points = pointsOf(typed[active] ?? '');
  const balance = visit.accounts[active]?.balance ?? 0;
  return points === 0 ? 1 : Math.min(MOST_AT_ONCE, Math.max(1, Math.floor(balance / points)));
}

/** Before anything is typed. A ticket is good as long as it may be until somebody chooses another day. */
export const amountsOf = (visit: Visit, purpose: CardPurpose): Amounts => ({
  visit,
  typed: visit.accounts.map(() => ''),
  active: 0,
  lastDay: purpose === 'issue_ticket' ? visit.ticket_days.to : null,
  count: 1,
  street: null,
});

/** A ticket's points come from one account: what stands in another one goes over to it. */
export const onOneAccount = (amounts: Amounts, account: number, entry: string): Amounts => ({
  ...amounts,
  active: account,
  typed: amounts.typed.map((_, index) => (index === account ? entry : '')),
});

/** What is sent: one part per account with an amount. */
export function partsOf(visit: Visit, typed: string[]): VisitPart[] {
  return visit.accounts.flatMap((account, index) => {
    const entry = typed[index] ?? '';
    return pointsOf(entry) > 0 ? [{ currency: account.currency, typed: entry }] : [];
  });
}
