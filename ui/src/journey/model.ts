/**
 * Where the counter's window stands: what it knows of the terminal, and the task in hand.
 *
 * Plain values. How they change is `step.ts`; how they look is `screens/`.
 */
import type {
  AddressNotice,
  BridgeShown,
  CardDescriptionsTried,
  CardState,
  Clearing,
  ClearingSites,
  Counter,
  CustomerNumberRead,
  DayClose,
  DayCloseShown,
  Failure,
  FinishedPile,
  LastOperation,
  ListedOperation,
  MergesOfTheTerminal,
  MergeStreets,
  MergeStreetShown,
  Monitor,
  OperationKind,
  OperationsOfTheDay,
  Period,
  Pile,
  PinTries,
  Place,
  PrintedPaper,
  HandedOver,
  ReaderExamination,
  ReceiptPreview,
  RegistrationForm,
  Scan as TicketScan,
  ServiceIdFound,
  ServiceIdRegistered,
  Settings,
  SigningTries,
  StatementOfPeriod,
  TerminalProfile,
  Ticket,
  TicketPreview,
  TicketOrder,
  TicketsListed,
  TicketsOfTheDesk,
  TicketLookedUp,
  UsableAccount,
  Visit,
} from '../generated/types';
import type { Asked } from '../asked';
import type { Scan } from '../scanner/recogniser';

export type { Asked };

/** What was typed on the amount screen. */
export interface Amounts {
  visit: Visit;
  /** One entry per account of the visit, as typed. */
  typed: string[];
  /** The account whose entry the keys go to. */
  active: number;
  /** Where the points become a ticket: its last day, `2026-12-20`. `null` where they are used. */
  lastDay: string | null;
  /** How many tickets of so many points each; 1 where they are used. */
  count: number;
  /** Where the points become a street's own: which. `null` elsewhere. */
  street: MergeStreetShown | null;
}

/** An operation's receipt, on the screen and on paper. */
export interface Slip {
  preview: Asked<ReceiptPreview>;
  /** The last print of this sitting; `null` before the first. */
  printed: Asked<PrintedPaper> | null;
}

/** A use that can be voided, as its confirmation shows it. */
export type Voidable = Pick<ListedOperation, 'key' | 'number' | 'at_ms' | 'points' | 'currencies'>;

/** The last thing a scanner or a hand brought in: a scan of the pile, or why it is none. */
export type Heard =
  { is: 'taken'; key: string } | { is: 'again'; first: TicketScan } | { is: 'not_taken'; failure: Failure };

/** A pile that is finished. */
export interface Finished {
  /** Finished just now, or found again among the earlier ones. */
  since: 'now' | 'earlier';
  /** Something was taken back while it was on the screen: a list that was printed is not right any more. */
  isChanged: boolean;
}

/** The pile of used tickets in hand. */
export interface PileInHand {
  pile: Pile;
  heard: Heard | null;
}

