/** A list cut into pages. */

export interface Page<Row> {
  /** From 0. */
  number: number;
  rows: Row[];
  /** The first row's place in the list, from 1. */
  from: number;
  /** The last row's place. */
  to: number;
  isFirst: boolean;
  isLast: boolean;
}

/** The page that is wanted, or the nearest that there is. */
export function pageOf<Row>(rows: Row[], wanted: number, size: number): Page<Row> {
  const last = Math.max(Math.ceil(rows.length / size) - 1, 0);
  const number = Math.min(Math.max(wanted, 0), last);
  const shown = rows.slice(number * size, (number + 1) * size);
  return {
    number,
    rows: shown,
    from: number * size + 1,
    to: number * size + shown.length,
    isFirst: number === 0,
    isLast: number === last,
  };
}
