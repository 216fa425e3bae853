/**
 * A small counter in the browser: enough of the program for every screen to be worked on and tested
 * without it. Not in the shipped build.
 *
 * A test (or a person, from the console) moves its world through `window.double`.
 */
import type {
  CardExpectation,
  CardState,
  DeviceState,
  Failure,
  IssueTicketArguments,
  LastOperation,
  ListedOperation,
  MergePointsArguments,
  Notice,
  OperationKind,
  OperationState,
  Place,
  Settings,
  SignIn,
  TerminalProfile,
  Ticket,
  TypedPin,
  UsableAccount,
  UsePointsArguments,
} from '../../generated/types';
import { pointsOf } from '../../journey/amounts';
import { sameCurrency } from '../../journey/model';
import type { AnswerOf, ArgumentsOf, Backend, CommandName } from '../backend';
import { descriptionsTried } from './cardDescriptions';
import { Day } from './day';
import { UsedTickets } from './clearing';
import { doneOr, failureOf, wrongPin } from './failures';
import { listed } from './listed';
import { Merges } from './merges';
import { Programs } from './programs';
import { examinationOf, failureOfCard } from './reader';
import { paperOf, receiptOf } from './receipt';
import { MONITORS, residentScreenOf } from './residentMonitor';
import {
  ACCOUNTS,
  atProvider,
  NOW_MS,
  OPERATIONS,
  operationsOfToday,
  PLACES,
  registrationForm,
  SHOP,
  TODAY,
} from './samples';
import { type Scenario, scenarioFrom } from './scenario';
import { ServiceIds } from './serviceIds';
import { STATEMENT } from './statement';
import { inSeries, previewOf, TICKET_AT_START, Tickets } from './tickets';
import { visitBy } from './visits';

/** The PIN of every card. */
const PIN = '1234';
/** The terminal password. */
const PASSWORD = 'k7mw3pxrd';

type Handlers = { [K in CommandName]: (args: ArgumentsOf<K>) => AnswerOf<K> | Promise<AnswerOf<K>> };

const never = <T>(): Promise<T> => new Promise(() => undefined);

export const doubleFromQuery = (query: URLSearchParams): Double =>
  Object.assign(window, { double: new Double(scenarioFrom(query)) }).double;

export class Double implements Backend {
  /** Commands as they came, for tests. */
  readonly heard: { command: CommandName; args: unknown }[] = [];
  /** What the program does with a use from now on; a test may change its mind. */
  readonly scenario: Scenario;
  #listener: (notice: Notice) => void = () => undefined;
  #settings: Settings;
  #profile: TerminalProfile;
  #registered: boolean;
  #accounts: UsableAccount[];
  #operations: ListedOperation[];
  #last: LastOperation | null;
  #tickets: Tickets;
  #serviceIds: ServiceIds;
  #day: Day;
  readonly #merges: Merges;
  #expectation: CardExpectation = 'none';
  #card: 'none' | 'sample' | string = 'none';
  #visit = 0;
  #printed = new Map<string, number>();
  #done = new Map<string, LastOperation>();
  /** A number is on the screen. */
  #serviceIdShown = false;
  #count = 14;
  #names = ['鈴木', '佐藤 花子'];
  /** Other programs and used tickets; a test says a code, settles what waits. */
  readonly programs = new Programs();
  readonly used: UsedTickets;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.#settings = scenario.settings;
    this.programs.begin(scenario);
    this.#profile = atProvider(PLACES[scenario.place] ?? SHOP, scenario);
    this.#registered = scenario.place in PLACES;
    const own = { site: this.#profile.site, name: this.#profile.site_name };
    this.used = new UsedTickets(scenario, own, (content) => this.tell({ notice: 'scan', content }));
    this.#serviceIds = new ServiceIds(scenario, this.#profile.id_provider?.name ?? '');
    const accounts = structuredClone(ACCOUNTS);
    this.#accounts = scenario.accounts === 0 ? accounts.slice(2) : accounts.slice(0, scenario.accounts);
    this.#operations = scenario.today === 'some' ? structuredClone(OPERATIONS) : [];
    this.#tickets = new Tickets(scenario.today === 'some', scenario.mostListed);
    this.#merges = new Merges(scenario);
    this.#day = new Day(scenario.today === 'some');
    this.#last = scenario.last === 'none' ? null : this.#lastAtStart();
  }

