/** Service IDs of the double: one card, one provider. */
import type {
  AddressNotice,
  CustomerNumberRead,
  HandedOver,
  HandOver,
  RegisterServiceIdArguments,
  ServiceIdFound,
  ServiceIdRegistered,
} from '../../generated/types';
import { failureOf } from './failures';
import { wrongSigningPassword } from './serviceIdFailures';
import type { Scenario } from './scenario';

/** The signing password of the double's card, and its tries. */
export const SIGNING_PASSWORD = 'ABC123';
const ALL_TRIES = 5;

export class ServiceIds {
  readonly #scenario: Scenario;
  readonly #provider: string;
  #number: string | null;
  #notice: AddressNotice;
  #tries: number;

  constructor(scenario: Scenario, provider: string) {
    this.#scenario = scenario;
    this.#provider = provider;
    this.#number = scenario.number === 'none' ? null : scenario.number;
    this.#notice = scenario.addressNotices ?? 'not_offered';
    this.#tries = scenario.signingTries;
  }

  found(visit: number): ServiceIdFound {
    return { visit, provider_name: this.#provider, number: this.#number, address_notice: this.#notice };
  }

  /** Tries left for the signing password. */
  signingTries(card: string): { left: number } {
    if (card === 'none') throw failureOf('card_absent');
    if (this.#scenario.notice !== 'done') throw failureOf(this.#scenario.notice);
    if (this.#tries === 0) throw failureOf('signing_password_locked');
    return { left: this.#tries };
  }

  /** With the right password the wish stands. */
  wishes(password: { characters: string; last_try_agreed: boolean }): AddressNotice {
    if (this.#tries === 1 && !password.last_try_agreed) throw failureOf('last_signing_password_try');
    if (password.characters.toUpperCase() !== SIGNING_PASSWORD) {
      this.#tries -= 1;
      throw this.#tries === 0 ? failureOf('signing_password_locked') : wrongSigningPassword(this.#tries);
    }
    this.#tries = ALL_TRIES;
    this.#notice = 'wanted';
    return this.#notice;
  }

  /** The wish ends. */
  ends(): AddressNotice {
    this.#notice = 'not_wanted';
    return this.#notice;
  }

  /** As the double's descriptions have it: a FeliCa card of the library, and a bar code of digits between letters. */
  read(card: string, scanned: string | null): CustomerNumberRead {
    if (scanned !== null) {
      const number = /^[A-D]?([0-9]{8,10})[A-D]?$/.exec(scanned)?.[1];
      if (number === undefined) throw failureOf('card_not_described');
      return { read: 'number', number, card: '図書館のバーコード' };
    }
    if (card === 'none') return { read: 'no_card' };
    if (card === 'sample' || card === 'phone') return { read: 'other_card' };
    if (card !== 'felica') throw failureOf(card);
    return { read: 'number', number: '2900012345', card: '見本市立図書館 利用者カード' };
  }

  /** Half-width, without blanks, and no comma. */
  check(typed: string): string {
    const number = typed.normalize('NFKC').replace(/\s/gu, '');
    if (!/^[\x21-\x2b\x2d-\x7e]{1,64}$/.test(number)) throw failureOf('customer_number_invalid');
    return number;
  }

  register({ number, replaces }: RegisterServiceIdArguments): ServiceIdRegistered {
    if (this.#scenario.register !== 'done') throw failureOf(this.#scenario.register);
    if (this.#number !== replaces) throw failureOf('service_id_not_as_shown');
    this.#number = number;
    return { provider_name: this.#provider, number };
  }

  handOver(way: HandOver): HandedOver {
    if (this.#scenario.handed !== 'done') throw failureOf(this.#scenario.handed);
    switch (way.by) {
      case 'shown':
        return { by: 'shown' };
      case 'clipboard':
        return { by: 'clipboard', for_s: 60 };
      case 'typed':
        return { by: 'typed' };
      case 'file':
        return { by: 'file', folder: way.folder };
    }
  }
}