/** The task in hand. Exactly one; each has its screen. */
export type Task =
  /** The program is being asked for everything; `failure` when it could not say. */
  | { at: 'opening'; failure: Failure | null }
  /** 画面 9. */
  | { at: 'register'; waiting: boolean; failure: Failure | null }
  /** 画面 10. */
  | { at: 'contact'; form: RegistrationForm; waiting: boolean; failure: Failure | null }
  /** The registration stands. */
  | { at: 'registered'; profile: TerminalProfile }
  | { at: 'barred'; failure: Failure; mayRegister: boolean }
  /** 画面 2: the terminal password before the points. */
  | { at: 'sign_in'; waiting: boolean; failure: Failure | null }
  /** 画面 22, where the terminal has service IDs. */
  | { at: 'service_menu' }
  /** 画面 28. */
  | { at: 'home' }
  /**
   * Waiting for the card, or reading it. A card that opened this screen by itself is being read already;
   * asking for the one that lies there would read it twice.
   */
  | { at: 'card'; asksFor: CardAwaited; purpose: CardPurpose }
  | ({ at: 'amount' } & Amounts)
  /** 画面 32: until when a ticket can be used. */
  | ({ at: 'last_day' } & Amounts)
  | ({ at: 'confirm'; sending: boolean } & Amounts)
  /** 画面 33. */
  | ({ at: 'confirm_issue'; paper: Asked<TicketPreview>; sending: boolean } & Amounts)
  /** 画面 37: into which street's points. */
  | { at: 'merge_street'; visit: Visit; streets: Asked<MergeStreets> }
  /** 画面 38. */
  | ({ at: 'confirm_merge'; sending: boolean } & Amounts)
  /** 画面 39: points were merged in this sitting. */
  | ({ at: 'merge_result'; operation: LastOperation; putting: boolean } & Slip)
  /** 合算とファイル; `putting`: the merge whose file is put again; `put`: one was. */
  | {
      at: 'merges';
      list: Asked<MergesOfTheTerminal>;
      putting: string | null;
      put: boolean;
      failure: Failure | null;
    }
  /** Above the limits: the PIN, by which the card signs. What is typed stays on the screen. */
  | ({ at: 'pin'; tries: Asked<PinTries>; wrong: Failure | null; sending: boolean } & Amounts)
  /** A use or a void of this sitting took place. */
  | ({ at: 'result'; operation: LastOperation } & Slip)
  /** An operation of this sitting was refused; `amounts` when correcting them may help. */
  | { at: 'refused'; kind: OperationKind; failure: Failure; amounts: Amounts | null; journalled: boolean }
  /** What became of the last operation: at start, or while it is being found out. */
  | ({ at: 'last_operation'; operation: LastOperation; since: 'start' | 'now'; asking: boolean } & Slip)
  | { at: 'voidable'; list: Asked<OperationsOfTheDay> }
  /** An operation of today once more, for its receipt. */
  | ({ at: 'receipt'; operation: ListedOperation } & Slip)
  | { at: 'confirm_void'; use: Voidable; sending: boolean }
  | { at: 'totals'; period: Period; statement: Asked<StatementOfPeriod> }
  /** 画面 34: a ticket was issued, reissued or voided in this sitting. */
  | { at: 'ticket_result'; operation: LastOperation; printed: Slip['printed'] }
  /** `sought`: what the cloud found of all, where the list is longer than it shows. */
  | { at: 'tickets'; which: TicketsListed; list: Asked<TicketsOfTheDesk>; sought: Sought | null }
  | { at: 'confirm_ticket'; act: TicketAct; ticket: Ticket; which: TicketsListed; sending: boolean }
  /** 日計: what a close would say now, and the closes there are. */
  | { at: 'day'; now: Asked<DayClose>; closes: Asked<DayCloseShown[]> }
  | { at: 'confirm_close'; now: DayClose; sending: boolean }
  /** One close, new or once more. */
  | { at: 'day_closed'; shown: DayCloseShown; isNew: boolean; printed: Slip['printed'] }
  /** ポイント券消込: whose stamp; `before` is the pile it is chosen for, once one is begun. */
  | {
      at: 'clearing_sites';
      sites: Asked<ClearingSites>;
      before: PileInHand | null;
      failure: Failure | null;
    }
  | ({ at: 'scanning' } & PileInHand)
  /** 画面 35: a typed number before it is cleared. */
  | ({ at: 'typed_ticket'; text: string; looked: Asked<TicketLookedUp> } & PileInHand)
  /** All scans of the pile. */
  /** `of`: the pile is finished, and this is where one came from; `failure`: why something was not done here. */
  | ({ at: 'scans'; of: Finished | null; failure: Failure | null } & PileInHand)
  | ({ at: 'take_back'; scan: TicketScan; from: 'scanning' | 'scans'; of: Finished | null } & PileInHand)
  | ({ at: 'pile_check'; finishing: boolean; failure: Failure | null } & PileInHand)
  | ({ at: 'pile_done'; printed: Slip['printed'] } & Finished & PileInHand)
  /** 画面 23: the number, typed or scanned. `correcting`: the number it takes the place of. */
  | ({
      at: 'service_id_number';
      text: string;
      correcting: string | null;
      checking: boolean;
      failure: Failure | null;
    } & LibraryCard)
  /** 画面 23 and 25: the card. */
  | ({ at: 'service_id_card' } & ServiceIdWanted)
  /** What the card leads to, before the number is registered; `failure`: why it was not. */
  | {
      at: 'confirm_service_id';
      number: string;
      correcting: string | null;
      found: ServiceIdFound;
      /** The resident wishes for address notices as well. */
      wishesNotice: boolean;
      sending: boolean;
      failure: Failure | null;
    }
  /** 画面 24; `isNew`: it was registered just now. */
  | {
      at: 'service_id_registered';
      registered: ServiceIdRegistered;
      isNew: boolean;
      /** The visit whose notice can be wished for or ended. */
      noticeOf: number;
      notice: AddressNotice;
    }
  /** The signing password, for address notices; `registered`: what is shown back afterwards, or without it. */
  | {
      at: 'address_notice';
      registered: { registered: ServiceIdRegistered; isNew: boolean; noticeOf: number; notice: AddressNotice };
      tries: Asked<SigningTries>;
      wrong: Failure | null;
      sending: boolean;
    }
  /** 画面 26. */
  | {
      at: 'service_id';
      found: ServiceIdFound;
      handed: Asked<HandedOver> | null;
      /** The end of an address notice is on its way; `null` = nobody asked for it. */
      noticeEnds: Asked<null> | null;
    }
  /** 終えた束: found again for their lists. */
  | { at: 'piles'; list: Asked<FinishedPile[]> }
  /** What became known of scans only after their pile was finished. */
  | { at: 'found_later'; scans: TicketScan[] };

