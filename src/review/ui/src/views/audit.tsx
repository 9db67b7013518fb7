import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { AuditRow } from '../api/types';
import { words } from '../i18n';
import { timeText } from '../geo/format';
import { eventName } from '../verdict/history';
import { Failure } from '../parts/failure';

const atOnce = 100;

export function Audit() {
  const w = words().audit;
  const [rows, setRows] = useState<AuditRow[]>([]);
  const [total, setTotal] = useState(-1);
  const [error, setError] = useState<unknown>(null);
  async function more(): Promise<void> {
    try {
      const answer = await api.audit(rows.length, atOnce);
      setRows([...rows, ...answer.rows]);
      setTotal(answer.total);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }
  useEffect(() => void more(), []);
  return (
    <main class="place" id="case" tabIndex={0}>
      <h1>{w.title}</h1>
      {error !== null && <Failure error={error} retry={() => void more()} />}
      {total === 0 && <p class="soft">{w.empty}</p>}
      <table>
        <thead><tr><th>{w.at}</th><th>{w.actor}</th><th>{w.action}</th><th>{w.subject}</th><th>{w.address}</th></tr></thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}><td class="number">{timeText(row.at)}</td><td>{row.actor}</td><td>{eventName(row.action)}</td><td>{row.subject}</td><td class="number">{row.address ?? ''}</td></tr>
          ))}
        </tbody>
      </table>
      {rows.length < total && <button onClick={() => void more()}>{w.more}</button>}
    </main>
  );
}
