/** What a clerk does after a refusal: correct the amounts, put the card on again, or start over. */
import type { ErrorCode } from '../generated/types';
import type { TaskAt } from './model';

const BY_AMOUNT: ErrorCode[] = [
  'amount_invalid',
  'insufficient',
  'over_limit_per_use',
  'over_limit_per_day',
  'not_usable_here',
];

export type Remedy = 'correct' | 'card' | 'home';

export function remedyFor({ failure, amounts }: TaskAt<'refused'>): Remedy {
  if (amounts === null) return 'home';
  if (BY_AMOUNT.includes(failure.code)) return 'correct';
  return failure.code === 'visit_expired' ? 'card' : 'home';
}
