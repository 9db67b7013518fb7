// The pictures: both dates on one view, exact pixels, every way of comparing.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { currentCase, open, sit, type Seat, type Stand } from '../support/stand';

let stand: Stand;
let seat: Seat;
beforeAll(async () => (stand = await open()));
afterAll(async () => stand?.close());
beforeEach(async () => {
  await stand.fresh();
  seat = await sit(stand, 'wang');
  await currentCase(seat.page);
});
afterEach(() => expect(seat.errors).toEqual([]));

const settle = 500; // ms
const both = (page: Page) => page.locator('.windows').evaluate((windows) => [windows.getAttribute('data-before')!, windows.getAttribute('data-after')!] as const);

// The window as it looks once nothing changes any more.
async function steady(page: Page): Promise<Buffer> {
  const host = page.locator('.window .host').first();
  await page.mouse.move(5, 5);
  let last = await host.screenshot();
  let same = 0; // in a row: on a busy machine the next part of a picture takes its time
  for (let i = 0; i < 60; ++i) {
    await page.waitForTimeout(settle);
    const next = await host.screenshot();
    same = next.equals(last) ? same + 1 : 0;
    if (same === 3) return next;
    last = next;
  }
  throw new Error('the window does not come to rest');
}

// Pixels in which two pictures of one size differ by more than the canvas's rounding, which moves a few by some levels.
async function different(page: Page, a: Buffer, b: Buffer): Promise<number> {
  return page.evaluate(async ([first, second]) => {
    const pixels = async (base64: string) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height).data;
    };
    const [x, y] = [await pixels(first), await pixels(second)];
    if (x.length !== y.length) return Infinity;
    let count = 0;
    for (let i = 0; i < x.length; i += 4)
      if ([0, 1, 2].some((c) => Math.abs(x[i + c]! - y[i + c]!) > 8)) ++count;
    return count;
  }, [a.toString('base64'), b.toString('base64')] as const);
}

describe('the comparison', () => {
  it('steps through all dates, before always the earlier', async () => {
    const { page } = seat;
    const seen = new Set<string>();
    for (const key of ['<', '<', '<', '<', '<', ',', ',', ',', ',', ',', '.', '.', '.', '.', '.', '>', '>', '>', '>', '>']) {
      await page.keyboard.press(key);
      const [before, after] = await both(page);
      expect(before < after, `${before} ${after}`).toBe(true);
      seen.add(before).add(after);
    }
    expect(seen.size).toBe(6);
    await expect.poll(() => both(page)).toEqual(['2026-09-09', '2026-10-28']);
    await page.locator('.strip button.frame').first().click();
    await expect.poll(() => both(page)).toEqual(['2026-03-12', '2026-09-09']);
  });

  it('moves both windows together', async () => {
    const { page } = seat;
    await page.keyboard.press('d');
    await page.locator('.window:nth-child(2)').waitFor();
    const box = (await page.locator('.window').first().boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    const where = async (window: number) => {
      const at = (await page.locator('.window').nth(window).boundingBox())!;
      await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
      await page.waitForTimeout(100);
      return page.locator('.coordinates .number').first().innerText();
    };
    await steady(page);
    const start = [await where(0), await where(1)];
    expect(start[0]).toBe(start[1]);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 1.5 - 80, box.y + box.height / 2 + 30, { steps: 4 });
    await page.mouse.up();
    await page.mouse.wheel(0, -300);
    await steady(page);
    await expect.poll(async () => {
      const moved = [await where(0), await where(1)];
      return [moved[0] === moved[1], moved[0] === start[0]];
    }, { timeout: 60_000 }).toEqual([true, false]);
  });

  it('blinks with the space bar: one window, two pictures', async () => {
    const { page } = seat;
    await page.keyboard.press(' ');
    await page.locator('.windows.blink').waitFor();
    await page.locator('.date-tag', { hasText: /Before$/ }).waitFor();
    const before = await steady(page);
    await page.keyboard.press(' ');
    await page.locator('.date-tag', { hasText: /After$/ }).waitFor();
    await expect.poll(async () => different(page, before, await steady(page)), { timeout: 60_000 }).toBeGreaterThan(1000);
    await page.keyboard.press(' ');
    await expect.poll(async () => different(page, before, await steady(page)), { timeout: 60_000 }).toBe(0);
    await page.keyboard.press('Escape');
    await page.locator('.windows.swipe').waitFor();
  });

  it('moves the divider with the arrow keys', async () => {
    const { page } = seat;
    const handle = page.getByRole('slider', { name: /Divider/ });
    await handle.focus();
    const value = (wanted: string) => expect.poll(() => handle.getAttribute('aria-valuenow')).toBe(wanted);
    for (let i = 0; i < 4; ++i) await page.keyboard.press('ArrowRight');
    await value('70');
    await page.keyboard.press('Home');
    await value('0');
    await page.keyboard.press('End');
    await value('100');
  });

  it('lays the score over the pictures, and takes it off', async () => {
    const { page } = seat;
    await page.keyboard.press('f');
    await page.keyboard.press('s'); // once on and off, so that all that is shown has come
    await page.getByRole('slider', { name: /Opacity/ }).waitFor();
    await steady(page);
    await page.keyboard.press('s');
    const plain = await steady(page);
    await page.keyboard.press('s');
    await page.getByRole('slider', { name: /Opacity/ }).waitFor();
    await expect.poll(async () => different(page, plain, await steady(page)), { timeout: 60_000 }).toBeGreaterThan(1000);
    await page.keyboard.press('s');
    await expect.poll(async () => different(page, plain, await steady(page)), { timeout: 60_000 }).toBe(0);
  });

  it('shows pixels as they are: squares of one colour when zoomed in', async () => {
    const { page } = seat;
    await page.keyboard.press('o');
    await page.keyboard.press('p');
    for (let i = 0; i < 3; ++i) {
      await page.keyboard.press('+');
      await page.waitForTimeout(200);
    }
    await steady(page);
    const box = (await page.locator('.window .host').first().boundingBox())!;
    const png = await page.screenshot({ clip: { x: Math.round(box.x + box.width * 0.55), y: Math.round(box.y + box.height * 0.3), width: 300, height: 1 } });
    // A test page of its own: the review page's policy lets no data: address be fetched.
    const helper = await stand.browser.newPage();
    const colours = await helper.evaluate(async (base64) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const context = new OffscreenCanvas(picture.width, 1).getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const data = context.getImageData(0, 0, picture.width, 1).data;
      return Array.from({ length: picture.width }, (_, i) => `${data[i * 4]} ${data[i * 4 + 1]} ${data[i * 4 + 2]}`);
    }, png.toString('base64'));
    await helper.close();
    const runs: number[] = [];
    for (const [i, value] of colours.entries()) {
      if (i > 0 && value === colours[i - 1]) runs[runs.length - 1]! += 1;
      else runs.push(1);
    }
    // Smoothing would make nearly every screen pixel another colour; here whole image pixels are 20 of them and more.
    const inner = runs.slice(1, -1);
    expect(inner.length).toBeGreaterThan(0);
    expect(Math.min(...inner)).toBeGreaterThanOrEqual(15);
  });

  it('opens a case from the map', async () => {
    const { page } = seat;
    await page.keyboard.press('m');
    await page.getByText('60 cases on the map').waitFor();
    const start = await page.locator('.row.current').getAttribute('data-case');
    await page.keyboard.press('j');
    await page.waitForFunction((before) => document.querySelector('.row.current')?.getAttribute('data-case') !== before, start);
    await page.keyboard.press('m');
    await currentCase(page);
  });
});
