// A server that answers as the real one does, out of made-up cases: for work on the page, its tests and its benchmark.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { roles, type Role } from '../src/api/types';
import { inside, sendFile } from './files';
import { answer, cookie, jsonOf, match, policy, type Call } from './http';
import { routes } from './routes';
import { Refused, Store } from './store';

export interface MockOptions {
  scenes: string; // folder that scenes.py filled
  page: string; // folder of the built page
  cases: number;
  budget?: number;
  port?: number;
  delayMs?: number; // of every answer of the API, as of an office network
}

export interface Mock {
  url: string;
  store: Store;
  fail: { status: number }; // not 0: every changing request is answered with it
  close(): Promise<void>;
}

interface Session {
  name: string;
  csrf: string;
}

export async function startMock(options: MockOptions): Promise<Mock> {
  const store = new Store(options.scenes, options.cases, options.budget ?? 30);
  const sessions = new Map<string, Session>();
  const table = routes(store, options.scenes);
  const fail = { status: 0 };

  async function logIn(call: Call): Promise<void> {
    const { name, password } = await jsonOf<{ name: string; password: string }>(call.request);
    const known = store.accounts.get(name);
    if (!known || known.password !== password || known.disabled) throw new Refused(401, 'name or password is wrong', '账号或密码不正确');
    const key = randomBytes(18).toString('hex');
    const csrf = randomBytes(18).toString('hex');
    sessions.set(key, { name, csrf });
    known.last_login = new Date().toISOString();
    store.note(name, 'account_logged_in', name);
    answer(call.response, 200, store.account(name, csrf), { 'Set-Cookie': `plotwatch_session=${key}; HttpOnly; SameSite=Strict; Path=/` });
  }

  async function api(call: Call): Promise<void> {
    const { request, response, url } = call;
    const key = cookie(request, 'plotwatch_session');
    const session = sessions.get(key);
    const method = request.method ?? 'GET';
    if (url.pathname === '/api/session') {
      if (method === 'POST') return logIn(call);
      if (!session) throw new Refused(401, 'not logged in', '未登录');
      if (method === 'GET') return answer(response, 200, store.account(session.name, session.csrf));
      sessions.delete(key);
      return answer(response, 204, undefined);
    }
    for (const route of table) {
      const parts = route.method === method ? match(route.pattern, url.pathname) : null;
      if (!parts) continue;
      if (route.role !== 'anybody') admit(session, route.role, request, method);
      if (fail.status && method !== 'GET') throw new Refused(fail.status, 'the server is busy', '服务器繁忙');
      const result = await route.handle({ ...call, parts, who: session?.name ?? '' });
      if (!response.headersSent) answer(response, 200, result);
      return;
    }
    throw new Refused(404, `there is nothing at ${url.pathname}`, '没有该内容');
  }

  function admit(session: Session | undefined, role: Role, request: IncomingMessage, method: string): void {
    if (!session) throw new Refused(401, 'not logged in', '未登录');
    if (method !== 'GET' && method !== 'HEAD' && request.headers['x-csrf-token'] !== session.csrf) throw new Refused(403, 'the request lacks its token', '请求缺少令牌');
    if (roles.indexOf(store.accounts.get(session.name)!.role) < roles.indexOf(role)) throw new Refused(403, `this needs the role ${role}`, '权限不足');
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    try {
      if (url.pathname.startsWith('/api/')) {
        if (options.delayMs) await new Promise((resolve) => setTimeout(resolve, options.delayMs));
        return await api({ request, response, url, parts: [], who: '' });
      }
      const page = url.pathname === '/' || url.pathname === '/setup' ? '/index.html' : url.pathname;
      const path = inside(options.page, page);
      if (path) return sendFile(request, response, path);
      throw new Refused(404, `there is nothing at ${url.pathname}`, '没有该内容');
    } catch (error) {
      if (response.headersSent) return void response.end();
      if (!(error instanceof Refused)) console.error(error);
      const refused = error instanceof Refused ? error : new Refused(500, 'the mock failed', '服务器出错');
      answer(response, refused.status, { error: { what: refused.message, where: url.pathname, advice: '' }, what_zh: refused.zh, ...refused.more });
    }
  }

  const server: Server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, store, fail,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
