/**
 * What is wrong with a printer as it was typed. Found when the settings are to be kept and when the printer
 * is tried, and from then on said beside the field for as long as it is so.
 */
export class Mistakes {
  readonly #found: () => string[];
  readonly #foundOnKeeping: () => string[];
  #wasTried = $state(false);

  constructor(found: () => string[], foundOnKeeping: () => string[]) {
    this.#found = found;
    this.#foundOnKeeping = foundOnKeeping;
  }

  /** The words for a field that is wrong. */
  said(field: string, words: string): string | null {
    const isWrong = this.#foundOnKeeping().includes(field) || (this.#wasTried && this.#found().includes(field));
    return isWrong ? words : null;
  }

  /** Tries the printer, or goes to the first field that is wrong. */
  unlessWrong(tryPrinter: () => void): void {
    this.#wasTried = true;
    const [first] = this.#found();
    if (first) document.getElementById(first)?.focus();
    else tryPrinter();
  }
}
