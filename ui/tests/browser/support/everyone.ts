/**
 * Every screen for everyone: WCAG 2.2 AA by axe in all themes and both languages, and nothing wider than
 * the window at 200 % zoom or with text at 200 %.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { arriveAt, GALLERY } from './gallery';
import { RESIDENT_VIEWS } from './residents';
import { type Clerk, FULL, windows, ZOOMED } from './window';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark', 'contrast'];

/** Tests of every screen in one language; a file per language, so that they run side by side. */
export function everyScreenIsForEveryone(language: 'ja' | 'en'): void {
  const open = windows();
  test.each(GALLERY)('$name is for everyone', async (picture) => {
    const clerk = await open(`language=${language}&${picture.query ?? ''}`);
    await arriveAt(picture, clerk);
    await isForEveryone(clerk);
  });
  const openResidents = windows('resident.html');
  test.each(RESIDENT_VIEWS)('the resident’s screen is for everyone, $name', async ({ query, view }) => {
    const resident = await openResidents(`language=${language}&${query}`);
    // It rests until it is told what to show.
    await resident.page.locator(`[data-screen="resident"][data-view="${view}"]`).waitFor();
    await isForEveryone(resident);
  });
}

export async function isForEveryone({ page }: Clerk): Promise<void> {
  await page.evaluate(AXE);
  for (const theme of THEMES) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    expect(await objections(page), `axe in the ${theme} theme`).toEqual([]);
  }
  await page.setViewportSize(ZOOMED.viewport);
  expect(await tooWide(page), 'zoomed to 200 %').toEqual([]);
  await page.setViewportSize(FULL.viewport);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  expect(await tooWide(page), 'with text at 200 %').toEqual([]);
  await page.context().close();
}

async function objections(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(
    (tags) => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: tags }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join(' ')}`),
  );
}

/** What reaches beyond the window's edges. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => !element.closest('svg, .vh') && element.getClientRects().length > 0)
      .filter(
        (element) => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1,
      )
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 30) ?? ''}`);
  });
