/**
 * To whom a class of the pages belongs: the stylesheet that declares it, which is one, and the components beside that
 * stylesheet. Classes of `theme/` and `marks/` are for everybody. A class is declared by a sheet where it begins a
 * selector; to the right of one of its own, a sheet may name any class that its components contain.
 *
 * `findClassFaults(tree)` gives one sentence for each class that is declared twice, used in another folder, or declared
 * nowhere. A template such as `hw-leg-${n}` is used where any class begins so.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pages = 'apps/web/src';
/** Floors whose classes everybody may use. */
const open = new Set([`${pages}/theme`, `${pages}/marks`]);

const isOpen = (sheet) => open.has(dirname(sheet));

/** The classes that begin a selector in a sheet. */
function declaredIn(text) {
  const declared = new Set();
  for (const [, selectors] of text.replaceAll(/\/\*.*?\*\//gsu, '').matchAll(/([^{}]+)\{/gu)) {
    if (selectors.trim().startsWith('@')) continue;
    for (const selector of selectors.split(/,(?![^(]*\))/u)) {
      const first = /\.(hw-[\w-]+)/u.exec(selector)?.[1];
      if (first !== undefined) declared.add(first);
    }
  }
  return declared;
}

/** The classes that a component names, and the beginnings of those it makes up. */
function usedIn(text) {
  const code = text.replaceAll(/\/\*.*?\*\//gsu, '').replaceAll(/^\s*\/\/.*$/gmu, '');
  return new Set([...code.matchAll(/(?<![\w-])hw-[\w-]*/gu)].map(([name]) => name));
}

export function findClassFaults(tree) {
  const faults = [];
  const owner = new Map();
  /** Classes that a sheet of a folder names at all. */
  const named = new Map();
  const sheets = globSync(`${pages}/**/*.css`, { cwd: tree }).sort();
  // What everybody may use belongs to its floor, whoever else declares it.
  for (const sheet of [...sheets.filter(isOpen), ...sheets.filter((one) => !isOpen(one))]) {
    const text = readFileSync(join(tree, sheet), 'utf8');
    for (const [, name] of text.matchAll(/\.(hw-[\w-]+)/gu))
      named.set(name, [...(named.get(name) ?? []), sheet]);
    for (const name of declaredIn(text)) {
      const other = owner.get(name);
      if (other === undefined) owner.set(name, sheet);
      else if (dirname(other) !== dirname(sheet) || !isOpen(sheet))
        faults.push(`${sheet}: declares the class ${name}, which ${other} declares`);
    }
  }
  const components = globSync(`${pages}/**/*.{ts,tsx}`, { cwd: tree }).filter(
    (file) => !/\.test\.tsx?$/u.test(file),
  );
  for (const file of components.sort()) {
    for (const name of usedIn(readFileSync(join(tree, file), 'utf8'))) {
      const owners = name.endsWith('-')
        ? [...owner].filter(([declared]) => declared.startsWith(name)).map(([, sheet]) => sheet)
        : [owner.get(name) ?? named.get(name)?.[0]].filter((sheet) => sheet !== undefined);
      if (owners.length === 0) faults.push(`${file}: uses the class ${name}, which no stylesheet declares`);
      for (const sheet of new Set(owners)) {
        if (dirname(sheet) !== dirname(file) && !isOpen(sheet)) {
          faults.push(`${file}: uses the class ${name}, which belongs to ${sheet}`);
        }
      }
    }
  }
  return faults;
}
