/** A card on the reader, asked of Madoguchi (seed 001 §16): waiting for it, whose it is, joining by it. */
import type { CardOnReader } from '../../generated/types';
import type { Answered, Failed } from './events';
import { CARD_WAIT_S, type CardFor, type Model } from './model';
import { toIds } from './memberIds';
import { call, goTo, memberFound, sound, stay, toSeek, type Turn } from './turn';

/** From where a number is asked for, or again. */
export function readsCard(model: Model): Turn {
  const { task } = model;
  if (task.at === 'seek' && !task.waiting) return waitsFor(model, { purpose: task.purpose });
  if (task.at === 'ids' && task.act?.is === 'add' && !task.waiting) return waitsFor(model, { addTo: task.member });
  if (task.at === 'card' && task.reading === null && !task.waiting) return waitsFor(model, task.cardFor);
  return stay(model);
}

function waitsFor(model: Model, cardFor: CardFor): Turn {
  const reading = { wait_s: CARD_WAIT_S };
  return goTo(
    model,
    { at: 'card', cardFor, reading, nobodys: null, waiting: false, failure: null },
    call({ command: 'read_member_card', args: reading }),
  );
}

/** Nobody waits any more; the program hears of it, too, and Madoguchi by it. */
export function leavesCard(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'card') return stay(model);
  const left = 'addTo' in task.cardFor ? toIds(model, task.cardFor.addTo, null) : toSeek(model, task.cardFor.purpose);
  if (task.reading === null) return left;
  return { ...left, effects: [...left.effects, call({ command: 'cancel_card', args: null })] };
}

export function joinsByCard(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'card' || task.nobodys === null || task.waiting) return stay(model);
  const asks =
    'addTo' in task.cardFor
      ? call({ command: 'add_id_of_card', args: { member: task.cardFor.addTo } })
      : call({ command: 'join_by_card', args: null });
  return goTo(model, { ...task, waiting: true, failure: null }, asks);
}

type Read = Extract<Answered, { command: 'read_member_card' }>;

export function cardRead(model: Model, event: Read): Turn {
  const { task } = model;
  if (task.at !== 'card' || task.reading !== event.args) return stay(model);
  return whose(model, event.answer);
}

function whose(model: Model, read: CardOnReader): Turn {
  const { task } = model;
  if (task.at !== 'card') return stay(model);
  switch (read.is) {
    case 'cancelled':
      return leavesCard({ ...model, task: { ...task, reading: null } });
    case 'nobodys':
      return goTo(model, { ...task, reading: null, nobodys: read.id }, sound('read'));
    case 'member':
      if ('purpose' in task.cardFor) return memberFound(model, task.cardFor.purpose, read.member);
      // Somebody has it already: the program says so, in its words.
      return goTo(
        model,
        { ...task, reading: null, waiting: true },
        call({ command: 'add_id_of_card', args: { member: task.cardFor.addTo } }),
      );
  }
}

export function cardFailed(model: Model, { command, args, failure }: Failed): Turn {
  const { task } = model;
  if (task.at !== 'card') return stay(model);
  if (command === 'read_member_card' && task.reading !== args) return stay(model);
  return goTo(model, { ...task, reading: null, waiting: false, failure }, sound(failure.tone));
}
