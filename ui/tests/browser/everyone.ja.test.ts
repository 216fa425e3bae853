/** Every screen in Japanese, for everyone. */
import { everyScreenIsForEveryone } from './support/everyone';

everyScreenIsForEveryone('ja');
