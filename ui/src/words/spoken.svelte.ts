/** The language a page speaks: a new one as soon as its words are loaded, until then the one before. */
import { type Language, type Words, wordsIn } from '.';

export class Spoken {
  #now = $state.raw() as { language: Language; words: Words };
  #wanted: Language;

  private constructor(language: Language, words: Words) {
    this.#now = { language, words };
    this.#wanted = language;
  }

  static async in(language: Language): Promise<Spoken> {
    return new Spoken(language, await wordsIn(language));
  }

  get language(): Language {
    return this.#now.language;
  }

  get words(): Words {
    return this.#now.words;
  }

  async change(language: Language): Promise<void> {
    if (language === this.#wanted) return;
    this.#wanted = language;
    const words = await wordsIn(language);
    if (language === this.#wanted) this.#now = { language, words };
  }
}
