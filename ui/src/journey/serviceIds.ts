/**
 * Service IDs (画面 22–26): a number is typed or scanned, the card is put on, what it leads to is shown, the
 * number is registered and shown back; or a card is put on and its number handed over, and the next customer's
 * card begins anew.
 *
 * Which text is a number, whose it is and how it is handed over, the program says.
 */
import type { CardState, ErrorCode, Failure, HandedOver, HandOver, ServiceIdFound } from '../generated/types';
import { asksPassword, canBeWished, noticeLeft, passwordFailed } from './addressNotice';
import { expectationOf } from './expectation';
import { libraryCardMoved, NO_LIBRARY_CARD } from './libraryCard';
import { awaitsNextCustomer, isExpired } from './model';
import type { Asked, Model, ServiceIdWanted, Task, TaskAt } from './model';
import { readerGoesOn } from './readerDoctor';
import { call, goTo, rest, sound, stay, type Turn } from './turn';

const numberTask = (text: string, correcting: string | null): Task => ({
  at: 'service_id_number',
  text,
  correcting,
  checking: false,
  failure: null,
  ...NO_LIBRARY_CARD,
});

/** What the reader said before this card was asked for is old; the program says anew what lies there. */
const asksForCard = (model: Model, wanted: ServiceIdWanted): Turn =>
  goTo(
    { ...model, card: { state: model.card.state === 'absent' ? 'absent' : 'lying' } },
    { at: 'service_id_card', ...wanted },
  );

/** The institution's card may lie there already. */
export const registrationChosen = (model: Model): Turn =>
  libraryCardMoved({ ...model, task: numberTask('', null) }, model.card.state !== 'absent');

export const lookUpChosen = (model: Model): Turn =>
  asksForCard(model, { act: 'look_up_service_id', asksFor: 'service_id_now' });

const NEXT_CUSTOMER = {
  at: 'service_id_card',
  act: 'look_up_service_id',
  asksFor: 'next_service_id',
} as const satisfies Task;

/** The number's time is over: it leaves the screen, and whoever comes next is waited for. */
const numberExpired = (model: Model): Turn =>
  // Perhaps it was expected all the while; asked for anew, the program says what lies there.
  goTo(
    { ...model, card: { state: 'lying' } },
    NEXT_CUSTOMER,
    call({ command: 'expect_card', args: 'next_service_id' }),
  );

export const numberTyped = (model: Model, typed: string): Turn =>
  model.task.at === 'service_id_number'
    ? goTo(model, { ...model.task, text: typed, failure: null, read: null })
    : stay(model);

export function numberGiven(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'service_id_number' || task.checking || task.reading !== null) return stay(model);
  const asks = call({ command: 'check_customer_number', args: { number: task.text } });
  return goTo(model, { ...task, checking: true, failure: null }, asks);
}

export function numberUnderstood(model: Model, number: string): Turn {
  const { task } = model;
  if (task.at !== 'service_id_number' || !task.checking) return stay(model);
  return asksForCard(model, { act: 'register_service_id', number, correcting: task.correcting });
}

export const numberNotUnderstood = (model: Model, failure: Failure): Turn =>
  model.task.at === 'service_id_number'
    ? goTo(model, { ...model.task, checking: false, failure }, sound(failure.tone))
    : stay(model);

/** What is told of the card where one is wanted for its service ID; `null` where none is. */
export function serviceIdCardTold(model: Model, card: CardState): Turn | null {
  const { task } = model;
  if (task.at === 'confirm_service_id') {
    const isOver = card.state === 'failed' && !task.sending && task.failure === null;
    return isOver ? goTo(model, cardAgain(task), sound(card.failure.tone)) : stay(model);
  }
  if (task.at === 'service_id') return besideNumberTold(model, task, card);
  if (task.at === 'service_id_registered') return isExpired(card) ? rest(model) : stay(model);
  if (task.at === 'address_notice') {
    return isExpired(card) && !task.sending ? passwordFailed(model, card.failure) : stay(model);
  }
  return task.at === 'service_id_card' ? awaitedCardTold(model, task, card) : null;
}

