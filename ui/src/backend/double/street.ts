/**
 * A small street's counter in the browser: enough for every screen to be worked on and tested without the program.
 * Not in the shipped build. A test moves its world through `window.street`.
 */
import type {
  CardOnReader,
  MemberId,
  MemberIdChange,
  MergeFound,
  MergesReceived,
  PaperLine,
  ReceivedFile,
  StreetCounter,
  StreetMember,
  StreetNotice,
  StreetPosting,
  StreetPostingKind,
} from '../../generated/types';
import { pointsOf } from '../../journey/amounts';
import type { StreetAnswer, StreetArguments, StreetBackend, StreetCommand } from '../street';
import { streetFailure } from './streetFailures';

/** 2026-11-20 14:32 in Japan. */
const NOW_MS = Date.UTC(2026, 10, 20, 5, 32);
const PASSWORD = 'ginza-2345';
const CODE = '402719';
const PAIRING = { name: '商店街ポイント', learns: 'customer_number', own_cards: true, paired_at_ms: NOW_MS } as const;

type Handlers = { [K in StreetCommand]: (args: StreetArguments<K>) => StreetAnswer<K> };

interface Kept {
  member: number;
  ids: MemberId[];
  balance: number;
  changes: MemberIdChange[];
}

const kept = (member: number, id: string, balance: number): Kept => ({
  member,
  ids: [{ kind: 'point_id', id }],
  balance,
  changes: [],
});

/** What lies on the reader: what a card says, or the failure that Madoguchi answers with. */
type Card = { says: MemberId } | { fails: string };

declare global {
  interface Window {
    street: StreetDouble;
  }
}

export const streetFromQuery = (query: URLSearchParams): StreetDouble =>
  Object.assign(window, { street: new StreetDouble(query) }).street;

export class StreetDouble implements StreetBackend {
  /** Commands as they came, for tests. */
  readonly heard: { command: StreetCommand; args: unknown }[] = [];
  /** What goes wrong from now on, by command. */
  readonly wrong: Partial<Record<StreetCommand, string>> = {};
  #listener: (notice: StreetNotice) => void = () => undefined;
  #counter: StreetCounter;
  #members: Kept[] = [kept(1, 'G-1004478', 1200), kept(2, 'G-1004486', 0)];
  /** Whoever waits for a card. */
  #awaits: ((card: Card | null) => void) | null = null;
  #lastCard: MemberId | null = null;
  #postings: StreetPosting[] = [];
  #tickets = new Set<string>();
  #printed = new Map<number, number>();
  #acts = new Map<string, StreetPosting>();
  #waiting: ReceivedFile[];
  #setAside: ReceivedFile[] = [];
  #declined = new Set<string>();
  readonly #mostLines: number;
  #keys = 0;

