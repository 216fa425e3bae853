/** Where the window of a street's own software stands. */
import type {
  Contact,
  DropFolderShown,
  Failure,
  MemberHistory,
  MemberOrder,
  MembersListed,
  MergesReceived,
  PrintedPaper,
  PurchaseWorth,
  ReceiptPreview,
  StreetCounter,
  StreetDay,
  StreetMember,
  StreetPosting,
} from '../../generated/types';

/** Something asked for. */
export type Coming<T> = { is: 'coming' } | { is: 'here'; value: T } | { is: 'failed'; failure: Failure };

/** What a member is looked for. */
export type Purpose = 'use' | 'purchase' | 'ticket' | 'charge' | 'member';
export type Act = Exclude<Purpose, 'member'>;

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
  | { at: 'receiving'; folder: Coming<DropFolderShown>; received: Coming<MergesReceived> | null }
  | ({ at: 'seek'; purpose: Purpose; id: string; unknown: boolean } & Waiting)
  | { at: 'member'; shown: Coming<MemberHistory>; saved: Coming<string> | null; back: 'menu' | 'members' }
  | ({ at: 'amount'; act: Act; member: StreetMember; typed: Typed } & Waiting)
  | ({ at: 'confirm'; act: Act; member: StreetMember; typed: Typed; worth: PurchaseWorth | null } & Waiting)
  | {
      at: 'done';
      posting: StreetPosting;
      /** A charge of which the card has not said what became, or that did not take place. */
      fate: 'on_the_card' | 'undone' | 'unclear' | null;
      preview: Coming<ReceiptPreview>;
      printed: Coming<PrintedPaper> | null;
      /** Whether it is looked at again, from the day's list. */
      again: boolean;
    }
  | { at: 'today'; day: Coming<StreetDay> }
  | ({ at: 'confirm_void'; posting: StreetPosting } & Waiting)
  | { at: 'members'; part: string; order: MemberOrder; list: Coming<MembersListed> }
  | ({ at: 'settings'; saved: boolean } & Waiting)
  | ({ at: 'shop'; contact: Coming<Contact>; saved: 'contact' | 'password' | 'keys' | null } & Waiting);

export type TaskAt<K extends Task['at']> = Extract<Task, { at: K }>;

export interface Model {
  /** As the program told it last. */
  counter: StreetCounter | null;
  task: Task;
  /** What the watched folder brought, until somebody looks. */
  came: MergesReceived | null;
}

export const BEFORE_OPENING: Model = { counter: null, task: { at: 'opening', failure: null }, came: null };

export const NOTHING_TYPED: Typed = { amount: '', ticket: '' };
