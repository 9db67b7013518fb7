// Verdicts that have not arrived, or that met a change by somebody else. In place, never over the work.
import { words } from '../i18n';
import { Failure } from '../parts/failure';
import { saying, showCase } from '../state/desk';
import type { Conflict } from '../state/saying';
import { account } from '../state/session';
import { EventList } from './history';

export function Pending() {
  const w = words().verdict;
  const waiting = saying.waiting.value.length;
  return (
    <div class="pending" aria-live="polite">
      {saying.stuck.value && waiting > 0 && (
        <p class="failure" role="alert">{w.stuck(waiting)} <button onClick={() => void saying.flush()}>{words().common.retry}</button></p>
      )}
      {saying.refusals.value.map(({ said, error }) => (
        <div class="failure" key={said.caseId}>
          <strong>{w.refused}: {said.caseId} ({words().judgement[said.judgement]})</strong>
          <Failure error={error} />
          <button onClick={() => {
            saying.resolveRefusal(said.caseId);
            void showCase(said.caseId);
          }}>{w.again}</button>
          <button class="quiet" onClick={() => saying.resolveRefusal(said.caseId)}>{w.discard}</button>
        </div>
      ))}
      {saying.conflicts.value.map((conflict) => <ConflictNote key={conflict.said.caseId} conflict={conflict} />)}
    </div>
  );
}

function ConflictNote({ conflict }: { conflict: Conflict }) {
  const w = words();
  const { said, theirs } = conflict;
  const news = (theirs.events ?? []).filter((event) => event.sequence > said.expected);
  function insist(): void {
    saying.resolveConflict(said.caseId);
    void saying.say({ ...said, expected: theirs.sequence, actor: account()?.name ?? said.actor });
  }
  return (
    <section class="conflict" role="alert" aria-labelledby={`conflict-${said.caseId}`}>
      <h3 id={`conflict-${said.caseId}`}>{w.conflict.title}</h3>
      <p>{w.conflict.lead(said.caseId, w.judgement[said.judgement])}</p>
      {news.length > 0 ? <EventList events={news} /> : <p>{w.conflict.nothing}</p>}
      <p class="line">
        <button onClick={() => saying.resolveConflict(said.caseId)}>{w.conflict.theirs}</button>
        <button onClick={insist}>{w.conflict.mine}</button>
        <button class="quiet" onClick={() => void showCase(said.caseId)}>{said.caseId}</button>
      </p>
    </section>
  );
}