/** The institution's own card, on the reader or scanned, in place of typing. */
export interface LibraryCard {
  /** It is being read, because the clerk wants it or because a card came by itself. */
  reading: 'by_clerk' | 'by_itself' | null;
  /** What happened meanwhile, to be read afterwards: a scan, or a card (`null`). */
  next: { scanned: string | null } | null;
  read: CustomerNumberRead | null;
}

/**
 * What the card of a service ID is put on for: to register a number, or to look one up. The card of a customer
 * whose number was shown may lie there still; the next one is awaited, not that one.
 */
export type ServiceIdWanted =
  | { act: 'register_service_id'; number: string; correcting: string | null }
  | { act: 'look_up_service_id'; asksFor: 'service_id_now' | 'next_service_id' };

/** How the card is awaited: for a merge it may be that of this terminal's street. */
export type CardAwaited = 'card_now' | 'next_card' | 'merge_card_now';

export const awaitedFor = (purpose: CardPurpose): CardAwaited =>
  purpose === 'merge_points' ? 'merge_card_now' : 'card_now';

/** What a card is put on for. */
export type CardPurpose = 'use_points' | 'issue_ticket' | 'merge_points';

/** What can be done with a ticket that was issued. */
export type TicketAct = 'reissue_ticket' | 'void_ticket';

/** 読取装置を調べる: opened by the clerk, or by itself in place of the screen that waits for a card. */
export interface ReaderDoctor {
  at: 'reader_doctor';
  by: 'clerk' | 'itself';
  examination: ReaderExamination | null;
  /** An examination is under way. */
  asking: boolean;
  /** The clerk wants to know how many tries the PIN has left. */
  pinTries: boolean;
  /** Something was wrong while it was open: once nothing is any more, it closes by itself. */
  troubled: boolean;
}

