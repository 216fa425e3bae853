/** The window opens: the look, the keys, the connection to the program, the first screen. */
import './look/tokens.css';
import './look/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './backend';
import { RunningCounter } from './counter.svelte';
import { holdBackHeldEnter } from './look/keys';

holdBackHeldEnter(window);

const counter = new RunningCounter(await connect());
const target = document.getElementById('app');
if (target) mount(App, { target, props: { counter } });
void counter.open();
