/** One merge by its 取引済番号: where it stands, declining it, telling the municipality again, letting its member in. */
import type { MergeFound } from '../../generated/types';
import type { Model, TaskAt } from './model';
import { call, goTo, sound, stay, type Turn } from './turn';

/** The screen for one number; with one it is looked for at once. */
export function opensMerge(model: Model, number: string): Turn {
  const task: TaskAt<'merge'> = {
    at: 'merge',
    number,
    found: null,
    asks: false,
    saved: null,
    waiting: number !== '',
    failure: null,
  };
  return number === '' ? goTo(model, task) : goTo(model, task, call({ command: 'find_merge', args: { number } }));
}

export function findsMerge(model: Model, number: string): Turn {
  const { task } = model;
  if (task.at !== 'merge' || task.waiting || number.trim() === '') return stay(model);
  return goTo(
    model,
    { ...task, number, found: null, asks: false, saved: null, waiting: true, failure: null },
    call({ command: 'find_merge', args: { number } }),
  );
}

/** A number is declined for ever: the clerk is asked once more. */
export function asksToDecline(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'merge' || task.waiting || task.found === null) return stay(model);
  return goTo(model, { ...task, asks: true, saved: null, failure: null });
}

export function actsOnMerge(model: Model, command: 'decline_merge' | 'answer_merge_again' | 'join_set_aside'): Turn {
  const { task } = model;
  if (task.at !== 'merge' || task.waiting || task.found === null) return stay(model);
  if (command === 'decline_merge' && !task.asks) return stay(model);
  const args = { number: task.found.number };
  return goTo(model, { ...task, waiting: true, failure: null }, call({ command, args }));
}

export function mergeIs(model: Model, found: MergeFound, saved: TaskAt<'merge'>['saved']): Turn {
  const { task } = model;
  if (task.at !== 'merge' || !task.waiting) return stay(model);
  const told = { ...task, number: found.number, found, asks: false, saved, waiting: false };
  return goTo(model, told, sound(saved === null ? 'read' : 'ok'));
}

/** Whoever was let in has the points once the folder is taken in again. */
export function strangerJoined(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'merge' || !task.waiting) return stay(model);
  return goTo(
    model,
    { at: 'receiving', folder: { is: 'coming' }, received: { is: 'coming' } },
    call({ command: 'receive_merges', args: null }),
  );
}
