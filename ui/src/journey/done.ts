/** What the person at the window does. Events that do not fit where one stands change nothing. */
import type { Settings } from '../generated/types';
import { hintFor, partsOf } from './amounts';
import type { CounterEvent } from './events';
import type { MenuItem, Model, Voidable } from './model';
import { monthOf, todayOf } from './period';
import { call, goTo, lastOperation, rest, stay, type Turn } from './turn';

type Done = Exclude<CounterEvent, { type: 'told' | 'answered' | 'failed' }>;

export function done(model: Model, event: Done): Turn {
  const { task } = model;
  switch (event.type) {
    case 'open_again':
      return goTo(model, { at: 'opening', failure: null }, call({ command: 'open_counter', args: null }));
    case 'sign_up':
      return task.at === 'register' && !task.waiting
        ? goTo(
            model,
            { ...task, waiting: true, failure: null },
            call({ command: 'begin_registration', args: typedBy(event) }),
          )
        : stay(model);
    case 'give_contact':
      return task.at === 'contact' && !task.waiting
        ? goTo(
            model,
            { ...task, waiting: true, failure: null },
            call({ command: 'register_terminal', args: { contact: event.contact } }),
          )
        : stay(model);
    case 'register_anew':
      return goTo(model, { at: 'register', waiting: false, failure: null });
    case 'choose':
      return chosen(model, event.item);
    case 'go_home':
      return model.place.state === 'registered' && task.at === 'last_operation'
        ? goTo(model, { at: 'home' })
        : rest(model);
    case 'back':
      return back(model);
    case 'type_amount':
      return task.at === 'amount'
        ? goTo(model, { ...task, active: event.account, typed: task.typed.with(event.account, event.typed) })
        : stay(model);
    case 'choose_account':
      return task.at === 'amount' && task.visit.accounts[event.account]
        ? goTo(model, { ...task, active: event.account })
        : stay(model);
    case 'check_amounts':
      return task.at === 'amount' && hintFor(task) === null
        ? goTo(model, { ...task, at: 'confirm', sending: false })
        : stay(model);
    case 'confirm':
      return confirmed(model);
    case 'correct_amounts':
      return corrected(model);
    case 'print':
      return task.at === 'result' || task.at === 'last_operation'
        ? goTo(
            model,
            { ...task, printed: { is: 'coming' } },
            call({ command: 'print_receipt', args: { key: task.operation.key } }),
          )
        : stay(model);
    case 'ask_fate_again':
      return task.at === 'last_operation' && !task.asking
        ? goTo(model, { ...task, asking: true }, call({ command: 'resolve_last_operation', args: null }))
        : stay(model);
    case 'acknowledge': {
      const seen = acknowledged(model);
      return event.then === 'home'
        ? rest(seen.model, ...seen.effects)
        : after(seen, (known) => chosen(known, 'use_points'));
    }
    case 'choose_void':
      return voidChosen(model, event.use);
    case 'choose_period':
      return task.at === 'totals'
        ? goTo(
            model,
            { at: 'totals', period: event.period, statement: { is: 'coming' } },
            call({ command: 'site_statement', args: event.period }),
          )
        : stay(model);
    case 'open_aside':
      return opensAside(model, event.aside);
    case 'close_aside':
      return stay({ ...model, aside: null });
    case 'save_settings':
      return savesSettings(model, event.settings);
  }
}

const typedBy = ({ terminal, password }: Extract<Done, { type: 'sign_up' }>) => ({ terminal, password });

function after(turn: Turn, next: (model: Model) => Turn): Turn {
  const following = next(turn.model);
  return { model: following.model, effects: [...turn.effects, ...following.effects] };
}

