/** Where the window of a street's own software stands. */
import type {
  CardAwaited,
  Contact,
  DropFolderShown,
  Failure,
  MemberHistory,
  MemberId,
  MemberOrder,
  MembersListed,
  MergeFound,
  MergesReceived,
  PrintedPaper,
  PurchaseWorth,
  ReceiptPreview,
  StreetCounter,
  StreetDay,
  StreetMember,
  StreetPosting,
} from '../../generated/types';
import type { Asked } from '../../asked';

/** What a member is looked for. */
export type Purpose = 'use' | 'purchase' | 'ticket' | 'charge' | 'member';
export type Act = Exclude<Purpose, 'member'>;

/** For whom a card is read: for an act, or to become one more ID of a member. */
export type CardFor = { purpose: Purpose } | { addTo: number };

/** What is being done to a member's IDs. */
export type IdAct =
  { is: 'add'; kind: 'card' | 'point_id' } | { is: 'correct'; id: MemberId } | { is: 'remove'; id: MemberId };

/** The rows of the menu, in its order. */
export const MENU = ['use', 'receive', 'ticket', 'purchase', 'members', 'charge', 'today'] as const;
export type MenuItem = (typeof MENU)[number];

/** The forms of the registration, in their order. */
export const FORMS = ['terminal', 'street', 'contact', 'check'] as const;
export type Form = (typeof FORMS)[number];

/** What was typed for an act. */
export interface Typed {
  amount: string;
  ticket: string;
}

interface Waiting {
  waiting: boolean;
  failure: Failure | null;
}

export type Task =
  | { at: 'opening'; failure: Failure | null }
  | { at: 'barred'; failure: Failure }
  | ({ at: 'register'; form: Form } & Waiting)
  | ({ at: 'sign_in' } & Waiting)
  | { at: 'menu' }
  | { at: 'receiving'; folder: Asked<DropFolderShown>; received: Asked<MergesReceived> | null }
  | ({
      at: 'merge';
      /** 取引済番号 as typed, or as it was found. */
      number: string;
      found: MergeFound | null;
      /** Whether the last look before declining is had. */
      asks: boolean;
      saved: 'declined' | 'answered' | null;
    } & Waiting)
  | ({ at: 'seek'; purpose: Purpose; id: string; unknown: boolean } & Waiting)
  | ({
      at: 'card';
      cardFor: CardFor;
      /** The question that is being waited for; no answer to another one counts. */
      reading: CardAwaited | null;
      /** What the card said, which nobody in the books has. */
      nobodys: MemberId | null;
    } & Waiting)
  | ({
      at: 'ids';
      member: number;
      shown: Asked<MemberHistory>;
      act: IdAct | null;
      typed: string;
      saved: 'added' | 'corrected' | 'removed' | null;
    } & Waiting)
  | { at: 'member'; shown: Asked<MemberHistory>; saved: Asked<string> | null; back: 'menu' | 'members' }
  | ({ at: 'amount'; act: Act; member: StreetMember; typed: Typed } & Waiting)
  | ({ at: 'confirm'; act: Act; member: StreetMember; typed: Typed; worth: PurchaseWorth | null } & Waiting)
  | {
      at: 'done';
      posting: StreetPosting;
      /** A charge of which the card has not said what became, or that did not take place. */
      fate: 'on_the_card' | 'undone' | 'unclear' | null;
      preview: Asked<ReceiptPreview>;
      printed: Asked<PrintedPaper> | null;
      /** Whether it is looked at again, from the day's list. */
      again: boolean;
    }
  | { at: 'today'; day: Asked<StreetDay> }
  | ({ at: 'confirm_void'; posting: StreetPosting } & Waiting)
  | { at: 'members'; part: string; order: MemberOrder; list: Asked<MembersListed> }
  | ({ at: 'settings'; saved: boolean; printers: Asked<string[]>; tried: Asked<null> | null } & Waiting)
  | ({ at: 'pairing'; saved: 'paired' | 'forgotten' | null } & Waiting)
  | ({ at: 'shop'; contact: Asked<Contact>; saved: 'contact' | 'password' | 'keys' | 'keysBeside' | null } & Waiting);

export type TaskAt<K extends Task['at']> = Extract<Task, { at: K }>;

export interface Model {
  /** As the program told it last. */
  counter: StreetCounter | null;
  task: Task;
  /** What the watched folder brought, until somebody looks. */
  came: MergesReceived | null;
}

export const BEFORE_OPENING: Model = { counter: null, task: { at: 'opening', failure: null }, came: null };

/** How long a card is waited for, in seconds. */
export const CARD_WAIT_S = 60;

export const NOTHING_TYPED: Typed = { amount: '', ticket: '' };
