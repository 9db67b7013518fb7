import type { en } from './en';

// What English has, every language has: texts for texts, functions of the same arguments for functions.
type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string
  : T[K] extends (...args: infer A) => string ? (...args: A) => string : Same<T[K]> };
export type Dictionary = Same<typeof en>;
