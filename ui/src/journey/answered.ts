/** What the program answers to a command, and what follows when it fails. */
import type { CardState, Failure, PrintedPaper, PrintedTicket, Settings } from '../generated/types';
import { noticeNotEnded, noticeStands, passwordFailed, signingTriesKnown } from './addressNotice';
import { amountsIn } from './amounts';
import { dayKnown } from './day';
import { descriptionsNotTried, descriptionsTried, folderNotOpened, folderOpened } from './cardDescriptions';
import {
  clearingSeen,
  pileFound,
  pileIsDone,
  pileNotFinished,
  pileNotOpened,
  pileOpened,
  pilesListed,
  scanHeard,
  scanNotTaken,
  scanTold,
  ticketLookedUp,
} from './clearing';
import type { CounterEvent } from './events';
import { libraryCardNotRead, libraryCardRead } from './libraryCard';
import { fileNotPut, filePut, mergesListed, streetsKnown } from './merging';
import type { AsideAt, Asked, Model, TaskAt } from './model';
import { bridgeNotSeen, bridgeNotTurned, bridgeSeen } from './programs';
import { pinFailed, triesKnown } from './pin';
import { examined, notExamined } from './readerDoctor';
import { onClose, onPile, onSlip, onTicket } from './printing';
import {
  lockedAtServiceIds,
  notRegistered,
  numberHandedOver,
  numberNotUnderstood,
  numberUnderstood,
  registeredNow,
} from './serviceIds';
import { standsAt } from './signingIn';
import { paperShown, ticketsFound, ticketsListed } from './tickets';
import { trainingNotStarted } from './training';
import { fateOf, goTo, lastOperation, refusedBy, rest, sound, stay, type Turn } from './turn';

type Answered = Extract<CounterEvent, { type: 'answered' }>;
type Failed = Extract<CounterEvent, { type: 'failed' }>;

