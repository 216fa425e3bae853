/** What became of a paper, in English. `ja.paper.ts` is the measure. */
import type { PrintedPaper } from '../generated/types';

/** A queue takes a paper without saying when it comes out. */
export const printed = (to: PrintedPaper['to']): string => (to === 'queue' ? 'Sent to the printer' : 'Printed');
