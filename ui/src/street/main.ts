/** The window of a street's own software opens: the look, the keys, the program, the first screen. */
import '../look/tokens.css';
import '../look/base.css';
import { mount } from 'svelte';
import { connectToStreet } from '../backend/street';
import { holdBackHeldEnter } from '../look/keys';
import { LastTouch } from '../look/lastTouch';
import { listenForScans } from '../scanner/listen';
import { languageNamedIn } from '../words';
import App from './App.svelte';
import { RunningStreet } from './running.svelte';
import { streetWordsIn } from './words';

let street: RunningStreet | undefined;
const lastTouch = new LastTouch(window);
// Before all others: what a scanner sends is no key to anybody else.
listenForScans(window, ({ text }) => street?.send({ type: 'scanned', text }));
holdBackHeldEnter(window);

const language = languageNamedIn(location.search);
const [backend, words] = await Promise.all([connectToStreet(), streetWordsIn(language)]);
street = new RunningStreet(backend);
await street.open();
const target = document.getElementById('app');
if (target) mount(App, { target, props: { street, lastTouch, first: { language, words } } });
