// Opened once, through the link that the server wrote into its log: makes the first administrator.
import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { words } from '../i18n';
import { Field, Form, FormProblem } from '../parts/form';
import { LanguageButton } from '../parts/shell';
import { shortestPassword } from './password';

export function SetUp() {
  const w = words().setUp;
  const token = new URLSearchParams(location.search).get('token') ?? '';
  const [name, setName] = useState('');
  const [display, setDisplay] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [done, setDone] = useState(false);
  async function send(): Promise<void> {
    if (password.length < shortestPassword) throw new FormProblem(w.short);
    if (password !== again) throw new FormProblem(w.differ);
    await api.setUp({ token, name: name.trim(), display_name: display.trim(), password });
    setDone(true);
  }
  return (
    <main class="alone">
      <h1>{w.title}<small>{words().app.title}</small></h1>
      {done ? (
        <p class="well" role="status">{w.done} <a href="/">{words().logIn.title}</a></p>
      ) : token === '' ? (
        <p class="failure" role="alert">{w.noToken}</p>
      ) : (
        <>
          <p>{w.lead}</p>
          <Form send={send} button={w.create} label={w.title}>
            <Field label={w.name} value={name} onInput={setName} required autoComplete="username" />
            <Field label={w.display} value={display} onInput={setDisplay} autoComplete="name" />
            <Field label={w.password} value={password} onInput={setPassword} type="password" required autoComplete="new-password" />
            <Field label={w.repeat} value={again} onInput={setAgain} type="password" required autoComplete="new-password" />
          </Form>
        </>
      )}
      <LanguageButton />
    </main>
  );
}
