/** The tickets' printer as it is being set: what was typed, what is wrong with it, and the setting it makes. */
import type { Printer, SheetPrinter, TicketPrinter, TicketSheet } from '../generated/types';

export interface TypedTicketPrinter {
  /** The paper: sheets of a size, or the receipts' roll. */
  on: TicketSheet | 'roll';
  sheetsTo: SheetPrinter['to'];
  sheetFolder: string;
  sheetQueue: string;
}

export type TicketPrinterField = 'sheet-folder' | 'sheet-queue';

/** Sheets that were never set go where receipts go, as far as that can take them. */
export function typedTicketPrinter(tickets: TicketPrinter, receipts: Printer): TypedTicketPrinter {
  const sheets: Printer = tickets.on === 'sheets' ? tickets.printer : receipts;
  return {
    on: tickets.on === 'sheets' ? tickets.sheet : 'roll',
    sheetsTo: sheets.to === 'folder' ? 'folder' : 'queue',
    sheetFolder: sheets.to === 'folder' ? sheets.path : '',
    sheetQueue: sheets.to === 'queue' ? sheets.name : '',
  };
}

export function wrongTicketPrinter(typed: TypedTicketPrinter): TicketPrinterField[] {
  if (typed.on === 'roll') return [];
  const [field, given] =
    typed.sheetsTo === 'folder'
      ? (['sheet-folder', typed.sheetFolder] as const)
      : (['sheet-queue', typed.sheetQueue] as const);
  return given.trim() === '' ? [field] : [];
}

export function ticketPrinterOf(typed: TypedTicketPrinter): TicketPrinter {
  if (typed.on === 'roll') return { on: 'roll' };
  const printer: SheetPrinter =
    typed.sheetsTo === 'folder'
      ? { to: 'folder', path: typed.sheetFolder.trim() }
      : { to: 'queue', name: typed.sheetQueue };
  return { on: 'sheets', sheet: typed.on, printer };
}
