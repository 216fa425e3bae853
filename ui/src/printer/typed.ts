/** The printer as it is being set: what was typed, what is wrong with it, and the setting it makes. */
import type { PaperRoll, Printer, PrinterConnection } from '../generated/types';

export interface TypedPrinter {
  to: Printer['to'];
  folder: string;
  /** The queue for PDF, or the one that leads to a receipt printer. */
  queue: string;
  by: PrinterConnection['by'];
  host: string;
  device: string;
  roll: PaperRoll;
  kanji: boolean;
}

export type PrinterField = 'folder' | 'queue' | 'host' | 'device';

export function typedPrinter(printer: Printer): TypedPrinter {
  const receipt = printer.to === 'receipt' ? printer : null;
  const way = receipt?.connection;
  return {
    to: printer.to,
    folder: printer.to === 'folder' ? printer.path : '',
    queue: printer.to === 'queue' ? printer.name : way?.by === 'queue' ? way.name : '',
    by: way?.by ?? 'network',
    host: way?.by === 'network' ? way.address : '',
    device: way?.by === 'device' ? way.path : '/dev/usb/lp0',
    roll: receipt?.roll ?? 'mm80',
    kanji: receipt?.kanji ?? true,
  };
}

/** A name or an address, with or without a port; the program reads it to the end. */
const HOST = /^[A-Za-z0-9.\-_:[\]%]+$/;

export function wrongPrinter(typed: TypedPrinter): PrinterField[] {
  const field =
    typed.to === 'receipt' ? ({ network: 'host', device: 'device', queue: 'queue' } as const)[typed.by] : typed.to;
  const given = typed[field].trim();
  return given === '' || (field === 'host' && !HOST.test(given)) ? [field] : [];
}

export function printerOf(typed: TypedPrinter): Printer {
  switch (typed.to) {
    case 'folder':
      return { to: 'folder', path: typed.folder.trim() };
    case 'queue':
      return { to: 'queue', name: typed.queue };
    case 'receipt':
      return { to: 'receipt', connection: connectionOf(typed), roll: typed.roll, kanji: typed.kanji };
  }
}

function connectionOf(typed: TypedPrinter): PrinterConnection {
  switch (typed.by) {
    case 'network':
      return { by: 'network', address: typed.host.trim() };
    case 'device':
      return { by: 'device', path: typed.device.trim() };
    case 'queue':
      return { by: 'queue', name: typed.queue };
  }
}
