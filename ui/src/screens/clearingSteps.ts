/** The stops of the line while a pile is cleared. */
import { mayClearForOthers, type Model } from '../journey/model';
import type { Words } from '../words';

const STOPS = ['site', 'scanning', 'check', 'done'] as const;

export function stepsOf(model: Model, words: Words['clearing'], stop: (typeof STOPS)[number]) {
  const index = STOPS.indexOf(stop);
  return mayClearForOthers(model)
    ? { stops: words.stepsForOthers, current: index }
    : { stops: words.steps, current: Math.max(index - 1, 0) };
}
