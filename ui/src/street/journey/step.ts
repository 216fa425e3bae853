/**
 * The journey of the street's window: `step(model, event)` gives the next model and what to ask for.
 *
 * Pure: no clock, no program, no screen. What the program answers is in `answered.ts`.
 */
import { pointsOf } from '../../journey/amounts';
import { answered, failed, told } from './answered';
import type { Done, StreetEvent } from './events';
import { joinsByCard, leavesCard, readsCard } from './cards';
import { actsOnMerge, asksToDecline, findsMerge, opensMerge } from './merges';
import { actsOnId, keepsId, toIds, typesId } from './memberIds';
import type { MenuItem, Model } from './model';
import { changes, changesPairing, savesSettings, toSettings, triesPrinter } from './settings';
import { call, goTo, rest, stay, toSeek, type Turn } from './turn';

export function step(model: Model, event: StreetEvent): Turn {
  switch (event.type) {
    case 'told':
      return told(model, event.notice);
    case 'answered':
      return answered(model, event);
    case 'failed':
      return failed(model, event);
    default:
      return done(model, event);
  }
}

/** Events that do not fit where one stands change nothing. */
function done(model: Model, event: Done): Turn {
  const { task } = model;
  switch (event.type) {
    case 'fill_in':
      return task.at === 'register' ? goTo(model, { ...task, form: event.form, failure: null }) : stay(model);
    case 'register':
      if (task.at !== 'register' || task.waiting) return stay(model);
      return goTo(
        model,
        { ...task, waiting: true, failure: null },
        call({ command: 'register_street', args: event.registration }),
      );
    case 'sign_in':
      if (task.at !== 'sign_in' || task.waiting) return stay(model);
      return goTo(
        model,
        { ...task, waiting: true, failure: null },
        call({ command: 'sign_in_to_street', args: { password: event.password } }),
      );
    case 'lock':
      return model.counter?.sign_in === 'signed_in'
        ? goTo(model, task, call({ command: 'lock_street', args: null }))
        : stay(model);
    case 'leave':
      return goTo(model, task, call({ command: 'leave_street', args: null }));
    case 'choose':
      return task.at === 'menu' ? chosen(model, event.item) : stay(model);
    case 'back':
      return back(model);
    case 'go_home':
      return rest(model);
    case 'receive':
      if (task.at !== 'receiving' || task.received?.is === 'coming') return stay(model);
      return goTo(
        { ...model, came: null },
        { ...task, received: { is: 'coming' } },
        call({ command: 'receive_merges', args: null }),
      );
    case 'open_merge':
      return opensMerge(model, event.number);
    case 'find_merge':
      return findsMerge(model, event.number);
    case 'ask_decline':
      return asksToDecline(model);
    case 'decline':
      return actsOnMerge(model, 'decline_merge');
    case 'answer_again':
      return actsOnMerge(model, 'answer_merge_again');
    case 'join_set_aside':
      return actsOnMerge(model, 'join_set_aside');
    case 'seek':
      return task.at === 'seek' ? seeks(model, event.id) : stay(model);
    case 'scanned':
      return scanned(model, event.text);
    case 'read_card':
      return readsCard(model);
    case 'join_by_card':
      return joinsByCard(model);
    case 'open_ids':
      return task.at === 'member' ? toIds(model, event.member, null) : stay(model);
    case 'act_on_id':
      return actsOnId(model, event.act);
    case 'type_id':
      return typesId(model, event.typed);
    case 'keep_id':
      return keepsId(model);
    case 'open_pairing':
      return goTo(model, { at: 'pairing', saved: null, waiting: false, failure: null });
    case 'pair':
      return changesPairing(model, call({ command: 'pair_with_madoguchi', args: { code: event.code } }));
    case 'forget_pairing':
      return changesPairing(model, call({ command: 'forget_pairing', args: null }));
    case 'join':
      if (task.at !== 'seek' || task.waiting) return stay(model);
      return goTo(
        model,
        { ...task, waiting: true, failure: null },
        call({ command: 'join_member', args: { id: event.id } }),
      );
    case 'show_member':
      return showsMember(model, event.member, task.at === 'members' ? 'members' : 'menu');
    case 'show_earlier':
      return showsEarlier(model);
    case 'save_history':
      if (task.at !== 'member') return stay(model);
      return goTo(
        model,
        { ...task, saved: { is: 'coming' } },
        call({ command: 'save_member_history', args: { member: event.member } }),
      );
    case 'type':
      return task.at === 'amount' ? goTo(model, { ...task, typed: event.typed, failure: null }) : stay(model);
    case 'check':
      return checks(model);
    case 'confirm':
      return confirms(model);
    case 'print':
      if (task.at !== 'done' || task.printed?.is === 'coming') return stay(model);
      return goTo(
        model,
        { ...task, printed: { is: 'coming' } },
        call({ command: 'print_street_receipt', args: { posting: task.posting.posting } }),
      );
    case 'show_posting':
      return goTo(
        model,
        { at: 'done', posting: event.posting, fate: null, preview: { is: 'coming' }, printed: null, again: true },
        call({ command: 'preview_street_receipt', args: { posting: event.posting.posting } }),
      );
    case 'choose_void':
      return goTo(model, { at: 'confirm_void', posting: event.posting, waiting: false, failure: null });
    case 'add_member':
      return toSeek(model, 'member');
    case 'list_members':
      if (task.at !== 'members') return stay(model);
      return listsMembers(model, event.part, event.order);
    case 'open_settings':
      return toSettings(model);
    case 'try_printer':
      return triesPrinter(model, event.printer);
    case 'open_shop':
      return goTo(
        model,
        { at: 'shop', contact: { is: 'coming' }, saved: null, waiting: false, failure: null },
        call({ command: 'show_street_contact', args: null }),
      );
    case 'change_contact':
      return changes(model, call({ command: 'change_street_contact', args: event.contact }));
    case 'change_password': {
      const { before, password } = event;
      return changes(model, call({ command: 'change_street_password', args: { before, password } }));
    }
    case 'take_keys':
      return changes(model, call({ command: 'take_merge_keys', args: { path: event.path } }));
    case 'save_settings':
      return savesSettings(model, event.settings);
  }
}

