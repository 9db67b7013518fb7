import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { roles, type AccountRow, type Role } from '../api/types';
import { words } from '../i18n';
import { timeText } from '../geo/format';
import { Failure } from '../parts/failure';
import { Field, Form, FormProblem, Select } from '../parts/form';
import { useLoaded } from '../parts/use_loaded';
import { shortestPassword } from './password';

export function Accounts() {
  const w = words();
  const { value: accounts, error, reload } = useLoaded(api.accounts, []);
  const [chosen, setChosen] = useState('');
  const row = accounts?.find((account) => account.name === chosen);
  return (
    <main class="place" id="case" tabIndex={0}>
      <h1>{w.accounts.title}</h1>
      {error !== null && <Failure error={error} retry={reload} />}
      <div class="columns">
        <table>
          <thead>
            <tr><th>{w.accounts.name}</th><th>{w.accounts.display}</th><th>{w.accounts.role}</th><th>{w.accounts.unit}</th><th>{w.accounts.lastLogin}</th><th /></tr>
          </thead>
          <tbody>
            {(accounts ?? []).map((account) => (
              <tr key={account.name} class={account.disabled ? 'off' : ''} aria-current={account.name === chosen ? 'true' : undefined}>
                <th scope="row">{account.name}</th><td>{account.display_name}</td><td>{w.roles[account.role]}</td><td>{account.unit || w.common.all}</td>
                <td class="number">{account.disabled ? w.accounts.disabled : account.last_login ? timeText(account.last_login) : ''}</td>
                <td><button onClick={() => setChosen(account.name)}>{w.accounts.edit}</button></td>
              </tr>
            ))}
          </tbody>
        </table>
        {row ? <Edit key={row.name} row={row} onDone={reload} onClose={() => setChosen('')} /> : <Add onDone={reload} />}
      </div>
    </main>
  );
}

function useRoles(): readonly (readonly [string, string])[] {
  return roles.map((role) => [role, words().roles[role]] as const);
}

function Add({ onDone }: { onDone: () => void }) {
  const w = words().accounts;
  const [name, setName] = useState('');
  const [display, setDisplay] = useState('');
  const [role, setRole] = useState<Role>('inspector');
  const [unit, setUnit] = useState('');
  const [password, setPassword] = useState('');
  async function send(): Promise<string> {
    if (password.length < shortestPassword) throw new FormProblem(words().setUp.short);
    await api.addAccount({ name: name.trim(), display_name: display.trim(), role, unit: unit.trim(), password });
    const text = w.added(name.trim());
    setName('');
    setDisplay('');
    setPassword('');
    onDone();
    return text;
  }
  return (
    <section class="card">
      <h2>{w.add}</h2>
      <Form send={send} button={w.add} label={w.add}>
        <Field label={w.name} value={name} onInput={setName} required autoComplete="off" />
        <Field label={w.display} value={display} onInput={setDisplay} autoComplete="off" />
        <Select label={w.role} value={role} options={useRoles()} onChange={(next) => setRole(next as Role)} />
        <Field label={w.unit} value={unit} onInput={setUnit} autoComplete="off" />
        <p class="soft fine">{w.unitHelp}</p>
        <Field label={w.password} value={password} onInput={setPassword} type="password" required autoComplete="new-password" />
      </Form>
    </section>
  );
}

function Edit({ row, onDone, onClose }: { row: AccountRow; onDone: () => void; onClose: () => void }) {
  const w = words().accounts;
  const [display, setDisplay] = useState(row.display_name);
  const [role, setRole] = useState<Role>(row.role);
  const [unit, setUnit] = useState(row.unit);
  const [password, setPassword] = useState('');
  async function change(more: Record<string, unknown>): Promise<string> {
    if (password !== '' && password.length < shortestPassword) throw new FormProblem(words().setUp.short);
    await api.changeAccount(row.name, {
      display_name: display.trim(), role, unit: unit.trim(), ...(password === '' ? {} : { password }), ...more,
    });
    setPassword('');
    onDone();
    return w.changed(row.name);
  }
  return (
    <section class="card">
      <h2>{row.name}</h2>
      <Form send={() => change({})} button={words().common.save} label={row.name}>
        <Field label={w.display} value={display} onInput={setDisplay} autoComplete="off" />
        <Select label={w.role} value={role} options={useRoles()} onChange={(next) => setRole(next as Role)} />
        <Field label={w.unit} value={unit} onInput={setUnit} autoComplete="off" />
        <Field label={w.newPassword} value={password} onInput={setPassword} type="password" autoComplete="new-password" />
      </Form>
      <Form send={() => change({ disabled: !row.disabled })} button={row.disabled ? w.unlock : w.lock} label={w.lock}>{null}</Form>
      <button class="quiet" onClick={onClose}>{words().common.close}</button>
    </section>
  );
}
