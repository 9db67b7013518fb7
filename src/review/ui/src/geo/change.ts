// What changed into what, in words. The server names covers by codes: "vegetation->bare".
import { language, words } from '../i18n';

interface Changed {
  transition: string;
  transition_zh: string;
  stage?: string;
  stage_zh?: string;
}

export function transitionText(found: Changed): string {
  const w = words().evidence;
  if (language.value === 'zh' && found.transition_zh) return found.transition_zh;
  const covers = w.ground as Record<string, string>;
  const [before, after] = found.transition.split('->');
  if (after === undefined) return found.transition;
  return w.became(covers[before!] ?? before!, covers[after] ?? after);
}

// With the stage of construction where the scan could tell it: "clearing: vegetation to bare soil".
export function changeText(found: Changed): string {
  const stage = language.value === 'zh' ? found.stage_zh : found.stage;
  return stage ? words().evidence.staged(stage, transitionText(found)) : transitionText(found);
}
