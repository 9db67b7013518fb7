import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { words } from '../i18n';
import { Field, Form, FormProblem } from '../parts/form';

export const shortestPassword = 12; // characters

export function Password() {
  const w = words();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  async function send(): Promise<string> {
    if (next.length < shortestPassword) throw new FormProblem(w.setUp.short);
    if (next !== again) throw new FormProblem(w.setUp.differ);
    await api.changePassword(old, next);
    setOld('');
    setNext('');
    setAgain('');
    return w.password.done;
  }
  return (
    <main class="place narrow" id="case" tabIndex={-1}>
      <h1>{w.password.title}</h1>
      <Form send={send} button={w.password.change} label={w.password.title}>
        <Field label={w.password.old} value={old} onInput={setOld} type="password" required autoComplete="current-password" />
        <Field label={w.password.next} value={next} onInput={setNext} type="password" required autoComplete="new-password" />
        <Field label={w.setUp.repeat} value={again} onInput={setAgain} type="password" required autoComplete="new-password" />
      </Form>
    </main>
  );
}
