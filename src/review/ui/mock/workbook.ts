// A workbook with one sheet of text cells, written and read; with a drop-down in the verdict's column.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { judgements } from '../src/api/types';

const escape = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const unescape = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

export function writeWorkbook(rows: readonly (readonly string[])[]): Uint8Array {
  const cell = (text: string, row: number, column: number) => `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
  const sheet = rows.map((row, r) => `<row r="${r + 1}">${row.map((text, c) => cell(text, r, c)).join('')}</row>`).join('');
  const choice = `<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="C2:C${rows.length}"><formula1>"${judgements.slice(1).join(',')}"</formula1></dataValidation></dataValidations>`;
  return zipSync({
    '[Content_Types].xml': strToU8(`${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`),
    '_rels/.rels': strToU8(`${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    'xl/workbook.xml': strToU8(`${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="cases" sheetId="1" r:id="r1"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
    'xl/worksheets/sheet1.xml': strToU8(`${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData>${choice}</worksheet>`),
  });
}

// Rows of what writeWorkbook wrote, or of the same with cells changed.
export function readWorkbook(bytes: Uint8Array): string[][] {
  const sheet = unzipSync(bytes)['xl/worksheets/sheet1.xml'];
  if (!sheet) throw new Error('no sheet');
  return [...strFromU8(sheet).matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map((row) =>
    [...row[1]!.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((cell) => unescape(cell[1]!)));
}
