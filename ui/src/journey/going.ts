/** From one task to another: the menu, the way back, the first screen. */
import type { Period } from '../generated/types';
import { amountsIn } from './amounts';
import { dayShown } from './day';
import { backInPile, clearingChosen } from './clearing';
import { awaitedFor, mayHaveServiceIds, type MenuItem, type Model } from './model';
import { monthOf, todayOf } from './period';
import { registersAnew } from './registering';
import { backInServiceIds, lookUpChosen, registrationChosen } from './serviceIds';
import { asksIssue, ticketsShown } from './tickets';
import { call, goTo, lastOperation, menuTask, rest, stay, type Turn } from './turn';

export const opensAgain = (model: Model): Turn =>
  goTo(model, { at: 'opening', failure: null }, call({ command: 'open_counter', args: null }));

/** What may be done meanwhile: looking, service IDs, and clearing, whose scans are a journal of their own. */
const ONLY_LOOKS: MenuItem[] = [
  'look_up_service_id',
  'register_service_id',
  'points',
  'own_totals',
  'tickets',
  'close_day',
  'clear_tickets',
];

/** While an operation's fate is open, no other may be begun. */
export function chosen(model: Model, item: MenuItem): Turn {
  const open = model.last?.state.state === 'checking' ? model.last : null;
  if (open && !ONLY_LOOKS.includes(item)) return goTo(model, lastOperation(open, 'now'));
  switch (item) {
    case 'use_points':
    case 'merge_points':
    case 'issue_ticket': {
      // What the reader said before this card was asked for is old; the program says anew what lies there.
      const known: Model = { ...model, card: { state: model.card.state === 'absent' ? 'absent' : 'lying' } };
      return goTo(known, { at: 'card', asksFor: awaitedFor(item), purpose: item });
    }
    case 'look_up_service_id':
      return lookUpChosen(model);
    case 'register_service_id':
      return registrationChosen(model);
    case 'points':
      return goTo({ ...model, inPoints: true }, { at: 'home' });
    case 'void_use':
      return goTo(model, { at: 'voidable', list: { is: 'coming' } }, call({ command: 'list_operations', args: null }));
    case 'tickets':
      return ticketsShown(model, 'issued_today');
    case 'close_day':
      return dayShown(model);
    case 'clear_tickets':
      return clearingChosen(model);
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
  model.place.state === 'registered' && model.task.at === 'last_operation' ? goTo(model, menuTask(model)) : rest(model);

/** Service IDs ask for no password: from the points, and from the password before them, one goes back. */
const leavesPoints = (model: Model): Turn =>
  mayHaveServiceIds(model) ? rest({ ...model, inPoints: false }) : stay(model);

export function goneBack(model: Model): Turn {
  const { task } = model;
  switch (task.at) {
    case 'card':
    case 'amount':
    case 'voidable':
    case 'totals':
    case 'tickets':
    case 'day':
      return rest(model);
    case 'contact':
      return task.waiting ? stay(model) : registersAnew(model);
    case 'register':
      return model.place.state === 'barred' ? rest(model) : stay(model);
    case 'confirm':
      if (task.sending) return stay(model);
      return goTo(model, { at: 'amount', ...amountsIn(task) });
    case 'last_day':
      return goTo(model, { at: 'amount', ...amountsIn(task) });
    case 'confirm_merge':
      return task.sending ? stay(model) : goTo(model, { at: 'amount', ...amountsIn(task) });
    case 'merge_street':
    case 'merges':
      return rest(model);
    case 'confirm_issue':
      return task.sending ? stay(model) : goTo(model, { at: 'last_day', ...amountsIn(task) });
    case 'pin':
      if (task.sending) return stay(model);
      if (task.lastDay !== null) return asksIssue(model, amountsIn(task));
      return goTo(model, {
        at: task.street === null ? 'confirm' : 'confirm_merge',
        ...amountsIn(task),
        sending: false,
      });
    case 'receipt':
      return chosen(model, 'void_use');
    case 'confirm_void':
      return task.sending ? stay(model) : chosen(model, 'void_use');
    case 'confirm_ticket':
      return task.sending ? stay(model) : ticketsShown(model, task.which);
    case 'confirm_close':
      return task.sending ? stay(model) : dayShown(model);
    case 'day_closed':
      return task.isNew ? stay(model) : dayShown(model);
    case 'clearing_sites':
    case 'scanning':
    case 'typed_ticket':
    case 'scans':
    case 'take_back':
    case 'pile_check':
    case 'pile_done':
      return backInPile(model, task);
    case 'service_id_number':
    case 'service_id_card':
    case 'confirm_service_id':
    case 'address_notice':
    case 'service_id_registered':
    case 'service_id':
      return backInServiceIds(model, task);
    case 'piles':
    case 'found_later':
      return rest(model);
    case 'home':
      return leavesPoints(model);
    case 'sign_in':
      return task.waiting ? stay(model) : leavesPoints(model);
    case 'opening':
    case 'registered':
    case 'barred':
    case 'service_menu':
    case 'result':
    case 'ticket_result':
    case 'merge_result':
    case 'refused':
    case 'last_operation':
      return stay(model);
  }
}
