/** What can happen to the counter's window, and what it can ask for. */
import type { AnswerOf, ArgumentsOf, CommandName } from '../backend/backend';
import type {
  ClearingSite,
  Contact,
  Counter,
  DayCloseShown,
  Failure,
  HandOver,
  ListedOperation,
  MergeStreetShown,
  Notice,
  OfferPairingArguments,
  OperationNamed,
  Period,
  Printer,
  Scan as TicketScan,
  Settings,
  TestTicket,
  Ticket,
  TicketOrder,
  TicketsListed,
  Tone,
} from '../generated/types';
import type { Scan } from '../scanner/recogniser';
import type { CardPurpose, MenuItem, TicketAct, Voidable } from './model';

/** A command to run. */
export type Call = { [K in CommandName]: { command: K; args: ArgumentsOf<K> } }[CommandName];

/** What a step asks for. */
export type Effect = ({ effect: 'call' } & Call) | { effect: 'sound'; mark: 'ok' | 'read' | Tone };

/** A command's answer. `args` are those of the call, so that a late answer is known as such. */
type Answered = {
  [K in CommandName]: { type: 'answered'; command: K; args: ArgumentsOf<K>; answer: AnswerOf<K> };
}[CommandName];

/** A command that failed. */
type Failed = {
  [K in CommandName]: { type: 'failed'; command: K; args: ArgumentsOf<K>; failure: Failure };
}[CommandName];

/** What the person at the window does. */
type Done =
  | { type: 'open_again' }
  | { type: 'sign_up'; terminal: string; password: string }
  | { type: 'give_contact'; contact: Contact }
  | { type: 'register_anew' }
  | { type: 'sign_in'; password: string; staffName: string }
  | { type: 'lock' }
  | { type: 'choose'; item: MenuItem }
  | { type: 'show_last' }
  | { type: 'go_home' }
  | { type: 'back' }
  | { type: 'type_amount'; account: number; typed: string }
  | { type: 'choose_account'; account: number }
  | { type: 'check_amounts' }
  | { type: 'confirm' }
  | { type: 'give_pin'; digits: string; lastTryAgreed: boolean }
  | { type: 'correct_amounts' }
  | { type: 'print' }
  | { type: 'ask_fate_again' }
  | { type: 'acknowledge'; then: 'home' | CardPurpose }
  | { type: 'choose_last_day'; day: string }
  | { type: 'choose_ticket_count'; count: number }
  | { type: 'check_last_day' }
  | { type: 'choose_street'; street: MergeStreetShown }
  | { type: 'ask_streets_again' }
  | { type: 'register_for_street' }
  | { type: 'show_merges' }
  | { type: 'put_file_again'; key: string }
  | { type: 'show_tickets'; which: TicketsListed }
  | { type: 'seek_tickets'; digits: string; order: TicketOrder }
  | { type: 'choose_ticket'; act: TicketAct; ticket: Ticket }
  | { type: 'close_day' }
  | { type: 'show_close'; close: DayCloseShown }
  | { type: 'choose_void'; use: Voidable }
  | { type: 'choose_receipt'; operation: ListedOperation }
  | { type: 'choose_period'; period: Period }
  | { type: 'type_number'; typed: string }
  | { type: 'read_library_card' }
  | { type: 'give_number' }
  | { type: 'confirm_service_id' }
  | { type: 'register_instead' }
  | { type: 'choose_notice'; wished: boolean }
  | { type: 'wish_notice' }
  | { type: 'give_password'; characters: string; lastTryAgreed: boolean }
  | { type: 'try_notice_again' }
  | { type: 'end_notice' }
  | { type: 'hand_over_again' }
  | { type: 'try_hand_over'; way: HandOver }
  | { type: 'choose_site'; site: ClearingSite }
  | { type: 'change_site' }
  | { type: 'ask_sites_again' }
  | { type: 'type_ticket'; text: string }
  | { type: 'clear_typed' }
  | { type: 'show_scans' }
  | { type: 'choose_take_back'; scan: TicketScan }
  | { type: 'take_back' }
  | { type: 'drop_scan'; scan: TicketScan }
  | { type: 'finish_scanning' }
  | { type: 'finish_pile' }
  | { type: 'next_pile' }
  | { type: 'show_piles' }
  | { type: 'choose_pile'; pile: number }
  | { type: 'show_found_later' }
  | { type: 'found_later_seen' }
  | {
      type: 'open_aside';
      aside:
        | 'help'
        | 'display'
        | 'settings'
        | 'reader_doctor'
        | 'scanner_test'
        | 'card_descriptions'
        | 'programs'
        | 'training';
    }
  | { type: 'close_aside' }
  | { type: 'start_training' }
  | { type: 'end_training' }
  | { type: 'start_street' }
  | { type: 'scanned'; scan: Scan }
  | { type: 'try_descriptions' }
  | { type: 'open_descriptions_folder' }
  | { type: 'look_at_bridge' }
  | { type: 'offer_pairing'; pairing: OfferPairingArguments }
  | { type: 'withdraw_pairing' }
  | { type: 'unpair'; pairing: number }
  | { type: 'examine_reader' }
  | { type: 'ask_pin_tries' }
  | { type: 'reader_healed' }
  | { type: 'save_settings'; settings: Settings }
  | { type: 'try_printer'; printer: Printer }
  | { type: 'try_ticket_printer'; test: TestTicket };

export type CounterEvent = { type: 'told'; notice: Notice } | Answered | Failed | Done;

export type { Counter, OperationNamed };
