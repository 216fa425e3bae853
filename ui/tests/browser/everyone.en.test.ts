/** Every screen in English, for everyone. */
import { everyScreenIsForEveryone } from './support/everyone';

everyScreenIsForEveryone('en');
