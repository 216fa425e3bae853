/** 日計: what a close would say now, closing, and the closes there are. */
import type { DayCloseShown } from '../generated/types';
import { looksAtClearing } from './clearing';
import { mayClearTickets, type Model, type TaskAt } from './model';
import { call, goTo, stay, type Turn } from './turn';

export const dayShown = (model: Model): Turn =>
  goTo(
    model,
    { at: 'day', now: { is: 'coming' }, closes: { is: 'coming' } },
    call({ command: 'preview_day', args: null }),
    call({ command: 'list_day_closes', args: null }),
    ...(mayClearTickets(model) ? looksAtClearing() : []),
  );

type Known = Partial<Pick<TaskAt<'day'>, 'now' | 'closes'>>;

export const dayKnown = (model: Model, known: Known): Turn =>
  model.task.at === 'day' ? goTo(model, { ...model.task, ...known }) : stay(model);

/** Closing asks once, in a full screen: what lies before it cannot be taken back here any more. */
export function closeAsked(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'day' || task.now.is !== 'here') return stay(model);
  return goTo(model, { at: 'confirm_close', now: task.now.value, sending: false });
}

export function closesDay(model: Model, task: TaskAt<'confirm_close'>): Turn {
  if (task.sending) return stay(model);
  return goTo(model, { ...task, sending: true }, call({ command: 'close_day', args: null }));
}

export const closeShown = (model: Model, shown: DayCloseShown): Turn =>
  model.task.at === 'day' ? goTo(model, { at: 'day_closed', shown, isNew: false, printed: null }) : stay(model);
