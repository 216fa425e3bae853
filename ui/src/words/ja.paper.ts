/** What became of a paper. */
import type { PrintedPaper } from '../generated/types';

/** A queue takes a paper without saying when it comes out. */
export const printed = (to: PrintedPaper['to']): string => (to === 'queue' ? '印刷に出しました' : '印刷しました');
