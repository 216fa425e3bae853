/** The last operation, in English. `ja.last.ts` is the measure. */
import type { OperationKind } from '../generated/types';
import { points, yen } from './en.units';
import type { last as japanese, LastOfKind } from './ja.last';

const of = (currencies: string[], what: string): string =>
  currencies.length === 0 ? what : `${what}, ${currencies.join(', ')}`;

const kinds: Record<OperationKind, LastOfKind> = {
  use: {
    name: (n) => `Use of ${points(n)}`,
    taken: (time, n) => `The use of ${points(n)} at ${time} is complete.`,
    takenNote: (n) => `If the till has not been changed yet, take ${yen(n)} off. The receipt can be printed here.`,
    notTaken: (time, n) => `The use of ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'No points were taken.',
    notTakenNote: 'You can start again from the beginning. If the till already took it off, undo that.',
    what: (currencies) => (currencies.length === 0 ? 'Use of points' : `Use of ${currencies.join(', ')}`),
  },
  void: {
    name: (n) => `${points(n)} given back`,
    taken: (time, n) => `Giving back ${points(n)} at ${time} is complete.`,
    takenNote: (n) => `Undo the ${yen(n)} discount at the till, too. The receipt can be printed here.`,
    notTaken: (time, n) => `Giving back ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'No points were given back.',
    notTakenNote: 'To void the use, start again from the beginning.',
    what: (currencies) => (currencies.length === 0 ? 'Void of a use' : `Void of a use of ${currencies.join(', ')}`),
  },
  issue_ticket: {
    name: (n) => `Ticket of ${points(n)}`,
    taken: (time, n) => `The issue of a ticket of ${points(n)} at ${time} is complete.`,
    takenNote: () => 'Please look whether you have its paper. If not, the button below brings one.',
    notTaken: (time, n) => `The issue of a ticket of ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'No points were taken.',
    notTakenNote: 'To issue it, start again from the beginning.',
    what: (currencies) => of(currencies, 'Issue of a ticket'),
  },
  reissue_ticket: {
    name: (n) => `Ticket of ${points(n)} reissued`,
    taken: (time, n) => `The reissue of a ticket of ${points(n)} at ${time} is complete.`,
    takenNote: () => 'The old number is dead. If the new paper is missing, the button below brings one.',
    notTaken: (time, n) => `The reissue of a ticket of ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'The old ticket is good as before.',
    notTakenNote: 'To reissue it, start again from “Tickets issued”.',
    what: (currencies) => of(currencies, 'Reissue of a ticket'),
  },
  void_ticket: {
    name: (n) => `Ticket of ${points(n)} voided`,
    taken: (time, n) => `The void of a ticket of ${points(n)} at ${time} is complete.`,
    takenNote: () => 'The points are back in the customer’s balance. Please spoil the paper.',
    notTaken: (time, n) => `The void of a ticket of ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'No points were given back.',
    notTakenNote: 'To void it, start again from “Tickets issued”.',
    what: (currencies) => of(currencies, 'Void of a ticket'),
  },
  clear_ticket: {
    name: (n) => `Ticket of ${points(n)} cleared`,
    taken: (time, n) => `The clearing of a ticket of ${points(n)} at ${time} is complete.`,
    takenNote: () => 'Please put the ticket with those that are cleared.',
    notTaken: (time, n) => `The clearing of a ticket of ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'The ticket is good as before.',
    notTakenNote: 'To clear it, scan it again.',
    what: (currencies) => of(currencies, 'Clearing of a ticket'),
  },
  unclear_ticket: {
    name: (n) => `Clearing of ${points(n)} taken back`,
    taken: (time, n) => `Taking back the clearing of ${points(n)} at ${time} is complete.`,
    takenNote: () => 'The ticket is good again.',
    notTaken: (time, n) => `Taking back the clearing of ${points(n)} at ${time} was not carried out.`,
    nothingMoved: 'The ticket is cleared as before.',
    notTakenNote: 'To take it back, start again from the beginning.',
    what: (currencies) => of(currencies, 'Clearing taken back'),
  },
  merge_points: {
    name: (n) => `${points(n)} merged into street points`,
    taken: (time, n) => `${points(n)} were merged at ${time}.`,
    takenNote: () => 'Whether the file lies in its folder is shown under “Merge into street points”.',
    notTaken: (time, n) => `The merge of ${points(n)} at ${time} did not take place.`,
    nothingMoved: 'No points were taken.',
    notTakenNote: 'To merge them, please start again.',
    what: (currencies) => of(currencies, 'merged'),
  },
  close_day: {
    name: () => 'Day close',
    taken: (time) => `The day close at ${time} is complete.`,
    takenNote: () => 'Its paper can be printed here.',
    notTaken: (time) => `The day close at ${time} was not carried out.`,
    nothingMoved: 'The day is not closed yet.',
    notTakenNote: 'To close it, start again from “Day close”.',
    what: () => 'Day close',
  },
};

export const last: typeof japanese = {
  title: 'Last operation',
  foundAtStart: 'We looked up the operation from before the program was closed.',
  findingAtStart: 'We are looking up the operation from before the program was closed.',
  taken: 'It took place',
  dont: 'Do not do it again.',
  notTaken: 'It did not take place',
  checking: 'Being checked',
  checkingNote: 'Once the network is back, you are told whether it took place.',
  wait: 'Do not repeat it until this is known.',
  waitNote:
    'If nothing changes within a minute, note how to reach the customer. As soon as it is known, this terminal shows it large.',
  when: 'When',
  whatLabel: 'What',
  count: 'Points',
  number: 'Transaction',
  none: 'None',
  byItself: 'Asking by itself',
  askNow: 'Ask now',
  asking: 'Asking',
  otherWork: 'Do other work',
  seen: 'I have seen this',
  again: { use: 'Use points again', issue_ticket: 'Issue the ticket again' },
  kinds,
};
