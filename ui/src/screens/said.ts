/** A failure as screens say it: the sentence, whether points moved, what to do now. */
import type { Failure } from '../generated/types';
import { inLanguage, type Language, type Words } from '../words';

export interface Said {
  /** What happened, one sentence. */
  say: string;
  /** The rest of what happened, and whether points moved. Empty where points are not concerned. */
  more: string;
  /** What to do now. */
  now: string;
}

export function saidOf(failure: Failure, words: Words, language: Language): Said {
  const what = inLanguage(failure.what, language);
  const [first = what, ...rest] = what.split(language === 'ja' ? /(?<=。)/ : /(?<=\.) /);
  const moved = { not_concerned: '', no: words.pointsNotMoved, unknown: words.pointsUnknown }[failure.points];
  return {
    say: first.trim().replace(/[。.]$/, ''),
    more: [...rest, ...(what.includes(moved) ? [] : [moved])].join(language === 'ja' ? '' : ' '),
    now: inLanguage(failure.now, language),
  };
}
