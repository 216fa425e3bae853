/**
 * The border to a shopping street's own software, as its screens see it: commands by name and notices.
 *
 * Two ends, as in `backend.ts`: `streetTauri.ts` talks to the real program, `double/street.ts` is a small one in the
 * browser.
 */
import type { StreetCommands } from '../generated/streetCommands';
import type { StreetNotice } from '../generated/types';

export type StreetCommand = keyof StreetCommands;
export type StreetArguments<K extends StreetCommand> = StreetCommands[K]['arguments'];
export type StreetAnswer<K extends StreetCommand> = StreetCommands[K]['answer'];

export interface StreetBackend {
  /** Runs a command. Rejects with a `Failure` and nothing else. */
  call<K extends StreetCommand>(command: K, args: StreetArguments<K>): Promise<StreetAnswer<K>>;
  /** Hears what the program says without being asked. */
  hear(listener: (notice: StreetNotice) => void): Promise<void>;
}

export async function connectToStreet(): Promise<StreetBackend> {
  if (__DOUBLE__ && !('__TAURI_INTERNALS__' in window)) {
    const { streetFromQuery } = await import('./double/street');
    return streetFromQuery(new URLSearchParams(location.search));
  }
  const { street } = await import('./streetTauri');
  return street;
}
