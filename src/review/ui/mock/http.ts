// Just enough of a server for the mock: routes by pattern, JSON, cookies, the headers of the real one.
import type { IncomingMessage, ServerResponse } from 'node:http';

export const policy = "default-src 'self'; img-src 'self' blob: data:; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const mostBytes = 21 * 2 ** 20;

export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  parts: string[]; // what the pattern's * stood for, decoded
  who: string; // name of the account; "" before the log-in
}

export type Handler = (call: Call) => unknown;

export function match(pattern: string, path: string): string[] | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const rest = wanted[wanted.length - 1] === '**';
  if (rest ? given.length < wanted.length : given.length !== wanted.length) return null;
  const parts: string[] = [];
  for (let i = 0; i < wanted.length; ++i) {
    if (wanted[i] === '**') parts.push(given.slice(i).join('/'));
    else if (wanted[i] === '*') parts.push(decodeURIComponent(given[i]!));
    else if (wanted[i] !== given[i]) return null;
  }
  return parts;
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

export async function jsonOf<T>(request: IncomingMessage): Promise<T> {
  const bytes = await bytesOf(request);
  return (bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'))) as T;
}

// The first file of a multipart form.
export async function fileOf(request: IncomingMessage): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const body = new Response(new Uint8Array(await bytesOf(request)), { headers: { 'Content-Type': request.headers['content-type'] ?? '' } });
  const file = (await body.formData()).get('file') as unknown as { name: string; type: string; arrayBuffer(): Promise<ArrayBuffer> };
  return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

export function cookie(request: IncomingMessage, name: string): string {
  const found = (request.headers.cookie ?? '').split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : '';
}

export function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers });
  response.end(body === undefined || status === 204 ? undefined : JSON.stringify(body));
}
