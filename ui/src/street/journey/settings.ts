/** The settings: what is kept, a printer that is tried, the pairing with Madoguchi, what was given at registration. */
import type { Printer, StreetSettings } from '../../generated/types';
import type { Effect } from './events';
import type { Model } from './model';
import { call, goTo, stay, type Turn } from './turn';

export const toSettings = (model: Model): Turn =>
  goTo(
    model,
    { at: 'settings', saved: false, printers: { is: 'coming' }, tried: null, waiting: false, failure: null },
    call({ command: 'list_street_printers', args: null }),
  );

export function triesPrinter(model: Model, printer: Printer): Turn {
  const { task } = model;
  if (task.at !== 'settings' || task.tried?.is === 'coming') return stay(model);
  return goTo(model, { ...task, tried: { is: 'coming' } }, call({ command: 'print_street_test_paper', args: printer }));
}

export function savesSettings(model: Model, settings: StreetSettings): Turn {
  const { task } = model;
  const asks = call({ command: 'save_street_settings', args: settings });
  return task.at === 'settings'
    ? goTo(model, { ...task, saved: false, waiting: true, failure: null }, asks)
    : goTo(model, task, asks);
}

export function changesPairing(model: Model, asks: Effect): Turn {
  const { task } = model;
  if (task.at !== 'pairing' || task.waiting) return stay(model);
  return goTo(model, { ...task, saved: null, waiting: true, failure: null }, asks);
}

export function changes(model: Model, asks: Effect): Turn {
  const { task } = model;
  if (task.at !== 'shop' || task.waiting) return stay(model);
  return goTo(model, { ...task, saved: null, waiting: true, failure: null }, asks);
}
