// Where the mock finds its scenes and the built page.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const scenesFolder = process.env['PLOTWATCH_UI_SCENES'] ?? join(here, '..', '.scenes');
export const pageFolder = process.env['PLOTWATCH_UI_OUT'] ?? join(here, '..', 'dist');

// Debian's Python has GDAL; another that comes first in the path may not.
export function makeScenes(folder: string): void {
  execFileSync('/usr/bin/python3', [join(here, 'scenes.py'), folder], { stdio: 'inherit' });
}
