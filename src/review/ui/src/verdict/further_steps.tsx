// Closing and reopening, penalty, putting right: rarer, so folded away.
import { useState } from 'preact/hooks';
import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { actions } from '../state/actions';
import { may } from '../state/session';
import { attempt } from './after_verdict';

export function FurtherSteps({ found }: { found: CaseDetail }) {
  const w = words().verdict;
  return (
    <details class="further" id="further">
      <summary>{w.more} <kbd>x</kbd></summary>
      {may('close') && (found.open
        ? <WithText id="close-reason" label={w.closeReason} button={w.close} send={actions.close} />
        : <WithText id="close-reason" label={w.reopenReason} button={w.reopen} send={actions.reopen} />)}
      {may('penalise') && <WithDay id="penalty" label={w.penaltyDocument} button={w.penalty} send={actions.penalise} />}
      {may('penalise') && <WithDay id="remedy" label={w.remedyNote} button={w.remedy} send={actions.remedy} />}
    </details>
  );
}

interface Props<T extends string[]> {
  id: string;
  label: string;
  button: string;
  send: (...said: T) => Promise<string>;
}

function WithText({ id, label, button, send }: Props<[string]>) {
  const [text, setText] = useState('');
  return (
    <form class="inline-form" onSubmit={(event) => {
      event.preventDefault();
      void attempt(send(text.trim()));
    }}>
      <label for={id}>{label}</label>
      <input id={id} value={text} maxLength={500} required onInput={(event) => setText(event.currentTarget.value)} />
      <button type="submit">{button}</button>
    </form>
  );
}

export function today(now = new Date()): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

function WithDay({ id, label, button, send }: Props<[string, string]>) {
  const [day, setDay] = useState(today);
  const [text, setText] = useState('');
  return (
    <form class="inline-form" onSubmit={(event) => {
      event.preventDefault();
      void attempt(send(day, text.trim()));
    }}>
      <label for={id}>{label}</label>
      <input type="date" aria-label={words().common.date} value={day} required onInput={(event) => setDay(event.currentTarget.value)} />
      <input id={id} value={text} maxLength={500} required onInput={(event) => setText(event.currentTarget.value)} />
      <button type="submit">{button}</button>
    </form>
  );
}