/** While an operation's fate is open, no other may be begun. */
function chosen(model: Model, item: MenuItem): Turn {
  const open = model.last?.state.state === 'checking' ? model.last : null;
  switch (item) {
    case 'use_points':
      if (open) return goTo(model, lastOperation(open, 'now'));
      // What the reader said before this card was asked for is old; the program says anew what lies there.
      return goTo(
        { ...model, card: { state: model.card.state === 'absent' ? 'absent' : 'lying' } },
        { at: 'card', asksFor: 'card_now' },
      );
    case 'void_use':
      if (open) return goTo(model, lastOperation(open, 'now'));
      return goTo(model, { at: 'voidable', list: { is: 'coming' } }, call({ command: 'list_operations', args: null }));
    case 'own_totals': {
      const period = monthOf(todayOf(model));
      return goTo(
        model,
        { at: 'totals', period, statement: { is: 'coming' } },
        call({ command: 'site_statement', args: period }),
      );
    }
  }
}

function back(model: Model): Turn {
  if (model.aside) return stay({ ...model, aside: null });
  const { task } = model;
  switch (task.at) {
    case 'card':
    case 'amount':
    case 'voidable':
    case 'totals':
      return rest(model);
    case 'contact':
      return task.waiting ? stay(model) : goTo(model, { at: 'register', waiting: false, failure: null });
    case 'register':
      return model.place.state === 'barred' ? rest(model) : stay(model);
    case 'confirm':
      if (task.sending) return stay(model);
      return goTo(model, { at: 'amount', visit: task.visit, typed: task.typed, active: task.active });
    case 'confirm_void':
      return task.sending ? stay(model) : chosen(model, 'void_use');
    case 'opening':
    case 'registered':
    case 'barred':
    case 'home':
    case 'result':
    case 'refused':
    case 'last_operation':
      return stay(model);
  }
}

function confirmed(model: Model): Turn {
  const { task } = model;
  if (task.at === 'confirm' && !task.sending) {
    const args = { visit: task.visit.visit, parts: partsOf(task.visit, task.typed) };
    return goTo(model, { ...task, sending: true }, call({ command: 'use_points', args }));
  }
  if (task.at === 'confirm_void' && !task.sending) {
    return goTo(model, { ...task, sending: true }, call({ command: 'void_use', args: { key: task.use.key } }));
  }
  return stay(model);
}

function corrected(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'refused' || task.amounts === null) return stay(model);
  const seen = acknowledged(model);
  return goTo(seen.model, { at: 'amount', ...task.amounts }, ...seen.effects);
}

/** The clerk has seen the fate on the screen. A refusal that never became an operation has nothing to acknowledge. */
function acknowledged(model: Model): Turn {
  const { task, last } = model;
  const hasFate = task.at === 'result' || task.at === 'last_operation' || (task.at === 'refused' && task.journalled);
  if (!hasFate || !last || last.state.state === 'checking') return stay(model);
  return {
    model: { ...model, last: { ...last, acknowledged: true } },
    effects: [call({ command: 'acknowledge_last_operation', args: null })],
  };
}

function voidChosen(model: Model, use: Voidable): Turn {
  const { task } = model;
  if (task.at !== 'voidable' && task.at !== 'result' && task.at !== 'last_operation') return stay(model);
  const seen = acknowledged(model);
  return goTo(seen.model, { at: 'confirm_void', use, sending: false }, ...seen.effects);
}

function opensAside(model: Model, aside: 'help' | 'display' | 'settings'): Turn {
  switch (aside) {
    case 'help':
      return stay({ ...model, aside: { at: 'help' } });
    case 'display':
      return stay({ ...model, aside: { at: 'display', failure: null } });
    case 'settings':
      return {
        model: {
          ...model,
          aside: { at: 'settings', printers: { is: 'coming' }, saving: false, saved: false, failure: null },
        },
        effects: [call({ command: 'list_printers', args: null })],
      };
  }
}

/** On the settings screen the answer counts; a switch of language, size, theme or sound shows at once. */
function savesSettings(model: Model, settings: Settings): Turn {
  const { aside } = model;
  const effects = [call({ command: 'save_settings', args: settings })];
  if (aside?.at !== 'settings') return { model: { ...model, settings }, effects };
  return { model: { ...model, aside: { ...aside, saving: true, saved: false, failure: null } }, effects };
}
