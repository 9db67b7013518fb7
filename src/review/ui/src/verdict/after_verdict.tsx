// What follows a verdict: the second person, who goes there, notes, photos, closing.
import { useRef, useState } from 'preact/hooks';
import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { failureText } from '../parts/failure';
import { actions } from '../state/actions';
import { notice } from '../state/desk';
import { account, may } from '../state/session';
import { Photos } from './photos';
import { FurtherSteps } from './further_steps';

export async function attempt(action: Promise<string>): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    notice.value = failureText(error);
    return false;
  }
}

export function mayAgree(found: CaseDetail): boolean {
  return may('agree') && found.judgement !== 'none' && !found.second_person && found.judged_by !== account()?.name;
}

export function AfterVerdict({ found }: { found: CaseDetail }) {
  const w = words().verdict;
  if (!may('judge')) return <Photos found={found} />;
  return (
    <section class="after-verdict" aria-label={w.more}>
      {mayAgree(found) && (
        <button class="main" onClick={() => void attempt(actions.agree())}>{w.agree} <kbd>a</kbd></button>
      )}
      <Assign key={`assign ${found.id} ${found.assigned_to}`} found={found} />
      <Note key={`note ${found.id}`} />
      <Photos found={found} />
      <FurtherSteps key={`steps ${found.id} ${found.open}`} found={found} />
    </section>
  );
}

function Assign({ found }: { found: CaseDetail }) {
  const w = words().verdict;
  const [to, setTo] = useState(found.assigned_to);
  return (
    <form class="inline-form" onSubmit={(event) => {
      event.preventDefault();
      void attempt(actions.assign(to.trim()));
    }}>
      <label for="assign">{w.assign} <kbd>g</kbd></label>
      <input id="assign" value={to} maxLength={100} placeholder={w.nobody} autoComplete="off" onInput={(event) => setTo(event.currentTarget.value)} />
      <button type="submit" disabled={to.trim() === found.assigned_to}>{words().common.save}</button>
    </form>
  );
}

function Note() {
  const w = words().verdict;
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (text.trim() && (await attempt(actions.annotate(text.trim())))) setText('');
  }
  return (
    <form class="inline-form" onSubmit={(event) => void send(event)}>
      <label for="note">{w.addNote} <kbd>n</kbd></label>
      <textarea id="note" ref={field} rows={2} value={text} maxLength={2000} onInput={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === 'Enter' && void send(event)} />
      <button type="submit" disabled={!text.trim()}>{words().common.save}</button>
    </form>
  );
}
