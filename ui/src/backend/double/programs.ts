/** Other programs at the double's counter: a test says a code, right or wrong, as a program would. */
import type { BridgeShown, BridgeStanding, OfferPairingArguments, PairingShown } from '../../generated/types';
import { failureOf } from './failures';
import { NOW_MS } from './samples';
import type { Scenario } from './scenario';

const CODE = '482913';
const ADDRESS = 'http://127.0.0.1:24725';
const PAIRED: PairingShown[] = [
  {
    pairing: 1,
    name: '図書館システム',
    origin: null,
    learns: 'customer_number',
    own_cards: false,
    paired_at_ms: NOW_MS - 86_400_000 * 30,
    last_asked_at_ms: NOW_MS - 540_000,
    waiting: 1,
  },
  {
    pairing: 2,
    name: '商店街ポイント',
    origin: 'https://points.street.example.jp',
    learns: 'customer_number',
    own_cards: true,
    paired_at_ms: NOW_MS - 86_400_000,
    last_asked_at_ms: null,
    waiting: 0,
  },
];

/** At a provider that keeps MyKey IDs itself its own program was paired for them. */
const pairedIn = ({ programs, keepsMykeyIds }: Scenario): PairingShown[] =>
  programs === 'some'
    ? structuredClone(PAIRED).map((row) => (row.origin && keepsMykeyIds ? { ...row, learns: 'mykey_id' } : row))
    : [];

export class Programs {
  #shown: BridgeShown = { standing: 'off', address: ADDRESS, offered: null, pairings: [] };
  #standing: BridgeStanding = 'open';

  /** How it stands when the program starts. */
  begin(scenario: Scenario): void {
    this.#standing = scenario.bridge;
    this.#become({ pairings: pairedIn(scenario) });
    this.follow(scenario.settings.bridge);
  }

  readonly commands = {
    look_at_bridge: () => this.#shown,
    offer_pairing: (pairing: OfferPairingArguments) => this.#offer(pairing),
    withdraw_pairing: () => this.#become({ offered: null }),
    unpair: ({ pairing }: { pairing: number }) =>
      this.#become({ pairings: this.#shown.pairings.filter((row) => row.pairing !== pairing) }),
  };

  /** The settings were kept. */
  follow(bridge: boolean): void {
    this.#become({ standing: bridge ? this.#standing : 'off' });
  }

  /** Another program sits at the port. */
  portIsTaken(): boolean {
    return this.#shown.standing === 'port_taken';
  }

  /** A program says the code, or a wrong one. */
  says(isRight: boolean): void {
    const { offered, pairings } = this.#shown;
    if (!offered) return;
    const triesLeft = offered.tries_left - 1;
    const paired = {
      name: offered.name,
      origin: offered.origin,
      learns: offered.learns,
      own_cards: offered.own_cards,
      paired_at_ms: NOW_MS,
      last_asked_at_ms: null,
      waiting: 0,
    };
    if (isRight) this.#become({ offered: null, pairings: [...pairings, { pairing: 9, ...paired }] });
    else this.#become({ offered: triesLeft === 0 ? null : { ...offered, tries_left: triesLeft } });
  }

  #offer({ name, origin, learns, own_cards }: OfferPairingArguments): BridgeShown {
    if (name.trim() === '') throw failureOf('program_name_invalid');
    if (origin !== null && !/^https:\/\/[^/]+$/.test(origin)) throw failureOf('page_origin_invalid');
    return this.#become({ offered: { code: CODE, name, origin, learns, own_cards, for_s: 120, tries_left: 3 } });
  }

  #become(change: Partial<BridgeShown>): BridgeShown {
    this.#shown = { ...this.#shown, ...change };
    return this.#shown;
  }
}