function chosen(model: Model, item: MenuItem): Turn {
  switch (item) {
    case 'receive':
      return goTo(
        { ...model, came: null },
        { at: 'receiving', folder: { is: 'coming' }, received: null },
        call({ command: 'look_at_drop_folder', args: null }),
      );
    case 'today':
      return goTo(model, { at: 'today', day: { is: 'coming' } }, call({ command: 'list_street_day', args: null }));
    case 'members':
      return listsMembers(model, '', 'newest');
    case 'charge':
      return model.counter?.can_charge ? toSeek(model, 'charge') : stay(model);
    default:
      return toSeek(model, item);
  }
}

function seeks(model: Model, id: string): Turn {
  const { task } = model;
  if (task.at !== 'seek' || task.waiting || id.trim() === '') return stay(model);
  return goTo(
    model,
    { ...task, id, unknown: false, waiting: true, failure: null },
    call({ command: 'find_member', args: { id } }),
  );
}

/** At the menu a scanned card asks for its member; where a ticket is awaited it is the ticket. */
function scanned(model: Model, text: string): Turn {
  const { task } = model;
  if (task.at === 'menu') return seeks(toSeek(model, 'member').model, text);
  if (task.at === 'seek') return seeks(model, text);
  if (task.at === 'ids') return typesId(model, text);
  if (task.at === 'amount' && task.act === 'ticket' && !task.waiting) {
    return goTo(
      model,
      { ...task, typed: { ...task.typed, ticket: text }, failure: null },
      {
        effect: 'sound',
        mark: 'read',
      },
    );
  }
  return stay(model);
}