/** A screen laid over the task, which stays as it is underneath. */
export type Aside =
  | { at: 'help' }
  | ReaderDoctor
  /** スキャナーをためす: the last scan. */
  | { at: 'scanner_test'; scan: Scan | null; count: number }
  | { at: 'display'; failure: Failure | null }
  /** 訓練を始めますか. */
  | { at: 'training'; starting: boolean; failure: Failure | null }
  | {
      at: 'card_descriptions';
      tried: Asked<CardDescriptionsTried>;
      asking: boolean;
      /** A card came or went while the last one was tried. */
      again: boolean;
      /** Why the folder could not be opened. */
      failure: Failure | null;
    }
  /** ほかのプログラム. */
  | {
      at: 'programs';
      bridge: Asked<BridgeShown>;
      asking: boolean;
      /** What came of the code that was shown last. */
      came: { of: 'paired'; name: string } | { of: 'lapsed' } | null;
      /** The settings before a switch that is not kept yet. */
      before: Settings | null;
      failure: Failure | null;
    }
  | {
      at: 'settings';
      printers: Asked<string[]>;
      /** The last test print; `null` before the first. */
      tried: Asked<null> | null;
      /** The same of the ticket that tries the tickets' printer. */
      triedTicket: Asked<null> | null;
      /** The same of the way a number is handed over. */
      triedHandOver: Asked<HandedOver> | null;
      monitors: Asked<Monitor[]>;
      saving: boolean;
      saved: boolean;
      failure: Failure | null;
    };

/** Tickets that come first in this order, of those that hold these digits or of all. */
export interface Sought {
  digits: string | null;
  order: TicketOrder;
  found: Asked<TicketsOfTheDesk>;
}

/** The task at one of its places, as its screen gets it. */
export type TaskAt<At extends Task['at']> = Extract<Task, { at: At }>;
export type AsideAt<At extends Aside['at']> = Extract<Aside, { at: At }>;

export interface Model extends Pick<Counter, 'settings' | 'devices' | 'version' | 'sign_in'> {
  place: Place;
  card: CardState;
  last: LastOperation | null;
  /** Today in Japan by this PC's clock, until the cloud has said its own; for the first period of 集計. */
  today_here: string;
  /** Today's operations, for the home screen's total. */
  today: Asked<OperationsOfTheDay>;
  /** The desk's tickets, for the home screen's counts. */
  tickets: Record<TicketsListed, Asked<TicketsOfTheDesk>>;
  /** Where clearing stands, for the home screen. */
  clearing: Asked<Clearing>;
  /** Where there are service IDs: the clerk has gone on to the points, until going back. */
  inPoints: boolean;
  /** The highest revision of a scan that was heard of, for answers that such news overtook. */
  scanRevision: number;
  /** Something was scanned where no ticket is taken; said until the clerk does anything else. */
  untaken: boolean;
  task: Task;
  aside: Aside | null;
}

/** Before the program has answered. */
export function beforeOpening(todayHere: string, language: Settings['language']): Model {
  return {
    place: { state: 'unregistered' },
    settings: {
      cloud_address: '',
      cloud_authority: null,
      printer: { to: 'folder', path: '' },
      ticket_printer: { on: 'sheets', sheet: 'a6', printer: { to: 'folder', path: '' } },
      hand_over: { by: 'shown' },
      street_folders: [],
      bridge: false,
      start_with_pc: false,
      language,
      text_size: 100,
      theme: 'light',
      sound_volume: 2,
      resident_window: { shown: 'off' },
      lock_after_minutes: 0,
    },
    devices: {
      reader: { state: 'looking' },
      printer: { state: 'looking' },
      network: { state: 'looking' },
      resident_screen: null,
      clock_off_s: null,
    },
    version: '',
    sign_in: { state: 'not_needed', terminal: '', staff_name: 'no', signed_in_as: null, names: [] },
    card: { state: 'absent' },
    last: null,
    today_here: todayHere,
    today: { is: 'coming' },
    tickets: { issued_today: { is: 'coming' }, lapsing_soon: { is: 'coming' }, open: { is: 'coming' } },
    clearing: { is: 'coming' },
    inPoints: false,
    scanRevision: 0,
    untaken: false,
    task: { at: 'opening', failure: null },
    aside: null,
  };
}

export const profileOf = (model: Model): TerminalProfile | null =>
  model.place.state === 'registered' ? model.place.profile : null;

type TerminalFunction = TerminalProfile['functions'][number];

/** For its own site, or for others: a 消込場所. */
const CLEARS: TerminalFunction[] = ['clear_tickets', 'clear_tickets_for_others'];

