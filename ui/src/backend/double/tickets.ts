/** The double's issuing desk: its tickets, what becomes of them, and their paper. */
import type {
  IssueTicketArguments,
  ListedTicket,
  Ticket,
  TicketFate,
  TicketPreview,
  TicketsListed,
  TicketsOfTheDesk,
  UsableAccount,
} from '../../generated/types';
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

export class Tickets {
  #tickets: ListedTicket[];
  #made = 0;

  constructor(some: boolean) {
    this.#tickets = some ? structuredClone([...SAMPLES, ...LAPSING]) : [];
  }

  list(which: TicketsListed): TicketsOfTheDesk {
    const soon = which === 'lapsing_soon';
    const tickets = this.#tickets.filter(({ ticket: { issued_on, last_day }, fate }) =>
      soon ? fate.state === 'open' && last_day <= '2026-11-27' : issued_on === TODAY,
    );
    if (soon) tickets.sort((a, b) => a.ticket.last_day.localeCompare(b.ticket.last_day));
    return { date: TODAY, tickets, count: tickets.length };
  }

  issued(account: UsableAccount, points: number, lastDay: string): Ticket {
    const event = account.kind === 'event' ? account.name : undefined;
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

export function previewOf({ last_day }: IssueTicketArguments, account: UsableAccount, points: number): TicketPreview {
  return {
    issuer: '川崎市',
    title: 'ポイント券',
    points: ja.number(points),
    unit: 'ポイント',
    worth: `${ja.number(points)}円分としてお使いいただけます`,
    event: account.kind === 'event' ? `${account.name}参加店のみ` : null,
    number_label: '券の番号',
    last_day_label: 'お使いいただける日',
    last_day: longDay(last_day),
    until: 'まで',
    issued: `発行 ${longDay(TODAY)}`,
    issued_at: CHAMBER.site_name,
    stamps: ['発行認印', '利用店舗印'],
  };
}

const longDay = (iso: string): string => {
  const [year, month, day] = iso.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};
