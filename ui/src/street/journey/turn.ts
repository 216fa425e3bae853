/** One step's outcome, and the steps that several kinds of event share. */
import type { StreetMember, StreetSettings } from '../../generated/types';
import type { Effect } from './events';
import { NOTHING_TYPED, type Model, type Purpose, type Task } from './model';

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

/** Whose points: a number is asked for. */
export const toSeek = (model: Model, purpose: Purpose): Turn =>
  goTo(model, { at: 'seek', purpose, id: '', unknown: false, waiting: false, failure: null });

/** Somebody was found for something. */
export function memberFound(model: Model, purpose: Purpose, member: StreetMember): Turn {
  if (purpose !== 'member') {
    return goTo(
      model,
      { at: 'amount', act: purpose, member, typed: NOTHING_TYPED, waiting: false, failure: null },
      sound('read'),
    );
  }
  return goTo(
    model,
    { at: 'member', shown: { is: 'coming' }, saved: null, back: 'menu' },
    sound('read'),
    call({ command: 'show_member', args: { member: member.member, before: null } }),
  );
}
