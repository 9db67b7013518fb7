// npm run bench -- [--served] [--cases 50000] [--steps 40] [--delay 0]: how long a person waits for the first view and for the next
// case, on the mock or on plotwatch serve.
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { Office, password } from '../tests/support/office';
import { open, sit, sitAt } from '../tests/support/stand';
import { line } from './figures';

const { values } = parseArgs({ options: {
  served: { type: 'boolean', default: false }, // cases of a scan of a simulated district: about as many
  cases: { type: 'string', default: '50000' }, steps: { type: 'string', default: '40' },
  delay: { type: 'string', default: '0' }, // ms, of every answer of the mock
} });

interface Desk {
  page: Page;
  told: string;
  close(): Promise<void>;
}

async function onMock(): Promise<Desk> {
  const stand = await open({ cases: Number(values.cases), delayMs: Number(values.delay) });
  const { page } = await sit(stand, 'wang');
  return { page, told: `${values.cases} cases of the mock, ${values.delay} ms added to every answer of the API`, close: stand.close };
}

// Of a hundred plots on which construction starts some seventy become cases; a plot has 25 by 25 pixels of the district.
async function onServer(): Promise<Desk> {
  const plots = Math.round(Number(values.cases) / 0.7);
  const office = await Office.open({ side: Math.ceil(25 * Math.sqrt(plots)), plots, constructionShare: 0.8 });
  await office.fresh();
  await office.staff(['wang', 'supervisor']);
  const { total } = await office.admin.json<{ total: number }>('GET', '/api/cases?limit=1');
  const { page } = await sitAt(office.browser, office.url, 'wang', password);
  return { page, told: `${total} cases of plotwatch serve`, close: () => office.close() };
}
// Seconds of processor that the page's process has used: what noise from other programs does not touch.
async function processor(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return metrics.find((metric) => metric.name === 'ProcessTime')!.value;
}

const looking = 1500; // ms that a person looks at a case: meanwhile the next ones are fetched
const loads = 5;

// Milliseconds from the navigation to the first row of the list, and to the first case's pictures on the screen.
async function firstView(page: Page): Promise<[number, number]> {
  await page.reload({ waitUntil: 'commit' });
  await page.locator('.row.current').waitFor();
  const rows = await page.evaluate(() => performance.now());
  await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0);
  return [rows, await page.evaluate(() => performance.getEntriesByName('drawn')[0]!.startTime)];
}

// Milliseconds from the key to both pictures of the next case on the screen.
async function nextCase(page: Page, key: string, pause: number): Promise<number> {
  await page.waitForTimeout(pause);
  const before = await page.locator('.row.current').getAttribute('data-case');
  await page.evaluate(() => performance.clearMarks());
  await page.keyboard.press(key);
  await page.waitForFunction((old) => performance.getEntriesByName('drawn').some((mark) => (mark as PerformanceMark).detail !== old), before);
  return page.evaluate((old) => {
    const drawn = performance.getEntriesByName('drawn').find((mark) => (mark as PerformanceMark).detail !== old)!;
    return drawn.startTime - performance.getEntriesByName('key')[0]!.startTime;
  }, before);
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; ++i) found.push(await measure());
  return found;
}

const desk = await (values.served ? onServer() : onMock());
try {
  const { page } = desk;
  await page.locator('.row.current').waitFor();
  const first: [number, number][] = [];
  const start = await processor(page);
  for (let i = 0; i < loads; ++i) first.push(await firstView(page));
  const used = await processor(page);
  const steps = Number(values.steps);
  console.log(`${desk.told}; milliseconds`);
  console.log(line('first view: list', first.map(([rows]) => rows)));
  console.log(line('first view: pictures of the first case', first.map(([, drawn]) => drawn)));
  console.log(line('  processor of the page a load', [((used - start) * 1000) / loads]));
  console.log(line(`next case (j), looked at for ${looking} ms`, await repeat(steps, () => nextCase(page, 'j', looking))));
  console.log(line(`verdict (6) and next case, the same`, await repeat(steps, () => nextCase(page, '6', looking))));
  const before = await processor(page);
  console.log(line('next case (j), no pause', await repeat(steps, () => nextCase(page, 'j', 0))));
  console.log(line('  processor of the page a case', [((await processor(page)) - before) * 1000 / steps]));
  const scrolled = await page.evaluate(async () => {
    const list = document.querySelector('.list')!;
    const start = performance.now();
    list.scrollTop = list.scrollHeight;
    while (!document.querySelector('.row[aria-posinset="' + document.querySelector('.row[aria-setsize]')?.getAttribute('aria-setsize') + '"]')) await new Promise(requestAnimationFrame);
    return [performance.now() - start, document.querySelectorAll('.row').length];
  });
  console.log(line('to the last row of the list', [scrolled[0]!]));
  console.log(`rows in the document: ${scrolled[1]}`);
} finally {
  await desk.close();
}
