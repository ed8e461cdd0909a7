import 'ccai-agent-adapter';
import type { CcaiAgentAdapter, CcaiEvent, SettingsInput } from 'ccai-agent-adapter';
import { useState, type DetailedHTMLProps, type HTMLAttributes } from 'react';
import { createRoot } from 'react-dom/client';
import { host, telephony } from './ports.js';

// React takes the types of custom elements from here; their properties are the element's own.
declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'ccai-agent-adapter': DetailedHTMLProps<HTMLAttributes<CcaiAgentAdapter>, CcaiAgentAdapter> &
        Partial<Pick<CcaiAgentAdapter, 'host' | 'telephony' | 'settings' | 'locale' | 'minimized'>> & {
          'onccai-ready'?: (event: CcaiEvent<'ccai-ready'>) => void;
          'onccai-dial'?: (event: CcaiEvent<'ccai-dial'>) => void;
        };
    }
  }
}

function App() {
  const [settings, setSettings] = useState<SettingsInput>({});
  const [output, setOutput] = useState('');
  const [there, setThere] = useState(true);
  return (
    <>
      {there && (
        <ccai-agent-adapter
          host={host}
          telephony={telephony}
          settings={settings}
          locale="en"
          onccai-ready={() => setOutput((before) => `${before}ready `)}
          onccai-dial={({ detail }) => setOutput((before) => `${before}dial:${detail.request.from} `)}
        />
      )}
      <output id="output">{output}</output>
      <button onClick={() => setSettings({ calls: { recording: false } })}>Do not record</button>
      <button onClick={() => setThere(false)}>Unmount</button>
    </>
  );
}

createRoot(document.querySelector('#app')!).render(<App />);
