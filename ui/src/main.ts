/** The window opens: the look, the keys, the connection to the program, the first screen. */
import './look/tokens.css';
import './look/base.css';
import './look/first.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './backend';
import { RunningCounter } from './counter.svelte';
import { holdBackHeldEnter } from './look/keys';
import { LastTouch } from './look/lastTouch';
import { listenForScans } from './scanner/listen';
import { noticed } from './screens/patience.svelte';
import { isForTraining, languageNamedIn } from './words';
import { Spoken } from './words/spoken.svelte';

const lastTouch = new LastTouch(window);
// Before all others: what a scanner sends is no key to anybody else.
listenForScans(window, (scan) => counter?.send({ type: 'scanned', scan }));
holdBackHeldEnter(window);

let counter: RunningCounter | undefined;
const language = languageNamedIn(location.search);
const training = isForTraining(location.search);
const [backend, spoken] = await Promise.all([connect(), Spoken.in(language)]);
counter = new RunningCounter(backend, language);
// Most often the program answers before anyone could read that it is being asked: what the page itself shows
// stays until then.
await Promise.race([counter.open(), noticed()]);
const target = document.getElementById('app');
if (target) mount(App, { target, props: { counter, lastTouch, spoken, training } });
document.getElementById('first')?.remove();
