/** Tickets at the issuing desk: the last day, the issue, today's list, reissue and void. */
import type {
  IssueTicketArguments,
  Ticket,
  TicketOrder,
  TicketsListed,
  TicketsOfTheDesk,
  TicketsSought,
  TypedPin,
  UsableAccount,
} from '../generated/types';
import { amountsIn, mostTickets, partsOf } from './amounts';
import type { Effect } from './events';
import type { Amounts, Asked, Model, Sought, TaskAt, TicketAct } from './model';
import { pinAsked } from './pin';
import { acknowledged } from './seeing';
import { call, goTo, stay, type Turn } from './turn';

/** Whether points of this kind are marked by their name on a ticket's paper (`CurrencyKind::has_a_mark`). */
export const hasMark = ({ kind }: Pick<UsableAccount, 'kind'>): boolean => kind === 'event' || kind === 'common';

export function lastDayChosen(model: Model, day: string): Turn {
  const { task } = model;
  if (task.at !== 'last_day') return stay(model);
  const { from, to } = task.visit.ticket_days;
  return day < from || day > to ? stay(model) : goTo(model, { ...task, lastDay: day });
}

export function countChosen(model: Model, count: number): Turn {
  const { task } = model;
  if (task.at !== 'last_day' || count < 1 || count > mostTickets(task)) return stay(model);
  return goTo(model, { ...task, count });
}

export function lastDayChecked(model: Model): Turn {
  const { task } = model;
  return task.at === 'last_day' ? asksIssue(model, amountsIn(task)) : stay(model);
}

/** 画面 33: the question, with the paper as it will be. */
export function asksIssue(model: Model, amounts: Amounts): Turn {
  const args = issueOf(amounts);
  if (args === null) return stay(model);
  return goTo(
    model,
    { at: 'confirm_issue', ...amounts, paper: { is: 'coming' }, sending: false },
    call({ command: 'preview_ticket', args }),
  );
}

export function issues(model: Model, task: TaskAt<'confirm_issue'>): Turn {
  const args = issueOf(task);
  if (task.sending || args === null) return stay(model);
  return pinAsked(model, task) ?? goTo(model, { ...task, sending: true }, call({ command: 'issue_ticket', args }));
}

/** Above the limits: the card signs this very issue. */
export function issuesWithPin(model: Model, task: TaskAt<'pin'>, pin: TypedPin): Turn {
  const issue = issueOf(task);
  if (issue === null) return stay(model);
  const asks = call({ command: 'issue_ticket_with_pin', args: { ...issue, pin } });
  return goTo(model, { ...task, sending: true, wrong: null }, asks);
}

function issueOf({ visit, typed, lastDay, count }: Amounts): IssueTicketArguments | null {
  const [part] = partsOf(visit, typed);
  return part && lastDay !== null ? { visit: visit.visit, part, last_day: lastDay, count } : null;
}

export function ticketsShown(model: Model, which: TicketsListed): Turn {
  const seen = model.task.at === 'ticket_result' ? acknowledged(model) : stay(model);
  const asks = call({ command: 'list_tickets', args: which });
  return goTo(seen.model, { at: 'tickets', which, list: { is: 'coming' }, sought: null }, ...seen.effects, asks);
}

/** A list's own order, which decides what it shows where it ends before its last ticket. */
export const ownOrder = (which: TicketsListed): TicketOrder => (which === 'issued_today' ? 'newest' : 'earliest');

/** A list that ends before its last ticket does not know which come first in another order, nor all numbers: the cloud
 * does. One or two digits it takes for points: they stand in too many numbers. */
export function ticketsSought(model: Model, typed: string, order: TicketOrder): Turn {
  const { task } = model;
  if (task.at !== 'tickets' || task.list.is !== 'here') return stay(model);
  const { tickets, count } = task.list.value;
  const digits = typed === '' || typed.length > 12 ? null : typed;
  if (tickets.length >= count || (digits === null && order === ownOrder(task.which)))
    return stay({ ...model, task: { ...task, sought: null } });
  const args: TicketsSought = { which: task.which, digits, order };
  if (isFor(task.sought, args)) return stay(model);
  return {
    model: { ...model, task: { ...task, sought: { digits, order, found: { is: 'coming' } } } },
    effects: [call({ command: 'find_tickets', args })],
  };
}

/** What was typed or chosen since then is asked for by itself. */
export function ticketsFound(model: Model, args: TicketsSought, found: Asked<TicketsOfTheDesk>): Turn {
  const { task } = model;
  if (task.at !== 'tickets' || task.which !== args.which || !isFor(task.sought, args)) return stay(model);
  return stay({ ...model, task: { ...task, sought: { digits: args.digits, order: args.order, found } } });
}

const isFor = (sought: Sought | null, { digits, order }: TicketsSought): boolean =>
  sought !== null && sought.digits === digits && sought.order === order;

/** Both counts of the home screen. */
export const asksForTickets: Effect[] = [
  call({ command: 'list_tickets', args: 'issued_today' }),
  call({ command: 'list_tickets', args: 'lapsing_soon' }),
];

/** The line is back: what could not be fetched is asked for again. */
export function ticketsAskedAgain({ task, tickets }: Model): Effect[] {
  if (task.at === 'tickets' && task.list.is === 'failed') return [call({ command: 'list_tickets', args: task.which })];
  return task.at === 'home' && tickets.issued_today.is === 'failed' ? asksForTickets : [];
}

export function ticketsListed(model: Model, which: TicketsListed, list: Asked<TicketsOfTheDesk>): Turn {
  const { task } = model;
  const known = { ...model, tickets: { ...model.tickets, [which]: list } };
  return task.at === 'tickets' && task.which === which ? goTo(known, { ...task, list }) : stay(known);
}

/** Undoing, and a paper that takes another's place, are asked for once, in a full screen. */
export function ticketChosen(model: Model, act: TicketAct, ticket: Ticket): Turn {
  const { task } = model;
  if (task.at !== 'tickets' && task.at !== 'ticket_result' && task.at !== 'last_operation') return stay(model);
  const seen = acknowledged(model);
  const which = task.at === 'tickets' ? task.which : 'issued_today';
  return goTo(seen.model, { at: 'confirm_ticket', act, ticket, which, sending: false }, ...seen.effects);
}

export function actsOnTicket(model: Model, task: TaskAt<'confirm_ticket'>): Turn {
  if (task.sending) return stay(model);
  const asks = call({ command: task.act, args: { ticket: task.ticket.number } });
  return goTo(model, { ...task, sending: true }, asks);
}

/** The paper before it is issued came, or did not; the question stands without it as well. */
export function paperShown(model: Model, args: IssueTicketArguments, paper: TaskAt<'confirm_issue'>['paper']): Turn {
  const { task } = model;
  const isThis = task.at === 'confirm_issue' && task.visit.visit === args.visit && task.lastDay === args.last_day;
  return isThis ? goTo(model, { ...task, paper }) : stay(model);
}
