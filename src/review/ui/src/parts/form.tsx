// A labelled field, and a form that says what became of what it sent.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { failureText } from './failure';

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: string;
  required?: boolean;
  autoComplete?: string;
  minLength?: number;
}

export function Field({ label, value, onInput, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input id={id} type={type} value={value} {...rest} onInput={(event) => onInput(event.currentTarget.value)} />
    </p>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[]; // value, text
  onChange: (value: string) => void;
}

export function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([code, text]) => <option key={code} value={code}>{text}</option>)}
      </select>
    </p>
  );
}

interface FormProps {
  send: () => Promise<string | void>; // resolves to what to say
  button: string;
  children: ComponentChildren;
  label?: string;
}

export function Form({ send, button, children, label }: FormProps) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const [well, setWell] = useState('');
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong('');
    setWell('');
    try {
      setWell((await send()) || '');
    } catch (error) {
      setWrong(error instanceof FormProblem ? error.message : failureText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} aria-label={label}>
      {children}
      {wrong && <p class="failure" role="alert">{wrong}</p>}
      {well && <p class="well" role="status">{well}</p>}
      <button class="main" type="submit" disabled={busy}>{button}</button>
    </form>
  );
}

// What the page itself finds wrong with a form, in the reader's language.
export class FormProblem extends Error {}