/** The tasks of the menu that are built, in its order, each with the functions of which one opens it. */
const MENU = [
  { item: 'use_points', opens: ['use_points'] },
  { item: 'void_use', opens: ['use_points'] },
  { item: 'merge_points', opens: ['merge_points'] },
  { item: 'issue_ticket', opens: ['issue_tickets'] },
  { item: 'tickets', opens: ['issue_tickets'] },
  { item: 'own_totals', opens: ['own_totals'] },
  { item: 'close_day', opens: ['use_points', 'issue_tickets'] },
  { item: 'clear_tickets', opens: CLEARS },
] as const satisfies { item: string; opens: TerminalFunction[] }[];

/** 画面 22, in its rows: the last one leads to the menu of the points (画面 28), behind the password. */
export const SERVICE_MENU = ['look_up_service_id', 'register_service_id', 'points'] as const;

export type PointsItem = (typeof MENU)[number]['item'];
export type MenuItem = PointsItem | (typeof SERVICE_MENU)[number];

/** The menu of the points at this terminal. Where no points are used the used tickets come first: it is a 消込場所. */
export function menuOf({ functions }: TerminalProfile): PointsItem[] {
  const menu = MENU.filter(({ opens }) => opens.some((one) => functions.includes(one))).map(({ item }) => item);
  if (functions.includes('use_points') || !menu.includes('clear_tickets')) return menu;
  return ['clear_tickets', ...menu.filter((item) => item !== 'clear_tickets')];
}

/** The number of a task in the menu, which is also its key. */
export function numberOf(model: Model, item: MenuItem): number | undefined {
  const profile = profileOf(model);
  const menus: readonly MenuItem[][] = profile ? [[...SERVICE_MENU], menuOf(profile)] : [];
  const place = Math.max(-1, ...menus.map((menu) => menu.indexOf(item)));
  return place < 0 ? undefined : place + 1;
}

const may = (model: Model, one: TerminalFunction): boolean => profileOf(model)?.functions.includes(one) ?? false;

export const mayUsePoints = (model: Model): boolean => may(model, 'use_points');
export const mayMergePoints = (model: Model): boolean => may(model, 'merge_points');
export const mayIssueTickets = (model: Model): boolean => may(model, 'issue_tickets');

/** What a card is for that is put on while nothing else is in hand. */
export function cardPurposeOf(model: Model): CardPurpose | null {
  if (mayUsePoints(model)) return 'use_points';
  return mayIssueTickets(model) ? 'issue_ticket' : null;
}
/** Whether this terminal may do what a card is put on for. */
export const mayDo = (model: Model, purpose: CardPurpose): boolean =>
  ({ use_points: mayUsePoints, issue_ticket: mayIssueTickets, merge_points: mayMergePoints })[purpose](model);

/** Whether a card of the terminal's own street may be shown in place of the resident's. */
export const takesStreetCards = (model: Model): boolean =>
  mayMergePoints(model) && profileOf(model)?.id_provider != null;
export const mayHaveServiceIds = (model: Model): boolean => may(model, 'service_ids');
/**
 * 画面 26: a card that is put on begins the next look-up, without a press here: the clerk is at work in another
 * program. Not before the number was handed over, or was found not to go, nor while an address is to be checked.
 */
export const awaitsNextCustomer = ({ task, aside }: Model): boolean =>
  task.at === 'service_id' &&
  aside === null &&
  task.handed?.is !== 'coming' &&
  task.found.address_notice !== 'check_address';

type FailedCard = Extract<CardState, { state: 'failed' }>;

/** The five minutes of a visit are over: said at once, not only when the button is pressed. */
export const isExpired = (card: CardState): card is FailedCard =>
  card.state === 'failed' && card.failure.code === 'visit_expired';

export const mayClearTickets = (model: Model): boolean => CLEARS.some((one) => may(model, one));
export const mayClearForOthers = (model: Model): boolean => may(model, 'clear_tickets_for_others');

export const sameCurrency = (a: UsableAccount['currency'], b: UsableAccount['currency']): boolean =>
  a.book === b.book && a.number === b.number;
