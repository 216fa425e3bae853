/** Accounts as table rows, the same on the amount and the confirmation screen. */
import type { UsableAccount, Visit } from '../generated/types';
import { pointsOf } from '../journey/amounts';
import type { AccountRow } from '../look/accountRow';
import type { Words } from '../words';

/** Until when an account's points can be used, in one phrase. */
export function untilWhen(account: UsableAccount, words: Words): string {
  if (account.kind === 'event' && account.usable_until) return words.amount.event(account.usable_until);
  const first = account.by_last_day[0];
  if (!first?.last_day) return account.balance > 0 ? words.amount.forever : '';
  return first.points === account.balance
    ? words.amount.until(first.last_day)
    : words.amount.untilSome(first.points, first.last_day);
}

export function accountRows(visit: Visit, typed: string[], words: Words): AccountRow[] {
  return visit.accounts.map((account, index) => {
    const used = pointsOf(typed[index] ?? '');
    return {
      name: account.name,
      note: untilWhen(account, words),
      balance: words.number(account.balance),
      used: words.number(used),
      isUsed: used > 0,
      rest: used > account.balance ? '－' : words.number(account.balance - used),
    };
  });
}
