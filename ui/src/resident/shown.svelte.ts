/**
 * What the program last told the resident's window, and the language the resident chose. The choice is the
 * resident's own: it ends when nobody is being served.
 */
import type { ResidentScreen } from '../generated/types';
import type { Language } from '../words';

export class Shown {
  #screen = $state.raw() as ResidentScreen | undefined;
  #chosen = $state.raw() as Language | undefined;

  show(screen: ResidentScreen): void {
    if (screen.view.view === 'rest' && this.#screen?.view.view !== 'rest') this.#chosen = undefined;
    this.#screen = screen;
  }

  choose(language: Language): void {
    this.#chosen = language;
  }

  get screen(): ResidentScreen | undefined {
    return this.#screen;
  }

  get language(): Language | undefined {
    return this.#chosen ?? this.#screen?.language;
  }
}
