import { useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import { words } from '../i18n';
import { Field, Form, FormProblem } from '../parts/form';
import { LanguageButton } from '../parts/shell';
import { logIn } from '../state/session';

export function LogIn() {
  const w = words();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  async function send(): Promise<void> {
    try {
      await logIn(name.trim(), password);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) throw new FormProblem(w.logIn.failed);
      if (error instanceof ApiError && error.status === 429) throw new FormProblem(w.logIn.throttled);
      throw error;
    }
  }
  return (
    <main class="alone">
      <h1>{w.app.title}<small>{w.app.subtitle}</small></h1>
      <Form send={send} button={w.logIn.enter} label={w.logIn.title}>
        <Field label={w.logIn.account} value={name} onInput={setName} required autoComplete="username" />
        <Field label={w.logIn.password} value={password} onInput={setPassword} type="password" required autoComplete="current-password" />
      </Form>
      <LanguageButton />
    </main>
  );
}
