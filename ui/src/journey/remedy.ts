/** What a clerk does after a refusal: correct the amounts, put the card on again, or start over. */
import type { ErrorCode } from '../generated/types';
import type { TaskAt } from './model';

/** The card and its signature are asked for anew. */
const BY_CARD: ErrorCode[] = ['visit_expired', 'nonce_void', 'nonce_expired', 'signature_wrong', 'other_card'];

const BY_AMOUNT: ErrorCode[] = [
  'amount_invalid',
  'insufficient',
  'over_limit_per_use',
  'over_limit_per_day',
  'not_usable_here',
  'street_folder_unusable',
  // Within the limits no PIN is needed.
  'pin_locked',
  'card_untrusted',
];

export type Remedy = 'correct' | 'card' | 'home';

export function remedyFor({ failure, amounts }: TaskAt<'refused'>): Remedy {
  if (amounts === null) return 'home';
  if (BY_AMOUNT.includes(failure.code)) return 'correct';
  return BY_CARD.includes(failure.code) ? 'card' : 'home';
}
