/** ほかのプログラム: which may ask for a card, the code of one that is being paired, the unpairing. */
import type { BridgeShown, Failure, OfferPairingArguments } from '../generated/types';
import type { Aside, Model } from './model';
import { call, sound, stay, type Turn } from './turn';

type Programs = Extract<Aside, { at: 'programs' }>;

const of = ({ aside }: Model): Programs | null => (aside?.at === 'programs' ? aside : null);

export const opensPrograms = (model: Model): Turn =>
  looksAtBridge({
    ...model,
    aside: { at: 'programs', bridge: { is: 'coming' }, asking: false, came: null, before: null, failure: null },
  });

/** One look at a time: the screen looks again every second while a code is shown. */
export function looksAtBridge(model: Model): Turn {
  const aside = of(model);
  if (!aside || aside.asking) return stay(model);
  return {
    model: { ...model, aside: { ...aside, asking: true } },
    effects: [call({ command: 'look_at_bridge', args: null })],
  };
}

export function offersPairing(model: Model, args: OfferPairingArguments): Turn {
  const aside = of(model);
  if (!aside) return stay(model);
  return {
    model: { ...model, aside: { ...aside, came: null, failure: null } },
    effects: [call({ command: 'offer_pairing', args })],
  };
}

export function withdrawsPairing(model: Model): Turn {
  const aside = of(model);
  if (!aside) return stay(model);
  // What stood there is taken away by the clerk: nothing is said about it.
  const bridge = aside.bridge.is === 'here' ? { ...aside.bridge.value, offered: null } : null;
  return {
    model: { ...model, aside: { ...aside, bridge: bridge ? { is: 'here', value: bridge } : aside.bridge } },
    effects: [call({ command: 'withdraw_pairing', args: null })],
  };
}

export function unpairs(model: Model, pairing: number): Turn {
  const aside = of(model);
  if (!aside) return stay(model);
  return {
    model: { ...model, aside: { ...aside, came: null, failure: null } },
    effects: [call({ command: 'unpair', args: { pairing } })],
  };
}

/** What came of a code that is no longer shown: somebody said it, or it is no longer good. */
export function bridgeSeen(model: Model, seen: BridgeShown): Turn {
  const aside = of(model);
  if (!aside) return stay(model);
  const before = aside.bridge.is === 'here' ? aside.bridge.value : null;
  const known: Programs = { ...aside, bridge: { is: 'here', value: seen }, asking: false };
  if (!before?.offered || seen.offered) return stay({ ...model, aside: known });
  const isNew = ({ pairing }: { pairing: number }) => before.pairings.every((old) => old.pairing !== pairing);
  const paired = seen.pairings.find(isNew);
  return {
    model: { ...model, aside: { ...known, came: paired ? { of: 'paired', name: paired.name } : { of: 'lapsed' } } },
    effects: [sound(paired ? 'ok' : 'check')],
  };
}

export function bridgeNotSeen(model: Model, failure: Failure): Turn {
  const aside = of(model);
  return aside ? stay({ ...model, aside: { ...aside, asking: false, failure } }) : stay(model);
}

/** What was switched in the settings was not kept. */
export function bridgeNotTurned(model: Model, failure: Failure): Turn | null {
  const aside = of(model);
  if (!aside) return null;
  const settings = aside.before ?? model.settings;
  return stay({ ...model, settings, aside: { ...aside, before: null, failure } });
}
