// Writes the licences of every package that went into the page beside it: they ask to be handed on with the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const marker = '/node_modules/';

function packageFolder(module: string): string | null {
  const at = module.lastIndexOf(marker);
  if (at < 0) return null;
  const [first, second] = module.slice(at + marker.length).split('/');
  return module.slice(0, at + marker.length) + (first!.startsWith('@') ? `${first}/${second}` : first);
}

function notice(folder: string): string {
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${facts.license ?? 'not stated'}`;
  return `${facts.name} ${facts.version}\n\n${text}\n`;
}

export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const folders = new Set<string>();
      for (const module of this.getModuleIds()) {
        const folder = packageFolder(module.replace(/^\0/, '').split('?')[0]!);
        if (folder && existsSync(join(folder, 'package.json'))) folders.add(folder);
      }
      const source = [...folders].sort().map(notice).join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
}
