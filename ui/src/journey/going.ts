/** From one task to another: the menu, the way back, the first screen. */
import type { Period } from '../generated/types';
import type { MenuItem, Model } from './model';
import { monthOf, todayOf } from './period';
import { registersAnew } from './registering';
import { call, goTo, lastOperation, rest, stay, type Turn } from './turn';

export const opensAgain = (model: Model): Turn =>
  goTo(model, { at: 'opening', failure: null }, call({ command: 'open_counter', args: null }));

/** While an operation's fate is open, no other may be begun. */
export function chosen(model: Model, item: MenuItem): Turn {
  const open = model.last?.state.state === 'checking' ? model.last : null;
  if (open && item !== 'own_totals') return goTo(model, lastOperation(open, 'now'));
  switch (item) {
    case 'use_points': {
      // What the reader said before this card was asked for is old; the program says anew what lies there.
      const known: Model = { ...model, card: { state: model.card.state === 'absent' ? 'absent' : 'lying' } };
      return goTo(known, { at: 'card', asksFor: 'card_now' });
    }
    case 'void_use':
      return goTo(model, { at: 'voidable', list: { is: 'coming' } }, call({ command: 'list_operations', args: null }));
    case 'own_totals':
      return totalsOf(model, monthOf(todayOf(model)));
  }
}

export const periodChosen = (model: Model, period: Period): Turn =>
  model.task.at === 'totals' ? totalsOf(model, period) : stay(model);

const totalsOf = (model: Model, period: Period): Turn =>
  goTo(model, { at: 'totals', period, statement: { is: 'coming' } }, call({ command: 'site_statement', args: period }));

/** The last operation once more, for a look or for its receipt. */
export const lastShown = (model: Model): Turn =>
  model.task.at === 'home' && model.last ? goTo(model, lastOperation(model.last, 'now')) : stay(model);

/** Other work may be done while an operation's fate is open; everything else has to be seen first. */
export const goneHome = (model: Model): Turn =>
  model.place.state === 'registered' && model.task.at === 'last_operation' ? goTo(model, { at: 'home' }) : rest(model);

export function goneBack(model: Model): Turn {
  const { task } = model;
  switch (task.at) {
    case 'card':
    case 'amount':
    case 'voidable':
    case 'totals':
      return rest(model);
    case 'contact':
      return task.waiting ? stay(model) : registersAnew(model);
    case 'register':
      return model.place.state === 'barred' ? rest(model) : stay(model);
    case 'confirm':
      if (task.sending) return stay(model);
      return goTo(model, { at: 'amount', visit: task.visit, typed: task.typed, active: task.active });
    case 'pin':
      if (task.sending) return stay(model);
      return goTo(model, { at: 'confirm', visit: task.visit, typed: task.typed, active: task.active, sending: false });
    case 'receipt':
      return chosen(model, 'void_use');
    case 'confirm_void':
      return task.sending ? stay(model) : chosen(model, 'void_use');
    case 'opening':
    case 'registered':
    case 'sign_in':
    case 'barred':
    case 'home':
    case 'result':
    case 'refused':
    case 'last_operation':
      return stay(model);
  }
}
