import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import regexp from 'eslint-plugin-regexp';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const noMarkup = 'Data from the CRM is text, never markup: let Lit render it.';
// Properties and calls that make markup of a string, in code and as a binding of a template.
const markup = [
  'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
  'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString)$/]',
  'TemplateElement[value.raw=/[.](innerHTML|outerHTML|srcdoc)=/]',
];

export default tseslint.config(
  { ignores: ['.cache/', 'dist/', 'storybook-static/', 'pictures/', 'coverage/', 'test/package/consumers/**/dist/'] },
  tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      // verbatimModuleSyntax needs them marked; typeof import() stays, for what is loaded later.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'no-console': 'error',
      // Text of any length from customers, callers and other systems goes through them: their time must grow with it, not faster.
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { ignorePartial: false, report: 'potential' }],
    },
  },
  {
    files: ['src/**/*.ts', 'stories/**/*.ts', 'demo/**/*.ts'],
    rules: {
      'no-eval': 'error',
      'no-restricted-syntax': ['error', ...markup.map((selector) => ({ selector, message: noMarkup }))],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^lit(-html)?/(directives/unsafe-|static-html)', message: noMarkup },
            {
              regex: '^lit(-html)?/directives/style-map',
              message: 'The Content-Security-Policy forbids inline styles.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/element/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended'], litA11y.configs.recommended],
  },
  {
    // Chai's expectations are expressions.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