const showsMember = (model: Model, member: number, back: 'menu' | 'members'): Turn =>
  goTo(
    model,
    { at: 'member', shown: { is: 'coming' }, saved: null, back },
    call({ command: 'show_member', args: { member, before: null } }),
  );

/** The lines before those that are shown. */
function showsEarlier(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'member' || task.shown.is !== 'here') return stay(model);
  const { member, lines, has_earlier } = task.shown.value;
  const before = lines.at(-1)?.posting;
  if (!has_earlier || before === undefined) return stay(model);
  return goTo(model, task, call({ command: 'show_member', args: { member: member.member, before } }));
}

const listsMembers = (model: Model, part: string, order: 'newest' | 'id' | 'balance'): Turn =>
  goTo(
    model,
    { at: 'members', part, order, list: { is: 'coming' } },
    call({ command: 'list_members', args: { part, order } }),
  );

/** A purchase is valued by the program first; the others go on to the last look. */
function checks(model: Model): Turn {
  const { task } = model;
  if (task.at !== 'amount' || task.waiting || pointsOf(task.typed.amount) === 0) return stay(model);
  if (task.act === 'ticket' && task.typed.ticket.trim() === '') return stay(model);
  const { act, member, typed } = task;
  if (act === 'purchase') {
    return goTo(
      model,
      { ...task, waiting: true, failure: null },
      call({ command: 'worth_of_purchase', args: { yen: typed.amount } }),
    );
  }
  return goTo(model, { at: 'confirm', act, member, typed, worth: null, waiting: false, failure: null });
}

function confirms(model: Model): Turn {
  const { task } = model;
  if (task.at === 'confirm_void' && !task.waiting) {
    const { posting, kind } = task.posting;
    const command = kind === 'merge' ? 'book_back' : 'void_posting';
    return goTo(model, { ...task, waiting: true, failure: null }, call({ command, args: { posting } }));
  }
  if (task.at !== 'confirm' || task.waiting) return stay(model);
  const { act, member, typed } = task;
  const { key } = member;
  const waits = { ...task, waiting: true, failure: null };
  if (act === 'charge') {
    const args = { key, member: member.member, points: typed.amount };
    return goTo(model, waits, call({ command: 'charge_card', args }));
  }
  const asked =
    act === 'use'
      ? { is: act, points: typed.amount }
      : act === 'purchase'
        ? { is: act, yen: typed.amount }
        : { is: act, ticket: typed.ticket, points: typed.amount };
  return goTo(model, waits, call({ command: 'act_on_points', args: { key, member: member.member, act: asked } }));
}

function back(model: Model): Turn {
  const { task } = model;
  if ('waiting' in task && task.waiting) return stay(model);
  switch (task.at) {
    case 'register': {
      const before = ({ terminal: null, street: 'terminal', contact: 'street', check: 'contact' } as const)[task.form];
      return before === null ? stay(model) : goTo(model, { ...task, form: before, failure: null });
    }
    case 'confirm':
      return goTo(model, {
        at: 'amount',
        act: task.act,
        member: task.member,
        typed: task.typed,
        waiting: false,
        failure: null,
      });
    case 'card':
      return leavesCard(model);
    case 'ids':
      return task.act === null
        ? showsMember(model, task.member, 'members')
        : goTo(model, { ...task, act: null, typed: '', failure: null });
    case 'merge':
      if (task.asks) return goTo(model, { ...task, asks: false, failure: null });
      return goTo(
        model,
        { at: 'receiving', folder: { is: 'coming' }, received: null },
        call({ command: 'look_at_drop_folder', args: null }),
      );
    case 'pairing':
    case 'shop':
      return toSettings(model);
    case 'member':
      return task.back === 'members' ? listsMembers(model, '', 'newest') : rest(model);
    case 'done':
      return task.again
        ? goTo(model, { at: 'today', day: { is: 'coming' } }, call({ command: 'list_street_day', args: null }))
        : rest(model);
    default:
      return rest(model);
  }
}
