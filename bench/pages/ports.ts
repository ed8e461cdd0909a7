// Makes the CRM and the platform of a page. They are not part of the panel's first load.
import { instantHost, instantTelephony } from './instant-ports.js';

Object.assign(globalThis, {
  makePorts(latency: number) {
    const { host } = instantHost();
    const { telephony } = instantTelephony();
    const late = (port: object): unknown =>
      new Proxy(port, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function' || !latency || /^(on[A-Z]|subscribe)/.test(String(name))) return value;
          return (...given: unknown[]) =>
            new Promise((resolve) => setTimeout(resolve, latency)).then(() => value.apply(target, given) as unknown);
        },
      });
    return { host: late(host), telephony: late(telephony) };
  },
});
