/** One step's outcome, and the steps that several kinds of event share. */
import type { Failure, LastOperation } from '../generated/types';
import type { Effect } from './events';
import type { Amounts, Model, Slip, Task } from './model';

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
  return goTo(model, { at: 'home' }, ...effects);
}

const NO_SLIP: Slip = { preview: { is: 'coming' }, printed: null };

export const lastOperation = (operation: LastOperation, since: 'start' | 'now'): Task => ({
  at: 'last_operation',
  operation,
  since,
  asking: false,
  ...NO_SLIP,
});

/** Shows what became of a use or a void of this sitting. */
export function fateOf(model: Model, operation: LastOperation, amounts: Amounts | null): Turn {
  const known = { ...model, last: operation };
  switch (operation.state.state) {
    case 'done':
      return goTo(
        known,
        { at: 'result', operation, ...NO_SLIP },
        sound('ok'),
        call({ command: 'preview_receipt', args: { key: operation.key } }),
      );
    case 'refused':
      return refusedBy(known, operation.state.failure, amounts, true);
    case 'checking':
      return goTo(known, lastOperation(operation, 'now'), sound('check'));
    case 'not_done':
      return goTo(known, lastOperation(operation, 'now'), sound('stop'));
  }
}

export const refusedBy = (model: Model, failure: Failure, amounts: Amounts | null, journalled: boolean): Turn =>
  goTo(model, { at: 'refused', failure, amounts, journalled }, sound(failure.tone));
