// What follows a verdict: the second person, who goes there, notes, photos, closing.
import { useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { CaseDetail, Colleague } from '../api/types';
import { words } from '../i18n';
import { failureText } from '../parts/failure';
import { useLoaded } from '../parts/use_loaded';
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

// Asked for once: who sits in the office seldom changes while somebody reviews.
let asked: { by: string; answer: Promise<Colleague[]> } | null = null;
function useColleagues(): Colleague[] | null {
  const by = account()?.name ?? '';
  return useLoaded(() => {
    if (asked?.by !== by) asked = { by, answer: api.colleagues().catch(() => []) }; // a name can be typed without them
    return asked.answer;
  }, [by]).value;
}

function Assign({ found }: { found: CaseDetail }) {
  const w = words().verdict;
  const [to, setTo] = useState(found.assigned_to);
  const colleagues = useColleagues();
  return (
    <form class="inline-form" onSubmit={(event) => {
      event.preventDefault();
      void attempt(actions.assign(to.trim()));
    }}>
      <label for="assign">{w.assign} <kbd>g</kbd></label>
      <input id="assign" value={to} maxLength={100} placeholder={w.nobody} autoComplete="off" list="colleagues" onInput={(event) => setTo(event.currentTarget.value)} />
      <datalist id="colleagues">{(colleagues ?? []).map((one) => <option key={one.name} value={one.name}>{[one.display_name, one.unit].filter(Boolean).join(' · ')}</option>)}</datalist>
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