  async call<K extends CommandName>(command: K, args: ArgumentsOf<K>): Promise<AnswerOf<K>> {
    this.heard.push({ command, args });
    if (this.scenario.delayMs > 0) await new Promise((answer) => setTimeout(answer, this.scenario.delayMs));
    return structuredClone(await this.#handlers[command](args));
  }

  async hear(listener: (notice: Notice) => void): Promise<void> {
    this.#listener = listener;
  }

  /** A card is put on: `sample`, the code of what goes wrong with it, or what kind of card it is. */
  putCard(card: 'sample' | string = 'sample'): void {
    this.#card = card;
    this.tell({ notice: 'card_lies', content: true });
    if (this.#expectation === 'none') this.#tellCard({ state: 'lying' });
    else this.#readCard();
  }

  /** What lies there turns out to be something else, without a word. */
  becomes(card: string): void {
    this.#card = card;
  }

  /** The card is lifted, too early where that fails by a code. */
  takeCard(code?: string): void {
    this.#card = 'none';
    this.tell({ notice: 'card_lies', content: false });
    this.#tellCard(code ? { state: 'failed', failure: failureOf(code) } : { state: 'absent' });
  }

  /** The five minutes of the visit on the screen are over. */
  expireVisit(): void {
    this.#serviceIdShown = false;
    this.#tellCard({ state: 'failed', failure: failureOf('visit_expired') });
  }

  /** The card stays in reading, for a look at it. */
  holdReading(): void {
    this.#card = 'sample';
    this.#tellCard({ state: 'reading' });
  }

  setDevice(device: 'reader' | 'printer' | 'network', state: string): void {
    this.scenario[device] = state;
    this.tell({ notice: 'devices', content: this.#devices() });
  }

  /** The day is over, somebody locks, somebody signs in. */
  setSignIn(state: SignIn['state']): void {
    this.scenario.signIn = state;
    this.tell({ notice: 'sign_in', content: this.#signIn() });
  }

  /** What became of an open operation is found out. */
  settle(fate: string): void {
    if (!this.#last) return;
    this.#last = { ...this.#last, state: this.#fate(fate, this.#last.kind) };
    this.tell({ notice: 'last_operation', content: this.#last });
  }

  tell(notice: Notice): void {
    this.#listener(structuredClone(notice));
  }

  readonly #handlers: Handlers = {
    open_counter: () => {
      if (this.scenario.open !== 'done') throw failureOf(this.scenario.open);
      return {
        place: this.#place(),
        sign_in: this.#signIn(),
        settings: this.#settings,
        devices: this.#devices(),
        card: { state: this.#card === 'none' ? 'absent' : 'lying' },
        last_operation: this.#last,
        version: '0.1.0',
      };
    },
    begin_registration: () => {
      if (this.scenario.signUp !== 'done') throw failureOf(this.scenario.signUp);
      return registrationForm(this.scenario.place);
    },
    register_terminal: () => {
      this.#registered = true;
      this.setSignIn(this.scenario.signIn);
      return this.#profile;
    },
    sign_in: ({ password, staff_name }) => {
      const { signUp } = this.scenario;
      if (signUp !== 'done') throw failureOf(signUp);
      if (password.normalize('NFKC') !== PASSWORD) throw failureOf('wrong_terminal_password');
      if (staff_name.trim() !== '') this.#names = [...new Set([staff_name.trim(), ...this.#names])];
      this.setSignIn('signed_in');
      return null;
    },
    lock: () => {
      this.setSignIn('locked');
      return null;
    },
    expect_card: (expectation) => {
      this.#expectation = expectation;
      const isForNext = expectation === 'next_card' || expectation === 'next_service_id';
      if (expectation === 'next_service_id') this.#tellRest();
      if (expectation !== 'none' && !isForNext && this.#card !== 'none') this.#readCard();
      return null;
    },
    examine_reader: ({ pin_tries }) =>
      examinationOf(this.scenario.reader, this.#card, pin_tries, this.programs.portIsTaken()),
    leave_visit: () => {
      this.#serviceIdShown = false;
      return null;
    },
    use_points: (args) => this.#use(args),
    begin_pin: () => {
      if (this.#card === 'none') throw failureOf('card_absent');
      if (this.#card !== 'sample' && this.#card !== 'phone') throw failureOf(this.#card);
      if (this.scenario.tries === 0) throw failureOf('pin_locked');
      return { left: this.scenario.tries };
    },
    use_points_with_pin: ({ pin, ...use }) => this.#withPin(pin, () => this.#use(use)),
    read_with_pin: (pin) => {
      this.#tellCard({ state: 'reading' });
      const failure = this.#verify(pin);
      if (!failure) this.#tellVisit();
      else if (this.scenario.tries === 0) this.#tellCard({ state: 'failed', failure });
      else this.#tellCard({ state: 'wants_pin', tries_left: this.scenario.tries, failure });
      return null;
    },
    void_use: ({ key }) => this.#void(key),
    resolve_last_operation: () => this.#last ?? Promise.reject(failureOf('unknown_operation')),
    acknowledge_last_operation: () => {
      if (this.#last) this.#last = { ...this.#last, acknowledged: true };
      return null;
    },
    list_operations: () => {
      if (this.scenario.today === 'failed') throw failureOf('cloud_unreachable');
      return operationsOfToday(this.#operations);
    },
    site_statement: ({ from, to }) => {
      if (this.scenario.today === 'failed') throw failureOf('cloud_unreachable');
      if (this.scenario.today === 'none' || to < TODAY || from > TODAY) return { totals: [], lines: [] };
      return STATEMENT;
    },
    preview_receipt: ({ key }) => receiptOf(this.#operation(key), this.#printed.get(key) ?? 0),
    issue_ticket: (args) => this.#issue(args),
    issue_ticket_with_pin: ({ pin, ...issue }) => this.#withPin(pin, () => this.#issue(issue)),
    reissue_ticket: ({ ticket }) => {
      if (this.scenario.reissue === 'never') return never();
      const made = this.#tickets.reissued(ticket);
      if (made === null) throw failureOf('unknown_operation');
      const state = this.#fate(this.scenario.reissue, 'reissue_ticket', [], made);
      return this.#journalled('reissue_ticket', made.points, state, []);
    },
    void_ticket: ({ ticket }) => {
      if (this.scenario.void === 'never') return never();
      const points = this.#tickets.voided(ticket)?.points ?? 0;
      const moved = this.#accounts.slice(0, 1).map((account) => ({ account, points }));
      return this.#journalled('void_ticket', points, this.#fate(this.scenario.void, 'void_ticket', moved), moved);
    },
    list_tickets: (which) => {
      if (this.scenario.today === 'failed') throw failureOf('cloud_unreachable');
      return this.#tickets.list(which);
    },
    find_tickets: ({ which, digits, order }) => this.#tickets.list(which, digits, order),
    print_ticket: () => {
      if (this.scenario.print !== 'done') {
        return { outcome: 'not_printed', failure: failureOf(this.scenario.print) };
      }
      return { outcome: 'printed', paper: paperOf(this.#settings.printer, 'ticket-20261120-0015', 1) };
    },
    preview_ticket: (args) => {
      const account = this.#accountOf(args.part.currency);
      return previewOf(args, account, pointsOf(args.part.typed));
    },
    scan_street_card: () => {
      if (this.#expectation === 'merge_card_now') this.#tellStreetCard();
      return null;
    },
    list_merge_streets: () => this.#merges.streets(),
    merge_points: (args) => this.#merge(args),
    merge_points_with_pin: ({ pin, ...merge }) => this.#withPin(pin, () => this.#merge(merge)),
    list_merges: () => this.#merges.list(),
    put_merge_file: ({ key }) => this.#merges.put(key),
    preview_day: () => {
      if (this.scenario.today === 'failed') throw failureOf('cloud_unreachable');
      return this.#day.preview();
    },
    list_day_closes: () => this.#day.closes(),
    close_day: () => {
      const state = this.#fate(this.scenario.close, 'close_day');
      if (state.state === 'done') state.day_close = this.#day.closed();
      return this.#journalled('close_day', 0, state, []);
    },
    print_day_close: ({ number }) => {
      if (this.scenario.print !== 'done') throw failureOf(this.scenario.print);
      return paperOf(this.#settings.printer, `day-close-${number}`, this.#day.printed(number));
    },
    print_pile: ({ pile, site }) => {
      if (this.scenario.print !== 'done') throw failureOf(this.scenario.print);
      return paperOf(this.#settings.printer, `cleared-${pile}-${site}`, this.used.printed(site));
    },
    print_receipt: ({ key }) => {
      if (this.scenario.print !== 'done') throw failureOf(this.scenario.print);
      const printed = (this.#printed.get(key) ?? 0) + 1;
      this.#printed.set(key, printed);
      return paperOf(this.#settings.printer, '20261120-0015', printed);
    },
    look_at_clearing: () => this.used.look(),
    list_clearing_sites: () => this.used.sites(),
    open_pile: ({ site }) => this.used.open(site),
    scan_ticket: ({ text }) => this.used.scan(text),
    look_up_ticket: ({ text }) => this.used.lookUp(text),
    take_back_scan: ({ key }) => this.used.takeBack(key),
    drop_scan: ({ key }) => this.used.drop(key),
    finish_pile: () => this.used.finish(),
    list_piles: () => this.used.piles(),
    show_pile: ({ pile }) => this.used.past(pile),
    acknowledge_found_later: ({ keys }) => this.used.acknowledge(keys),
    read_customer_number: ({ scanned }) => this.#serviceIds.read(this.#card, scanned),
    check_customer_number: ({ number }) => ({ number: this.#serviceIds.check(number) }),
    register_service_id: (args) => (this.scenario.register === 'never' ? never() : this.#serviceIds.register(args)),
    begin_address_notice: () => this.#serviceIds.signingTries(this.#card),
    ask_address_notice: ({ password }) => this.#serviceIds.wishes(password),
    stop_address_notice: () => this.#serviceIds.ends(),
    hand_over_service_id: () =>
      this.scenario.handed === 'never' ? never() : this.#serviceIds.handOver(this.#settings.hand_over),
    try_hand_over: (way) => this.#serviceIds.handOver(way),
    start_training: () => doneOr(this.scenario.startTraining),
    end_training: () => null,
    start_street: () => null,
    save_settings: (settings) => {
      if (this.scenario.save !== 'done') throw failureOf(this.scenario.save);
      this.#settings = settings;
      this.programs.follow(settings.bridge);
      return settings;
    },
    list_printers: () => ['counter', 'office'],
    print_test_paper: () => doneOr(this.scenario.print),
    print_test_ticket: () => doneOr(this.scenario.print),
    try_card_descriptions: ({ scanned }) => descriptionsTried(this.scenario.descriptions, this.#card, scanned),
    open_card_descriptions: () => null,
    list_monitors: () => MONITORS,
    ...this.programs.commands,
    show_resident: () => null,
    visit_painted: () => null,
  };

  #signIn(): SignIn {
    const state = this.#registered ? this.scenario.signIn : 'not_needed';
    const { staffName } = this.scenario;
    const signed_in_as = state === 'signed_in' && staffName !== 'no' ? (this.#names[0] ?? null) : null;
    return { state, terminal: '1413 0001', staff_name: staffName, signed_in_as, names: this.#names };
  }

  #place(): Place {
    if (this.#registered) return { state: 'registered', profile: this.#profile };
    if (this.scenario.place === 'unregistered' || this.scenario.place === 'providers') return { state: 'unregistered' };
    const failure = failureOf(this.scenario.place);
    return { state: 'barred', failure, may_register: failure.number.startsWith('T-10') };
  }

  #devices() {
    const state = (name: string, device: string): DeviceState => {
      if (device === 'ready' || device === 'two') return { state: 'ready', name };
      if (device === 'looking') return { state: 'looking' };
      return { state: 'missing', failure: failureOf(device === 'without_driver' ? 'reader_absent' : device) };
    };
    return {
      reader: state('読取装置 1（USB）', this.scenario.reader),
      printer: state('PDF', this.scenario.printer),
      network: state('', this.scenario.network),
      resident_screen: residentScreenOf(this.#settings.resident_window),
      clock_off_s: this.scenario.clockOffS,
    };
  }

  /** What lies there, where no number is shown that stays until the next card. */
  #tellRest(): void {
    if (!this.#serviceIdShown) this.#tellCard({ state: this.#card === 'none' ? 'absent' : 'lying' });
  }

  #tellCard(content: CardState): void {
    this.tell({ notice: 'card', content });
  }

  #readCard(): void {
    if (this.#card === 'felica' && this.#expectation === 'service_id_now') {
      this.#tellCard({ state: 'library_card_lies' });
      return;
    }
    this.#serviceIdShown = false;
    this.#tellCard({ state: 'reading' });
    if (this.#card === 'felica' && this.#expectation === 'merge_card_now') {
      this.#tellStreetCard();
      return;
    }
    if (this.#card === 'phone') {
      const { tries } = this.scenario;
      this.#tellCard(
        tries === 0
          ? { state: 'failed', failure: failureOf('pin_locked') }
          : { state: 'wants_pin', tries_left: tries, failure: null },
      );
      return;
    }
    if (this.#card !== 'sample') {
      this.#tellCard({ state: 'failed', failure: failureOf(failureOfCard(this.#card)) });
      return;
    }
    this.#tellVisit();
  }

  /** `null` where the PIN is right; a failure costs a try. */
  #verify({ digits, last_try_agreed }: TypedPin): Failure | null {
    if (this.scenario.tries === 1 && !last_try_agreed) return failureOf('last_pin_try');
    if (digits === PIN) {
      this.scenario.tries = 3;
      return null;
    }
    this.scenario.tries -= 1;
    return this.scenario.tries === 0 ? failureOf('pin_locked') : wrongPin(this.scenario.tries);
  }

  #withPin<T>(pin: TypedPin, act: () => T): T {
    const wrong = this.#verify(pin);
    if (wrong) throw wrong;
    return act();
  }

  #tellStreetCard(): void {
    const street = this.#merges.byCard();
    if ('code' in street) {
      this.#tellCard({ state: 'failed', failure: street });
      return;
    }
    this.#visit += 1;
    this.#tellCard({ state: 'read', visit: visitBy(this.scenario, this.#visit, this.#accounts, street) });
  }

  #tellVisit(): void {
    this.#visit += 1;
    if (this.#expectation === 'service_id_now' || this.#expectation === 'next_service_id') {
      this.#serviceIdShown = true;
      this.#tellCard({ state: 'service_id_read', found: this.#serviceIds.found(this.#visit) });
      return;
    }
    this.#tellCard({ state: 'read', visit: visitBy(this.scenario, this.#visit, this.#accounts, null) });
  }

  #fate(
    fate: string,
    kind: OperationKind,
    moved: { account: UsableAccount; points: number }[] = [],
    made: Ticket | null = null,
  ): OperationState {
    if (fate === 'checking' || fate === 'not_done') return { state: fate };
    if (fate !== 'done' && fate !== 'void') return { state: 'refused', failure: failureOf(fate) };
    const sign = kind === 'void' || kind === 'void_ticket' ? -1 : 1;
    const [sample] = ACCOUNTS;
    const standsStill = kind === 'close_day' || kind === 'reissue_ticket';
    const parts = moved.length > 0 || standsStill || !sample ? moved : [{ account: sample, points: 1500 }];
    return {
      state: 'done',
      number: `20261120-${String(this.#count + 1).padStart(4, '0')}`,
      voided_number: kind === 'void' ? '20261120-0014' : null,
      ticket: made && { ticket: made, handed_to_printer: false },
      day_close: kind === 'close_day' ? this.#day.preview() : null,
      merge: null,
      accounts: parts.map(({ account, points }) => ({
        currency: account.name,
        points,
        before: account.balance,
        after: account.balance - sign * points,
        next_lapse: account.by_last_day[0] ?? null,
      })),
    };
  }

  #lastAtStart(): LastOperation {
    const kind = this.scenario.last === 'void' ? 'void' : this.scenario.lastKind;
    const made = kind === 'issue_ticket' || kind === 'reissue_ticket' ? TICKET_AT_START : null;
    const last: LastOperation = {
      key: 'k-last',
      kind,
      points: kind === 'close_day' ? 0 : (made?.points ?? 1500),
      at_ms: NOW_MS,
      acknowledged: false,
      state: this.#fate(this.scenario.last, kind, [], made),
      series: null,
    };
    this.#done.set(last.key, last);
    return last;
  }

  #operation(key: string): LastOperation {
    const operation = this.#done.get(key) ?? this.#listed(key) ?? this.#last;
    if (!operation) throw failureOf('unknown_operation');
    return operation;
  }

  /** An operation of the day's list, as it was when it took place. */
  #listed(key: string): LastOperation | null {
    const listed = this.#operations.find((operation) => operation.key === key);
    if (!listed) return null;
    const [account] = ACCOUNTS;
    const moved = account ? [{ account, points: listed.points }] : [];
    const state = this.#fate('done', listed.kind, moved);
    const named = { ...state, number: listed.number } as OperationState;
    return { ...listed, acknowledged: true, series: null, state: named };
  }

  #accountOf(currency: UsableAccount['currency']): UsableAccount {
    const account = this.#accounts.find((one) => sameCurrency(one.currency, currency));
    if (!account) throw failureOf('not_usable_here');
    return account;
  }

  #issue({ part, last_day, count }: IssueTicketArguments): LastOperation | Promise<LastOperation> {
    if (this.scenario.issue === 'never') return never();
    const account = this.#accountOf(part.currency);
    const points = pointsOf(part.typed);
    const moved = [{ account, points }];
    // The scenario's fate is that of the last ticket asked for.
    return inSeries(count, (isLast) => {
      const fate = isLast ? this.scenario.issue : 'done';
      const made = fate === 'done' ? this.#tickets.issued(account, points, last_day) : null;
      return this.#journalled('issue_ticket', points, this.#fate(fate, 'issue_ticket', moved, made), moved);
    });
  }

  #merge({ street, part }: MergePointsArguments): LastOperation | Promise<LastOperation> {
    if (this.scenario.merge === 'never') return never();
    if (this.scenario.merge === 'street_folder_unusable') throw failureOf(this.scenario.merge);
    const points = pointsOf(part.typed);
    const moved = [{ account: this.#accountOf(part.currency), points }];
    const state = this.#fate(this.scenario.merge, 'merge_points', moved);
    if (state.state === 'done') state.merge = this.#merges.merged(street, points);
    return this.#journalled('merge_points', points, state, moved);
  }

  #use({ parts }: UsePointsArguments): LastOperation | Promise<LastOperation> {
    if (this.scenario.use === 'never') return never();
    const moved = this.#accounts.flatMap((account) => {
      const part = parts.find(({ currency }) => sameCurrency(currency, account.currency));
      return part ? [{ account, points: pointsOf(part.typed) }] : [];
    });
    const points = moved.reduce((sum, part) => sum + part.points, 0);
    return this.#journalled('use', points, this.#fate(this.scenario.use, 'use', moved), moved);
  }

  #void(key: string): LastOperation | Promise<LastOperation> {
    if (this.scenario.void === 'never') return never();
    const use = this.#operations.find((operation) => operation.key === key);
    const points = use?.points ?? this.#done.get(key)?.points ?? 0;
    const [account] = this.#accounts;
    const moved = account ? [{ account, points }] : [];
    return this.#journalled('void', points, this.#fate(this.scenario.void, 'void', moved), moved);
  }

  #journalled(
    kind: OperationKind,
    points: number,
    state: OperationState,
    moved: { account: UsableAccount; points: number }[],
  ): LastOperation {
    const key = `k${this.#count + 1}`;
    const operation: LastOperation = { key, kind, points, at_ms: NOW_MS, acknowledged: false, state, series: null };
    this.#last = operation;
    this.#done.set(key, operation);
    if (state.state !== 'done') return operation;
    this.#count += 1;
    for (const { account, points: part } of moved)
      account.balance += kind === 'void' || kind === 'void_ticket' ? part : -part;
    if (kind !== 'use' && kind !== 'void') return operation;
    this.#operations.unshift(listed(operation, state));
    return operation;
  }
}
