// npm run mock -- [--cases 60] [--port 8099] [--scenes FOLDER] [--page FOLDER]
import { parseArgs } from 'node:util';
import { accounts } from './names';
import { makeScenes, pageFolder, scenesFolder } from './places';
import { startMock } from './server';

const { values } = parseArgs({ options: {
  cases: { type: 'string', default: '60' }, port: { type: 'string', default: '8099' }, scenes: { type: 'string', default: scenesFolder }, page: { type: 'string', default: pageFolder },
} });
makeScenes(values.scenes!);
const mock = await startMock({ scenes: values.scenes!, page: values.page!, cases: Number(values.cases), port: Number(values.port) });
console.log(`mock: ${mock.url}`);
for (const { name, role, password } of accounts) console.log(`  ${role}: ${name} ${password}`);
console.log(`  first start: ${mock.url}/setup?token=once`);
