/** カードの読み方: tried on the card on the reader whenever one comes or goes, and on every scan. */
import type { CardDescriptionsTried, Failure } from '../generated/types';
import type { Aside, Model } from './model';
import { call, sound, stay, type Turn } from './turn';

type Trying = Extract<Aside, { at: 'card_descriptions' }>;

const of = ({ aside }: Model): Trying | null => (aside?.at === 'card_descriptions' ? aside : null);

export const opensCardDescriptions = (model: Model): Turn =>
  triesDescriptions({
    ...model,
    aside: { at: 'card_descriptions', tried: { is: 'coming' }, asking: false, again: false, failure: null },
  });

/** One at a time; what happens at the reader meanwhile is looked at afterwards. */
export function triesDescriptions(model: Model, scanned: string | null = null): Turn {
  const aside = of(model);
  if (!aside) return stay(model);
  if (aside.asking) return stay({ ...model, aside: { ...aside, again: aside.again || scanned === null } });
  return {
    model: { ...model, aside: { ...aside, asking: true, again: false } },
    effects: [
      ...(scanned === null ? [] : [sound('read')]),
      call({ command: 'try_card_descriptions', args: { scanned } }),
    ],
  };
}

export function descriptionsTried(model: Model, answer: CardDescriptionsTried): Turn {
  return answeredWith(model, { tried: { is: 'here', value: answer } });
}

export const descriptionsNotTried = (model: Model, failure: Failure): Turn =>
  answeredWith(model, { tried: { is: 'failed', failure } });

function answeredWith(model: Model, change: Pick<Trying, 'tried'>): Turn {
  const aside = of(model);
  if (!aside) return stay(model);
  const known: Model = { ...model, aside: { ...aside, ...change, asking: false } };
  return aside.again ? triesDescriptions(known) : stay(known);
}

export const opensFolder = (model: Model): Turn => {
  const aside = of(model);
  return aside
    ? {
        model: { ...model, aside: { ...aside, failure: null } },
        effects: [call({ command: 'open_card_descriptions', args: null })],
      }
    : stay(model);
};

/** A first look at the folder brings the examples. */
export const folderOpened = (model: Model): Turn => triesDescriptions(model);

export const folderNotOpened = (model: Model, failure: Failure): Turn => {
  const aside = of(model);
  return aside ? stay({ ...model, aside: { ...aside, failure } }) : stay(model);
};
