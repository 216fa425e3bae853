/** The double's issuing desk: its tickets, what becomes of them, and their paper. */
import type {
  IssueTicketArguments,
  LastOperation,
  ListedTicket,
  PaperMark,
  Ticket,
  TicketFate,
  TicketOfOperation,
  TicketPreview,
  TicketsListed,
  TicketsOfTheDesk,
  UsableAccount,
} from '../../generated/types';
import { foundTickets } from '../../journey/ticketList';
import { hasMark, ownOrder } from '../../journey/tickets';
import { ja } from '../../words/ja';
import { CHAMBER, KAWASAKI, MASKED, NOW_MS, TODAY } from './samples';

export const TICKET_DAYS = { from: TODAY, to: '2026-12-20' };

const ticket = (number: string, points: number, issued_on: string, last_day: string, event?: string): Ticket => ({
  number,
  points,
  currency: KAWASAKI,
  currency_name: event ?? '川崎市ポイント',
  issuer_name: '川崎市',
  event_name: event ?? null,
  issued_on,
  last_day,
  issued_at: CHAMBER.site_name,
});

const listed = (issued: Ticket, minutesAgo: number, fate: TicketFate, masked: string): ListedTicket => ({
  ticket: issued,
  at_ms: NOW_MS - minutesAgo * 60_000,
  masked_mykey_id: masked,
  fate,
  can_be_reissued: fate.state === 'open',
  can_be_voided: fate.state === 'open' && issued.issued_on === TODAY,
});

const CLEARED: TicketFate = {
  state: 'cleared',
  at_ms: NOW_MS - 20 * 60_000,
  site_name: '佐藤クリーニング店',
  cleared_at: 'みなみ商工会',
};

const SAMPLES: ListedTicket[] = [
  listed(ticket('482910573316', 500, TODAY, '2026-12-20'), 31, { state: 'open' }, 'TA****08'),
  listed(ticket('120948837752', 1000, TODAY, '2026-12-04'), 64, CLEARED, 'SU****74'),
  listed(ticket('550123984471', 800, TODAY, '2026-12-20', 'かわさき宙フェス'), 75, { state: 'open' }, 'KO****31'),
  listed(ticket('904417286650', 2000, TODAY, '2026-12-20'), 118, { state: 'reissued' }, 'SU****74'),
  listed(ticket('338120945567', 300, TODAY, '2026-11-27'), 140, { state: 'voided' }, 'HA****15'),
];

const LAPSING: ListedTicket[] = [
  listed(ticket('771200934456', 1500, '2026-10-22', '2026-11-21'), 42_000, { state: 'open' }, 'TA****08'),
  listed(ticket('109288374650', 500, '2026-10-26', '2026-11-25'), 36_000, { state: 'open' }, 'SU****74'),
];

/** Enough open tickets for a second page. */
const OPEN: ListedTicket[] = Array.from({ length: 24 }, (_, index) =>
  listed(
    ticket(`7${String(10_482_910_573 + index * 394_817)}`, 500 * (1 + (index % 4)), '2026-11-12', '2026-12-12'),
    11_000 + index * 7,
    { state: 'open' },
    'KO****31',
  ),
);

export class Tickets {
  #tickets: ListedTicket[];
  #made = 0;

  /** `mostListed`: where a list ends. */
  constructor(
    some: boolean,
    private readonly mostListed: number,
  ) {
    this.#tickets = some ? structuredClone([...SAMPLES, ...LAPSING, ...OPEN]) : [];
  }

  list(which: TicketsListed, digits: string | null = null, order = ownOrder(which)): TicketsOfTheDesk {
    const isListed: Record<TicketsListed, (listed: ListedTicket) => boolean> = {
      issued_today: ({ ticket: { issued_on } }) => issued_on === TODAY,
      lapsing_soon: ({ ticket: { last_day }, fate }) => fate.state === 'open' && last_day <= '2026-11-27',
      open: ({ fate }) => fate.state === 'open',
    };
    const listed = this.#tickets.filter((one) => isListed[which](one));
    const tickets = foundTickets(listed, digits ?? '', order);
    return { date: TODAY, tickets: tickets.slice(0, this.mostListed), count: tickets.length };
  }

