/** The issuing desk, in English. `ja.tickets.ts` is the measure. */
import type { tickets as japanese } from './ja.tickets';
import { day, points, shortDay } from './en.units';
import { grouped, partsOfDay } from './numbers';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekday = (iso: string): string => WEEKDAYS[new Date(`${iso}T00:00:00Z`).getUTCDay()] ?? '';

export const tickets: typeof japanese = {
  title: 'Issue a ticket',
  steps: ['Card', 'Points', 'Last day', 'Check', 'Done'],
  amount: {
    say: 'How many points for the ticket?',
    rows: 'A ticket is of one account. ↑↓ chooses.',
    from: (currency) => `Points from ${currency}`,
    event: (currency) => `A ticket of ${currency} is for its shops only.`,
    columns: { name: 'For a ticket', balance: 'Balance', used: 'Ticket', rest: 'Left' },
    limits: (perUse, leftToday) =>
      `Without PIN: up to ${points(perUse)} at a time, and ${points(leftToday)} more today.`,
    needsPin: 'This issue needs the customer’s PIN.',
    next: 'Last day',
    nothingUsable: 'There are no points for a ticket',
    whole: 'A ticket is used whole: not in parts, without change.',
  },
  lastDay: {
    say: 'Until when is the ticket good?',
    count: 'Tickets like this',
    sheets: (n) => `${n}`,
    fewer: 'One ticket fewer',
    more: 'One ticket more',
    several: (most) => `A ticket is used whole, so smaller ones may be better: −＋, up to ${most}.`,
    comesTo: (n, count) => `${count} tickets of ${points(n)}: ${points(n * count)} together.`,
    chosen: 'Last day',
    day: (iso) => day(iso),
    weekday: (iso) => ` (${weekday(iso)})`,
    inDays: (n) => (n === 0 ? 'Today only' : n === 1 ? '1 day from the issue' : `${n} days from the issue`),
    rule: 'Whatever the last day of the points: up to 30 days from the issue.',
    lapse: 'A ticket that is not cleared by then lapses. The shop needs time to have it cleared.',
    weeks: (n) => (n === 1 ? '1 week' : `${n} weeks`),
    most: '30 days',
    calendar: 'Days to choose from',
    keys: '←→ moves by a day, ↑↓ by a week.',
    weekdays: WEEKDAYS,
    month: (iso) => MONTHS[partsOfDay(iso)[1] - 1] ?? '',
    next: 'Check',
    correct: 'Change points',
  },
  confirm: {
    say: (count) => (count === 1 ? 'Issue this ticket?' : `Issue ${count} tickets like this?`),
    use: (n, count) => (count === 1 ? 'Ticket' : `Tickets (${grouped(n)} × ${count})`),
    after: 'Left',
    still: 'No points have moved yet.',
    ask: (n, count, iso) =>
      count === 1
        ? `“${points(n)} for a ticket good until ${shortDay(iso)}: is that right?”`
        : `“${points(n * count)} for ${count} tickets good until ${shortDay(iso)}: is that right?”`,
    paper: 'How the ticket will look',
    thisMany: (count) => `${count} of these, each with a number of its own.`,
    correct: 'Change last day',
    issue: (n, count) =>
      count === 1 ? `Issue a ticket of ${points(n)}` : `Issue ${count} tickets of ${points(n)}`,
    needsPin: 'This issue needs the customer’s PIN.',
    noPrinter: 'The printer is not ready. Please see to it first.',
  },
  pin: {
    toIssue: (n, count) =>
      count === 1
        ? `Proves who issues a ticket of ${points(n)}.`
        : `Proves who issues ${count} tickets of ${points(n)}.`,
  },
  result: {
    issued: (n) => `Ticket of ${points(n)} issued`,
    issuedMany: (n, made, wanted) =>
      made === wanted
        ? `${made} tickets of ${points(n)} issued`
        : `${made} of ${wanted} tickets of ${points(n)} issued`,
    notIssued: (n) => `The other ${n} ${n === 1 ? 'was' : 'were'} not issued; their points have not moved.`,
    nth: (n) => `Number of ticket ${n}`,
    series: 'Issued in one go',
    seriesOf: (made, wanted) => `${made} of ${wanted}`,
    onlyThisOne: 'The points of this one have not moved. The tickets issued before it are good.',
    reissued: (n) => `Ticket of ${points(n)} reissued`,
    voided: (n) => `Ticket of ${points(n)} voided`,
    rest: (currency, n) => `${currency}: ${points(n)} left`,
    back: (currency, n) => `${currency}: the balance is ${points(n)} again`,
    oldIsDead: 'The old number is dead',
    number: 'Ticket number',
    until: (iso) => `until ${day(iso)}`,
    paper: 'Put your seal (発行認印) on the paper',
    paperNote: 'Shops do not take a ticket without it',
    hand: 'Hand over ticket and card',
    handNote: 'Please say the last day aloud',
    spoil: 'Spoil the old paper',
    spoilNote: 'Cross it out or tear it up',
    spoilVoided: 'Spoil the paper',
    printing: 'Printing the ticket',
    printed: 'Printed. Please take the paper.',
    notPrinted: 'The ticket is issued. No paper came out.',
    notHanded: 'The ticket is issued. Its paper was not printed yet.',
    handedBefore: 'The ticket is issued. Its paper was sent to the printer before.',
    inDoubt: 'The ticket is issued. Please see whether its paper came out.',
    printNow: 'Print the ticket',
    reissue: 'Reissue',
    inDoubtHint:
      'If the paper is whole, put your seal on it and hand it over. If there is none, or a part is missing, reissue.',
    reissueHint: 'One number is never printed twice. See to the printer, then reissue.',
    printer: 'Change the printer',
    done: 'Next customer',
    home: 'First screen',
  },
  list: {
    title: 'Tickets issued',
    say: { issued_today: 'Issued today', lapsing_soon: 'Lapsing within 7 days' },
    which: 'Show',
    issuedToday: 'Today',
    lapsingSoon: 'Lapsing soon',
    note: {
      issued_today: (iso) => `${shortDay(iso)}, tickets of this desk`,
      lapsing_soon: (iso) => `${shortDay(iso)}, not used yet. After their last day they lapse.`,
    },
    none: { issued_today: 'None yet today', lapsing_soon: 'No ticket lapses within 7 days' },
    noneNote: {
      issued_today: 'Tickets issued at this desk are listed here.',
      lapsing_soon: 'Unused tickets that lapse soon are listed here.',
    },
    search: 'Search by number, points or MyKey ID',
    searchExample: 'such as 3316 or 500',
    sort: 'Order',
    newest: 'Newest first',
    largest: 'Most points first',
    earliest: 'Earliest last day',
    columns: { time: 'Time', number: 'Ticket', points: 'Points', lastDay: 'Last day', fate: 'State' },
    fate: { open: 'Good', cleared: 'Cleared', lapsed: 'Lapsed', reissued: 'Reissued', voided: 'Voided' },
    clearedAt: (site, time) => `${site}, ${time}`,
    event: (name) => `Shops of ${name} only`,
    reissue: 'Reissue',
    void: 'Void',
    reissueNamed: (number, n) => `Reissue ticket ${number} of ${points(n)}`,
    voidNamed: (number, n) => `Void ticket ${number} of ${points(n)}`,
    counts: (shown, all) => (shown === all ? `${grouped(all)} in all` : `${grouped(shown)} of ${grouped(all)}`),
    noMatch: 'No ticket matches',
    noMatchNote: 'Change the number to see them again.',
    coming: 'Checking',
    again: 'Look again',
    onlyOpen: 'Only a ticket that was not used can be reissued or voided.',
  },
  question: {
    reissue: {
      title: 'Reissue a ticket',
      say: (n) => `Reissue the ticket of ${points(n)}?`,
      facts: 'A ticket with a new number is printed. Points and last day stay the same.',
      dead: 'The old number is dead then. If its paper came out, please spoil it.',
      cue: 'Please make sure that nobody else has the old ticket.',
      act: 'Reissue under a new number',
      not: 'Do not reissue',
    },
    void: {
      title: 'Void a ticket',
      say: (n) => `Void the ticket of ${points(n)}?`,
      facts: 'Its points return to the customer’s balance with the last day they had.',
      dead: 'A void cannot be undone. Please spoil the paper.',
      cue: 'Please ask the customer for the paper.',
      act: (n) => `Void the ticket of ${points(n)}`,
      not: 'Do not void',
    },
    steps: ['Choose', 'Check', 'Done'],
    number: 'Ticket',
    points: 'Points',
    lastDay: 'Last day',
    issuedOn: 'Issued',
    event: 'Shops',
  },
};
