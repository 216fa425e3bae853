/** What the double's site came to in the sample period. */
import type { StatementOfPeriod } from '../../generated/types';
import { NOW_MS } from './samples';

export const STATEMENT: StatementOfPeriod = {
  totals: [
    { currency: '川崎市ポイント', uses: 2, points: 3200 },
    { currency: 'かわさき宙フェス', uses: 1, points: 400 },
  ],
  lines: [
    {
      at_ms: NOW_MS - 9_000_000,
      number: '20261120-0011',
      currency: '川崎市ポイント',
      masked_mykey_id: 'SU****74',
      points: 2000,
    },
    {
      at_ms: NOW_MS - 9_000_000,
      number: '20261120-0011',
      currency: 'かわさき宙フェス',
      masked_mykey_id: 'SU****74',
      points: 400,
    },
    {
      at_ms: NOW_MS - 1_800_000,
      number: '20261120-0014',
      currency: '川崎市ポイント',
      masked_mykey_id: 'TA****08',
      points: 1200,
    },
  ],
};
