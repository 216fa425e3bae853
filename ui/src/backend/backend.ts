/**
 * The border to the program, as the screens see it: commands by name and notices.
 *
 * One interface, two ends: `tauri.ts` talks to the real program, `double/` is a small counter in the
 * browser. Nothing outside this folder knows which of them it has, and nothing else in `ui/` imports
 * the Tauri API.
 */
import type { Commands } from '../generated/commands';
import type { Failure, Notice } from '../generated/types';

export type CommandName = keyof Commands;
export type ArgumentsOf<K extends CommandName> = Commands[K]['arguments'];
export type AnswerOf<K extends CommandName> = Commands[K]['answer'];

export interface Backend {
  /** Runs a command. Rejects with a `Failure` and nothing else. */
  call<K extends CommandName>(command: K, args: ArgumentsOf<K>): Promise<AnswerOf<K>>;
  /** Hears what the program says without being asked. */
  hear(listener: (notice: Notice) => void): Promise<void>;
}

/** What is said when something other than a `Failure` comes back; the words of L-599. */
export const UNFORESEEN: Failure = {
  code: 'unforeseen',
  number: 'L-599',
  tone: 'stop',
  points: 'unknown',
  what: { ja: '思いがけないことが起きました。', en: 'Something unforeseen happened.' },
  now: {
    ja: 'ソフトを開き直してください。最後の操作は、そのときにお知らせします。',
    en: 'Please open the program again. It will then tell you about the last operation.',
  },
};

/** A rejected value as a `Failure`. */
export function asFailure(thrown: unknown): Failure {
  const isFailure = typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'what' in thrown;
  return isFailure ? (thrown as Failure) : UNFORESEEN;
}
