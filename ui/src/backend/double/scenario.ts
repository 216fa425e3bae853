/**
 * What the double's world is like, chosen by the page's address: `?place=library&last=checking`.
 *
 * | name | values |
 * |---|---|
 * | `place` | `registered` (default), `unregistered`, `library`, `street`, `chamber` (issues tickets), `clearing` (a 消込場所), `providers`, or a failure's code: barred by it |
 * | `accounts` | 1 (default) to 3, or 0: nothing usable |
 * | `per_use` | points per use without PIN: 3000 (default) |
 * | `use`, `void`, `issue`, `reissue`, `close` | `done` (default), `checking`, `not_done`, `never`, or a failure's code: refused by it |
 * | `last` | `none` (default), `done`, `void`, `not_done`, `checking`, or a failure's code; `last_kind` = `use` (default) or another kind |
 * | `reader`, `printer`, `network` | `ready` (default), `looking`, or a failure's code; `reader` also `two`, `without_driver` |
 * | `print`, `sign_up`, `save`, `open` | `done` (default) or a failure's code |
 * | `today` | `some` (default), `none`, `failed` |
 * | `tries` | tries left for the PIN, 0 to 3 (default) |
 * | `sign_in` | `signed_in` (default), `needed`, `locked`, `not_needed`; `staff` = `no` (default), `optional`, `required` |
 * | `lock_after` | minutes |
 * | `clear` | what a scanned ticket meets: `done` (default), `held` (no answer yet), `dead` and `unconfirmed` (△), or a failure's code |
 * | `pile` | how many tickets the open pile holds already; none is open at 0 (default) |
 * | `piles` | how many piles were finished before |
 * | `found_later` | how many tickets of finished piles turned out not to be cleared |
 * | `found_later_back` | how many of finished piles turned out not to be taken back |
 * | `most_listed` | after how many tickets a list of the desk ends |
 * | `sites`, `unclear` | `done` (default) or a failure's code |
 * | `number` | the service ID of the card: `none` (default) or a number |
 * | `register` | what a registration meets: `done` (default), `never`, or a failure's code |
 * | `hand` | `shown` (default), `clipboard`, `typed`, `file`; `handed` = `done` (default) or a failure's code |
 * | `streets` | that take merged points: `one` (default), `two`, `none`, `no_number`, `no_folder`, or a failure's code |
 * | `street_card` | whose number the street's card has: `known` (default) or a failure's code |
 * | `merge` | what a merge meets, as `use`; `put` = whether its file can be put: `done` (default) or a failure's code |
 * | `merges` | merges of before: `some` (default), `many` or `none` |
 * | `descriptions` | card descriptions: `some` (default), `none`, `wrong` (a mistake in one), `two` (claim one card) |
 * | `programs` | `some` (default) or `none` are paired; `bridge`, `open` or how it stands: switched on in the settings; `start_with_pc`, there or not |
 * | `mykey_ids` | there or not: the ID provider keeps MyKey IDs itself |
 * | `address_notices` | how it stands with the card's notice where the ID provider offers them: `not_wanted`, `wanted`, `check_address`; not there: not offered |
 * | `signing_tries` | tries left for the signing password, 0 to 5 (default); `notice` = `done` (default) or the code of what the card meets |
 * | `start_training` | `done` (default) or a failure's code; `training`, there or not: the page stands for training |
 * | `delay` | milliseconds every answer takes |
 * | `clock_off` | seconds |
 * | `language`, `theme`, `size` | settings |
 * | `resident` | `off` (default), `movable`, `monitor`, or `monitor_gone`: pulled out |
 * | `roll` | `mm80` or `mm58`: a receipt printer with that paper; without it papers go into a folder |
 */
import type {
  AddressNotice,
  BridgeStanding,
  HandOver,
  OperationKind,
  PaperRoll,
  Printer,
  Settings,
  SheetPrinter,
  SignIn,
} from '../../generated/types';
import { residentWindowOf } from './residentMonitor';

const text = (query: URLSearchParams, name: string, otherwise: string): string => query.get(name) ?? otherwise;
const number = (query: URLSearchParams, name: string, otherwise: number): number =>
  Number(query.get(name) ?? otherwise);

