/** What can be said of the registration forms before the program is asked (画面 9 and 10). */
import type { Contact } from '../generated/types';

const half = (typed: string): string => typed.normalize('NFKC');

/** 端末ID: 8 digits, spaces and hyphens allowed between them. */
export const isTerminalId = (typed: string): boolean => /^[0-9]{8}$/.test(half(typed).replace(/[\s-]/g, ''));

/** 端末パスワード: 8 or 9 of a–z and 0–9. */
export const isPassword = (typed: string): boolean => /^[a-z0-9]{8,9}$/.test(half(typed).trim());

/** Its 7 digits, however they were typed. */
export const postalDigits = (typed: string): string => half(typed).replace(/[^0-9]/g, '');

/** Hyphens as people type them, as the hyphen the program takes. */
export const phoneOf = (typed: string): string =>
  half(typed)
    .replace(/[‐‑‒–—―−ー]/g, '-')
    .replace(/[\s()]/g, '');

/** The contact details as they are sent: no stray spaces, half-width where numbers are meant. */
export function contactOf(typed: Omit<Contact, 'id_provider'> & { id_provider: string }): Contact {
  return {
    staff_name: typed.staff_name.trim(),
    shop_name: typed.shop_name.trim(),
    postal_code: postalDigits(typed.postal_code),
    address: typed.address.trim(),
    phone: phoneOf(typed.phone),
    mail: half(typed.mail).trim(),
    id_provider: typed.id_provider === '' ? null : typed.id_provider,
  };
}

/** The fields something is wrong with, in the form's order. */
export function wrongFields(contact: Contact, asksIdProvider: boolean): (keyof Contact)[] {
  const phoneDigits = contact.phone.replace(/-/g, '');
  const right: [keyof Contact, boolean][] = [
    ['staff_name', contact.staff_name !== ''],
    ['shop_name', contact.shop_name !== ''],
    ['postal_code', /^[0-9]{7}$/.test(contact.postal_code)],
    ['address', contact.address !== ''],
    ['phone', /^0[0-9]{9,10}$/.test(phoneDigits) && /^[0-9-]+$/.test(contact.phone)],
    ['mail', /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(contact.mail)],
    ['id_provider', !asksIdProvider || contact.id_provider !== null],
  ];
  return right.filter(([, isRight]) => !isRight).map(([field]) => field);
}
