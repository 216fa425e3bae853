/** 画面 23: the institution's own card, on the reader or scanned, in place of typing its number. */
import type { CustomerNumberRead, Failure } from '../generated/types';
import type { Scan } from '../scanner/recogniser';
import type { LibraryCard, Model, TaskAt } from './model';
import { call, goTo, sound, stay, type Turn } from './turn';

export const NO_LIBRARY_CARD: LibraryCard = { reading: null, next: null, read: null };

/** Where a card's number goes; `null` where none is wanted now. */
const awaiting = ({ task, aside }: Model): TaskAt<'service_id_number'> | null =>
  task.at === 'service_id_number' && aside === null && !task.checking ? task : null;

function reads(model: Model, by: NonNullable<LibraryCard['reading']>, scanned: string | null): Turn {
  const task = awaiting(model);
  if (!task) return stay(model);
  if (task.reading !== null) return goTo(model, { ...task, next: { scanned } });
  return goTo(
    model,
    { ...task, reading: by, next: null, read: null, failure: null },
    call({ command: 'read_customer_number', args: { scanned } }),
  );
}

export const readsLibraryCard = (model: Model): Turn => reads(model, 'by_clerk', null);

/** A scanned card fills the field; its Enter presses nothing. `null` where no number is wanted. */
export const numberScanned = (model: Model, { text }: Scan): Turn | null =>
  awaiting(model) ? reads(model, 'by_clerk', text) : null;

/** A card that is put on is read by itself; of one that was taken nothing more is said. */
export function libraryCardMoved(model: Model, lies: boolean): Turn {
  if (lies) return reads(model, 'by_itself', null);
  const task = awaiting(model);
  return task ? goTo(model, { ...task, read: null }) : stay(model);
}

export function libraryCardRead(model: Model, read: CustomerNumberRead): Turn {
  const { task } = model;
  if (task.at !== 'service_id_number' || task.reading === null) return stay(model);
  const known: Model = { ...model, task: { ...task, reading: null, read } };
  switch (read.read) {
    case 'number':
      return thenNext(goTo(known, { ...task, reading: null, read, text: read.number }, sound('read')), task.next);
    case 'no_card':
      // That there is none is news only to who wanted it read.
      return thenNext(stay(task.reading === 'by_clerk' ? known : without(known)), task.next);
    case 'other_card':
      return thenNext(stay(known), task.next);
  }
}

export function libraryCardNotRead(model: Model, failure: Failure): Turn {
  const { task } = model;
  if (task.at !== 'service_id_number' || task.reading === null) return stay(model);
  return thenNext(goTo(model, { ...task, reading: null, read: null, failure }, sound(failure.tone)), task.next);
}

const without = (model: Model): Model =>
  model.task.at === 'service_id_number' ? { ...model, task: { ...model.task, read: null } } : model;

function thenNext(turn: Turn, next: LibraryCard['next']): Turn {
  if (next === null) return turn;
  const reading = reads(turn.model, 'by_itself', next.scanned);
  return { model: reading.model, effects: [...turn.effects, ...reading.effects] };
}
