// For a plain script tag: the elements are registered, and what a page needs to give them ports.
export * from './define.js';
