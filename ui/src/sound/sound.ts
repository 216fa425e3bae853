/**
 * The three sounds, one for each mark, and the tick of a card that was read.
 *
 * Below 1.5 kHz for older ears, different in rhythm as well as in pitch, never alone: the screen says the
 * same. Made when needed, so that no file is loaded.
 */

export type Sounding = 'ok' | 'check' | 'stop' | 'read';

interface Tone {
  startS: number;
  lengthS: number;
  fromHz: number;
  toHz: number;
}

const steady = (startS: number, lengthS: number, hz: number): Tone => ({ startS, lengthS, fromHz: hz, toHz: hz });

export const TONES: Record<Sounding, Tone[]> = {
  ok: [steady(0, 0.09, 880), steady(0.11, 0.09, 1175)],
  check: [steady(0, 0.12, 660), steady(0.2, 0.12, 660)],
  stop: [{ startS: 0, lengthS: 0.45, fromHz: 440, toHz: 330 }],
  read: [steady(0, 0.06, 880)],
};

/** Loudness of the four volumes: silent, soft, normal, loud. */
const GAIN = [0, 0.08, 0.2, 0.45];

/** Ends without a click. */
const FADE_S = 0.01;

let context: AudioContext | null = null;

/** Plays a sound at a volume of the settings (0–3). A PC without sound stays silent. */
export function play(sounding: Sounding, volume: number): void {
  const gain = GAIN[volume] ?? 0;
  if (gain === 0) return;
  try {
    context ??= new AudioContext();
    // Until the first touch or key a window may not sound; the clerk has pressed something by then.
    void context.resume();
    for (const tone of TONES[sounding]) playTone(context, tone, gain);
  } catch {
    context = null;
  }
}

function playTone(audio: AudioContext, tone: Tone, gain: number): void {
  const start = audio.currentTime + tone.startS;
  const end = start + tone.lengthS;
  const oscillator = new OscillatorNode(audio, { frequency: tone.fromHz });
  oscillator.frequency.linearRampToValueAtTime(tone.toHz, end);
  const envelope = new GainNode(audio, { gain: 0 });
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(gain, start + FADE_S);
  envelope.gain.setValueAtTime(gain, end - FADE_S);
  envelope.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(envelope).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
