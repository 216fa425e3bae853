/** The settings form: what was typed, what is wrong with it, and the settings it makes. */
import type { Settings } from '../generated/types';
import { handOverOf, typedHandOver, wrongHandOver, type HandOverField, type TypedHandOver } from './handOver';
import { printerOf, typedPrinter, wrongPrinter, type PrinterField, type TypedPrinter } from '../printer/typed';
import {
  streetFoldersOf,
  typedStreetFolders,
  wrongStreetFolders,
  type StreetFolderField,
  type TypedStreetFolders,
} from './streetFolders';
import {
  ticketPrinterOf,
  typedTicketPrinter,
  wrongTicketPrinter,
  type TicketPrinterField,
  type TypedTicketPrinter,
} from './ticketPrinter';

export interface TypedSettings extends TypedPrinter, TypedTicketPrinter, TypedHandOver, TypedStreetFolders {
  address: string;
  authority: string;
  /** `off`, `movable`, or a monitor's name. */
  resident: string;
  /** Minutes after which the terminal locks itself; `0` = never. */
  lockAfter: string;
}

export const typedSettings = ({
  cloud_address,
  cloud_authority,
  printer,
  ticket_printer,
  resident_window: resident,
  lock_after_minutes,
  hand_over,
  street_folders,
}: Settings): TypedSettings => ({
  address: cloud_address,
  authority: cloud_authority ?? '',
  resident: resident.shown === 'monitor' ? resident.name : resident.shown,
  lockAfter: String(lock_after_minutes),
  ...typedPrinter(printer),
  ...typedTicketPrinter(ticket_printer, printer),
  ...typedHandOver(hand_over),
  ...typedStreetFolders(street_folders),
});

/** Plain HTTP goes only to this PC itself, and only there no authority is needed. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?\/?$/;

export function wrongSettings(
  typed: TypedSettings,
): ('address' | 'authority' | PrinterField | TicketPrinterField | HandOverField | StreetFolderField)[] {
  const address = typed.address.trim();
  const isHere = LOOPBACK.test(address);
  const isHttps = /^https:\/\/[^\s/]+\/?$/.test(address);
  return [
    ...(isHere || isHttps ? [] : (['address'] as const)),
    ...(isHttps && typed.authority.trim() === '' ? (['authority'] as const) : []),
    ...wrongPrinter(typed),
    ...wrongTicketPrinter(typed),
    ...wrongHandOver(typed),
    ...wrongStreetFolders(typed),
  ];
}

export function settingsOf(typed: TypedSettings, stand: Settings): Settings {
  const authority = typed.authority.trim();
  return {
    ...stand,
    cloud_address: typed.address.trim(),
    cloud_authority: authority === '' ? null : authority,
    resident_window:
      typed.resident === 'off' || typed.resident === 'movable'
        ? { shown: typed.resident }
        : { shown: 'monitor', name: typed.resident },
    lock_after_minutes: Number(typed.lockAfter),
    printer: printerOf(typed),
    ticket_printer: ticketPrinterOf(typed),
    hand_over: handOverOf(typed),
    street_folders: streetFoldersOf(typed),
  };
}
