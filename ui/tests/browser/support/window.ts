/** A clerk at a window in Chromium, over the double. */
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { Double } from '../../../src/backend/double/double';

declare global {
  interface Window {
    double: Double;
  }
}

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** The counter's window at 100 %, and the same at 200 % zoom. */
export const FULL = { viewport: { width: 1280, height: 800 } };
export const ZOOMED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };

/** From one key to the next: slower than any scanner. */
const HAND_MS = 45;

export interface Clerk {
  page: Page;
  /** Waits until a screen is there. */
  sees(screen: string): Promise<void>;
  press(...keys: string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Holds a scanner over something: its characters at a scanner's pace, then the key at its end. */
  scans(text: string, suffix?: 'Enter' | 'Tab'): Promise<void>;
  /** Moves the double's world. */
  world<T>(act: (double: Double) => T): Promise<T>;
  putsCard(card?: string): Promise<void>;
  /** The text of a part of the screen, spaces and line breaks as one space. */
  reads(selector?: string): Promise<string>;
  heard(command: string): Promise<unknown[]>;
}

/** One browser per test file; each window in a context of its own, the clerk's or the page `file`. */
export function windows(file = ''): (query?: string, options?: BrowserContextOptions) => Promise<Clerk> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());
  return async (query = '', options = FULL) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => expect.fail(`the page threw: ${error.message}`));
    await page.clock.install({ time: new Date('2026-11-20T05:32:00Z') });
    await page.goto(`${inject('address')}${file}?${query}`);
    return clerkAt(page);
  };
}

function clerkAt(page: Page): Clerk {
  return {
    page,
    sees: (screen) => page.locator(`[data-screen="${screen}"]`).waitFor(),
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text, { delay: HAND_MS }),
    async scans(text, suffix = 'Enter') {
      // The page's time stands still, as it nearly does for a scanner, however slow this machine is.
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
      await page.keyboard.type(text);
      await page.keyboard.press(suffix);
      await page.clock.resume();
    },
    world: async (act) => (await page.evaluateHandle(() => window.double)).evaluate(act),
    putsCard: (card = 'sample') => page.evaluate((put) => window.double.putCard(put), card),
    reads: async (selector = 'main') => (await page.locator(selector).innerText()).replace(/\s+/g, ' '),
    heard: (command) =>
      page.evaluate(
        (name) => window.double.heard.filter((call) => call.command === name).map((call) => call.args),
        command,
      ),
  };
}
