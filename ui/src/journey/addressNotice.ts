/**
 * Address notices (住所変更の自動通知, row C6): wished for on 画面 23 or afterwards on 画面 24, with the signing
 * password; ended there, or once the address was checked after a look-up.
 *
 * The number is registered whatever becomes of the wish.
 */
import type { AddressNotice, ErrorCode, Failure } from '../generated/types';
import type { Model, TaskAt } from './model';
import { call, goTo, rest, sound, stay, type Turn } from './turn';

/** The password may be typed again; how often is asked anew. */
const AGAIN: ErrorCode[] = ['wrong_signing_password', 'last_signing_password_try', 'signing_password_malformed'];

type Registered = Omit<TaskAt<'service_id_registered'>, 'at'>;

const asksTries = (visit: number) => call({ command: 'begin_address_notice', args: { visit } });

/** A wish can be written down: the provider offers it, and there is none, or one whose certificate lapsed. */
export const canBeWished = (notice: AddressNotice): boolean => notice === 'not_wanted' || notice === 'check_address';

/** On the confirmation: whether the notice is wished for as well. */
export const noticeChosen = (model: Model, wished: boolean): Turn =>
  model.task.at === 'confirm_service_id' && !model.task.sending
    ? goTo(model, { ...model.task, wishesNotice: wished })
    : stay(model);

/** To the signing password. */
export const asksPassword = (model: Model, registered: Registered): Turn =>
  goTo(
    model,
    { at: 'address_notice', registered, tries: { is: 'coming' }, wrong: null, sending: false },
    asksTries(registered.noticeOf),
  );

export function noticeWished(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'service_id_registered' || !canBeWished(task.notice)) return stay(model);
  const { at: _, ...registered } = task;
  return asksPassword(model, registered);
}

export function passwordGiven(model: Model, characters: string, lastTryAgreed: boolean): Turn {
  const { task } = model;
  if (task.at !== 'address_notice' || task.sending || task.tries.is !== 'here') return stay(model);
  const password = { characters, last_try_agreed: lastTryAgreed };
  const args = { visit: task.registered.noticeOf, password };
  return goTo(model, { ...task, sending: true, wrong: null }, call({ command: 'ask_address_notice', args }));
}

export const signingTriesKnown = (model: Model, left: number): Turn =>
  model.task.at === 'address_notice'
    ? goTo(model, { ...model.task, tries: { is: 'here', value: { left } } })
    : stay(model);

/** What stands after a wish was written down or ended. */
export function noticeStands(model: Model, notice: AddressNotice): Turn {
  const { task } = model;
  switch (task.at) {
    case 'address_notice':
      return goTo(model, { at: 'service_id_registered', ...task.registered, notice }, sound('ok'));
    case 'service_id_registered':
      return goTo(model, { ...task, notice });
    case 'service_id':
      return goTo(model, {
        ...task,
        found: { ...task.found, address_notice: notice },
        noticeEnds: { is: 'here', value: null },
      });
    default:
      return stay(model);
  }
}

/** The tries could not be read, the card said no, or the cloud did not write the wish down. */
export function passwordFailed(model: Model, failure: Failure): Turn {
  const { task } = model;
  if (task.at !== 'address_notice') return stay(model);
  const tries = AGAIN.includes(failure.code) ? { is: 'coming' as const } : { is: 'failed' as const, failure };
  const wrong = tries.is === 'coming' ? failure : null;
  const effects = tries.is === 'coming' ? [asksTries(task.registered.noticeOf)] : [];
  return goTo(model, { ...task, sending: false, tries, wrong }, sound(failure.tone), ...effects);
}

/** After a failure: the card lies there again, the line is back. */
export const noticeTriedAgain = (model: Model): Turn =>
  model.task.at === 'address_notice' && model.task.tries.is === 'failed'
    ? goTo(model, { ...model.task, tries: { is: 'coming' } }, asksTries(model.task.registered.noticeOf))
    : stay(model);

/** Without the notice: what was registered stays registered, and is shown as long as its time lasts. */
export function noticeLeft(model: Model, task: TaskAt<'address_notice'>): Turn {
  if (task.sending) return stay(model);
  const isOver = task.tries.is === 'failed' && task.tries.failure.code === 'visit_expired';
  return isOver ? rest(model) : goTo(model, { at: 'service_id_registered', ...task.registered });
}

/** The resident wants no notice any more, or the address was checked. */
export function noticeEnds(model: Model): Turn {
  const { task } = model;
  if (task.at === 'service_id_registered' && task.notice !== 'not_offered' && task.notice !== 'not_wanted') {
    return { model, effects: [call({ command: 'stop_address_notice', args: { visit: task.noticeOf } })] };
  }
  if (task.at === 'service_id' && task.found.address_notice === 'check_address' && task.noticeEnds?.is !== 'coming') {
    const args = { visit: task.found.visit };
    return goTo(model, { ...task, noticeEnds: { is: 'coming' } }, call({ command: 'stop_address_notice', args }));
  }
  return stay(model);
}

export const noticeNotEnded = (model: Model, failure: Failure): Turn =>
  model.task.at === 'service_id'
    ? goTo(model, { ...model.task, noticeEnds: { is: 'failed', failure } }, sound(failure.tone))
    : stay(model);
