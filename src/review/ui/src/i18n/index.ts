// The page's words. Two complete dictionaries of one type: a missing or spare entry does not compile.
import { computed, signal } from '@preact/signals';
import { en } from './en';
import { zh } from './zh';
import type { Dictionary } from './dictionary';

export type Language = 'zh' | 'en';
const stored = 'plotwatch.language';
const dictionaries: Record<Language, Dictionary> = { zh, en };

export function chooseLanguage(kept: string | null, wanted: readonly string[]): Language {
  if (kept === 'zh' || kept === 'en') return kept;
  return wanted.some((tag) => tag.toLowerCase().startsWith('zh')) || wanted.length === 0 ? 'zh' : 'en';
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(stored);
  } catch {
    return null; // storage may be forbidden
  }
}

export const language = signal<Language>(
  typeof navigator === 'undefined' ? 'en' : chooseLanguage(keptLanguage(), navigator.languages ?? [navigator.language]),
);

export function setLanguage(next: Language): void {
  language.value = next;
  try {
    localStorage.setItem(stored, next);
  } catch {
    // holds for this visit only
  }
}

const dictionary = computed(() => dictionaries[language.value]);
export function words(): Dictionary {
  return dictionary.value;
}

// The server sends both languages of what it names.
export function either(english: string, chinese: string): string {
  return (language.value === 'zh' ? chinese || english : english || chinese);
}
