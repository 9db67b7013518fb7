// The API of the real server, on the mock's store.
import { existsSync } from 'node:fs';
import type { AccountRow, Judgement, Role, StatisticsRow } from '../src/api/types';
import { checkImport, exportZip, writeImport } from './exchange';
import { inside, sendFile } from './files';
import { answer, fileOf, jsonOf, type Call, type Handler } from './http';
import { judgementNames, rules, statuses, tierNames, units } from './names';
import { Refused, summary, type Store } from './store';
import type { CaseDetail } from '../src/api/types';

export interface Route {
  method: string;
  pattern: string;
  role: Role | 'anybody';
  handle: Handler;
}

type Body = Record<string, string> & { expected_sequence: number; rows: number[]; judgement: Judgement; disabled: boolean };

export function routes(store: Store, scenes: string): Route[] {
  const body = (call: Call) => jsonOf<Body>(call.request);
  const found = (call: Call) => store.find(call.parts[0]!, call.who);
  const said = (kind: string, change: (b: Body) => Partial<CaseDetail> = () => ({})): Handler => async (call) => {
    const b = await body(call);
    return store.say(found(call), call.who, kind, b, change(b));
  };
  const account = ({ name, display_name, role, unit, disabled, last_login }: AccountRow) => ({ name, display_name, role, unit, disabled, last_login });
  return [
    { method: 'GET', pattern: '/api/health', role: 'anybody', handle: () => ({ ok: true }) },
    { method: 'POST', pattern: '/api/setup', role: 'anybody', handle: async (call) => {
      const b = await body(call);
      if (!store.setupToken || b['token'] !== store.setupToken) throw new Refused(403, 'this link was used before or is wrong', '链接无效或已使用');
      store.setupToken = '';
      store.accounts.set(b['name']!, { name: b['name']!, display_name: b['display_name']!, role: 'administrator', unit: '', disabled: false, password: b['password']!, last_login: null });
      return answer(call.response, 201, {});
    } },
    { method: 'GET', pattern: '/api/colleagues', role: 'inspector', handle: () => ({ colleagues: [...store.accounts.values()].filter((a) => a.role !== 'viewer' && !a.disabled).map(({ name, display_name, unit }) => ({ name, display_name, unit })) }) },
    { method: 'GET', pattern: '/api/accounts', role: 'administrator', handle: () => [...store.accounts.values()].map(account) },
    { method: 'POST', pattern: '/api/accounts', role: 'administrator', handle: async (call) => {
      const b = await body(call);
      if (store.accounts.has(b['name']!)) throw new Refused(409, `there is an account ${b['name']}`, '账号已存在');
      store.accounts.set(b['name']!, { ...(b as unknown as AccountRow), disabled: false, last_login: null, password: b['password']! });
      store.note(call.who, 'account_added', b['name']!);
      return answer(call.response, 201, account(store.accounts.get(b['name']!)!));
    } },
    { method: 'PATCH', pattern: '/api/accounts/*', role: 'administrator', handle: async (call) => {
      const known = store.accounts.get(call.parts[0]!);
      if (!known) throw new Refused(404, 'there is no such account', '没有该账号');
      Object.assign(known, await body(call));
      store.note(call.who, 'account_changed', known.name);
      return account(known);
    } },
    { method: 'POST', pattern: '/api/session/password', role: 'viewer', handle: async (call) => {
      const b = await body(call);
      const known = store.accounts.get(call.who)!;
      if (known.password !== b['old']) throw new Refused(403, 'the present password is wrong', '当前密码不正确');
      known.password = b['new']!;
      return answer(call.response, 204, undefined);
    } },
    { method: 'GET', pattern: '/api/filters', role: 'viewer', handle: (call) => {
      const all = store.select(new URLSearchParams(), call.who);
      const totals: Record<string, Record<string, number>> = {};
      for (const [key, member] of [['unit', 'unit'], ['status', 'plot_status'], ['rule', 'rule_id'], ['tier', 'tier'], ['judgement', 'judgement'], ['severity', 'severity']] as const) {
        const counts: Record<string, number> = (totals[key] = {});
        for (const c of all) counts[c[member]] = (counts[c[member]] ?? 0) + 1;
      }
      return { units, statuses, rules: rules.map(({ id, reason, reason_zh }) => ({ id, reason, reason_zh })), tiers: tierNames, judgements: judgementNames, totals };
    } },
    { method: 'GET', pattern: '/api/cases', role: 'viewer', handle: (call) => {
      const query = call.url.searchParams;
      const all = store.select(query, call.who);
      const offset = Number(query.get('offset') ?? 0);
      return { total: all.length, sequence: store.sequence, cases: all.slice(offset, offset + Number(query.get('limit') ?? 100)).map(summary) };
    } },
    { method: 'GET', pattern: '/api/cases/geometry', role: 'viewer', handle: (call) => ({
      type: 'FeatureCollection',
      features: store.select(call.url.searchParams, call.who).map((c) => ({ type: 'Feature', geometry: c.geometry, properties: { id: c.id, severity: c.severity, tier: c.tier, judgement: c.judgement } })),
    }) },
    { method: 'GET', pattern: '/api/cases/*', role: 'viewer', handle: found },
    { method: 'POST', pattern: '/api/cases/*/judgement', role: 'inspector', handle: async (call) => {
      const b = await body(call);
      return store.judge(found(call), call.who, b as unknown as Parameters<Store['judge']>[2]);
    } },
    { method: 'DELETE', pattern: '/api/cases/*/judgement', role: 'inspector', handle: async (call) => store.undo(found(call), call.who, (await body(call)).expected_sequence) },
    { method: 'POST', pattern: '/api/cases/*/agreement', role: 'supervisor', handle: (call) => store.agree(found(call), call.who) },
    { method: 'PUT', pattern: '/api/cases/*/assignment', role: 'inspector', handle: said('assigned', (b) => ({ assigned_to: b['to']! })) },
    { method: 'POST', pattern: '/api/cases/*/notes', role: 'inspector', handle: said('annotated') },
    { method: 'POST', pattern: '/api/cases/*/close', role: 'supervisor', handle: said('closed', () => ({ open: false })) },
    { method: 'POST', pattern: '/api/cases/*/reopen', role: 'supervisor', handle: said('reopened', () => ({ open: true })) },
    { method: 'POST', pattern: '/api/cases/*/penalty', role: 'inspector', handle: said('penalised') },
    { method: 'POST', pattern: '/api/cases/*/remedy', role: 'inspector', handle: said('put_right') },
    { method: 'POST', pattern: '/api/cases/*/photos', role: 'inspector', handle: async (call) => {
      const { name, type, bytes } = await fileOf(call.request);
      if (!/^image\/(jpeg|png|webp)$/.test(type)) throw new Refused(415, 'this is no picture', '文件不是图片');
      return answer(call.response, 201, { sha256: store.addPhoto(found(call), call.who, name, type, bytes) });
    } },
    { method: 'GET', pattern: '/api/photos/*', role: 'viewer', handle: (call) => {
      const photo = store.photos.get(call.parts[0]!);
      if (!photo) throw new Refused(404, 'there is no such photo', '没有该照片');
      call.response.writeHead(200, { 'Content-Type': photo.type, 'X-Content-Type-Options': 'nosniff' }).end(photo.bytes);
      return undefined;
    } },
    { method: 'GET', pattern: '/api/plots', role: 'viewer', handle: () => ({
      type: 'FeatureCollection', features: store.district.plots.map(({ properties, geometry }) => ({ type: 'Feature', geometry, properties })),
    }) },
    { method: 'GET', pattern: '/api/plots/*/observations', role: 'viewer', handle: (call) => store.district.cases.find((c) => c.plot_code === call.parts[0])?.observations ?? [] },
    ...(['GET', 'HEAD'] as const).map((method): Route => ({ method, pattern: '/api/scans/*/files/**', role: 'viewer', handle: (call) => {
      const path = inside(scenes, `${call.parts[0]}/${call.parts[1]}`);
      if (!path || !existsSync(path)) throw new Refused(404, 'there is no such file', '没有该文件');
      sendFile(call.request, call.response, path);
      return undefined;
    } })),
    { method: 'GET', pattern: '/api/export', role: 'supervisor', handle: (call) => {
      const zip = exportZip(store.select(call.url.searchParams, call.who));
      store.note(call.who, 'review_exported', '');
      call.response.writeHead(200, { 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename="plotwatch.zip"' }).end(zip);
      return undefined;
    } },
    { method: 'POST', pattern: '/api/import', role: 'supervisor', handle: async (call) => checkImport(store, call.who, (await fileOf(call.request)).bytes) },
    { method: 'POST', pattern: '/api/import/*', role: 'supervisor', handle: async (call) => writeImport(store, call.who, call.parts[0]!, (await body(call)).rows) },
    { method: 'GET', pattern: '/api/advice', role: 'viewer', handle: () => store.advice },
    ...(['accept', 'decline'] as const).map((word): Route => ({ method: 'POST', pattern: `/api/advice/*/${word}`, role: 'supervisor', handle: (call) => {
      const entry = store.advice.find((a) => a.id === call.parts[0]);
      if (!entry) throw new Refused(404, 'there is no such advice', '没有该建议');
      entry.state = word === 'accept' ? 'accepted' : 'declined';
      store.note(call.who, `review_advice_${word === 'accept' ? 'accepted' : 'declined'}`, entry.id);
      return entry;
    } })),
    { method: 'GET', pattern: '/api/stats', role: 'viewer', handle: (call) => statistics(store, call) },
    { method: 'GET', pattern: '/api/audit', role: 'administrator', handle: (call) => {
      const offset = Number(call.url.searchParams.get('offset') ?? 0);
      return { total: store.audit.length, rows: store.audit.slice(offset, offset + Number(call.url.searchParams.get('limit') ?? 100)) };
    } },
  ];
}

function statistics(store: Store, call: Call): { from: string | null; to: string | null; by: string; rows: StatisticsRow[] } {
  const query = call.url.searchParams;
  const by = query.get('by') ?? 'unit';
  const member = by === 'status' ? 'plot_status' : by === 'rule' ? 'rule_id' : 'unit';
  const rows = new Map<string, StatisticsRow>();
  for (const c of store.select(query, call.who)) {
    const row = rows.get(c[member]) ?? { key: c[member], cases: 0, open: 0, judged: 0, construction: 0, farm_work: 0, false_change: 0, overdue: 0, median_days_to_judgement: null };
    row.cases += 1;
    row.open += c.open ? 1 : 0;
    row.judged += c.judgement === 'none' ? 0 : 1;
    row.construction += c.judgement === 'construction' ? 1 : 0;
    row.farm_work += c.judgement === 'farm_work' ? 1 : 0;
    row.false_change += c.judgement === 'false_change' ? 1 : 0;
    row.overdue += c.open && c.days_left !== null && c.days_left < 0 ? 1 : 0;
    rows.set(c[member], row);
  }
  return { from: query.get('from'), to: query.get('to'), by, rows: [...rows.values()].sort((a, b) => b.cases - a.cases) };
}
