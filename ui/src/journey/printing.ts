/** Which paper a screen prints, and what is heard of it. */
import type { LastOperation, PileSums, PrintedPaper } from '../generated/types';
import type { Effect } from './events';
import type { Asked, Model, Slip, Task } from './model';
import { canBePrinted, handedOver } from './series';
import { call, goTo, stay, type Turn } from './turn';

/** The command that prints what is on the screen; `null` where there is nothing to print, or not again. */
export function printOf(task: Task): Effect | null {
  switch (task.at) {
    case 'receipt':
      return call({ command: 'print_receipt', args: { key: task.operation.key } });
    case 'result':
    case 'merge_result':
    case 'ticket_result':
    case 'last_operation':
      return printOfOperation(task.operation);
    case 'day_closed':
      return call({ command: 'print_day_close', args: { number: task.shown.close.number } });
    case 'pile_done':
      return printOfPile(task.pile.sums, null);
    default:
      return null;
  }
}

/** The list of the shop after this one, or of the first; shops without a cleared ticket have none. */
function printOfPile({ pile, sites }: PileSums, after: number | null): Effect | null {
  const listed = sites.filter(({ cleared }) => cleared > 0).map(({ site }) => site.site);
  const site = listed[after === null ? 0 : listed.indexOf(after) + 1];
  return site === undefined ? null : call({ command: 'print_pile', args: { pile, site } });
}

function printOfOperation(operation: LastOperation): Effect | null {
  const { key, kind, state } = operation;
  // A number goes to a printer once; every further paper is a reissue.
  if (canBePrinted(operation)) return call({ command: 'print_ticket', args: { key } });
  if (state.state !== 'done') return null;
  switch (kind) {
    case 'use':
    case 'void':
    case 'merge_points':
      return call({ command: 'print_receipt', args: { key } });
    case 'close_day':
      return state.day_close && call({ command: 'print_day_close', args: { number: state.day_close.number } });
    case 'issue_ticket':
    case 'reissue_ticket':
    case 'void_ticket':
    case 'clear_ticket':
    case 'unclear_ticket':
      return null;
  }
}

/** What became of the paper of an operation on the screen. */
export function onSlip(model: Model, key: string, change: Partial<Slip>): Turn {
  const { task } = model;
  const shows =
    task.at === 'result' || task.at === 'merge_result' || task.at === 'last_operation' || task.at === 'receipt';
  return shows && task.operation.key === key ? goTo(model, { ...task, ...change }) : stay(model);
}

/** What became of a ticket's paper. Once it was handed over, there is no second one under its number. */
export function onTicket(model: Model, key: string, printed: Asked<PrintedPaper>, isHanded: boolean): Turn {
  const { task } = model;
  if ((task.at !== 'ticket_result' && task.at !== 'last_operation') || task.operation.key !== key) return stay(model);
  const operation = isHanded ? handedOver(task.operation) : task.operation;
  const known = model.last?.key === key ? { ...model, last: operation } : model;
  return goTo(known, { ...task, operation, printed });
}

/** What became of a close's paper. */
export function onClose(model: Model, number: number, printed: Asked<PrintedPaper>): Turn {
  const { task } = model;
  if (task.at === 'last_operation' && task.operation.kind === 'close_day') return goTo(model, { ...task, printed });
  if (task.at !== 'day_closed' || task.shown.close.number !== number) return stay(model);
  const count = printed.is === 'here' ? printed.value.printed : task.shown.printed;
  return goTo(model, { ...task, shown: { ...task.shown, printed: count }, printed });
}

/** What became of a shop's list: the next shop's follows, until all have theirs. */
export function onPile(model: Model, site: number, printed: Asked<PrintedPaper>): Turn {
  const { task } = model;
  if (task.at !== 'pile_done') return stay(model);
  const next = printed.is === 'here' ? printOfPile(task.pile.sums, site) : null;
  return next === null ? goTo(model, { ...task, printed }) : goTo(model, task, next);
}
