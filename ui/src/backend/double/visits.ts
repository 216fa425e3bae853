/** The double's visits: what a card leads to, the resident's own or that of the street. */
import type { MergeStreetShown, UsableAccount, Visit } from '../../generated/types';
import { MASKED } from './samples';
import type { Scenario } from './scenario';
import { TICKET_DAYS } from './tickets';

/** A street's card leads to the municipal points alone. */
export const visitBy = (
  { perUse }: Scenario,
  visit: number,
  accounts: UsableAccount[],
  street: MergeStreetShown | null,
): Visit => ({
  visit,
  masked_mykey_id: MASKED,
  accounts: street ? accounts.slice(0, 1) : accounts,
  left_today: 5000,
  per_use: perUse,
  by_card_of: street,
  ticket_days: TICKET_DAYS,
});
