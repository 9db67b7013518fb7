import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../src/i18n';
import { en } from '../../src/i18n/en';
import { zh } from '../../src/i18n/zh';
import { choices } from '../../src/state/verdicts';
import { bindings } from '../../src/state/keys';

type Tree = { [key: string]: unknown };

// Every text of a dictionary by its path; functions called with sample arguments.
function texts(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = `${path}.${key}`;
    if (typeof value === 'string') found.set(here, value);
    else if (typeof value === 'function') found.set(here, String((value as (...args: unknown[]) => string)(2, 3)));
    else for (const [deep, text] of texts(value as Tree, here)) found.set(deep, text);
  }
  return found;
}

describe('the dictionaries', () => {
  const english = texts(en);
  const chinese = texts(zh as unknown as Tree);
  it('have the same entries, none empty', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of [...english, ...chinese]) expect(text.trim(), path).not.toBe('');
  });
  it('are each in their language', () => {
    const latin = /^[\s\d.,:()A-Za-z→]*$/; // names that stay: CGCS2000, plotwatch
    const stays = ['.other', '.app.title', '.compare.grid', '.evidence.beforeAfter', '.menu.account'];
    for (const [path, text] of chinese) if (!stays.includes(path)) expect(latin.test(text), `${path}: ${text}`).toBe(false);
    for (const [path, text] of english) if (path !== '.other') expect(/[\u3400-\u9fff]/.test(text), `${path}: ${text}`).toBe(false);
  });
  it('never call anything illegal', () => {
    for (const [path, text] of [...english, ...chinese]) expect(/illegal|unlawful|违法|非法/i.test(text), path).toBe(false);
  });
  it('say suspected of what nobody has checked', () => {
    expect(en.judgement.suspected).toMatch(/suspected/);
    expect(zh.judgement.suspected).toMatch(/疑似/);
  });
  it('name every verdict and every key', () => {
    for (const { judgement } of choices) expect([en.judgement[judgement], en.reasonAsked[judgement], zh.reasonAsked[judgement]].every(Boolean)).toBe(true);
    for (const { action } of bindings) expect([en.help.actions[action], zh.help.actions[action]].every(Boolean), action).toBe(true);
  });
});

it('takes the language that was chosen, else the browser’s', () => {
  expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
  expect(chooseLanguage(null, ['zh-CN', 'en'])).toBe('zh');
  expect(chooseLanguage(null, ['de', 'en'])).toBe('en');
  expect(chooseLanguage('fr', [])).toBe('zh');
});
