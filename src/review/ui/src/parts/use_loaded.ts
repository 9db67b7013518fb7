// Something from the server, with its failure and a way to ask again.
import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Loaded<T> {
  value: T | null;
  error: unknown;
  reload: () => void;
}

export function useLoaded<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    setError(null);
    load().then((next) => current && setValue(next), (problem) => current && setError(problem));
    return () => {
      current = false;
    };
  }, [...on, turn]);
  return { value, error, reload: useCallback(() => setTurn((n) => n + 1), []) };
}
