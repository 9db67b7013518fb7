// Verdicts on their way to the server. The page goes on at once; what has not arrived is kept, shown and sent again.
import { signal } from '@preact/signals';
import { api, ApiError } from '../api/client';
import type { CaseDetail, Judgement } from '../api/types';

export interface Said {
  caseId: string;
  judgement: Judgement;
  reason: string;
  note: string;
  expected: number; // sequence of the case's last event when it was said
  actor: string;
}
export interface Conflict {
  said: Said;
  theirs: CaseDetail;
}
export interface Refusal {
  said: Said;
  error: ApiError;
}
export interface Done {
  caseId: string;
  sequence: number; // after it was said, for undo
}

type Post = (said: Said) => Promise<CaseDetail>;

const post: Post = (said) =>
  api.judge(said.caseId, {
    judgement: said.judgement, reason: said.reason, expected_sequence: said.expected,
    ...(said.note ? { note: said.note } : {}),
  });

// The same person's same verdict is the last: an answer that was lost on the way, not a colleague's change.
export function isOwnEcho(said: Said, theirs: CaseDetail): boolean {
  return theirs.judgement === said.judgement && theirs.judged_by === said.actor && theirs.sequence > said.expected;
}

export class Saying {
  readonly waiting = signal<Said[]>([]); // not confirmed by the server yet
  readonly stuck = signal(false); // the server cannot be reached: they wait for a retry
  readonly conflicts = signal<Conflict[]>([]);
  readonly refusals = signal<Refusal[]>([]);
  readonly done = signal<Done[]>([]); // for undo, the latest last
  onSaved: (updated: CaseDetail) => void = () => {};
  private running: Promise<void> | null = null;

  constructor(private readonly send: Post = post) {}

  say(said: Said): Promise<void> {
    this.waiting.value = [...this.waiting.value, said];
    return this.flush();
  }

  // One after the other, in the order in which they were said. Resolves when nothing waits or the server is away.
  flush(): Promise<void> {
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  // Drops everything: another person has logged in.
  forget(): void {
    for (const list of [this.waiting, this.conflicts, this.refusals, this.done]) list.value = [];
    this.stuck.value = false;
  }

  resolveConflict(caseId: string): void {
    this.conflicts.value = this.conflicts.value.filter((conflict) => conflict.said.caseId !== caseId);
  }
  resolveRefusal(caseId: string): void {
    this.refusals.value = this.refusals.value.filter((refusal) => refusal.said.caseId !== caseId);
  }

  private async drain(): Promise<void> {
    while (this.waiting.value.length > 0) {
      const said = this.waiting.value[0]!;
      try {
        this.saved(said, await this.send(said));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 0 || error.status >= 500 || error.status === 401 || error.status === 429) {
          this.stuck.value = true;
          return;
        }
        this.refused(said, error);
      }
      this.stuck.value = false;
      this.waiting.value = this.waiting.value.filter((other) => other !== said);
    }
  }

  private saved(said: Said, updated: CaseDetail): void {
    this.done.value = [...this.done.value, { caseId: said.caseId, sequence: updated.sequence }];
    this.onSaved(updated);
  }

  private refused(said: Said, error: ApiError): void {
    const theirs = (error.body as { case?: CaseDetail } | null)?.case;
    if (error.status === 409 && theirs) {
      if (isOwnEcho(said, theirs)) return this.saved(said, theirs);
      this.conflicts.value = [...this.conflicts.value, { said, theirs }];
      this.onSaved(theirs);
      return;
    }
    this.refusals.value = [...this.refusals.value, { said, error }];
  }
}
