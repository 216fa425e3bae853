/** From the amounts to the button that moves points, and the same for taking a use back. */
import { amountsIn, hintFor, mostTickets, onOneAccount, partsOf } from './amounts';
import type { Model, Voidable } from './model';
import { merges } from './merging';
import { pinAsked } from './pin';
import { closesDay } from './day';
import { acknowledged, onReceipt } from './seeing';
import { actsOnTicket, issues } from './tickets';
import { call, goTo, stay, type Turn } from './turn';

export function amountTyped(model: Model, account: number, typed: string): Turn {
  const { task } = model;
  if (task.at !== 'amount') return stay(model);
  if (task.lastDay !== null) return goTo(model, { at: 'amount', ...onOneAccount(amountsIn(task), account, typed) });
  return goTo(model, { ...task, active: account, typed: task.typed.with(account, typed) });
}

export function accountChosen(model: Model, account: number): Turn {
  const { task } = model;
  if (task.at !== 'amount' || !task.visit.accounts[account]) return stay(model);
  if (task.lastDay !== null) return amountTyped(model, account, task.typed[task.active] ?? '');
  return goTo(model, { ...task, active: account });
}

export function amountsChecked(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'amount' || hintFor(task) !== null) return stay(model);
  if (task.lastDay !== null) {
    // The amount may have been made larger since the count was chosen.
    return goTo(model, { ...task, at: 'last_day', count: Math.min(task.count, mostTickets(task)) });
  }
  if (task.street !== null) return goTo(model, { ...task, at: 'confirm_merge', sending: false });
  return goTo(model, { ...task, at: 'confirm', sending: false });
}

/** Sends what is confirmed, once: the screen is locked from here to the answer. */
export function confirmed(model: Model): Turn {
  const { task } = model;
  if (task.at === 'confirm' && !task.sending) {
    const pin = pinAsked(model, task);
    if (pin) return pin;
    const args = { visit: task.visit.visit, parts: partsOf(task.visit, task.typed) };
    return goTo(model, { ...task, sending: true }, call({ command: 'use_points', args }));
  }
  if (task.at === 'confirm_void' && !task.sending) {
    return goTo(model, { ...task, sending: true }, call({ command: 'void_use', args: { key: task.use.key } }));
  }
  if (task.at === 'confirm_issue') return issues(model, task);
  if (task.at === 'confirm_merge') return merges(model, task);
  if (task.at === 'confirm_ticket') return actsOnTicket(model, task);
  if (task.at === 'confirm_close') return closesDay(model, task);
  return stay(model);
}

export function corrected(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'refused' || task.amounts === null) return stay(model);
  const seen = acknowledged(model);
  return goTo(seen.model, { at: 'amount', ...task.amounts }, ...seen.effects);
}

export function voidChosen(model: Model, use: Voidable): Turn {
  const { task } = model;
  if (task.at !== 'voidable' && onReceipt(model) === null) return stay(model);
  const seen = acknowledged(model);
  return goTo(seen.model, { at: 'confirm_void', use, sending: false }, ...seen.effects);
}
