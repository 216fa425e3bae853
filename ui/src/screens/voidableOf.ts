/** A use that took place, as the void's confirmation needs it. */
import type { LastOperation } from '../generated/types';
import type { Voidable } from '../journey/model';

export function voidableOf({ key, kind, points, at_ms, state }: LastOperation): Voidable | null {
  if (kind !== 'use' || state.state !== 'done') return null;
  return { key, points, at_ms, number: state.number, currencies: state.accounts.map(({ currency }) => currency) };
}
