// The frame about every place: name, places, language, keys, account; and one line that says what happened.
import type { ComponentChildren } from 'preact';
import { signal } from '@preact/signals';
import type { Account } from '../api/types';
import { language, setLanguage, words } from '../i18n';
import { notice } from '../state/desk';
import { formatRoute, type Place } from '../state/route';
import { logOut } from '../state/session';
import { Help } from './help';

export const helpOpen = signal(false);

export function switchLanguage(): void {
  setLanguage(language.value === 'zh' ? 'en' : 'zh');
}

export function LanguageButton() {
  return (
    <button class="quiet" lang={language.value === 'zh' ? 'en' : 'zh-CN'} onClick={switchLanguage}>{words().other}</button>
  );
}

interface Props {
  places: Place[];
  place: Place;
  who: Account;
  children: ComponentChildren;
}

export function Shell({ places, place, who, children }: Props) {
  const w = words();
  return (
    <div class="shell">
      <a class="skip" href="#case" onClick={skip}>{w.app.skip}</a>
      <header class="bar">
        <strong class="brand">{w.app.title}<span class="district">{who.ledger.district}</span></strong>
        <nav aria-label={w.app.title}>
          {places.map((name) => (
            <a key={name} href={formatRoute(name)} aria-current={name === place ? 'page' : undefined}>{w.places[name]}</a>
          ))}
        </nav>
        <span class="space" />
        <LanguageButton />
        <button class="quiet" aria-expanded={helpOpen.value} onClick={() => (helpOpen.value = !helpOpen.value)}>
          {w.menu.help} <kbd>?</kbd>
        </button>
        <a class="quiet who" href={formatRoute('password')} title={w.password.title}>
          {w.menu.account(who.display_name || who.name, w.roles[who.role])}
        </a>
        <button class="quiet" onClick={() => void logOut()}>{w.menu.logOut}</button>
      </header>
      {children}
      <p class="notice" role="status" aria-live="polite">{notice.value}</p>
      {helpOpen.value && <Help onClose={() => (helpOpen.value = false)} />}
    </div>
  );
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('case')?.focus();
}
