/** An operation as the day's list has it. */
import type { LastOperation, OperationsOfTheDay, OperationState } from '../../generated/types';
import { MASKED } from './samples';

type Listed = OperationsOfTheDay['operations'][number];

export const listed = (
  { key, kind, points, at_ms }: LastOperation,
  done: Extract<OperationState, { state: 'done' }>,
): Listed => ({
  key,
  kind,
  number: done.number,
  at_ms,
  points,
  currencies: done.accounts.map(({ currency }) => currency),
  masked_mykey_id: MASKED,
  linked_number: done.voided_number,
  staff_name: null,
  can_be_voided: kind === 'use',
});
