import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const sources = join(import.meta.dirname, '..', 'apps', 'web', 'src');
const letter = /\p{L}{2,}/u;
/** Attributes whose text a person reads or hears. */
const spoken =
  /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|alt|placeholder|label|description|caption|heading|summary|text)$/u;

/** Every text for people that a component holds itself, with its line. */
function findOutsideWords(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found = [];
  const tell = (node, words) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push(`${name}:${String(line + 1)}: ${words.trim().slice(0, 60)}`);
  };
  const literals = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (letter.test(node.text)) tell(node, node.text);
    } else if (ts.isTemplateExpression(node)) {
      const words = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' ');
      if (letter.test(words)) tell(node, words);
    } else if (ts.isConditionalExpression(node)) {
      literals(node.whenTrue);
      literals(node.whenFalse);
    } else if (ts.isBinaryExpression(node) || ts.isParenthesizedExpression(node)) {
      ts.forEachChild(node, literals);
    }
  };
  const visit = (node) => {
    if (ts.isJsxText(node) && letter.test(node.text)) tell(node, node.text);
    if (ts.isJsxExpression(node) && node.expression !== undefined && !ts.isJsxAttribute(node.parent)) {
      literals(node.expression);
    }
    if (ts.isJsxAttribute(node) && spoken.test(node.name.getText(file)) && node.initializer !== undefined) {
      if (ts.isStringLiteral(node.initializer)) literals(node.initializer);
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression !== undefined) {
        literals(node.initializer.expression);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/**
 * Every sentence that a module without markup holds. What an error says is no sentence for readers: it is how a fault of
 * the program is told to whoever mends it, and pages show it as such.
 */
function findOutsideSentences(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const found = [];
  const isError = (node) =>
    ts.isNewExpression(node.parent) && /(?:Error|Cut|Fault)$/u.test(node.parent.expression.getText(file));
  const visit = (node) => {
    const words = ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' ')
      : ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
        ? node.text
        : '';
    if (/\p{L}+\s+\p{L}+.*[.!?…]$/u.test(words.trim()) && !isError(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${name}:${String(line + 1)}: ${words.trim().slice(0, 60)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('words outside the catalogues', () => {
  it('[WB-4] are found where somebody writes them', () => {
    const planted = [
      '<p>Hello there</p>',
      '<p>{"Hello"}</p>',
      '<p>{ok ? "Yes" : t("no")}</p>',
      '<p>{`Hello ${name}`}</p>',
      '<button aria-label="Close" />',
      '<img alt={"A picture"} />',
      '<Field label={late ? "Late" : label} />',
    ];
    for (const text of planted) expect(findOutsideWords('x.tsx', `const a = ${text};`), text).toHaveLength(1);
    const fine = [
      '<p>{t("key.of")}</p>',
      '<p className="hw-x">· 1</p>',
      '<img alt="" />',
      '<i data-x="abc" />',
    ];
    for (const text of fine) expect(findOutsideWords('x.tsx', `const a = ${text};`), text).toEqual([]);
  });

  it('[WB-4] are found in a module that makes answers for a page', () => {
    for (const text of [
      "const a = { kind: 'wrong', text: 'There is no verifier key.' };",
      'const a = `The node answered ${status}.`;',
    ]) {
      expect(findOutsideSentences('x.ts', text), text).toHaveLength(1);
    }
    for (const text of [
      "throw new Error('An accepted act has no line.');",
      "const a = 'tile/entries/000.p';",
      "const a = 'a key that is not shown';",
    ]) {
      expect(findOutsideSentences('x.ts', text), text).toEqual([]);
    }
  });

  it('[WB-4] are nowhere in the modules behind the pages', () => {
    const files = globSync('**/*.ts', { cwd: sources }).filter(
      (file) => !file.startsWith('words') && !file.includes('.test.'),
    );
    expect(files.length).toBeGreaterThan(5);
    expect(
      files.flatMap((file) => findOutsideSentences(file, readFileSync(join(sources, file), 'utf8'))),
    ).toEqual([]);
  });

  it('[WB-4] are nowhere in the pages', () => {
    const files = globSync('**/*.tsx', { cwd: sources });
    expect(files.length).toBeGreaterThan(5);
    expect(
      files.flatMap((file) => findOutsideWords(file, readFileSync(join(sources, file), 'utf8'))),
    ).toEqual([]);
  });
});
