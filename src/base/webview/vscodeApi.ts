interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// Can be acquired only once. Never exported or assigned to `window`, so that no other script can use it.
const api = acquireVsCodeApi();

export function postToHost(message: unknown): void {
  api.postMessage(message);
}

/** Returns the state that the editor saved for this page. */
export function loadPageState(): unknown {
  return api.getState();
}

export function savePageState(state: unknown): void {
  api.setState(state);
}
