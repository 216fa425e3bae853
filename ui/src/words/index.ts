/** The texts of the screens: a dictionary per language, the same keys in both by type, loaded when spoken. */
import type { Bilingual, Settings } from '../generated/types';
import type { Words } from './ja';

export type Language = Settings['language'];
export type { Words };

const DICTIONARIES: Record<Language, () => Promise<Words>> = {
  ja: async () => (await import('./ja')).ja,
  en: async () => (await import('./en')).en,
};

export const wordsIn = (language: Language): Promise<Words> => DICTIONARIES[language]();

/** The language named in the page's address; the program and the double know it before the page does. */
export const languageNamedIn = (search: string): Language =>
  new URLSearchParams(search).get('language') === 'en' ? 'en' : 'ja';

/** Whether the page stands for training: the program says so in its address before anything is painted. */
export const isForTraining = (search: string): boolean => new URLSearchParams(search).has('training');

export const inLanguage = (text: Bilingual, language: Language): string => text[language];
