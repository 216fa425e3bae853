/** A member's IDs: one more, another in the place of a wrong one, one that ends. */
import type { IdAct, Model, TaskAt } from './model';
import { call, goTo, sound, stay, type Turn } from './turn';

export const toIds = (model: Model, member: number, saved: TaskAt<'ids'>['saved']): Turn =>
  goTo(
    model,
    {
      at: 'ids',
      member,
      shown: { is: 'coming' },
      act: null,
      typed: '',
      saved,
      waiting: false,
      failure: null,
    },
    call({ command: 'show_member', args: { member, before: null } }),
  );

export function actsOnId(model: Model, act: IdAct): Turn {
  const { task } = model;
  if (task.at !== 'ids' || task.waiting) return stay(model);
  const typed = task.act?.is === act.is ? task.typed : '';
  return goTo(model, { ...task, act, typed, saved: null, failure: null });
}

export function typesId(model: Model, typed: string): Turn {
  const { task } = model;
  return task.at === 'ids' && !task.waiting ? goTo(model, { ...task, typed, failure: null }) : stay(model);
}

/** The right number is there, or the last look was had. */
export function keepsId(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'ids' || task.waiting || task.act === null) return stay(model);
  const { act, member, typed } = task;
  if (act.is !== 'remove' && typed.trim() === '') return stay(model);
  const waits = { ...task, waiting: true, failure: null };
  switch (act.is) {
    case 'add':
      return goTo(
        model,
        waits,
        call({ command: 'add_member_id', args: { member, id: { kind: act.kind, id: typed } } }),
      );
    case 'correct':
      return goTo(
        model,
        waits,
        call({ command: 'correct_member_id', args: { wrong: { member, id: act.id }, right: typed } }),
      );
    case 'remove':
      return goTo(model, waits, call({ command: 'remove_member_id', args: { member, id: act.id } }));
  }
}

export function idKept(model: Model, saved: NonNullable<TaskAt<'ids'>['saved']>): Turn {
  const { task } = model;
  const member =
    task.at === 'ids' && task.waiting
      ? task.member
      : task.at === 'card' && task.waiting && 'addTo' in task.cardFor
        ? task.cardFor.addTo
        : null;
  if (member === null) return stay(model);
  const turn = toIds(model, member, saved);
  return { ...turn, effects: [...turn.effects, sound('ok')] };
}
