/** A fate on the screen: seen, printed, asked for again. */
import type { ListedOperation } from '../generated/types';
import { chosen } from './going';
import type { CardPurpose, Model } from './model';
import { printOf } from './printing';
import { call, goTo, rest, stay, type Turn } from './turn';

/**
 * The clerk has seen the fate on the screen. A refusal that never became an operation has nothing to
 * acknowledge, a fate that is still open cannot have been seen, and once is enough.
 */
export function acknowledged(model: Model): Turn {
  const { task, last } = model;
  const hasFate =
    task.at === 'result' ||
    task.at === 'ticket_result' ||
    task.at === 'merge_result' ||
    task.at === 'last_operation' ||
    (task.at === 'day_closed' && task.isNew) ||
    (task.at === 'refused' && task.journalled);
  if (!hasFate || !last || last.acknowledged || last.state.state === 'checking') return stay(model);
  return {
    model: { ...model, last: { ...last, acknowledged: true } },
    effects: [call({ command: 'acknowledge_last_operation', args: null })],
  };
}

export function acknowledgedThen(model: Model, then: 'home' | CardPurpose): Turn {
  const seen = acknowledged(model);
  const next = then === 'home' ? rest(seen.model) : chosen(seen.model, then);
  return { model: next.model, effects: [...seen.effects, ...next.effects] };
}

/** An operation of the day's list once more. */
export const receiptChosen = (model: Model, operation: ListedOperation): Turn =>
  model.task.at === 'voidable'
    ? goTo(
        model,
        { at: 'receipt', operation, preview: { is: 'coming' }, printed: null },
        call({ command: 'preview_receipt', args: { key: operation.key } }),
      )
    : stay(model);

/** Where the receipt of a use or a void can be printed. */
export const onReceipt = ({ task }: Model) =>
  task.at === 'result' || task.at === 'last_operation' || task.at === 'receipt' ? task : null;

/** One paper at a time. */
export function prints(model: Model): Turn {
  const { task } = model;
  const asks = printOf(task);
  if (asks === null || !('printed' in task) || task.printed?.is === 'coming') return stay(model);
  return goTo(model, { ...task, printed: { is: 'coming' } }, asks);
}

export function asksAgain(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'last_operation' || task.asking) return stay(model);
  return goTo(model, { ...task, asking: true }, call({ command: 'resolve_last_operation', args: null }));
}
