/** The day close, in English. `ja.dayClose.ts` is the measure. */
import type { dayClose as japanese } from './ja.dayClose';
import { printed } from './en.paper';
import { day, points, shortDay } from './en.units';
import { grouped } from './numbers';

export const dayClose: typeof japanese = {
  title: 'Day close',
  steps: ['Contents', 'Check', 'Done'],
  say: 'What this terminal did since its last close',
  since: (iso, time) => `Last close ${shortDay(iso)} ${time}`,
  first: 'This is the first close.',
  none: 'Nothing was done since the last close',
  noneNote: 'Uses and tickets are shown here once there are any.',
  kinds: {
    use: 'Uses',
    void: 'Voids of uses',
    issue_ticket: 'Tickets issued',
    reissue_ticket: 'Tickets reissued',
    void_ticket: 'Tickets voided',
    clear_ticket: 'Tickets cleared',
    unclear_ticket: 'Clearings taken back',
    merge_points: 'Merged into street points',
    close_day: 'Day close',
  },
  columns: { kind: 'What', currency: 'Points of', count: 'Count', points: 'Points' },
  times: (n) => grouped(n),
  coming: 'Checking',
  again: 'Look again',
  closes: 'Closes so far',
  noCloses: 'None yet',
  more: (n) => `Show ${n} more`,
  named: (number, iso, time) => `No ${number}, ${shortDay(iso)} ${time}`,
  stillOpen: {
    pile: (n) => `A pile is being scanned (${grouped(n)} ${n === 1 ? 'ticket' : 'tickets'}).`,
    pileNote: 'What is cleared in it cannot be taken back after the close.',
    unconfirmed: (n) => `${grouped(n)} ${n === 1 ? 'ticket is' : 'tickets are'} not confirmed yet.`,
    next: 'Tickets that are cleared from now on go into the next close.',
  },
  next: 'Close',
  question: {
    say: 'Close the day up to here?',
    after: 'What lies before the close can no longer be voided at this terminal.',
    once: 'A close is never changed. It can be printed as often as needed.',
    ask: 'Please compare it with the till.',
    not: 'Do not close',
    act: 'Close the day',
    total: (kindsCount, n) => `${grouped(n)} operations of ${kindsCount} kinds`,
  },
  closed: {
    say: (number) => `Day close no ${number} is done`,
    shown: (number) => `Day close no ${number}`,
    when: (iso, time) => `${day(iso)} ${time}`,
    print: 'Print its paper',
    printAgain: (count) => `Print again (copy ${count})`,
    printed: (to, count) => `${printed(to)}${count > 1 ? ` (copy ${count - 1})` : ''}`,
    printedBefore: (count) => (count === 0 ? 'Not printed yet.' : `Printed ${count} times so far.`),
    head: 'Mark of the ledger',
    done: 'First screen',
  },
  sum: (n) => points(n),
};