export function answered(model: Model, event: Answered): Turn {
  const { task } = model;
  switch (event.command) {
    case 'open_counter':
      return opened(model, event);
    case 'begin_registration':
      return task.at === 'register'
        ? goTo(model, { at: 'contact', form: event.answer, waiting: false, failure: null })
        : stay(model);
    case 'register_terminal':
      return goTo(
        { ...model, place: { state: 'registered', profile: event.answer } },
        { at: 'registered', profile: event.answer },
      );
    case 'sign_in':
      return standsAt(model, 'signed_in');
    case 'lock':
      return lockedAtServiceIds(
        standsAt(model, model.sign_in.state === 'signed_in' ? 'locked' : model.sign_in.state).model,
      );
    case 'use_points':
      return fateOf(model, event.answer, task.at === 'confirm' ? amountsIn(task) : null);
    case 'use_points_with_pin':
      return fateOf(model, event.answer, task.at === 'pin' ? amountsIn(task) : null);
    case 'begin_pin':
      return triesKnown(model, event.answer.left);
    case 'void_use':
      return fateOf(model, event.answer, null);
    case 'resolve_last_operation': {
      const known = { ...model, last: event.answer };
      return task.at === 'last_operation' && task.operation.key === event.answer.key
        ? goTo(known, { ...task, operation: event.answer, asking: false })
        : stay(known);
    }
    case 'issue_ticket':
      return fateOf(model, event.answer, task.at === 'confirm_issue' ? amountsIn(task) : null);
    case 'issue_ticket_with_pin':
      return fateOf(model, event.answer, task.at === 'pin' ? amountsIn(task) : null);
    case 'list_merge_streets':
      return streetsKnown(model, event.args.visit, { is: 'here', value: event.answer });
    case 'merge_points':
      return fateOf(model, event.answer, task.at === 'confirm_merge' ? amountsIn(task) : null);
    case 'merge_points_with_pin':
      return fateOf(model, event.answer, task.at === 'pin' ? amountsIn(task) : null);
    case 'list_merges':
      return mergesListed(model, { is: 'here', value: event.answer });
    case 'put_merge_file':
      return filePut(model, event.args.key, event.answer);
    case 'reissue_ticket':
    case 'void_ticket':
    case 'close_day':
      return fateOf(model, event.answer, null);
    case 'preview_ticket':
      return paperShown(model, event.args, { is: 'here', value: event.answer });
    case 'print_ticket':
      return onTicket(model, event.args.key, printedTicket(event.answer), true);
    case 'list_tickets':
      return ticketsListed(model, event.args, { is: 'here', value: event.answer });
    case 'find_tickets':
      return ticketsFound(model, event.args, { is: 'here', value: event.answer });
    case 'preview_day':
      return dayKnown(model, { now: { is: 'here', value: event.answer } });
    case 'list_day_closes':
      return dayKnown(model, { closes: { is: 'here', value: event.answer } });
    case 'print_day_close':
      return onClose(model, event.args.number, { is: 'here', value: event.answer });
    case 'print_pile':
      return onPile(model, event.args.site, { is: 'here', value: event.answer });
    case 'list_operations':
      return listed(model, { is: 'here', value: event.answer });
    case 'site_statement':
      return task.at === 'totals' && samePeriod(task.period, event.args)
        ? goTo(model, { ...task, statement: { is: 'here', value: event.answer } })
        : stay(model);
    case 'preview_receipt':
      return onSlip(model, event.args.key, { preview: { is: 'here', value: event.answer } });
    case 'print_receipt':
      return onSlip(model, event.args.key, { printed: { is: 'here', value: event.answer } });
    case 'look_at_clearing':
      return clearingSeen(model, event.answer);
    case 'list_clearing_sites':
      return onSites(model, { is: 'here', value: event.answer });
    case 'open_pile':
      return pileOpened(model, event.answer);
    case 'scan_ticket':
      return scanHeard(model, event.answer);
    case 'look_up_ticket':
      return ticketLookedUp(model, event.args.text, { is: 'here', value: event.answer });
    case 'take_back_scan':
    case 'drop_scan':
      return scanTold(model, event.answer);
    case 'finish_pile':
      return pileIsDone(model, event.answer);
    case 'list_piles':
      return pilesListed(model, { is: 'here', value: event.answer });
    case 'show_pile':
      return pileFound(model, event.answer);
    case 'read_customer_number':
      return libraryCardRead(model, event.answer);
    case 'check_customer_number':
      return numberUnderstood(model, event.answer.number);
    case 'register_service_id':
      return registeredNow(model, event.answer);
    case 'begin_address_notice':
      return signingTriesKnown(model, event.answer.left);
    case 'ask_address_notice':
    case 'stop_address_notice':
      return noticeStands(model, event.answer);
    case 'hand_over_service_id':
      return numberHandedOver(model, event.args.visit, { is: 'here', value: event.answer });
    case 'try_hand_over':
      return onSettings(model, { triedHandOver: { is: 'here', value: event.answer } });
    case 'save_settings':
      return saved(model, event.answer);
    case 'list_printers':
      return onSettings(model, { printers: { is: 'here', value: event.answer } });
    case 'list_monitors':
      return onSettings(model, { monitors: { is: 'here', value: event.answer } });
    case 'print_test_paper':
      return onSettings(model, { tried: { is: 'here', value: null } });
    case 'print_test_ticket':
      return onSettings(model, { triedTicket: { is: 'here', value: null } });
    case 'examine_reader':
      return examined(model, event.answer);
    case 'look_at_bridge':
    case 'offer_pairing':
    case 'withdraw_pairing':
    case 'unpair':
      return bridgeSeen(model, event.answer);
    case 'try_card_descriptions':
      return descriptionsTried(model, event.answer);
    case 'open_card_descriptions':
      return folderOpened(model);
    case 'read_with_pin':
    case 'scan_street_card':
    case 'expect_card':
    case 'leave_visit':
    case 'acknowledge_last_operation':
    case 'show_resident':
    case 'visit_painted':
    case 'start_training':
    case 'end_training':
    case 'start_street':
    case 'acknowledge_found_later':
      return stay(model);
  }
}

