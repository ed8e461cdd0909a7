// Who may import whom: the rules of the design, one row a folder. Whatever a row does not name is forbidden.
const may = {
  domain: [],
  environment: ['domain'],
  crm: ['domain'],
  // What bindings of CRMs that have an HTTP API share: the port itself knows nothing of it.
  'crm/http': ['domain', 'environment', 'crm'],
  telephony: ['domain'],
  records: ['domain', 'crm', 'telephony'],
  outbox: ['domain', 'environment', 'crm', 'records'],
  keeper: ['domain', 'environment', 'crm', 'telephony', 'records', 'outbox'],
  machine: ['domain', 'crm', 'telephony'],
  desktop: ['domain', 'environment', 'crm', 'telephony', 'records', 'outbox', 'keeper', 'machine'],
  element: ['domain', 'crm', 'telephony', 'desktop', 'machine'],
  memory: ['domain', 'environment', 'crm', 'telephony'],
  simulator: ['domain', 'environment', 'crm', 'telephony'],
  zendesk: ['domain', 'environment', 'crm', 'crm/http', 'telephony'],
  // Puts the element, a binding and a platform together, as a page does.
  // The form shows example cards, loaded when used.
  'element/settings': ['domain', 'crm', 'telephony', 'desktop', 'machine', 'element', 'records'],
  'zendesk/app': ['domain', 'environment', 'crm', 'telephony', 'zendesk', 'simulator', 'element'],
  sip: ['domain', 'environment', 'crm', 'telephony'],
  testing: ['domain', 'environment', 'crm', 'telephony'],
};

// Of these only the types: what they hold at run time reaches the importer through a port.
const typesOnly = [
  ['element', 'crm'],
  ['element', 'telephony'],
  ['outbox', 'records'],
];

// Where a package of somebody else's may be imported.
const packages = {
  lit: '^src/element/',
  xstate: '^src/(machine/|desktop/|element/[^/]*controller[^/]*[.]ts$|element/.*/[^/]*controller[^/]*[.]ts$)',
  'libphonenumber-js': '^src/domain/phone-number[.]ts$',
  idb: '^src/environment/',
  jssip: '^src/sip/',
  valibot: '^src/(domain|crm|telephony|desktop)/',
};
const packagePath = (name) =>
  name === 'lit' ? '(^|/)node_modules/(@?lit|lit-html|lit-element)/' : `(^|/)node_modules/${name}/`;

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

// A folder without those of its folders that have a row of their own.
const files = (folder) => {
  const inner = Object.keys(may).flatMap((one) => (one.startsWith(`${folder}/`) ? [one.slice(folder.length + 1)] : []));
  return `^src/${folder}/${inner.length ? `(?!(${inner.join('|')})/)` : ''}`;
};
const folders = Object.entries(may).map(([folder, others]) =>
  error(
    `${folder}-imports`,
    `${folder}/ may import ${others.length ? others.join(', ') : 'nothing of ours'}, and no entry point`,
    { path: files(folder) },
    {
      path: '^src/',
      pathNot: [...[folder, ...others].map(files), ...(folder === 'zendesk/app' ? ['^src/define[.]ts$'] : [])],
    },
  ),
);
const types = typesOnly.map(([from, to]) =>
  error(
    `${from}-only-types-of-${to}`,
    `${from}/ takes only types from ${to}/`,
    { path: `^src/${from}/` },
    { path: files(to), dependencyTypesNot: ['type-only'] },
  ),
);
const places = Object.entries(packages).map(([name, path]) =>
  error(
    `${name}-only-there`,
    `${name} may not be imported here`,
    { path: '^src/', pathNot: path },
    { path: packagePath(name) },
  ),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...folders,
    ...types,
    ...places,
    error(
      'known-folders',
      'A new folder of src/ needs a row in the table above',
      { path: '^src/[^/]+/', pathNot: Object.keys(may).map(files) },
      {},
    ),
    error(
      'core-without-screen',
      'core.ts reaches no element and no Lit',
      { path: '^src/core[.]ts$' },
      { path: ['^src/element/', packagePath('lit')], reachable: true },
    ),
    error(
      'index-without-effect',
      'Only define.ts registers the elements, and only standalone.ts and the pages of the app import it',
      { path: '^src/', pathNot: '^src/((define|standalone)[.]ts$|zendesk/app/)' },
      { path: '^src/(define|standalone)[.]ts$' },
    ),
    // Circles of types count too: tsPreCompilationDeps keeps imports that the compiler removes.
    error('no-cycles', 'A cycle of imports', { path: '^src/' }, { circular: true }),
    error('no-unresolved', 'This cannot be found', {}, { couldNotResolve: true }),
    error(
      'no-node',
      'src/ runs in a browser too',
      { path: '^src/', pathNot: '^src/testing/' },
      { dependencyTypes: ['core'] },
    ),
    error(
      'no-development-package',
      'src/ may import only what package.json lists under dependencies',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional', 'npm-bundled'] },
    ),
    error(
      'source-without-tests',
      'src/ imports nothing from outside src/',
      { path: '^src/' },
      { path: '^(test|stories|demo|bench)/' },
    ),
  ],
  options: {
    // What a page of somebody else would write: it imports the built package by its name.
    exclude: { path: '^test/package/consumers' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
