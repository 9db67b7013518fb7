// Export and import of the mock: the round trip that a field team makes.
import { strToU8, zipSync } from 'fflate';
import { judgements, type CaseDetail, type ImportCheck, type ImportRow, type Judgement } from '../src/api/types';
import { Refused, type Store } from './store';
import { readWorkbook, writeWorkbook } from './workbook';

const columns = ['case_id', 'plot', 'judgement', 'reason', 'sequence'];

export function exportZip(cases: readonly CaseDetail[]): Uint8Array {
  const rows = cases.map((c) => [c.id, c.plot_name, c.judgement === 'none' ? '' : c.judgement, c.judgement_reason ?? '', String(c.sequence)]);
  const marks = cases.map((c) => `<Placemark><name>${c.id}</name><Point><coordinates>${c.lonlat.join(',')}</coordinates></Point></Placemark>`);
  return zipSync({
    'candidates.xlsx': writeWorkbook([columns, ...rows]),
    'candidates.kml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${marks.join('')}</Document></kml>`),
  });
}

function checkRow(store: Store, who: string, cells: string[], row: number): ImportRow {
  const [case_id = '', , judgement = '', reason = '', sequence = ''] = cells;
  const made = (state: ImportRow['state'], what: string, what_zh: string): ImportRow =>
    ({ row, case_id, judgement: judgement as Judgement | '', reason, state, what, what_zh });
  let found: CaseDetail;
  try {
    found = store.find(case_id, who);
  } catch {
    return made('error', 'there is no such case', '没有该图斑');
  }
  if (judgement === '' || (judgement === found.judgement && reason === (found.judgement_reason ?? ''))) return made('same', 'nothing new', '无新内容');
  if (!judgements.includes(judgement as Judgement)) return { ...made('error', `"${judgement}" is no verdict`, `“${judgement}”不是有效判定`), judgement: '' };
  if (Number(sequence) !== found.sequence) return made('conflict', `meanwhile ${found.judged_by || 'somebody'} said ${found.judgement}`, `其间 ${found.judged_by || '他人'} 已判定`);
  return made('ready', 'will be written', '将写入');
}

export function checkImport(store: Store, who: string, bytes: Uint8Array): ImportCheck {
  let table: string[][];
  try {
    table = readWorkbook(bytes);
  } catch {
    throw new Refused(422, 'this is no workbook', '文件不是工作簿');
  }
  const rows = table.slice(1).map((cells, index) => checkRow(store, who, cells, index + 2));
  const token = `t${store.imports.size + 1}`;
  store.imports.set(token, rows.filter((row) => row.state === 'ready' || row.state === 'conflict').map((row) => ({ ...row, judgement: row.judgement as Judgement })));
  return { rows, token };
}

export function writeImport(store: Store, who: string, token: string, numbers: readonly number[]): { written: number; rows: ImportRow[] } {
  const rows = store.imports.get(token);
  if (!rows) throw new Refused(404, 'this import is not known any more', '导入已失效');
  const chosen = rows.filter((row) => numbers.includes(row.row));
  for (const row of chosen) {
    const found = store.find(row.case_id, who);
    store.judge(found, who, { judgement: row.judgement, reason: row.reason, expected_sequence: found.sequence });
  }
  store.imports.delete(token);
  return { written: chosen.length, rows: chosen.map((row) => ({ ...row, state: 'ready', what: '', what_zh: '' })) };
}
