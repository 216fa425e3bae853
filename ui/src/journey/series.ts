/** Several tickets issued in one go: which there are, and what is still to be printed. */
import type { Failure, LastOperation, TicketOfOperation } from '../generated/types';

/** The tickets of an operation and of those before it in one go, oldest first. */
export function ticketsOf({ state, series }: LastOperation): TicketOfOperation[] {
  const made = state.state === 'done' && state.ticket ? [state.ticket] : [];
  return [...(series?.before ?? []), ...made];
}

/** Whether nothing of it was handed to a printer yet: then its paper can be printed. */
export const canBePrinted = (operation: LastOperation): boolean =>
  ticketsOf(operation).some(({ handed_to_printer }) => !handed_to_printer);

/** Its papers are the printer's from here on. */
export function handedOver(operation: LastOperation): LastOperation {
  const handed = (made: TicketOfOperation): TicketOfOperation => ({ ...made, handed_to_printer: true });
  const { state, series } = operation;
  return {
    ...operation,
    state: state.state === 'done' && state.ticket ? { ...state, ticket: handed(state.ticket) } : state,
    series: series && { ...series, before: series.before.map(handed) },
  };
}

/** How many of the tickets asked for were not issued. */
export const missingOf = (operation: LastOperation): number =>
  operation.series ? operation.series.wanted - ticketsOf(operation).length : 0;

/** Why the series ended before all were issued, where that is known. */
export const endedBy = ({ state, series }: LastOperation): Failure | null =>
  series?.ended ?? (state.state === 'refused' ? state.failure : null);
