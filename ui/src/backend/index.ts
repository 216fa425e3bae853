/** The end of the border this build talks to. */
import type { Backend } from './backend';
import { program } from './tauri';

export async function connect(): Promise<Backend> {
  // In development the program's window may show the double's build; the program wins.
  if (__DOUBLE__ && !('__TAURI_INTERNALS__' in window)) {
    const { doubleFromQuery } = await import('./double/double');
    return doubleFromQuery(new URLSearchParams(location.search));
  }
  return program;
}

export * from './backend';
