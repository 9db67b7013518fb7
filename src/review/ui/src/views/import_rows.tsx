import { useEffect, useState } from 'preact/hooks';
import type { ImportCheck, ImportRow } from '../api/types';
import { either, words } from '../i18n';
import { Form, FormProblem } from '../parts/form';

export function writable(row: ImportRow): boolean {
  return row.state === 'ready' || row.state === 'conflict';
}

interface Props {
  check: ImportCheck;
  write: (rows: number[]) => Promise<void>;
}

// What is ready is ticked; a row in conflict would replace what somebody said, so a person ticks it.
export function ImportRows({ check, write }: Props) {
  const w = words();
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    setTaken(new Set(check.rows.filter((row) => row.state === 'ready').map((row) => row.row)));
  }, [check]);
  function tick(row: number): void {
    const next = new Set(taken);
    if (!next.delete(row)) next.add(row);
    setTaken(next);
  }
  const chosen = check.rows.filter((row) => writable(row) && taken.has(row.row)).map((row) => row.row);
  return (
    <Form send={() => (chosen.length > 0 ? write(chosen) : Promise.reject(new FormProblem(w.exchange.none)))} button={w.exchange.write(chosen.length)} label={w.exchange.importTitle}>
          <p class="soft fine">{w.exchange.conflictHelp}</p>
          <table class="import">
            <thead><tr><th>{w.exchange.take}</th><th>{w.exchange.row}</th><th>{w.exchange.case}</th><th>{w.exchange.verdict}</th><th>{w.exchange.state}</th><th>{w.exchange.what}</th></tr></thead>
            <tbody>
              {check.rows.map((row) => (
                <tr key={row.row} class={row.state}>
                  <td><input type="checkbox" aria-label={`${w.exchange.take} ${row.row}`} disabled={!writable(row)} checked={writable(row) && taken.has(row.row)} onChange={() => tick(row.row)} /></td>
                  <td class="number">{row.row}</td><td>{row.case_id}</td><td>{row.judgement ? w.judgement[row.judgement] : ''} {row.reason && <span class="soft">{row.reason}</span>}</td>
                  <td><b>{w.exchange.states[row.state]}</b></td><td>{either(row.what, row.what_zh)}</td>
                </tr>
              ))}
            </tbody>
          </table>
    </Form>
  );
}
