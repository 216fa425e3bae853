/** 画面 9 and 10. */
import type { Contact } from '../generated/types';
import type { Model } from './model';
import { call, goTo, stay, type Turn } from './turn';

export const registersAnew = (model: Model): Turn => goTo(model, { at: 'register', waiting: false, failure: null });

export function signedUp(model: Model, terminal: string, password: string): Turn {
  const { task } = model;
  if (task.at !== 'register' || task.waiting) return stay(model);
  const asks = call({ command: 'begin_registration', args: { terminal, password } });
  return goTo(model, { ...task, waiting: true, failure: null }, asks);
}

export function contactGiven(model: Model, contact: Contact): Turn {
  const { task } = model;
  if (task.at !== 'contact' || task.waiting) return stay(model);
  const asks = call({ command: 'register_terminal', args: { contact } });
  return goTo(model, { ...task, waiting: true, failure: null }, asks);
}
