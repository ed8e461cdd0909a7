// A part of `npm run check`: text from outside must not be a key of a plain object. Every object has properties such as
// `constructor` and `__proto__`, and a session, a field or a type may have such a name. A Map and `own(table, key)` are
// safe. This check finds other accesses.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';
import { isMain, root } from './installed.mjs';

/** Whether a type is arbitrary text rather than a union of literals. */
const isAnyText = (type) => (type.isUnion() ? type.types.some(isAnyText) : (type.flags & ts.TypeFlags.String) !== 0);

/** The unsafe accesses in the files of a program that `isWanted`, as `file:line text`. */
export function foreignKeys(program, isWanted) {
  const checker = program.getTypeChecker();
  const problems = [];
  for (const source of program.getSourceFiles()) {
    if (!isWanted(source.fileName)) continue;
    const report = (node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      problems.push(`${source.fileName}:${line + 1} ${node.getText().slice(0, 100)}`);
    };
    const visit = (node) => {
      // A deleted key is an own key.
      const isLookedUp = ts.isElementAccessExpression(node) && !ts.isDeleteExpression(node.parent);
      if (isLookedUp && isTable(node.expression) && isAnyText(typeOf(node.argumentExpression))) report(node);
      if (
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
        isAnyText(typeOf(node.left))
      )
        report(node);
      ts.forEachChild(node, visit);
    };
    const typeOf = (node) => checker.getTypeAtLocation(node);
    const isTable = (node) => {
      const type = checker.getNonNullableType(typeOf(node));
      return checker.getIndexInfoOfType(type, ts.IndexKind.String) !== undefined;
    };
    visit(source);
  }
  return problems;
}

/** The program of a folder's tsconfig.json. */
export function programOf(folder) {
  const { config } = ts.readConfigFile(`${folder}/tsconfig.json`, (path) => readFileSync(path, 'utf8'));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  return ts.createProgram(fileNames, options);
}

if (isMain(import.meta.url)) {
  const src = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/src/`;
  const problems = foreignKeys(programOf(root), (file) => file.startsWith(src) && !file.endsWith('/domain/own.ts')).map(
    (one) => relative(root, one),
  );
  for (const problem of problems) console.log(problem);
  console.log(
    problems.length ? `${problems.length} keys could be anything: a Map, or own(table, key)` : 'no key is anything',
  );
  process.exitCode = problems.length ? 1 : 0;
}
