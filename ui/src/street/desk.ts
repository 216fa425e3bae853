/** What every screen of the street has at hand: where the journey stands, the words, how to say what was done. */
import { createContext } from 'svelte';
import type { StreetRegistration, StreetSettings } from '../generated/types';
import type { Language } from '../words';
import type { StreetEvent } from './journey/events';
import type { Model } from './journey/model';
import type { StreetWords } from './words/ja';

export interface StreetDesk {
  readonly model: Model;
  readonly settings: StreetSettings | null;
  readonly words: StreetWords;
  readonly language: Language;
  /** Milliseconds since 1970, once a second. */
  readonly now: number;
  /** The registration as typed, over its forms; forgotten when it stands. */
  readonly drafts: StreetRegistration & { again: string };
  send(event: StreetEvent): void;
}

export const [desk, setDesk] = createContext<StreetDesk>();

export const noDrafts = (): StreetDesk['drafts'] => ({
  terminal: '',
  password: '',
  again: '',
  street: '',
  street_name: '',
  key_sheet: '',
  drop_folder: '',
  contact: {
    staff_name: '',
    shop_name: '',
    postal_code: '',
    address: '',
    phone: '',
    mail: '',
    id_provider: null,
  },
});
