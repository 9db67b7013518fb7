// Files with ranges, as the server gives scans' rasters and the page itself.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.tif': 'image/tiff', '.json': 'application/json', '.png': 'image/png',
};

export function inside(folder: string, path: string): string | null {
  const whole = normalize(join(folder, path));
  return whole.startsWith(`${normalize(folder)}/`) && existsSync(whole) && statSync(whole).isFile() ? whole : null;
}

export function sendFile(request: IncomingMessage, response: ServerResponse, path: string, headers: Record<string, string> = {}): void {
  const { size, mtimeMs } = statSync(path);
  const common = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes', ETag: `"${size}-${Math.round(mtimeMs)}"`, 'Cache-Control': 'private, max-age=3600', ...headers };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) {
    response.writeHead(200, { ...common, 'Content-Length': size });
    if (request.method === 'HEAD') response.end();
    else createReadStream(path).pipe(response);
    return;
  }
  const start = Number(range[1]);
  const end = Math.min(size - 1, range[2] ? Number(range[2]) : size - 1);
  if (start > end) {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  response.writeHead(206, { ...common, 'Content-Range': `bytes ${start}-${end}/${size}`, 'Content-Length': end - start + 1 });
  createReadStream(path, { start, end }).pipe(response);
}
