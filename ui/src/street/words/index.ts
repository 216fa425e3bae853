/** The texts of the street's screens: a dictionary per language, loaded when spoken. */
import type { Language } from '../../words';
import type { StreetWords } from './ja';

const DICTIONARIES: Record<Language, () => Promise<StreetWords>> = {
  ja: async () => (await import('./ja')).ja,
  en: async () => (await import('./en')).en,
};

export const streetWordsIn = (language: Language): Promise<StreetWords> => DICTIONARIES[language]();