  constructor(query: URLSearchParams) {
    this.#mostLines = Number(query.get('lines') ?? 200);
    const state = query.get('place') ?? 'registered';
    const street = { id: '140002', name: '川崎銀座街', shop: 'こむぎベーカリー', terminal: 'GINZA-03' };
    this.#counter = {
      place:
        state === 'barred'
          ? { state: 'barred', failure: streetFailure('street_books_damaged') }
          : state === 'unregistered'
            ? { state }
            : { state: 'registered', street },
      sign_in: (query.get('sign_in') as StreetCounter['sign_in'] | null) ?? 'signed_in',
      settings: {
        drop_folder: '/home/shop/merge',
        watch: false,
        keeps_mykey_ids: false,
        rate: { yen: 100, points: 1, minimum_yen: 0 },
        printer: { to: 'folder', path: '/home/shop/receipts' },
        language: query.get('language') === 'en' ? 'en' : 'ja',
        text_size: 100,
        theme: (query.get('theme') as 'dark' | null) ?? 'light',
        sound_volume: 0,
        lock_after_minutes: 0,
      },
      can_charge: query.has('charge'),
      pairing: query.has('unpaired') ? null : PAIRING,
      version: '0.1.0',
    };
    this.#waiting = query.get('files') === 'none' ? [] : files();
    const wrong = query.get('wrong')?.split(':');
    if (wrong?.[0] && wrong[1]) this.wrong[wrong[0] as StreetCommand] = wrong[1];
  }

  async call<K extends StreetCommand>(command: K, args: StreetArguments<K>): Promise<StreetAnswer<K>> {
    this.heard.push({ command, args });
    const code = this.wrong[command];
    if (code) throw streetFailure(code);
    if (command === 'read_member_card') return structuredClone(await this.#read()) as StreetAnswer<K>;
    return structuredClone(this.#handlers[command](args));
  }

  /** A card is put on the reader of this PC. */
  putsCard(card: Card): void {
    this.#awaits?.(card);
    this.#awaits = null;
  }

  async #read(): Promise<CardOnReader> {
    if (this.#counter.pairing === null) throw streetFailure('card_reading_not_paired');
    const card = await new Promise<Card | null>((resolve) => (this.#awaits = resolve));
    if (card === null) return { is: 'cancelled' };
    if ('fails' in card) throw streetFailure(card.fails);
    this.#lastCard = card.says;
    const member = this.#members.find(({ ids }) => ids.some(({ id }) => id === card.says.id));
    return member ? { is: 'member', member: this.#shown(member) } : { is: 'nobodys', id: card.says };
  }

  async hear(listener: (notice: StreetNotice) => void): Promise<void> {
    this.#listener = listener;
  }

  /** The watched folder brought what waits. */
  comes(): void {
    this.#listener({ notice: 'received', content: this.#receive() });
  }

  /** Something stands in the way of the watched folder, or nothing does any more. */
  folderIs(failure: string | null, unreadable = 0, other_content = 0): void {
    const content = {
      ...NOTHING_CAME,
      unreadable,
      other_content,
      failure: failure === null ? null : streetFailure(failure),
    };
    this.#listener({ notice: 'received', content });
  }

  readonly #handlers: Handlers = {
    open_street: () => this.#counter,
    register_street: ({ street, street_name, terminal, contact }) => {
      const place = {
        state: 'registered',
        street: { id: street, name: street_name, shop: contact.shop_name, terminal },
      } as const;
      this.#counter = { ...this.#counter, place, sign_in: 'signed_in' };
      return this.#counter;
    },
    sign_in_to_street: ({ password }) => {
      if (password !== PASSWORD) throw streetFailure('wrong_terminal_password');
      return null;
    },
    lock_street: () => null,
    look_at_drop_folder: () => ({
      folder: this.#counter.settings.drop_folder,
      waiting: this.#waiting.length,
      failure: null,
      set_aside: this.#setAside.map(({ name, verdict, number, member_id }) => {
        return { name, verdict, number, at_ms: NOW_MS, member_id };
      }),
    }),
    receive_merges: () => this.#receive(),
    find_merge: ({ number }) => this.#found(number),
    decline_merge: ({ number }) => {
      this.#declined.add(number);
      return this.#found(number);
    },
    answer_merge_again: ({ number }) => this.#found(number),
    join_set_aside: ({ number }) => {
      const file = this.#setAside.find((one) => one.number === number && one.member_id !== null);
      if (!file?.member_id) throw streetFailure('file_names_nobody');
      const joined = this.#join(file.member_id.id);
      this.#setAside.splice(this.#setAside.indexOf(file), 1);
      this.#waiting.push({ ...file, verdict: 'received', member: joined.member });
      return joined;
    },
    find_member: ({ id }) => this.#shown(this.#known(id)),
    join_member: ({ id }) => this.#join(id),
    read_member_card: () => ({ is: 'cancelled' }),
    cancel_card: () => {
      this.#awaits?.(null);
      this.#awaits = null;
      return null;
    },
    join_by_card: () => this.#join(this.#takeLastCard().id),
    add_member_id: ({ member, id }) => this.#addId(member, id),
    add_id_of_card: ({ member }) => this.#addId(member, this.#takeLastCard()),
    correct_member_id: ({ wrong, right }) => {
      const id = { kind: wrong.id.kind, id: right };
      if (this.#has(right)) throw streetFailure('member_id_taken');
      this.#removeId(wrong.member, wrong.id);
      return this.#addId(wrong.member, id);
    },
    remove_member_id: ({ member, id }) => this.#removeId(member, id),
    show_member: ({ member, before }) => ({
      member: this.#shown(this.#of(member)),
      id_changes: [...this.#of(member).changes].reverse(),
      lines: this.#linesOf(member, before).slice(0, this.#mostLines),
      has_earlier: this.#linesOf(member, before).length > this.#mostLines,
    }),
    list_members: ({ part, order }) => {
      const found = this.#members.filter(({ ids }) => ids.some(({ id }) => id.includes(part)));
      if (order === 'balance') found.sort((a, b) => b.balance - a.balance);
      if (order === 'newest') found.reverse();
      const members = found.map(({ member, ids, balance }) => {
        return { member, id: ids[0]?.id ?? '', balance, joined_at_ms: NOW_MS };
      });
      return { members, found: found.length, all: this.#members.length };
    },
    save_member_history: ({ member }) => ({ path: `/home/shop/receipts/history-${member}.csv` }),
    worth_of_purchase: ({ yen }) => ({ yen: pointsOf(yen), points: Math.floor(pointsOf(yen) / 100) }),
    act_on_points: ({ key, member, act }) => {
      const before = this.#acts.get(key);
      if (before) return before;
      const kept = this.#of(member);
      const points = act.is === 'purchase' ? Math.floor(pointsOf(act.yen) / 100) : pointsOf(act.points);
      if (act.is === 'use' && points > kept.balance) throw streetFailure('street_points_short');
      if (act.is === 'ticket') {
        if (this.#tickets.has(act.ticket)) throw streetFailure('ticket_added_before');
        this.#tickets.add(act.ticket);
      }
      const posting = this.#post(kept, act.is, act.is === 'use' ? -points : points, null);
      this.#acts.set(key, posting);
      return posting;
    },
    void_posting: ({ posting }) => this.#void(posting),
    book_back: ({ posting }) => this.#void(posting),
    charge_card: ({ member, points }) => ({
      fate: 'on_the_card',
      posting: this.#post(this.#of(member), 'charge', -pointsOf(points), null),
    }),
    list_street_day: () => {
      const sum = (which: (change: number) => boolean) =>
        this.#postings.filter(({ change }) => which(change)).reduce((all, { change }) => all + change, 0);
      return {
        date: '2026-11-20',
        postings: [...this.#postings].reverse(),
        came: sum((change) => change > 0),
        went: -sum((change) => change < 0),
      };
    },
    preview_street_receipt: ({ posting }) => ({
      lines: this.#paper(posting),
      printed: this.#printed.get(posting) ?? 0,
    }),
    print_street_receipt: ({ posting }) => {
      const printed = (this.#printed.get(posting) ?? 0) + 1;
      this.#printed.set(posting, printed);
      return { to: 'file', path: `/home/shop/receipts/street-${posting}.pdf`, printed };
    },
    save_street_settings: (settings) => {
      this.#counter = { ...this.#counter, settings };
      return settings;
    },
    list_street_printers: () => ['brother-hl-l2375'],
    print_street_test_paper: () => null,
    show_street_contact: () => ({
      staff_name: '小麦 花',
      shop_name: 'こむぎベーカリー',
      postal_code: '2108577',
      address: '神奈川県川崎市川崎区宮本町1',
      phone: '044-200-2111',
      mail: 'komugi@example.jp',
      id_provider: null,
    }),
    change_street_contact: () => this.#counter,
    change_street_password: () => null,
    take_merge_keys: () => ({ keys: 2 }),
    pair_with_madoguchi: ({ code }) => {
      if (code !== CODE) throw streetFailure('pairing_code_wrong');
      this.#counter = { ...this.#counter, pairing: PAIRING };
      return this.#counter;
    },
    forget_pairing: () => {
      this.#counter = { ...this.#counter, pairing: null };
      return this.#counter;
    },
    leave_street: () => null,
  };

  #linesOf(member: number, before: number | null): StreetPosting[] {
    const theirs = this.#postings.filter((one) => one.member === member && (before === null || one.posting < before));
    return theirs.reverse();
  }

  #found(typed: string): MergeFound {
    const number = typed.normalize('NFKC').replaceAll(' ', '');
    if (!/^[0-9]{20}$/.test(number)) throw streetFailure('merge_number_invalid');
    const posting = this.#postings.find((one) => one.merge === number && one.kind === 'merge');
    if (posting) {
      const back = this.#postings.find((one) => one.voids === posting.posting);
      if (!back) return { number, whereabouts: { is: 'received', posting } };
      return { number, whereabouts: { is: 'booked_back', posting: back, is_answered: true } };
    }
    if (this.#declined.has(number))
      return { number, whereabouts: { is: 'declined', at_ms: NOW_MS, is_answered: true } };
    const file = this.#setAside.find((one) => one.number === number);
    if (!file) return { number, whereabouts: { is: 'unknown' } };
    const { name, verdict, member_id } = file;
    return { number, whereabouts: { is: 'set_aside', file: { name, verdict, number, at_ms: NOW_MS, member_id } } };
  }

  #has(id: string): boolean {
    return this.#members.some(({ ids }) => ids.some((known) => known.id === id));
  }

  #join(id: string): StreetMember {
    const joined = kept(this.#members.length + 1, id, 0);
    this.#members.push(joined);
    return this.#shown(joined);
  }

  #takeLastCard(): MemberId {
    const card = this.#lastCard;
    this.#lastCard = null;
    if (!card) throw streetFailure('no_card_read');
    return card;
  }

  #addId(member: number, id: MemberId): StreetMember {
    if (this.#has(id.id)) throw streetFailure('member_id_taken');
    const known = this.#of(member);
    known.ids.push(id);
    known.changes.push({ event: 'added', id, at_ms: NOW_MS });
    return this.#shown(known);
  }

  #removeId(member: number, id: MemberId): StreetMember {
    const known = this.#of(member);
    known.ids = known.ids.filter((one) => one.id !== id.id);
    known.changes.push({ event: 'removed', id, at_ms: NOW_MS });
    return this.#shown(known);
  }

  #known(id: string): Kept {
    const kept = this.#members.find(({ ids }) => ids.some((one) => one.id === id.trim()));
    if (!kept) throw streetFailure('member_unknown');
    return kept;
  }

  #of(member: number): Kept {
    const kept = this.#members.find((one) => one.member === member);
    if (!kept) throw streetFailure('member_unknown');
    return kept;
  }

  #shown({ member, ids, balance }: Kept): StreetMember {
    this.#keys += 1;
    const key = `00000000-0000-7000-8000-${String(this.#keys).padStart(12, '0')}`;
    return { member, ids, balance, joined_at_ms: NOW_MS, key, open_charges: [] };
  }

  #post(
    kept: Kept,
    kind: StreetPostingKind,
    change: number,
    voids: number | null,
    merge: string | null = null,
  ): StreetPosting {
    kept.balance += change;
    const posting: StreetPosting = {
      posting: this.#postings.length + 1,
      kind,
      member: kept.member,
      member_id: kept.ids[0]?.id ?? '',
      change,
      balance: kept.balance,
      at_ms: NOW_MS,
      voids,
      voided_by: null,
      merge,
      can_be_voided: kind !== 'void' && kind !== 'charge',
    };
    this.#postings.push(posting);
    return posting;
  }

  #void(number: number): StreetPosting {
    const voided = this.#postings.find(({ posting }) => posting === number);
    if (!voided) throw streetFailure('member_unknown');
    const posting = this.#post(this.#of(voided.member), 'void', -voided.change, number, voided.merge);
    voided.voided_by = posting.posting;
    voided.can_be_voided = false;
    return posting;
  }

  #receive(): MergesReceived {
    const taken = this.#waiting.splice(0);
    for (const { verdict, member, points, number } of taken) {
      if (verdict === 'received' && member !== null) this.#post(this.#of(member), 'merge', points ?? 0, null, number);
    }
    const aside = taken.filter(({ verdict }) => verdict !== 'received' && verdict !== 'already_received');
    this.#setAside.push(...aside);
    const received = taken.filter(({ verdict }) => verdict === 'received');
    return {
      at_ms: NOW_MS,
      files: taken,
      received: received.length,
      points: received.reduce((sum, { points }) => sum + (points ?? 0), 0),
      already_received: taken.filter(({ verdict }) => verdict === 'already_received').length,
      set_aside: aside.length,
      other_content: taken.filter(({ verdict }) => verdict === 'other_content').length,
      unreadable: 0,
      failure: null,
    };
  }

  #paper(number: number): PaperLine[] {
    const posting = this.#postings.find((one) => one.posting === number);
    const printed = this.#printed.get(number) ?? 0;
    const pair = (kind: PaperLine['kind'], text: string, value: string): PaperLine => ({ kind, text, value });
    const alone = (kind: PaperLine['kind'], text: string): PaperLine => ({ kind, text, value: null });
    return [
      alone('title', '商店街ポイント明細'),
      ...(printed > 0 ? [alone('boxed', `再発行 ${printed}`)] : []),
      alone('centred', '川崎銀座街'),
      alone('rule', ''),
      pair('large_pair', 'ポイント', String(posting?.change ?? 0)),
      pair('sum_pair', '残高', String(posting?.balance ?? 0)),
      pair('small_pair', '番号', String(number)),
    ];
  }
}

const NOTHING_CAME: MergesReceived = {
  at_ms: NOW_MS,
  files: [],
  received: 0,
  points: 0,
  already_received: 0,
  set_aside: 0,
  other_content: 0,
  unreadable: 0,
  failure: null,
};

/** One of each kind. */
const files = (): ReceivedFile[] => [
  {
    name: '140002_20261120143000000001.dat',
    verdict: 'received',
    points: 1500,
    number: '20261120143000000001',
    member_id: { kind: 'point_id', id: 'G-1004478' },
    member: 1,
  },
  {
    name: 'again.dat',
    verdict: 'already_received',
    points: 300,
    number: '20261119101500000007',
    member_id: { kind: 'point_id', id: 'G-1004478' },
    member: 1,
  },
  {
    name: '140002_20261120143100000002.dat',
    verdict: 'unknown_member',
    points: 500,
    number: '20261120143100000002',
    member_id: { kind: 'point_id', id: 'G-1004502' },
    member: null,
  },
  { name: 'broken.dat', verdict: 'not_genuine', points: null, number: null, member_id: null, member: null },
];
