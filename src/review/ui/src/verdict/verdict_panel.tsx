// One key decides. Where a reason is needed its field opens here, in place.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { judge, notice, saying } from '../state/desk';
import { account, may } from '../state/session';
import { undoLast } from '../state/actions';
import { choices, type Choice } from '../state/verdicts';

// The verdict whose reason is being written, and for which case.
export const asking = signal<{ choice: Choice; caseId: string } | null>(null);

export function choose(choice: Choice, found: { id: string }): void {
  if (choice.reasonRequired) asking.value = { choice, caseId: found.id };
  else say(choice, found.id, '', '');
}

function say(choice: Choice, caseId: string, reason: string, note: string): void {
  const w = words();
  asking.value = null;
  notice.value = w.verdict.saved(caseId, w.judgement[choice.judgement]);
  void judge(choice.judgement, reason, note);
}

export function VerdictPanel({ found }: { found: CaseDetail }) {
  const w = words();
  const open = asking.value?.caseId === found.id ? asking.value.choice : null;
  if (!may('judge')) return <p class="soft">{w.verdict.viewerOnly}</p>;
  return (
    <section class="verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">{w.verdict.title}</h2>
      <Present found={found} />
      <div class="choices">
        {choices.map((choice) => (
          <button key={choice.key} class={`choice ${choice.judgement}`} aria-pressed={found.judgement === choice.judgement}
                  aria-expanded={choice.reasonRequired ? open === choice : undefined} onClick={() => choose(choice, found)}>
            <kbd>{choice.key}</kbd> {w.judgement[choice.judgement]}{choice.reasonRequired ? ' …' : ''}
          </button>
        ))}
      </div>
      {open && <ReasonForm key={open.key} choice={open} found={found} />}
      <p class="line">
        <button class="quiet" disabled={saying.done.value.length === 0} onClick={() => void undoLast()}>↶ {w.verdict.undo} <kbd>u</kbd></button>
      </p>
    </section>
  );
}

function Present({ found }: { found: CaseDetail }) {
  const w = words();
  if (found.judgement === 'none') return <p class="soft">{w.verdict.lead}</p>;
  const reason = found.judgement_reason ?? lastReason(found);
  return (
    <p class="present">
      {w.verdict.now}: <strong>{w.judgement[found.judgement]}</strong> <span class="soft">{w.verdict.by(found.judged_by)}</span>
      {reason && <span class="said-reason">{reason}</span>}
      <span class={found.second_person ? 'verified' : 'soft'}>{found.second_person ? `✓ ${w.verdict.second}` : w.verdict.waitsSecond}</span>
      {found.judged_by === account()?.name && !found.second_person && <span class="hidden">{w.verdict.notOwn}</span>}
    </p>
  );
}

function lastReason(found: CaseDetail): string {
  for (let i = found.events.length - 1; i >= 0; --i) {
    const event = found.events[i]!;
    if (event.kind === 'judged') return typeof event.payload['reason'] === 'string' ? event.payload['reason'] : '';
  }
  return '';
}

function ReasonForm({ choice, found }: { choice: Choice; found: CaseDetail }) {
  const w = words();
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function submit(event: Event): void {
    event.preventDefault();
    if (choice.reasonRequired && !reason.trim()) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    say(choice, found.id, reason.trim(), note.trim());
  }
  return (
    <form class="reason-form" onSubmit={submit} aria-label={w.judgement[choice.judgement]}>
      <label for="reason">{w.reasonAsked[choice.judgement]} {choice.reasonRequired && <span class="soft">({w.verdict.required})</span>}</label>
      <input id="reason" ref={field} value={reason} maxLength={500} aria-invalid={missing} aria-describedby={missing ? 'reason-missing' : undefined}
             onInput={(event) => setReason(event.currentTarget.value)} />
      {missing && <p id="reason-missing" class="failure" role="alert">{w.verdict.reasonMissing}</p>}
      <label for="verdict-note">{w.verdict.note}</label>
      <input id="verdict-note" value={note} maxLength={2000} onInput={(event) => setNote(event.currentTarget.value)} />
      <p class="line">
        <button class="main" type="submit">{w.verdict.say} <kbd>↵</kbd></button>
        <button type="button" class="quiet" onClick={() => (asking.value = null)}>{w.common.cancel} <kbd>Esc</kbd></button>
      </p>
    </form>
  );
}
