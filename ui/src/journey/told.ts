/** What the program tells without being asked: the card, the devices, the last operation, the place. */
import type { CardState, Devices, LastOperation, Notice, Place } from '../generated/types';
import { amountsIn, amountsOf } from './amounts';
import { triesDescriptions } from './cardDescriptions';
import { scanTold } from './clearing';
import { expectationOf } from './expectation';
import { libraryCardMoved } from './libraryCard';
import { cardCameOrWent } from './pin';
import { cardPurposeOf, isExpired, mayDo, mayHaveServiceIds, type Model, type Task } from './model';
import { mergesListed, streetsAsked } from './merging';
import { examinesReader, readerGoesOn } from './readerDoctor';
import { serviceIdCardTold } from './serviceIds';
import { signInTold } from './signingIn';
import { ticketsAskedAgain } from './tickets';
import { call, goTo, lastOperation, refusedAmounts, refusedBy, rest, sound, stay, type Turn } from './turn';

export function told(model: Model, notice: Notice): Turn {
  switch (notice.notice) {
    case 'card':
      return withExamination(cardTold(model, notice.content));
    case 'card_lies':
      return withDescriptions(withExamination(cardMoved(model, notice.content)));
    case 'devices':
      return withExamination(devicesTold(model, notice.content));
    case 'last_operation':
      return lastOperationTold(model, notice.content);
    case 'place':
      return placeTold(model, notice.content);
    case 'scan':
      return scanTold(model, notice.content);
    case 'merges':
      return mergesListed(model, { is: 'here', value: notice.content });
    case 'sign_in':
      return signInTold(model, notice.content);
  }
}

const cardMoved = (model: Model, lies: boolean): Turn =>
  model.task.at === 'service_id_number' ? libraryCardMoved(model, lies) : cardCameOrWent(model);

/** What happens at the readers is looked at where somebody looks on. */
function withExamination(turn: Turn): Turn {
  const examining = examinesReader(turn.model);
  return { model: examining.model, effects: [...turn.effects, ...examining.effects] };
}

/** So is what the card descriptions make of a card. */
function withDescriptions(turn: Turn): Turn {
  const trying = triesDescriptions(turn.model);
  return { model: trying.model, effects: [...turn.effects, ...trying.effects] };
}

/** What could not be fetched while the line was dead is asked for again when it is back. */
function devicesTold(before: Model, devices: Devices): Turn {
  const model = { ...before, devices };
  const isBack = before.devices.network.state !== 'ready' && devices.network.state === 'ready';
  const { task, today } = model;
  if (!isBack) return stay(model);
  if (task.at === 'clearing_sites' && task.sites.is === 'failed') {
    return goTo(model, { ...task, sites: { is: 'coming' } }, call({ command: 'list_clearing_sites', args: null }));
  }
  if (task.at === 'totals' && task.statement.is === 'failed') {
    return { model, effects: [call({ command: 'site_statement', args: task.period })] };
  }
  const showsList = task.at === 'home' || task.at === 'voidable';
  return {
    model,
    effects: [
      ...(showsList && today.is === 'failed' ? [call({ command: 'list_operations', args: null })] : []),
      ...ticketsAskedAgain(model),
    ],
  };
}

/** A card that is expected starts ポイント利用 by itself. */
function cardTold(before: Model, card: CardState): Turn {
  const model = { ...before, card };
  const { task } = before;
  const ofServiceId = serviceIdCardTold(model, card);
  if (ofServiceId) return ofServiceId;
  if ('visit' in task && !('sending' in task && task.sending) && isExpired(card)) {
    if (task.at === 'merge_street') return refusedBy(model, 'merge_points', card.failure, null, false);
    return refusedAmounts(model, card.failure, amountsIn(task));
  }
  const purpose = task.at === 'card' ? task.purpose : cardPurposeOf(before);
  if (purpose === null || expectationOf(before) === 'none') return stay(model);
  const waiting: Task = task.at === 'card' ? task : { at: 'card', asksFor: 'next_card', purpose };
  switch (card.state) {
    case 'absent':
    case 'lying':
    case 'library_card_lies':
    case 'service_id_read':
      return stay(model);
    case 'reading':
      return goTo(readerGoesOn(model), waiting);
    case 'wants_pin':
      return goTo(readerGoesOn(model), waiting, sound('check'));
    case 'failed':
      return goTo(model, waiting, sound(card.failure.tone));
    case 'read':
      if (purpose === 'merge_points') return withSound(streetsAsked(model, card.visit), 'read');
      return goTo(model, { at: 'amount', ...amountsOf(card.visit, purpose) }, sound('read'));
  }
}

const withSound = ({ model, effects }: Turn, mark: 'read'): Turn => ({ model, effects: [sound(mark), ...effects] });

function lastOperationTold(before: Model, operation: LastOperation): Turn {
  const model = { ...before, last: operation };
  const { task } = model;
  if (task.at === 'last_operation' && task.operation.key === operation.key) {
    const becameKnown = task.operation.state.state === 'checking' && operation.state.state !== 'checking';
    const mark = operation.state.state === 'done' ? 'ok' : 'stop';
    return goTo(model, { ...task, operation, asking: false }, ...(becameKnown ? [sound(mark)] : []));
  }
  const mayInterrupt = task.at === 'home' || task.at === 'card';
  if (mayInterrupt && !operation.acknowledged && operation.state.state !== 'checking') {
    return goTo(model, lastOperation(operation, 'now'), sound(operation.state.state === 'done' ? 'ok' : 'stop'));
  }
  return stay(model);
}

/** What is given up where the terminal may not work any more: nothing of it has happened yet. */
const IN_HAND: ReadonlySet<Task['at']> = new Set([
  'sign_in',
  'home',
  'service_menu',
  'card',
  'amount',
  'last_day',
  'merge_street',
  'merges',
  'voidable',
  'receipt',
  'totals',
  'tickets',
  'day',
  'service_id_number',
  'service_id_card',
  'service_id',
  // A pile stays open, and is gone on with from the menu.
  'clearing_sites',
  'scanning',
  'typed_ticket',
  'scans',
  'take_back',
  'pile_check',
  'pile_done',
  'piles',
]);

/** Suspended or released: said at once, unless a result waits to be seen or an answer is on its way. */
function placeTold(before: Model, place: Place): Turn {
  const model = { ...before, place };
  const at = model.task.at;
  if (at === 'barred' && place.state !== 'unregistered') return rest(model);
  // The function was taken from this terminal while a card was awaited.
  if (model.task.at === 'card' && !mayDo(model, model.task.purpose)) return rest(model);
  if ((at === 'service_id_card' || at === 'service_menu') && !mayHaveServiceIds(model)) return rest(model);
  const inHand = IN_HAND.has(at);
  return inHand && place.state !== 'registered' ? rest(model) : stay(model);
}
