/** The rows of a day close: what was counted, and what is left of a kind of which some was taken back. */
import type { DayCloseLine, OperationKind } from '../generated/types';

export interface DayRow extends DayCloseLine {
  /** Whether it is what is left. */
  isNet: boolean;
}

/** What takes back what; always between the same two closes. */
const TAKEN_BACK: Partial<Record<OperationKind, OperationKind>> = {
  void: 'use',
  void_ticket: 'issue_ticket',
  unclear_ticket: 'clear_ticket',
};

export function dayRows(lines: DayCloseLine[]): DayRow[] {
  return lines.flatMap((line, index) => {
    const row = { ...line, isNet: false };
    const kind = TAKEN_BACK[line.kind];
    const isLastOfKind = lines[index + 1]?.kind !== line.kind;
    return kind && isLastOfKind ? [row, ...left(lines, kind, line.kind)] : [row];
  });
}

function left(lines: DayCloseLine[], kind: OperationKind, back: OperationKind): DayRow[] {
  const of = (wanted: OperationKind) => lines.filter((line) => line.kind === wanted);
  return of(kind).map((line) => {
    const less = of(back).find(({ currency }) => currency === line.currency);
    return {
      ...line,
      count: line.count - (less?.count ?? 0),
      points: line.points - (less?.points ?? 0),
      isNet: true,
    };
  });
}