export function failed(model: Model, event: Failed): Turn {
  const { failure } = event;
  const { task } = model;
  switch (event.command) {
    case 'open_counter':
      return goTo(model, { at: 'opening', failure });
    case 'begin_registration':
    case 'register_terminal':
      return task.at === 'register' || task.at === 'contact'
        ? goTo(model, { ...task, waiting: false, failure })
        : stay(model);
    case 'sign_in':
      return task.at === 'sign_in'
        ? goTo(model, { ...task, waiting: false, failure }, sound(failure.tone))
        : stay(model);
    case 'lock':
      return stay(model);
    case 'use_points':
      return refusedBy(model, 'use', failure, task.at === 'confirm' ? amountsIn(task) : null, false);
    case 'issue_ticket':
      return refusedBy(model, 'issue_ticket', failure, task.at === 'confirm_issue' ? amountsIn(task) : null, false);
    case 'list_merge_streets':
      return streetsKnown(model, event.args.visit, { is: 'failed', failure });
    case 'merge_points':
      return refusedBy(model, 'merge_points', failure, task.at === 'confirm_merge' ? amountsIn(task) : null, false);
    case 'list_merges':
      return mergesListed(model, { is: 'failed', failure });
    case 'put_merge_file':
      return fileNotPut(model, failure);
    case 'begin_pin':
    case 'merge_points_with_pin':
    case 'issue_ticket_with_pin':
    case 'use_points_with_pin':
      return pinFailed(model, failure);
    case 'void_use':
      return refusedBy(model, 'void', failure, null, false);
    case 'reissue_ticket':
    case 'void_ticket':
    case 'close_day':
      return refusedBy(model, event.command, failure, null, false);
    case 'preview_ticket':
      return paperShown(model, event.args, { is: 'failed', failure });
    case 'print_ticket':
      return onTicket(model, event.args.key, { is: 'failed', failure }, false);
    case 'list_tickets':
      return ticketsListed(model, event.args, { is: 'failed', failure });
    case 'find_tickets':
      return ticketsFound(model, event.args, { is: 'failed', failure });
    case 'preview_day':
      return dayKnown(model, { now: { is: 'failed', failure } });
    case 'list_day_closes':
      return dayKnown(model, { closes: { is: 'failed', failure } });
    case 'print_day_close':
      return onClose(model, event.args.number, { is: 'failed', failure });
    case 'print_pile':
      return onPile(model, event.args.site, { is: 'failed', failure });
    case 'resolve_last_operation':
      return task.at === 'last_operation' ? goTo(model, { ...task, asking: false }) : stay(model);
    case 'list_operations':
      return listed(model, { is: 'failed', failure });
    case 'site_statement':
      return task.at === 'totals' && samePeriod(task.period, event.args)
        ? goTo(model, { ...task, statement: { is: 'failed', failure } })
        : stay(model);
    case 'preview_receipt':
      return onSlip(model, event.args.key, { preview: { is: 'failed', failure } });
    case 'print_receipt':
      return onSlip(model, event.args.key, { printed: { is: 'failed', failure } });
    case 'look_at_clearing':
      return stay({ ...model, clearing: { is: 'failed', failure } });
    case 'list_clearing_sites':
      return onSites(model, { is: 'failed', failure });
    case 'open_pile':
      return pileNotOpened(model, failure);
    case 'scan_ticket':
    case 'take_back_scan':
    case 'drop_scan':
      return scanNotTaken(model, failure);
    case 'look_up_ticket':
      return ticketLookedUp(model, event.args.text, { is: 'failed', failure });
    case 'finish_pile':
      return pileNotFinished(model, failure);
    case 'list_piles':
    case 'show_pile':
      return pilesListed(model, { is: 'failed', failure });
    case 'read_customer_number':
      return libraryCardNotRead(model, failure);
    case 'check_customer_number':
      return numberNotUnderstood(model, failure);
    case 'register_service_id':
      return notRegistered(model, failure);
    case 'begin_address_notice':
    case 'ask_address_notice':
      return passwordFailed(model, failure);
    case 'stop_address_notice':
      return noticeNotEnded(model, failure);
    case 'hand_over_service_id':
      return numberHandedOver(model, event.args.visit, { is: 'failed', failure });
    case 'try_hand_over':
      return onSettings(model, { triedHandOver: { is: 'failed', failure } });
    case 'start_training':
      return trainingNotStarted(model, failure);
    case 'save_settings':
      return notSaved(model, failure);
    case 'list_printers':
      return onSettings(model, { printers: { is: 'failed', failure } });
    case 'list_monitors':
      return onSettings(model, { monitors: { is: 'failed', failure } });
    case 'print_test_paper':
      return onSettings(model, { tried: { is: 'failed', failure } });
    case 'print_test_ticket':
      return onSettings(model, { triedTicket: { is: 'failed', failure } });
    case 'examine_reader':
      return notExamined(model);
    case 'look_at_bridge':
    case 'offer_pairing':
    case 'withdraw_pairing':
    case 'unpair':
      return bridgeNotSeen(model, failure);
    case 'try_card_descriptions':
      return descriptionsNotTried(model, failure);
    case 'open_card_descriptions':
      return folderNotOpened(model, failure);
    case 'read_with_pin':
    case 'scan_street_card':
    case 'expect_card':
    case 'leave_visit':
    case 'acknowledge_last_operation':
    case 'show_resident':
    case 'visit_painted':
    case 'end_training':
    case 'start_street':
    case 'acknowledge_found_later':
      return stay(model);
  }
}

