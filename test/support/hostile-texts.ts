/** The property of the page that is set if markup in a text is run. */
export const ran = 'hostileTextRan';

/** Forged lines, which look like lines of the panel. No line of a comment may begin with one of them. */
export const forgedLines = ['Authenticated: yes', 'Call ID: forged', 'Outcome: forged', 'Note: forged'];

/** Hostile texts that a customer, a caller or another system can send as any text. */
export const hostileTexts: Readonly<Record<string, string>> = {
  markup: `<img src=x onerror="${ran}=1"><svg onload="${ran}=1"><b>x`,
  script: `</script></style></textarea><script>${ran}=1</script>`,
  frame: `"'><iframe srcdoc="<script>parent.${ran}=1</script>"></iframe>`,
  address: `javascript:${ran}=1//`,
  template: '${x} {{contact.name}} {name} <!--?lit$1$--> $$lit$$',
  'right to left': '\u202Emoc.elpmaxe\u2066 \u2067\u200F1415\u202D\u061C never closed',
  'ten megabytes': 'Ten megabytes. '.repeat(700_000),
  'one long word': 'W'.repeat(5000),
  'lone surrogates': '\uD83D a \uDE00\uDC00 b \uD800',
  'no width': `${'\u200B\u200D\u2060\uFEFF'.repeat(40)}`,
  'many marks': `Z${'\u0301\u0323'.repeat(200)}`,
  'forged lines': `Bob${['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f'].map((line, at) => line + forgedLines[at % forgedLines.length]).join('')}`,
  'lines and lines': 'a\n'.repeat(300),
  'name of a part': 'constructor',
  prototype: '__proto__',
  blanks: ' \t\u00A0\u3000 ',
  controls: 'a\u0000b\u0007\u001B[2J\u001B]0;x\u0007',
};
