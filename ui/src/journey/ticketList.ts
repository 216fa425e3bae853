/** Finding a ticket in the desk's lists. */
import type { ListedTicket, TicketOrder } from '../generated/types';
import { halfWidth } from './amounts';

/** The digits of a number in what was typed; none where it is something else. */
export function digitsIn(search: string): string {
  const digits = halfWidth(search).replace(/[ -]/g, '');
  return /^[0-9]+$/.test(digits) ? digits : '';
}

/** Tickets whose number contains, whose points begin with, or whose masked ID contains what was typed. */
export function foundTickets(tickets: ListedTicket[], search: string, order: TicketOrder): ListedTicket[] {
  const wanted = halfWidth(search).toUpperCase();
  const digits = wanted.replace(/[,-]/g, '');
  const matches = tickets.filter(
    ({ ticket, masked_mykey_id }) =>
      wanted === '' ||
      (digits !== '' && (ticket.number.includes(digits) || String(ticket.points).startsWith(digits))) ||
      masked_mykey_id.includes(wanted),
  );
  return matches.toSorted((a, b) => before(a, b, order) || b.at_ms - a.at_ms);
}

function before(a: ListedTicket, b: ListedTicket, order: TicketOrder): number {
  switch (order) {
    case 'newest':
      return 0;
    case 'largest':
      return b.ticket.points - a.ticket.points;
    case 'earliest':
      return a.ticket.last_day.localeCompare(b.ticket.last_day);
  }
}