/** An operation whose fate nobody has seen comes before everything else. */
function opened(model: Model, { answer }: Extract<Answered, { command: 'open_counter' }>): Turn {
  const { place, sign_in, settings, devices, version, last_operation: last } = answer;
  // A visit belongs to the window that asked for it.
  const card: CardState =
    answer.card.state === 'read' || answer.card.state === 'service_id_read' ? { state: 'lying' } : answer.card;
  const known: Model = { ...model, place, sign_in, settings, devices, card, version, last };
  if (place.state === 'registered' && last && (!last.acknowledged || last.state.state === 'checking')) {
    return goTo(known, lastOperation(last, 'start'));
  }
  return rest(known);
}

function listed(model: Model, today: Model['today']): Turn {
  const known = { ...model, today };
  return model.task.at === 'voidable' ? goTo(known, { at: 'voidable', list: today }) : stay(known);
}

const printedTicket = (printed: PrintedTicket): Asked<PrintedPaper> =>
  printed.outcome === 'printed' ? { is: 'here', value: printed.paper } : { is: 'failed', failure: printed.failure };

type LookedUp = Partial<Pick<AsideAt<'settings'>, 'printers' | 'tried' | 'triedTicket' | 'triedHandOver' | 'monitors'>>;
const onSites = (model: Model, sites: TaskAt<'clearing_sites'>['sites']): Turn =>
  model.task.at === 'clearing_sites' ? goTo(model, { ...model.task, sites }) : stay(model);

function onSettings(model: Model, change: LookedUp): Turn {
  return model.aside?.at === 'settings' ? stay({ ...model, aside: { ...model.aside, ...change } }) : stay(model);
}

function saved(model: Model, settings: Settings): Turn {
  const { aside } = model;
  if (aside?.at !== 'settings') return stay({ ...model, settings });
  return stay({ ...model, settings, aside: { ...aside, saving: false, saved: aside.saving, failure: null } });
}

/** The choice holds for this sitting; that it was not kept is said where it was made. */
function notSaved(model: Model, failure: Failure): Turn {
  const { aside } = model;
  if (aside?.at === 'settings') return stay({ ...model, aside: { ...aside, saving: false, failure } });
  return bridgeNotTurned(model, failure) ?? stay({ ...model, aside: { at: 'display', failure } });
}

const samePeriod = (a: { from: string; to: string }, b: { from: string; to: string }): boolean =>
  a.from === b.from && a.to === b.to;
