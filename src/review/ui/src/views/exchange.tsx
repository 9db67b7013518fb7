// Into the field and back: a zip of what the queue shows; the filled workbook, checked row by row before anything is written.
import { useState } from 'preact/hooks';
import { api } from '../api/client';
import type { ImportCheck, ImportRow } from '../api/types';
import { either, words } from '../i18n';
import { countText } from '../geo/format';
import { Form, FormProblem } from '../parts/form';
import { useLoaded } from '../parts/use_loaded';
import { filters } from '../state/desk';
import { toQuery } from '../state/filters';
import { ImportRows } from './import_rows';

export function Exchange() {
  const w = words().exchange;
  return (
    <main class="place" id="case" tabIndex={0}>
      <h1>{w.title}</h1>
      <div class="columns even">
        <Export />
        <Import />
      </div>
    </main>
  );
}

function Export() {
  const w = words().exchange;
  const query = toQuery(filters.value);
  const { value } = useLoaded(() => {
    const count = new URLSearchParams(query);
    count.set('limit', '1');
    return api.cases(count);
  }, [query.toString()]);
  async function send(): Promise<string> {
    const file = await api.exportZip(query);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `plotwatch-${new Date().toISOString().slice(0, 10)}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return w.exported;
  }
  return (
    <section class="card">
      <h2>{w.exportTitle}</h2>
      <p>{w.exportLead}</p>
      <p class="soft">{w.conditions}: <code>{query.toString() || words().common.none}</code></p>
      <Form send={send} button={w.exportNow(value ? countText(value.total) : '…')} label={w.exportTitle}>{null}</Form>
    </section>
  );
}

function Import() {
  const w = words().exchange;
  const [file, setFile] = useState<File | null>(null);
  const [check, setCheck] = useState<ImportCheck | null>(null);
  const [well, setWell] = useState('');
  const [left, setLeft] = useState<ImportRow[]>([]); // what was to be written and was not
  async function look(): Promise<void> {
    if (!file || !file.name.toLowerCase().endsWith('.xlsx')) throw new FormProblem(w.fileWrong);
    setCheck(null);
    setWell('');
    setLeft([]);
    setCheck(await api.checkImport(file));
  }
  async function write(rows: number[]): Promise<void> {
    const answer = await api.writeImport(check!.token, rows);
    setCheck(null);
    setWell(w.written(answer.written));
    setLeft(answer.rows.filter((row) => row.state !== 'ready'));
  }
  return (
    <section class="card">
      <h2>{w.importTitle}</h2>
      <p>{w.importLead}</p>
      <Form send={look} button={w.check} label={w.importTitle}>
        <label class="file"><span class="pick">{w.choose}</span> <span class="soft">{file?.name}</span>
          <input type="file" accept=".xlsx" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
        </label>
      </Form>
      {well && <p class="well" role="status">{well}</p>}
      {left.length > 0 && (
        <div class="failure" role="alert">
          <p>{w.notWritten(left.length)}</p>
          <ul>{left.map((row) => <li key={row.row}>{w.row} {row.row} · {row.case_id}: {either(row.what, row.what_zh)}</li>)}</ul>
        </div>
      )}
      {check && <ImportRows check={check} write={write} />}
    </section>
  );
}
