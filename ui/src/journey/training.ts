/** Into training or to a street's own software, and back: the program ends and starts itself anew. */
import type { Failure } from '../generated/types';
import type { Model } from './model';
import { call, sound, stay, type Turn } from './turn';

export function startsTraining(model: Model): Turn {
  const { aside } = model;
  if (aside?.at !== 'training' || aside.starting) return stay(model);
  return {
    model: { ...model, aside: { ...aside, starting: true, failure: null } },
    effects: [call({ command: 'start_training', args: null })],
  };
}

export function trainingNotStarted(model: Model, failure: Failure): Turn {
  const { aside } = model;
  if (aside?.at !== 'training') return stay(model);
  return { model: { ...model, aside: { ...aside, starting: false, failure } }, effects: [sound(failure.tone)] };
}

export const endsTraining = (model: Model): Turn => ({
  model,
  effects: [call({ command: 'end_training', args: null })],
});

/** Only a PC that is no terminal offers it; a terminal's has a start of its own beside it (docs/street.md). */
export const startsStreet = (model: Model): Turn =>
  model.place.state === 'unregistered'
    ? { model, effects: [call({ command: 'start_street', args: null })] }
    : stay(model);
