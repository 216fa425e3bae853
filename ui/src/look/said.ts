/** How a failure is said in this window: every part that may have to say one has it at hand. */
import { createContext } from 'svelte';
import type { Language } from '../words';

export interface Said {
  readonly language: Language;
  /** A failure's number, in words. */
  errorNumber(number: string): string;
}

export const [said, setSaid] = createContext<Said>();
