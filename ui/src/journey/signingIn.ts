/** 画面 2: the terminal password before the points, and the lock. */
import type { SignIn } from '../generated/types';
import type { Model, Task } from './model';
import { call, goTo, rest, stay, type Turn } from './turn';

/** What is given up where the password is needed: nothing of it has happened yet. */
const IN_HAND: ReadonlySet<Task['at']> = new Set([
  'home',
  'card',
  'amount',
  'last_day',
  'voidable',
  'receipt',
  'totals',
  'tickets',
  'day',
  'day_closed',
  'clearing_sites',
  'scanning',
  'typed_ticket',
  'scans',
  'take_back',
  'pile_check',
  'pile_done',
  'piles',
  'found_later',
]);
/** What else a lock hides. A fate nobody has acknowledged is shown again after it. */
const HIDDEN_BY_A_LOCK: ReadonlySet<Task['at']> = new Set(['result', 'ticket_result', 'refused', 'last_operation']);

/** An answer is awaited that must not be lost sight of. */
const isSending = ({ task }: Model): boolean => 'sending' in task && task.sending;

function isGivenUp(model: Model): boolean {
  const { task, sign_in } = model;
  if (isSending(model)) return false;
  return IN_HAND.has(task.at) || 'sending' in task || (sign_in.state === 'locked' && HIDDEN_BY_A_LOCK.has(task.at));
}

/** Where the password is wanted, its screen takes the place of everything about points. */
export function behindSignIn(model: Model): Model {
  const isWanted = model.sign_in.state === 'needed' || model.sign_in.state === 'locked';
  if (model.task.at === 'sign_in') return isWanted ? model : rest(model).model;
  if (!isWanted || !isGivenUp(model)) return model;
  return { ...model, task: { at: 'sign_in', waiting: false, failure: null }, aside: null };
}

export const signInTold = (model: Model, sign_in: SignIn): Turn => stay({ ...model, sign_in });

export function signsIn(model: Model, password: string, staffName: string): Turn {
  const { task } = model;
  if (task.at !== 'sign_in' || task.waiting) return stay(model);
  const asks = call({ command: 'sign_in', args: { password, staff_name: staffName } });
  return goTo(model, { ...task, waiting: true, failure: null }, asks);
}

export const canLock = (model: Model): boolean => model.sign_in.state === 'signed_in' && !isSending(model);

export const locks = (model: Model): Turn => ({
  model,
  effects: canLock(model) ? [call({ command: 'lock', args: null })] : [],
});

/** The program has said so by a notice as well; whichever comes first. */
export const standsAt = (model: Model, state: SignIn['state']): Turn =>
  stay({ ...model, sign_in: { ...model.sign_in, state } });
