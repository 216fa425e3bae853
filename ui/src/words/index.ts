/** The texts of the screens: a dictionary per language, the same keys in both by type. */
import type { Bilingual, Settings } from '../generated/types';
import { en } from './en';
import { ja, type Words } from './ja';

export type Language = Settings['language'];
export type { Words };

const DICTIONARIES: Record<Language, Words> = { ja, en };

export const wordsIn = (language: Language): Words => DICTIONARIES[language];

export const inLanguage = (text: Bilingual, language: Language): string => text[language];
