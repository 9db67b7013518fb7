// What went wrong, where, and what to do, in the reader's language where the server sent it.
import { ApiError } from '../api/client';
import { language, words } from '../i18n';

export function failureText(error: unknown): string {
  if (!(error instanceof ApiError)) return words().common.unknownError;
  if (language.value === 'zh' && error.textZh) return error.textZh;
  const { what, where, advice } = error.text;
  return [what, where, advice].filter(Boolean).join(' — ');
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div class="failure" role="alert">
      <span>{failureText(error)}</span>
      {retry && <button onClick={retry}>{words().common.retry}</button>}
    </div>
  );
}
