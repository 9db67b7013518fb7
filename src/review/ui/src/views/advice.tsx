import { useState } from 'preact/hooks';
import { api } from '../api/client';
import type { Advice } from '../api/types';
import { either, words } from '../i18n';
import { percentText } from '../geo/format';
import { Failure } from '../parts/failure';
import { useLoaded } from '../parts/use_loaded';

export function AdvicePage() {
  const w = words().advice;
  const { value: advice, error, reload } = useLoaded(api.advice, []);
  const [failed, setFailed] = useState<unknown>(null);
  async function answer(entry: Advice, said: 'accept' | 'decline'): Promise<void> {
    try {
      await api.answerAdvice(entry.id, said);
      setFailed(null);
      reload();
    } catch (problem) {
      setFailed(problem);
    }
  }
  return (
    <main class="place" id="case" tabIndex={0}>
      <h1>{w.title}</h1>
      <p class="soft">{w.lead}</p>
      {(error ?? failed) !== null && <Failure error={error ?? failed} retry={reload} />}
      {advice?.length === 0 && <p class="soft">{w.empty}</p>}
      {advice && advice.length > 0 && (
        <table>
          <thead><tr><th>{w.subject}</th><th class="right">{w.judged}</th><th class="right">{w.falseAlarms}</th><th class="right">{w.rate}</th><th>{w.proposal}</th><th /></tr></thead>
          <tbody>
            {advice.map((entry) => (
              <tr key={entry.id}>
                <th scope="row"><span class="soft">{w[entry.by]}</span> {entry.subject}</th>
                <td class="right number">{entry.judged}</td><td class="right number">{entry.false_alarms}</td><td class="right number">{percentText(entry.rate)}</td>
                <td>{either(entry.proposal, entry.proposal_zh)}</td>
                <td class="line">
                  {!entry.confidence ? null : entry.state === 'open' ? (
                    <>
                      <button onClick={() => void answer(entry, 'accept')}>{w.accept}</button>
                      <button class="quiet" onClick={() => void answer(entry, 'decline')}>{w.decline}</button>
                    </>
                  ) : (
                    <>
                      <span class={entry.state === 'accepted' ? 'verified' : 'soft'}>{w.states[entry.state]}</span>
                      <button class="quiet" onClick={() => void answer(entry, entry.state === 'accepted' ? 'decline' : 'accept')}>
                        {entry.state === 'accepted' ? w.takeBack : w.accept}
                      </button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
}
