/** Lets time pass. */
export interface Pause {
  forMs(ms: number): Promise<void>;
}
