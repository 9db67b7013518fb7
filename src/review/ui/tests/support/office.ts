// A district that plotwatch itself simulated and scanned, and `plotwatch serve` on it: for the stories of tests/served and
// the benchmark.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser } from 'playwright-core';
import type { AccountRow, AuditRow, CaseDetail, CasePage, CaseSummary, Role } from '../../src/api/types';
import { pageFolder } from '../../mock/places';
import { chromiumPath } from './stand';

const program = process.env['PLOTWATCH'] ?? '../../../build/release/bin/plotwatch';
export const password = 'four plain words here';
export const units = { own: '示例甲镇人民政府', other: '示例乙镇人民政府' } as const;
export const hostile = `<img src=x onerror="document.title='taken'">`; // in the names of the other unit's plots
export const dates = ['2025-05-10', '2026-05-12'] as const;

// Answers of the API, as somebody who has logged in gets them.
export class Caller {
  private cookie = '';
  private csrf = '';
  constructor(private readonly url: () => string) {}

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.url() + path, {
      method,
      headers: { Cookie: this.cookie, ...(method === 'GET' ? {} : { 'X-CSRF-Token': this.csrf, 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }
  async logIn(name: string): Promise<this> {
    const answer = await this.send('POST', '/api/session', { name, password });
    if (!answer.ok) throw new Error(`${name} cannot log in: ${answer.status}`);
    this.cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    this.csrf = ((await answer.json()) as { csrf: string }).csrf;
    return this;
  }
  case(id: string): Promise<CaseDetail> {
    return this.json('GET', `/api/cases/${encodeURIComponent(id)}`);
  }
  async cases(query = ''): Promise<CaseSummary[]> {
    return (await this.json<CasePage>('GET', `/api/cases?${query}`)).cases;
  }
  async judge(id: string, judgement: string, reason = ''): Promise<CaseDetail> {
    const { sequence } = await this.case(id);
    return this.json('POST', `/api/cases/${encodeURIComponent(id)}/judgement`, { judgement, reason, expected_sequence: sequence });
  }
  async audit(): Promise<AuditRow[]> {
    return (await this.json<{ rows: AuditRow[] }>('GET', '/api/audit?limit=1000')).rows;
  }
  accounts(): Promise<{ accounts: AccountRow[] }> {
    return this.json('GET', '/api/accounts');
  }
}

export interface DistrictSize {
  side: number; // px
  plots: number;
  constructionShare: number; // of the plots
}

export class Office {
  private readonly folder = mkdtempSync(join(tmpdir(), 'plotwatch-office-'));
  private server: ChildProcess | null = null;
  private port = 0;
  private log = '';
  browser!: Browser;
  link = ''; // of the first start
  readonly admin = new Caller(() => this.url); // logged in after `staff`

  static async open(size: DistrictSize = { side: 400, plots: 60, constructionShare: 0.4 }): Promise<Office> {
    const office = new Office();
    process.once('exit', () => office.server?.kill('SIGKILL'));
    const run = (command: string, ...words: string[]) => execFileSync(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    const at = (name: string) => join(office.folder, name);
    run(program, 'simulate', 'district', '--out', at('district'), '--supersample=1', `--width=${size.side}`, `--height=${size.side}`,
      `--plots=${size.plots}`, `--construction-share=${size.constructionShare}`);
    const unit = `CASE WHEN CAST(substr(code, 5) AS INTEGER) % 4 = 0 THEN '${units.other}' ELSE '${units.own}' END`;
    const name = `CASE WHEN CAST(substr(code, 5) AS INTEGER) % 4 = 0 THEN '${hostile.replaceAll("'", "''")}' || code ELSE name END`;
    run('ogrinfo', '-q', '-dialect', 'sqlite', '-sql', `UPDATE plots SET unit = ${unit}, name = ${name}`, at('district/plots.gpkg'));
    run(program, 'scan', '--before', at('district/before.tif'), '--after', at('district/after.tif'), '--before-date', dates[0],
      '--after-date', dates[1], '--plots', at('district/plots.gpkg'), '--out', office.scan, '--images');
    office.browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', '--lang=en'] });
    return office;
  }

  get scan(): string {
    return join(this.folder, 'scan');
  }
  get ledger(): string {
    return join(this.scan, 'review.gpkg');
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  // A ledger in which nobody has said anything, and no page open: before each story, also before one told again.
  async fresh(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
    await this.end('SIGTERM');
    for (const name of readdirSync(this.scan)) if (name.startsWith('review.gpkg')) rmSync(join(this.scan, name));
    this.port = 0;
    await this.start();
    this.link = await this.waitForLink();
  }

  // The server on the ledger as it is, at the port that it had.
  async start(): Promise<void> {
    this.log = '';
    const server = spawn(program, ['serve', '--scan', this.scan, '--port', String(this.port), '--ui', pageFolder, '--budget', '8'],
      { stdio: ['ignore', 'pipe', 'pipe'] });
    this.server = server;
    server.stderr!.on('data', (bytes: Buffer) => (this.log += bytes.toString()));
    for await (const line of createInterface({ input: server.stdout! })) {
      this.port = Number(line.slice(line.lastIndexOf(':') + 1));
      return;
    }
    throw new Error(`the server did not start: ${this.log}`);
  }

  private async waitForLink(): Promise<string> {
    for (;;) {
      const found = /http:\S+\/setup\?token=\S+/.exec(this.log);
      if (found) return found[0];
      if (this.server?.exitCode !== null) throw new Error(`the server has ended: ${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.server;
    this.server = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await gone;
  }

  // An administrator through the first link, and these people through the administrator.
  async staff(...people: readonly [name: string, role: Role, unit?: string][]): Promise<void> {
    const token = new URL(this.link).searchParams.get('token');
    await this.admin.json('POST', '/api/setup', { token, name: 'admin', password });
    await this.admin.logIn('admin');
    for (const [name, role, unit] of people)
      await this.admin.json('POST', '/api/accounts', { name, role, unit: unit ?? '', password });
  }
  caller(name: string): Promise<Caller> {
    return new Caller(() => this.url).logIn(name);
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
