/** One step's outcome, and the steps that several kinds of event share. */
import type { StreetSettings } from '../../generated/types';
import type { Effect } from './events';
import type { Model, Task } from './model';

export interface Turn {
  model: Model;
  effects: Effect[];
}

export const stay = (model: Model): Turn => ({ model, effects: [] });

export const goTo = (model: Model, task: Task, ...effects: Effect[]): Turn => ({ model: { ...model, task }, effects });

export const call = <E extends Omit<Extract<Effect, { effect: 'call' }>, 'effect'>>(asked: E) =>
  ({ effect: 'call', ...asked }) as unknown as Effect;

export const sound = (mark: Extract<Effect, { effect: 'sound' }>['mark']): Effect => ({ effect: 'sound', mark });

/** Where the window rests when no task is in hand. */
export function rest(model: Model, ...effects: Effect[]): Turn {
  const { counter } = model;
  if (counter === null) return goTo(model, { at: 'opening', failure: null }, ...effects);
  const { place, sign_in } = counter;
  if (place.state === 'barred') return goTo(model, { at: 'barred', failure: place.failure }, ...effects);
  if (place.state === 'unregistered') {
    return goTo(model, { at: 'register', form: 'terminal', waiting: false, failure: null }, ...effects);
  }
  return goTo(
    model,
    sign_in === 'signed_in' ? { at: 'menu' } : { at: 'sign_in', waiting: false, failure: null },
    ...effects,
  );
}

export const withSettings = (model: Model, settings: StreetSettings): Model =>
  model.counter ? { ...model, counter: { ...model.counter, settings } } : model;
