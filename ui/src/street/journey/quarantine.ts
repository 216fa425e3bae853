/** The files in quarantine in the order in which somebody looks for one. */
import type { FileSetAside } from '../../generated/types';

export const ORDERS = ['newest', 'oldest', 'verdict', 'number'] as const;
export type QuarantineOrder = (typeof ORDERS)[number];

const nameOf = (file: FileSetAside): string => file.number ?? file.name;
const after = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const COMPARED: Record<QuarantineOrder, (one: FileSetAside, other: FileSetAside) => number> = {
  newest: (one, other) => other.at_ms - one.at_ms,
  oldest: (one, other) => one.at_ms - other.at_ms,
  verdict: (one, other) => after(one.verdict, other.verdict) || other.at_ms - one.at_ms,
  number: (one, other) => after(nameOf(one), nameOf(other)),
};

/** Those whose number, name or member has this part, in an order. */
export function found(files: readonly FileSetAside[], part: string, order: QuarantineOrder): FileSetAside[] {
  const sought = part.replace(/\s/g, '').toLowerCase();
  const has = (text: string | null | undefined) => text?.toLowerCase().includes(sought) ?? false;
  const some = files.filter(({ name, number, member_id }) => has(name) || has(number) || has(member_id?.id));
  return some.sort(COMPARED[order]);
}
