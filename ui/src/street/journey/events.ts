/** What can happen to the street's window, and what it can ask for. */
import type { StreetAnswer, StreetArguments, StreetCommand } from '../../backend/street';
import type {
  Contact,
  Failure,
  MemberOrder,
  Printer,
  StreetNotice,
  StreetPosting,
  StreetRegistration,
  StreetSettings,
  Tone,
} from '../../generated/types';
import type { Form, IdAct, MenuItem, Typed } from './model';

/** A command to run. */
export type Call = { [K in StreetCommand]: { command: K; args: StreetArguments<K> } }[StreetCommand];

/** What a step asks for. */
export type Effect = ({ effect: 'call' } & Call) | { effect: 'sound'; mark: 'ok' | 'read' | Tone };

type Answered = {
  [K in StreetCommand]: { type: 'answered'; command: K; args: StreetArguments<K>; answer: StreetAnswer<K> };
}[StreetCommand];

type Failed = {
  [K in StreetCommand]: { type: 'failed'; command: K; args: StreetArguments<K>; failure: Failure };
}[StreetCommand];

/** What the person at the window does. */
type Done =
  | { type: 'fill_in'; form: Form }
  | { type: 'register'; registration: StreetRegistration }
  | { type: 'sign_in'; password: string }
  | { type: 'lock' }
  | { type: 'leave' }
  | { type: 'choose'; item: MenuItem }
  | { type: 'back' }
  | { type: 'go_home' }
  | { type: 'receive' }
  | { type: 'open_merge'; number: string }
  | { type: 'find_merge'; number: string }
  | { type: 'ask_decline' }
  | { type: 'decline' }
  | { type: 'answer_again' }
  | { type: 'join_set_aside' }
  | { type: 'seek'; id: string }
  | { type: 'join'; id: string }
  | { type: 'scanned'; text: string }
  | { type: 'read_card' }
  | { type: 'join_by_card' }
  | { type: 'open_ids'; member: number }
  | { type: 'act_on_id'; act: IdAct }
  | { type: 'type_id'; typed: string }
  | { type: 'keep_id' }
  | { type: 'open_pairing' }
  | { type: 'pair'; code: string }
  | { type: 'forget_pairing' }
  | { type: 'try_printer'; printer: Printer }
  | { type: 'show_member'; member: number }
  | { type: 'show_earlier' }
  | { type: 'save_history'; member: number }
  | { type: 'type'; typed: Typed }
  | { type: 'check' }
  | { type: 'confirm' }
  | { type: 'print' }
  | { type: 'show_posting'; posting: StreetPosting }
  | { type: 'choose_void'; posting: StreetPosting }
  | { type: 'add_member' }
  | { type: 'list_members'; part: string; order: MemberOrder }
  | { type: 'open_settings' }
  | { type: 'open_shop' }
  | { type: 'change_contact'; contact: Contact }
  | { type: 'change_password'; before: string; password: string }
  | { type: 'take_keys'; path: string }
  | { type: 'save_settings'; settings: StreetSettings };

export type StreetEvent = { type: 'told'; notice: StreetNotice } | Answered | Failed | Done;

export type { Answered, Done, Failed };
