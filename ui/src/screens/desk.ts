/** What every screen has at hand: where the journey stands, the words, and how to say what was done. */
import { createContext } from 'svelte';
import type { CounterEvent } from '../journey/events';
import type { Model } from '../journey/model';
import type { Language, Words } from '../words';
import type { Drafts } from './drafts';

export interface Desk {
  readonly model: Model;
  readonly words: Words;
  readonly language: Language;
  /** Whether this is training. */
  readonly training: boolean;
  /** Milliseconds since 1970, once a second. */
  readonly now: number;
  readonly drafts: Drafts;
  send(event: CounterEvent): void;
  painted(visit: number): void;
}

export const [desk, setDesk] = createContext<Desk>();
