/**
 * Where a Japanese sentence may break: after a particle or a verb's ending, before the next word.
 *
 * Browsers break Japanese anywhere; `word-break: keep-all` stops that, and these are the places given
 * back. A rule of thumb, not a grammar: it leaves out a place rather than break inside a word (読み終わる,
 * お客様) or after この. A text can name a place itself with `|`.
 */
const BREAK = /((?<![こそあど])の|[はがをにでともへやらてたるくなすずばかねよん、。」）])(?=[一-龠々ァ-ヶA-Z0-9「（])/g;

export function phrasesOf(text: string): string[] {
  return text.replace(BREAK, '$1|').split('|');
}
