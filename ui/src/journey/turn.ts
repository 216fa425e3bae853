/** One step's outcome, and the steps that several kinds of event share. */
import type { Failure, LastOperation, OperationKind } from '../generated/types';
import type { Effect } from './events';
import { mayHaveServiceIds, type Amounts, type Model, type Slip, type Task } from './model';
import { canBePrinted, missingOf, ticketsOf } from './series';

export interface Turn {
  model: Model;
  effects: Effect[];
}

export const stay = (model: Model): Turn => ({ model, effects: [] });

export const goTo = (model: Model, task: Task, ...effects: Effect[]): Turn => ({
  model: { ...model, task },
  effects,
});

export const call = <E extends Omit<Extract<Effect, { effect: 'call' }>, 'effect'>>(asked: E) =>
  ({ effect: 'call', ...asked }) as Effect;

export const sound = (mark: Extract<Effect, { effect: 'sound' }>['mark']): Effect => ({ effect: 'sound', mark });

/** Where the window rests when no task is in hand. */
export function rest(model: Model, ...effects: Effect[]): Turn {
  const { place, last } = model;
  if (place.state === 'unregistered') return goTo(model, { at: 'register', waiting: false, failure: null }, ...effects);
  if (place.state === 'barred') {
    return goTo(model, { at: 'barred', failure: place.failure, mayRegister: place.may_register }, ...effects);
  }
  if (last && last.state.state !== 'checking' && !last.acknowledged) {
    return goTo(model, lastOperation(last, 'now'), ...effects);
  }
  return goTo(model, menuTask(model), ...effects);
}

/** 画面 22 where there are service IDs, until the clerk goes on to the points; else 画面 28. */
export const menuTask = (model: Model): Task =>
  mayHaveServiceIds(model) && !model.inPoints ? { at: 'service_menu' } : { at: 'home' };

const NO_SLIP: Slip = { preview: { is: 'coming' }, printed: null };

export const lastOperation = (operation: LastOperation, since: 'start' | 'now'): Task => ({
  at: 'last_operation',
  operation,
  since,
  asking: false,
  ...NO_SLIP,
});

type Done = Extract<LastOperation['state'], { state: 'done' }>;

/** Shows what became of an operation of this sitting. */
export function fateOf(model: Model, operation: LastOperation, amounts: Amounts | null): Turn {
  const known = { ...model, last: operation };
  // What was issued before a ticket that was not stands: its papers come out.
  if (operation.state.state !== 'checking' && ticketsOf(operation).length > 0) return ticketsMade(known, operation);
  switch (operation.state.state) {
    case 'done':
      return tookPlace(known, operation, operation.state);
    case 'refused':
      return refusedBy(known, operation.kind, operation.state.failure, amounts, true);
    case 'checking':
      return goTo(known, lastOperation(operation, 'now'), sound('check'));
    case 'not_done':
      return goTo(known, lastOperation(operation, 'now'), sound('stop'));
  }
}

/** Their paper comes out without another word, and only once. */
function ticketsMade(model: Model, operation: LastOperation): Turn {
  const prints = canBePrinted(operation);
  return goTo(
    model,
    { at: 'ticket_result', operation, printed: prints ? { is: 'coming' } : null },
    sound(missingOf(operation) > 0 ? 'check' : 'ok'),
    ...(prints ? [call({ command: 'print_ticket', args: { key: operation.key } })] : []),
  );
}

function tookPlace(model: Model, operation: LastOperation, { day_close }: Done): Turn {
  const { key } = operation;
  switch (operation.kind) {
    case 'use':
    case 'void':
      return goTo(
        model,
        { at: 'result', operation, ...NO_SLIP },
        sound('ok'),
        call({ command: 'preview_receipt', args: { key } }),
      );
    case 'merge_points':
      return goTo(
        model,
        { at: 'merge_result', operation, putting: false, ...NO_SLIP },
        sound(operation.state.state === 'done' && operation.state.merge?.file.is === 'not_put' ? 'check' : 'ok'),
        call({ command: 'preview_receipt', args: { key } }),
      );
    case 'issue_ticket':
    case 'reissue_ticket':
    case 'void_ticket':
      return goTo(model, { at: 'ticket_result', operation, printed: null }, sound('ok'));
    // A pile of used tickets has screens of its own; a single clearing is told like any last operation.
    case 'clear_ticket':
    case 'unclear_ticket':
      return goTo(model, lastOperation(operation, 'now'), sound('ok'));
    case 'close_day': {
      if (day_close === null) return goTo(model, lastOperation(operation, 'now'), sound('ok'));
      const shown = { close: day_close, printed: 0 };
      return goTo(model, { at: 'day_closed', shown, isNew: true, printed: null }, sound('ok'));
    }
  }
}

export const refusedBy = (
  model: Model,
  kind: OperationKind,
  failure: Failure,
  amounts: Amounts | null,
  journalled: boolean,
): Turn => goTo(model, { at: 'refused', kind, failure, amounts, journalled }, sound(failure.tone));

/** The same for what was typed on the way there, before anything was sent. */
export const refusedAmounts = (model: Model, failure: Failure, amounts: Amounts): Turn =>
  refusedBy(model, kindOf(amounts), failure, amounts, false);

const kindOf = ({ lastDay, street }: Amounts): OperationKind =>
  street !== null ? 'merge_points' : lastDay === null ? 'use' : 'issue_ticket';
