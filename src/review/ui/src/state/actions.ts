// What people say of the case on the desk, each with its line of notice. Failures go to the caller.
import { api, ApiError } from '../api/client';
import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { failureText } from '../parts/failure';
import { current, notice, take, undo } from './desk';
import { caseFacts, forgetFacts } from './prefetch';

// A call may answer with the whole case or with little: what it left out is asked for.
async function fresh(answer: CaseDetail | undefined, caseId: string): Promise<CaseDetail> {
  if (answer && Array.isArray(answer.events) && Array.isArray(answer.views)) return answer;
  forgetFacts(caseId);
  return caseFacts(caseId);
}

async function say(send: (caseId: string) => Promise<CaseDetail | { sha256: string }>, done: string): Promise<string> {
  const found = current.value;
  if (!found) return '';
  take(await fresh((await send(found.id)) as CaseDetail, found.id));
  notice.value = done;
  return done;
}

export const actions = {
  agree: () => say(api.agree, words().verdict.agreed),
  assign: (to: string) => say((id) => api.assign(id, to), words().verdict.assigned(to || words().verdict.nobody)),
  annotate: (text: string) => say((id) => api.annotate(id, text), words().verdict.noteAdded),
  close: (reason: string) => say((id) => api.close(id, reason), words().verdict.closed),
  reopen: (reason: string) => say((id) => api.reopen(id, reason), words().verdict.reopened),
  penalise: (day: string, document: string) => say((id) => api.penalise(id, day, document), words().verdict.penalty),
  remedy: (day: string, note: string) => say((id) => api.remedy(id, day, note), words().verdict.remedy),
  addPhoto: (file: File) => say((id) => api.addPhoto(id, file), words().verdict.photoAdded),
};

export async function undoLast(): Promise<void> {
  const w = words().verdict;
  try {
    const updated = await undo(async (id, expected) => fresh(await api.undo(id, expected), id));
    notice.value = updated ? w.undone(updated.id) : w.nothingToUndo;
  } catch (error) {
    if (error instanceof ApiError) {
      const theirs = (error.body as { case?: CaseDetail } | null)?.case;
      if (theirs) take(theirs);
    }
    notice.value = failureText(error);
  }
}
