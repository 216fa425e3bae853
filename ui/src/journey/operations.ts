/** Finding an operation in the day's list. */
import type { ListedOperation } from '../generated/types';
import { halfWidth } from './amounts';

export type Order = 'newest' | 'largest';

/** Operations whose number contains, or whose points begin with, what was typed. */
export function found(operations: ListedOperation[], search: string, order: Order): ListedOperation[] {
  const wanted = halfWidth(search);
  const digits = wanted.replace(/,/g, '');
  const matches = operations.filter(
    ({ number, points }) => wanted === '' || number.includes(wanted) || String(points).startsWith(digits),
  );
  return matches.toSorted((a, b) => (order === 'largest' && b.points - a.points) || b.at_ms - a.at_ms);
}
