/**
 * 読取装置を調べる: when it opens by itself, what it asks, when it closes.
 *
 * It stands in place of the screen that waits for a card as long as no card can be read there, and goes
 * back to it as soon as one can.
 */
import type { ErrorCode, ReaderExamination } from '../generated/types';
import { expectationOf } from './expectation';
import { goneBack } from './going';
import { awaitedFor, type Model, type ReaderDoctor } from './model';
import { call, stay, type Turn } from './turn';

/** What a card can fail by so that looking at reader and card helps. */
const TO_BE_EXAMINED: ErrorCode[] = ['not_my_number_card', 'card_busy', 'card_unresponsive'];

/** No card can be read where one is awaited. */
function isTroubled({ task, devices, card }: Model): boolean {
  if (task.at !== 'card' && task.at !== 'service_id_card') return false;
  if (devices.reader.state === 'missing') return true;
  return card.state === 'failed' && TO_BE_EXAMINED.includes(card.failure.code);
}

/** Opens by itself in place of a screen that waits for a card in vain. */
export const lookedAfter = (model: Model): Turn =>
  model.aside === null && isTroubled(model) ? opensDoctor(model, 'itself') : stay(model);

export function opensDoctor(model: Model, by: ReaderDoctor['by']): Turn {
  const doctor: ReaderDoctor = {
    at: 'reader_doctor',
    by,
    examination: null,
    asking: false,
    pinTries: false,
    troubled: by === 'itself',
  };
  return examinesReader({ ...model, aside: doctor });
}

/** One examination at a time. */
export function examinesReader(model: Model): Turn {
  const { aside } = model;
  if (aside?.at !== 'reader_doctor' || aside.asking) return stay(model);
  return {
    model: { ...model, aside: { ...aside, asking: true } },
    effects: [call({ command: 'examine_reader', args: { pin_tries: aside.pinTries } })],
  };
}

export function pinTriesAsked(model: Model): Turn {
  const { aside } = model;
  return aside?.at === 'reader_doctor'
    ? examinesReader({ ...model, aside: { ...aside, pinTries: true } })
    : stay(model);
}

export function examined(model: Model, examination: ReaderExamination): Turn {
  const { aside } = model;
  if (aside?.at !== 'reader_doctor') return stay(model);
  return stay({
    ...model,
    aside: {
      ...aside,
      examination,
      asking: false,
      // The next customer's card is not asked for the sake of the last one's.
      pinTries: aside.pinTries && examination.part === 'pin',
      troubled: aside.troubled || examination.mark !== 'ok',
    },
  });
}

export function notExamined(model: Model): Turn {
  const { aside } = model;
  return aside?.at === 'reader_doctor' ? stay({ ...model, aside: { ...aside, asking: false } }) : stay(model);
}

/** Leaving a doctor that came by itself leaves the task that cannot go on. */
export function leavesDoctor(model: Model): Turn {
  const without = { ...model, aside: null };
  return model.aside?.at === 'reader_doctor' && model.aside.by === 'itself' && isTroubled(model)
    ? goneBack(without)
    : stay(without);
}

/** A card is being read: whatever was wrong is over. */
export const readerGoesOn = (model: Model): Model =>
  model.aside?.at === 'reader_doctor' && model.aside.by === 'itself' ? { ...model, aside: null } : model;

/**
 * Nothing is wrong any more: back to where the clerk was. What a card failed by is over too, and one that
 * lies there is read now.
 */
export function healed(model: Model): Turn {
  const { aside, task } = model;
  if (aside?.at !== 'reader_doctor' || aside.examination?.mark !== 'ok' || !aside.troubled) return stay(model);
  // Told within moments; opening again until then would only flicker.
  if (aside.by === 'itself' && model.devices.reader.state === 'missing') return stay(model);
  const without: Model = { ...model, aside: null };
  if (task.at === 'service_id_card' && aside.by === 'itself') {
    // It was expected all the while, so nothing else would ask for it once more.
    const again = call({ command: 'expect_card', args: expectationOf(without) });
    return { model: { ...without, card: { state: 'lying' } }, effects: [again] };
  }
  if (aside.by === 'clerk' || task.at !== 'card') return stay(without);
  const asksFor = awaitedFor(task.purpose);
  const waiting: Model = { ...without, card: { state: 'lying' }, task: { ...task, asksFor } };
  // Where it was expected already, nothing else would ask for it once more.
  const effects = task.asksFor === asksFor ? [call({ command: 'expect_card', args: asksFor })] : [];
  return { model: waiting, effects };
}
