/** The PIN between confirmation and result: asked for above the limits, and by a phone before anything else. */
import type { ErrorCode, Failure } from '../generated/types';
import { amountsIn, needsPin, partsOf } from './amounts';
import { mergesWithPin } from './merging';
import type { Amounts, Model, TaskAt } from './model';
import { issuesWithPin } from './tickets';
import { call, goTo, refusedAmounts, sound, stay, type Turn } from './turn';

/** The PIN may be typed again; how often is asked anew. */
const AGAIN: ErrorCode[] = ['wrong_pin', 'last_pin_try', 'pin_malformed'];

/** Something is to be done with the card; the program says when it lies there again. */
const AT_THE_READER: ErrorCode[] = [
  'card_absent',
  'card_removed',
  'other_card',
  'card_busy',
  'card_unresponsive',
  'not_my_number_card',
  'reader_absent',
  'card_service_absent',
];

const asksTries = ({ visit }: Amounts) => call({ command: 'begin_pin', args: { visit: visit.visit } });

/** From the confirmation: to the PIN where the amounts need one. */
export function pinAsked(model: Model, task: TaskAt<'confirm' | 'confirm_issue' | 'confirm_merge'>): Turn | null {
  if (!needsPin(task)) return null;
  const amounts = amountsIn(task);
  return goTo(
    model,
    { at: 'pin', ...amounts, tries: { is: 'coming' }, wrong: null, sending: false },
    asksTries(amounts),
  );
}

export function pinGiven(model: Model, digits: string, lastTryAgreed: boolean): Turn {
  const { task, card } = model;
  const pin = { digits, last_try_agreed: lastTryAgreed };
  if ((task.at === 'card' || task.at === 'service_id_card') && card.state === 'wants_pin') {
    return { model, effects: [call({ command: 'read_with_pin', args: pin })] };
  }
  if (task.at !== 'pin' || task.sending || task.tries.is !== 'here') return stay(model);
  if (task.lastDay !== null) return issuesWithPin(model, task, pin);
  if (task.street !== null) return mergesWithPin(model, task, pin);
  const args = { visit: task.visit.visit, parts: partsOf(task.visit, task.typed), pin };
  return goTo(model, { ...task, sending: true, wrong: null }, call({ command: 'use_points_with_pin', args }));
}

export function triesKnown(model: Model, left: number): Turn {
  const { task } = model;
  return task.at === 'pin' ? goTo(model, { ...task, tries: { is: 'here', value: { left } } }) : stay(model);
}

/** The tries could not be read, or the card did not sign. */
export function pinFailed(model: Model, failure: Failure): Turn {
  const { task } = model;
  if (task.at !== 'pin') return stay(model);
  if (AGAIN.includes(failure.code)) {
    const again = { ...task, sending: false, tries: { is: 'coming' as const }, wrong: failure };
    return goTo(model, again, sound(failure.tone), asksTries(task));
  }
  if (AT_THE_READER.includes(failure.code)) {
    return goTo(model, { ...task, sending: false, tries: { is: 'failed', failure }, wrong: null }, sound(failure.tone));
  }
  return refusedAmounts(model, failure, amountsIn(task));
}

/** A card came or went while the PIN is asked for: what lies there now is asked anew. */
export function cardCameOrWent(model: Model): Turn {
  const { task } = model;
  return task.at === 'pin' && !task.sending ? { model, effects: [asksTries(task)] } : stay(model);
}
