import { Component, type ReactNode } from 'react';

interface Props {
  /** Replaces the children after an error. A browser never reloads a module that failed, so there is no retry. */
  readonly failed: ReactNode;
  readonly children: ReactNode;
}

/** Limits a load or render error to its children: the rest of the page keeps working. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.failed : this.props.children;
  }
}
