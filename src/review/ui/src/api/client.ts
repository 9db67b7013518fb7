// Talks to the server: one function a call, errors as ApiError, the CSRF token on every changing request.
import type {
  Account, AccountRow, Advice, AuditRow, CaseDetail, CaseFeature, CasePage, Colleague, ErrorText, FilterChoices, GeoCollection,
  ImportCheck, ImportRow, Judgement, Observation, PlotFeature, Statistics,
} from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: the server could not be reached
    readonly text: ErrorText,
    readonly textZh: string,
    readonly body: unknown,
  ) {
    super(text.what);
  }
}

let csrf = '';
let onLoggedOut: () => void = () => {};

export function useToken(token: string): void {
  csrf = token;
}
export function whenLoggedOut(action: () => void): void {
  onLoggedOut = action;
}

async function failure(response: Response): Promise<ApiError> {
  let body: unknown = null;
  try {
    body = await response.json();
  } catch {
    // not JSON: a proxy's page. The status tells enough.
  }
  const record = (body ?? {}) as { error?: ErrorText; what_zh?: string };
  const text = record.error ?? { what: `The server answered ${response.status}` };
  const zh = record.what_zh ?? (record.error as { what_zh?: string } | undefined)?.what_zh ?? '';
  return new ApiError(response.status, text, zh, body);
}

export async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  let payload: BodyInit | undefined;
  if (body instanceof FormData || body instanceof Blob) payload = body;
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    payload = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method, headers, credentials: 'same-origin', ...(payload === undefined ? {} : { body: payload }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, { what: 'The server cannot be reached', advice: 'check the network and try again' },
                       '无法连接服务器，请检查网络后重试', null);
  }
  if (response.ok) return response;
  if (response.status === 401 && !path.startsWith('/api/session')) onLoggedOut();
  throw await failure(response);
}

async function json<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const id = encodeURIComponent;
const casePath = (caseId: string) => `/api/cases/${id(caseId)}`;

export const api = {
  // session and accounts
  session: () => json<Account>('GET', '/api/session'),
  logIn: (name: string, password: string) => json<Account>('POST', '/api/session', { name, password }),
  logOut: () => json<void>('DELETE', '/api/session'),
  setUp: (facts: { token: string; name: string; display_name: string; password: string }) =>
    json<void>('POST', '/api/setup', facts),
  changePassword: (old: string, next: string) => json<void>('POST', '/api/session/password', { old, new: next }),
  colleagues: async () => rows<Colleague>(await json('GET', '/api/colleagues'), 'colleagues'),
  accounts: async () => rows<AccountRow>(await json('GET', '/api/accounts'), 'accounts'),
  addAccount: (facts: Record<string, unknown>) => json<AccountRow>('POST', '/api/accounts', facts),
  changeAccount: (name: string, facts: Record<string, unknown>) =>
    json<AccountRow>('PATCH', `/api/accounts/${id(name)}`, facts),

  // reading
  filters: () => json<FilterChoices>('GET', '/api/filters'),
  cases: (query: URLSearchParams, signal?: AbortSignal) =>
    json<CasePage>('GET', `/api/cases?${query}`, undefined, signal),
  case: (caseId: string, signal?: AbortSignal) => json<CaseDetail>('GET', casePath(caseId), undefined, signal),
  caseGeometry: (query: URLSearchParams, signal?: AbortSignal) =>
    json<GeoCollection<CaseFeature>>('GET', `/api/cases/geometry?${query}`, undefined, signal),
  plots: (bbox: number[], signal?: AbortSignal) =>
    json<GeoCollection<PlotFeature>>('GET', `/api/plots?bbox=${bbox.join(',')}`, undefined, signal),
  plotObservations: async (code: string) =>
    rows<Observation>(await json('GET', `/api/plots/${id(code)}/observations`), 'observations'),

  // saying
  judge: (caseId: string, said: { judgement: Judgement; reason: string; note?: string; expected_sequence: number }) =>
    json<CaseDetail>('POST', `${casePath(caseId)}/judgement`, said),
  undo: (caseId: string, expected: number) =>
    json<CaseDetail>('DELETE', `${casePath(caseId)}/judgement`, { expected_sequence: expected }),
  agree: (caseId: string) => json<CaseDetail>('POST', `${casePath(caseId)}/agreement`, {}),
  assign: (caseId: string, to: string) => json<CaseDetail>('PUT', `${casePath(caseId)}/assignment`, { to }),
  annotate: (caseId: string, text: string) => json<CaseDetail>('POST', `${casePath(caseId)}/notes`, { text }),
  close: (caseId: string, reason: string) => json<CaseDetail>('POST', `${casePath(caseId)}/close`, { reason }),
  reopen: (caseId: string, reason: string) => json<CaseDetail>('POST', `${casePath(caseId)}/reopen`, { reason }),
  penalise: (caseId: string, day: string, document: string) =>
    json<CaseDetail>('POST', `${casePath(caseId)}/penalty`, { day, document }),
  remedy: (caseId: string, day: string, note: string) =>
    json<CaseDetail>('POST', `${casePath(caseId)}/remedy`, { day, note }),
  addPhoto: (caseId: string, file: File) => {
    const form = new FormData();
    form.append('file', file, file.name);
    return json<{ sha256: string }>('POST', `${casePath(caseId)}/photos`, form);
  },

  // exchange, advice, figures
  exportZip: async (query: URLSearchParams) => (await send('GET', `/api/export?${query}`)).blob(),
  checkImport: (file: File) => {
    const form = new FormData();
    form.append('file', file, file.name);
    return json<ImportCheck>('POST', '/api/import', form);
  },
  writeImport: (token: string, numbers: number[]) =>
    json<{ written: number; rows: ImportRow[] }>('POST', `/api/import/${id(token)}`, { rows: numbers }),
  advice: async () => rows<Advice>(await json('GET', '/api/advice'), 'advice'),
  answerAdvice: (adviceId: string, answer: 'accept' | 'decline') =>
    json<void>('POST', `/api/advice/${id(adviceId)}/${answer}`, {}),
  statistics: (query: URLSearchParams) => json<Statistics>('GET', `/api/stats?${query}`),
  audit: (offset: number, limit: number) =>
    json<{ total: number; rows: AuditRow[] }>('GET', `/api/audit?offset=${offset}&limit=${limit}`),
};

// Lists come bare or under their name.
function rows<T>(answer: unknown, name: string): T[] {
  if (Array.isArray(answer)) return answer as T[];
  return ((answer as Record<string, T[]>)[name] ?? []) as T[];
}
