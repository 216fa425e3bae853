/** Something asked of the program. */
import type { Failure } from './generated/types';

export type Asked<T> = { is: 'coming' } | { is: 'here'; value: T } | { is: 'failed'; failure: Failure };