/** While a number is shown: that its time is over, and the next customer's card. */
function besideNumberTold(model: Model, task: TaskAt<'service_id'>, card: CardState): Turn {
  if (isExpired(card)) return numberExpired(model);
  return awaitsNextCustomer(model) && isNextCustomer(task.found, card)
    ? awaitedCardTold({ ...model, task: NEXT_CUSTOMER }, NEXT_CUSTOMER, card)
    : stay(model);
}

/**
 * A number goes from the screen as soon as another card is read. Where none is registered there is none to go, and
 * what was put on may be the institution's card, to be registered: that takes nothing away.
 */
function isNextCustomer({ number }: ServiceIdFound, card: CardState): boolean {
  if (card.state === 'reading') return number !== null;
  return card.state === 'wants_pin' || card.state === 'service_id_read' || isUnread(card);
}

/** Why a card that was put on could not be read, where it is one; that the one before has left is no such thing. */
const isUnread = (card: CardState): boolean =>
  card.state === 'failed' && card.failure.code !== 'card_absent' && card.failure.code !== 'not_my_number_card';

function awaitedCardTold(model: Model, task: ServiceIdWanted, card: CardState): Turn {
  switch (card.state) {
    case 'absent':
    case 'lying':
    case 'library_card_lies':
    case 'read':
      return stay(model);
    case 'reading':
      return stay(readerGoesOn(model));
    case 'wants_pin':
      return { model: readerGoesOn(model), effects: [sound('check')] };
    case 'failed':
      return { model, effects: [sound(card.failure.tone)] };
    case 'service_id_read':
      return foundBy(readerGoesOn(model), task, card.found);
  }
}

function foundBy(model: Model, wanted: ServiceIdWanted, found: ServiceIdFound): Turn {
  if (wanted.act === 'look_up_service_id') {
    if (found.number === null)
      return goTo(model, { at: 'service_id', found, handed: null, noticeEnds: null }, sound('check'));
    return goTo(
      model,
      { at: 'service_id', found, handed: { is: 'coming' }, noticeEnds: null },
      sound('read'),
      call({ command: 'hand_over_service_id', args: { visit: found.visit } }),
    );
  }
  const { number, correcting } = wanted;
  if (found.number === number) {
    const registered = { provider_name: found.provider_name, number };
    const { visit: noticeOf, address_notice: notice } = found;
    return goTo(model, { at: 'service_id_registered', registered, isNew: false, noticeOf, notice }, sound('check'));
  }
  const standing = meetsOf(found, correcting);
  return goTo(
    model,
    { at: 'confirm_service_id', number, correcting, found, wishesNotice: false, sending: false, failure: null },
    sound(standing === 'nothing' || standing === 'what_is_corrected' ? 'read' : 'check'),
  );
}

/** What a registration meets at the provider. */
export type Meets = 'nothing' | 'another_number' | 'what_is_corrected' | 'another_card';

export function meetsOf(found: ServiceIdFound, correcting: string | null): Meets {
  if (correcting !== null) return found.number === correcting ? 'what_is_corrected' : 'another_card';
  return found.number === null ? 'nothing' : 'another_number';
}

const cardAgain = ({ number, correcting }: TaskAt<'confirm_service_id'>): Task => ({
  at: 'service_id_card',
  act: 'register_service_id',
  number,
  correcting,
});

/** What a failed registration leads to: the number, the card, or the same once more. */
export function remedyOf({ code }: Failure): 'number' | 'card' | 'again' {
  const AT_THE_NUMBER: ErrorCode[] = ['customer_number_taken', 'customer_number_invalid'];
  if (AT_THE_NUMBER.includes(code)) return 'number';
  const AGAIN: ErrorCode[] = [
    'service_id_unanswered',
    'cloud_unreachable',
    'cloud_busy',
    'too_many_requests',
    'cloud_failed',
  ];
  return AGAIN.includes(code) ? 'again' : 'card';
}

/** The main action of the confirmation: registers, or does what the failure asks for. */
export function serviceIdConfirmed(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'confirm_service_id' || task.sending) return stay(model);
  const remedy = task.failure ? remedyOf(task.failure) : 'again';
  if (remedy === 'number') return goTo(model, numberTask(task.number, task.correcting));
  if (remedy === 'card' || meetsOf(task.found, task.correcting) === 'another_card') return asksAnew(model, task);
  const args = { visit: task.found.visit, number: task.number, replaces: task.found.number };
  return goTo(model, { ...task, sending: true, failure: null }, call({ command: 'register_service_id', args }));
}

