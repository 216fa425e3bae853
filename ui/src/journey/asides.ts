/** Screens laid over the task, and what is chosen on them. */
import type { Printer, Settings, TestTicket } from '../generated/types';
import type { Scan } from '../scanner/recogniser';
import { opensCardDescriptions, triesDescriptions } from './cardDescriptions';
import { ticketScanned } from './clearing';
import { numberScanned } from './libraryCard';
import { streetCardScanned } from './merging';
import type { Aside, Model } from './model';
import { opensPrograms } from './programs';
import { opensDoctor } from './readerDoctor';
import { call, sound, stay, type Turn } from './turn';

export const closesAside = (model: Model): Turn => stay({ ...model, aside: null });

export function opensAside(model: Model, aside: Aside['at']): Turn {
  switch (aside) {
    case 'help':
      return stay({ ...model, aside: { at: 'help' } });
    case 'display':
      return stay({ ...model, aside: { at: 'display', failure: null } });
    case 'training':
      return stay({ ...model, aside: { at: 'training', starting: false, failure: null } });
    case 'scanner_test':
      return stay({ ...model, aside: { at: 'scanner_test', scan: null, count: 0 } });
    case 'card_descriptions':
      return opensCardDescriptions(model);
    case 'programs':
      return opensPrograms(model);
    case 'reader_doctor':
      return opensDoctor(model, 'clerk');
    case 'settings':
      return {
        model: {
          ...model,
          aside: {
            at: 'settings',
            printers: { is: 'coming' },
            tried: null,
            triedTicket: null,
            triedHandOver: null,
            monitors: { is: 'coming' },
            saving: false,
            saved: false,
            failure: null,
          },
        },
        effects: [call({ command: 'list_printers', args: null }), call({ command: 'list_monitors', args: null })],
      };
  }
}

/** What a scan means is decided by the screen that asks for one; on every other it is said not to be taken. */
export function scanned(before: Model, scan: Scan): Turn {
  const model = { ...before, untaken: false };
  const { aside } = model;
  if (aside?.at === 'card_descriptions') return triesDescriptions(model, scan.text);
  if (aside?.at !== 'scanner_test') {
    return numberScanned(model, scan) ?? streetCardScanned(model, scan) ?? ticketScanned(model, scan);
  }
  return { model: { ...model, aside: { ...aside, scan, count: aside.count + 1 } }, effects: [sound('read')] };
}

/** On the settings screen the answer counts; a switch of language, size, colours or sound shows at once. */
export function savesSettings(model: Model, settings: Settings): Turn {
  const { aside } = model;
  const effects = [call({ command: 'save_settings', args: settings })];
  if (aside?.at === 'programs') {
    return { model: { ...model, settings, aside: { ...aside, before: model.settings, failure: null } }, effects };
  }
  if (aside?.at !== 'settings') return { model: { ...model, settings }, effects };
  return { model: { ...model, aside: { ...aside, saving: true, saved: false, failure: null } }, effects };
}

/** Prints a test paper on the printer as it is typed, kept or not. One at a time. */
export function triesPrinter(model: Model, printer: Printer): Turn {
  const { aside } = model;
  if (aside?.at !== 'settings' || aside.tried?.is === 'coming') return stay(model);
  return {
    model: { ...model, aside: { ...aside, tried: { is: 'coming' } } },
    effects: [call({ command: 'print_test_paper', args: printer })],
  };
}

/** The same with a ticket. */
export function triesTicketPrinter(model: Model, test: TestTicket): Turn {
  const { aside } = model;
  if (aside?.at !== 'settings' || aside.triedTicket?.is === 'coming') return stay(model);
  return {
    model: { ...model, aside: { ...aside, triedTicket: { is: 'coming' } } },
    effects: [call({ command: 'print_test_ticket', args: test })],
  };
}
