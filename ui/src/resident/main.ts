/** The window turned to the resident opens: the look, the words, and whoever tells what it shows. */
import '../look/tokens.css';
import '../look/base.css';
import { mount } from 'svelte';
import { follow } from '../backend/resident';
import { isForTraining, languageNamedIn } from '../words';
import { Spoken } from '../words/spoken.svelte';
import Resident from './Resident.svelte';
import { Shown } from './shown.svelte';

const spoken = await Spoken.in(languageNamedIn(location.search));
const shown = new Shown();
const target = document.getElementById('app');
if (target) mount(Resident, { target, props: { shown, spoken, training: isForTraining(location.search) } });
void follow((screen) => shown.show(screen));
