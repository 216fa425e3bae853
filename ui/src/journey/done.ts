/**
 * What the person at the window does, handed to where it belongs. Events that do not fit where one stands
 * change nothing.
 */
import { noticeChosen, noticeEnds, noticeTriedAgain, noticeWished, passwordGiven } from './addressNotice';
import { closesAside, opensAside, savesSettings, scanned, triesPrinter, triesTicketPrinter } from './asides';
import { opensFolder, triesDescriptions } from './cardDescriptions';
import { closeAsked, closeShown } from './day';
import {
  foundLaterSeen,
  foundLaterShown,
  nextPile,
  pileChosen,
  pileFinished,
  pilesShown,
  scanDropped,
  scanningFinished,
  scansShown,
  siteChanged,
  siteChosen,
  sitesAskedAgain,
  takeBackChosen,
  takenBack,
  ticketTyped,
  typedCleared,
} from './clearing';
import type { CounterEvent } from './events';
import { chosen, goneBack, goneHome, lastShown, opensAgain, periodChosen } from './going';
import { readsLibraryCard } from './libraryCard';
import { fileAskedAgain, mergesShown, registersForStreet, streetChosen, streetsAskedAgain } from './merging';
import type { Model } from './model';
import { pinGiven } from './pin';
import { looksAtBridge, offersPairing, unpairs, withdrawsPairing } from './programs';
import { contactGiven, registersAnew, signedUp } from './registering';
import { examinesReader, healed, leavesDoctor, pinTriesAsked } from './readerDoctor';
import { acknowledgedThen, asksAgain, prints, receiptChosen } from './seeing';
import {
  handsOverAgain,
  numberGiven,
  numberTyped,
  registersInstead,
  serviceIdConfirmed,
  triesHandOver,
} from './serviceIds';
import { locks, signsIn } from './signingIn';
import { countChosen, lastDayChecked, lastDayChosen, ticketChosen, ticketsShown, ticketsSought } from './tickets';
import { endsTraining, startsStreet, startsTraining } from './training';
import type { Turn } from './turn';
import { accountChosen, amountTyped, amountsChecked, confirmed, corrected, voidChosen } from './using';

type Done = Exclude<CounterEvent, { type: 'told' | 'answered' | 'failed' }>;

export function done(model: Model, event: Done): Turn {
  switch (event.type) {
    case 'open_again':
      return opensAgain(model);
    case 'sign_up':
      return signedUp(model, event.terminal, event.password);
    case 'give_contact':
      return contactGiven(model, event.contact);
    case 'register_anew':
      return registersAnew(model);
    case 'sign_in':
      return signsIn(model, event.password, event.staffName);
    case 'lock':
      return locks(model);
    case 'choose':
      return chosen(model, event.item);
    case 'choose_period':
      return periodChosen(model, event.period);
    case 'show_last':
      return lastShown(model);
    case 'go_home':
      return goneHome(model);
    case 'back':
      if (model.aside?.at === 'reader_doctor') return leavesDoctor(model);
      return model.aside ? closesAside(model) : goneBack(model);
    case 'type_amount':
      return amountTyped(model, event.account, event.typed);
    case 'choose_account':
      return accountChosen(model, event.account);
    case 'check_amounts':
      return amountsChecked(model);
    case 'confirm':
      return confirmed(model);
    case 'give_pin':
      return pinGiven(model, event.digits, event.lastTryAgreed);
    case 'correct_amounts':
      return corrected(model);
    case 'choose_last_day':
      return lastDayChosen(model, event.day);
    case 'choose_ticket_count':
      return countChosen(model, event.count);
    case 'check_last_day':
      return lastDayChecked(model);
    case 'choose_street':
      return streetChosen(model, event.street);
    case 'ask_streets_again':
      return streetsAskedAgain(model);
    case 'register_for_street':
      return registersForStreet(model);
    case 'show_merges':
      return mergesShown(model);
    case 'put_file_again':
      return fileAskedAgain(model, event.key);
    case 'show_tickets':
      return ticketsShown(model, event.which);
    case 'seek_tickets':
      return ticketsSought(model, event.digits, event.order);
    case 'choose_ticket':
      return ticketChosen(model, event.act, event.ticket);
    case 'close_day':
      return closeAsked(model);
    case 'show_close':
      return closeShown(model, event.close);
    case 'choose_void':
      return voidChosen(model, event.use);
    case 'choose_receipt':
      return receiptChosen(model, event.operation);
    case 'print':
      return prints(model);
    case 'ask_fate_again':
      return asksAgain(model);
    case 'acknowledge':
      return acknowledgedThen(model, event.then);
    case 'type_number':
      return numberTyped(model, event.typed);
    case 'read_library_card':
      return readsLibraryCard(model);
    case 'give_number':
      return numberGiven(model);
    case 'confirm_service_id':
      return serviceIdConfirmed(model);
    case 'register_instead':
      return registersInstead(model);
    case 'choose_notice':
      return noticeChosen(model, event.wished);
    case 'wish_notice':
      return noticeWished(model);
    case 'give_password':
      return passwordGiven(model, event.characters, event.lastTryAgreed);
    case 'try_notice_again':
      return noticeTriedAgain(model);
    case 'end_notice':
      return noticeEnds(model);
    case 'hand_over_again':
      return handsOverAgain(model);
    case 'try_hand_over':
      return triesHandOver(model, event.way);
    case 'choose_site':
      return siteChosen(model, event.site);
    case 'change_site':
      return siteChanged(model);
    case 'ask_sites_again':
      return sitesAskedAgain(model);
    case 'type_ticket':
      return ticketTyped(model, event.text);
    case 'clear_typed':
      return typedCleared(model);
    case 'show_scans':
      return scansShown(model);
    case 'choose_take_back':
      return takeBackChosen(model, event.scan);
    case 'take_back':
      return takenBack(model);
    case 'drop_scan':
      return scanDropped(model, event.scan);
    case 'finish_scanning':
      return scanningFinished(model);
    case 'finish_pile':
      return pileFinished(model);
    case 'next_pile':
      return nextPile(model);
    case 'show_piles':
      return pilesShown(model);
    case 'choose_pile':
      return pileChosen(model, event.pile);
    case 'show_found_later':
      return foundLaterShown(model);
    case 'found_later_seen':
      return foundLaterSeen(model);
    case 'open_aside':
      return opensAside(model, event.aside);
    case 'close_aside':
      return closesAside(model);
    case 'start_training':
      return startsTraining(model);
    case 'start_street':
      return startsStreet(model);
    case 'end_training':
      return endsTraining(model);
    case 'scanned':
      return scanned(model, event.scan);
    case 'try_descriptions':
      return triesDescriptions(model);
    case 'open_descriptions_folder':
      return opensFolder(model);
    case 'look_at_bridge':
      return looksAtBridge(model);
    case 'offer_pairing':
      return offersPairing(model, event.pairing);
    case 'withdraw_pairing':
      return withdrawsPairing(model);
    case 'unpair':
      return unpairs(model, event.pairing);
    case 'examine_reader':
      return examinesReader(model);
    case 'ask_pin_tries':
      return pinTriesAsked(model);
    case 'reader_healed':
      return healed(model);
    case 'save_settings':
      return savesSettings(model, event.settings);
    case 'try_printer':
      return triesPrinter(model, event.printer);
    case 'try_ticket_printer':
      return triesTicketPrinter(model, event.test);
  }
}