  issued(account: UsableAccount, points: number, lastDay: string): Ticket {
    const event = hasMark(account) ? account.name : undefined;
    return this.#put(ticket(this.#number(), points, TODAY, lastDay, event));
  }

  /** The new ticket; `null` where the old one is none or not open any more. */
  reissued(number: string): Ticket | null {
    const old = this.#open(number);
    if (!old) return null;
    this.#becomes(old, { state: 'reissued' });
    return this.#put({ ...old.ticket, number: this.#number() });
  }

  voided(number: string): Ticket | null {
    const old = this.#open(number);
    if (old) this.#becomes(old, { state: 'voided' });
    return old?.ticket ?? null;
  }

  #put(made: Ticket): Ticket {
    this.#tickets.unshift(listed(made, 0, { state: 'open' }, MASKED));
    return made;
  }

  #becomes(old: ListedTicket, fate: TicketFate): void {
    Object.assign(old, { fate, can_be_reissued: false, can_be_voided: false });
  }

  #open = (number: string) =>
    this.#tickets.find((one) => one.ticket.number === number && one.fate.state === 'open') ?? null;

  #number(): string {
    this.#made += 1;
    return String(987_654_321_011 + this.#made);
  }
}

/** The ticket of an operation at the start of the window. */
export const TICKET_AT_START = ticket('987654321012', 1000, TODAY, '2026-12-20');

/** A paper of A6 with the words and boxes of a ticket, about where the printer has them. */
export function previewOf({ last_day }: IssueTicketArguments, account: UsableAccount, points: number): TicketPreview {
  const words = (text: string, x: number, baseline: number, size: number, bold = false): PaperMark => {
    const length = [...text].reduce((sum, letter) => sum + (letter < '\u0100' ? 0.55 : 1) * size, 0);
    return { mark: 'words', x, baseline, size, length: Math.round(length), bold, words: text };
  };
  const frame = (x: number, y: number, width: number, height: number): PaperMark => ({
    mark: 'frame',
    x,
    y,
    width,
    height,
    thickness: 30,
  });
  return {
    width: 10_500,
    height: 14_800,
    marks: [
      words('川崎市', 700, 1350, 400),
      words('ポイント券', 700, 2150, 640, true),
      words(ja.number(points), 5600, 1700, 1000, true),
      words('ポイント', 8500, 1700, 320, true),
      words(`${ja.number(points)}円分としてお使いいただけます`, 5600, 2200, 260),
      { mark: 'bar', x: 700, y: 2700, width: 9100, height: 260 },
      ...(hasMark(account) ? [words(`${account.name}参加店のみ`, 700, 3500, 420, true)] : []),
      frame(700, 3800, 3000, 3000),
      words('券の番号', 4300, 4100, 300),
      words('お使いいただける日', 4300, 5300, 300),
      words(longDay(last_day), 4300, 5850, 480, true),
      words(`発行 ${longDay(TODAY)}`, 4300, 6450, 300),
      words(CHAMBER.site_name, 4300, 6900, 300),
      frame(700, 7600, 3500, 4200),
      words('発行認印', 900, 8000, 300),
      frame(4600, 7600, 5200, 4200),
      words('利用店舗印', 4800, 8000, 300),
      words('・1回かぎり全額でお使いください。おつりはできません。', 700, 12_500, 290),
    ],
  };
}

const longDay = (iso: string): string => {
  const [year, month, day] = iso.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** One issue after the other, as the program does it: the first that does not take place ends the series. */
export function inSeries(count: number, issue: (isLast: boolean) => LastOperation): LastOperation {
  const before: TicketOfOperation[] = [];
  for (;;) {
    const isLast = before.length === count - 1;
    const operation = issue(isLast);
    if (count > 1) operation.series = { wanted: count, before: [...before], ended: null };
    const made = operation.state.state === 'done' ? operation.state.ticket : null;
    if (made === null || isLast) return operation;
    before.push(made);
  }
}
