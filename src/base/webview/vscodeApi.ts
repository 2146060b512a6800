interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// May be acquired once and by nobody else: it is never put on `window` and never exported.
const api = acquireVsCodeApi();

export function postToHost(message: unknown): void {
  api.postMessage(message);
}

/** What the editor keeps of this page over hiding, reload and restart. */
export function loadPageState(): unknown {
  return api.getState();
}

export function savePageState(state: unknown): void {
  api.setState(state);
}
