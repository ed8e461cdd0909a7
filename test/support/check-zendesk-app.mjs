// Part of `npm run check`: checks the Zendesk app by the rules of Zendesk's own validator (zendesk_apps_support).
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { isMain } from './installed.mjs';

const locations = [
  'top_bar',
  'nav_bar',
  'ticket_sidebar',
  'new_ticket_sidebar',
  'user_sidebar',
  'organization_sidebar',
  'background',
  'modal',
  'ticket_editor',
  'custom_object_record_sidebar',
];
const types = ['text', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'oauth', 'mtls'];
const manifestKeys =
  'name author defaultLocale private singleInstall requirementsOnly marketingOnly signedUrls version frameworkVersion location parameters domainWhitelist';
const locationKeys = 'url autoLoad autoHide flexible signed size objectTypes';
const assetTypes = 'png jpg jpeg gif svg js htm html css map eot woff woff2 otf ttf json xml hbs hdbs'.split(' ');
const isText = (value) => typeof value === 'string' && value.trim() !== '';
const unknownKeys = (object, known) => Object.keys(object).filter((key) => !known.split(' ').includes(key));

/** The problems for which Zendesk would refuse a built app. */
export function problemsOfApp(folder) {
  const problems = [];
  const expect = (holds, problem) => void (holds || problems.push(problem));
  const json = (file) => {
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8'));
    } catch (error) {
      problems.push(`${file} cannot be read: ${error.message}`);
      return {};
    }
  };
  const manifest = json('manifest.json');
  for (const key of unknownKeys(manifest, manifestKeys)) problems.push(`manifest.json: ${key} is not known`);
  for (const key of ['name', 'email', 'url'])
    expect(isText(manifest.author?.[key]), `manifest.json: author.${key} is missing`);
  for (const key of ['private', 'singleInstall', 'signedUrls', 'requirementsOnly', 'marketingOnly'])
    expect(manifest[key] === undefined || typeof manifest[key] === 'boolean', `manifest.json: ${key} is true or false`);
  expect(manifest.frameworkVersion === '2.0', 'manifest.json: frameworkVersion is "2.0"');
  expect(/^\d+\.\d+\.\d+/.test(manifest.version ?? ''), 'manifest.json: version is missing');
  expect(
    existsSync(join(folder, `translations/${manifest.defaultLocale}.json`)),
    `manifest.json: translations/${manifest.defaultLocale}.json is missing`,
  );

  const places = Object.entries(manifest.location?.support ?? {});
  expect(places.length > 0, 'manifest.json: location.support is missing');
  for (const [name, place] of places) {
    expect(locations.includes(name), `manifest.json: there is no location ${name}`);
    for (const key of unknownKeys(place, locationKeys)) problems.push(`manifest.json: ${name}.${key} is not known`);
    for (const key of ['autoLoad', 'autoHide', 'flexible', 'signed'])
      expect(
        place[key] === undefined || typeof place[key] === 'boolean',
        `manifest.json: ${name}.${key} is true or false`,
      );
    expect(isText(place.url) && existsSync(join(folder, place.url)), `manifest.json: ${name}: ${place.url} is missing`);
    if (['top_bar', 'nav_bar', 'ticket_editor'].includes(name))
      expect(existsSync(join(folder, `assets/icon_${name}.svg`)), `assets/icon_${name}.svg is missing`);
  }
  for (const { name, type, secure } of manifest.parameters ?? []) {
    expect(isText(name), 'manifest.json: a parameter has no name');
    expect(types.includes(type), `manifest.json: ${name} is of no known type: ${type}`);
    // An app that runs in a browser cannot keep a secret.
    expect(!secure && !['oauth', 'mtls', 'hidden'].includes(type), `manifest.json: ${name} holds a secret`);
  }
  const names = (manifest.parameters ?? []).map(({ name }) => name);
  expect(new Set(names).size === names.length, 'manifest.json: two parameters have one name');

  problems.push(...translationProblems(folder, json, manifest.defaultLocale, names), ...assetProblems(folder));
  return problems;
}

function translationProblems(folder, json, defaultLocale, parameters) {
  const problems = [];
  const reference = new Set(keysOf(json(`translations/${defaultLocale}.json`)));
  for (const key of ['app.name', 'app.short_description', 'app.long_description', 'app.installation_instructions'])
    if (!reference.has(key)) problems.push(`translations/${defaultLocale}.json: ${key} is missing`);
  for (const name of parameters)
    if (!reference.has(`app.parameters.${name}.label`))
      problems.push(`translations/${defaultLocale}.json: the parameter ${name} has no label`);
  for (const file of readdirSync(join(folder, 'translations'))) {
    const there = new Set(keysOf(json(`translations/${file}`)));
    for (const key of reference) if (!there.has(key)) problems.push(`translations/${file}: ${key} is missing`);
    for (const key of there) if (!reference.has(key)) problems.push(`translations/${file}: ${key} is nowhere else`);
  }
  return problems;
}

const keysOf = (value, path = '') =>
  typeof value === 'string'
    ? [path]
    : Object.entries(value).flatMap(([key, one]) => keysOf(one, path ? `${path}.${key}` : key));

const framework = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';
const policies = [
  "default-src 'none'",
  // Only one file of Zendesk's host is allowed: any other file of that host would run with our rights.
  `script-src 'self' ${framework}`,
  "style-src 'self'",
  "require-trusted-types-for 'script'",
];

function assetProblems(folder) {
  const problems = [];
  for (const logo of ['logo.png', 'logo-small.png'])
    if (!existsSync(join(folder, 'assets', logo))) problems.push(`assets/${logo} is missing`);
  for (const file of readdirSync(join(folder, 'assets'))) {
    if (!assetTypes.includes(extname(file).slice(1))) problems.push(`assets/${file}: Zendesk takes no such file`);
    if (!file.endsWith('.html')) continue;
    const html = readFileSync(join(folder, 'assets', file), 'utf8');
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1] ?? '';
    for (const wanted of policies)
      if (!policy.split(';').some((one) => one.trim() === wanted)) problems.push(`assets/${file}: no policy ${wanted}`);
    if (/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/i.test(html))
      problems.push(`assets/${file}: an inline script or style`);
    for (const [, source] of html.matchAll(/<script[^>]*\bsrc="([^"]+)"/g))
      if (/^https?:/.test(source) && source !== framework) problems.push(`assets/${file}: a foreign script, ${source}`);
  }
  return problems;
}

if (isMain(import.meta.url)) {
  const { buildZendeskApp, filesOf } = await import('./zendesk-app.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'ccai-check-'));
  await buildZendeskApp(folder);
  const problems = problemsOfApp(folder);
  console.log(`${filesOf(folder).length} files`);
  for (const problem of problems) console.log(problem);
  if (problems.length) process.exitCode = 1;
  rmSync(folder, { recursive: true, force: true });
}
