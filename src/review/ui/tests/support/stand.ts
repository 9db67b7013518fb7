// A mock, a browser and a logged-in page, for stories, pictures and the benchmark.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { accounts } from '../../mock/names';
import { makeScenes, pageFolder, scenesFolder } from '../../mock/places';
import { startMock, type Mock, type MockOptions } from '../../mock/server';

export const chromiumPath = process.env['PLOTWATCH_CHROMIUM'] ?? '/usr/bin/chromium';

// As if the browser ran on a machine so many times slower: what races there shows here.
const slowdown = Number(process.env['PLOTWATCH_UI_SLOWDOWN'] ?? 1);

export interface Stand {
  mock: Mock;
  browser: Browser;
  fresh(): Promise<void>; // a new district and no page open: before each story, also before one told again
  close(): Promise<void>;
}

export async function open(options: Partial<MockOptions> = {}): Promise<Stand> {
  if (!existsSync(`${pageFolder}/index.html`)) throw new Error(`the page is not built: npm run build (looked in ${pageFolder})`);
  makeScenes(scenesFolder);
  const start = () => startMock({ scenes: scenesFolder, page: pageFolder, cases: 60, ...options });
  const stand: Stand = {
    mock: await start(),
    browser: await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', '--lang=en'] }),
    fresh: async () => {
      for (const context of stand.browser.contexts()) await context.close();
      await stand.mock.close();
      stand.mock = await start();
    },
    close: async () => {
      await stand.browser.close();
      await stand.mock.close();
    },
  };
  return stand;
}

export interface Seat {
  context: BrowserContext;
  page: Page;
  errors: string[]; // what the browser reported: errors of scripts, refusals of the content security policy
}

export interface SeatSettings {
  language?: 'en' | 'zh';
  width?: number;
  height?: number;
  touch?: boolean;
  path?: string;
}

export function sit(stand: Stand, name: (typeof accounts)[number]['name'], settings: SeatSettings = {}): Promise<Seat> {
  return sitAt(stand.browser, stand.mock.url, name, accounts.find((account) => account.name === name)!.password, settings);
}

export async function sitAt(browser: Browser, url: string, name: string, password: string, settings: SeatSettings = {}): Promise<Seat> {
  const seat = await openPage(browser, settings);
  await seat.page.goto(`${url}/${settings.path ?? ''}`);
  await logIn(seat.page, name, password);
  return seat;
}

export async function logIn(page: Page, name: string, password: string): Promise<void> {
  await page.locator('input[autocomplete=username]').fill(name);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.bar').waitFor();
}

export async function openPage(browser: Browser, settings: SeatSettings = {}): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width: settings.width ?? 1440, height: settings.height ?? 900 }, locale: settings.language === 'zh' ? 'zh-CN' : 'en-GB',
    hasTouch: settings.touch ?? false, acceptDownloads: true,
  });
  const page = await context.newPage();
  if (slowdown > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  page.on('console', (message) => {
    // The browser itself reports every answer of 400 and above; stories ask for some of them.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  return { context, page, errors };
}

// The case that lies on the desk, once its facts and pictures are there.
export async function currentCase(page: Page): Promise<string> {
  const found = await page.waitForFunction(() => {
    const id = document.querySelector('.row.current')?.getAttribute('data-case');
    return id && document.querySelector('.windows')?.getAttribute('data-case') === id ? id : null;
  });
  return (await found.jsonValue())!;
}
