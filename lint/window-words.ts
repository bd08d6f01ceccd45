/**
 * What the window says, read off its source: each sentence handed to `t`, and words that forgot to be.
 * @module
 */
import ts from 'typescript';

/** One call of `t`. */
export type Spoken = {
  readonly sentence: string;
  /** Names of the values it is given. */
  readonly values: readonly string[];
  /** "features/app.tsx:12", for complaints. */
  readonly at: string;
};

export type WindowWords = {
  readonly spoken: readonly Spoken[];
  /** What is wrong with the source, each with its place. */
  readonly complaints: readonly string[];
};

/** Attributes and properties that hold words for people. */
const WORDED =
  /^(aria-(label|description|valuetext)|title|placeholder|label|hint|description|words?|text|confirm|what|none|refusedAs|about|alt|meaning|message)$/;
/** Names are the same in every language; so are addresses and codes shown as examples. */
const NAMES =
  /^(Relaydeck|OBS Studio|FFmpeg|vMix|Streamlabs|CSV|JSON|M?k?bit\/s|AB:CD:EF:…|rtmps?:\/\/\S*|socks5:\/\/\S*)$/;
/** Begins as a sentence does and has a second word: shown sooner or later, wherever it stands. */
const SENTENCE = /^[“(]?\p{Lu}\S* \p{L}/u;
const HAS_WORDS = /\p{L}{2,}/u;
/** Names that mean something else to i18next. */
const RESERVED = new Set(['context', 'defaultValue', 'joinArrays', 'lng', 'ns', 'ordinal', 'replace']);

/** The words of one source file of the window. */
export function windowWords(path: string, source: string): WindowWords {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const spoken: Spoken[] = [];
  const complaints: string[] = [];
  const bare = new Set<ts.Node>();
  const at = (node: ts.Node): string =>
    `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
  const complain = (node: ts.Node, what: string): void => {
    complaints.push(`${at(node)}: ${what}: ${node.getText(file).trim().replace(/\s+/g, ' ')}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isCallOfT(node)) {
      const call = readCall(node);
      if (typeof call === 'string') complain(node, call);
      else spoken.push({ ...call, at: at(node) });
    }
    for (const words of bareWords(node)) bare.add(words);
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const words of bare) complain(words, 'words that no catalogue can translate');
  return { spoken, complaints };
}

function isCallOfT({ expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression) && expression.text === 't';
}

/** The call's sentence and values; a text: what is wrong with it. */
function readCall(call: ts.CallExpression): Omit<Spoken, 'at'> | string {
  const [sentence, values] = call.arguments;
  if (sentence === undefined || !ts.isStringLiteralLike(sentence)) return 't takes a literal';
  if (!isInFunction(call)) return 't is called where the module loads';
  if (values === undefined) return { sentence: sentence.text, values: [] };
  if (!ts.isObjectLiteralExpression(values)) return 'the values of t are written out';
  const names = values.properties.map(({ name }) =>
    name !== undefined && ts.isIdentifier(name) ? name.text : '',
  );
  if (names.includes('')) return 'the values of t are written out';
  return names.some((name) => RESERVED.has(name))
    ? 'a value has a name that is not its own'
    : { sentence: sentence.text, values: names };
}

function isInFunction(node: ts.Node): boolean {
  return ts.findAncestor(node, ts.isFunctionLike) !== undefined;
}

/** Literals of this very node that are shown to people as they are. */
function bareWords(node: ts.Node): readonly ts.Node[] {
  if (ts.isJsxText(node)) return isWorded(node.text) ? [node] : [];
  if (ts.isStringLiteralLike(node)) return isSentence(node.text) && !isForProgrammers(node) ? [node] : [];
  if (ts.isTemplateExpression(node))
    return isSentence(node.head.text) && !isForProgrammers(node) ? [node] : [];
  if (ts.isJsxExpression(node)) {
    const shown = !ts.isJsxAttribute(node.parent) || WORDED.test(node.parent.name.getText());
    return shown ? literalsOf(node.expression) : [];
  }
  if (ts.isJsxAttribute(node) && WORDED.test(node.name.getText()) && node.initializer !== undefined) {
    return ts.isStringLiteral(node.initializer) ? literalsOf(node.initializer) : [];
  }
  const named = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && WORDED.test(node.name.text);
  return named ? literalsOf(node.initializer) : [];
}

/** The texts an expression may come to. */
function literalsOf(expression: ts.Expression | undefined): readonly ts.Node[] {
  if (expression === undefined) return [];
  if (ts.isStringLiteralLike(expression)) return isWorded(expression.text) ? [expression] : [];
  if (ts.isTemplateExpression(expression)) {
    const parts = [expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)];
    const inner = expression.templateSpans.flatMap((span) => literalsOf(span.expression));
    return parts.some(isWorded) ? [expression] : inner;
  }
  if (ts.isParenthesizedExpression(expression)) return literalsOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...literalsOf(expression.whenTrue), ...literalsOf(expression.whenFalse)];
  }
  return ts.isBinaryExpression(expression)
    ? [...literalsOf(expression.left), ...literalsOf(expression.right)].filter(
        ({ parent }) => !isComparison(parent),
      )
    : [];
}

function isSentence(text: string): boolean {
  return SENTENCE.test(text) && !NAMES.test(text);
}

/** What is thrown is read in a log; what `t` takes is translated. */
function isForProgrammers({ parent }: ts.Node): boolean {
  return ts.isNewExpression(parent) || (ts.isCallExpression(parent) && isCallOfT(parent));
}

function isComparison(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(
      node.operatorToken.kind,
    )
  );
}

function isWorded(text: string): boolean {
  const words = text.trim();
  return HAS_WORDS.test(words) && !NAMES.test(words);
}