const FOLDER: Printer & SheetPrinter = { to: 'folder', path: '/home/counter/receipts' };
const receiptPrinter = (roll: PaperRoll): Printer => ({
  to: 'receipt',
  connection: { by: 'network', address: '192.0.2.10:9100' },
  roll,
  kanji: true,
});

const HANDS: Record<string, HandOver> = {
  clipboard: { by: 'clipboard' },
  typed: { by: 'typed', end: 'enter', pause_ms: 20 },
  file: { by: 'file', folder: '/home/counter/numbers', name: 'madoguchi-{date}-{time}.txt' },
};

export const scenarioFrom = (query: URLSearchParams) => ({
  place: text(query, 'place', 'registered'),
  accounts: number(query, 'accounts', 1),
  perUse: number(query, 'per_use', 3000),
  use: text(query, 'use', 'done'),
  void: text(query, 'void', 'done'),
  issue: text(query, 'issue', 'done'),
  reissue: text(query, 'reissue', 'done'),
  close: text(query, 'close', 'done'),
  last: text(query, 'last', 'none'),
  lastKind: text(query, 'last_kind', 'use') as OperationKind,
  reader: text(query, 'reader', 'ready'),
  printer: text(query, 'printer', 'ready'),
  network: text(query, 'network', 'ready'),
  print: text(query, 'print', 'done'),
  signUp: text(query, 'sign_up', 'done'),
  save: text(query, 'save', 'done'),
  open: text(query, 'open', 'done'),
  today: text(query, 'today', 'some'),
  tries: number(query, 'tries', 3),
  signIn: text(query, 'sign_in', 'signed_in') as SignIn['state'],
  staffName: text(query, 'staff', 'no') as SignIn['staff_name'],
  clear: text(query, 'clear', 'done'),
  pile: number(query, 'pile', 0),
  piles: number(query, 'piles', 0),
  foundLater: number(query, 'found_later', 0),
  streets: text(query, 'streets', 'one'),
  streetCard: text(query, 'street_card', 'known'),
  merge: text(query, 'merge', 'done'),
  put: text(query, 'put', 'done'),
  merges: text(query, 'merges', 'some'),
  foundLaterBack: number(query, 'found_later_back', 0),
  foundLaterCleared: number(query, 'found_later_cleared', 0),
  mostListed: number(query, 'most_listed', 1000),
  descriptions: text(query, 'descriptions', 'some'),
  programs: text(query, 'programs', 'some'),
  keepsMykeyIds: query.has('mykey_ids'),
  addressNotices: query.get('address_notices') as AddressNotice | null,
  signingTries: number(query, 'signing_tries', 5),
  notice: text(query, 'notice', 'done'),
  bridge: text(query, 'bridge', 'open') as BridgeStanding,
  sites: text(query, 'sites', 'done'),
  unclear: text(query, 'unclear', 'done'),
  number: text(query, 'number', 'none'),
  register: text(query, 'register', 'done'),
  handed: text(query, 'handed', 'done'),
  startTraining: text(query, 'start_training', 'done'),
  delayMs: number(query, 'delay', 0),
  clockOffS: query.has('clock_off') ? number(query, 'clock_off', 0) : null,
  settings: {
    cloud_address: 'http://127.0.0.1:8433',
    cloud_authority: null,
    printer: query.has('roll') ? receiptPrinter(query.get('roll') as PaperRoll) : FOLDER,
    ticket_printer: { on: 'sheets', sheet: 'a6', printer: FOLDER },
    hand_over: HANDS[text(query, 'hand', 'shown')] ?? { by: 'shown' },
    street_folders: [{ street: '140002', folder: '/home/counter/ginza' }],
    language: text(query, 'language', 'ja') as Settings['language'],
    text_size: number(query, 'size', 100),
    theme: text(query, 'theme', 'light') as Settings['theme'],
    sound_volume: 0,
    resident_window: residentWindowOf(text(query, 'resident', 'off')),
    bridge: query.has('bridge'),
    start_with_pc: query.has('start_with_pc'),
    lock_after_minutes: number(query, 'lock_after', 0),
  } satisfies Settings as Settings,
});

export type Scenario = ReturnType<typeof scenarioFrom>;
