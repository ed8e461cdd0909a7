import { people, type Person } from './sip-people.js';

const main = document.querySelector('main')!;

const voice = (): string => document.querySelector<HTMLInputElement>('input[name="voice"]:checked')?.value ?? 'tone';
const addressOf = ({ id }: Person): string => `./sip-panel.html?${new URLSearchParams({ id, voice: voice() })}`;

for (const person of people) {
  const article = document.createElement('article');
  const header = document.createElement('header');
  const title = document.createElement('h2');
  const reload = document.createElement('button');
  const frame = document.createElement('iframe');
  const number = document.createElement('small');
  title.textContent = person.name;
  number.textContent = person.number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
  reload.textContent = 'Reload';
  reload.title = 'Reload this phone’s page';
  frame.title = `${person.name}’s phone`;
  frame.allow = 'microphone; autoplay';
  frame.src = addressOf(person);
  reload.addEventListener('click', () => frame.contentWindow?.location.reload());
  for (const choice of document.querySelectorAll('input[name="voice"]'))
    choice.addEventListener('change', () => (frame.src = addressOf(person)));
  header.append(title, number, reload);
  article.append(header, frame);
  main.append(article);
}