const asksAnew = (model: Model, task: TaskAt<'confirm_service_id'>): Turn =>
  asksForCard(model, { act: 'register_service_id', number: task.number, correcting: task.correcting });

export function registeredNow(model: Model, registered: TaskAt<'service_id_registered'>['registered']): Turn {
  const { task } = model;
  if (task.at !== 'confirm_service_id') return stay(model);
  const { visit: noticeOf, address_notice: notice } = task.found;
  const shown = { registered, isNew: true, noticeOf, notice };
  return task.wishesNotice && canBeWished(notice)
    ? asksPassword(model, shown)
    : goTo(model, { at: 'service_id_registered', ...shown }, sound('ok'));
}

export const notRegistered = (model: Model, failure: Failure): Turn =>
  model.task.at === 'confirm_service_id'
    ? goTo(model, { ...model.task, sending: false, failure }, sound(failure.tone))
    : stay(model);

/** 「前の画面に戻る」: the number that was shown back is wrong. */
export const correctsNumber = (model: Model): Turn =>
  model.task.at === 'service_id_registered'
    ? goTo(model, numberTask(model.task.registered.number, model.task.registered.number))
    : stay(model);

/** Not registered: on to 登録; the number is typed first. */
export const registersInstead = (model: Model): Turn =>
  model.task.at === 'service_id' && model.task.found.number === null ? registrationChosen(model) : stay(model);

export const numberHandedOver = (model: Model, visit: number, handed: Asked<HandedOver>): Turn => {
  const { task } = model;
  if (task.at !== 'service_id' || task.found.visit !== visit) return stay(model);
  if (handed.is === 'failed' && handed.failure.code === 'visit_expired') return numberExpired(model);
  return goTo(model, { ...task, handed }, ...(handed.is === 'failed' ? [sound(handed.failure.tone)] : []));
};

/**
 * The clerk has left. The program has ended the visit and awaits no card; service IDs ask for no password, so the
 * next customer's card is awaited as before.
 */
export function lockedAtServiceIds(model: Model): Turn {
  const { task } = model;
  switch (task.at) {
    case 'service_id':
      return numberExpired(model);
    case 'service_id_registered':
    case 'address_notice':
      return 'sending' in task && task.sending ? stay(model) : rest(model);
    case 'confirm_service_id':
      return task.sending ? stay(model) : goTo(model, cardAgain(task));
    case 'service_id_card':
      return { model, effects: [call({ command: 'expect_card', args: expectationOf(model) })] };
    default:
      return stay(model);
  }
}

/** Once more: another window was in front, the clipboard took nothing, or it was taken out again. */
export function handsOverAgain(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'service_id' || task.handed === null || task.handed.is === 'coming') return stay(model);
  const args = { visit: task.found.visit };
  return goTo(model, { ...task, handed: { is: 'coming' } }, call({ command: 'hand_over_service_id', args }));
}

export function backInServiceIds(
  model: Model,
  task: TaskAt<
    | 'service_id_number'
    | 'service_id_card'
    | 'confirm_service_id'
    | 'address_notice'
    | 'service_id_registered'
    | 'service_id'
  >,
): Turn {
  switch (task.at) {
    case 'service_id_number':
      return task.checking ? stay(model) : rest(model);
    case 'service_id_card':
      return task.act === 'look_up_service_id' ? rest(model) : goTo(model, numberTask(task.number, task.correcting));
    case 'confirm_service_id':
      if (task.sending) return stay(model);
      // What stands already stays as it is; a number that is new may still be wrong.
      return meetsOf(task.found, task.correcting) === 'another_number'
        ? rest(model)
        : goTo(model, numberTask(task.number, task.correcting));
    case 'address_notice':
      return noticeLeft(model, task);
    case 'service_id_registered':
      return correctsNumber(model);
    case 'service_id':
      return rest(model);
  }
}

/** Hands a made-up number over the way it is being set. One at a time. */
export function triesHandOver(model: Model, way: HandOver): Turn {
  const { aside } = model;
  if (aside?.at !== 'settings' || aside.triedHandOver?.is === 'coming') return stay(model);
  return {
    model: { ...model, aside: { ...aside, triedHandOver: { is: 'coming' } } },
    effects: [call({ command: 'try_hand_over', args: way })],
  };
}
