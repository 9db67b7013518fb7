import { useRef } from 'preact/hooks';
import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { timeText } from '../geo/format';
import { actions } from '../state/actions';
import { notice } from '../state/desk';
import { may } from '../state/session';
import { attempt } from './after_verdict';

const most = 20 * 2 ** 20; // bytes
const kinds = ['image/jpeg', 'image/png', 'image/webp'];

// What can be told before sending; the server looks at the content.
export function photoFits(file: { size: number; type: string }): boolean {
  return file.size <= most && kinds.includes(file.type);
}

export function Photos({ found }: { found: CaseDetail }) {
  const w = words().verdict;
  const input = useRef<HTMLInputElement>(null);
  async function add(files: FileList | null): Promise<void> {
    for (const file of Array.from(files ?? [])) {
      if (!photoFits(file)) notice.value = w.photoWrong;
      else await attempt(actions.addPhoto(file));
    }
    if (input.current) input.current.value = '';
  }
  return (
    <section class="photos" aria-label={w.photos}>
      <h3>{w.photos}</h3>
      {found.photos.length > 0 && (
        <ul>
          {found.photos.map((photo) => (
            <li key={photo.sha256}>
              <a href={`/api/photos/${photo.sha256}`} target="_blank" rel="noopener">
                <img src={`/api/photos/${photo.sha256}`} alt={photo.name} loading="lazy" />
              </a>
              <span class="soft fine">{photo.actor} · {timeText(photo.at)}</span>
            </li>
          ))}
        </ul>
      )}
      {may('judge') && (
        <label class="file"><span class="pick">{w.addPhoto}</span> <span class="soft fine">{w.photoHint}</span>
          <input ref={input} type="file" accept={kinds.join(',')} multiple onChange={(event) => void add(event.currentTarget.files)} />
        </label>
      )}
    </section>
  );
}
