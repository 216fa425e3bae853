/**
 * Pictures of every screen in every view, into `out/pictures`, for eyes: `npm run pictures`. Some of them by
 * a part of their names: `PICTURES=reader npm run pictures`.
 */
import { test } from 'vitest';
import { arriveAt, GALLERY } from '../browser/support/gallery';
import { RESIDENT_VIEWS } from '../browser/support/residents';
import { arriveAtStreet, STREET_GALLERY } from '../browser/support/streetGallery';
import { FULL, windows, ZOOMED } from '../browser/support/window';

const VIEWS = [
  { view: 'full', options: FULL, query: '' },
  { view: 'zoomed', options: ZOOMED, query: '' },
  { view: 'en', options: FULL, query: 'language=en&' },
  { view: 'dark', options: FULL, query: 'theme=dark&' },
  { view: 'contrast', options: FULL, query: 'theme=contrast&' },
  { view: 'training', options: FULL, query: 'training&' },
  { view: 'training-zoomed', options: ZOOMED, query: 'training&' },
  { view: 'training-en', options: FULL, query: 'training&language=en&' },
  { view: 'training-dark', options: FULL, query: 'training&theme=dark&' },
  { view: 'training-contrast', options: FULL, query: 'training&theme=contrast&' },
];

const open = windows();
const openResidents = windows('resident.html');
const openStreet = windows('street.html');

/** There is no training of a street's software. */
const STREET_VIEWS = VIEWS.filter(({ view }) => !view.startsWith('training'));

test.each(STREET_VIEWS)(
  'pictures of a street’s screens, $view',
  { timeout: 300_000 },
  async ({ view, options, query }) => {
    const pictures = STREET_GALLERY.map((picture) => ({ ...picture, name: `street-${picture.name}` }));
    for (const picture of pictures.filter(({ name }) => name.includes(process.env['PICTURES'] ?? ''))) {
      const clerk = await openStreet(`${query}${picture.query ?? ''}`, options);
      await arriveAtStreet(picture, clerk);
      await clerk.page.screenshot({ path: `out/pictures/${view}/${picture.name}.png`, fullPage: true });
      await clerk.page.context().close();
    }
  },
);

test.each(VIEWS)('pictures of every screen, $view', { timeout: 300_000 }, async ({ view, options, query }) => {
  for (const picture of GALLERY.filter(({ name }) => name.includes(process.env['PICTURES'] ?? ''))) {
    const clerk = await open(`${query}${picture.query ?? ''}`, options);
    await arriveAt(picture, clerk);
    await clerk.page.screenshot({ path: `out/pictures/${view}/${picture.name}.png`, fullPage: true });
    await clerk.page.context().close();
  }
  for (const { name, query: shows, view: shown } of RESIDENT_VIEWS) {
    const resident = await openResidents(`${query}${shows}`, options);
    // It rests until it is told what to show.
    await resident.page.locator(`[data-screen="resident"][data-view="${shown}"]`).waitFor();
    await resident.page.screenshot({ path: `out/pictures/${view}/resident-${name}.png`, fullPage: true });
    await resident.page.context().close();
  }
});
